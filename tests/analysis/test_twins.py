"""Neurons that are copies, against a comparison of each with each."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.twins import ALIKE, twins
from mlp_playground.nn.network import Architecture, Network


def test_twins_have_the_same_weights_in_and_out() -> None:
    shape = Architecture((3, 40, 2), ("tanh",), "classes")
    network = Network(shape, np.random.default_rng(0).normal(size=shape.n_parameters).astype(np.float32))
    for one, other in ((3, 17), (17, 30), (5, 6), (8, 9)):
        network.blocks[0][other] = network.blocks[0][one] * (1 + ALIKE / 10)
        network.W[1][:, other] = network.W[1][:, one]
    network.W[1][0, 6] += 0.5  # speaks differently
    network.b[0][9] += 0.5  # has another bias
    rows = np.hstack([network.blocks[0], network.W[1].T])
    by_hand = [any(j != i and np.allclose(rows[i], rows[j], atol=1e-4) for j in range(40)) for i in range(40)]
    assert np.flatnonzero(by_hand).tolist() == [3, 17, 30]
    assert twins(network, 0).tolist() == by_hand


def test_all_zeros_are_twins_and_some_that_a_penalty_has_pressed_to_zero_are_not() -> None:
    shape = Architecture((3, 6, 1), ("tanh",), "binary")
    network = Network(shape, np.zeros(shape.n_parameters, np.float32))
    assert twins(network, 0).all()
    network.blocks[0][:3] = np.random.default_rng(0).normal(size=(3, 4))
    assert not twins(network, 0).any()
    assert twins(Network(Architecture((1, 1, 1), ("tanh",), "binary"), np.ones(4)), 0).tolist() == [False]
