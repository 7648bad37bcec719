"""Who is dead, asleep, and who answers which class: against loops over single samples, and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.answers import NOBODY, SLEEPY, observe_answers
from mlp_playground.analysis.excitement import members_of
from mlp_playground.nn.network import Architecture, Network, with_ones

CLASSES = 4


def network_of(activations: tuple[str, ...], off: tuple[tuple[int, int], ...] = ()) -> Network:
    shape = Architecture((6, *(8, 5)[: len(activations)], CLASSES), activations, "classes", off)
    return Network(shape, np.random.default_rng(3).normal(0, 0.7, shape.n_parameters).astype(np.float32))


def samples(n: int = 300) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    y = rng.integers(0, CLASSES - 1, n)  # of the last class there is none
    return (rng.normal(size=(6, n)) + y).astype(np.float32), y


@pytest.mark.parametrize("activations", [("relu", "relu"), ("tanh", "gelu")])
def test_all_numbers_are_those_of_loops_over_single_samples(activations: tuple[str, ...]) -> None:
    network, (X, y) = network_of(activations, off=((0, 6),)), samples()
    network.blocks[0][2, -1] = -1e3  # dead, as no sample reaches it
    network.blocks[0][3, -1] = 1e3
    network.blocks[0][4, :-1] = [1, 0, 0, 0, 0, 0]
    network.blocks[0][4, -1] = -np.sort(X[0])[-2]  # only one sample is beyond it
    layers = observe_answers(network, X, members_of(y, CLASSES))
    hidden, _ = network.layers(with_ones(X, np.float32))
    assert [layer.activation for layer in layers] == list(activations)
    for l, layer in enumerate(layers):
        for k in range(layer.n):
            a = [float(v) for v in hidden[l][k]]
            before = X if l == 0 else hidden[l - 1][:-1]
            z = [float(network.W[l][k] @ before[:, i] + network.b[l][k]) for i in range(len(y))]
            is_on = [v > 0 and (l, k) not in network.architecture.off for v in z]
            assert layer.on[k] == pytest.approx(sum(is_on) / len(y))
            assert layer.dead[k] == all(v == 0 for v in a)
            assert layer.sleepy[k] == (activations[l] != "tanh" and sum(is_on) < SLEEPY * len(y) and not layer.dead[k])
            means = []
            for c in range(CLASSES - 1):
                of_class = [i for i in range(len(y)) if y[i] == c]
                means.append(sum(a[i] for i in of_class) / len(of_class))
                share = sum(is_on[i] for i in of_class) / len(of_class)
                assert layer.on_by_class[k, c] == pytest.approx(share)
                assert layer.means[k, c] == pytest.approx(means[-1], abs=1e-5)
            best = NOBODY if len(set(means)) == 1 else int(np.argmax(means))
            assert layer.favourite[k] == best
            if best != NOBODY:
                pairs = [(z[i] > z[j]) + 0.5 * (z[i] == z[j]) for i in np.flatnonzero(y == best) for j in
                         np.flatnonzero(y != best)]  # fmt: skip
                assert layer.told_apart[k] == pytest.approx(np.mean(pairs), abs=1e-3)
        for c in range(CLASSES):
            assert layer.shares[c] == pytest.approx(sum(layer.favourite == c) / layer.n)
            assert layer.sparsity[c] == pytest.approx(layer.on_by_class[:, c].mean(), nan_ok=True)
        assert np.isnan(layer.means[:, CLASSES - 1]).all(), "no sample, no mean"
    if activations[0] == "relu":
        assert layers[0].dead.nonzero()[0].tolist() == [2, 6]
        assert layers[0].sleepy.nonzero()[0].tolist() == [4]
        assert layers[0].on[3] == 1


def test_how_well_a_neuron_tells_its_class_apart_is_the_area_under_its_roc_curve() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    network, (X, y) = network_of(("relu",)), samples()
    (layer,) = observe_answers(network, X, members_of(y, CLASSES))
    Z = network.W[0] @ X + network.b[0][:, None]
    for k in range(layer.n):
        wanted = metrics.roc_auc_score(y == layer.favourite[k], Z[k])
        assert layer.told_apart[k] == pytest.approx(wanted, abs=1e-6)


def test_neurons_are_ordered_by_class_the_surest_first_and_those_of_nobody_last() -> None:
    network, (X, y) = network_of(("relu",), off=((0, 0),)), samples()
    (layer,) = observe_answers(network, X, members_of(y, CLASSES))
    order = layer.order.tolist()
    assert sorted(order) == list(range(8))
    assert order[-1] == 0
    keys = [(layer.favourite[k], -layer.told_apart[k]) for k in order[:-1]]
    assert keys == sorted(keys)


def test_without_classes_the_dead_are_still_found_and_without_layers_there_is_nothing() -> None:
    network, (X, y) = network_of(("relu",)), samples()
    network.blocks[0][1] = -np.abs(network.blocks[0][1])
    network.blocks[0][1, :-1] = 0
    (layer,) = observe_answers(network, X, members_of(y, 0))
    assert layer.dead.nonzero()[0].tolist() == [1]
    assert layer.means.shape == layer.on_by_class.shape == (8, 0)
    assert (layer.favourite == NOBODY).all()
    assert layer.shares.shape == layer.sparsity.shape == (0,)
    assert observe_answers(network_of(()), X, members_of(y, CLASSES)) == ()


def test_a_network_that_diverged_is_looked_at_without_a_warning_and_all_arrays_are_read_only() -> None:
    network, (X, y) = network_of(("relu", "tanh")), samples()
    network.theta[:20] = np.nan
    network.theta[20:] = np.inf
    layers = observe_answers(network, X, members_of(y, CLASSES))
    assert (layers[0].favourite[:2] == NOBODY).all()
    arrays = [value for layer in layers for value in (layer.on, layer.dead, layer.means, layer.order, layer.sleepy)]
    assert not any(array.flags.writeable for array in arrays)
