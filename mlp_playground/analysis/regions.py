"""The exact linear regions of a network over the plane: the polygons on which it is one affine map.

A layer of ReLU neurons folds the plane along a line for each of them; on each side the layer is affine again. So the
square is cut neuron by neuron, every polygon by the line that the neuron has there, and what is left uncut after the
last layer are the regions (Montúfar, Pascanu, Cho and Bengio, 2014).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.borders import Borders, borders
from mlp_playground.analysis.folding import folded
from mlp_playground.analysis.straight import SLOPES
from mlp_playground.analysis.subdivision import Floats, Indices, Subdivision
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.errors import InvalidValue
from mlp_playground.nn.network import Network

MOST = 20_000
"""Regions beyond which nobody could tell them apart; the count then goes by the grid."""
PLANE = np.array([[1.0, 0, 0], [0, 1, 0]])
"""The affine map (2, 3) of a network on x₁ and x₂ themselves."""


@dataclass(frozen=True, eq=False)
class Regions:
    """R polygons that tile the square `extent`; all arrays are read-only.

    Region r has the corners `corners[starts[r] : starts[r + 1]]`, (x₁, x₂) anticlockwise. `maps` (R, n_out, 3) are the
    rows (w₁, w₂, b) of the affine map to the last layer's sums there. `patterns` (R, hidden neurons) say which neurons
    pass on what they hear, layer by layer: those above 0, all linear ones, and none that is off. `edges` (E, 2, 2) are
    the ends of what parts regions from each other and from the outside, `sides` (2, E) the regions to its left and
    right, −1 outside. `boundary` is where the answer changes.
    """

    extent: Extent
    corners: Floats
    starts: Indices
    maps: Floats
    patterns: NDArray[np.bool_]
    edges: Floats
    sides: Indices
    boundary: Borders

    def __len__(self) -> int:
        return len(self.starts) - 1

    def polygon(self, r: int) -> Floats:
        """The corners of region `r` (M, 2), anticlockwise."""
        return self.corners[self.starts[r] : self.starts[r + 1]]

    def areas(self) -> Floats:
        """Each region's area (R,), by the shoelace formula."""
        firsts = np.repeat(self.corners[self.starts[:-1]], np.diff(self.starts), axis=0)
        (x, y), (x2, y2) = (self.corners - firsts).T, (self._next_corners() - firsts).T  # near 0 nothing is lost
        return np.asarray(np.add.reduceat(x * y2 - x2 * y, self.starts[:-1]) / 2)

    def middles(self) -> Floats:
        """The mean of each region's corners (R, 2): a point within it."""
        sums = np.add.reduceat(self.corners, self.starts[:-1], axis=0)
        return np.asarray(sums / np.diff(self.starts)[:, None])

    def winners(self) -> Indices:
        """Which output's sum is largest in each region's middle (R,)."""
        with_one = np.column_stack([self.middles(), np.ones(len(self))])
        return np.asarray(np.einsum("rok,rk->ro", self.maps, with_one).argmax(axis=1))

    def slopes(self) -> Floats:
        """How the answer rises along x₁ and x₂ in each region (R, 2): the slope of the only output's sum, or of how far
        that of the winning class is above the mean of all classes."""
        slopes = self.maps[:, :, :2]
        if slopes.shape[1] == 1:
            return slopes[:, 0]
        return np.asarray(slopes[np.arange(len(self)), self.winners()] - slopes.mean(axis=1))

    def at(self, x1: float, x2: float) -> int | None:
        """The region that a point lies in; None outside of the square."""
        if not self.extent.contains(np.array([[x1], [x2]])).all():
            return None
        (x, y), (dx, dy) = self.corners.T, (self._next_corners() - self.corners).T
        left_of = dx * (x2 - y) - dy * (x1 - x)
        return int(np.argmax(np.minimum.reduceat(left_of, self.starts[:-1])))

    def numbered(self, extent: Extent, n: int) -> Indices:
        """Which region the centre of each of n × n pixels of `extent` lies in, top row first (n, n); −1 outside.

        Along each row of pixels the region changes where an edge is crossed, so only those places are looked at.
        """
        (left, bottom), step = np.array(extent.centre) - extent.half_width, 2 * extent.half_width / n
        across = (self.edges[:, :, 0] - left) / step - 0.5  # in pixels, whole numbers at their centres
        down = n - (self.edges[:, :, 1] - bottom) / step - 0.5
        first, last = (np.clip(np.ceil(end), 0, n).astype(np.intp) for end in (down.min(axis=1), down.max(axis=1)))
        edge = np.repeat(np.arange(len(down)), last - first)
        row = np.arange(len(edge)) - np.repeat(np.cumsum(last - first) - last, last - first)
        (x, x2), (y, y2) = across[edge].T, down[edge].T
        crossing = x + (row - y) / (y2 - y) * (x2 - x)
        order = np.lexsort((crossing, row))
        beyond = np.where(y2 < y, self.sides[1, edge], self.sides[0, edge])[order]  # what lies to the right of it
        place = row[order] * n + np.clip(np.ceil(crossing[order]), 0, n).astype(np.intp)
        lengths = np.diff(np.concatenate([[0], place, [n * n]]))
        return np.repeat(np.concatenate([[-1], beyond]), lengths).reshape(n, n)

    def _next_corners(self) -> Floats:
        """For each corner the one that follows it around its region."""
        follower = np.arange(1, len(self.corners) + 1)
        follower[self.starts[1:] - 1] = self.starts[:-1]
        return self.corners[follower]


@np.errstate(over="raise", invalid="raise")  # an ArithmeticError too
def regions(
    network: Network,
    plane: Floats = PLANE,
    extent: Extent = HOME,
    most: int = MOST,
) -> Regions:
    """The exact regions, in float64, of a network whose inputs are `plane` (n_in, 3) @ (x₁, x₂, 1), in the square
    `extent`.

    Raises InvalidValue for another number of inputs or for activations that bend smoothly, TooMany beyond `most`, and
    ArithmeticError where lines lie so near to each other that float64 does not tell them apart or numbers overflow.
    """
    architecture = network.architecture
    if architecture.widths[0] != len(plane):
        raise InvalidValue("inputs", architecture.widths[0], f"{len(plane)}, as the plane gives so many")
    if not SLOPES.keys() >= set(architecture.activations):
        allowed = "ReLU, leaky ReLU or linear: others bend smoothly and have no regions"
        raise InvalidValue("activation", ", ".join(architecture.activations), allowed)
    square = Subdivision(extent.centre, extent.half_width)
    frame = np.array([[extent.half_width, 0, extent.centre[0]], [0, extent.half_width, extent.centre[1]], [0, 0, 1]])
    maps, above, sums, touch = folded(network, square, plane @ frame, most)
    corners, starts = square.outlines()
    points = square.points
    ends, sides = points[square.edges[:2].T], square.edges[2:] - 1
    boundary = borders(square, sums, touch)
    rows = maps.transpose(0, 2, 1)
    maps = (rows.reshape(-1, 3) @ np.linalg.inv(frame)).reshape(rows.shape)
    arrays = points[corners], starts, maps, above.T, ends, sides
    for array in arrays:
        array.flags.writeable = False
    return Regions(extent, *arrays, boundary)
