"""A gradient checked on the spot: change one number a little to either side, and see what the loss does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlp_playground.analysis.trace.graph import Graph, Op
from mlp_playground.analysis.trace.passes import Trace, Values, forward
from mlp_playground.analysis.trace.rules import Fold
from mlp_playground.errors import InvalidValue
from mlp_playground.nn.activations import ACTIVATIONS, Activation

EPSILON = 1e-5
"""About the cube root of float64's precision, where a central difference is most exact: a larger one sees the curve
bend, a smaller one the rounding."""
LEAST, MOST = 1e-12, 1.0
CHECKED = (Op.INPUT, Op.WEIGHTS, Op.BIAS)
"""What can be changed by itself; all else is computed."""


@dataclass(frozen=True)
class Check:
    """∂J/∂θ of one entry, backpropagated and as the central difference (J(θ+ε) − J(θ−ε)) / 2ε, in float64.

    `left` and `right` are the slopes to either side. `crossed` are the neurons (layer from 1, neuron from 0) whose sum
    changes sides of a corner of the activation between θ−ε and θ+ε: there the two slopes may differ, and no number is
    the gradient.
    """

    name: str
    entry: tuple[int, int]
    epsilon: float
    value: float
    before: float
    below: float
    above: float
    backpropagated: float
    crossed: tuple[tuple[int, int], ...]

    @property
    def quotient(self) -> float:
        """The central difference."""
        return (self.above - self.below) / (2 * self.epsilon)

    @property
    def left(self) -> float:
        """The slope from θ−ε to θ."""
        return (self.before - self.below) / self.epsilon

    @property
    def right(self) -> float:
        """The slope from θ to θ+ε."""
        return (self.above - self.before) / self.epsilon

    @property
    def difference(self) -> float:
        """Backpropagated minus measured."""
        return self.backpropagated - self.quotient

    @property
    def relative(self) -> float:
        """The difference's size as a share of the larger of the two; 0 where both are 0."""
        largest = max(abs(self.backpropagated), abs(self.quotient))
        return abs(self.difference) / largest if largest else 0.0


def check_gradient(traced: Trace, name: str, entry: tuple[int, int], epsilon: float = EPSILON) -> Check:
    """Check the gradient of the number at `entry` (row, column) of the value `name`.

    Raises InvalidValue where there is no such number, no loss, or an epsilon that is not from LEAST to MOST.
    """
    graph = traced.graph
    if not graph.has_loss:
        raise InvalidValue("sample", "without a target", "one with a target, else there is no loss to differentiate")
    if name not in graph.by_name or graph.by_name[name].op not in CHECKED:
        raise InvalidValue("value", name, "a weight, a bias or an input: all else is computed from these")
    value = graph.given[name]
    if not all(0 <= i < n for i, n in zip(entry, value.shape, strict=True)):
        raise InvalidValue(f"entry of {name}", entry, f"within its {value.shape[0]} × {value.shape[1]} numbers")
    if not LEAST <= epsilon <= MOST:
        raise InvalidValue("ε", epsilon, f"a number from {LEAST:g} to {MOST:g}")
    below, above = (_moved(graph, name, entry, step) for step in (-epsilon, epsilon))
    at, low, high = (float(values[graph.root.name][0, 0]) for values in (traced.values, below, above))
    gradient = float(traced.gradients[name][entry])
    return Check(name, entry, epsilon, float(value[entry]), at, low, high, gradient, _crossed(graph, below, above))


def _moved(graph: Graph, name: str, entry: tuple[int, int], step: float) -> Values:
    changed = graph.given[name].copy()
    changed[entry] += step
    return forward(graph, {name: changed})


def _crossed(graph: Graph, below: Values, above: Values) -> tuple[tuple[int, int], ...]:
    cells: list[tuple[int, int]] = []
    for node in graph.way:
        if isinstance(node.rule, Fold) and has_corner(ACTIVATIONS[node.rule.fold.name]):
            Z, A = node.inputs[0], node.name
            # a neuron that is off answers the same on both sides
            moved = ((np.sign(below[Z]) != np.sign(above[Z])) & (below[A] != above[A])).any(axis=1)
            cells += [(node.layer, int(neuron)) for neuron in np.flatnonzero(moved)]
    return tuple(cells)


def has_corner(fold: Activation) -> bool:
    """Whether the activation has a corner or a jump at 0."""
    Z = np.array([[-1e-9, 1e-9]])
    A, slopes = np.empty_like(Z), np.empty_like(Z)
    fold.apply(Z, A)
    fold.chain(np.ones_like(Z), Z, A, slopes)
    return bool(np.ptp(slopes) > 1e-3 or np.ptp(A) > 1e-3)
