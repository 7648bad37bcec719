"""Penalties: values and steps by hand, and biases that they leave alone."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.nn.network import Architecture, Network
from mlp_playground.nn.penalties import Penalties, weight_mask

MASK = np.array([1.0, 1.0, 0.0])
THETA = np.array([2.0, -0.5, 7.0])


def test_value_by_hand() -> None:
    assert Penalties(l1=0.1, l2=0.4).value(THETA, MASK) == pytest.approx(0.1 * 2.5 + 0.2 * 4.25)


def test_l2_joins_the_gradient() -> None:
    gradient = np.array([1.0, 1.0, 1.0])
    Penalties(l2=0.5).add_gradient(THETA, MASK, gradient)
    assert gradient == pytest.approx([2.0, 0.75, 1.0])


def test_l1_pulls_towards_zero_and_stops_there() -> None:
    theta = np.array([2.0, -0.5, 7.0])
    Penalties(l1=3.0).shrink(theta, MASK, 0.25)
    assert theta.tolist() == [1.25, 0, 7]  # each weight 0.75 nearer to zero, the second one there already


def test_l1_leaves_a_weight_of_zero_where_it_is() -> None:
    theta = np.zeros(3, np.float32)
    Penalties(l1=1.0).shrink(theta, MASK.astype(np.float32), 0.1)
    assert theta.tolist() == [0, 0, 0]


def test_l1_has_no_part_in_the_gradient_nor_l2_in_the_shrinking() -> None:
    gradient, theta = np.zeros(3), THETA.copy()
    Penalties(l1=5.0).add_gradient(THETA, MASK, gradient)
    Penalties(l2=5.0).shrink(theta, MASK, 1.0)
    assert (gradient == 0).all()
    assert (theta == THETA).all()


def test_no_penalty_costs_nothing() -> None:
    assert Penalties().value(THETA, MASK) == 0


def test_the_mask_spares_the_biases_and_only_them() -> None:
    shape = Architecture((2, 3, 1), ("relu",), "binary")
    masks = Network(shape, weight_mask(shape, np.float32))
    assert all((W == 1).all() for W in masks.W)
    assert all((b == 0).all() for b in masks.b)
