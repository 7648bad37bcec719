"""The boundary in the plane as lines that travel: exact enough to lie on one line where the network draws one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from contourpy import LineType, contour_generator
from numpy.typing import NDArray

from mlp_playground.analysis.field import margins
from mlp_playground.analysis.space.cloud import Cloud
from mlp_playground.analysis.space.stages import Kind, Step, arrive

Floats = NDArray[np.float64]

SIZES = 97, 49, 25
"""Corners along each side of the mesh on which the boundary is found: usual, and for large networks."""
BIG = 1e8
"""Parameters × corners from which the mesh is coarser, or its lines stay as they are: more would take tens of
milliseconds."""
STEPS = 8
"""From what the mesh gives to what the network says."""
ON_LINE = 1e-6
"""Of a cell: nearer to a line of the mesh than this, a point is on it."""


def boundary_of(way: Sequence[Step], cloud: Cloud, n_parameters: int) -> tuple[Floats, tuple[int, ...]]:
    """Where the way's answer is undecided in the plane, as points (n, M) where it begins, and the lines' lengths."""
    nothing = np.zeros((len(cloud.X), 0)), ()
    if not cloud.has_plane or cloud.data.task == "regression":
        return nothing
    size = next((size for size in SIZES if n_parameters * size**2 < BIG), SIZES[-1])
    axis = np.linspace(-cloud.half_width, cloud.half_width, size)
    u = np.stack([part.ravel() for part in np.meshgrid(axis, axis)])
    Z = arrive(up_to_sum(way), cloud.of_plane(u))
    lines, classes = [], []
    for k, margin in enumerate(margins(Z.reshape(-1, size, size))):
        found = contour_generator(axis, axis, margin, line_type=LineType.Separate).lines(0.0)
        lines += [np.asarray(line) for line in found]
        classes += [k] * sum(len(line) for line in found)
    if not lines:
        return nothing
    u = np.concatenate(lines).T
    if n_parameters * u.shape[1] * STEPS < BIG:
        u = _refined(way, cloud, u, np.array(classes), axis)
    return cloud.of_plane(u), tuple(map(len, lines))


def up_to_sum(way: Sequence[Step]) -> Sequence[Step]:
    """The way without the last step from the sum to a probability, which is flat far from the boundary."""
    return way[:-1] if way[-1].stage.kind is Kind.ANSWER else way


def _refined(way: Sequence[Step], cloud: Cloud, u: Floats, classes: NDArray[np.int64], axis: Floats) -> Floats:
    """Points `u` (2, M) on the edges of the mesh over `axis` moved along them to where the margin of their class (M,)
    is 0.

    A mesh's lines are off by a hundredth of a cell. Layers later, where the plane is folded many times, that is far.
    The edge's ends have margins of both signs, so the Illinois method can't miss (Dowell and Jarratt, 1971).
    """
    cell = axis[1] - axis[0]
    steps = (u - axis[0]) / cell
    whole = np.round(steps)
    start = axis[0] + cell * np.where(np.abs(steps - whole) < ON_LINE, whole, np.floor(steps))
    along = cell * (np.abs(steps - whole) >= ON_LINE)

    def margin(t: Floats) -> Floats:
        return _margin(arrive(up_to_sum(way), cloud.of_plane(start + along * t)), classes)

    low, high = np.zeros(u.shape[1]), np.ones(u.shape[1])
    below, above = margin(low), margin(high)
    crosses = (below < 0) != (above < 0)
    t, moved = low, np.zeros(u.shape[1])
    for _ in range(STEPS):
        t = np.where(crosses, (low * above - high * below) / np.where(crosses, above - below, 1.0), 0.0)
        m = margin(t)
        before, moved = moved, np.where((m < 0) == (above < 0), 1, -1)
        # an end that stays twice in a row counts half, or the other one would creep up from one side
        weight = np.where(moved == before, 0.5, 1.0)
        low, below = np.where(moved > 0, low, t), np.where(moved > 0, weight * below, m)
        high, above = np.where(moved > 0, t, high), np.where(moved > 0, m, weight * above)
    return np.where(crosses, start + along * t, u)


def _margin(Z: Floats, classes: NDArray[np.int64]) -> Floats:
    """By how much each point's own class exceeds the strongest other one, (M,); of a single sum the sum itself."""
    if len(Z) == 1:
        return np.asarray(Z[0])
    own = np.arange(len(Z))[:, None] == classes
    return np.asarray(Z[classes, np.arange(Z.shape[1])] - np.where(own, -np.inf, Z).max(axis=0))
