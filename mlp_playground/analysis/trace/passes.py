"""Forward through the graph and back: every value, and every gradient with what each operation passes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mlp_playground.analysis.trace.graph import Graph
from mlp_playground.analysis.trace.rules import Floats
from mlp_playground.nn.arrays import frozen

Values = Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class Trace:
    """What one pass forward and one back found, all of it read-only float64.

    `values` are the nodes' values by name. `gradients` are ∂root/∂value, shaped like the value, of every value that
    something goes back to; empty where there is no loss. `passed` is what the node (first) passes on to one of its
    inputs (second): a value's gradient is the sum of these. `local` is the node's derivative by that input, where it
    can be written down.
    """

    graph: Graph
    values: Values
    gradients: Values
    passed: Mapping[tuple[str, str], Floats]
    local: Mapping[tuple[str, str], Floats]


def forward(graph: Graph, changed: Values | None = None) -> dict[str, Floats]:
    """All values by name; `changed` takes the place of some of those that are given."""
    values = {**graph.given, **(changed or {})}
    with np.errstate(over="ignore", invalid="ignore"):
        for node in graph.way:
            assert node.rule is not None
            values[node.name] = frozen(node.rule.apply(*(values[name] for name in node.inputs)))
    return values


def trace(graph: Graph) -> Trace:
    """Forward, and back if there is a loss."""
    values = forward(graph)
    gradients: dict[str, Floats] = {}
    passed: dict[tuple[str, str], Floats] = {}
    local: dict[tuple[str, str], Floats] = {}
    if graph.has_loss:
        gradients[graph.root.name] = np.ones((1, 1))
        with np.errstate(over="ignore", invalid="ignore"):
            for node in reversed(graph.way):
                assert node.rule is not None
                inputs = [values[name] for name in node.inputs]
                _note(local, node.name, node.inputs, node.rule.local(values[node.name], *inputs))
                parts = node.rule.back(gradients[node.name], values[node.name], *inputs)
                _note(passed, node.name, node.inputs, parts)
                _add_up(gradients, node.inputs, parts)
    for each in (*gradients.values(), *passed.values(), *local.values()):
        frozen(each)
    return Trace(graph, values, gradients, passed, local)


def _note(
    notes: dict[tuple[str, str], Floats], name: str, inputs: tuple[str, ...], parts: tuple[Floats | None, ...]
) -> None:
    notes.update({(name, of): part for of, part in zip(inputs, parts, strict=True) if part is not None})


def _add_up(gradients: dict[str, Floats], inputs: tuple[str, ...], parts: tuple[Floats | None, ...]) -> None:
    for name, part in zip(inputs, parts, strict=True):
        if part is not None:
            gradients[name] = gradients[name] + part if name in gradients else part
