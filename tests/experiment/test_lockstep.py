"""Lockstep: each network of a stack is, to rounding, what it would be alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.experiment.lockstep import Lockstep
from mlp_playground.experiment.trainer import Trainer

BASE = parse(
    {
        "data": {"name": "circle", "samples": 60, "noise": 0.1},
        "network": {"hidden": [5, 4], "activations": ["relu", "tanh"]},
        "training": {"batch_size": 7, "learning_rate": 0.02},
    }
)


def alone(config: ExperimentConfig, epochs: int) -> Trainer:
    trainer = Trainer(config)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def together(configs: list[ExperimentConfig], epochs: int) -> Lockstep:
    lockstep = Lockstep(configs)
    for _ in range(epochs):
        lockstep.run_epoch()
    return lockstep


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"optimizer": "sgd", "l1": 0.001},
        {"optimizer": "nesterov", "l2": 0.01},
        {"optimizer": "adamw", "l2": 0.1, "schedule": "cosine", "planned_epochs": 8},
        {"optimizer": "rmsprop", "clip_norm": 0.05, "schedule": "warm-up", "planned_epochs": 5},
        {"optimizer": "adagrad", "loss": "tanh-squared"},
        {"batch_size": 0},
        {"dropout": 0.3, "optimizer": "sgd"},
        {"dropout": 0.6, "l2": 0.01, "schedule": "cosine", "planned_epochs": 8},
    ],
)
def test_each_network_is_what_it_is_alone(settings: dict[str, Any]) -> None:
    configs = [BASE.changed("training", **settings).changed(seed=seed).changed("data", seed=seed) for seed in range(4)]
    lockstep = together(configs, 6)
    measured = lockstep.measure()
    assert measured.train_accuracy is not None
    for k, config in enumerate(configs):
        single = alone(config, 6)
        assert np.abs(lockstep.theta[k] - single.network.theta).max() < 2e-4
        assert measured.train_loss[k] == pytest.approx(single.measure().train_loss, abs=1e-4)
        assert measured.train_accuracy[k] == pytest.approx(single.measure().train_accuracy, abs=0.04)


def test_learning_rates_and_initializers_may_differ() -> None:
    rates = [0.001, 0.01, 0.1]
    names = ["he", "xavier", "lecun"]
    configs = [
        BASE.changed("training", learning_rate=rate).changed("network", initializer=name)
        for rate, name in zip(rates, names, strict=True)
    ]
    lockstep = together(configs, 3)
    for k, config in enumerate(configs):
        assert np.abs(lockstep.theta[k] - alone(config, 3).network.theta).max() < 2e-4


def test_regression_has_losses_and_no_accuracy() -> None:
    lockstep = together([BASE.changed("data", name="plane")] * 2, 2)
    measured = lockstep.measure()
    assert measured.train_accuracy is None
    assert measured.test_accuracy is None
    assert measured.test_loss.shape == (2,)


def test_a_run_that_diverges_rests_and_leaves_the_others_alone() -> None:
    plane = BASE.changed("data", name="plane").changed("network", hidden=(8, 8), activations=("relu", "relu"))
    calm, wild = (plane.changed("training", optimizer="sgd", learning_rate=rate) for rate in (0.01, 500.0))
    lockstep = together([calm, wild], 4)
    assert lockstep.diverged.tolist() == [False, True]
    assert np.isfinite(lockstep.theta).all()
    assert np.abs(lockstep.theta[0] - alone(calm, 4).network.theta).max() < 2e-4


@pytest.mark.parametrize(
    ("part", "change", "field"),
    [
        ("training", {"optimizer": "sgd"}, "optimizer"),
        ("training", {"batch_size": 8}, "batch size"),
        ("training", {"dropout": 0.5}, "dropout"),
        ("network", {"hidden": (5, 3)}, "network"),
        ("data", {"samples": 80}, "network"),
    ],
)
def test_what_must_be_the_same_is_named(part: Any, change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValue, match=f"^{field}: .*lockstep"):
        Lockstep([BASE, BASE.changed(part, **change)])


def test_a_batch_of_more_than_all_samples_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"batch size: 31 .* at most 30"):
        Lockstep([BASE.changed("training", batch_size=31)] * 2)


@pytest.mark.parametrize("mark", ["frozen", "off"])
def test_neurons_that_are_frozen_or_off_are_refused(mark: str) -> None:
    marked = BASE.changed("network", **{mark: ((0, 1),)})
    for configs in ([marked], [marked, marked], [BASE, marked]):
        with pytest.raises(InvalidValue, match=rf"^neurons that are {mark}: \(\(0, 1\),\) .* none in lockstep"):
            Lockstep(configs)
