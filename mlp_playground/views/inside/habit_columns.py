"""A neuron's activations for many classes: a column for each, where rows would have no room for their names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.neuron import Group
from mlp_playground.views.canvas.picture_frame import paint_marks
from mlp_playground.views.chart import round_numbers
from mlp_playground.views.theme import Theme, font

AXIS, LINE, BELOW = 24.0, 13.0, 3
"""Pixels for the axis's numbers, of a line of text, and how many of them stand below: mark, name and share."""


def column_place(place: QRectF, count: int, k: int) -> QRectF:
    """Where the bar of group `k` is."""
    wide = (place.width() - AXIS) / count
    return QRectF(place.left() + AXIS + k * wide, place.top() + 5, wide, place.height() - 5 - BELOW * LINE)


def column_at(place: QRectF, count: int, x: float) -> int | None:
    """The group whose column is at `x`."""
    k = int((x - place.left() - AXIS) // ((place.width() - AXIS) / count))
    return k if 0 <= k < count else None


def paint_columns(
    painter: QPainter, place: QRectF, groups: Sequence[Group], axis: tuple[float, float], theme: Theme
) -> None:
    """The columns on an axis from the first to the second number of `axis`, with the share of active samples below."""
    painter.setFont(font(8))
    low, high = axis
    inner = column_place(place, 1, 0)
    for value, text in round_numbers(low, high, 3):
        y = inner.bottom() - (value - low) / (high - low) * inner.height()
        painter.setPen(QPen(QColor(theme.muted if value == 0 else theme.line), 1))
        painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))
        painter.setPen(QColor(theme.muted))
        beside = QRectF(place.left(), y - LINE / 2, AXIS - 4, LINE)
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text.replace("-", "−"))
    for k, group in enumerate(groups):
        _paint_column(painter, column_place(place, len(groups), k), group, k, axis, theme)
    unit = QRectF(place.left(), inner.bottom() + (BELOW - 1) * LINE, AXIS - 2, LINE)
    painter.setPen(QColor(theme.muted))
    painter.drawText(unit, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "%")


def _paint_column(
    painter: QPainter, column: QRectF, group: Group, k: int, axis: tuple[float, float], theme: Theme
) -> None:
    low, high = axis
    x = column.center().x()
    start, end, mean = (
        column.bottom() - (value - low) / (high - low) * column.height()
        for value in (group.low, group.high, group.mean)
    )
    colour = theme.class_colour(k)
    painter.setPen(QPen(colour, min(column.width() / 3, 6), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(x, min(end, start - 1)), QPointF(x, start))
    painter.setPen(QPen(QColor(theme.text), 2))
    reach = min(column.width() / 2 - 2, 6)
    painter.drawLine(QPointF(x - reach, mean), QPointF(x + reach, mean))
    paint_marks(painter, k, np.array([[x, column.bottom() + LINE / 2 + 1]]), 7, colour, theme, hollow=False)
    metrics = QFontMetricsF(painter.font())
    name = metrics.elidedText(group.name, Qt.TextElideMode.ElideRight, column.width() - 1)
    share = f"{group.active * 100:.0f}"
    for line, text, shade in ((1, name, theme.text), (2, share, theme.muted)):
        painter.setPen(QColor(shade))
        box = QRectF(column.left() - 2, column.bottom() + line * LINE, column.width() + 4, LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
