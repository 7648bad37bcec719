"""A run's health as a table: a row for each layer, a column for each measure, over the moments that are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isnan, nan
from textwrap import fill

import numpy as np
from numpy.typing import NDArray

from mlp_playground.experiment.doctor.checkup import Checkup, Record
from mlp_playground.experiment.doctor.finding import Bars, Finding
from mlp_playground.experiment.doctor.words import number
from mlp_playground.numerals import grouped
from mlp_playground.views.layers.health_measures import MEASURES
from mlp_playground.views.layers.layer_names import layer_name

SEEN_IN = {
    "dead": "dead",
    "saturation": "saturated",
    "vanishing": "gradient",
    "exploding": "gradient",
    "high-rate": "update",
    "low-rate": "update",
}
"""In which measure an illness is seen."""
TIP = 64
"""Letters in a line of a tooltip."""


@dataclass(frozen=True, eq=False)
class HealthTable:
    """A Record, arranged: `columns` are the measures that any layer has. Cells that `findings` are about are ill."""

    record: Record
    findings: tuple[Finding, ...] = ()

    @cached_property
    def checkups(self) -> tuple[Checkup, ...]:
        """All moments, the present one last."""
        return (*self.record.before, self.record.now)

    @cached_property
    def epochs(self) -> NDArray[np.float64]:
        """When they were (n,)."""
        return np.array([each.epochs for each in self.checkups])

    @property
    def n_layers(self) -> int:
        """Rows: the hidden layers and the output."""
        return len(self.record.now.layers)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the measures that any layer has now or had before."""
        return tuple(name for name in MEASURES if not np.isnan(self.values(name)).all())

    def values(self, name: str) -> NDArray[np.float64]:
        """A measure of each layer at each moment, (layers, n)."""
        return self._values[name]

    @cached_property
    def _values(self) -> dict[str, NDArray[np.float64]]:
        return {
            name: np.array([[measure.value(each, layer) for each in self.checkups] for layer in range(self.n_layers)])
            for name, measure in MEASURES.items()
        }

    def words(self, name: str, layer: int) -> str:
        """A cell's number."""
        measure, value = MEASURES[name], float(self.values(name)[layer, -1])
        return "–" if isnan(value) else measure.text(value)

    def share(self, name: str, layer: int) -> float:
        """A cell's number as a share of the largest layer's; NaN where the measure tells none."""
        now = self.values(name)[:, -1]
        largest = float(np.nanmax(now)) if not np.isnan(now).all() else 0.0
        return float(now[layer]) / largest if MEASURES[name].share and largest > 0 else nan

    def is_ill(self, name: str, layer: int) -> bool:
        """Whether a cell's number is beyond what is healthy anywhere, or a finding is about it."""
        return bool(self.values(name)[layer, -1] > MEASURES[name].ill) or (name, layer) in self._told

    @cached_property
    def _told(self) -> frozenset[tuple[str, int]]:
        """The cells that findings are about, as (measure, layer)."""
        about = ((SEEN_IN[each.illness], each.picture) for each in self.findings if each.illness in SEEN_IN)
        return frozenset(
            (name, layer)
            for name, picture in about
            for layer in (picture.ill if isinstance(picture, Bars) else range(self.n_layers))
        )


def cell_words(table: HealthTable, layer: int, column: int, share: float = 1.0) -> str:
    """What a cell says, in a few lines, with the number at a `share` of its chart's width; of the header what the
    measure is."""
    if column < 0:
        return ""
    name = table.columns[column]
    measure = MEASURES[name]
    if layer < 0:
        return fill(measure.tip, TIP)
    who, now = layer_name(layer + 1, table.n_layers + 1), table.words(name, layer)
    lines = [f"{who[0].upper()}{who[1:]}, {measure.label}: {now}", *_then(table, name, layer, share)]
    if name == "gradient":
        lines.append(f"Its weights' mean |∂loss/∂w| is {number(table.record.now.layers[layer].gradient)}")
    if name == "variance":
        lines.append(f"The variance itself is {number(table.record.now.layers[layer].variance)}")
    return "\n".join([*lines, fill(measure.tip, TIP)])


def _then(table: HealthTable, name: str, layer: int, share: float) -> list[str]:
    """What a cell's number was at a share of the time, if that is known of more than now."""
    values, epochs = table.values(name)[layer], table.epochs
    known = np.flatnonzero(~np.isnan(values))
    if len(known) < 2:
        return []
    wanted = epochs[0] + min(max(share, 0.0), 1.0) * (epochs[-1] - epochs[0])
    there = known[np.abs(epochs[known] - wanted).argmin()]
    return [f"At epoch {grouped(epochs[there], 1)}: {MEASURES[name].text(float(values[there]))}"]
