"""The exact linear regions of a network over the plane: the polygons on which it is one affine map.

A layer of ReLU neurons folds the plane along a line for each of them; on each side the layer is affine again. So the
square is cut neuron by neuron, every polygon by the line that the neuron has there, and what is left uncut after the
last layer are the regions (Montúfar, Pascanu, Cho and Bengio, 2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.toy import HALF_WIDTH
from mlp_playground.errors import InvalidValue
from mlp_playground.nn.activations import LEAK
from mlp_playground.nn.network import Network

SLOPES: dict[str, tuple[float, float] | None] = {"relu": (0.0, 1.0), "leaky-relu": (LEAK, 1.0), "linear": None}
"""The slopes below and above 0 of the activations that are made of straight pieces; None: it is one."""
TOUCH = 1e-12
"""Relative to the largest value on a polygon: nearer to 0 than this, a corner lies on the line."""
MOST = 20_000
"""Regions beyond which nobody could tell them apart; the count then goes by the grid."""

Floats = NDArray[np.float64]


class TooMany(Exception):
    """More regions than MOST."""


@dataclass(frozen=True)
class Regions:
    """R polygons that tile the square −half_width…half_width.

    `corners` (R, M, 2) with `counts` (R,) of them each, in order; the places beyond a polygon's count repeat its last
    corner. `maps` (R, n_out, 3) are the rows (w₁, w₂, b) of the affine map to the last layer's sums there, and
    `patterns` (R, hidden neurons) which neurons are above 0, layer by layer; those that are off never are. `boundary`
    (S, 2, 2) are the straight pieces on which the single output's sum is 0, each within the region `pieces` (S,).
    """

    half_width: float
    corners: Floats
    counts: NDArray[np.int64]
    maps: Floats
    patterns: NDArray[np.bool_]
    boundary: Floats
    pieces: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.counts)

    def areas(self) -> Floats:
        """Each region's area (R,), by the shoelace formula."""
        x, y = self.corners[..., 0], self.corners[..., 1]
        x, y = x - x[:, :1], y - y[:, :1]  # near 0 nothing is lost by subtracting
        x2, y2 = np.roll(x, -1, axis=1), np.roll(y, -1, axis=1)
        return np.asarray(np.abs((x * y2 - x2 * y).sum(axis=1)) / 2)

    def at(self, x1: float, x2: float) -> int | None:
        """The region that a point lies in; None outside of the square."""
        if max(abs(x1), abs(x2)) > self.half_width:
            return None
        a, b = self.corners, np.roll(self.corners, -1, axis=1)
        cross = (b[..., 0] - a[..., 0]) * (x2 - a[..., 1]) - (b[..., 1] - a[..., 1]) * (x1 - a[..., 0])
        inside = (cross >= -1e-9).all(axis=1) | (cross <= 1e-9).all(axis=1)
        return int(np.argmax(inside)) if inside.any() else None


def is_piecewise_linear(network: Network) -> bool:
    """Whether all activations are made of straight pieces."""
    return all(name in SLOPES for name in network.architecture.activations)


def bound(widths: tuple[int, ...]) -> int:
    """The most linear regions that layers of these `widths` (n_in, hidden…) can cut the inputs' space into.

    For one layer it is Σ_{k ≤ n_in} C(n, k), which lines in general position reach (Zaslavsky, 1975); for more the
    product of such sums, each with the narrowest layer so far for n_in (Montúfar, 2017), far more than trained networks
    have.
    """
    result, narrowest = 1, widths[0]
    for width in widths[1:]:
        narrowest = min(narrowest, width)
        result *= sum(comb(width, k) for k in range(narrowest + 1))
    return result


def regions(network: Network, half_width: float = HALF_WIDTH, most: int = MOST) -> Regions:
    """The exact regions of a network on x₁ and x₂, in float64.

    Raises InvalidValue for other inputs, or for activations that bend smoothly, and TooMany beyond `most`.
    """
    architecture = network.architecture
    if architecture.widths[0] != 2:
        raise InvalidValue("inputs", architecture.widths[0], "two: regions are polygons for x₁ and x₂ alone")
    if not is_piecewise_linear(network):
        allowed = "ReLU, leaky ReLU or linear: others bend smoothly and have no regions"
        raise InvalidValue("activation", ", ".join(architecture.activations), allowed)
    h = half_width
    board = _Board(h * np.array([[-1.0, 1, 1, -1]]), h * np.array([[-1.0, -1, 1, 1]]))
    # what the layer before answers as an affine function of x₁ and x₂: rows (w₁, w₂, b)
    heard = np.array([[[1.0, 0, 0], [0, 1, 0]]])
    patterns: list[NDArray[np.bool_]] = []
    blocks = [block.astype(np.float64) for block in network.blocks]
    for layer, (block, name) in enumerate(zip(blocks[:-1], architecture.activations, strict=True)):
        sums = _affine(block, heard)
        slopes = SLOPES[name]
        off = [neuron for where, neuron in architecture.off if where == layer]
        if slopes is not None:
            parent = board.cut_by([sums[:, neuron] for neuron in range(block.shape[0]) if neuron not in off], most)
            sums, patterns = sums[parent], [pattern[parent] for pattern in patterns]
        above = board.above(sums)
        above[:, off] = False
        patterns.append(above)
        factor = np.ones(above.shape) if slopes is None else np.where(above, slopes[1], slopes[0])
        factor[:, off] = 0
        heard = sums * factor[..., None]
    maps = _affine(blocks[-1], heard)
    boundary, pieces = board.zero_pieces(maps[:, 0]) if maps.shape[1] == 1 else _no_pieces()
    pattern = np.concatenate(patterns, axis=1) if patterns else np.empty((len(board), 0), bool)
    corners = np.stack([board.X, board.Y], axis=2)
    return Regions(half_width, corners, board.counts, maps, pattern, boundary, pieces)


