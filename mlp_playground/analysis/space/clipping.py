"""Where a layer's neurons, or the network itself, are undecided within what is drawn of a space: lines and planes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Half(NamedTuple):
    """The side of a line (D = 2) or plane (D = 3) on which normal · u + offset ≥ 0."""

    normal: Floats
    offset: float

    def __call__(self, u: Floats) -> Floats:
        """How far on that side each of `u` (K, D) is, in units of the normal's length."""
        return np.asarray(u @ self.normal + self.offset)


def box(low: Floats, high: Floats) -> list[Half]:
    """The sides of the box low ≤ u ≤ high (D,)."""
    unit = np.eye(len(low))
    return [Half(row, -float(a)) for row, a in zip(unit, low, strict=True)] + [
        Half(-row, float(b)) for row, b in zip(unit, high, strict=True)
    ]


def piece(wall: Half, within: Sequence[Half], centre: Floats, reach: float) -> Floats:
    """The corners (K, D) of the part of the line or plane `wall`(u) = 0 that lies in all of `within`: 2 corners of a
    segment, or those of a convex polygon in order. None are left (K = 0) where it misses.

    Only what lies within `reach` of the foot of `centre` on the wall can be found.
    """
    length = np.linalg.norm(wall.normal)
    if not length > 1e-12:
        return np.zeros((0, len(centre)))
    normal = wall.normal / length
    foot = centre - normal * float(wall(centre)) / length
    along = np.linalg.svd(normal[None])[2][1:] * reach  # at right angles to the normal and to each other
    corners = [foot - along[0], foot + along[0]]
    if len(centre) == 3:
        corners = [foot + a * along[0] + b * along[1] for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    polygon = np.stack(corners)
    for half in within:
        polygon = _cut(polygon, half)
        if not len(polygon):
            break
    return polygon


def _cut(polygon: Floats, half: Half) -> Floats:
    """What is left of a segment or a convex polygon on one side (Sutherland and Hodgman, 1974)."""
    values = half(polygon)
    if (values >= 0).all():
        return polygon
    kept: list[Floats] = []
    count = len(polygon)
    for i in range(count):
        j = (i + 1) % count
        if values[i] >= 0:
            kept.append(polygon[i])
        if (values[i] >= 0) != (values[j] >= 0) and (count > 2 or i == 0):
            share = values[i] / (values[i] - values[j])
            kept.append(polygon[i] + share * (polygon[j] - polygon[i]))
    least = 2 if polygon.shape[1] == 2 else 3
    return np.stack(kept) if len(kept) >= least else np.zeros((0, polygon.shape[1]))


def borders(sums: Sequence[Half]) -> list[tuple[Half, list[Half]]]:
    """Where the largest of several `sums` changes: for each pair the wall on which they are equal, and the conditions
    under which none of the others is larger."""
    found = []
    for i, j in combinations(range(len(sums)), 2):
        wall = minus(sums[i], sums[j])
        found.append((wall, [minus(sums[i], other) for k, other in enumerate(sums) if k not in (i, j)]))
    return found


def minus(one: Half, other: Half) -> Half:
    """The side on which `one` is at least the other."""
    return Half(one.normal - other.normal, one.offset - other.offset)
