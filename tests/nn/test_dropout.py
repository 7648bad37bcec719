"""Dropout: who is silent, how loud the others are, and that backpropagation takes account of it."""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.dropout import Dropout
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.network import Architecture, Gradient, Network, Tape, with_ones
from mlp_playground.nn.stack import Stack, StackTape

H, CLEARANCE = 5e-6, 1e-3  # as in test_gradient
SHAPE = Architecture((2, 6, 4, 3), ("tanh", "relu"), "classes")


def case(shape: Architecture, batch: int, seed: int = 0) -> tuple[Network, NDArray[Any], NDArray[Any]]:
    rng = np.random.default_rng(seed)
    network = Network(shape, rng.normal(0, 0.8, shape.n_parameters))
    X1 = with_ones(rng.normal(size=(shape.widths[0], batch)), np.float64)
    return network, X1, HEADS[shape.head].targets(rng.integers(0, 2, batch), shape.widths[-1])


def drawn(shape: Architecture, batch: int, share: float, seed: int = 9) -> tuple[Tape, Dropout]:
    tape = Tape(shape, batch, np.float64, share)
    assert tape.dropout is not None
    tape.dropout.draw(np.random.default_rng(seed))
    return tape, tape.dropout


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_that_share_is_silent_and_the_others_make_up_for_it(share: float) -> None:
    dropout = Dropout(share, (50, 20), 1000, np.float32)
    dropout.draw(np.random.default_rng(0))
    for mask in dropout.masks:
        silent = mask == 0
        assert silent.mean() == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / mask.size))
        assert mask[~silent] == pytest.approx(1 / (1 - share))
    assert [mask.shape for mask in dropout.masks] == [(50, 1, 1000), (20, 1, 1000)]


def test_each_layer_sample_and_step_has_silent_neurons_of_its_own() -> None:
    dropout, rng = Dropout(0.5, (30, 30), 20, np.float32), np.random.default_rng(0)
    dropout.draw(rng)
    first = [mask[:, 0].copy() for mask in dropout.masks]
    dropout.draw(rng)
    assert (first[0] != first[1]).any()
    assert (first[0][:, 0] != first[0][:, 1]).any()
    assert (first[0] != dropout.masks[0][:, 0]).any()


def test_each_network_draws_as_it_would_alone() -> None:
    together = Dropout(0.3, (5, 2), 4, np.float32, networks=3)
    together.draw(*map(np.random.default_rng, range(3)))
    for k in range(3):
        alone = Dropout(0.3, (5, 2), 4, np.float32)
        alone.draw(np.random.default_rng(k))
        for masks, mask in zip(together.masks, alone.masks, strict=True):
            assert (masks[:, k] == mask[:, 0]).all()


