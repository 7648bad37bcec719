"""The check on the spot: exact where the loss is smooth, honest at a corner, and strict about what can be checked."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.trace.check import check_gradient, has_corner
from mlp_playground.analysis.trace.graph import graph_of
from mlp_playground.analysis.trace.passes import Trace, trace
from mlp_playground.errors import InvalidValue
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.network import Architecture, Network


def squared(theta: list[float], x: float, y: float) -> Trace:
    """The trace of one ReLU and one output with ½ (z − y)², whose numbers can be worked out by hand."""
    network = Network(Architecture((1, 1, 1), ("relu",), "regression"), np.array(theta))
    return trace(graph_of(network, np.array([[x]]), np.array([[y]])))


def test_the_numbers_are_those_worked_by_hand() -> None:
    traced = squared([2, 0, 3, 1], 1.0, 5.0)  # z₁ = a = 2, z₂ = 7, L = 2, and ∂L/∂w₁ = (7 − 5) · 3 · 1 · x = 6
    found = check_gradient(traced, "W1", (0, 0), 0.5)
    assert (found.value, found.before, found.backpropagated) == (2, 2, 6)
    assert (found.below, found.above) == pytest.approx((0.5 * 0.5**2, 0.5 * 3.5**2))
    assert (found.quotient, found.left, found.right) == pytest.approx((6, 3.75, 8.25))
    assert found.relative == pytest.approx(0)
    assert check_gradient(traced, "b2", (0, 0)).quotient == pytest.approx(2)
    assert check_gradient(traced, "x", (0, 0)).quotient == pytest.approx(12)


def test_at_a_corner_both_slopes_are_told() -> None:
    traced = squared([1, 0, 3, 0], 0.0, 5.0)  # z₁ = 0: to the right L falls by 5 · 3, to the left nothing happens
    found = check_gradient(traced, "b1", (0, 0), 1e-4)
    assert found.crossed == ((1, 0),)
    assert found.backpropagated == 0
    assert found.left == pytest.approx(0)
    assert found.right == pytest.approx(-15, rel=1e-3)
    assert found.quotient == pytest.approx(-7.5, rel=1e-3)
    assert found.relative == pytest.approx(1)
    assert check_gradient(traced, "W1", (0, 0)).crossed == ()  # times 0: z₁ stays at the corner


def test_a_large_epsilon_meets_a_corner_that_a_small_one_does_not() -> None:
    traced = squared([1, 0, 3, 0], 0.01, 5.0)
    assert check_gradient(traced, "W1", (0, 0), 1e-5).crossed == ()
    assert check_gradient(traced, "b1", (0, 0), 0.1).crossed == ((1, 0),)


def test_a_neuron_that_is_off_has_no_corner() -> None:
    network = Network(Architecture((1, 2, 1), ("relu",), "regression", ((0, 1),)), np.ones(7))
    traced = trace(graph_of(network, np.array([[-1.0]]), np.array([[1.0]])))
    assert check_gradient(traced, "b1", (0, 0), 0.1).crossed == ((1, 0),)
    found = check_gradient(traced, "b1", (1, 0), 0.1)
    assert (found.crossed, found.backpropagated, found.quotient, found.relative) == ((), 0, 0, 0)


def test_which_activations_have_a_corner_or_a_jump() -> None:
    assert {name for name, fold in ACTIVATIONS.items() if has_corner(fold)} == {"relu", "leaky-relu", "selu", "sign"}


@pytest.mark.parametrize(
    ("name", "entry", "epsilon", "told"),
    [
        ("Z1", (0, 0), 1e-5, "a weight, a bias or an input"),
        ("W9", (0, 0), 1e-5, "a weight, a bias or an input"),
        ("W1", (0, 1), 1e-5, "1 × 1"),
        ("W1", (-1, 0), 1e-5, "1 × 1"),
        ("W1", (0, 0), 0.0, "from 1e-12 to 1"),
        ("W1", (0, 0), float("nan"), "from 1e-12 to 1"),
    ],
)
def test_what_can_not_be_checked_is_told(name: str, entry: tuple[int, int], epsilon: float, told: str) -> None:
    with pytest.raises(InvalidValue, match=told):
        check_gradient(squared([1, 0, 1, 0], 1.0, 0.0), name, entry, epsilon)


def test_without_a_target_there_is_nothing_to_check() -> None:
    network = Network(Architecture((1, 1), (), "regression"), np.ones(2))
    with pytest.raises(InvalidValue, match="with a target"):
        check_gradient(trace(graph_of(network, np.ones((1, 1)))), "W1", (0, 0))
