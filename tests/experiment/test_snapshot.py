"""Snapshots: complete, frozen, and without a trace in the run."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from mlp_playground.experiment import build, edits
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, parse
from mlp_playground.experiment.snapshot import Look, affordable, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Architecture
from tests.arrays import arrays

POINTS = parse({"network": {"hidden": [4, 3], "activations": ["relu", "tanh"]}})
DIGITS = DIGITS_DEFAULT.changed("network", hidden=(6,), activations=("relu",))
ARMS, CURVE, BITS = (POINTS.changed("data", name=name) for name in ("spiral3", "sine", "parity"))
EVERY = pytest.mark.parametrize(
    "config", [POINTS, ARMS, CURVE, BITS, DIGITS], ids=["points", "classes", "line", "bits", "digits"]
)


def trained(config: ExperimentConfig, steps: int = 30) -> Trainer:
    trainer = Trainer(config)
    for _ in range(steps):
        trainer.step()
    return trainer


@EVERY
def test_all_arrays_are_read_only(config: ExperimentConfig) -> None:
    found = list(arrays(observe(trained(config), Look(64, (0, 1)))))
    assert len(found) > 8
    assert not any(array.flags.writeable for array in found)


@EVERY
def test_a_snapshot_does_not_change_with_the_run(config: ExperimentConfig) -> None:
    trainer = trained(config)
    taken = observe(trainer, Look(64, (0, 1)))
    before = [array.tobytes() for array in arrays(taken)]
    trainer.run_epoch()
    assert [array.tobytes() for array in arrays(taken)] == before
    assert taken.steps == 30


@EVERY
def test_a_snapshot_does_not_change_the_run(config: ExperimentConfig) -> None:
    watched = Trainer(config)
    for _ in range(30):
        observe(watched, Look(32))
        watched.step()
    assert watched.network.theta.tobytes() == trained(config).network.theta.tobytes()


def test_a_snapshot_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        observe(trained(POINTS), Look(32)).epoch = 3  # type: ignore[misc]


def test_a_snapshot_tells_all_of_the_run() -> None:
    trainer = trained(POINTS, 60)
    taken = observe(trainer, Look(64, focus=(1, 2)))
    assert (taken.config, taken.epoch, taken.steps) == (POINTS, 2, 60)
    assert (taken.theta == trainer.network.theta).all()
    assert taken.metrics == trainer.measure()
    assert taken.curves[0].tolist() == [0, 1, 2]
    assert taken.field is not None
    assert taken.field.focus is not None
    assert taken.field.answer.values.shape == (64, 64)
    assert taken.digits is None


@pytest.mark.parametrize(
    ("config", "space", "shape"),
    [(ARMS, "plane", (64, 64)), (CURVE, "line", (1, 64)), (BITS, "bits", (4, 4))],
    ids=["classes", "line", "bits"],
)
def test_a_field_is_over_the_space_of_its_data(config: ExperimentConfig, space: str, shape: tuple[int, int]) -> None:
    taken = observe(trained(config), Look(64, focus=(0, 1)))
    assert taken.digits is None
    assert taken.field is not None
    assert (taken.field.space, taken.data.space) == (space, space)
    assert taken.field.focus is not None
    assert taken.field.focus.values.shape == shape
    assert [len(maps) for maps in taken.field.thumbnails] == [4, 3]
    assert len(taken.field.outputs) == taken.architecture.widths[-1]


@pytest.mark.parametrize("config", [CURVE, BITS], ids=["line", "bits"])
def test_features_that_do_not_count_change_no_picture(config: ExperimentConfig) -> None:
    fields = [observe(trained(each), Look(64)).field for each in (config, config.changed(features=("x2", "sin(x1)")))]
    first, other = ([array.tobytes() for array in arrays(field)] for field in fields)
    assert len(first) > 3
    assert first == other


def test_digits_are_seen_as_digits() -> None:
    trainer = trained(DIGITS)
    taken = observe(trainer, Look(digits=12))
    assert taken.field is None
    assert taken.digits is not None
    assert taken.digits.probabilities.shape == (10, 12)
    assert taken.digits.weight_images.shape == (6, 28, 28)
    answered = trainer.network.predict(trainer.material.X_test)[:, :12].argmax(axis=0)
    assert (taken.digits.probabilities.argmax(axis=0) == answered).all()


@pytest.mark.parametrize(
    ("name", "size"), [("plane", 1e18), ("plane", 3e38), ("sine", 3e38), ("spiral3", 3e38), ("parity", 3e38)]
)
def test_a_run_that_diverged_can_be_looked_at(name: str, size: float) -> None:
    trainer = Trainer(POINTS.changed("data", name=name))
    whole = trainer.moment()
    trainer.go_to(replace(whole, theta=np.full_like(whole.theta, size)))
    taken = observe(trainer, Look(32, (0, 0)))
    assert not np.isfinite(taken.metrics.train_loss)
    assert taken.field is not None
    assert taken.field.answer.levels().dtype == np.uint8
    assert taken.field.outputs.shape == (taken.architecture.widths[-1], 32, 32)


def test_large_networks_are_drawn_coarser_but_never_below_64() -> None:
    def asked(width: int, wanted: int) -> int:
        return affordable(Architecture((2, width, width, 1), ("relu", "relu"), "binary"), wanted)

    assert asked(8, 256) == 256
    assert 64 <= asked(100, 256) < 256
    assert asked(1024, 256) == 64
    assert asked(1024, 32) == 32


@EVERY
def test_a_past_moment_is_seen_as_it_was(config: ExperimentConfig) -> None:
    look, trainer = Look(32, (0, 1), digits=12), trained(config)
    then = observe(trainer, look)
    added = edits.add_neuron(config, 0)
    trainer.adopt(added.config, added.lineage)
    trainer.adopt(added.config.changed("data", test_share=0.3))
    trainer.run_epoch()
    now = observe(trainer, look)
    frames = now.past.frames
    assert [now.present.steps, now.present.theta.tobytes()] == [trainer.step_count, trainer.network.theta.tobytes()]
    frame = next(each for each in frames if each.steps == 30)
    seen = observe(trainer, replace(look, at=frame))
    assert (seen.at, seen.present.steps, seen.past.frames) == (frame, now.steps, frames)
    assert (seen.config, seen.architecture, seen.epoch, seen.steps) == (
        then.config,
        then.architecture,
        then.epoch,
        then.steps,
    )
    for name in ("theta", "field", "digits"):
        found, expected = ([a.tobytes() for a in arrays((getattr(each, name),))] for each in (seen, then))
        assert found == expected
    assert np.allclose(seen.data.test.X, then.data.test.X)
    assert seen.metrics == then.metrics
    assert seen.curves.tobytes() == now.curves.tobytes()
    again = observe(trainer, look)
    assert [a.tobytes() for a in arrays((again.theta, again.field))] == [
        a.tobytes() for a in arrays((now.theta, now.field))
    ]


def test_two_moments_are_compared_on_one_grid() -> None:
    trainer = trained(POINTS)
    frame = trainer.timeline.past.frames[10]
    large = edits.set_width(POINTS, 0, 1000)  # so large that it alone would be drawn on a coarser grid
    trainer.adopt(large.config, large.lineage)
    trainer.run_epoch()
    now, then = observe(trainer, Look(256)), observe(trainer, Look(256, at=frame))
    assert now.field is not None
    assert then.field is not None
    assert now.compared is None
    assert now.field.difference is None
    found = observe(trainer, Look(256, compare=frame))
    assert (found.compared, found.theta.tobytes()) == (frame, now.theta.tobytes())
    assert found.field is not None
    assert found.field.difference is not None
    assert found.field.answer.levels().tobytes() == now.field.answer.levels().tobytes()
    shape = found.field.difference.map.values.shape
    assert shape == now.field.answer.levels().shape < then.field.answer.levels().shape
    # and the other way round it is the opposite
    back = observe(trainer, Look(256, at=frame, compare=now.present)).field
    assert back is not None
    assert back.difference is not None
    assert np.allclose(back.difference.map.values, -found.field.difference.map.values)
    other = Trainer(CURVE)
    assert observe(other, Look(64, compare=frame)).field is not None
    assert observe(other, Look(64, compare=frame)).field.difference is None  # type: ignore[union-attr]
    digits = observe(trained(DIGITS, 2), Look(digits=4, compare=frame))
    assert (digits.field, digits.digits is None) == (None, False)


def test_the_data_of_two_moments_that_are_compared_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer, frames, made, make = trained(POINTS), [], [], build.material
    for noise in (0.1, 0.2):
        frames.append(trainer.frame())
        trainer.adopt(POINTS.changed("data", noise=noise))

    def counted(config: ExperimentConfig) -> Material:
        made.append(config)
        return make(config)

    monkeypatch.setattr(build, "material", counted)
    for _ in range(3):
        seen = observe(trainer, Look(32, at=frames[0], compare=frames[1]))
        assert seen.config is frames[0].config
    assert made == [frame.config for frame in frames]
    trainer.reset()  # another run lets go of them: they may be large
    observe(trainer, Look(32, at=frames[0]))
    assert len(made) == 3
