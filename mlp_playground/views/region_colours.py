"""What regions are filled with: nothing, their slope, or their activation pattern."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np
from PySide6.QtGui import QColor

from mlp_playground.analysis.patterns import kinds_of
from mlp_playground.analysis.regions import Regions
from mlp_playground.registry import Registry
from mlp_playground.views.theme import Theme

STEEP = 90
"""The percentile of all steepnesses, each weighed by its region, that has the full colour."""


@dataclass(frozen=True)
class Filling:
    """One way to fill regions: how the choice is called, and what its colours say."""

    name: str
    label: str
    words: str


FILLINGS: Registry[Filling] = Registry(
    "filling",
    Filling("lines", "lines only", "The regions' edges over the answer"),
    Filling(
        "slope",
        "slope",
        "Colour: the direction in which the answer's sum z rises. Strength: how steeply. Flat regions are grey",
    ),
    Filling(
        "pattern",
        "active neurons",
        "One colour for each pattern of active neurons: neighbours differ in one neuron and never share a colour",
    ),
)


def colours_of(regions: Regions, filling: str, theme: Theme) -> list[QColor] | None:
    """Each region's colour; None where they are not filled."""
    if filling == "pattern":
        return [QColor(theme.patterns[kind]) for kind in kinds_of(regions.patterns).tolist()]
    if filling == "slope":
        slopes = regions.slopes()
        full = steepest(regions)
        return [slope_colour(w1 / full, w2 / full, theme) for w1, w2 in slopes.tolist()]
    return None


def steepest(regions: Regions) -> float:
    """The slope, per unit of the plane, that has the full colour."""
    steepness = np.hypot(*regions.slopes().T)
    order = np.argsort(steepness)
    share = np.cumsum(regions.areas()[order])
    at = int(np.searchsorted(share, STEEP / 100 * share[-1]))
    return max(float(steepness[order[min(at, len(order) - 1)]]), 1e-12)


def slope_colour(w1: float, w2: float, theme: Theme) -> QColor:
    """The colour of a slope (w₁, w₂), where a length of 1 or more has the full one."""
    strength = min(float(np.hypot(w1, w2)), 1.0)
    hue = QColor.fromHslF(float(np.arctan2(w2, w1)) / (2 * pi) % 1, 0.62, 0.5 if theme.name == "dark" else 0.6)
    neutral = QColor(theme.neutral)
    pairs = zip(neutral.getRgb()[:3], hue.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * strength) for a, b in pairs))
