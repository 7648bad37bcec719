"""The way through a graph as single steps: forward, back, and then the weights are changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mlp_playground.analysis.trace.graph import Graph, Op


class Phase(Enum):
    """Which way one goes."""

    FORWARD = "forward"
    BACKWARD = "back"
    UPDATE = "update"


@dataclass(frozen=True)
class Step:
    """What happens at one node."""

    phase: Phase
    name: str


def steps_of(graph: Graph, *, learns: bool) -> tuple[Step, ...]:
    """All steps: every value from the inputs on, then back to the inputs, and, if it `learns`, each W and b."""
    forward = [Step(Phase.FORWARD, node.name) for node in graph.nodes if node.op is Op.INPUT or node.rule is not None]
    backward = [Step(Phase.BACKWARD, node.name) for node in reversed(graph.way)] if graph.has_loss else []
    update = [Step(Phase.UPDATE, name) for name in graph.parameters] if graph.has_loss and learns else []
    return (*forward, *backward, *update)