def test_the_mean_over_many_masks_is_the_network_without_any() -> None:
    # one hidden layer: the sums behind it are linear in the masks
    network, X1, _ = case(Architecture((2, 8, 1), ("tanh",), "regression"), 1)
    many = 40_000
    tape, _ = drawn(network.architecture, many, 0.4)
    Z = network.forward(np.repeat(X1, many, axis=1), tape)
    assert Z.mean() == pytest.approx(network.predict(X1)[0, 0], abs=4 * Z.std() / np.sqrt(many))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_forward_and_backward_by_matrices(name: str) -> None:
    network, X1, Y = case(Architecture((2, 5, 4, 1), (name, name), "regression"), 7)
    tape, dropout = drawn(network.architecture, 7, 0.4)
    M = [mask[:, 0] for mask in dropout.masks]
    gradient = Gradient(network.architecture, np.float64)
    Z = network.forward(X1, tape).copy()
    network.backward(Y, tape, gradient)

    def fold(z: NDArray[Any]) -> NDArray[Any]:
        a = np.empty_like(z)
        ACTIVATIONS[name].apply(z, a)
        return a

    def slope(z: NDArray[Any]) -> NDArray[Any]:
        return (fold(z + H) - fold(z - H)) / (2 * H)

    ones, (V1, V2, V3) = np.ones((1, 7)), network.blocks
    Z1 = V1 @ X1
    A1 = np.vstack([fold(Z1) * M[0], ones])
    Z2 = V2 @ A1
    A2 = np.vstack([fold(Z2) * M[1], ones])
    Z3 = V3 @ A2
    assert np.abs(Z - Z3).max() < 1e-12
    d3 = (Z3 - Y) / 7
    d2 = (network.W[2].T @ d3) * M[1] * slope(Z2)
    d1 = (network.W[1].T @ d2) * M[0] * slope(Z1)
    for block, expected in zip(gradient.blocks, (d1 @ X1.T, d2 @ A1.T, d3 @ A2.T), strict=True):
        assert block == pytest.approx(expected, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backpropagation_is_the_slope_of_the_loss_under_the_same_masks(activation: str, head: str) -> None:
    outputs = 3 if head == "classes" else 1
    shape = Architecture((2, 4, 4, outputs), (activation, activation), head)
    for seed in count():
        network, X1, Y = case(shape, 7, seed)
        tape, _ = drawn(shape, 7, 0.3, seed)
        gradient = Gradient(shape, np.float64)
        network.forward(X1, tape)
        is_smooth = all(np.abs(Z).min() > CLEARANCE for Z in tape.Z[:-1])
        network.backward(Y, tape, gradient)
        if is_smooth and np.linalg.norm(gradient.vector) > 0.01:
            break

    def loss(theta: NDArray[Any]) -> float:
        return shape.the_head.loss(Network(shape, theta).forward(X1, tape), Y)

    steps = H * np.eye(network.theta.size)
    differences = np.array([(loss(network.theta + e) - loss(network.theta - e)) / (2 * H) for e in steps])
    error = np.linalg.norm(gradient.vector - differences) / np.linalg.norm(differences)
    assert error <= 2e-6


def test_masks_of_ones_change_no_bit() -> None:
    network, X1, Y = case(SHAPE, 7)
    gradients = []
    for tape in (Tape(SHAPE, 7, np.float64), Tape(SHAPE, 7, np.float64, 0.5)):  # whose masks are not drawn
        gradient = Gradient(SHAPE, np.float64)
        network.forward(X1, tape)
        network.backward(Y, tape, gradient)
        gradients.append(gradient.vector.tobytes())
    assert gradients[0] == gradients[1]


def test_a_silent_neuron_learns_nothing_and_teaches_nothing() -> None:
    network, X1, Y = case(SHAPE, 7)
    tape, dropout = drawn(SHAPE, 7, 0.5)
    dropout.masks[0][2] = 0
    gradient = Gradient(SHAPE, np.float64)
    network.forward(X1, tape)
    network.backward(Y, tape, gradient)
    assert (gradient.blocks[0][2] == 0).all()
    assert (gradient.blocks[1][:, 2] == 0).all()
    assert (gradient.blocks[0][1] != 0).any()


def test_predict_knows_no_masks() -> None:
    network, X1, _ = case(SHAPE, 7)
    before = network.predict(X1).tobytes()
    tape, _ = drawn(SHAPE, 7, 0.5)
    assert (network.forward(X1, tape) != network.predict(X1)).any()
    assert network.predict(X1).tobytes() == before


def test_a_network_without_a_hidden_layer_has_none_to_silence() -> None:
    network, X1, _ = case(Architecture((2, 1), (), "regression"), 3)
    tape, dropout = drawn(network.architecture, 3, 0.9)
    assert dropout.masks == []
    assert (network.forward(X1, tape) == network.predict(X1)).all()


@pytest.mark.parametrize(
    "shape",
    [SHAPE, Architecture((20, 3, 1), ("gelu",), "binary"), Architecture((2, 1, 1), ("relu",), "huber")],
    ids=str,
)
def test_networks_of_a_stack_are_each_what_it_is_alone(shape: Architecture) -> None:
    networks = [case(shape, 5, seed) for seed in range(3)]
    stack = Stack(shape, np.stack([network.theta for network, _, _ in networks]))
    gradients = Gradient(shape, np.float64, (3,))
    together = StackTape(stack, gradients, 5, 0.4)
    assert together.dropout is not None
    together.dropout.draw(*map(np.random.default_rng, range(3)))
    Z = together.forward(np.stack([X1 for _, X1, _ in networks]))
    together.backward(np.stack([Y for _, _, Y in networks]))
    for k, (network, X1, Y) in enumerate(networks):
        tape, gradient = drawn(shape, 5, 0.4, seed=k)[0], Gradient(shape, np.float64)
        assert Z[k] == pytest.approx(network.forward(X1, tape), rel=1e-12)
        network.backward(Y, tape, gradient)
        assert gradients.vector[k] == pytest.approx(gradient.vector, rel=1e-12, abs=1e-15)
