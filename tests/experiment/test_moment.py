"""A moment of a run is complete: from it a run goes on to the bit, and one that is none is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import batches
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.document import Document, load, save
from mlp_playground.experiment.moment import Moment, branch
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.optimizers import OPTIMIZERS

BASE = parse({"network": {"hidden": [4, 3], "activations": ["relu", "tanh"]}, "data": {"noise": 0.1}})
CAREFUL = {"schedule": "cosine", "planned_epochs": 20, "l1": 0.001, "l2": 0.01, "clip_norm": 0.5, "dropout": 0.2}
MIDDLE = 37  # steps: in the middle of the second epoch


def trained(config: ExperimentConfig, steps: int = MIDDLE) -> Trainer:
    trainer = Trainer(config)
    for _ in range(steps):
        trainer.step()
    return trainer


def state(trainer: Trainer) -> tuple[object, ...]:
    """All of a run, to the bit; not its number."""
    m = trainer.moment()
    order = None if m.order is None else m.order.tobytes()
    memory = {name: array.tobytes() for name, array in m.memory.items()}
    curves = m.curves.tobytes(), m.curve_stride
    return m.config, m.theta.tobytes(), m.epoch, m.steps, m.position, order, memory, dict(m.generators), curves


def elsewhere(moment: Moment) -> Trainer:
    """A trainer that has done something else before."""
    trainer = trained(parse({"data": {"name": "spiral3"}, "training": {"optimizer": "momentum"}}), 3)
    trainer.go_to(moment)
    return trainer


def through_a_file(moment: Moment, folder: Path) -> Moment:
    save(Document(moment), folder / "run.mlp")
    return load(folder / "run.mlp").moment


@pytest.mark.parametrize("steps", [0, 1, MIDDLE, 49, 50])
@pytest.mark.parametrize("settings", [{}, CAREFUL], ids=["plain", "careful"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_goes_on_to_the_bit(optimizer: str, settings: dict[str, Any], steps: int) -> None:
    run = trained(BASE.changed("training", optimizer=optimizer, **settings), steps)
    moment = run.moment()
    copy = elsewhere(moment)
    assert state(copy) == state(run)
    for _ in range(40):
        run.step()
        copy.step()
        assert copy.network.theta.tobytes() == run.network.theta.tobytes()
    assert state(copy) == state(run)
    run.go_to(moment)  # and back, in the run itself
    for _ in range(40):
        run.step()
    assert state(copy) == state(run)


@pytest.mark.parametrize("settings", [{}, CAREFUL], ids=["plain", "careful"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_from_a_file_goes_on_as_one_that_was_never_saved(
    optimizer: str, settings: dict[str, Any], tmp_path: Path
) -> None:
    config = BASE.changed("training", optimizer=optimizer, **settings)
    saved = elsewhere(through_a_file(trained(config).moment(), tmp_path))
    for _ in range(40):
        saved.step()
    assert state(saved) == state(trained(config, MIDDLE + 40))


@pytest.mark.parametrize("name", ["spiral3", "plane", "parity", "sine", "mnist"])
def test_so_does_one_of_any_kind_of_data(name: str, tmp_path: Path) -> None:
    config = BASE.changed("data", name=name).changed("training", batch_size=4 if name == "parity" else 50)
    saved = elsewhere(through_a_file(trained(config, 13).moment(), tmp_path))
    for _ in range(9):
        saved.step()
    assert state(saved) == state(trained(config, 22))


def test_so_does_one_whose_neurons_are_frozen_or_off(tmp_path: Path) -> None:
    config = BASE.changed("network", frozen=((0, 1), (2, 0)), off=((1, 2),))
    saved = elsewhere(through_a_file(trained(config).moment(), tmp_path))
    for _ in range(40):
        saved.step()
    assert state(saved) == state(trained(config, MIDDLE + 40))


def test_large_data_of_which_each_minibatch_is_gathered_in_its_turn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    expected = trained(BASE, MIDDLE + 40)
    monkeypatch.setattr(batches, "LARGE", 0)
    run = trained(BASE)
    for moment in (run.moment(), through_a_file(run.moment(), tmp_path)):
        copy = elsewhere(moment)
        for _ in range(40):
            copy.step()
        assert state(copy) == state(expected)


def test_a_moment_is_not_changed_by_the_run_that_goes_on() -> None:
    run = trained(BASE)
    moment = run.moment()
    kept = [moment.theta.copy(), moment.curves.copy(), *(array.copy() for array in moment.memory.values())]
    copy = elsewhere(moment)
    for trainer in (run, copy):
        trainer.run_epoch()
        trainer.run_epoch()
    assert moment.order is not None
    arrays = [moment.theta, moment.curves, *moment.memory.values()]
    assert all((a == b).all() for a, b in zip(arrays, kept, strict=True))
    assert not any(array.flags.writeable for array in (*arrays, moment.order))
    assert moment.order.tobytes() == trained(BASE).moment().order.tobytes()  # type: ignore[union-attr]


def test_its_size_is_that_of_its_arrays() -> None:
    moment = trained(BASE).moment()
    n = moment.theta.size
    # float32 parameters with Adam's two means and its count of steps, the order of 250 samples, two records and
    # when they were
    assert moment.n_bytes == 4 * n + 2 * 4 * n + 8 + 8 * 250 + 8 * 5 * 2 + 8 * 2


def test_each_run_of_a_session_has_a_number_of_its_own_and_a_moment_knows_it() -> None:
    trainer = Trainer(BASE)
    numbers = [trainer.run_id]
    moment = trainer.moment()
    trainer.reset()
    numbers.append(trainer.run_id)
    trainer.adopt(BASE.changed("data", name="circle"))
    numbers.append(trainer.run_id)
    assert len(set(numbers)) == 3
    assert 0 not in numbers  # that is one from a file
    trainer.go_to(moment)
    assert trainer.run_id == numbers[0]


def test_without_the_generators_it_goes_on_in_an_order_that_depends_on_the_seed_and_the_epoch() -> None:
    moment = trained(BASE.changed("training", dropout=0.2), 50).moment()
    bare = replace(moment, generators={})
    orders = []
    for each in (bare, bare, replace(bare, epoch=3), moment):
        trainer = elsewhere(each)
        trainer.step()
        orders.append(state(trainer)[5])
    assert orders[0] == orders[1]
    assert len(set(orders)) == 3


def test_without_memory_the_optimizer_begins_anew() -> None:
    trainer = elsewhere(replace(trained(BASE).moment(), memory={}))
    before = trainer.network.theta.copy()
    trainer.step()
    moved = np.abs(trainer.network.theta - before)
    assert moved[moved > 0] == pytest.approx(0.01, rel=1e-2)  # Adam's first step


# -- what is no moment ------------------------------------------------------------------------------------------------

GOOD = trained(BASE.changed("training", dropout=0.2)).moment()
N = GOOD.theta.size
STATE = dict(GOOD.generators["order"])


def with_order(change: Callable[[np.ndarray], object]) -> Moment:
    assert GOOD.order is not None
    order = GOOD.order.copy()
    change(order)
    return replace(GOOD, order=order)


def with_generator(**values: Any) -> Moment:
    return replace(GOOD, generators={**GOOD.generators, "dropout": STATE | values})


WRONG = {
    "too few parameters": (replace(GOOD, theta=GOOD.theta[1:]), f"^parameters: .* a vector of {N} numbers"),
    "too many parameters": (replace(GOOD, theta=np.zeros(N + 1, "f4")), "^parameters"),
    "parameters in rows": (replace(GOOD, theta=GOOD.theta[None]), "^parameters"),
    "a sample twice": (with_order(lambda order: order.__setitem__(0, order[1])), "^sample order: .* permutation"),
    "a sample that is not there": (with_order(lambda order: order.__setitem__(0, 250)), "^sample order"),
    "a negative sample": (with_order(lambda order: order.__isub__(1)), "^sample order"),
    "too few samples": (replace(GOOD, order=np.arange(249)), "^sample order: .* the 250 training samples"),
    "too many samples": (replace(GOOD, order=np.arange(251)), "^sample order"),
    "an order of fractions": (replace(GOOD, order=np.arange(250.0)), "^sample order"),
    "before the epoch": (replace(GOOD, position=-1), "^position: -1 .* 1 to 24"),
    "an order that is not begun": (replace(GOOD, position=0), "^position: 0"),
    "after the epoch": (replace(GOOD, position=25), "^position: 25"),
    "a place without an order": (replace(GOOD, order=None), "^position: 12 .* 0 where no sample order is given"),
    "memory that lacks something": (replace(GOOD, memory={"m": GOOD.theta, "v": GOOD.theta}), "^optimizer memory"),
    "memory of another optimizer": (replace(GOOD, memory={"v": GOOD.theta}), "^optimizer memory: .* m and v and t"),
    "memory of another network": (
        replace(GOOD, memory={**GOOD.memory, "m": np.zeros(N + 1, "f4")}),
        rf"^optimizer memory m: .* of shape \({N + 1},\).* of shape \({N},\)",
    ),
    "a count without a number": (
        replace(GOOD, memory={**GOOD.memory, "t": np.zeros(0, int)}),
        r"^optimizer memory t: .* a count from 0",
    ),
    "another kind of generator": (with_generator(bit_generator="MT19937"), "^random generator dropout: .* PCG64"),
    "a generator without a state": (with_generator(state={}), "^random generator dropout"),
    "a generator's state in words": (with_generator(state="here"), "^random generator dropout"),
    "a generator beyond 128 bits": (with_generator(state={"state": 2**200, "inc": 1}), "^random generator dropout"),
    "a generator below 0": (with_generator(state={"state": -1, "inc": 1}), "^random generator dropout"),
    "no generator": (replace(GOOD, generators={"order": None}), "^random generator order"),
    "a batch that can't be filled": (
        replace(GOOD, config=BASE.changed("training", batch_size=251)),
        "^batch size: 251 .* at most 250",
    ),
    "a loss for other data": (replace(GOOD, config=BASE.changed("training", loss="regression")), "^loss"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_moment_is_refused_and_changes_nothing(wrong: str) -> None:
    moment, told = WRONG[wrong]
    trainer = trained(BASE)
    number = trainer.run_id
    with pytest.raises(InvalidValue, match=told):
        trainer.go_to(moment)
    assert (state(trainer), trainer.run_id) == (state(trained(BASE)), number)
    trainer.run_epoch()
    assert state(trainer) == state(trained(BASE, 50))


def test_memory_of_an_optimizer_that_has_none_is_refused() -> None:
    moment = trained(BASE.changed("training", optimizer="sgd")).moment()
    assert moment.memory == {}
    with pytest.raises(InvalidValue, match=r"^optimizer memory: .* it must be empty"):
        Trainer(BASE).go_to(replace(moment, memory={"v": moment.theta}))


def test_data_that_can_not_be_read_are_refused_and_change_nothing(tmp_path: Path) -> None:
    trainer = trained(BASE)
    with pytest.raises(InvalidValue, match="MNIST folder"):
        trainer.go_to(replace(GOOD, config=BASE.changed("data", name="mnist-full", folder=str(tmp_path))))
    assert state(trainer) == state(trained(BASE))


def test_a_moment_after_divergence_diverges_again() -> None:
    plane = {"data": {"name": "plane"}, "network": {"hidden": [8, 8], "activations": ["relu", "relu"]}}
    trainer = Trainer(parse({**plane, "training": {"optimizer": "sgd", "learning_rate": 1000}}))
    with pytest.raises(Diverged):
        trainer.run(lambda: trainer.step_count < 500)
    moment = trainer.moment()
    copy = elsewhere(moment)
    assert state(copy) == state(trainer)
    for each in (trainer, copy):
        with pytest.raises(Diverged):
            each.step()
    assert state(copy) == state(trainer)


def test_seconds_are_of_steps_alone_and_go_with_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that counts how often it is asked: twice for each step, and a second passes in between."""
    clock = iter(range(10**9))
    monkeypatch.setattr("mlp_playground.experiment.stepper.perf_counter", lambda: next(clock))
    trainer = Trainer(BASE)
    n = trainer.batches_per_epoch
    for _ in range(3):
        trainer.run_epoch()
    trainer.step()
    assert trainer.seconds == 3 * n + 1
    assert trainer.history.seconds().tolist() == [0, n, 2 * n, 3 * n]
    moment, frames = trainer.moment(), trainer.timeline.past.frames
    trainer.reset()
    assert trainer.seconds == 0
    trainer.go_to(moment)
    trainer.step()
    assert trainer.seconds == 3 * n + 2
    # a branch has what was spent until there: from the records around it, as no frame counts
    frame = next(each for each in frames if n < each.steps < 2 * n)
    start = branch(frame, moment.curves, 1, moment.past, moment.seconds)
    assert start.trained == pytest.approx(frame.steps)
    assert start.seconds.tolist() == [0, n]
    assert np.isnan(branch(frame, moment.curves, 1, moment.past).trained)
