"""What regions are filled with: nothing, their slope, or their activation pattern."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from mlp_playground.analysis.patterns import kinds_of
from mlp_playground.analysis.regions import Regions
from mlp_playground.registry import Registry
from mlp_playground.views.theme import Theme

Colours = NDArray[np.uint32]
"""As 0xffRRGGBB."""
SATURATION = 0.62
"""Of the full colours of slopes, in HSL."""
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


def colours_of(regions: Regions, filling: str, theme: Theme) -> Colours | None:
    """Each region's colour; None where they are not filled."""
    if filling == "pattern":
        palette = np.array([QColor(each).rgb() for each in theme.patterns], np.uint32)
        return np.asarray(palette[kinds_of(regions.patterns)])
    if filling == "slope":
        return slope_colours(regions.slopes() / steepest(regions), theme)
    return None


def steepest(regions: Regions) -> float:
    """The slope, per unit of the plane, that has the full colour."""
    steepness = np.hypot(*regions.slopes().T)
    order = np.argsort(steepness)
    share = np.cumsum(regions.areas()[order])
    at = int(np.searchsorted(share, STEEP / 100 * share[-1]))
    return max(float(steepness[order[min(at, len(order) - 1)]]), 1e-12)


def slope_colours(slopes: NDArray[np.float64], theme: Theme) -> Colours:
    """The colours of slopes (R, 2), where a length of 1 or more has the full one."""
    strength = np.minimum(np.hypot(*slopes.T), 1.0)
    hue = np.arctan2(slopes[:, 1], slopes[:, 0]) * 6 / pi
    lightness = 0.5 if theme.name == "dark" else 0.6
    reach = SATURATION * min(lightness, 1 - lightness)
    result = np.full(len(slopes), 0xFF, np.uint32)
    flat = QColor(theme.neutral)
    for tone, neutral in ((0, flat.red()), (8, flat.green()), (4, flat.blue())):
        turn = (tone + hue) % 12
        full = 255 * (lightness - reach * np.clip(np.minimum(turn - 3, 9 - turn), -1, 1))
        result = result << 8 | np.rint(neutral + (full - neutral) * strength).astype(np.uint32)
    return result
