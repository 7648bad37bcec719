"""The network: a small one worked by hand, and the promises of its memory layout."""

from __future__ import annotations

from math import exp, log, tanh

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.network import Architecture, Gradient, Network, Tape, blocks, with_ones


def two_two_one(activation: str, head: str) -> Network:
    theta = np.array([1, -1, 0, 0.5, 0.5, -0.5, 2, -3, 1])  # [W b] row by row: two neurons, then the output
    return Network(Architecture((2, 2, 1), (activation,), head), theta)


def backpropagate(network: Network, X: np.ndarray, Y: np.ndarray) -> tuple[np.ndarray, Gradient]:
    tape = Tape(network.architecture, X.shape[1], np.float64)
    gradient = Gradient(network.architecture, np.float64)
    Z = network.forward(with_ones(X, np.float64), tape).copy()
    network.backward(Y, tape, gradient)
    return Z, gradient


def random_network(depth: int, head: str = "classes") -> tuple[Network, np.ndarray]:
    rng = np.random.default_rng(depth)
    names = [list(ACTIVATIONS)[l % len(ACTIVATIONS)] for l in range(depth)]
    shape = Architecture((3, *range(4, 4 + depth), 2), tuple(names), head)
    return Network(shape, rng.normal(size=shape.n_parameters)), rng.normal(size=(3, 11))


def test_relu_and_squared_error_worked_by_hand() -> None:
    # x = (1, 2): z = (1 − 2, ½ + 1 − ½) = (−1, 1), a = (0, 1), answer 2 · 0 − 3 · 1 + 1 = −2; target 1
    Z, gradient = backpropagate(two_two_one("relu", "regression"), np.array([[1.0], [2.0]]), np.array([[1.0]]))
    assert Z.tolist() == [[-2]]
    # ∂/∂answer = −3; output: −3 · (0, 1) and −3; back through W: (−6, 9), of which ReLU lets the second pass
    assert gradient.blocks[1].tolist() == [[0, -3, -3]]
    assert gradient.blocks[0].tolist() == [[0, 0, 0], [9, 18, 9]]


def test_tanh_and_cross_entropy_worked_by_hand() -> None:
    Z, gradient = backpropagate(two_two_one("tanh", "binary"), np.array([[1.0], [2.0]]), np.array([[1.0]]))
    a1, a2 = tanh(-1), tanh(1)
    z = 2 * a1 - 3 * a2 + 1
    d = 1 / (1 + exp(-z)) - 1
    d1, d2 = d * 2 * (1 - a1**2), d * -3 * (1 - a2**2)
    assert Z[0, 0] == pytest.approx(z)
    assert gradient.vector == pytest.approx([d1, 2 * d1, d1, d2, 2 * d2, d2, d * a1, d * a2, d])


def test_the_gradient_of_a_batch_is_the_mean_of_its_samples() -> None:
    network = two_two_one("sigmoid", "binary")
    X, Y = np.array([[1.0, -2.0, 0.5], [2.0, 0.0, -1.0]]), np.array([[1.0, 0.0, 0.0]])
    _, whole = backpropagate(network, X, Y)
    singles = [backpropagate(network, X[:, [i]], Y[:, [i]])[1].vector for i in range(3)]
    assert whole.vector == pytest.approx(np.mean(singles, axis=0))


def test_the_loss_of_a_hand_worked_answer() -> None:
    network = two_two_one("relu", "binary")
    Z = network.predict(with_ones(np.array([[1.0], [2.0]]), np.float64))
    assert HEADS["binary"].loss(Z, np.array([[0.0]])) == pytest.approx(-log(1 - 1 / (1 + exp(2))))


@pytest.mark.parametrize("depth", range(5))
def test_predict_answers_what_forward_does(depth: int) -> None:
    network, X = random_network(depth)
    X1 = with_ones(X, np.float64)
    assert network.predict(X1).tobytes() == network.forward(X1, Tape(network.architecture, 11, np.float64)).tobytes()


@pytest.mark.parametrize("depth", range(5))
def test_predict_is_a_chain_of_matrix_products(depth: int) -> None:
    network, X = random_network(depth)
    A = X
    for l, fold in enumerate(network.architecture.folds):
        Z = network.W[l] @ A + network.b[l][:, None]
        A = np.empty_like(Z)
        fold.apply(Z, A)
    expected = network.W[-1] @ A + network.b[-1][:, None]
    assert network.predict(with_ones(X, np.float64)) == pytest.approx(expected, rel=1e-12)


