"""A parameter that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.moment import Moment
from mlp_playground.nn.network import Architecture


@dataclass(frozen=True)
class Put:
    """The weight that `neuron` of `layer` gives to its input number `sender`, or (None) its bias, becomes `value`.

    Layers count from 0, the output layer after the hidden ones.
    """

    layer: int
    neuron: int
    sender: int | None
    value: float

    def place(self, architecture: Architecture) -> int:
        """Where it is in the flat parameters. Raises InvalidValue where there is no such weight."""
        row = parameters_of(architecture, self.layer, self.neuron)
        senders = len(row) - 1
        if self.sender is not None and not 0 <= self.sender < senders:
            raise InvalidValue(f"weight of layer {self.layer + 1}", self.sender + 1, f"1 to {senders}")
        return int(row[-1 if self.sender is None else self.sender])

    @property
    def number(self) -> float:
        """The value. Raises InvalidValue for one that a float32 can't hold."""
        largest = float(np.finfo(np.float32).max)
        if not abs(self.value) <= largest:
            raise InvalidValue("weight" if self.sender is not None else "bias", self.value, f"at most {largest:.2g}")
        return self.value

    def undone(self, was: Moment, architecture: Architecture) -> Put:
        """The put that gives the parameter the value it had."""
        return Put(self.layer, self.neuron, self.sender, float(was.theta[self.place(architecture)]))


def parameters_of(architecture: Architecture, layer: int, neuron: int) -> NDArray[np.int64]:
    """Where a neuron's weights and, last, its bias are in the flat parameters (n_in + 1,). Raises InvalidValue."""
    shapes = architecture.shapes
    if not 0 <= layer < len(shapes) or not 0 <= neuron < shapes[layer][0]:
        raise InvalidValue("neuron", (layer + 1, neuron + 1), "one that there is, (layer, neuron) counted from 1")
    start = sum(rows * columns for rows, columns in shapes[:layer]) + neuron * shapes[layer][1]
    return np.arange(start, start + shapes[layer][1])
