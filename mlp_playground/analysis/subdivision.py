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

    Faces have numbers from 1. What is known at a corner is a row: the functions that the faces are to be cut by,
    continuous and affine on each face, and where it lies in the square, from −1 to 1.
    """

    def __init__(self, centre: tuple[float, float], half_width: float) -> None:
        self._centre, self._half_width = np.array(centre), half_width
        self._known: Floats = np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1]])
        self._edges: Indices = np.empty((4, 64), np.intp)
        self._edges[:, :4] = [0, 1, 2, 3], [1, 2, 3, 0], [1] * 4, [OUTSIDE] * 4
        self._touch: Floats = np.empty(0)
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
    def places(self) -> Floats:
        """Where the corners lie in the square, from −1 to 1 (corners, 2)."""
        return self._known[: self.n_corners, -2:]

    @property
    def points(self) -> Floats:
        """The corners' x₁ and x₂ (corners, 2)."""
        return np.asarray(self._centre + self._half_width * self.places)

    def functions(self, part: slice = slice(None)) -> Floats:
        """The functions' values at the corners, or at a part of them (corners, n), 0 on their lines."""
        values = self._known[: self.n_corners, :-2][part]
        return np.asarray(values * (np.abs(values) > self._touch))

    @property
    def edges(self) -> Indices:
        """The rows START, END, LEFT and RIGHT of all edges (4, edges)."""
        return self._edges[:, : self.n_edges]

    def tell(self, functions: Floats, touch: Floats) -> None:
        """Give the `functions` (corners, n) to cut by. Where one is nearer to 0 than its `touch` (n,), a corner lies on
        the line."""
        known = np.empty((4 * self.n_corners + 64, functions.shape[1] + 2))
        np.multiply(functions, np.abs(functions) > touch, out=known[: self.n_corners, :-2])
        known[: self.n_corners, -2:] = self.places
        self._known, self._touch = known, touch
        self._parent = np.arange(len(self._parent))

    def cut(self, k: int, most: int | None = None) -> None:
        """Cut every face along the line on which function `k` is 0. The part above 0 keeps the face's number.

        Raises TooMany beyond `most` faces.
        """
        z = self._known[: self.n_corners, k].copy()  # else each look at it waits for a row of all functions
        up, down = z > self._touch[k], z < -self._touch[k]
        start, end, left, right = self.edges
        starts_up, ends_up = up.take(start), up.take(end)
        turning = (starts_up != ends_up).nonzero()[0]
        if len(turning) == 0:
            return
        # anticlockwise around its left face an edge leads out of the part above 0 or into it; around its right face it
        # is the other way round
        falls, left, right = starts_up[turning], left[turning], right[turning]
        out_of, into = np.where(falls, left, right), np.where(falls, right, left)
        corners = np.where(falls, end[turning], start[turning])  # that is where an edge ends on the line
        crossed = down[corners]
        corners[crossed] = np.arange(self.n_corners, self.n_corners + np.count_nonzero(crossed))
        is_cut = into != OUTSIDE
        if not crossed.all():
            is_cut[is_cut] = self.faces_at(down)[into[is_cut] - 1]  # others only touch the line
        leaving = np.empty(len(self._parent), np.intp)
        leaving[out_of] = corners
        cut, entries = into[is_cut], corners[is_cut]
        if most is not None and self.n_faces + len(cut) > most:
            raise TooMany
        below = np.arange(len(self._parent))
        below[cut] = np.arange(len(self._parent), len(self._parent) + len(cut))
        lower = (~(starts_up | ends_up)).nonzero()[0]
        for faces in self._edges[LEFT:]:  # row by row, as indices into several at once take four times as long
            faces[lower] = below.take(faces.take(lower))
        self._split(k, z, turning[crossed], falls[crossed], below)
        self._append(leaving[cut], entries, cut, below[cut])
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

    def face_at_corner(self) -> Indices:
        """One of the faces, from 0, that have each corner (corners,)."""
        start, end, left, _ = self.edges
        face = np.empty(self.n_corners, np.intp)
        face[start] = face[end] = left
        return face - 1

    def middles(self) -> Floats:
        """The mean of each face's corners (faces, 2): a point within it, from −1 to 1 as the `places`."""
        start, end, left, right = self.edges
        n = len(self._parent)
        count = np.bincount(left, minlength=n) + np.bincount(right, minlength=n)
        sums = [np.bincount(left, part[start], n) + np.bincount(right, part[end], n) for part in self.places.T]
        return np.asarray((np.stack(sums) / count)[:, 1:].T)

    def _split(self, k: int, z: Floats, split: Indices, falls: NDArray[np.bool_], below: Indices) -> None:
        """Put a corner on each of the edges `split`, where function `k`, `z` at the corners, is 0; their lower halves
        are new edges."""
        n, new = len(split), np.arange(self.n_corners, self.n_corners + len(split))
        start, end, left, right = (row.take(split) for row in self._edges)
        self.n_corners += n
        if self.n_corners > len(self._known):
            known = np.empty((4 * self.n_corners, self._known.shape[1]))  # what nobody writes to costs nothing
            known[: len(self._known)] = self._known
            self._known = known
        share = z[start] / (z[start] - z[end])
        low, there = self._known[start], self._known[end]
        there -= low
        there *= share[:, None]
        there += low
        there[:, k] = 0
        self._known[new] = there
        self._edges[END, split[falls]] = new[falls]
        self._edges[START, split[~falls]] = new[~falls]
        self._append(np.where(falls, new, start), np.where(falls, end, new), below[left], below[right])

    def _append(self, *edges: Indices) -> None:
        """Add edges, given as the rows START, END, LEFT and RIGHT."""
        first, self.n_edges = self.n_edges, self.n_edges + len(edges[0])
        while self.n_edges > self._edges.shape[1]:
            self._edges = np.concatenate([self._edges, np.empty_like(self._edges)], axis=1)
        self._edges[:, first : self.n_edges] = edges
