"""The graph itself: which value is made of which, for a whole layer's numbers at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from mlp_playground.analysis.trace.rules import (
    Add,
    Answer,
    Expand,
    Floats,
    Fold,
    Loss,
    Masked,
    Matmul,
    Penalty,
    Rule,
    Total,
)
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network


class Op(Enum):
    """What a node does."""

    INPUT = "input"
    FEATURES = "features"
    WEIGHTS = "weights"
    BIAS = "bias"
    MATMUL = "matmul"
    ADD = "add bias"
    ACTIVATION = "activation"
    MASK = "mask"
    DROPOUT = "dropout"
    ANSWER = "answer"
    TARGET = "target"
    LOSS = "loss"
    PENALTY = "penalty"
    TOTAL = "total"


@dataclass(frozen=True)
class Node:
    """A value (rows, columns) called `name`, and the operation that makes it of `inputs`; without one it is given.

    `layer` counts from 0, the inputs, to the output layer. `cached` are the values that its way back needs.
    """

    name: str
    op: Op
    layer: int
    inputs: tuple[str, ...] = ()
    rule: Rule | None = None
    cached: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes in the order in which they can be computed, and the values of those that are `given` (read-only)."""

    nodes: tuple[Node, ...]
    given: Mapping[str, Floats]

    @cached_property
    def by_name(self) -> Mapping[str, Node]:
        """The nodes by their names."""
        return {node.name: node for node in self.nodes}

    @cached_property
    def way(self) -> tuple[Node, ...]:
        """The nodes that are computed: the steps forward."""
        return tuple(node for node in self.nodes if node.rule is not None)

    @property
    def root(self) -> Node:
        """The last value: what is to become small, or the answer where there is no target."""
        return self.nodes[-1]

    @property
    def has_loss(self) -> bool:
        """Whether there is a target to compare with, and so a way back."""
        return "L" in self.by_name

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of all W and b, layer by layer."""
        return tuple(node.name for node in self.nodes if node.op in (Op.WEIGHTS, Op.BIAS))


def graph_of(
    network: Network,
    x: Array,
    Y: Array | None = None,
    features: Sequence[str] | None = None,
    masks: Sequence[Array] | None = None,
    l2: float = 0.0,
) -> Graph:
    """The graph of samples `x` (n, m) with the targets `Y` (n_out, m); None: there are none, and so no loss.

    `features` are made of x first (None: x is what the network hears). `masks` (n, m) are dropout's, one for each
    hidden layer. `l2` is the rate of a penalty that joins the gradient. All numbers become float64.
    """
    return _Builder(x, Y).build(network, features, masks, l2)


class _Builder:
    """Adds node to node; `_at` is the one that the next stands on."""

    def __init__(self, x: Array, Y: Array | None) -> None:
        self._nodes: list[Node] = []
        self._given: dict[str, Floats] = {}
        self._Y = None if Y is None else np.asarray(Y, np.float64)
        self._give("x", Op.INPUT, 0, x)
        self._at = "x"

    def build(
        self, network: Network, features: Sequence[str] | None, masks: Sequence[Array] | None, l2: float
    ) -> Graph:
        """The whole of it."""
        if features is not None:
            self._compute("Φ", Op.FEATURES, 0, ("x",), Expand(tuple(features)), ("x",))
        for l, (W, b) in enumerate(zip(network.W, network.b, strict=True), 1):
            self._add_linear(l, W, b)
            if l < len(network.W):
                self._add_fold(l, network, None if masks is None else masks[l - 1])
        self._add_head(network)
        if self._Y is not None and l2:
            Ws = tuple(f"W{l}" for l in range(1, len(network.W) + 1))
            self._compute("R", Op.PENALTY, len(Ws), Ws, Penalty(l2), Ws)
            self._compute("J", Op.TOTAL, len(Ws), ("L", "R"), Total())
        return Graph(tuple(self._nodes), self._given)

    def _add_linear(self, l: int, W: Array, b: Array) -> None:
        self._give(f"W{l}", Op.WEIGHTS, l, W)
        self._compute(f"U{l}", Op.MATMUL, l, (f"W{l}", self._at), Matmul(), (f"W{l}", self._at))
        self._give(f"b{l}", Op.BIAS, l, b[:, None])
        self._compute(f"Z{l}", Op.ADD, l, (f"U{l}", f"b{l}"), Add())

    def _add_fold(self, l: int, network: Network, mask: Array | None) -> None:
        fold = network.architecture.folds[l - 1]
        self._compute(f"A{l}", Op.ACTIVATION, l, (f"Z{l}",), Fold(fold), (f"Z{l}",))
        if mask is not None:
            self._give(f"M{l}", Op.MASK, l, mask)
            self._compute(f"D{l}", Op.DROPOUT, l, (f"A{l}", f"M{l}"), Masked(), (f"M{l}",))

    def _add_head(self, network: Network) -> None:
        head, last, Z = network.architecture.the_head, len(network.W), self._at
        if head.task != "regression":  # where the last sum is the answer itself
            self._compute("P", Op.ANSWER, last, (Z,), Answer(head, self._Y), ("P",))
        if self._Y is not None:
            P = self._at
            self._give("y", Op.TARGET, last, self._Y)
            self._compute("L", Op.LOSS, last, (P, "y", Z), Loss(head), (P, "y"))

    def _give(self, name: str, op: Op, layer: int, value: Array) -> None:
        self._nodes.append(Node(name, op, layer))
        self._given[name] = frozen(np.array(value, np.float64))

    def _compute(
        self, name: str, op: Op, layer: int, inputs: tuple[str, ...], rule: Rule, cached: tuple[str, ...] = ()
    ) -> None:
        self._nodes.append(Node(name, op, layer, inputs, rule, cached))
        self._at = name
