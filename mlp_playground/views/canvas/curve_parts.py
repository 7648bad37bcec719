"""Draws what a curve to learn is made of: each neuron's share, numbered, and the kinks on the curve."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlp_playground.analysis.curve_parts import CurveParts
from mlp_playground.analysis.field import Map
from mlp_playground.data.toy import LINE_END
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.outlines import is_vectors
from mlp_playground.views.polyline import polyline, thinned
from mlp_playground.views.theme import Theme, font

TOP = 1.6
"""The picture shows y from −TOP to TOP: targets within ±1, and the noise around them."""
MOST_NUMBERED = 16
"""Shares beyond which they are thin lines without numbers, which could not be told apart."""
NUMBER = 14.0
"""Pixels of a number's height."""
KINK = 3.2
"""Pixels of a kink's radius in a picture of 400 pixels."""


def height(place: QRectF, values: np.ndarray) -> np.ndarray:
    """The pixels at which values of y stand; those far outside of the picture stand anywhere out of sight."""
    # a network that diverged answers with no number; far outside it does not matter how far
    return place.center().y() - np.clip(np.nan_to_num(values), -4 * TOP, 4 * TOP) * (place.height() / (2 * TOP))


def paint_shares(painter: QPainter, place: QRectF, parts: CurveParts, theme: Theme, showing: Showing) -> None:
    """What each neuron of the last hidden layer adds: solid and blue where its weight is positive, dashed and orange
    where it is negative; the bias is dotted. Of a chosen neuron of that layer only its own."""
    chosen = showing.cell[1] if showing.cell is not None and showing.focus is not None else None
    x = np.linspace(place.left(), place.right(), parts.shares.shape[1])
    taken: list[QRectF] = []
    crowd = len(parts.shares) > MOST_NUMBERED
    for number, (share, weight) in enumerate(zip(parts.shares, parts.weights, strict=True)):
        if chosen not in (None, number):
            continue
        colour = QColor(theme.blue if weight > 0 else theme.orange)
        pen = QPen(colour, 2.4 if number == chosen else 1.0 if crowd else 1.4)
        if weight <= 0:
            pen.setDashPattern([5, 3])
        _paint_line(painter, x, height(place, share), pen, theme)
        if not crowd:
            _paint_number(painter, place, x, height(place, share), str(number + 1), theme, taken)
    if chosen is None:
        pen = QPen(QColor(theme.muted), 1.4, Qt.PenStyle.DotLine)
        level = height(place, np.full(len(x), parts.bias))
        _paint_line(painter, x[[0, -1]], level[:2], pen, theme)
        _paint_number(painter, place, x[::-1], level, "b", theme, taken)


def paint_kinks(
    painter: QPainter, place: QRectF, parts: CurveParts, curve: Map, theme: Theme, showing: Showing
) -> None:
    """Where neurons bend the curve, in their layer's colour; of a chosen neuron only its own."""
    values = curve.values[0]
    nodes = np.linspace(0, LINE_END, len(values))
    radius = KINK * min(max(place.width() / 400, 0.8), 1.5)
    painter.setPen(QPen(QColor(theme.background), 1.2))
    for kink in parts.kinks:
        if showing.focus is not None and kink.cell != showing.cell:
            continue
        x = place.left() + kink.x * place.width() / LINE_END
        (y,) = height(place, np.interp([kink.x], nodes, values))
        painter.setBrush(QColor(theme.layers[kink.cell[0] % len(theme.layers)]))
        painter.drawEllipse(QPointF(x, y), radius, radius)


def _paint_line(painter: QPainter, x: np.ndarray, y: np.ndarray, pen: QPen, theme: Theme) -> None:
    points = np.stack([x, y], 1)
    is_thin = pen.widthF() <= 1  # such a line is drawn faster than points are found that it could go without
    line = polyline(points if is_thin and not is_vectors(painter) else thinned(points))
    if not is_thin:
        rim = QColor(theme.background)
        rim.setAlphaF(0.6)
        painter.setPen(QPen(rim, pen.widthF() + 2))
        painter.drawPolyline(line)
    painter.setPen(pen)
    painter.drawPolyline(line)


def _paint_number(
    painter: QPainter, place: QRectF, x: np.ndarray, y: np.ndarray, text: str, theme: Theme, taken: list[QRectF]
) -> None:
    """A line's number where it is farthest from 0 within the picture and no other number stands."""
    inside = np.flatnonzero((y > place.top() + NUMBER) & (y < place.bottom() - NUMBER))
    far = inside[np.argsort(-np.abs(y[inside] - place.center().y()), kind="stable")]
    boxes = (QRectF(a - NUMBER / 2, b - NUMBER, NUMBER, NUMBER) for a, b in zip(x[far], y[far], strict=True))
    clear = (box for box in boxes if place.contains(box) and not any(box.intersects(other) for other in taken))
    if (box := next(clear, None)) is None:
        return
    taken.append(box)
    painter.setFont(font(8, bold=True))
    for shift in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1), QPointF()):
        painter.setPen(QColor(theme.text if shift.isNull() else theme.background))
        painter.drawText(box.translated(shift), Qt.AlignmentFlag.AlignCenter, text)
