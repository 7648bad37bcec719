"""The dry step against what the run itself does next."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.dry_step import dry_step
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.trainer import Trainer


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
