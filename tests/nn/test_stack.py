"""A stack: each of its networks does what a Network with the same parameters does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.network import Architecture, Gradient, Network, Tape, with_ones
from mlp_playground.nn.stack import FEW, Stack, StackTape

NETWORKS, BATCH = 3, 5
SHAPES = [
    Architecture((2, 4, 3, 1), ("tanh", "relu"), "binary"),
    Architecture((2, 4, 3), ("silu",), "classes"),
    Architecture((2, 1, 1, 2), ("tanh", "elu"), "classes"),
    Architecture((FEW - 1, 3, 1), ("gelu",), "huber"),
    Architecture((2, 1), (), "binary"),
    Architecture((FEW, 3), (), "classes"),
    *(Architecture((2, 3, 2, 1), (name, name), "tanh-squared") for name in ACTIVATIONS),
]


class Case:
    """Networks and what they learn from, each its own; samples lie as rows in memory, as they do in training."""

    def __init__(self, shape: Architecture) -> None:
        rng = np.random.default_rng(4)
        n_in, *_, n_out = shape.widths
        self.shape, self.theta = shape, rng.normal(size=(NETWORKS, shape.n_parameters))
        self.X: NDArray[Any] = np.stack([with_ones(rng.normal(size=(n_in, BATCH)), np.float64).T] * NETWORKS)
        self.X[..., :-1] += rng.normal(size=(NETWORKS, BATCH, n_in))
        self.X = self.X.swapaxes(1, 2)
        labels = rng.integers(0, max(n_out, 2), (NETWORKS, BATCH))
        self.Y = np.stack([HEADS[shape.head].targets(row, n_out) for row in labels])

    def stacked(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Answers and gradients of all."""
        stack = Stack(self.shape, self.theta)
        gradient = Gradient(self.shape, np.float64, (NETWORKS,))
        tape = StackTape(stack, gradient, BATCH)
        for X in (7 * self.X, self.X):  # a tape may be used again
            Z = tape.forward(X).copy()
            tape.backward(self.Y)
        return Z, gradient.vector

    def alone(self, k: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Answers and gradient of one."""
        network, tape = Network(self.shape, self.theta[k]), Tape(self.shape, BATCH, np.float64)
        gradient = Gradient(self.shape, np.float64)
        Z = network.forward(self.X[k], tape).copy()
        network.backward(self.Y[k], tape, gradient)
        return Z, gradient.vector


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_answers_and_gradients_are_those_of_each_network_alone(shape: Architecture) -> None:
    case = Case(shape)
    Z, gradients = case.stacked()
    for k in range(NETWORKS):
        expected_Z, expected = case.alone(k)
        assert Z[k] == pytest.approx(expected_Z, rel=1e-12)
        assert gradients[k] == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("shape", SHAPES[:6], ids=str)
def test_predict_answers_what_forward_does(shape: Architecture) -> None:
    case = Case(shape)
    stack = Stack(shape, case.theta)
    assert stack.predict(case.X) == pytest.approx(case.stacked()[0], rel=1e-12)
    assert stack.predict(case.X[0])[0] == pytest.approx(case.stacked()[0][0], rel=1e-12)


def test_the_parameters_may_change_in_place_between_two_steps() -> None:
    case = Case(SHAPES[0])
    stack, gradient = Stack(case.shape, 2 * case.theta), Gradient(case.shape, np.float64, (NETWORKS,))
    tape = StackTape(stack, gradient, BATCH)
    tape.forward(case.X)
    stack.theta /= 2
    assert tape.forward(case.X) == pytest.approx(case.stacked()[0], rel=1e-12)


@pytest.mark.parametrize("shape", [(17,), (2, 16), (1, 2, 17)])
def test_parameters_of_another_form_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValue, match="K rows of 17 numbers"):
        Stack(Architecture((2, 4, 1), ("relu",), "binary"), np.zeros(shape))
