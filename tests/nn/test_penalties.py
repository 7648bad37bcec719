"""Penalties: values and steps by hand, and biases that they leave alone."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest

from mlp_playground.nn.network import Architecture, Network
from mlp_playground.nn.penalties import Penalties, weight_mask

MASK = np.array([1.0, 1.0, 0.0])
THETA = np.array([2.0, -0.5, 7.0])


def penalties(**rates: Any) -> Penalties:
    return Penalties(MASK, THETA, **rates)


def test_value_by_hand() -> None:
    assert penalties(l1=0.1, l2=0.4).value(THETA) == pytest.approx(0.1 * 2.5 + 0.2 * 4.25)


def test_l2_joins_the_gradient() -> None:
    gradient = np.array([1.0, 1.0, 1.0])
    penalties(l2=0.5).add_gradient(THETA, gradient)
    assert gradient == pytest.approx([2.0, 0.75, 1.0])


def test_decoupled_l2_shrinks_the_weights_and_leaves_the_gradient_alone() -> None:
    gradient, theta = np.ones(3), THETA.copy()
    decoupled = penalties(l2=0.5, decoupled=True)
    decoupled.add_gradient(THETA, gradient)
    decoupled.decay(theta, 0.2)
    assert (gradient == 1).all()
    assert theta == pytest.approx([1.8, -0.45, 7])  # a tenth less


def test_l2_that_joins_the_gradient_does_not_shrink_as_well() -> None:
    theta = THETA.copy()
    penalties(l2=0.5).decay(theta, 0.2)
    assert (theta == THETA).all()


def test_l1_pulls_towards_zero_and_stops_there() -> None:
    theta = THETA.copy()
    penalties(l1=3.0).shrink(theta, 0.25)
    assert theta.tolist() == [1.25, 0, 7]  # each weight 0.75 nearer to zero, the second one there already


def test_l1_leaves_a_weight_of_zero_where_it_is() -> None:
    theta = np.zeros(3, np.float32)
    Penalties(MASK.astype(np.float32), theta, l1=1.0).shrink(theta, 0.1)
    assert theta.tolist() == [0, 0, 0]


def test_l1_has_no_part_in_the_gradient_nor_l2_in_the_shrinking() -> None:
    gradient, theta = np.zeros(3), THETA.copy()
    penalties(l1=5.0).add_gradient(THETA, gradient)
    penalties(l2=5.0).shrink(theta, 1.0)
    assert (gradient == 0).all()
    assert (theta == THETA).all()


def test_each_of_several_networks_has_its_own_learning_rate() -> None:
    theta, rates = np.stack([THETA, THETA]), np.array([[0.2], [0.4]])
    both = Penalties(MASK, theta, l1=1.0, l2=0.5, decoupled=True)
    both.decay(theta, rates)
    assert theta == pytest.approx(np.array([[1.8, -0.45, 7], [1.6, -0.4, 7]]))
    both.shrink(theta, rates)
    assert theta == pytest.approx(np.array([[1.6, -0.25, 7], [1.2, 0, 7]]))


def test_a_step_allocates_no_array() -> None:
    theta, gradient = np.ones(100_000), np.ones(100_000)
    first, second = (Penalties(np.ones(100_000), theta, l1=0.1, l2=0.1, decoupled=each) for each in (False, True))
    tracemalloc.start()
    try:
        for each in (first, second):
            each.add_gradient(theta, gradient)
            each.decay(theta, 0.1)
            each.shrink(theta, 0.1)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < theta.nbytes / 10


def test_no_penalty_costs_nothing() -> None:
    assert penalties().value(THETA) == 0


def test_the_mask_spares_the_biases_and_only_them() -> None:
    shape = Architecture((2, 3, 1), ("relu",), "binary")
    masks = Network(shape, weight_mask(shape, np.float32))
    assert all((W == 1).all() for W in masks.W)
    assert all((b == 0).all() for b in masks.b)
