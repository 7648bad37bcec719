"""How a layer's weights are drawn as a heatmap: geometry, colours and paint, for the screen and for paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, qGray

from mlp_playground.analysis.field import to_levels
from mlp_playground.views.layers.layer_weights import Spot, Weights
from mlp_playground.views.outlines import is_vectors
from mlp_playground.views.theme import Theme, font

LEAST_WIDE, LEAST_HIGH, WIDEST, HIGHEST = 2, 2, 64, 28
"""Pixels of a cell, at least and at most: below that it is scrolled."""
GAP = 6.0
"""Pixels between the weights and the biases."""
BIAS = 14
"""Pixels that the biases' column has at least."""
HEADER = 18.0
ROOM_FOR_NAME = 15.0
"""Pixels that a row needs for its name; with less only round numbers are written."""
ROOM_FOR_NUMBER = (34, 14)
"""Pixels of a cell in which its number is written."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
MOST_AREAS = 5000
"""Cells that are areas of their own in a picture of outlines; more are one picture of pixels."""


@dataclass(frozen=True)
class Grid:
    """Where the cells stand: each `wide` by `high` pixels, the first one at (`left`, `top`), of which a part is in
    sight, `room` (width, height), moved by `scrolled` (x, y)."""

    shape: tuple[int, int]
    left: float
    top: float
    wide: float
    high: float
    room: tuple[float, float]
    scrolled: tuple[int, int] = (0, 0)

    @property
    def bias_wide(self) -> float:
        """Pixels of the biases' column."""
        return max(self.wide, BIAS)

    @property
    def weights(self) -> QRectF:
        """Where weights are seen."""
        width = min(self.shape[1] * self.wide, self.room[0] - self.left - GAP - self.bias_wide)
        return QRectF(self.left, self.top, width, min(self.shape[0] * self.high, self.room[1] - self.top))

    @property
    def biases(self) -> QRectF:
        """Where biases are seen: right of the weights, which scroll beneath nothing."""
        place = self.weights
        return QRectF(place.right() + GAP, place.top(), self.bias_wide, place.height())

    @property
    def more(self) -> tuple[int, int]:
        """Pixels that can be scrolled to the right and down."""
        place = self.weights
        columns, rows = self.shape[1] * self.wide - place.width(), self.shape[0] * self.high - place.height()
        return max(round(columns), 0), max(round(rows), 0)

    def cell(self, spot: Spot) -> QRectF:
        """Where a weight or bias is, as far as it is in sight."""
        row, column = spot
        y = self.top + row * self.high - self.scrolled[1]
        if column == self.shape[1]:
            return QRectF(self.biases.left(), y, self.bias_wide, self.high)
        return QRectF(self.left + column * self.wide - self.scrolled[0], y, self.wide, self.high)

    def hit(self, place: QPointF) -> Spot | None:
        """The weight or bias at a place."""
        row = int((place.y() - self.top + self.scrolled[1]) // self.high)
        if not 0 <= row < self.shape[0]:
            return None
        if self.weights.contains(place):
            return row, min(int((place.x() - self.left + self.scrolled[0]) // self.wide), self.shape[1] - 1)
        return (row, self.shape[1]) if self.biases.contains(place) else None

    def scrolled_to(self, spot: Spot) -> tuple[int, int]:
        """How to scroll so that a cell is in sight."""
        cell, place = self.cell(spot), self.weights
        x, y = self.scrolled
        if spot[1] < self.shape[1]:
            x += round(min(cell.left() - place.left(), 0) + max(cell.right() - place.right(), 0))
        y += round(min(cell.top() - place.top(), 0) + max(cell.bottom() - place.bottom(), 0))
        return x, y


def grid_of(weights: Weights, width: float, height: float, scrolled: tuple[int, int] = (0, 0)) -> Grid:
    """Cells as large as have room in so many pixels, within what can be read; what has none is scrolled to."""
    rows, columns = weights.W.shape
    left = _names_room(weights)
    wide = min(max((width - left - BIAS - GAP) // columns, LEAST_WIDE), WIDEST)
    if wide > BIAS:
        wide = min(max((width - left - GAP) // (columns + 1), BIAS), WIDEST)
    high = min(max((height - HEADER) // rows, LEAST_HIGH), HIGHEST)
    grid = Grid((rows, columns), left, HEADER, wide, high, (width, height))
    x, y = (min(max(at, 0), most) for at, most in zip(scrolled, grid.more, strict=True))
    return replace(grid, scrolled=(x, y))


def whole_grid(weights: Weights, width: float, height: float) -> Grid:
    """All cells within so many dots of paper, however small each is, and at most twice as large as on the screen."""
    rows, columns = weights.W.shape
    left = _names_room(weights)
    wide = min((width - left - BIAS - GAP) / columns, 2 * WIDEST)
    if wide > BIAS:
        wide = min((width - left - GAP) / (columns + 1), 2 * WIDEST)
    return Grid((rows, columns), left, HEADER, wide, min((height - HEADER) / rows, 2 * HIGHEST), (width, height))


def _names_room(weights: Weights) -> float:
    """Pixels for the rows' names."""
    metrics = QFontMetricsF(font(8.5))
    return ceil(max([metrics.horizontalAdvance(name) for name in weights.rows[:100]] + [0.0])) + 8


def paint_weights(painter: QPainter, grid: Grid, weights: Weights, theme: Theme, lit: Spot | None = None) -> None:
    """The part in sight, with names; the cell `lit` is outlined, and its row's and column's names stand out."""
    scale = weights.scale
    painter.save()
    for place, numbers, wide, moved in (
        (grid.weights, weights.W, grid.wide, grid.scrolled[0]),
        (grid.biases, weights.b[:, None], grid.bias_wide, 0),
    ):
        _paint_cells(painter, place, (wide, grid.high), (moved, grid.scrolled[1]), numbers, scale, theme)
    painter.setFont(font(8.5))
    if grid.wide >= ROOM_FOR_NUMBER[0] and grid.high >= ROOM_FOR_NUMBER[1]:
        _paint_numbers(painter, grid, weights, theme)
    _paint_row_names(painter, grid, weights, theme, lit)
    _paint_column_names(painter, grid, weights, theme, lit)
    if weights.chosen is not None:
        _paint_chosen(painter, grid, weights.chosen, theme)
    if lit is not None and lit[0] < grid.shape[0] and lit[1] <= grid.shape[1]:
        painter.setClipRect(QRectF(grid.left - 2, grid.top - 2, grid.room[0], grid.room[1]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.selection), 2))
        painter.drawRect(grid.cell(lit).adjusted(-0.5, -0.5, 0.5, 0.5))
    painter.restore()


def _paint_cells(
    painter: QPainter, place: QRectF, size: tuple[float, float], moved: tuple[int, int],
    numbers: NDArray[np.floating], scale: float, theme: Theme,
) -> None:  # fmt: skip
    """Those of the `numbers` (rows, columns) that are in sight, with lines between them where they are large."""
    (wide, high), (x, y) = size, moved
    rows, columns = (slice(int(start // step), int(-(-(start + end) // step))) for start, end, step in (
        (y, place.height(), high), (x, place.width(), wide),
    ))  # fmt: skip
    seen = numbers[rows, columns]
    painter.save()
    painter.setClipRect(place)
    corner = QPointF(place.left() - x % wide, place.top() - y % high)
    target = QRectF(corner.x(), corner.y(), seen.shape[1] * wide, seen.shape[0] * high)
    if is_vectors(painter) and seen.size <= MOST_AREAS:
        for (row, column), value in np.ndenumerate(seen):
            cell = QRectF(corner.x() + column * wide, corner.y() + row * high, wide, high)
            painter.fillRect(cell, theme.colour(float(value) / scale))
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, min(wide, high) < 1)
        painter.drawImage(target, theme.image(to_levels(seen, scale)))
    painter.setPen(QPen(QColor(theme.background), 1))
    if wide >= 8 and high >= 8:
        for k in range(seen.shape[1] + 1):
            painter.drawLine(
                QPointF(corner.x() + k * wide, target.top()), QPointF(corner.x() + k * wide, target.bottom())
            )
        for k in range(seen.shape[0] + 1):
            painter.drawLine(
                QPointF(target.left(), corner.y() + k * high), QPointF(target.right(), corner.y() + k * high)
            )
    painter.restore()
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))


def _paint_numbers(painter: QPainter, grid: Grid, weights: Weights, theme: Theme) -> None:
    """Each number in its cell."""
    scale = weights.scale
    dark, light = sorted((QColor(theme.text), QColor(theme.background)), key=QColor.lightness)
    for row in range(grid.shape[0]):
        for column in range(grid.shape[1] + 1):
            value = weights.number((row, column))
            ground = theme.colour(value / scale)
            painter.setPen(dark if qGray(ground.rgb()) > 110 else light)
            text = f"{value:.2f}" if abs(value) < 99.995 else f"{value:.0f}"
            painter.drawText(grid.cell((row, column)), Qt.AlignmentFlag.AlignCenter, text.replace("-", "−"))


def _paint_chosen(painter: QPainter, grid: Grid, row: int, theme: Theme) -> None:
    """A mark at the chosen neuron's row, in the colour of its frame in the diagram."""
    place, cell = grid.weights, grid.cell((row, 0))
    if place.top() - 1 <= cell.center().y() <= place.bottom() + 1:
        high = max(cell.height(), 3.0)
        painter.fillRect(QRectF(grid.left - 4, cell.center().y() - high / 2, 3, high), QColor(theme.selection))


def _paint_row_names(painter: QPainter, grid: Grid, weights: Weights, theme: Theme, lit: Spot | None) -> None:
    step = next((each for each in STEPS if each * grid.high >= ROOM_FOR_NAME), STEPS[-1])
    place = grid.weights
    for row, name in enumerate(weights.rows):
        is_lit = row == weights.chosen if lit is None else lit[0] == row
        beside = weights.chosen if lit is None else lit[0]
        near = beside is not None and abs(beside - row) * grid.high < ROOM_FOR_NAME
        if not is_lit and (near or (step > 1 and (row + 1) % step)):
            continue
        cell = grid.cell((row, 0))
        middle = cell.center().y()
        if place.top() - 1 <= middle <= place.bottom() + 1:
            painter.setPen(QColor(theme.text if is_lit else theme.muted))
            box = QRectF(0, middle - 8, grid.left - 6, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)


def _paint_column_names(painter: QPainter, grid: Grid, weights: Weights, theme: Theme, lit: Spot | None) -> None:
    metrics = QFontMetricsF(painter.font())
    place = grid.weights
    widest = max(metrics.horizontalAdvance(name) for name in weights.columns[:100])
    step = next((each for each in STEPS if each * grid.wide >= min(widest + 4, 40)), STEPS[-1])
    columns = [k for k in range(len(weights.columns)) if step == 1 or (k + 1) % step == 0]
    chosen = lit[1] if lit is not None else None
    if chosen is not None and chosen < grid.shape[1]:
        room = metrics.horizontalAdvance(weights.columns[chosen]) / 2 + widest / 2 + 4
        columns = [k for k in columns if abs(k - chosen) * grid.wide > room or step == 1]
        columns = sorted({*columns, chosen})
    for k in columns:
        cell = grid.cell((0, k))
        if place.left() - 1 <= cell.center().x() <= place.right() + 1:
            wide = max(grid.wide * step - 3, metrics.horizontalAdvance(weights.columns[k]) + 2 if step > 1 else 0)
            name = metrics.elidedText(weights.columns[k], Qt.TextElideMode.ElideRight, wide)
            _paint_heading(painter, cell.center().x(), wide, name, theme, is_lit=k == chosen)
    _paint_heading(painter, grid.biases.center().x(), 30, "b", theme, is_lit=chosen == grid.shape[1])


def _paint_heading(painter: QPainter, x: float, wide: float, name: str, theme: Theme, *, is_lit: bool) -> None:
    painter.setPen(QColor(theme.text if is_lit else theme.muted))
    painter.drawText(QRectF(x - wide / 2, 0, wide, HEADER - 3), Qt.AlignmentFlag.AlignCenter, name)
