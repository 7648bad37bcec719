"""Backpropagation against central differences: every activation, head and penalty, shallow and deep."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.network import Architecture, Gradient, Network, Tape, with_ones
from mlp_playground.nn.penalties import Penalties, weight_mask

H = 5e-6  # about the cube root of float64's precision, where a central difference is most exact
CLEARANCE = 1e-3  # of ReLU's corner, which a step of H in one parameter can't reach


class Case:
    """A random network with a batch. Seeds whose pre-activations come near ReLU's corner, where there is no slope, or
    whose ReLUs are nearly all off, so that there would be little to compare, are passed over."""

    def __init__(self, activations: tuple[str, ...], head: str, batch: int, l2: float) -> None:
        outputs = 3 if head == "classes" else 1
        self.shape = Architecture((2, *[3] * len(activations), outputs), activations, head)
        mask = weight_mask(self.shape, np.float64)
        self.penalties = Penalties(mask, mask, l2=l2)
        self.tape = Tape(self.shape, batch, np.float64)
        for seed in count():
            rng = np.random.default_rng(seed)
            self.theta = rng.normal(0, 0.8, self.shape.n_parameters)
            self.X1 = with_ones(rng.normal(0, 1, (2, batch)), np.float64)
            self.Y = HEADS[head].targets(rng.integers(0, max(outputs, 2), batch), outputs)
            if self._is_smooth() and np.linalg.norm(self.backpropagated()) > 0.01:
                return

    def _is_smooth(self) -> bool:
        Network(self.shape, self.theta).forward(self.X1, self.tape)
        return all(np.abs(Z).min() > CLEARANCE for Z in self.tape.Z[:-1])

    def loss(self, theta: Array) -> float:
        network = Network(self.shape, theta)
        data = self.shape.the_head.loss(network.predict(self.X1), self.Y)
        return data + self.penalties.value(theta)

    def differences(self) -> Array:
        steps = H * np.eye(self.theta.size)
        return np.array([(self.loss(self.theta + e) - self.loss(self.theta - e)) / (2 * H) for e in steps])

    def backpropagated(self) -> Array:
        gradient = Gradient(self.shape, np.float64)
        network = Network(self.shape, self.theta)
        network.forward(self.X1, self.tape)
        network.backward(self.Y, self.tape, gradient)
        self.penalties.add_gradient(self.theta, gradient.vector)
        return gradient.vector


def relative_error(a: Array, b: Array) -> float:
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


@pytest.mark.parametrize("batch", [1, 7])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backpropagation_is_the_slope_of_the_loss(
    activation: str, head: str, l2: float, depth: int, batch: int
) -> None:
    case = Case((activation,) * depth, head, batch, l2)
    assert relative_error(case.backpropagated(), case.differences()) <= 1e-6


@pytest.mark.parametrize("batch", [1, 7])
@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("head", HEADS)
def test_also_without_a_hidden_layer(head: str, l2: float, batch: int) -> None:
    case = Case((), head, batch, l2)
    assert relative_error(case.backpropagated(), case.differences()) <= 1e-6


@pytest.mark.parametrize("head", HEADS)
def test_also_with_mixed_activations(head: str) -> None:
    case = Case(("relu", "tanh", "linear", "sigmoid"), head, 7, 0.1)
    assert relative_error(case.backpropagated(), case.differences()) <= 1e-6


def test_the_check_would_notice_a_wrong_gradient() -> None:
    case = Case(("tanh",), "binary", 7, 0.0)
    assert relative_error(1.0001 * case.backpropagated(), case.differences()) > 1e-6
