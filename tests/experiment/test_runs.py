"""Kept runs: which are kept, within their bounds, back from a file to the bit, and nothing that no run could be."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.data.dataset import Samples
from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import runs as module
from mlp_playground.experiment import runs_content
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.experiment.document import Document, load, save
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.runs import Run, Runs, pin
from mlp_playground.experiment.trainer import Trainer

CONFIG = parse({"network": {"hidden": [3], "activations": ["relu"]}})
QUICK = CONFIG.changed("training", learning_rate=0.3)


def learned(config: ExperimentConfig = CONFIG, epochs: int = 2) -> Trainer:
    trainer = Trainer(config)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def leave(runs: Runs, moment: Moment, config: ExperimentConfig | None = None) -> Runs:
    """For another run of the same data, or of `config`."""
    return module.leave(runs, moment, config or moment.config)


def numbers(runs: Runs) -> list[int]:
    return [run.number for run in runs.kept]


def own(seed: int, n: int = 20) -> OwnData:
    X = np.random.default_rng(seed).normal(size=(2, n)).astype(np.float32)
    return OwnData("drawn", "binary", Samples(X, (X[0] > X[1]).astype(np.int64)))


def same(one: Moment, other: Moment) -> bool:
    """To the bit, but for the past and the session's number."""
    pairs = [(one.theta, other.theta), (one.curves, other.curves), (one.seconds, other.seconds)]
    pairs += [(one.memory[name], other.memory[name]) for name in one.memory.keys() | other.memory.keys()]
    plain = ("config", "epoch", "steps", "position", "curve_stride", "generators")
    orders = [None if m.order is None else m.order.tobytes() for m in (one, other)]
    return (
        all(a.dtype == b.dtype and a.tobytes() == b.tobytes() for a, b in pairs)
        and all(getattr(one, name) == getattr(other, name) for name in plain)
        and orders[0] == orders[1]
    )


# -- which are kept ---------------------------------------------------------------------------------------------------


def test_a_run_that_is_left_is_kept_if_it_has_learned_anything() -> None:
    trainer = learned()
    left = trainer.moment()
    runs = leave(Runs(), left)
    assert numbers(runs) == [1]
    (run,) = runs.kept
    assert same(run.moment, left)
    assert (run.title, run.seen, run.pinned) == ("Run 1", True, False)
    assert run.moment.past.frames == ()  # a run is kept, not its film
    untouched = Trainer(CONFIG).moment()
    assert leave(runs, untouched).kept == runs.kept
    # and one that was left before is not kept twice
    assert leave(runs, left).kept == runs.kept


def test_a_kept_run_that_goes_on_keeps_its_place_and_one_that_is_back_is_none() -> None:
    trainer = learned()
    first = trainer.moment()
    runs = leave(Runs(), first)
    runs = runs.put(replace(runs.kept[0], name="small", style=3))
    # while it is the present one again, it is no former one; but it has its name when it is left again
    assert runs.besides(first.run_id).kept == ()
    assert runs.besides(first.run_id + 1) == runs
    trainer.run_epoch()
    runs = leave(runs, trainer.moment())
    (run,) = runs.kept
    assert (run.number, run.name, run.style, run.moment.epoch) == (1, "small", 3, 3)
    # one that was kept by hand stays as it was
    pinned = pin(Runs(), first)
    both = leave(pinned, trainer.moment())
    assert [run.moment.epoch for run in both.kept] == [2, 3]
    assert both.besides(first.run_id).kept == pinned.kept


def test_a_run_of_other_data_is_kept_but_not_drawn() -> None:
    left = learned(epochs=1).moment()
    seen = [leave(Runs(), left, config).kept[0].seen for config in (QUICK, CONFIG.changed("data", name="circle"))]
    assert seen == [True, False]


def test_numbers_are_never_given_twice_and_looks_differ() -> None:
    runs = Runs()
    for _ in range(module.STYLES):
        runs = pin(runs, learned(epochs=1).moment())
    assert sorted(run.style for run in runs.kept) == list(range(module.STYLES))
    gone = runs.without([2, 8])
    again = pin(gone, learned(epochs=1).moment())
    assert numbers(again) == [1, 3, 4, 5, 6, 7, 9]
    assert again.kept[-1].style == runs.kept[1].style  # the first that was free
    assert numbers(again.put(runs.kept[1])) == [1, 2, 3, 4, 5, 6, 7, 9]  # undo


def test_there_are_bounds_and_what_was_kept_by_hand_goes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    moments = [learned(epochs=1).moment() for _ in range(4)]
    runs = leave(leave(pin(Runs(), moments[0]), moments[1]), moments[2])
    runs = leave(runs, moments[3])
    assert numbers(runs) == [1, 3, 4]
    for moment in moments[:2]:
        runs = pin(runs, moment)
    assert numbers(runs) == [1, 5, 6]
    with pytest.raises(InvalidValue, match=r"kept runs: .* delete one first"):
        pin(runs, moments[0])
    assert numbers(leave(runs, learned().moment())) == [1, 5, 6]  # nobody asked for this one
    # by size too
    monkeypatch.setattr(module, "MOST", 24)
    monkeypatch.setattr(module, "LIMIT", runs.n_bytes + 1)
    assert numbers(leave(runs, moments[3])) == [1, 5, 6]
    # and of a network that is large against the room, parameters alone are kept
    monkeypatch.setattr(module, "LIMIT", 3 * moments[0].n_bytes)
    (run,) = pin(Runs(), moments[0]).kept
    assert run.moment.memory == {}
    assert run.moment.theta is moments[0].theta


