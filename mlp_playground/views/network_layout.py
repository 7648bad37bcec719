"""Where the neurons of the diagram stand: pure geometry, so that painting and clicking agree."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

HEADER = 60.0
"""Pixels above the neurons for the buttons and the count of each layer."""
FOOTER = 40.0
"""Pixels below for the activation of each layer."""
LABELS = 48.0
"""Pixels left of the features for their names."""
LEAST_PITCH = 74.0
"""Pixels between two columns, at least: room for a layer's buttons. With more layers the diagram scrolls."""
CELL, LEAST_CELL, GAP = 38.0, 6.0, 10.0
REST = 20.0
"""Pixels below a layer that is drawn in part, for the words that say so."""
LEAST_PICTURE = 24.0
"""A picture of weights or of ten bars can't be read below this size: such a layer is drawn in part."""


@dataclass(frozen=True)
class Column:
    """One layer in the diagram: its first `len(cells)` neurons are drawn, of `total`."""

    x: float
    cells: tuple[QRectF, ...]
    total: int

    @property
    def is_partial(self) -> bool:
        """Whether there are more neurons than are drawn."""
        return len(self.cells) < self.total


@dataclass(frozen=True)
class Layout:
    """Inputs, hidden layers and outputs as columns from left to right."""

    columns: tuple[Column, ...]
    _links: dict[tuple[int, int, int], QPainterPath] = field(default_factory=dict, compare=False)

    def link(self, column: int, sender: int, receiver: int) -> QPainterPath:
        """The curve from a neuron of `column` to one of the next; made once, as it stays while weights change."""
        key = column, sender, receiver
        if key not in self._links:
            a, b = self.columns[column].cells[sender], self.columns[column + 1].cells[receiver]
            start, end = QPointF(a.right() + 1, a.center().y()), QPointF(b.left() - 1, b.center().y())
            bend = (end.x() - start.x()) * 0.45
            path = QPainterPath(start)
            path.cubicTo(start.x() + bend, start.y(), end.x() - bend, end.y(), end.x(), end.y())
            self._links[key] = path
        return self._links[key]

    def hit(self, place: QPointF) -> tuple[int, int] | None:
        """(column, index) of the neuron at `place`."""
        for number, column in enumerate(self.columns):
            for index, cell in enumerate(column.cells):
                if cell.adjusted(-2, -2, 2, 2).contains(place):
                    return number, index
        return None


def least_width(hidden: int) -> float:
    """The width that a network of that many hidden layers needs."""
    return LABELS + CELL * 2 + LEAST_PITCH * (hidden + 1) + 40


def arrange(width: float, height: float, counts: tuple[int, ...], *, pictures: bool) -> Layout:
    """Place the layers with `counts` neurons (inputs first, outputs last) in a diagram of that size.

    `pictures`: the inputs are one picture, and neurons need room enough to be read.
    """
    first, last = LABELS + CELL / 2 + 4, width - CELL / 2 - 28
    pitch = (last - first) / max(len(counts) - 1, 1)
    room = height - HEADER - FOOTER
    columns = []
    for number, count in enumerate(counts):
        x = first + number * pitch
        if pictures and number == 0:
            columns.append(Column(x, _stack(x, room, 1, 64.0), count))
            continue
        least = LEAST_PICTURE if pictures else LEAST_CELL
        drawn = min(count, int(room // (least + _gap(least))))
        if drawn < count:
            drawn = max(int((room - REST) // (least + _gap(least))), 1)
        columns.append(Column(x, _stack(x, room - (REST if drawn < count else 0), drawn, CELL), count))
    return Layout(tuple(columns))


def _gap(cell: float) -> float:
    return min(GAP, 0.8 + cell / 5)


def _stack(x: float, room: float, count: int, largest: float) -> tuple[QRectF, ...]:
    cell = largest
    while cell > LEAST_CELL and count * (cell + _gap(cell)) > room:
        cell -= 0.5
    pitch = cell + (GAP * 1.4 if count * (cell + GAP * 1.4) <= room and cell == largest else _gap(cell))
    top = HEADER + max((room - count * pitch + pitch - cell) / 2, 0)
    return tuple(QRectF(x - cell / 2, top + index * pitch, cell, cell) for index in range(count))
