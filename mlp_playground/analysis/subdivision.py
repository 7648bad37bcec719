"""A square that is cut into convex faces by bent lines, one after the other.

Faces share their corners and edges, so every corner is looked at once per cut, and what is not crossed is not touched.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

OUTSIDE = 0
"""The face around the square."""
START, END, LEFT, RIGHT = range(4)


class TooMany(Exception):
    """More faces than were allowed."""


class Subdivision:
    """Corners, edges and faces. Each edge runs from corner START to corner END and has face LEFT and face RIGHT.

    Faces have numbers from 1. Rows 0 and 1 of what is known at the corners are x₁ and x₂, the others the `functions`
    that the faces are to be cut by: continuous, and affine on each face.
    """

    def __init__(self, centre: tuple[float, float], half_width: float) -> None:
        corners = half_width * np.array([[-1.0, 1, 1, -1], [-1.0, -1, 1, 1]])
        self._values: Floats = corners + np.array(centre)[:, None]
        self._edges: Indices = np.array([[0, 1, 2, 3], [1, 2, 3, 0], [1] * 4, [OUTSIDE] * 4], np.intp)
        self._touch: Floats = np.zeros(2)
        self.n_corners, self.n_edges = 4, 4
        self._parent: Indices = np.arange(2)

    @property
    def n_faces(self) -> int:
        """How many faces there are, without the one around them."""
        return len(self._parent) - 1

    @property
    def origin(self) -> Indices:
        """For each face, from 0, the one that it was a part of when the functions were told (faces,)."""
        return self._parent[1:] - 1

    @property
    def points(self) -> Floats:
        """The corners' x₁ and x₂ (2, corners)."""
        return self._values[:2, : self.n_corners]

    @property
    def functions(self) -> Floats:
        """The functions' values at the corners (n, corners)."""
        return self._values[2:, : self.n_corners]

    @property
    def edges(self) -> Indices:
        """The rows START, END, LEFT and RIGHT of all edges (4, edges)."""
        return self._edges[:, : self.n_edges]

    def tell(self, functions: Floats, touch: Floats) -> None:
        """Give the `functions` (n, corners) to cut by. Where one is nearer to 0 than its `touch` (n,), a corner lies on
        the line."""
        functions[np.abs(functions) <= touch[:, None]] = 0
        values = np.empty((2 + len(functions), 2 * self.n_corners + 64))
        values[:2, : self.n_corners] = self.points
        values[2:, : self.n_corners] = functions
        self._values, self._touch = values, np.concatenate([np.zeros(2), touch])
        self._parent = np.arange(len(self._parent))

    def cut(self, k: int, most: int | None = None) -> None:
        """Cut every face along the line on which function `k` is 0. The part above 0 keeps the face's number.

        Raises TooMany beyond `most` faces.
        """
        z = self.functions[k]
        up = z > 0
        start, end, left, right = self.edges
        starts_up, ends_up = up[start], up[end]
        turning = np.flatnonzero(starts_up != ends_up)
        if len(turning) == 0:
            return
        # anticlockwise around its left face an edge leads out of the part above 0 or into it; around its right face it
        # is the other way round
        falls, left, right = starts_up[turning], left[turning], right[turning]
        out_of, into = np.where(falls, left, right), np.where(falls, right, left)
        crossed = z[np.where(falls, end[turning], start[turning])] < 0
        corners = np.where(falls, end[turning], start[turning])  # that is where an edge ends on the line
        corners[crossed] = self.n_corners + np.arange(np.count_nonzero(crossed))
        is_cut = into != OUTSIDE
        if not crossed.all():
            is_cut[is_cut] = self.faces_at(z < 0)[into[is_cut] - 1]  # others only touch the line
        leaving = np.empty(len(self._parent), np.intp)
        leaving[out_of] = corners
        cut, entries = into[is_cut], corners[is_cut]
        if most is not None and self.n_faces + len(cut) > most:
            raise TooMany
        below = np.arange(len(self._parent))
        below[cut] = np.arange(len(self._parent), len(self._parent) + len(cut))
        lower = np.flatnonzero(~(starts_up | ends_up))
        self._edges[LEFT:, lower] = below[self._edges[LEFT:, lower]]
        self._split(k, turning[crossed], falls[crossed], below)
        self._append(np.stack([leaving[cut], entries, cut, below[cut]]))
        self._parent = np.concatenate([self._parent, self._parent[cut]])

    def outlines(self) -> tuple[Indices, Indices]:
        """The faces' corners, anticlockwise, one face after the other (C,), and where each face's begin (faces + 1,).

        Raises ArithmeticError if a face is not closed, which takes corners nearer to each other than numbers tell.
        """
        start, end, left, right = self.edges
        inner = right != OUTSIDE
        first, last = np.concatenate([start, end[inner]]), np.concatenate([end, start[inner]])
        face = np.concatenate([left, right[inner]]) - 1
        coming, going = face * self.n_corners + last, face * self.n_corners + first
        by_end, by_start = np.argsort(coming), np.argsort(going)
        if not np.array_equal(coming[by_end], going[by_start]):
            raise ArithmeticError("a face is not closed")
        follower = np.empty(len(face), np.intp)
        follower[by_end] = by_start
        begins = np.concatenate([[0], np.cumsum(np.bincount(face, minlength=self.n_faces))])
        here, place, corners = by_start[begins[:-1]], begins[:-1], np.empty(len(face), np.intp)
        while len(here):
            corners[place] = first[here]
            here, place = follower[here], place + 1
            goes_on = place < begins[face[here] + 1]
            here, place = here[goes_on], place[goes_on]
        return corners, begins

    def faces_at(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which faces (faces,) have one of the `chosen` corners (corners,)."""
        start, end, left, right = self.edges
        edges = chosen[start] | chosen[end]
        faces = np.zeros(self.n_faces + 1, bool)
        faces[left[edges]] = faces[right[edges]] = True
        return faces[1:]

    def middles(self) -> Floats:
        """The mean of each face's corners (2, faces): a point within it."""
        start, end, left, right = self.edges
        n = len(self._parent)
        count = np.bincount(left, minlength=n) + np.bincount(right, minlength=n)
        sums = [np.bincount(left, part[start], n) + np.bincount(right, part[end], n) for part in self.points]
        return np.asarray(np.stack(sums)[:, 1:] / count[1:])

    def _split(self, k: int, split: Indices, falls: NDArray[np.bool_], below: Indices) -> None:
        """Put a corner on each of the edges `split`, where function `k` is 0; their lower halves are new edges."""
        n, new = len(split), np.arange(self.n_corners, self.n_corners + len(split))
        start, end, left, right = self._edges[:, split]
        while self.n_corners + n > self._values.shape[1]:
            self._values = np.concatenate([self._values, np.empty_like(self._values)], axis=1)
        low, high = self._values[:, start], self._values[:, end]
        share = low[2 + k] / (low[2 + k] - high[2 + k])
        high -= low
        high *= share
        high += low
        high[np.abs(high) <= self._touch[:, None]] = 0
        high[2 + k] = 0
        self._values[:, new] = high
        self.n_corners += n
        self._edges[END, split[falls]] = new[falls]
        self._edges[START, split[~falls]] = new[~falls]
        self._append(np.stack([np.where(falls, new, start), np.where(falls, end, new), below[left], below[right]]))

    def _append(self, edges: Indices) -> None:
        n = self.n_edges + edges.shape[1]
        while n > self._edges.shape[1]:
            self._edges = np.concatenate([self._edges, np.empty_like(self._edges)], axis=1)
        self._edges[:, self.n_edges : n] = edges
        self.n_edges = n
