"""Where the neurons of the diagram stand: pure geometry, so that painting and clicking agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, hypot

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

HEADER = 60.0
"""Pixels above the neurons for the buttons and the count of each layer."""
FOOTER = 44.0
"""Pixels below for the grip and the activation of each layer."""
LABELS = 48.0
"""Pixels left of the features for their names."""
LEAST_PITCH = 74.0
"""Pixels between two columns, at least: room for a layer's buttons. With more layers the diagram scrolls."""
CELL, LEAST_CELL, GAP = 38.0, 6.0, 10.0
REST = 20.0
"""Pixels below a layer that is drawn in part, for the words that say so."""
LINK_BEND = 0.45
"""How far a link runs level before it turns, as a share of its way across (of a Bézier curve's handles)."""
LINK_ROOM = 34.0
"""Pixels between two columns that stay for their links, at least."""
MOST_DRAWN = 64
"""Of a layer with more neurons a stack of the first ones is drawn."""
LEAST_STACKED = 24.0
"""A picture of weights or of ten bars can't be read below this size: a stack has so many as fit."""
MOST_LANES = 3
CLEAR_CELL = 17.0
"""Neurons of this size can be told apart: only smaller ones are worth a second lane, which takes the links' room."""
GRIP = QRectF(-12, 8, 24, 5)
"""The handle below a column that sets its width when dragged, relative to the middle of the column's lower edge."""
LEAST_STEP = 8.0
"""Pixels that a grip is dragged for one neuron, at least: with less a hand can't meet the number it wants."""
LEAST_MARKED = 14.0
"""Neurons of this size have a dot for their bias and a padlock when they are frozen; smaller ones have no room."""
BIAS_REACH = 5.0
"""Pixels around a bias's dot that count as the dot."""

Cell = tuple[int, int]
"""A neuron in the diagram: (column, index), column 0 being the inputs."""
Link = tuple[int, int, int]
"""A link from a neuron of a column to one of the next: (column, sender, receiver)."""


@dataclass(frozen=True)
class Column:
    """One layer in the diagram: its first `len(cells)` neurons are drawn, of `total`, in one or more lanes."""

    x: float
    cells: tuple[QRectF, ...]
    total: int

    @property
    def is_partial(self) -> bool:
        """Whether there are more neurons than are drawn."""
        return len(self.cells) < self.total

    @property
    def bottom(self) -> float:
        """The lower edge of the lowest neuron."""
        return max(cell.bottom() for cell in self.cells)

    @property
    def grip(self) -> QRectF:
        """The handle that sets the column's width."""
        return GRIP.translated(self.x, self.bottom + (REST if self.is_partial else 0))

    @property
    def step(self) -> float:
        """Pixels that the grip is dragged for one neuron: columns stand centred, so half of what a neuron takes."""
        top = min(cell.top() for cell in self.cells)
        return max((self.bottom - top + GAP) / self.total / 2, LEAST_STEP)


@dataclass(frozen=True)
class Drag:
    """A grip in somebody's hand: taken at the height `start`, when its column had `first` neurons."""

    column: int
    start: float
    first: int
    step: float

    def width(self, y: float) -> int:
        """How many neurons the column is to have with the hand at the height `y`, which may be less than one."""
        return self.first + round((y - self.start) / self.step)


