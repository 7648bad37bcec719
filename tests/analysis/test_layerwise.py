"""Each layer's numbers, against the formula sample by sample."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.layerwise import at_layer, layerwise
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network


def test_layers_are_those_of_the_formula_and_the_last_one_answers() -> None:
    config = ExperimentConfig(network=NetworkConfig(hidden=(3,), activations=("relu",), off=((0, 1),)))
    shape = Trainer(config).material.architecture
    theta = np.random.default_rng(0).normal(size=shape.n_parameters)
    network, X = Network(shape, theta), np.random.default_rng(1).normal(size=(2, 6))
    (Z1, A1), (Z2, P) = layerwise(network, X)
    expected = np.array([[sum(network.W[0][k] * x) + network.b[0][k] for x in X.T] for k in range(3)])
    np.testing.assert_allclose(Z1, expected)
    np.testing.assert_allclose(A1, np.where([[True], [False], [True]], np.maximum(expected, 0), 0))
    np.testing.assert_allclose(P, 1 / (1 + np.exp(-(network.W[1] @ A1 + network.b[1][:, None]))))
    np.testing.assert_allclose(Z2, network.predict(np.vstack([X, np.ones(6)])))
    for layer, found in enumerate(((Z1, A1), (Z2, P))):
        for ours, theirs in zip(at_layer(network, X, layer), found, strict=True):
            np.testing.assert_array_equal(ours, theirs)
    with pytest.raises(IndexError):
        at_layer(network, X, 2)
