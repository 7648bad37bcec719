"""A layer's weights and biases as numbers with names, and the one symmetric scale of their colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlp_playground.analysis.distributions import round_up
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Network
from mlp_playground.views.layers.layer_words import neuron_names

NEARLY_ALL = 0.995
"""Of the numbers that the scale's ends hold: one stray weight would leave all others pale."""

Spot = tuple[int, int]
"""A row and a column; the column after the last weight's is the bias's."""


@dataclass(frozen=True)
class Weights:
    """A layer to draw: `W` (rows, columns), `b` (rows,), what rows and columns are called, and which row is of the
    `chosen` neuron, if one of them is."""

    W: Array
    b: Array
    rows: Sequence[str]
    columns: Sequence[str]
    chosen: int | None = None

    def number(self, spot: Spot) -> float:
        """The weight or bias at a place."""
        row, column = spot
        return float(self.b[row] if column == self.W.shape[1] else self.W[row, column])

    @property
    def scale(self) -> float:
        """What full colour stands for: a round number that nearly all weights and biases are within."""
        sizes = np.abs(np.concatenate([self.W.ravel(), self.b]))
        largest = float(np.quantile(sizes, NEARLY_ALL, method="higher"))
        return round_up(largest) if largest > 0 else 1.0

    @property
    def is_cut(self) -> bool:
        """Whether some numbers are beyond the scale's ends."""
        return bool(max(np.abs(self.W).max(), np.abs(self.b).max()) > self.scale * (1 + 1e-6))


def weights_of(snapshot: Snapshot, column: int, chosen: int | None = None) -> Weights:
    """A layer's weights and biases with their names; `column` counts as in the diagram."""
    network = Network(snapshot.architecture, snapshot.theta)
    rows, columns = neuron_names(snapshot, column), neuron_names(snapshot, column - 1)
    return Weights(network.W[column - 1], network.b[column - 1], rows, columns, chosen)


def scale_words(scale: float, *, is_cut: bool) -> tuple[str, str, str]:
    """What stands at the scale's left end, middle and right end."""
    text = f"{scale:.3g}"
    return (f"≤ −{text}", "0", f"≥ {text}") if is_cut else (f"−{text}", "0", f"+{text}")
