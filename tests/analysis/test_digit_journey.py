"""A digit's journey: what it shows, by hand, and which neurons keep their places."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.digit_journey import SHOWN, Wish, journey, strongest_of
from mlp_playground.nn.network import Architecture, Network

SHAPE = (2, 3)


def made(hidden: tuple[int, ...]) -> Network:
    shape = Architecture((6, *hidden, 4), ("relu", "tanh")[: len(hidden)], "classes")
    return Network(shape, np.random.default_rng(5).normal(0, 0.7, shape.n_parameters).astype(np.float32))


@pytest.fixture
def pixels() -> np.ndarray:
    return np.random.default_rng(1).uniform(0, 1, SHAPE).astype(np.float32)


def test_it_has_each_layers_activations_and_the_softmax_of_the_logits(pixels: np.ndarray) -> None:
    network = made((20, 3))
    W, b = [np.float64(each) for each in network.W[:1]], [np.float64(each) for each in network.b[:1]]
    a1 = np.maximum(W[0] @ pixels.reshape(-1) + b[0], 0)
    a2 = np.tanh(network.W[1] @ a1 + network.b[1])
    z = network.W[2] @ a2 + network.b[2]
    seen = journey(network, pixels)
    assert seen.activations[0] == pytest.approx(a1, abs=1e-6)
    assert seen.activations[1] == pytest.approx(a2, abs=1e-6)
    assert seen.probabilities == pytest.approx(np.exp(z) / np.exp(z).sum(), abs=1e-6)
    assert seen.largest == pytest.approx(max(np.abs(a1).max(), np.abs(a2).max()), abs=1e-6)
    order = np.argsort(-z)
    assert (seen.of, seen.answer, seen.versus) == (order[0], order[0], None)
    assert [len(each) for each in seen.strongest] == [SHOWN, 3]
    assert [each.shape for each in seen.images] == [(SHOWN, *SHAPE), (3, *SHAPE)]
    shares = np.abs(seen.evidence.shares[1])
    assert list(seen.strongest[0]) == sorted(range(20), key=lambda i: -shares[i])[:SHOWN]


def test_evidence_is_for_the_likeliest_class_or_for_any_and_against_the_likeliest_other(pixels: np.ndarray) -> None:
    network = made((5,))
    z = journey(network, pixels).logits
    first, second, *_, last = np.argsort(-z).tolist()
    for wish, of, versus in (
        (Wish(), first, None),
        (Wish(against=True), first, second),
        (Wish(last, against=True), last, first),
    ):
        seen = journey(network, pixels, wish)
        assert (seen.of, seen.versus) == (of, versus)
        assert seen.evidence.total == pytest.approx(z[of] - (0 if versus is None else z[versus]))


def test_pictures_are_what_is_looked_for_each_on_its_own_scale(pixels: np.ndarray) -> None:
    network = made(())
    seen = journey(network, pixels, Wish(2, against=True))
    assert seen.strongest == seen.images == seen.activations == ()
    assert seen.largest == 0
    for shown, numbers in (
        (seen.goal, network.W[0][2] - network.W[0][seen.versus]),
        (seen.speaks, (network.W[0][2] - network.W[0][seen.versus]) * pixels.reshape(-1)),
    ):
        assert shown.reshape(-1) == pytest.approx(128 + 127 * numbers / np.abs(numbers).max(), abs=0.51)


def test_a_neuron_keeps_its_place_while_it_is_nearly_as_strong() -> None:
    shares = np.array([5.0, -4, 3, 2, 1, 0.5])
    assert strongest_of(shares, most=2) == (0, 1)
    assert strongest_of(shares, (3, 1), most=2) == (3, 1), "among the four strongest"
    assert strongest_of(shares, (4, 1), most=2) == (0, 1), "the weak one makes room for the strongest missing"
    assert strongest_of(shares, (9, 8, 7), most=2) == (0, 1), "of another network"
    assert strongest_of(shares[:1], (), most=2) == (0,)


def test_a_network_that_diverged_is_shown_without_a_warning(pixels: np.ndarray) -> None:
    network = made((5,))
    network.theta[:] = np.inf
    assert (journey(network, pixels).speaks == 128).all()
