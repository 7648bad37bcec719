"""A layer's health against loops over neurons and samples, finite differences and worked numbers."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from mlp_playground.analysis import health
from mlp_playground.analysis.health import examine, sampled, update_ratios
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, Network, with_ones

ACTS = ("relu", "tanh", "sigmoid")


def network(head: str = "binary", outputs: int = 1) -> Network:
    shape = Architecture((3, 5, 4, 3, outputs), ACTS, head, off=((0, 4), (1, 1)))
    theta = np.random.default_rng(4).normal(0, 1.2, shape.n_parameters)
    result = Network(shape, theta)
    result.blocks[0][1] = [0, 0, 0, -1]  # dead: its sum is −1 whatever it hears
    result.blocks[0][2, -1] = -3  # zero to many, but not to all
    return result


def samples(n: int = 60, outputs: int = 1) -> tuple[Array, Array]:
    rng = np.random.default_rng(5)
    y = rng.integers(0, max(outputs, 2), n)
    Y = np.eye(outputs)[y].T if outputs > 1 else y[None].astype(float)
    return with_ones(rng.normal(0, 1.5, (3, n)), np.float64), Y


def by_hand(net: Network, x: Array) -> tuple[list[Array], list[Array]]:
    """The sums and answers of each layer to one sample (n_in,), neuron by neuron."""
    f = {"relu": lambda z: max(z, 0.0), "tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "": lambda z: z}
    A, sums, answers = x, [], []
    for l, (W, b) in enumerate(zip(net.W, net.b, strict=True)):
        z = np.array([sum(w * a for w, a in zip(row, A, strict=True)) + shift for row, shift in zip(W, b, strict=True)])
        A = np.array([0.0 if (l, j) in net.architecture.off else f[(*ACTS, "")[l]](each) for j, each in enumerate(z)])
        sums.append(z)
        answers.append(A)
    return sums, answers


def test_shares_and_variances_are_those_of_loops_over_neurons_and_samples() -> None:
    net, (X, Y) = network(), samples()
    found = examine(net, X, Y, 40)
    assert [layer.activation for layer in found] == [*ACTS, ""]
    train = [by_hand(net, x) for x in X[:-1, :40].T]
    everything = [by_hand(net, x) for x in X[:-1].T]
    for l, layer in enumerate(found):
        on = [j for j in range(net.architecture.widths[l + 1]) if (l, j) not in net.architecture.off]
        A = np.array([[answers[l][j] for _, answers in train] for j in on])
        Z = np.array([[sums[l][j] for sums, _ in train] for j in on])
        heard = X[:-1, :40] if l == 0 else np.array([answers[l - 1] for _, answers in train])
        assert layer.variance == pytest.approx(np.mean((A - A.mean()) ** 2))
        assert layer.gain == pytest.approx(np.mean((A - A.mean()) ** 2) / np.mean((heard - heard.mean()) ** 2))
        is_dead = [l == 0 and all(answers[l][j] == 0 for _, answers in everything) for j in on]
        assert layer.dead[on].tolist() == is_dead
        assert layer.working == len(on)
        assert layer.zeros == (pytest.approx(sum(a == 0 for a in A.ravel()) / A.size) if l == 0 else None)
        flat = {1: abs(np.tanh(Z)) > 0.95**0.5, 2: abs(np.tanh(Z / 2)) > 0.95**0.5}
        assert layer.saturated == (pytest.approx(flat[l].mean()) if l in flat else None)
    assert found[0].dead.tolist() == [False, True, False, False, False]
    assert found[0].dead_share == 0.25
    assert found[0].zeros is not None
    assert 0.3 < found[0].zeros < 0.9
    assert found[1].saturated is not None
    assert 0 < found[1].saturated < 1


@pytest.mark.parametrize(("head", "outputs"), [("binary", 1), ("classes", 3), ("regression", 1)])
def test_gradients_are_those_of_finite_differences(head: str, outputs: int) -> None:
    net, (X, Y) = network(head, outputs), samples(12, outputs)
    found = examine(net, X, Y, 12)
    loss, step = net.architecture.the_head.loss, 1e-6

    def slope(nudge: Array, columns: slice) -> float:
        there, back = (Network(net.architecture, net.theta + sign * nudge).predict(X[:, columns]) for sign in (1, -1))
        return float(loss(there, Y[:, columns]) - loss(back, Y[:, columns])) / (2 * step)

    for l, layer in enumerate(found):
        weights, biases = np.zeros(net.theta.size), np.zeros(net.theta.size)
        Network(net.architecture, weights).blocks[l][:] = 1
        Network(net.architecture, biases).b[l][:] = 1
        slopes = [slope(step * np.eye(net.theta.size)[i], slice(None)) for i in np.flatnonzero(weights)]
        assert layer.gradient == pytest.approx(np.abs(slopes).mean(), rel=1e-4)
        # ∂loss/∂z of one sample is ∂loss/∂b of that sample alone; neurons that are off do not count
        off = {neuron for at, neuron in net.architecture.off if at == l}
        each = [i for j, i in enumerate(np.flatnonzero(biases)) if j not in off]
        back = [slope(step * np.eye(net.theta.size)[i], slice(k, k + 1)) for i in each for k in range(12)]
        assert layer.arriving == pytest.approx(np.abs(back).mean(), rel=1e-4)


def test_a_neuron_that_one_sample_of_all_wakes_up_is_not_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SAMPLE", 10)
    monkeypatch.setattr(health, "WORK", 0)
    monkeypatch.setattr(health, "CHUNK", 7)
    net, (X, Y) = network(), samples()
    net.blocks[0][3] = [50, 0, 0, -50 * float(X[0].max()) + 1e-3]
    assert examine(net, X, Y, 40)[0].dead.tolist() == [False, True, False, False, False]
    assert sampled(40, 100).tolist() == [0, 4, 9, 13, 17, 22, 26, 30, 35, 39]
    assert sampled(4, 100).tolist() == [0, 1, 2, 3]


def test_an_update_is_measured_as_a_share_of_the_weights_without_the_biases() -> None:
    shape = Architecture((2, 2, 1), ("relu",), "binary")
    #                 w11  w12  b1  w21  w22 b2  v1   v2   c
    before = np.array([3.0, 0, 9, 0, 4, 9, 0, 0, 5], np.float32)
    after = np.array([3.0, 0.3, 1, 0.4, 4, 1, 1, 0, 5], np.float32)
    assert update_ratios(shape, before, after) == (pytest.approx(0.5 / 5), inf)
