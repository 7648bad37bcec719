"""The way from one sample to another: its answers one by one, and its flips where they can be worked out."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.morph import mixed, morph
from mlp_playground.nn.network import Architecture, Network


def test_the_flips_of_straight_logits_are_where_two_of_them_meet() -> None:
    shape = Architecture((1, 3), (), "classes")
    # logits 0, 4x − 1, 10x − 5: the second takes over at x = 1/4, the third at x = 2/3
    network = Network(shape, np.array([0, 0, 4, -1, 10, -5], np.float32))
    way = morph(network, np.zeros(1, np.float32), np.ones(1, np.float32))
    assert [(flip.before, flip.after) for flip in way.flips] == [(0, 1), (1, 2)]
    assert [flip.t for flip in way.flips] == pytest.approx([1 / 4, 2 / 3], abs=1e-12)
    back = morph(network, np.ones(1, np.float32), np.zeros(1, np.float32))
    assert [(flip.t, flip.before, flip.after) for flip in back.flips] == [
        (pytest.approx(1 / 3, abs=1e-12), 2, 1),
        (pytest.approx(3 / 4, abs=1e-12), 1, 0),
    ]


def test_a_class_that_is_only_likeliest_between_two_places_that_are_looked_at_is_found_too() -> None:
    shape = Architecture((1, 3), (), "classes")
    # logits 0, 4000 (x − 0.503), 8000 (x − 0.5035) meet at 0.503 and 0.504: between them there is no multiple of 1/128
    network = Network(shape, np.array([0, 0, 4000, -2012, 8000, -4028], np.float32))
    way = morph(network, np.zeros(1, np.float32), np.ones(1, np.float32))
    assert [(flip.before, flip.after) for flip in way.flips] == [(0, 1), (1, 2)]
    assert [flip.t for flip in way.flips] == pytest.approx([0.503, 0.504], abs=1e-12)


def test_probabilities_on_the_way_are_those_of_each_mixture() -> None:
    shape = Architecture((6, 5, 4), ("tanh",), "classes")
    rng = np.random.default_rng(8)
    network = Network(shape, rng.normal(0, 2, shape.n_parameters).astype(np.float32))
    a, b = rng.uniform(0, 1, (2, 6)).astype(np.float32)
    way = morph(network, a, b)
    assert (way.t[0], way.t[-1]) == (0, 1)
    for i in range(0, len(way.t), 16):
        x = mixed(a, b, float(way.t[i]))
        assert x == pytest.approx((1 - way.t[i]) * a + way.t[i] * b, abs=1e-6)
        z = network.W[1] @ np.tanh(network.W[0] @ x + network.b[0]) + network.b[1]
        assert way.probabilities[:, i] == pytest.approx(np.exp(z) / np.exp(z).sum(), abs=1e-5)
    for flip in way.flips:
        z = [
            network.W[1] @ np.tanh(network.W[0] @ mixed(a, b, t) + network.b[0]) + network.b[1]
            for t in (flip.t - 1e-4, flip.t + 1e-4)
        ]
        assert [int(each.argmax()) for each in z] == [flip.before, flip.after]


def test_between_equals_nothing_flips() -> None:
    shape = Architecture((6, 5, 4), ("tanh",), "classes")
    network = Network(shape, np.random.default_rng(8).normal(0, 2, shape.n_parameters).astype(np.float32))
    assert morph(network, np.ones(6, np.float32), np.ones(6, np.float32)).flips == ()
