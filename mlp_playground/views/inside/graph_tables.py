"""Which numbers a step of the graph is told with: what goes in and comes out, what arrives, what is passed on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlp_playground.analysis.trace.check import CHECKED
from mlp_playground.analysis.trace.graph import Op
from mlp_playground.analysis.trace.passes import Trace
from mlp_playground.analysis.trace.steps import Phase, Step
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.dry_step import DryStep
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, blocks
from mlp_playground.views.inside.matrix import Matrix
from mlp_playground.views.layers.graph_names import slope, symbol

Image = tuple[int, int] | None
LOCAL = {
    Op.ACTIVATION: "f′({})",
    Op.DROPOUT: "{}",
    Op.FEATURES: "∂φ/∂x",
    Op.PENALTY: "λ·{}",
}
"""How a local derivative is written, by the operation; `{}` is the input."""


@dataclass(frozen=True)
class Meaning:
    """What the numbers of x, of the features and of the answer are called, and the shape of x if it is a picture."""

    image: Image = None
    inputs: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def meaning_of(data: Dataset, config: ExperimentConfig) -> Meaning:
    """The names of a moment's data."""
    on_plane = data.space == "plane"
    inputs = tuple(scale.name for scale in data.inputs) or (("x₁", "x₂") if on_plane else ())
    features = tuple(FEATURES[name].label for name in config.features) if on_plane else ()
    return Meaning(data.image_shape, inputs, features, data.classes if data.task == "classes" else ())


def tables_of(trace: Trace, step: Step, meaning: Meaning | None = None) -> list[Matrix]:
    """The matrices of a step forward or back."""
    teller = _Teller(trace, meaning or Meaning())
    if step.phase is Phase.BACKWARD:
        return list(teller.back(step.name))
    return list(teller.forth(step.name))


class _Teller:
    def __init__(self, trace: Trace, meaning: Meaning) -> None:
        self._trace, self._graph, self._image = trace, trace.graph, meaning.image
        last = f"Z{trace.graph.root.layer}"
        self._names = {"x": meaning.inputs, "Φ": meaning.features} | dict.fromkeys(("P", "y", last), meaning.classes)

    def forth(self, name: str) -> Iterator[Matrix]:
        """What goes in, and what comes out; of what is given, itself and its gradient."""
        node = self._graph.by_name[name]
        for each in node.inputs[:2]:
            yield self._value(each)
        yield self._value(name)
        if node.rule is None and name in self._trace.gradients:
            yield self._gradient(name)

    def back(self, name: str) -> Iterator[Matrix]:
        """What arrives, then for each input the local derivative and what is passed on."""
        yield self._gradient(name, "what arrives from the right")
        for each in self._graph.by_name[name].inputs:
            if (name, each) in self._trace.local:
                yield self._local(name, each)
            if (name, each) in self._trace.passed:
                yield self._passed(name, each)

    def _value(self, name: str) -> Matrix:
        return self._matrix(name, symbol(self._graph, name), self._trace.values[name], _MEANT[self._op(name)])

    def _gradient(self, name: str, tip: str = "") -> Matrix:
        words = tip or "how much the loss changes when one of these numbers grows a little, by that little"
        return self._matrix(name, slope(self._graph, name), self._trace.gradients[name], words)

    def _passed(self, name: str, of: str) -> Matrix:
        is_part = self._op(of) is Op.WEIGHTS and "R" in self._graph.by_name
        part = f", the part of {'the penalty' if name == 'R' else 'the loss'}" if is_part else ""
        values, words = self._trace.passed[name, of], "the local derivative times what arrives"
        return self._matrix(of, slope(self._graph, of) + part, values, f"what is passed on: {words}", is_part=is_part)

    def _local(self, name: str, of: str) -> Matrix:
        values, op = self._trace.local[name, of], self._op(name)
        sign = symbol(self._graph, of)
        if op is Op.MATMUL:
            other = next(each for each in self._graph.by_name[name].inputs if each != of)
            caption = f"{symbol(self._graph, other)}.T"
        else:
            caption = LOCAL.get(op, f"∂{symbol(self._graph, name)}/∂{sign}").format(sign)
        return Matrix(caption, values, "the local derivative: how the result changes with this input, all else fixed")

    def _matrix(self, name: str, caption: str, values: np.ndarray, tip: str, *, is_part: bool = False) -> Matrix:
        op = self._op(name)
        is_first = op is Op.WEIGHTS and self._trace.values[name].shape[1] == self._trace.values["x"].shape[0]
        shows = self._image if op is Op.INPUT or (is_first and name == "W1") else None
        check = name if op in CHECKED and self._graph.has_loss and not is_part else ""
        rows = self._names.get(name, ())
        return Matrix(caption, values, tip, check, shows, op is Op.INPUT, rows if len(rows) == len(values) else ())

    def _op(self, name: str) -> Op:
        return self._graph.by_name[name].op


_MEANT: dict[Op, str] = {
    Op.INPUT: "what the network is given: a column for each sample",
    Op.FEATURES: "what the network is told of the sample",
    Op.WEIGHTS: "weights: a row for each neuron, a column for each of its inputs",
    Op.BIAS: "biases: one for each neuron",
    Op.MATMUL: "weighted sums: a row for each neuron, a column for each sample",
    Op.ADD: "pre-activations: a row for each neuron, a column for each sample",
    Op.ACTIVATION: "activations: a row for each neuron, a column for each sample",
    Op.MASK: "dropout's mask of this step",
    Op.DROPOUT: "activations after dropout",
    Op.ANSWER: "the answer: a column for each sample",
    Op.TARGET: "what the answer should be",
    Op.LOSS: "the loss",
    Op.PENALTY: "the penalty",
    Op.TOTAL: "what training makes small",
}


def update_tables(architecture: Architecture, step: DryStep, name: str, sign: str, image: Image) -> list[Matrix]:
    """A parameter before and after the optimizer's step, and between them what it got and what it did."""
    before, after, got = (part_of(architecture, each, name) for each in (step.before, step.after, used(step)))
    shows = image if name == "W1" else None
    return [
        Matrix(f"{sign} before", before, "before the step", name, shows, False),
        Matrix("gradient", got, "what the optimizer gets: with its penalty, and shortened", name, shows, False),
        Matrix("step", after - before, "after minus before", "", shows, False),
        Matrix(f"{sign} after", after, "after the step", "", shows, False),
    ]


def used(step: DryStep) -> Array:
    """The gradient that the optimizer got (n_parameters,)."""
    return np.asarray(step.joined * step.shortening)


def part_of(architecture: Architecture, vector: Array, name: str) -> np.ndarray:
    """The numbers of W or b `name` in a vector like the parameters, in float64."""
    block = blocks(architecture, vector)[int(name[1:]) - 1]
    return np.asarray(block[:, :-1] if name[0] == "W" else block[:, -1:], np.float64)
