"""Neurons that are off: they answer 0 wherever a network answers, and nothing is learned through them."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from mlp_playground.nn.activations import ACTIVATIONS, silenced
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.network import Architecture, Gradient, Network, Tape, with_ones

H, CLEARANCE = 5e-6, 1e-3  # as in test_gradient
OFF = ((0, 1), (0, 3), (1, 0))
SHAPE = Architecture((2, 4, 3, 1), ("tanh", "relu"), "binary", OFF)


def case(shape: Architecture, batch: int = 7) -> tuple[Network, Array, Array]:
    """A random network with a batch, away from the corners of piecewise linear activations."""
    for seed in count():
        rng = np.random.default_rng(seed)
        network = Network(shape, rng.normal(0, 0.8, shape.n_parameters))
        X1 = with_ones(rng.normal(size=(shape.widths[0], batch)), np.float64)
        tape = Tape(shape, batch, np.float64)
        network.forward(X1, tape)
        if all(np.abs(Z).min() > CLEARANCE for Z in tape.Z[:-1]):
            return network, X1, HEADS[shape.head].targets(rng.integers(0, 2, batch), shape.widths[-1])
    raise AssertionError


def differences(network: Network, loss: object) -> Array:
    slope = np.zeros_like(network.theta)
    for place, value in enumerate(network.theta.copy()):
        network.theta[place] = value + H
        above = loss()  # type: ignore[operator]
        network.theta[place] = value - H
        slope[place] = (above - loss()) / (2 * H)  # type: ignore[operator]
        network.theta[place] = value
    return slope


def relative_error(a: Array, b: Array) -> float:
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backpropagation_is_the_slope_of_the_loss(activation: str, head: str) -> None:
    outputs = 3 if head == "classes" else 1
    network, X1, Y = case(Architecture((2, 4, 3, outputs), (activation,) * 2, head, OFF))
    tape, gradient = Tape(network.architecture, 7, np.float64), Gradient(network.architecture, np.float64)
    network.forward(X1, tape)
    network.backward(Y, tape, gradient)
    slope = differences(network, lambda: HEADS[head].loss(network.predict(X1), Y))
    assert relative_error(gradient.vector, slope) <= 1e-6


@pytest.mark.parametrize("activation", ["tanh", "relu", "elu", "silu"])
def test_also_under_dropout(activation: str) -> None:
    network, X1, Y = case(Architecture((2, 6, 5, 1), (activation,) * 2, "binary", OFF))
    tape, gradient = Tape(network.architecture, 7, np.float64, 0.4), Gradient(network.architecture, np.float64)
    assert tape.dropout is not None
    tape.dropout.draw(np.random.default_rng(5))
    network.forward(X1, tape)
    for layer, neuron in OFF:
        assert (tape.A[layer + 1][neuron] == 0).all()
    network.backward(Y, tape, gradient)
    slope = differences(network, lambda: HEADS["binary"].loss(network.forward(X1, tape), Y))
    assert relative_error(gradient.vector, slope) <= 1e-6


def test_nothing_is_learned_of_what_they_hear_or_say() -> None:
    network, X1, Y = case(SHAPE)
    tape, gradient = Tape(SHAPE, 7, np.float64), Gradient(SHAPE, np.float64)
    network.forward(X1, tape)
    network.backward(Y, tape, gradient)
    for layer, neuron in OFF:
        assert (gradient.blocks[layer][neuron] == 0).all()
        assert (gradient.blocks[layer + 1][:, neuron] == 0).all()
    assert (gradient.blocks[0][[0, 2]] != 0).any()


def test_they_answer_0_on_every_way_forward() -> None:
    network, X1, _ = case(SHAPE)
    hidden, Z = network.layers(X1)
    tape = Tape(SHAPE, 7, np.float64)
    assert network.forward(X1, tape) == pytest.approx(Z)
    assert network.predict(X1) == pytest.approx(Z)
    for layer, neuron in OFF:
        for answers in (hidden[layer], tape.A[layer + 1]):
            assert (answers[neuron] == 0).all()
    assert all((A[-1] == 1).all() for A in (*hidden, *tape.A))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_network_is_one_without_them(activation: str) -> None:
    shape = replace(SHAPE, activations=(activation,) * 2)
    network, X1, _ = case(shape)
    smaller = Architecture((2, 2, 2, 1), shape.activations, "binary")
    first, second, last = network.blocks
    parts = first[[0, 2]], second[np.ix_([1, 2], [0, 2, 4])], last[:, [1, 2, 3]]
    without = Network(smaller, np.concatenate([part.ravel() for part in parts]))
    assert network.predict(X1) == pytest.approx(without.predict(X1))


def test_one_layer_by_hand() -> None:
    fold = silenced(ACTIVATIONS["relu"], [1])
    Z, A, dZ = np.array([[2.0, -3.0], [4.0, 5.0]]), np.empty((2, 2)), np.empty((2, 2))
    fold.apply(Z, A)
    assert A.tolist() == [[2, 0], [0, 0]]
    fold.chain(np.array([[1.0, 1.0], [1.0, 1.0]]), Z, A, dZ)
    assert dZ.tolist() == [[1, 0], [0, 0]]


def test_a_layer_in_which_all_are_off_says_nothing_but_the_bias_behind_it() -> None:
    network, X1, _ = case(Architecture((2, 2, 1), ("tanh",), "binary", ((0, 0), (0, 1))))
    assert network.predict(X1) == pytest.approx(np.full((1, 7), network.b[1][0]))


def test_a_layer_without_such_neurons_has_its_own_activation() -> None:
    shape = replace(SHAPE, off=((1, 2),))
    assert shape.folds[0] is ACTIVATIONS["tanh"]
    assert shape.folds[1].name == "relu"
