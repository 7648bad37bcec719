"""An answer as a sum over neurons, against loops over every path from a pixel to a logit."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from mlp_playground.analysis.evidence import evidence, looked_for, pass_through
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.network import Architecture, Network, with_ones

HIDDEN = ((), (5,), (5, 4), (3, 1, 4))


def made(hidden: tuple[int, ...], activation: str = "relu", off: tuple[tuple[int, int], ...] = ()) -> Network:
    shape = Architecture((6, *hidden, 3), (activation,) * len(hidden), "classes", off)
    return Network(shape, np.random.default_rng([7, len(hidden)]).normal(0, 0.8, shape.n_parameters))


@pytest.fixture
def x() -> np.ndarray:
    return np.random.default_rng(2).uniform(-1, 1, 6)


@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_at_every_layer_shares_and_biases_add_up_to_the_logit(
    hidden: tuple[int, ...], activation: str, x: np.ndarray
) -> None:
    network = made(hidden, activation, ((0, 1),) if hidden else ())
    Z = network.predict(with_ones(x[:, np.newaxis], np.float64))[:, 0]
    passed = pass_through(network, x)
    assert pytest.approx(Z, abs=1e-12) == passed.Z
    for of, versus in ((0, None), (2, None), (1, 2)):
        found = evidence(passed, of, versus)
        assert found.total == pytest.approx(Z[of] - (0 if versus is None else Z[versus]), abs=1e-9)
        assert [len(each) for each in found.shares] == [6, *hidden]
        for share, bias in zip(found.shares, found.biases, strict=True):
            assert share.sum() + bias == pytest.approx(found.total, abs=1e-9)
        for l, link in enumerate(found.links):
            # from everywhere in the next layer together, a neuron has what is its own
            assert link.sum(axis=0) == pytest.approx(found.shares[l], abs=1e-9)


def test_of_a_relu_network_a_share_is_the_sum_over_all_paths_through_active_neurons(x: np.ndarray) -> None:
    network = made((5, 4))
    (W1, W2, W3), (b1, b2, _) = network.W, network.b
    a1 = np.maximum(W1 @ x + b1, 0)
    a2 = np.maximum(W2 @ a1 + b2, 0)
    found = evidence(pass_through(network, x), 1)
    paths = {
        (p, i, j): W3[1, j] * (a2[j] > 0) * W2[j, i] * (a1[i] > 0) * W1[i, p] * x[p]
        for p, i, j in product(range(6), range(5), range(4))
    }
    for p in range(6):
        assert found.shares[0][p] == pytest.approx(sum(v for (q, _, _), v in paths.items() if q == p), abs=1e-12)
    for i, p in product(range(5), range(6)):
        assert found.links[0][i, p] == pytest.approx(sum(paths[p, i, j] for j in range(4)), abs=1e-12)
    for j, i in product(range(4), range(5)):
        assert found.links[1][j, i] == pytest.approx(W3[1, j] * (a2[j] > 0) * W2[j, i] * a1[i], abs=1e-12)
    assert found.shares[2] == pytest.approx([W3[1, j] * a2[j] for j in range(4)], abs=1e-12), "w · a"


def test_what_a_relu_neuron_looks_for_is_the_slope_of_its_sum(x: np.ndarray) -> None:
    network, step = made((5, 4)), 1e-6
    passed = pass_through(network, x)

    def sums(at: np.ndarray) -> list[np.ndarray]:
        z1 = network.W[0] @ at + network.b[0]
        z2 = network.W[1] @ np.maximum(z1, 0) + network.b[1]
        return [z1, z2, network.W[2] @ np.maximum(z2, 0) + network.b[2]]

    for layer, width in enumerate((5, 4, 3)):
        found = looked_for(passed, layer, list(range(width)))
        for p in range(6):
            there = x.copy()
            there[p] += step
            slope = (sums(there)[layer] - sums(x)[layer]) / step
            assert found[:, p] == pytest.approx(slope, abs=1e-5)


def test_a_sum_of_exactly_zero_divides_by_nothing(x: np.ndarray) -> None:
    for activation in ("relu", "tanh", "sigmoid"):
        network = made((5, 4), activation)
        network.theta[:] = 0
        found = evidence(pass_through(network, x), 0)
        assert all(np.isfinite(each).all() for each in (*found.shares, *found.links))
        assert found.total == 0
