"""Where everything of a digit's journey stands: pure geometry, so that painting and pointing agree."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

from PySide6.QtCore import QPointF, QRectF

from mlp_playground.analysis.digit_journey import SHOWN
from mlp_playground.views.theme import SPACE

CAPTION = 18.0
"""Pixels of a line of text above a picture."""
LINE = 15.0
"""Pixels of a line of text below the neurons."""
LEAST_ROW, LARGEST_TILE = 25.0, 52.0
LEAST_NUMBER = 34.0
"""Pixels beside a tile that a number needs; with less it is only told under the mouse."""
LINK = 0.5
"""Of a column's width is the room for the links before it."""
LARGEST_BAR = 24.0
SLOT = 0.14
"""Of the height is for all activations of a layer."""


@dataclass(frozen=True)
class LayerPlace:
    """A hidden layer of `width` neurons: all of them as a grid of `rows`, column by column; tiles for the strongest;
    `number_width` pixels beside each tile; and what stands below."""

    caption: QRectF
    grid: QRectF
    rows: int
    width: int
    tiles: tuple[QRectF, ...]
    number_width: float
    below: QRectF

    @property
    def columns(self) -> int:
        """Of the grid."""
        return ceil(self.width / self.rows)

    def cell(self, neuron: int) -> QRectF:
        """A neuron's place in the grid."""
        width, height = self.grid.width() / self.columns, self.grid.height() / self.rows
        column, row = divmod(neuron, self.rows)
        return QRectF(self.grid.left() + column * width, self.grid.top() + row * height, width, height)

    def neuron_at(self, place: QPointF) -> int | None:
        """The neuron whose cell is there."""
        if not self.grid.contains(place):
            return None
        column = int((place.x() - self.grid.left()) / self.grid.width() * self.columns)
        row = int((place.y() - self.grid.top()) / self.grid.height() * self.rows)
        neuron = column * self.rows + row
        return neuron if neuron < self.width and column < self.columns and row < self.rows else None


@dataclass(frozen=True)
class JourneyPlace:
    """`source` is room for whatever gives the digit. `seen` is what the network sees, `speaks` its pixels' shares;
    `layers` the hidden ones; `bars` a row for each class, and `goal` what the class's logit looks for."""

    source: QRectF
    seen: QRectF
    speaks: QRectF
    layers: tuple[LayerPlace, ...]
    answer: QRectF
    bars: tuple[QRectF, ...]
    sum: QRectF
    goal: QRectF

    @property
    def tiles(self) -> int:
        """Neurons of each layer for which there is room."""
        return min((len(layer.tiles) for layer in self.layers), default=0)


def journey_place(area: QRectF, hidden: tuple[int, ...], classes: int, *, has_source: bool) -> JourneyPlace:
    """The places in `area`, with room for a source above the digit or without."""
    left = min(max(area.width() * 0.3, 132.0), 240.0)
    right = min(max(area.width() * 0.23, 108.0), 190.0)
    between = area.width() - left - right
    content = between / (len(hidden) + (len(hidden) + 1) * LINK)
    gap = content * LINK if hidden else between
    source, seen, speaks = _inputs(area, left, has_source=has_source)
    layers = tuple(
        _layer(QRectF(area.left() + left + gap + l * (content + gap), area.top(), content, area.height()), width)
        for l, width in enumerate(hidden)
    )
    answer = QRectF(area.right() - right, area.top(), right, area.height())
    return JourneyPlace(source, seen, speaks, layers, answer, *_answer(answer, classes))


def _inputs(area: QRectF, left: float, *, has_source: bool) -> tuple[QRectF, QRectF, QRectF]:
    if has_source:
        side = min((left - SPACE) / 2, (area.height() - CAPTION) / 3)
        top = area.bottom() - side
        source = QRectF(area.left(), area.top(), left, max(top - CAPTION - SPACE - area.top(), 0.0))
        return source, QRectF(area.left(), top, side, side), QRectF(area.left() + left - side, top, side, side)
    side = min(left, (area.height() - 2 * CAPTION - SPACE) / 2)
    top = area.center().y() - side - SPACE / 2
    x = area.left() + (left - side) / 2
    return QRectF(), QRectF(x, top, side, side), QRectF(x, top + side + SPACE + CAPTION, side, side)


def _layer(column: QRectF, width: int) -> LayerPlace:
    slot = QRectF(column.left(), column.top() + CAPTION, column.width(), max(column.height() * SLOT, 24.0))
    grid, rows = _grid(slot, width)
    top, bottom = slot.bottom() + SPACE, column.bottom() - 2 * LINE
    count = min(SHOWN, width, max(int((bottom - top) / LEAST_ROW), 1))
    pitch = min((bottom - top) / count, LARGEST_TILE + SPACE)
    tile = max(min(pitch - 4, column.width(), max(column.width() / 2.2, column.width() - 2 * LEAST_NUMBER)), 6.0)
    number = column.width() - tile - 4
    tiles = tuple(QRectF(column.left(), top + row * pitch + (pitch - tile) / 2, tile, tile) for row in range(count))
    below = QRectF(column.left() - SPACE, bottom, column.width() + 2 * SPACE, 2 * LINE)
    caption = QRectF(column.left() - SPACE, column.top(), column.width() + 2 * SPACE, CAPTION)
    return LayerPlace(caption, grid, rows, width, tiles, number if number >= LEAST_NUMBER - 4 else 0.0, below)


def _grid(slot: QRectF, width: int) -> tuple[QRectF, int]:
    """The largest square cells for so many neurons, and how many stand below each other."""
    rows = max(min(round(sqrt(width * slot.height() / slot.width())), width), 1)
    candidates = [each for each in (rows - 1, rows, rows + 1) if 1 <= each <= width]
    side, rows = max((min(slot.height() / r, slot.width() / ceil(width / r), 12.0), r) for r in candidates)
    return QRectF(slot.left(), slot.top(), side * ceil(width / rows), side * rows), rows


def _answer(column: QRectF, classes: int) -> tuple[tuple[QRectF, ...], QRectF, QRectF]:
    top, room = column.top() + CAPTION, column.height() - CAPTION
    goal = min(column.width() * 0.7, room * 0.26)
    pitch = min((room - goal - CAPTION - 2 * LINE - SPACE) / classes, LARGEST_BAR)
    bars = tuple(QRectF(column.left(), top + k * pitch, column.width(), pitch) for k in range(classes))
    total = QRectF(column.left(), bars[-1].bottom() + SPACE / 2, column.width(), 2 * LINE)
    return bars, total, QRectF(column.left(), total.bottom() + CAPTION + SPACE / 2, goal, goal)
