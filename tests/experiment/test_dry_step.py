"""The dry step against what the run itself does next."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, parse
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.dry_step import DryStep, dry_step, next_masks, next_samples, step_from
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Gradient, Network, Tape

FIRST = ExperimentConfig().changed("network", hidden=(4, 3), activations=("tanh", "relu"))


def config(**training: object) -> ExperimentConfig:
    return parse(
        {
            "data": {"name": "circle", "samples": 50},
            "network": {"hidden": (4, 3), "activations": ("relu", "tanh"), "frozen": ((0, 1),)},
            "training": {"batch_size": 10, "learning_rate": 0.01} | training,
        }
    )


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"optimizer": "sgd", "clip_norm": 0.01, "l2": 0.1, "l1": 0.01},
        {"optimizer": "momentum", "schedule": "cosine", "planned_epochs": 3},
        {"optimizer": "adamw", "l2": 0.1, "dropout": 0.5, "batch_size": 7},
        {"optimizer": "adagrad", "batch_size": 0},
        {"optimizer": "nesterov", "l2": 0.05, "batch_size": 1, "dropout": 0.4},
        {"optimizer": "rmsprop", "schedule": "linear", "loss": "tanh-squared"},
    ],
)
def test_it_is_the_step_that_the_run_makes_next_and_leaves_the_run_alone(settings: dict[str, object]) -> None:
    trainer = Trainer(config(**settings))
    for _ in range(2 * trainer.batches_per_epoch + 1):  # within an epoch, at its last minibatch, and at the next
        frame, before = trainer.frame(whole=True), trainer.network.theta.copy()
        stepped = dry_step(frame, trainer.material)
        assert np.array_equal(trainer.network.theta, before)
        trainer.step()
        assert stepped is not None
        # in the same order within the minibatch, so to the bit
        assert np.array_equal(stepped, trainer.network.theta)
        assert not np.array_equal(stepped, before)


def test_without_the_optimizers_memory_it_can_not_be_told_and_what_the_run_would_raise_is_raised() -> None:
    trainer = Trainer(config())
    trainer.step()
    assert dry_step(replace(trainer.frame(whole=True), memory=None), trainer.material) is None

    wild = Trainer(GALLERY["large-steps"].config)
    with suppress(Diverged):
        while True:
            frame = wild.frame(whole=True)
            wild.step()
    with pytest.raises(Diverged, match="too large"):
        dry_step(frame, wild.material)

    stairs = Trainer(config().changed("network", activations=("sign", "tanh")))
    with pytest.raises(InvalidValue, match="step's is 0"):
        dry_step(stairs.frame(whole=True), stairs.material)


def steps_alike(trainer: Trainer) -> DryStep:
    """A dry step before the trainer's own next one; both must be the same, and the first must leave no trace."""
    frame, material = trainer.frame(whole=True), trainer.material
    theta = frame.theta.copy()
    samples = next_samples(frame, material.n_train)
    dry = step_from(frame, material.X[:, samples], material.Y[:, samples], silences=True)
    assert np.array_equal(trainer.network.theta, theta)
    trainer.step()
    assert np.array_equal(dry.after, trainer.network.theta)
    after = trainer.frame(whole=True).memory or {}
    assert dry.memory_after.keys() == after.keys()
    assert all(np.array_equal(dry.memory_after[name], after[name]) for name in after)
    return dry


@pytest.mark.parametrize(
    "config",
    [
        DIGITS_DEFAULT,
        ExperimentConfig().changed("data", name="sine").changed("network", hidden=(), activations=()),
        ExperimentConfig().changed("data", name="parity").changed(features=("x1", "sin(x2)")),
        ExperimentConfig().changed(features=("x1", "sin(x1)", "x1*x2")),
    ],
)
def test_also_with_digits_numbers_bits_and_features(config: ExperimentConfig) -> None:
    trainer = Trainer(config)
    for _ in range(3):
        steps_alike(trainer)


def test_what_became_of_the_gradient_on_the_way_is_told() -> None:
    trainer = Trainer(FIRST.changed("training", optimizer="sgd", l2=0.2, clip_norm=0.01, learning_rate=0.5))
    frame, material = trainer.frame(whole=True), trainer.material
    samples = next_samples(frame, material.n_train)
    X1, Y = material.X[:, samples], material.Y[:, samples]
    dry = step_from(frame, X1, Y, silences=True)
    network, tape = Network(frame.architecture, frame.theta), Tape(frame.architecture, len(samples), np.float32)
    gradient = Gradient(frame.architecture, np.float32)
    network.forward(X1, tape)
    network.backward(Y, tape, gradient)
    assert np.array_equal(dry.gradient, gradient.vector)
    decayed = frame.theta.copy()
    for block in Network(frame.architecture, decayed).blocks:
        block[:, -1] = 0
    assert dry.joined == pytest.approx(gradient.vector + 0.2 * decayed, abs=1e-7)
    assert dry.length == pytest.approx(np.linalg.norm(dry.joined))
    assert dry.shortening == pytest.approx(0.01 / dry.length)
    assert dry.after == pytest.approx(frame.theta - 0.5 * dry.shortening * dry.joined, abs=1e-6)


def test_chosen_samples_are_learned_from_without_dropout_and_with_the_memory_that_there_is() -> None:
    trainer = Trainer(FIRST.changed("training", dropout=0.5))
    trainer.step()
    frame, material = trainer.frame(whole=True), trainer.material
    X1, Y = material.X[:, :1], material.Y[:, :1]
    dry = step_from(frame, X1, Y, silences=False)
    masks = next_masks(frame, 1)
    assert masks is not None
    assert [mask.shape for mask in masks] == [(4, 1), (3, 1)]
    assert set(np.concatenate(masks).ravel()) <= {0.0, 2.0}
    quiet = step_from(frame, X1, Y, silences=True)
    assert not np.array_equal(quiet.gradient, dry.gradient)
    assert frame.memory is not None
    assert np.array_equal(dry.memory["m"], frame.memory["m"])
    assert dry.memory_after["t"] == dry.memory["t"] + 1
