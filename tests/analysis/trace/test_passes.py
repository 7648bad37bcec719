"""Every value against the network's own pass forward, every gradient against its backward and finite differences."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.trace.graph import Graph, Op, graph_of
from mlp_playground.analysis.trace.passes import Trace, forward, trace
from mlp_playground.data.features import FEATURES
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.network import Architecture, Gradient, Network, Tape, with_ones
from mlp_playground.nn.penalties import Penalties, weight_mask

RNG = np.random.default_rng
CASES = [
    *[((2, 3, 2, 3 if head == "classes" else 1), ("tanh", "gelu"), head, ()) for head in HEADS],
    *[((2, 4, 1), (name,), "binary", ()) for name in ACTIVATIONS],
    ((3, 1), (), "binary", ()),
    ((1, 5, 4, 1), ("relu", "selu"), "regression", ((0, 1), (1, 3))),
]


def sampled(
    widths: tuple[int, ...], activations: tuple[str, ...], head: str, off: tuple[tuple[int, int], ...], m: int
) -> tuple[Network, Array, Array]:
    """A network with samples x (n_in, m) and targets (n_out, m), away from corners."""
    shape = Architecture(widths, activations, head, off)
    rng = RNG(sum(widths))
    network = Network(shape, rng.normal(0, 0.8, shape.n_parameters))
    y = rng.integers(0, max(widths[-1], 2), m) if HEADS[head].task != "regression" else rng.normal(0, 1, m)
    return network, rng.normal(0, 1, (widths[0], m)), HEADS[head].targets(y, widths[-1])


def difference(graph: Graph, name: str, entry: tuple[int, ...], h: float = 5e-6) -> float:
    """The central difference of the root by one given number."""
    ends = []
    for step in (h, -h):
        value = graph.given[name].copy()
        value[entry] += step
        ends.append(float(forward(graph, {name: value})[graph.root.name][0, 0]))
    return (ends[0] - ends[1]) / (2 * h)


def assert_differences(traced: Trace, names: tuple[str, ...]) -> None:
    """Every gradient of these is what the loss does."""
    for name in names:
        gradient = traced.gradients[name]
        assert gradient.shape == traced.values[name].shape
        measured = [difference(traced.graph, name, entry) for entry in np.ndindex(gradient.shape)]
        assert gradient.ravel() == pytest.approx(measured, rel=1e-6, abs=1e-8), name


@pytest.mark.parametrize("m", [1, 5])
@pytest.mark.parametrize(("widths", "activations", "head", "off"), CASES)
def test_values_and_gradients_are_the_networks(
    widths: tuple[int, ...], activations: tuple[str, ...], head: str, off: tuple[tuple[int, int], ...], m: int
) -> None:
    network, x, Y = sampled(widths, activations, head, off, m)
    traced = trace(graph_of(network, x, Y))
    tape, gradient = Tape(network.architecture, m, np.float64), Gradient(network.architecture, np.float64)
    network.forward(with_ones(x, np.float64), tape)
    network.backward(Y, tape, gradient)
    for l, block in enumerate(gradient.blocks, 1):
        assert traced.values[f"Z{l}"] == pytest.approx(tape.Z[l - 1])
        assert traced.gradients[f"Z{l}"] == pytest.approx(tape.dZ[l - 1])
        assert traced.gradients[f"W{l}"] == pytest.approx(block[:, :-1])
        assert traced.gradients[f"b{l}"] == pytest.approx(block[:, -1:])
        if l < len(gradient.blocks):
            assert traced.values[f"A{l}"] == pytest.approx(tape.folded[l - 1])
    assert traced.values["L"] == pytest.approx(network.architecture.the_head.loss(tape.Z[-1], Y))
    if "sign" not in activations:  # whose slope is 0 wherever there is one
        assert_differences(traced, ("x", *traced.graph.parameters))


@pytest.mark.parametrize("head", HEADS)
def test_in_the_chain_rule_local_times_arriving_is_what_is_passed_on(head: str) -> None:
    n_out = 3 if head == "classes" else 1
    network, x, Y = sampled((2, 3, n_out), ("tanh",), head, (), 1)
    traced = trace(graph_of(network, x, Y))
    arrives, passed, local = traced.gradients, traced.passed, traced.local
    assert passed["A1", "Z1"] == pytest.approx(arrives["A1"] * local["A1", "Z1"])
    assert passed["U1", "W1"] == pytest.approx(arrives["U1"] @ local["U1", "W1"])
    assert passed["U2", "A1"] == pytest.approx(local["U2", "A1"] @ arrives["U2"])
    assert passed["Z1", "b1"] == pytest.approx(arrives["Z1"].sum(axis=1, keepdims=True))
    if "P" in traced.graph.by_name:  # the head goes back in one; step by step it is the same
        slope = local["P", "Z2"]
        whole = slope @ arrives["P"] if head == "classes" else slope * arrives["P"]
        assert passed["P", "Z2"] == pytest.approx(whole)


def test_features_dropout_and_a_penalty_have_their_place() -> None:
    names = tuple(FEATURES)
    network, _, Y = sampled((len(names), 4, 3, 1), ("tanh", "tanh"), "binary", (), 3)
    x = RNG(5).normal(0, 1, (2, 3))
    masks = [RNG(6).integers(0, 2, (n, 3)) * 2.0 for n in (4, 3)]
    traced = trace(graph_of(network, x, Y, names, masks, l2=0.3))
    assert traced.values["Φ"][4] == pytest.approx(x[0] * x[1])
    assert traced.values["D1"] == pytest.approx(traced.values["A1"] * masks[0])
    penalties = Penalties(weight_mask(network.architecture, np.float64), network.theta, l2=0.3)
    assert traced.values["R"] == pytest.approx(penalties.value(network.theta))
    assert traced.values["J"] == traced.values["L"] + traced.values["R"]
    assert traced.gradients["W1"] == pytest.approx(traced.passed["U1", "W1"] + 0.3 * network.W[0])
    assert_differences(traced, ("x", *traced.graph.parameters))
    assert [node.op for node in traced.graph.nodes if node.layer == 1] == [
        Op.WEIGHTS,
        Op.MATMUL,
        Op.BIAS,
        Op.ADD,
        Op.ACTIVATION,
        Op.MASK,
        Op.DROPOUT,
    ]


def test_without_a_target_there_is_no_way_back() -> None:
    network, x, _ = sampled((2, 3, 1), ("relu",), "binary", (), 1)
    traced = trace(graph_of(network, x))
    assert traced.graph.root.name == "P"
    assert not traced.graph.has_loss
    assert not traced.gradients


def test_a_sure_and_wrong_answer_has_a_finite_loss_and_gradient() -> None:
    network = Network(Architecture((1, 1), (), "binary"), np.array([1.0, 0.0]))
    traced = trace(graph_of(network, np.array([[-800.0]]), np.array([[1.0]])))
    assert traced.values["L"] == pytest.approx(800)
    assert traced.local["L", "P"] == -np.inf
    assert traced.gradients["W1"] == pytest.approx(800.0)


def test_what_is_found_is_read_only() -> None:
    traced = trace(graph_of(*sampled((2, 2, 1), ("relu",), "binary", (), 2)))
    for each in (traced.values, traced.gradients, traced.passed, traced.local):
        assert each
        assert not any(value.flags.writeable for value in each.values())  # type: ignore[attr-defined]