def test_predict_has_no_side_effects() -> None:
    network, X = random_network(3)
    X1 = with_ones(X, np.float64)
    theta, inputs = network.theta.copy(), X1.copy()
    first = network.predict(X1).copy()
    assert network.predict(X1).tobytes() == first.tobytes()
    assert (network.theta == theta).all()
    assert (inputs == X1).all()


def test_predict_between_forward_and_backward_does_not_disturb() -> None:
    network, X = random_network(3)
    X1, Y = with_ones(X, np.float64), HEADS["classes"].targets(np.arange(11) % 2, 2)
    tape, gradient = Tape(network.architecture, 11, np.float64), Gradient(network.architecture, np.float64)
    network.forward(X1, tape)
    network.predict(5 * X1)
    network.backward(Y, tape, gradient)
    assert (gradient.vector == backpropagate(network, X, Y)[1].vector).all()


def test_a_tape_may_be_used_again() -> None:
    network, X = random_network(3)
    Y = HEADS["classes"].targets(np.arange(11) % 2, 2)
    tape, gradient = Tape(network.architecture, 11, np.float64), Gradient(network.architecture, np.float64)
    for inputs in (9 * X, X):
        network.forward(with_ones(inputs, np.float64), tape)
        network.backward(Y, tape, gradient)
    assert (gradient.vector == backpropagate(network, X, Y)[1].vector).all()


def test_the_tape_keeps_its_rows_of_ones() -> None:
    network, X = random_network(4)
    tape = Tape(network.architecture, 11, np.float64)
    network.forward(with_ones(X, np.float64), tape)
    assert all((A[-1] == 1).all() for A in tape.A)


def test_blocks_are_views_in_the_order_of_the_vector() -> None:
    shape = Architecture((2, 3, 1), ("relu",), "binary")
    vector = np.arange(float(shape.n_parameters))
    first, second = blocks(shape, vector)
    assert first.tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert second.tolist() == [[9, 10, 11, 12]]
    second[0, 3] = -1
    assert vector[12] == -1


def test_weights_and_biases_are_views_of_the_parameters() -> None:
    network = two_two_one("relu", "binary")
    network.theta[:] = 0
    network.W[0][1, 0], network.b[1][0] = 5, 7
    assert network.theta.tolist() == [0, 0, 0, 5, 0, 0, 0, 0, 7]


def test_with_ones_adds_a_row_and_copies() -> None:
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    X1 = with_ones(X, np.float32)
    assert X1.tolist() == [[1, 2], [3, 4], [1, 1]]
    assert X1.dtype == np.float32
    assert not np.shares_memory(X, X1)


def test_with_ones_keeps_a_samples_numbers_side_by_side() -> None:
    X1 = with_ones(np.zeros((3, 5)), np.float32)
    assert X1.T.flags.c_contiguous


def test_architecture_counts_its_parameters() -> None:
    shape = Architecture((784, 128, 64, 10), ("relu", "relu"), "classes")
    assert shape.shapes == ((128, 785), (64, 129), (10, 65))
    assert shape.n_parameters == 109_386


@pytest.mark.parametrize("widths", [(), (2,), (2, 0, 1), (2, -1), (0, 1)])
def test_impossible_widths_are_refused(widths: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValue, match="widths"):
        Architecture(widths, ("relu",) * max(len(widths) - 2, 0), "binary")


@pytest.mark.parametrize("activations", [(), ("relu", "relu")])
def test_each_hidden_layer_needs_one_activation(activations: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValue, match="one for each of the 1 hidden layers"):
        Architecture((2, 3, 1), activations, "binary")


def test_an_unknown_activation_or_head_is_refused_when_it_is_needed() -> None:
    shape = Architecture((2, 3, 1), ("bent",), "guess")
    with pytest.raises(InvalidValue, match="activation: 'bent'"):
        shape.folds  # noqa: B018
    with pytest.raises(InvalidValue, match="head: 'guess'"):
        shape.the_head  # noqa: B018


@pytest.mark.parametrize("size", [8, 10])
def test_a_vector_of_the_wrong_length_is_refused(size: int) -> None:
    with pytest.raises(InvalidValue, match="a vector of 9 numbers"):
        Network(Architecture((2, 2, 1), ("relu",), "binary"), np.zeros(size))
