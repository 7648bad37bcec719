"""The first layer's pictures and their orders, against loops over single weights."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from mlp_playground.analysis.answers import observe_answers
from mlp_playground.analysis.excitement import members_of
from mlp_playground.analysis.weights import SORTINGS, sorted_by, spread, weight_film, weights_of
from mlp_playground.nn.network import Architecture, Network

SHAPE = (2, 3)


def network_of(hidden: tuple[int, ...] = (9,), seed: int = 3) -> Network:
    shape = Architecture((6, *hidden, 4), ("relu", "relu")[: len(hidden)], "classes")
    return Network(shape, np.random.default_rng(seed).normal(0, 0.7, shape.n_parameters).astype(np.float32))


def level(weight: float, scale: float) -> float:
    return pytest.approx(128 + 127 * min(max(weight / scale, -1), 1), abs=0.51)  # type: ignore[return-value]


def end(weights: list[float]) -> float:
    """What 99.5 in 100 weights are within, between two of them in proportion."""
    sizes = sorted(abs(w) for w in weights)
    place = 0.995 * (len(sizes) - 1)
    below = sizes[int(place)]
    return below + (place - int(place)) * (sizes[min(int(place) + 1, len(sizes) - 1)] - below)


def test_all_pictures_are_on_one_scale_and_each_also_on_its_own() -> None:
    network = network_of()
    weights = weights_of(network, SHAPE)
    largest = end(network.W[0].ravel().tolist())
    assert weights.scale == pytest.approx(largest)
    for k in range(9):
        row = [float(w) for w in network.W[0][k]]
        own = end(row)
        assert weights.norms[k] == pytest.approx(sqrt(sum(w * w for w in row)), rel=1e-5)
        for p, w in enumerate(row):
            at = k, p // 3, p % 3
            assert weights.images[at] == pytest.approx(w)
            assert int(weights.levels[at]) == level(w, largest)
            assert int(weights.own_levels[at]) == level(w, own)
    assert not weights.are_classes
    assert weights_of(network_of(()), SHAPE).are_classes
    assert not any(a.flags.writeable for a in (weights.images, weights.levels, weights.own_levels, weights.norms))


def test_orders_are_those_of_loops() -> None:
    network = network_of()
    X = np.random.default_rng(1).normal(size=(6, 60)).astype(np.float32)
    (answers,) = observe_answers(network, X, members_of(np.arange(60) % 4, 4))
    W = network.W[0].astype(float)
    norms = [sqrt(sum(w * w for w in row)) for row in W.tolist()]
    orders = {name: sorted_by(name, network.W[0], answers).tolist() for name in SORTINGS}
    assert orders["norm"] == sorted(range(9), key=lambda k: -norms[k])
    assert orders["number"] == list(range(9))
    assert orders["class"] == answers.order.tolist()
    assert sorted_by("class", network.W[0], None).tolist() == list(range(9)), "outputs are their own classes"
    path = [max(range(9), key=lambda k: norms[k])]
    while len(path) < 9:
        left = [k for k in range(9) if k not in path]
        path.append(max(left, key=lambda k: float(W[path[-1]] @ W[k]) / norms[path[-1]] / norms[k]))
    assert orders["likeness"] == path
    assert spread(network.W[0], 3) == tuple(orders["norm"][k] for k in (0, 4, 8))
    assert spread(np.ones((2, 1)), 6) == (0, 1)


def test_a_network_of_zeros_is_neutral_and_one_that_diverged_can_be_drawn() -> None:
    network = network_of()
    network.theta[:] = 0
    weights = weights_of(network, SHAPE)
    assert (weights.levels == 128).all()
    assert (weights.own_levels == 128).all()
    network.theta[:30] = np.nan
    network.theta[30:] = np.inf
    assert weights_of(network, SHAPE).scale == 1
    assert all(sorted(sorted_by(name, network.W[0], None).tolist()) == list(range(9)) for name in SORTINGS)


def test_a_film_has_all_its_moments_on_one_scale() -> None:
    networks = [network_of(seed=seed) for seed in range(4)]
    film = weight_film(networks, (5, 2), SHAPE)
    assert film.levels.shape == (2, 4, *SHAPE)
    largest = end([float(w) for network in networks for k in (5, 2) for w in network.W[0][k]])
    assert film.scale == pytest.approx(largest)
    for i, k in enumerate((5, 2)):
        for m, network in enumerate(networks):
            for p in range(6):
                assert int(film.levels[i, m, p // 3, p % 3]) == level(float(network.W[0][k, p]), largest)


def test_what_was_learned_is_the_weights_minus_those_of_the_start() -> None:
    networks = [network_of(seed=seed) for seed in range(3)]
    learned = weights_of(networks[2], SHAPE, networks[0])
    assert learned.are_learned
    added = networks[2].W[0] - networks[0].W[0]
    assert learned.images.reshape(9, 6) == pytest.approx(added)
    assert learned.norms == pytest.approx([sqrt(sum(float(w) ** 2 for w in row)) for row in added], rel=1e-5)
    film = weight_film(networks, (5, 2), SHAPE, learned=True)
    assert (film.levels[:, 0] == 128).all(), "nothing was learned at the start"
    assert int(film.levels[1, 2, 1, 0]) == level(float(added[2, 3]), film.scale)
