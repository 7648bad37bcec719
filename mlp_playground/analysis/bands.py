"""A map as areas of one colour each, for pictures that are made of outlines: vectors have no pixels to colour.

The areas are nested, each lies on those before it, so that no gap can show between neighbours however they are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
from contourpy import FillType, contour_generator
from numpy.typing import NDArray

from mlp_playground.analysis.field import SHADES, ClassMap, Levels, Map, class_levels, to_levels
from mlp_playground.analysis.steps import STEPS

Numbers = NDArray[np.float64]
Ladder = list[tuple[float, int]]
"""From which height on a map has which level (of classes: from which probability on which shade)."""

STEP = 4
"""Levels of the scale from one area to the next: two neighbours' colours can hardly be told apart."""
TOLERANCE = 1e-4
"""How far an outline may pass from where it was found, as a share of the picture: a tenth of a pixel on a screen."""
SMALL_STEPS, SMALL_TOLERANCE = 16, 2e-3
"""How many colours a small picture has beside its first, and the tolerance: it is some 40 pixels wide."""
EVERYWHERE = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], np.float64)


@dataclass(frozen=True)
class Band:
    """Where a map has the colour `level` (see Levels) or one that follows in a later band.

    `rings` (k, 2) are closed outlines in shares 0…1 of the picture's width and height, from its upper left corner;
    what an odd number of them encloses belongs to the band. `beside` tells whether other bands may border on it that
    it does not lie on, as the areas of several classes do.
    """

    level: int
    rings: tuple[Numbers, ...]
    beside: bool = False


def bands(shown: Map | ClassMap, *, steps: bool = False) -> tuple[Band, ...]:
    """The areas of `shown`, to be painted one over the other in this order; with `steps` as `step_levels` has them."""
    if isinstance(shown, ClassMap):
        least = shown.least
        return _class_bands(shown, _class_steps(least) if steps else _class_shades(least))
    return _map_bands(shown, _map_steps() if steps else _map_shades())


def small_bands(levels: Levels) -> tuple[Band, ...]:
    """The areas of a small picture of `levels` (rows, columns), all of one scale or one class: few and coarse ones."""
    lowest, highest = int(levels.min()), int(levels.max())
    step = max((highest - lowest) / SMALL_STEPS, 1.0)
    middles = np.arange(lowest, highest + step / 2, step)
    ladder = [(float(middle) - step / 2, round(float(middle))) for middle in middles]
    return _nested(levels.astype(np.float64), ladder, SMALL_TOLERANCE)


def _map_shades() -> Ladder:
    """Every STEP levels a colour, the neutral one among them."""
    return [(level - STEP / 2, min(max(level, 1), 255)) for level in range(0, 256 + STEP, STEP)]


def _map_steps() -> Ladder:
    shares = np.arange(STEPS) / STEPS
    middles = to_levels(2 * (shares + 0.5 / STEPS) - 1, 1.0)
    return list(zip((_height(2 * shares - 1)).tolist(), middles.tolist(), strict=True))


def _class_shades(least: float) -> Ladder:
    return [(least + (shade - 0.5) / (SHADES - 1) * (1 - least), shade) for shade in range(1, SHADES)]


def _class_steps(least: float) -> Ladder:
    first = int(least * STEPS)
    middles = (np.arange(first, STEPS) + 0.5) / STEPS
    shades = class_levels(np.zeros(len(middles), np.uint8), middles, least)
    return [((first + k) / STEPS, int(shade)) for k, shade in enumerate(shades)]


def _height(ratio: Numbers) -> Numbers:
    """What `to_levels` makes of a number within −1…1, not yet rounded."""
    return ratio * 127.0 + 128.0


@np.errstate(over="ignore", invalid="ignore")
def _map_bands(shown: Map, ladder: Ladder) -> tuple[Band, ...]:
    # as to_levels has it: what lies outside is cut off, and what is no number is neutral
    return _nested(_height(np.nan_to_num(np.clip(shown.values / shown.scale, -1, 1))), ladder, TOLERANCE)


def _nested(levels: Numbers, ladder: Ladder, tolerance: float) -> tuple[Band, ...]:
    """Each area within the one before it."""
    lowest = levels.min()
    ground = max(level for least, level in ladder if least <= lowest)
    higher = ((level, _above(levels, least, tolerance)) for least, level in ladder if least > lowest)
    return (Band(ground, (EVERYWHERE,)), *(Band(level, rings) for level, rings in higher if rings))


def _class_bands(shown: ClassMap, ladder: Ladder) -> tuple[Band, ...]:
    P = np.nan_to_num(shown.probabilities).astype(np.float64)
    margins = np.ones_like(P) if shown.alone else P - _best_of_others(P)
    found = [Band(0, (EVERYWHERE,))]
    for least, shade in ladder:
        for k in np.unique(shown.winner).tolist() if shown.alone else range(len(P)):
            if rings := _above(np.minimum(margins[k], P[k] - least), 0.0, TOLERANCE):
                found.append(Band(k * SHADES + shade, rings, beside=True))
    return tuple(found)


def _best_of_others(P: Numbers) -> Numbers:
    """For each class the probability of the likeliest other one (n, rows, columns)."""
    second, first = np.sort(P, axis=0)[-2:]
    return np.asarray(np.where(first == P, second, first))


def _above(values: Numbers, least: float, tolerance: float) -> tuple[Numbers, ...]:
    """The outlines of the area where values (rows, columns), given at pixels' centres, are `least` or more."""
    if values.max() < least:
        return ()
    rows, columns = values.shape
    x, y = (np.concatenate([[0], (np.arange(n) + 0.5) / n, [1]]) for n in (columns, rows))
    # the outermost pixels reach half a pixel further than their centres
    generator = contour_generator(x, y, np.pad(values, 1, mode="edge"), fill_type=FillType.OuterOffset)
    # the fill type decides which of contourpy's types this is
    outlines, offsets = cast("tuple[list[Numbers], list[Numbers]]", generator.filled(least, np.inf))
    return tuple(
        _thinned(np.asarray(outline[a:b], np.float64), tolerance)
        for outline, cuts in zip(outlines, offsets, strict=True)
        for a, b in pairwise(cuts.tolist())
    )


def _thinned(ring: Numbers, tolerance: float) -> Numbers:
    """The ring without the points that lie on the straight line between their neighbours, as nearly as can be seen."""
    while len(ring) > 5:
        before, here, after = ring[:-2:2], ring[1:-1:2], ring[2::2]
        along, away = after - before, here - before
        cross = np.abs(along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0])
        is_needed = np.ones(len(ring), bool)
        is_needed[1:-1:2] = cross > tolerance * np.hypot(*along.T)
        if is_needed.sum() > 0.95 * len(ring):
            break
        ring = ring[is_needed]
    return ring
