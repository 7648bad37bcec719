"""Draws the plane with the network's answer, its boundary and the points."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from mlp_playground.analysis.field import ClassMap, Field, Map
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.toy import HALF_WIDTH
from mlp_playground.views.parts import percent
from mlp_playground.views.picture_frame import (
    Showing,
    number_below,
    number_beside,
    paint_colours,
    paint_frame,
    paint_points,
    point_size,
    square,
)
from mlp_playground.views.theme import Theme


class PlanePicture:
    """Points in the plane: a picture of the square −half_width…half_width."""

    @staticmethod
    def place(area: QRectF, _data: Dataset) -> QRectF:
        """Where in `area` the picture stands."""
        return square(area)

    @staticmethod
    def paint_map(
        painter: QPainter, place: QRectF, field: Field, data: Dataset, theme: Theme, showing: Showing
    ) -> None:
        """What changes with every step: the colours and, over an answer of classes, the boundary."""
        paint_colours(painter, place, showing.focus or field.answer, theme, smooth=True)
        if showing.boundary and showing.focus is None and data.task != "regression":
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(place)
            _paint_boundary(painter, place, field, theme)
            painter.restore()

    @staticmethod
    def paint_overlay(painter: QPainter, place: QRectF, data: Dataset, theme: Theme, showing: Showing) -> None:
        """What stays while training: the points and the axes."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(place)
        for samples, hollow in ((data.test, True), (data.train, False)):
            if hollow and not showing.test_points:
                continue
            unit = place.width() / (2 * HALF_WIDTH)
            x = place.left() + (samples.X[0].astype(float) + HALF_WIDTH) * unit
            y = place.top() + (HALF_WIDTH - samples.X[1].astype(float)) * unit
            paint_points(painter, data, samples, theme, np.stack([x, y], 1), point_size(place), hollow=hollow)
        painter.setClipping(False)
        _paint_axes(painter, place, HALF_WIDTH, theme)
        painter.restore()

    @staticmethod
    def paint_top(painter: QPainter, place: QRectF, field: Field, theme: Theme, showing: Showing) -> None:
        """Nothing lies over the samples."""

    @staticmethod
    def words(field: Field, data: Dataset, showing: Showing, across: float, down: float) -> str:
        """What lies at a share of the picture's width and height."""
        x1, x2 = (2 * across - 1) * field.half_width, (1 - 2 * down) * field.half_width
        where = f"x₁ = {x1:.2f}   x₂ = {x2:.2f}   "
        return (where + answer_words(field, data, showing, across, down)).replace("-", "−")


def answer_words(field: Field, data: Dataset, showing: Showing, across: float, down: float) -> str:
    """The answer (or the focused neuron's value) at a share of the picture's width and height."""
    if showing.focus is not None:
        return number_words("value", value_at(showing.focus, across, down), 3)
    if isinstance(field.answer, ClassMap):
        cell = _cell(field.answer.winner, across, down)
        likely, p = int(field.answer.winner[cell]), float(field.answer.share[cell])
    else:
        value = value_at(field.answer, across, down)
        if data.task == "regression":
            return number_words("prediction", value, 2)
        p = (value + 1) / 2
        likely = int(p >= 0.5)
        p = p if likely else 1 - p
    return f"{percent(p, 0)} {data.classes[likely]}" if isfinite(p) else "no answer: its numbers are too large"


def number_words(name: str, value: float, digits: int) -> str:
    """A number with its name, also where a network that diverged has none."""
    return f"{name} {value:+.{digits}f}" if isfinite(value) else f"{name} too large for a number"


def value_at(shown: Map, across: float, down: float) -> float:
    """The map's value at a share of its width and height."""
    return float(shown.values[_cell(shown.values, across, down)])


def _cell(values: np.ndarray, across: float, down: float) -> tuple[int, int]:
    rows, columns = values.shape
    return min(int(down * rows), rows - 1), min(int(across * columns), columns - 1)


def to_screen(place: QRectF, half_width: float, x1: float, x2: float) -> QPointF:
    """Where the plane's point (x1, x2) lies in the square `place`."""
    unit = place.width() / (2 * half_width)
    return QPointF(place.left() + (x1 + half_width) * unit, place.top() + (half_width - x2) * unit)


def _paint_boundary(painter: QPainter, place: QRectF, field: Field, theme: Theme) -> None:
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


@lru_cache(maxsize=4)
def _ticks(half_width: float) -> tuple[int, ...]:
    step = max(round(half_width / 3), 1)
    last = int(half_width // step) * step
    return tuple(range(-last, last + 1, step))


def _paint_axes(painter: QPainter, place: QRectF, half_width: float, theme: Theme) -> None:
    paint_frame(painter, place, theme)
    ticks = _ticks(half_width)
    for tick in ticks:
        text = str(tick).replace("-", "−")
        at = to_screen(place, half_width, tick, tick)
        number_below(painter, place, at.x(), "x₁" if tick == ticks[-1] else text)
        number_beside(painter, place, at.y(), "x₂" if tick == ticks[-1] else text)
