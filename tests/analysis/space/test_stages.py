"""The steps of the way, against the network's own pass and hand-made products, in all three orders."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.space.stages import Kind, Order, collapsed, steps, travel
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.network import Architecture, Network, with_ones

RNG = np.random.default_rng


def network(
    widths: tuple[int, ...], activation: str, head: str = "binary", off: tuple[tuple[int, int], ...] = ()
) -> Network:
    shape = Architecture(widths, (activation,) * (len(widths) - 2), head, off)
    return Network(shape, RNG(sum(widths)).normal(0, 0.7, shape.n_parameters))


@pytest.mark.parametrize(
    ("widths", "activation", "head", "off"),
    [
        ((2, 3, 4, 1), "relu", "binary", ()),
        ((2, 3, 4, 1), "tanh", "tanh-squared", ((0, 1), (1, 3))),
        ((5, 4, 3), "leaky-relu", "classes", ((0, 0),)),
        ((1, 6, 1), "silu", "regression", ()),
        ((2, 1), "relu", "binary", ()),
    ],
)
def test_every_stage_is_what_the_network_computes(
    widths: tuple[int, ...], activation: str, head: str, off: tuple[tuple[int, int], ...]
) -> None:
    net = network(widths, activation, head, off)
    X = RNG(1).normal(size=(widths[0], 20))
    way = steps(net)
    stops = dict(zip([(step.stage.layer, step.stage.kind) for step in way], travel(way, X), strict=True))
    hidden, Z = net.layers(with_ones(X, np.float64))
    inputs = [X, *(A[:-1] for A in hidden)]
    assert stops[0, Kind.INPUT] == pytest.approx(X)
    for l, A in enumerate(inputs):
        assert stops[l + 1, Kind.LINEAR] == pytest.approx(net.W[l] @ A)
        assert stops[l + 1, Kind.BIAS] == pytest.approx(net.W[l] @ A + net.b[l][:, None])
        if l > 0:
            assert stops[l, Kind.FOLD] == pytest.approx(A)
    last = len(inputs)
    assert stops[last, Kind.BIAS] == pytest.approx(Z)
    if head == "regression":
        assert (last, Kind.ANSWER) not in stops
    else:
        answer = np.empty_like(Z)
        net.architecture.the_head.answer(Z, answer)
        assert stops[last, Kind.ANSWER] == pytest.approx(answer)
    widths_seen = [(step.stage.width, len(values)) for step, values in zip(way, stops.values(), strict=True)]
    assert all(said == found for said, found in widths_seen)


def test_activation_first_folds_before_each_matrix() -> None:
    net = network((2, 3, 4, 1), "relu", off=((1, 2),))
    X = RNG(2).normal(size=(2, 9))
    A = X
    for l in range(2):
        A = net.W[l] @ np.maximum(A, 0) + net.b[l][:, None]
        if l == 1:
            A[2] = 0
    Z = net.W[2] @ A + net.b[2][:, None]
    way = steps(net, Order.ACTIVATION_FIRST)
    assert [step.stage.kind for step in way[1:4]] == [Kind.FOLD, Kind.LINEAR, Kind.BIAS]
    stops = list(travel(way, X))
    assert stops[1] == pytest.approx(np.maximum(X, 0)), "folded along the axes, whatever the weights"
    assert stops[-2] == pytest.approx(Z)
    assert stops[-1] == pytest.approx(1 / (1 + np.exp(-Z)))


@pytest.mark.parametrize("off", [(), ((0, 1), (1, 0))])
def test_without_activations_all_layers_are_one_matrix(off: tuple[tuple[int, int], ...]) -> None:
    net = network((3, 4, 5, 2), "tanh", "classes", off)
    W, b = collapsed(net)
    parts = [np.array(part) for part in net.W], [np.array(part) for part in net.b]
    for layer, neuron in off:
        parts[0][layer][neuron], parts[1][layer][neuron] = 0, 0
    (W1, W2, W3), (b1, b2, b3) = parts
    assert pytest.approx(W3 @ W2 @ W1) == W
    assert b == pytest.approx(W3 @ (W2 @ b1 + b2) + b3)
    way = steps(net, Order.NO_ACTIVATION)
    assert Kind.FOLD not in {step.stage.kind for step in way}
    X = RNG(3).normal(size=(3, 7))
    assert list(travel(way, X))[-2] == pytest.approx(W @ X + b[:, None])
    linear = Network(
        Architecture((3, 4, 5, 2), ("linear",) * 2, "classes", off), net.theta
    )  # a network that has no folds says the same
    assert pytest.approx(linear.predict(with_ones(X, np.float64))) == W @ X + b[:, None]


def test_features_are_a_step_of_their_own() -> None:
    net = network((3, 2, 1), "relu")
    way = steps(net, features=("x1", "x2^2", "sin(x1)"))
    X = RNG(4).normal(size=(2, 6))
    stops = list(travel(way, X))
    assert [way[0].stage.kind, way[1].stage.kind] == [Kind.PLANE, Kind.INPUT]
    assert stops[1] == pytest.approx(np.stack([X[0], X[1] ** 2, np.sin(X[0])]))
    assert stops[2] == pytest.approx(net.W[0] @ stops[1])


def test_a_network_that_diverged_stays_drawable() -> None:
    net = network((2, 2, 1), "relu")
    net.theta[:] = 3e38
    for order in Order:
        assert all(np.isfinite(stop).all() for stop in travel(steps(net, order), np.full((2, 3), 5.0)))


def test_every_activation_has_a_step() -> None:
    X = RNG(5).normal(size=(2, 8))
    for name, activation in ACTIVATIONS.items():
        net = network((2, 3, 1), name)
        Z = net.W[0] @ X + net.b[0][:, None]
        A = np.empty_like(Z)
        activation.apply(Z, A)
        way = steps(net)
        assert way[3].stage.name == activation.label
        assert list(travel(way, X))[3] == pytest.approx(A)