def test_only_the_last_few_are_drawn_by_themselves() -> None:
    runs = pin(Runs(), learned(epochs=1).moment())
    for _ in range(module.MOST_SEEN + 1):
        runs = leave(runs, learned(epochs=1).moment())
    assert [run.seen for run in runs.kept] == [True, False, False, True, True, True]


# -- in a file --------------------------------------------------------------------------------------------------------


def through_a_file(runs: Runs, now: ExperimentConfig = CONFIG) -> Runs:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.mlp"
        save(Document(Trainer(now).moment(), runs=runs), path)
        return load(path).runs


def test_runs_come_back_and_go_on_to_the_bit() -> None:
    trainer = learned(QUICK, 3)
    for _ in range(7):
        trainer.step()  # in the middle of an epoch
    runs = pin(leave(Runs(), learned().moment()), trainer.moment())
    runs = runs.put(replace(runs.kept[0], name="größer\n“a”", style=7, seen=False))
    back = through_a_file(runs)
    assert back.next_number == runs.next_number
    for one, other in zip(runs.kept, back.kept, strict=True):
        assert same(one.moment, other.moment)
        looks = ("number", "name", "style", "seen", "pinned")
        assert [getattr(one, name) for name in looks] == [getattr(other, name) for name in looks]
    again = Trainer(CONFIG)
    again.go_to(back.kept[1].moment)
    for each in (trainer, again):
        each.run_epoch()
    assert same(again.moment(), replace(trainer.moment(), seconds=again.moment().seconds))


def test_own_samples_are_there_once_and_what_has_no_room_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    configs = [CONFIG.changed("data", name="own", own=own(seed)) for seed in (1, 2, 2, 3)]
    runs = Runs()
    for config in configs:
        runs = leave(runs, learned(config, 1).moment())
    _, arrays = runs_content.packed(runs, configs[0])
    assert sorted(name for name in arrays if name.endswith("/X")) == ["runs/1/data/X", "runs/3/data/X"]
    back = through_a_file(runs, configs[0])
    assert [run.moment.config for run in back.kept] == configs
    size = own(1).samples.X.nbytes + own(1).samples.y.nbytes
    monkeypatch.setattr(runs_content, "OWN_LIMIT", size)
    assert [run.moment.config for run in through_a_file(runs, configs[0]).kept] == [configs[0], configs[3]]


@settings(max_examples=25)
@given(st.data())
def test_any_list_of_runs_comes_back(data: st.DataObject) -> None:
    base = learned(epochs=1).moment()
    runs = Runs()
    for number in data.draw(st.lists(st.integers(1, 2**40), unique=True, max_size=5)):
        n = data.draw(st.integers(0, 3))
        theta = np.array(data.draw(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), max_size=9)))
        curves = np.random.default_rng(n).random((5, n))
        curves[0] = np.arange(n)
        moment = replace(base, theta=theta.astype("f4"), curves=curves, seconds=curves[0] / 2, memory={})
        name = data.draw(st.text(max_size=module.LONGEST_NAME))
        looks = data.draw(st.tuples(st.integers(0, module.STYLES - 1), st.booleans(), st.booleans()))
        runs = runs.put(Run(number, moment, name, *looks))
    back = through_a_file(runs)
    assert numbers(back) == numbers(runs)
    for one, other in zip(runs.kept, back.kept, strict=True):
        assert same(one.moment, other.moment)
        assert (one.name, one.style, one.seen, one.pinned) == (other.name, other.style, other.seen, other.pinned)


ONE = leave(Runs(), learned(epochs=1).moment())


def hostile(change: Callable[[dict[str, Any]], object]) -> None:
    """Load what `packed` says of a run, changed by somebody else."""
    content, arrays = runs_content.packed(ONE, CONFIG)
    change(content)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "a.mlp"
        patch.setattr(runs_content, "packed", lambda *_: (content, arrays))
        patch.setattr("mlp_playground.experiment.document.checked", lambda *_: None)
        save(Document(Trainer(CONFIG).moment(), runs=ONE), path)
        patch.undo()
        load(path)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("number", 0, "runs kept 1 number"),
        ("number", 7, "runs: "),
        ("name", "x" * 61, "runs kept 1 name"),
        ("style", module.STYLES, "runs kept 1 style"),
        ("seen", 1, "runs kept 1 seen"),
        ("config", {"seed": -1}, "seed"),
        ("config", {"data": {"name": "own", "own": {"same_as": 0}}}, "own data of a run"),
        ("config", {"data": {"name": "own", "own": {"same_as": 10**30}}}, "own data of a run"),
        ("config", {"data": {"name": "own", "own": {"same_as": True}}}, "own data of a run"),
        ("arrays", ["parameters", "curves", "order"], "file: 'a.mlp' .*“runs/0/order.npy” is missing"),
        ("arrays", ["parameters", "curves", "../x"], "runs kept 1 arrays 3"),
        ("position", 25, "position"),
        ("trained", -1, "runs kept 1 trained"),
    ],
)
def test_a_run_that_no_run_could_be_is_refused(field: str, value: Any, named: str) -> None:
    with pytest.raises(InvalidValue, match=f"^{named}"):
        hostile(lambda content: content["kept"][0].update({field: value}))


def test_runs_of_one_number_and_runs_beyond_the_room_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidValue, match=r"^runs: "):
        hostile(lambda content: content.update(kept=content["kept"] * 2))
    monkeypatch.setattr(runs_content, "LIMIT", 100)
    monkeypatch.setattr(runs_content, "OWN_LIMIT", 100)
    with pytest.raises(InvalidValue, match=r"bytes in this experiment|MB together"):
        hostile(lambda content: content)
