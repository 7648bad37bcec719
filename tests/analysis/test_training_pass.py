"""What the training samples make of a network, against numbers worked out another way."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.training_pass import finite, gradient_of, training_samples
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network

CASES = (
    ExperimentConfig(
        features=("x1", "x1*x2", "sin(x2)"), network=NetworkConfig(hidden=(4, 3), activations=("gelu", "relu"))
    ),
    ExperimentConfig(data={"name": "sine"}, network=NetworkConfig(hidden=(5,), activations=("tanh",))),
    ExperimentConfig(data={"name": "parity", "bits": 3}, network=NetworkConfig(hidden=(), activations=())),
)


@pytest.mark.parametrize("config", CASES)
def test_gradients_are_those_of_finite_differences_of_the_mean_loss(config: ExperimentConfig) -> None:
    trainer = Trainer(config.changed("training", loss="auto"))
    shape, n = trainer.material.architecture, trainer.material.n_train
    chosen = training_samples(trainer.material.data, config.features, shape)
    assert chosen.total == n == chosen.X1.shape[1]
    np.testing.assert_array_equal(chosen.X1, trainer.material.X_train)
    np.testing.assert_array_equal(chosen.Y, trainer.material.Y_train)
    theta = np.random.default_rng(1).normal(size=shape.n_parameters)
    gradient = np.concatenate([block.ravel() for block in gradient_of(Network(shape, theta), chosen.X1, chosen.Y)])
    X1, Y = chosen.X1.astype(float), chosen.Y.astype(float)

    def loss(at: np.ndarray) -> float:
        return shape.the_head.loss(Network(shape, at).predict(X1), Y)

    steps = 1e-6 * np.eye(len(theta))
    expected = [(loss(theta + step) - loss(theta - step)) / 2e-6 for step in steps]
    np.testing.assert_allclose(gradient, expected, atol=1e-6)


def test_of_many_samples_some_are_passed_evenly_spread() -> None:
    data = Trainer(DIGITS_DEFAULT).material.data
    shape = Trainer(DIGITS_DEFAULT).material.architecture
    few = training_samples(data, (), shape, 100)
    step = len(data.train) / 100
    assert few.total == len(data.train) > 1000
    np.testing.assert_array_equal(few.samples.y, data.train.y[[int(k * step) for k in range(100)]])
    np.testing.assert_array_equal(few.X1[:-1], few.samples.X)
    np.testing.assert_array_equal(few.Y.argmax(axis=0), few.samples.y)
    assert not few.X1.flags.writeable


def test_what_overflowed_is_left_out() -> None:
    np.testing.assert_array_equal(finite(np.array([[1, np.inf], [np.nan, -2]], np.float32)), [1, -2])
