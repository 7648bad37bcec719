"""What excites a neuron, against a loop over single samples."""

from __future__ import annotations

from math import exp, tanh

import numpy as np
import pytest

from mlp_playground.analysis.excitement import excitement, members_of, most_excited
from mlp_playground.nn.network import Architecture, Network

NONE = np.zeros((40, 0), bool)
FOLDS = {"tanh": tanh, "relu": lambda z: max(z, 0.0)}


def network_of(hidden: tuple[int, ...], head: str = "classes", off: tuple[tuple[int, int], ...] = ()) -> Network:
    shape = Architecture((6, *hidden, 4 if head == "classes" else 1), ("tanh", "relu")[: len(hidden)], head, off)
    return Network(shape, np.random.default_rng(3).normal(0, 0.7, shape.n_parameters).astype(np.float32))


def by_hand(network: Network, x: np.ndarray) -> list[tuple[list[float], list[float]]]:
    a, result = [float(v) for v in x], []
    for l, (W, b) in enumerate(zip(network.W, network.b, strict=True)):
        z = [sum(float(w) * v for w, v in zip(row, a, strict=True)) + float(c) for row, c in zip(W, b, strict=True)]
        if l < len(network.architecture.activations):
            fold = FOLDS[network.architecture.activations[l]]
            a = [0.0 if (l, k) in network.architecture.off else fold(v) for k, v in enumerate(z)]
        elif network.architecture.head == "classes":
            a = [exp(v) / sum(exp(w) for w in z) for v in z]
        else:
            a = [1 / (1 + exp(-v)) for v in z]
        result.append((z, a))
    return result


@pytest.mark.parametrize(("hidden", "head"), [((), "classes"), ((5,), "binary"), ((5, 3), "classes")])
def test_sums_and_answers_are_those_of_each_sample(hidden: tuple[int, ...], head: str) -> None:
    network = network_of(hidden, head, off=((0, 1),) if hidden else ())
    X = np.random.default_rng(4).normal(size=(6, 9)).astype(np.float32)
    for layer, width in enumerate(network.architecture.widths[1:]):
        for neuron in range(width):
            z, a = excitement(network, X, (layer, neuron))
            wanted = [by_hand(network, X[:, i])[layer] for i in range(9)]
            assert z == pytest.approx([zs[neuron] for zs, _ in wanted], abs=1e-5)
            assert a == pytest.approx([answers[neuron] for _, answers in wanted], abs=1e-5)
    with pytest.raises(IndexError):
        excitement(network, X, (len(hidden) + 1, 0))


def test_the_samples_that_excite_most_come_first_and_equal_ones_in_their_order() -> None:
    network = network_of((5, 3))
    X = np.random.default_rng(5).normal(size=(6, 40)).astype(np.float32)
    X[:, 30] = X[:, 10]
    found = most_excited(network, X, (1, 2), NONE, 9)
    sums = [by_hand(network, X[:, i])[1][0][2] for i in range(40)]
    assert found.index.tolist() == sorted(range(40), key=lambda i: -round(sums[i], 5))[:9]
    assert found.z == pytest.approx([sums[i] for i in found.index], abs=1e-5)
    assert found.a == pytest.approx([max(sums[i], 0) for i in found.index], abs=1e-5)
    assert len(most_excited(network, X[:, :4], (1, 2), NONE[:4], 9).index) == 4
    y = np.arange(40) % 3
    means = most_excited(network, X, (1, 2), members_of(y, 4)).means
    for c in range(3):
        assert means[c] == pytest.approx(np.mean([max(sums[i], 0) for i in range(40) if y[i] == c]), abs=1e-5)
    assert np.isnan(means[3])
    assert not any(each.flags.writeable for each in (found.index, found.z, found.a))
    network.theta[0] = np.nan
    assert sorted(most_excited(network, X, (0, 0), NONE, 9).index.tolist()) == list(range(9)), "any will do"
