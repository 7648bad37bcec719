"""Draws the plane with the network's answer, its boundary and the points: the same for the screen, PNG and SVG."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from mlp_playground.analysis.plane import Map, PlaneField
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.views.theme import Theme, font

AXIS_ROOM = 26.0
"""Pixels left and below the square for the axes' numbers."""
EDGE = 8.0
"""Pixels above and right of the square, for half of the last number."""
WASH = 0.22
"""How much of the background is mixed into the map, so that points of the same colour stand out from it."""
POINT = 7.0
"""Pixels across of a point on a canvas of 400 pixels."""


@dataclass(frozen=True)
class Showing:
    """What the reader chose to see on the plane. `focus` is a neuron's or feature's map in place of the answer."""

    test_points: bool = True
    boundary: bool = True
    focus: Map | None = None


def square(area: QRectF) -> QRectF:
    """The plane's square within `area`, with room for the axes' numbers."""
    side = max(min(area.width(), area.height()) - AXIS_ROOM - EDGE, 16.0)
    return QRectF(round(area.left() + AXIS_ROOM), round(area.top() + EDGE), round(side), round(side))


def paint_plane(
    painter: QPainter, area: QRectF, field: PlaneField, data: Dataset, theme: Theme, showing: Showing
) -> None:
    """Paint the plane into `area`: the map with the boundary, then the points and the axes with their numbers."""
    paint_map(painter, area, field, data, theme, showing)
    paint_overlay(painter, area, field.half_width, data, theme, showing)


def paint_map(
    painter: QPainter, area: QRectF, field: PlaneField, data: Dataset, theme: Theme, showing: Showing
) -> None:
    """What changes with every step: the colours and, over the answer to a question of two classes, the boundary."""
    place = square(area)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, theme.image((showing.focus or field.answer).levels()))
    wash = QColor(theme.background)
    wash.setAlphaF(WASH)
    painter.fillRect(place, wash)
    if showing.boundary and showing.focus is None and data.task == "binary":
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(place)
        _paint_boundary(painter, place, field, theme)
    painter.restore()


def paint_overlay(
    painter: QPainter, area: QRectF, half_width: float, data: Dataset, theme: Theme, showing: Showing
) -> None:
    """What stays while training: the points and the axes."""
    place = square(area)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(place)
    size = POINT * min(max(place.width() / 400, 0.6), 1.5)
    if showing.test_points:
        _paint_points(painter, place, half_width, data, data.test, theme, size, hollow=True)
    _paint_points(painter, place, half_width, data, data.train, theme, size, hollow=False)
    painter.setClipping(False)
    _paint_axes(painter, place, half_width, theme)
    painter.restore()


def to_screen(place: QRectF, half_width: float, x1: float, x2: float) -> QPointF:
    """Where the plane's point (x1, x2) lies in the square `place`."""
    unit = place.width() / (2 * half_width)
    return QPointF(place.left() + (x1 + half_width) * unit, place.top() + (half_width - x2) * unit)


def _paint_boundary(painter: QPainter, place: QRectF, field: PlaneField, theme: Theme) -> None:
    pen = QPen(QColor(theme.boundary), max(1.6, place.width() / 240))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    unit = place.width() / (2 * field.half_width)
    for line in field.boundary:
        # every other point and the last: they lie about a pixel apart, and a polyline costs by its points
        points = np.concatenate([line[:-1:2], line[-1:]])
        x = place.left() + (points[:, 0] + field.half_width) * unit
        y = place.top() + (field.half_width - points[:, 1]) * unit
        painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]))


def _paint_points(
    painter: QPainter,
    place: QRectF,
    half_width: float,
    data: Dataset,
    samples: Samples,
    theme: Theme,
    size: float,
    *,
    hollow: bool,
) -> None:
    """Classes differ in colour and shape (square, circle); test points are hollow: their colour on a light line."""
    unit = place.width() / (2 * half_width)
    x = place.left() + (samples.X[0] + half_width) * unit
    y = place.top() + (half_width - samples.X[1]) * unit
    for value, colour, points in _groups(data, samples, theme, x, y):
        side = size * 0.88
        squares = [QRectF(px - side / 2, py - side / 2, side, side) for px, py in points] if value < 0 else []
        for pen, brush in _strokes(theme, colour, hollow=hollow):
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(brush)
            if value < 0:
                painter.drawRects(squares)
            else:
                for px, py in points:
                    painter.drawEllipse(QPointF(px, py), size / 2, size / 2)


def _strokes(theme: Theme, colour: QColor, *, hollow: bool) -> list[tuple[QPen, QBrush]]:
    """What a point is drawn with, one after the other."""
    if not hollow:
        return [(QPen(QColor(theme.point_line), 1.0), QBrush(colour))]
    nothing = QBrush(Qt.BrushStyle.NoBrush)
    return [(QPen(QColor(theme.test_line), 3.0), nothing), (QPen(colour, 1.5), nothing)]


def _groups(
    data: Dataset, samples: Samples, theme: Theme, x: np.ndarray, y: np.ndarray
) -> list[tuple[float, QColor, list[tuple[float, float]]]]:
    """Points by colour: the value −1…1 that a colour stands for, the colour, and the places."""
    y_float = samples.y.astype(np.float64)
    values = np.clip(np.round(y_float * 8) / 8, -1, 1) if data.task == "regression" else y_float * 2 - 1
    places = np.stack([x, y], axis=1)
    return [
        (float(value), theme.colour(float(value)), [(px, py) for px, py in places[values == value].tolist()])
        for value in np.unique(values)
    ]


@lru_cache(maxsize=4)
def _ticks(half_width: float) -> tuple[int, ...]:
    step = max(round(half_width / 3), 1)
    last = int(half_width // step) * step
    return tuple(range(-last, last + 1, step))


def _paint_axes(painter: QPainter, place: QRectF, half_width: float, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
    painter.setFont(font(8))
    painter.setPen(QColor(theme.muted))
    ticks = _ticks(half_width)
    for tick in ticks:
        text = str(tick).replace("-", "−")
        below = to_screen(place, half_width, tick, -half_width)
        beside = to_screen(place, half_width, -half_width, tick)
        centre = Qt.AlignmentFlag.AlignCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        horizontal = "x₁" if tick == ticks[-1] else text
        vertical = "x₂" if tick == ticks[-1] else text
        painter.drawText(QRectF(below.x() - 16, below.y() + 4, 32, 16), centre, horizontal)
        painter.drawText(QRectF(beside.x() - AXIS_ROOM, beside.y() - 8, AXIS_ROOM - 6, 16), right, vertical)
