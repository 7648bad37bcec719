"""What of a line or a plane lies within bounds: segments and polygons to draw."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Sums(NamedTuple):
    """Numbers w · u + c of points u, as rows w of `normals` (n, D) and `offsets` (n,)."""

    normals: Floats
    offsets: Floats

    def at(self, u: Floats) -> Floats:
        """The numbers (n,) at a point (D,)."""
        return np.asarray(self.normals @ u + self.offsets)


def box(centre: Floats, sides: Floats) -> Sums:
    """The bounds of the box centre ± sides (D,), as numbers that are not below 0 within."""
    unit = np.eye(len(centre))
    return Sums(np.concatenate([unit, -unit]), np.concatenate([sides - centre, sides + centre]))


def both(one: Sums, other: Sums) -> Sums:
    """The numbers of both."""
    return Sums(np.concatenate([one.normals, other.normals]), np.concatenate([one.offsets, other.offsets]))


def piece(normal: Floats, offset: float, within: Sums, near: Floats) -> Floats:
    """The corners (K, D) of where `normal` · u + `offset` is 0 and no number of `within` below it: 2 of a segment, or
    those of a convex polygon in order; none (K = 0) where there is no such place. `near` is a point within."""
    length = float(np.linalg.norm(normal))
    if not length > 1e-12:
        return np.zeros((0, len(near)))
    foot = near - normal * (float(normal @ near) + offset) / length**2
    return _segment(foot, normal / length, within) if len(near) == 2 else _polygon(foot, normal / length, within)


def _segment(foot: Floats, normal: Floats, within: Sums) -> Floats:
    """How far one can go to both sides before a number gets below 0."""
    along = np.array([-normal[1], normal[0]])
    slopes, values = within.normals @ along, within.at(foot)
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = -values / slopes
    low = float(ends[slopes > 0].max(initial=-np.inf))
    high = float(ends[slopes < 0].min(initial=np.inf))
    if not low < high or (values[slopes == 0] < 0).any():
        return np.zeros((0, 2))
    return np.stack([foot + low * along, foot + high * along])


def _polygon(foot: Floats, normal: Floats, within: Sums) -> Floats:
    """A square that is large enough, cut by one bound after the other (Sutherland and Hodgman, 1974)."""
    across, up = np.linalg.svd(normal[None])[2][1:] * (4 * float(np.abs(within.at(foot)).max()))
    corners = np.stack([foot - across - up, foot + across - up, foot + across + up, foot - across + up])
    for w, c in zip(within.normals, within.offsets, strict=True):
        values = corners @ w + c
        if (values < 0).all():
            return np.zeros((0, 3))
        if (values < 0).any():
            corners = _cut(corners, values)
    return corners


def _cut(corners: Floats, values: Floats) -> Floats:
    """What is left of a polygon where `values`, which it has at its corners, are not below 0."""
    kept: list[Floats] = []
    for i, (corner, value) in enumerate(zip(corners, values, strict=True)):
        j = (i + 1) % len(corners)
        if value >= 0:
            kept.append(corner)
        if (value >= 0) != (values[j] >= 0):
            kept.append(corner + value / (value - values[j]) * (corners[j] - corner))
    return np.stack(kept)


def borders(sums: Sums) -> Iterator[tuple[Floats, float, Sums]]:
    """Where the largest of several sums changes: for each pair the line on which they are equal, normal and offset,
    and by how much both exceed each other one there."""
    for i, j in combinations(range(len(sums.offsets)), 2):
        others = [k for k in range(len(sums.offsets)) if k not in (i, j)]
        exceeds = Sums(sums.normals[i] - sums.normals[others], sums.offsets[i] - sums.offsets[others])
        yield sums.normals[i] - sums.normals[j], float(sums.offsets[i] - sums.offsets[j]), exceeds