@dataclass(frozen=True)
class Layout:
    """Inputs, hidden layers and outputs as columns from left to right."""

    columns: tuple[Column, ...]

    def link_ends(self, link: Link) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where a link begins and ends."""
        column, sender, receiver = link
        a, b = self.cell((column, sender)), self.cell((column + 1, receiver))
        return (a.right() + 1, a.center().y()), (b.left() - 1, b.center().y())

    def is_drawn(self, cell: Cell) -> bool:
        """Whether there is such a cell."""
        return 0 <= cell[0] < len(self.columns) and 0 <= cell[1] < len(self.columns[cell[0]].cells)

    def cell(self, cell: Cell) -> QRectF:
        """Where a cell stands."""
        return self.columns[cell[0]].cells[cell[1]]

    def hit(self, place: QPointF) -> Cell | None:
        """The neuron at `place`."""
        for number, column in enumerate(self.columns):
            for index, cell in enumerate(column.cells):
                if cell.adjusted(-2, -2, 2, 2).contains(place):
                    return number, index
        return None

    def hit_bias(self, place: QPointF) -> Cell | None:
        """The neuron whose bias's dot is at `place`."""
        for number, column in enumerate(self.columns[1:], 1):
            for index, cell in enumerate(column.cells):
                away = place - cell.bottomLeft()
                if cell.width() >= LEAST_MARKED and hypot(away.x(), away.y()) <= BIAS_REACH:
                    return number, index
        return None

    def hit_grip(self, place: QPointF) -> int | None:
        """The column of a hidden layer whose grip is at `place`."""
        for number, column in enumerate(self.columns[1:-1], 1):
            if column.grip.adjusted(-4, -4, 4, 4).contains(place):
                return number
        return None

    def hit_heading(self, place: QPointF) -> int | None:
        """The column of neurons or outputs above which `place` is, in the header."""
        near = [n for n, column in enumerate(self.columns[1:], 1) if abs(column.x - place.x()) <= LEAST_PITCH / 2]
        return near[0] if near and place.y() < HEADER else None

    def beside(self, cell: Cell, right: int) -> Cell:
        """The cell that stands to the right (1) or the left (−1) of one, as level with it as there is one.

        Of a layer in two lanes that is the other lane first. At the edge it is the cell itself.
        """
        x, y = self.cell(cell).center().toTuple()
        others = [
            (round((other.center().x() - x) * right), abs(other.center().y() - y), (number, index))
            for number, column in enumerate(self.columns)
            for index, other in enumerate(column.cells)
            if (other.center().x() - x) * right > 1
        ]
        return min(others)[2] if others else cell

    @cached_property
    def _sides(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The first cell of each column in a list of all, and the list: where links end, where they begin, and at what
        height, (cells, 3)."""
        sides = [(cell.left() - 1, cell.right() + 1, cell.center().y()) for c in self.columns for cell in c.cells]
        return np.cumsum([0, *(len(column.cells) for column in self.columns)]), np.array(sides)

    def nearest_link(self, place: QPointF, links: Sequence[Link], reach: float) -> Link | None:
        """The link of `links` that passes nearest to `place`, less than `reach` pixels away."""
        first, sides = self._sides
        column, sender, receiver = np.array(links, np.int64).reshape(-1, 3).T
        _, x0, y0 = sides[first[column] + sender].T
        x1, _, y1 = sides[first[column + 1] + receiver].T
        x, y = place.x(), place.y()
        near = (x0 - reach < x) & (x < x1 + reach)
        near &= (np.minimum(y0, y1) - reach < y) & (y < np.maximum(y0, y1) + reach)
        which = np.flatnonzero(near)
        if not which.size:
            return None
        x0, y0, x1, y1 = (end[which, None] for end in (x0, y0, x1, y1))
        # what is within reach lies on the piece of the link within reach from left to right: some short straight lines
        across = np.clip(x + np.linspace(-reach, reach, 21), x0, x1)
        up, _ = link_shape((across - x0) / (x1 - x0))
        away = _distance(across - x, y0 + (y1 - y0) * up - y)
        best = int(np.argmin(away))
        return links[int(which[best])] if away[best] < reach else None


def _distance(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far lines through the points (x, y), both (lines, points), pass from the origin, (lines,)."""
    dx, dy = np.diff(x), np.diff(y)
    along = np.clip(-(x[:, :-1] * dx + y[:, :-1] * dy) / np.maximum(dx * dx + dy * dy, 1e-12), 0, 1)
    result: NDArray[np.float64] = np.hypot(x[:, :-1] + along * dx, y[:, :-1] + along * dy).min(axis=1)
    return result


_T = np.linspace(0, 1, 257)
_ACROSS = 3 * LINK_BEND * _T * (1 - _T) ** 2 + 3 * (1 - LINK_BEND) * _T**2 * (1 - _T) + _T**3
_UP = 3 * _T**2 * (1 - _T) + _T**3
_SLOPE = np.gradient(_UP, _ACROSS)


def link_shape(share: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Height and slope of a link at a share 0…1 of its way across, for a link from (0, 0) to (1, 1).

    All links are this one Bézier curve, with level handles of LINK_BEND, stretched.
    """
    return np.interp(share, _ACROSS, _UP), np.interp(share, _ACROSS, _SLOPE)


def least_width(hidden: int) -> float:
    """The width that a network of that many hidden layers needs."""
    return LABELS + CELL * 2 + LEAST_PITCH * (hidden + 1) + 40


def arrange(width: float, height: float, counts: tuple[int, ...], *, pictures: bool) -> Layout:
    """Place the layers with `counts` neurons (inputs first, outputs last) in a diagram of that size.

    `pictures`: the inputs are one picture.
    """
    first, last = LABELS + CELL / 2 + 4, width - CELL / 2 - 28
    pitch = (last - first) / max(len(counts) - 1, 1)
    room = height - HEADER - FOOTER
    columns = []
    for number, count in enumerate(counts):
        x = first + number * pitch
        if pictures and number == 0:
            columns.append(Column(x, _stack(x, room, 1, 64.0), count))
        elif count > MOST_DRAWN:
            drawn = max(int((room - REST) // (LEAST_STACKED + _gap(LEAST_STACKED))), 1)
            columns.append(Column(x, _stack(x, room - REST, min(drawn, count), CELL), count))
        elif 0 < number < len(counts) - 1:
            columns.append(Column(x, _lanes(x, room, count, pitch - LINK_ROOM), count))
        else:
            columns.append(Column(x, _stack(x, room, count, CELL), count))  # with names beside it
    return Layout(tuple(columns))


def _gap(cell: float) -> float:
    return min(GAP, 0.8 + cell / 5)


def _lanes(x: float, room: float, count: int, width: float) -> tuple[QRectF, ...]:
    """One lane of neurons, or more where that makes them larger: the first lane is full before the next begins."""
    best: tuple[QRectF, ...] = ()
    is_inside = False
    for lanes in range(1, MOST_LANES + 1):
        rows = ceil(count / lanes)
        widest = (width - (lanes - 1) * GAP / 2) / lanes
        one = _stack(0, room, rows, CELL if lanes == 1 else max(min(CELL, widest), LEAST_CELL))
        side = one[0].width()
        if is_inside and (best[0].width() >= CLEAR_CELL or side <= best[0].width() + 1):
            break
        step = side + (GAP / 2 if lanes > 1 else 0)
        best = tuple(one[i % rows].translated(x + (i // rows - (lanes - 1) / 2) * step, 0) for i in range(count))
        is_inside = one[-1].bottom() <= HEADER + room
    return best


def _stack(x: float, room: float, count: int, largest: float) -> tuple[QRectF, ...]:
    cell = largest
    while cell > LEAST_CELL and count * (cell + _gap(cell)) > room:
        cell -= 0.5
    pitch = cell + (GAP * 1.4 if count * (cell + GAP * 1.4) <= room and cell == largest else _gap(cell))
    top = HEADER + max((room - count * pitch + pitch - cell) / 2, 0)
    return tuple(QRectF(x - cell / 2, top + index * pitch, cell, cell) for index in range(count))
