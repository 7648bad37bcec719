"""A file keeps a run's past: exactly what was kept, within its bounds, and nothing that no run could have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import edits, kept
from mlp_playground.experiment.config import parse
from mlp_playground.experiment.document import Document, load, save
from mlp_playground.experiment.kept import Kept, keep
from mlp_playground.experiment.moment import Moment, branch
from mlp_playground.experiment.timeline import Frame
from mlp_playground.experiment.trainer import Trainer

CONFIG = parse({"network": {"hidden": [3, 2], "activations": ["relu", "tanh"]}})


def run() -> Trainer:
    """500 steps, with another learning rate and a neuron more on the way."""
    trainer = Trainer(CONFIG)
    for step in range(500):
        if step == 60:
            trainer.adopt(trainer.config.changed("training", learning_rate=0.02))
        if step == 130:
            added = edits.add_neuron(trainer.config, 1)
            trainer.adopt(added.config, added.lineage)
        trainer.step()
    return trainer


RUN = run()
MOMENT = RUN.moment()


def through_a_file(moment: Moment, folder: Path) -> Moment:
    save(Document(moment), folder / "run.mlp")
    return load(folder / "run.mlp").moment


def seen(frames: tuple[Frame, ...]) -> list[tuple[object, ...]]:
    return [
        (f.config, f.architecture, f.theta.tobytes(), f.epoch, f.steps, f.position, f.batches, f.metrics, f.is_edit)
        for f in frames
    ]


def test_the_past_comes_back_as_it_was(tmp_path: Path) -> None:
    opened = Trainer(parse({"data": {"name": "circle"}}))
    opened.go_to(through_a_file(MOMENT, tmp_path))
    past = opened.timeline.past
    assert seen(past.frames) == seen(MOMENT.past.frames)
    assert past.stride == MOMENT.past.stride
    assert len({frame.config for frame in past.frames}) == 3
    assert not any(frame.theta.flags.writeable for frame in past.frames)
    # it goes on, also from there: with what was kept, which is from the beginning of an epoch with an empty memory
    frame = next(each for each in past.frames if each.steps > 130 and each.position)
    opened.go_to(branch(frame, MOMENT.curves, MOMENT.curve_stride, past))
    assert opened.moment().position == 0
    assert not opened.moment().memory["m"].any()
    opened.run_epoch()
    assert (opened.epoch, opened.step_count) == (frame.epoch + 1, frame.steps + frame.batches)
    # and what was opened can be saved again without having run
    again = through_a_file(replace(through_a_file(MOMENT, tmp_path), run_id=0), tmp_path)
    assert again.kept is not None
    assert [s.thetas.tobytes() for s in again.kept.stretches] == [
        s.thetas.tobytes() for s in keep(MOMENT.past, MOMENT.config).stretches
    ]


def test_what_is_too_large_is_thinned_evenly() -> None:
    frames = MOMENT.past.frames
    whole = sum(frame.theta.nbytes for frame in frames)
    for limit in (whole, whole // 3, 500, 0):
        found = keep(MOMENT.past, MOMENT.config, limit)
        thetas = [theta for stretch in found.stretches for theta in stretch.thetas]
        assert sum(theta.nbytes for theta in thetas) <= max(limit, thetas[0].nbytes + thetas[-1].nbytes)
        assert thetas[0].tobytes() == frames[0].theta.tobytes()
        assert thetas[-1].tobytes() == frames[-1].theta.tobytes()
    assert keep(MOMENT.past, MOMENT.config, whole // 3).stride in (2 * MOMENT.past.stride, 4 * MOMENT.past.stride)


def test_of_other_data_nothing_is_kept_and_of_many_edits_the_last_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    assert [s.config for s in keep(MOMENT.past, MOMENT.config).stretches] == [
        CONFIG.changed("training", learning_rate=0.02),
        MOMENT.config,
    ]
    trainer = run()
    trainer.adopt(trainer.config.changed("data", noise=0.3))
    trainer.run_epoch()
    found = keep(trainer.timeline.past, trainer.config)
    assert [stretch.config for stretch in found.stretches] == [trainer.config]
    assert found.stretches[0].places[:, 1].min() == 500


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("thetas", lambda array: array.astype(np.float64)),
        ("thetas", lambda array: array * np.float32(np.nan)),
        ("thetas", lambda array: array[:5]),
        ("places", lambda array: array[:, :4]),
        ("places", lambda array: array[::-1].copy()),
        ("places", lambda array: array + 10_000),
        ("places", lambda array: array * [1, 1, 1, 0, 1]),
        ("metrics", lambda array: array[:3]),
    ],
)
def test_a_past_that_no_run_could_have_is_neither_saved_nor_opened(name: str, change: Any, tmp_path: Path) -> None:
    first, *others = keep(MOMENT.past, MOMENT.config).stretches
    wrong = Kept((replace(first, **{name: change(getattr(first, name))}), *others), 1)
    with pytest.raises(InvalidValue, match="past"):
        save(Document(replace(MOMENT, kept=wrong)), tmp_path / "run.mlp")
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.setattr(kept, "check", lambda *_: None)
        save(Document(replace(MOMENT, kept=wrong)), tmp_path / "run.mlp")
    with pytest.raises(InvalidValue, match="past"):
        load(tmp_path / "run.mlp")


def test_parameters_of_another_network_are_refused_before_anything_changes(tmp_path: Path) -> None:
    stretches = keep(MOMENT.past, MOMENT.config).stretches
    wrong = Kept((replace(stretches[0], thetas=stretches[0].thetas[:, :-1].copy()), *stretches[1:]), 1)
    trainer = Trainer(CONFIG)
    opened = through_a_file(replace(MOMENT, kept=wrong), tmp_path)
    with pytest.raises(InvalidValue, match="parameters of the past"):
        trainer.go_to(opened)
    assert trainer.step_count == 0


def test_more_than_the_bound_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Document(MOMENT), tmp_path / "run.mlp")
    monkeypatch.setattr(kept, "LIMIT", 4)
    monkeypatch.setattr(kept, "most_parameters", lambda _config: 20)
    with pytest.raises(InvalidValue, match="past/0/thetas"):
        load(tmp_path / "run.mlp")