class _Board:
    """Convex polygons with the corners (X, Y), each (R, M), of which polygon r has the first `counts[r]`.

    The places beyond repeat the last corner, which adds no area and no side.
    """

    def __init__(self, X: Floats, Y: Floats) -> None:
        self.X, self.Y, self.counts = X, Y, np.full(len(X), X.shape[1])

    def __len__(self) -> int:
        return len(self.counts)

    def cut_by(self, functions: list[Floats], most: int) -> NDArray[np.int64]:
        """Cut every polygon along the lines on which `functions`, rows (w₁, w₂, b) for each present polygon (R, 3), are
        0. Returns which of the present polygons each of the new ones is a part of. Raises TooMany beyond `most`."""
        parent = np.arange(len(self))
        for rows in functions:
            values, which = self._crossed(rows[parent])
            if len(which) == 0:
                continue
            if len(self) + len(which) > most:
                raise TooMany
            here = self.X[which], self.Y[which], self.counts[which]
            halves = _half(*here, values), _half(*here, -values)
            room = max(self.X.shape[1], *(X.shape[1] for X, _, _ in halves))
            (X, Y, counts), (X_low, Y_low, counts_low) = halves
            self.X, self.Y = _padded(self.X, room), _padded(self.Y, room)
            self.X[which], self.Y[which], self.counts[which] = _padded(X, room), _padded(Y, room), counts
            self.X = np.concatenate([self.X, _padded(X_low, room)])
            self.Y = np.concatenate([self.Y, _padded(Y_low, room)])
            self.counts = np.concatenate([self.counts, counts_low])
            parent = np.concatenate([parent, parent[which]])
        return parent

    def above(self, sums: Floats) -> NDArray[np.bool_]:
        """Which of the layer's sums (R, n, 3) are above 0 on each polygon, told from a point within it."""
        inner = np.arange(self.X.shape[1]) < self.counts[:, None]
        x, y = ((part * inner).sum(axis=1) / self.counts for part in (self.X, self.Y))
        return np.asarray(sums[..., 0] * x[:, None] + sums[..., 1] * y[:, None] + sums[..., 2] > 0)

    def zero_pieces(self, rows: Floats) -> tuple[Floats, NDArray[np.int64]]:
        """The segments (S, 2, 2) on which the function is 0, and the polygons that they lie in (S,)."""
        values, which = self._crossed(rows)
        if len(which) == 0:
            return _no_pieces()
        X, Y, counts = _half(self.X[which], self.Y[which], self.counts[which], values)
        last = np.arange(len(which)), counts - 1
        ends = [np.stack([X[:, 0], Y[:, 0]], 1), np.stack([X[last], Y[last]], 1)]
        return np.stack(ends, axis=1), which

    def _crossed(self, rows: Floats) -> tuple[Floats, NDArray[np.int64]]:
        """The polygons on which the function changes its sign, and its values at their corners."""
        values = self.X * rows[:, :1]
        values += self.Y * rows[:, 1:2]
        values += rows[:, 2:]
        high, low = values.max(axis=1), values.min(axis=1)
        touch = TOUCH * np.maximum(high, -low)
        which = np.flatnonzero((high > touch) & (low < -touch))
        values, touch = values[which], touch[which, None]
        values[np.abs(values) <= touch] = 0
        return values, which


def _affine(block: Floats, heard: Floats) -> Floats:
    """The rows of W·heard + b for each region (R, n_out, 3)."""
    sums = np.matmul(block[:, :-1], heard)
    sums[..., 2] += block[:, -1]
    return np.asarray(sums)


def _half(X: Floats, Y: Floats, counts: NDArray[np.int64], values: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """The parts of polygons (R, M) on which `values` (R, M) is above 0; every polygon has corners on both sides.

    A polygon's corners above 0 follow each other. The half begins with the point where its edge crosses the line and
    ends with the other such point.
    """
    R, M = values.shape
    place, rows = np.arange(M), np.arange(R)
    up = (values > 0) & (place < counts[:, None])
    before = np.take_along_axis(up, (place - 1) % counts[:, None], axis=1)
    first = np.argmax(up & ~before, axis=1)
    n_up = up.sum(axis=1)
    most = int(n_up.max())
    order = (first[:, None] + np.arange(-1, most + 1)) % counts[:, None]
    height = np.take_along_axis(values, order, axis=1)
    share_in = height[:, 0] / (height[:, 0] - height[:, 1])
    last, after = height[rows, n_up], height[rows, n_up + 1]
    share_out = after / (after - last)
    beyond = np.arange(most + 2) > n_up[:, None]
    result = []
    for part in (X, Y):
        around = np.take_along_axis(part, order, axis=1)
        end = around[rows, n_up + 1] + share_out * (around[rows, n_up] - around[rows, n_up + 1])
        around[:, 0] += share_in * (around[:, 1] - around[:, 0])
        result.append(np.where(beyond, end[:, None], around))
    return result[0], result[1], n_up + 2


def _padded(part: Floats, room: int) -> Floats:
    """With `room` places for corners: the last one is repeated."""
    lacking = room - part.shape[1]
    return part if lacking <= 0 else np.concatenate([part, np.repeat(part[:, -1:], lacking, axis=1)], axis=1)


def _no_pieces() -> tuple[Floats, NDArray[np.int64]]:
    return np.empty((0, 2, 2)), np.empty(0, np.int64)
