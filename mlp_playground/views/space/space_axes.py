"""Axes of what is drawn of a layer's space: numbers around a plane, or three lines through a turned space."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.space.observe import Place
from mlp_playground.analysis.space.projection import Choice
from mlp_playground.data.dataset import Scale
from mlp_playground.data.extent import Extent
from mlp_playground.views.canvas.picture_frame import number_below, paint_frame, paint_label
from mlp_playground.views.canvas.plane_axes import NAME_ROOM, paint_axes, ticks
from mlp_playground.views.space.camera import Camera
from mlp_playground.views.theme import Theme, font


def paint_axes_2d(
    painter: QPainter, place: QRectF, camera: Camera, stage: Place, theme: Theme, *, inside: bool
) -> None:
    """`inside` the square `place` the lines on which a number is 0, else the numbers and names around it."""
    extent = _extent(place, camera, stage)
    if inside:
        if stage.projection.choice in (Choice.ALL, Choice.NEURONS):
            _paint_zeros(painter, place, extent, stage.projection.dimensions, theme)
    elif stage.projection.dimensions == 2:
        across, up = (Scale(name) for name in stage.projection.axes)
        paint_axes(painter, place, extent, (across, up), NAME_ROOM, theme)
    else:
        paint_frame(painter, place, theme)
        (name,) = stage.projection.axes
        width = QFontMetricsF(painter.font()).horizontalAdvance(name)
        for value, text in ticks(Scale(name), extent.centre[0], extent.half_width):
            x = place.left() + extent.shares(value, 0.0)[0] * place.width()
            if x < place.right() - width - 24:
                number_below(painter, place, x, text)
        box = QRectF(place.right() - width - 2, place.bottom() + 4, width + 4, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)


def _extent(place: QRectF, camera: Camera, stage: Place) -> Extent:
    """Which part of the plane is in the square, in the stage's own numbers."""
    x, y = camera.at(place.center().x(), place.center().y())
    half = stage.frame.half
    centre = float(stage.frame.centre[0] + x * half), float(stage.frame.centre[1] + y * half)
    return Extent(centre, place.width() / 2 / camera.unit * half)


def _paint_zeros(painter: QPainter, place: QRectF, extent: Extent, dimensions: int, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.muted), 1.0, Qt.PenStyle.DashLine))
    across, down = extent.shares(0.0, 0.0)
    x, y = place.left() + across * place.width(), place.top() + down * place.height()
    painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
    if dimensions == 2:
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))


def paint_axes_3d(painter: QPainter, area: QRectF, camera: Camera, stage: Place, theme: Theme, *, inside: bool) -> None:
    """`inside` the points three lines through zero, or through their middle where directions are drawn; else the names
    and numbers at their ends, which stand over all, within `area`."""
    frame, u = stage.frame, stage.points
    through = np.zeros(3) if stage.projection.choice in (Choice.ALL, Choice.NEURONS) else frame.centre
    low, high = np.minimum(u.min(axis=1), through), np.maximum(u.max(axis=1), through)
    painter.setFont(font(8))
    for axis, name in enumerate(stage.projection.axes):
        ends = np.stack([through, through], axis=1)
        ends[axis] = low[axis], high[axis]
        a, b = camera.pixels(frame.framed(ends))[:, :2]
        if inside:
            painter.setPen(QPen(QColor(theme.muted), 1.2))
            painter.drawLine(QPointF(*a), QPointF(*b))
            continue
        away = (b - a) / max(float(np.linalg.norm(b - a)), 1e-9)
        text = f"{name}  {high[axis]:.3g}".replace("-", "−")
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8
        at = b + away * (6 + abs(away[0]) * width / 2 + abs(away[1]) * 8)
        left = min(max(at[0] - width / 2, area.left()), area.right() - width)
        top = min(max(at[1] - 8, area.top()), area.bottom() - 16)
        paint_label(painter, QRectF(left, top, width, 16), text, theme)
