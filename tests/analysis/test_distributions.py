"""Histograms of each layer's numbers on one axis, against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.distributions import BINS, QUANTITIES, Spreads, round_up, spreads
from mlp_playground.analysis.training_pass import Chosen, training_samples
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network


@pytest.fixture
def moment() -> tuple[Network, Chosen]:
    """A network of two ReLU layers and its samples."""
    config = ExperimentConfig(network=NetworkConfig(hidden=(6, 5), activations=("relu", "relu"), off=((0, 2),)))
    trainer = Trainer(config)
    theta = np.random.default_rng(3).normal(size=trainer.material.architecture.n_parameters).astype(np.float32)
    network = Network(trainer.material.architecture, theta)
    return network, training_samples(trainer.material.data, config.features, network.architecture)


def counted(numbers: np.ndarray, seen: Spreads) -> list[float]:
    """The share of the numbers, other than 0, that lie in each bin: one after the other."""
    found = [0] * BINS
    for value in numbers.ravel().tolist():
        if value != 0:
            inside = min(max(value, seen.edges[0]), seen.edges[-1])
            found[min(int(np.searchsorted(seen.edges, inside, "right")) - 1, BINS - 1)] += 1
    return [count / numbers.size for count in found]


def test_every_quantity_is_counted_on_one_axis(moment: tuple[Network, Chosen]) -> None:
    network, chosen = moment
    hidden, Z = network.layers(chosen.X1)
    heard = [chosen.X1[:-1], hidden[0][:-1], hidden[1][:-1]]
    sums = [W @ A + b[:, None] for W, A, b in zip(network.W, heard, network.b, strict=True)]
    by_name = {"weights": list(network.W), "sums": sums, "activations": [*heard[1:], (1 + np.tanh(Z / 2)) / 2]}
    for name, numbers in by_name.items():
        seen = spreads(network, chosen, name)
        assert (seen.samples, seen.total) == (chosen.total, chosen.total)
        for layer, of in zip(seen.layers, numbers, strict=True):
            assert layer.count == of.size
            np.testing.assert_allclose(layer.shares, counted(np.asarray(of), seen), atol=2.1 / of.size)
            assert layer.zero == pytest.approx(np.mean(np.asarray(of) == 0))
            assert layer.shares.sum() + layer.zero == pytest.approx(1)
            stats = (of.mean(), of.std(), of.min(), of.max())
            assert (layer.mean, layer.deviation, layer.low, layer.high) == pytest.approx(stats, abs=1e-5)
        everything = np.concatenate([np.ravel(of) for of in numbers])
        middle = everything[(everything > seen.edges[0]) & (everything < seen.edges[-1])]
        assert len(middle) > 0.99 * np.count_nonzero(everything), "nearly all of them are on the axis"
    zero = spreads(network, chosen, "activations").layers[0].zero
    assert zero > 1 / 6, "one of six neurons is off, and rectified ones rest"


def test_gradients_stand_on_powers_of_ten_by_their_size(moment: tuple[Network, Chosen]) -> None:
    network, chosen = moment
    seen = spreads(network, chosen, "gradients")
    exponents = np.log10(seen.edges)
    np.testing.assert_allclose(np.diff(exponents), exponents[1] - exponents[0])
    assert exponents[[0, -1]].tolist() == pytest.approx(np.round(exponents[[0, -1]]).tolist())
    assert seen.layers[0].low >= 0
    assert seen.layers[0].zero >= 0.166, "nothing is learned by the neuron that is off"
    assert {quantity.name for quantity in QUANTITIES.values() if quantity.logarithmic} == {"gradients"}


def test_networks_at_the_edge_have_an_axis_too(moment: tuple[Network, Chosen]) -> None:
    network, chosen = moment
    nothing = Network(network.architecture, np.zeros_like(network.theta))
    for name in QUANTITIES:
        seen = spreads(nothing, chosen, name)
        assert (np.diff(seen.edges) > 0).all()
    assert spreads(nothing, chosen, "weights").layers[0].zero == 1
    wild = Network(network.architecture, np.full_like(network.theta, 1e38))
    seen = spreads(wild, chosen, "sums")
    assert np.isfinite(seen.edges).all()
    assert seen.layers[1].count < 5 * chosen.total, "sums that overflowed are no numbers"


def test_numbers_are_rounded_up_to_such_as_are_easily_read() -> None:
    assert [round_up(size) for size in (1, 1.01, 0.031, 7.4, 7.6, 250)] == pytest.approx([1, 1.5, 0.05, 7.5, 10, 300])
