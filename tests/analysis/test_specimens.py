"""The samples that a network's layers are looked at with."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.specimens import seen_by_layers, specimens
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.trainer import Trainer

NETWORK = NetworkConfig(hidden=(3, 2), activations=("relu", "tanh"), off=((0, 1),))


def test_they_are_the_first_of_both_parts_as_the_network_is_told_them() -> None:
    trainer = Trainer(ExperimentConfig(features=("x1", "x1^2", "x1*x2"), network=NETWORK))
    data = trainer.material.data
    few = specimens(data, trainer.config.features, 20, 7)
    assert (len(few), few.n_train) == (27, 20)
    x1, x2 = data.test.X[:, 3]
    np.testing.assert_allclose(few.X1[:, 23], [x1, x1 * x1, x1 * x2, 1], rtol=1e-6)
    assert few.y[23] == data.test.y[3]
    assert few.place(23) == ("test", 3)
    np.testing.assert_array_equal(few.raw(23), (x1, x2))
    np.testing.assert_array_equal(few.raw(3), data.train.X[:, 3])
    assert specimens(data, trainer.config.features, 20, 7) is few, "found out once"
    assert not few.X1.flags.writeable


def test_each_layer_has_what_the_network_works_out() -> None:
    trainer = Trainer(ExperimentConfig(network=NETWORK))
    few = specimens(trainer.material.data, ("x1", "x2"), 5, 5)
    W, b = trainer.network.W, trainer.network.b
    X, first, second, Z = seen_by_layers(trainer.network, few)
    for k in range(10):
        x = few.raw(k)
        A = np.maximum(W[0] @ x + b[0], 0) * [1, 0, 1]
        np.testing.assert_allclose(first[:, k], A, rtol=1e-5)
        np.testing.assert_allclose(second[:, k], np.tanh(W[1] @ A + b[1]), rtol=1e-5)
        np.testing.assert_allclose(Z[:, k], W[2] @ np.tanh(W[1] @ A + b[1]) + b[2], rtol=1e-4, atol=1e-6)
        np.testing.assert_array_equal(X[:, k], x)


def test_pictures_are_told_by_their_pixels() -> None:
    data = Trainer(DIGITS_DEFAULT).material.data
    few = specimens(data, (), 0, 2000)
    assert (few.n_train, len(few)) == (0, 1000)
    np.testing.assert_array_equal(few.X1[:-1, 4], data.test.X[:, 4])
