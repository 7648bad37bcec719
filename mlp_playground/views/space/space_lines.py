"""The next layer's lines and planes in a space's picture, with their numbers and their neurons' active sides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.space.journey import Drawn
from mlp_playground.views.canvas.picture_frame import paint_label
from mlp_playground.views.polyline import polyline
from mlp_playground.views.space.camera import Camera
from mlp_playground.views.theme import Theme, font

PLANE = 0.16
"""How much of its colour a plane has, that one looks through."""
SEEN = 3
"""So many planes can be looked through; more are fainter each."""
BEHIND = 0.3
"""How strong the others are while one stands out."""
NEAR = 6.0
"""Pixels from a line within which the mouse is on it."""


def paint_walls(
    painter: QPainter,
    camera: Camera,
    frame: QRectF,
    walls: Sequence[Drawn],
    focus: tuple[int, int] | None,
    theme: Theme,
) -> None:
    """All of them within `frame`; where the line of the neuron `focus` (layer, number) is there, it stands out."""
    is_there = any((wall.layer, wall.neuron) == focus for wall in walls)
    for wall in walls:
        stands_out = is_there and (wall.layer, wall.neuron) == focus
        painter.save()
        painter.setOpacity(wall.strong * (BEHIND if is_there and not stands_out else 1.0))
        _paint_wall(painter, camera, frame, wall, theme, 1.0 if stands_out else min(1.0, SEEN / len(walls)), stands_out)
        painter.restore()


def nearest_wall(camera: Camera, frame: QRectF, walls: Sequence[Drawn], x: float, y: float) -> Drawn | None:
    """The line (not a plane) that is drawn at a pixel."""
    found, least = None, NEAR
    for wall in walls:
        ends = _visible(camera.pixels(wall.corners.T)[:, :2], frame) if len(wall.corners) == 2 else None
        if ends is None:
            continue
        along = ends[1] - ends[0]
        away = np.array([x, y]) - ends[0]
        length = max(float(np.linalg.norm(along)), 1e-9)
        distance = abs(float(along[0] * away[1] - along[1] * away[0])) / length
        if distance < least and -NEAR <= float(along @ away) / length <= length + NEAR:
            found, least = wall, distance
    return found


def _paint_wall(
    painter: QPainter, camera: Camera, frame: QRectF, wall: Drawn, theme: Theme, seen: float, stands_out: bool
) -> None:
    """A neuron's line or plane with its number and an arrow to where the neuron is positive, or the network's own. Of a
    plane a share of its colour is `seen`."""
    is_output = wall.neuron is None
    colour = QColor(theme.boundary if is_output else theme.accent)
    width = 2.5 if is_output or stands_out else 1.5
    pixels = camera.pixels(wall.corners.T)[:, :2]
    if len(pixels) > 2:
        ground = QColor(colour)
        ground.setAlphaF(PLANE * seen)
        painter.setBrush(ground)
        colour.setAlphaF(seen)
        painter.setPen(QPen(colour, width))
        painter.drawPolygon(polyline(pixels))
        if not is_output:
            _paint_side(painter, camera, wall, pixels.mean(axis=0), theme)
    elif (ends := _visible(pixels, frame)) is not None:
        # dashed, as the boundary is not
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine if is_output else Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(*ends[0]), QPointF(*ends[1]))
        painter.setPen(QPen(colour, 1.5))
        if not is_output:
            _paint_side(painter, camera, wall, _near_end(ends, camera, wall), theme)


def _near_end(ends: np.ndarray, camera: Camera, wall: Drawn) -> np.ndarray:
    """Where a line's number stands: off the points in the middle, always at the end on the same hand."""
    foot, tip = camera.pixels(np.stack([wall.corners.mean(axis=0), wall.beside], axis=1))[:, :2]
    (x, y), along = tip - foot, ends[1] - ends[0]
    start, end = (ends[0], ends[1]) if along @ (-y, x) > 0 else (ends[1], ends[0])
    length = max(float(np.linalg.norm(along)), 1e-9)
    return np.asarray(end + (start - end) * min(24 / length, 0.5))


def _visible(pixels: np.ndarray, frame: QRectF) -> np.ndarray | None:
    """The part (2, 2) of a segment (2, 2) within `frame` (Liang and Barsky, 1984); None: there is none."""
    start, along = pixels[0], pixels[1] - pixels[0]
    low, high = 0.0, 1.0
    for axis, (least, most) in enumerate(((frame.left(), frame.right()), (frame.top(), frame.bottom()))):
        if abs(along[axis]) < 1e-9:
            if not least <= start[axis] <= most:
                return None
            continue
        first, second = sorted(((least - start[axis]) / along[axis], (most - start[axis]) / along[axis]))
        low, high = max(low, first), min(high, second)
    return np.stack([start + low * along, start + high * along]) if low < high else None


def _paint_side(painter: QPainter, camera: Camera, wall: Drawn, middle: np.ndarray, theme: Theme) -> None:
    """An arrow from the line's middle to its positive side, and the neuron's number beyond it."""
    foot, tip = camera.pixels(np.stack([wall.corners.mean(axis=0), wall.beside], axis=1))[:, :2]
    away = tip - foot
    length = float(np.linalg.norm(away))
    if length < 2:  # seen from the side, it points at the reader
        return
    away, across = away / length, np.array([-away[1], away[0]]) / length
    end = middle + away * 10
    painter.drawLine(QPointF(*middle), QPointF(*end))
    painter.setBrush(painter.pen().color())
    painter.drawPolygon(polyline(np.stack([end + away * 4, end + across * 3, end - across * 3])))
    assert wall.neuron is not None
    painter.setFont(font(8, bold=True))
    text = str(wall.neuron + 1)
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 6
    at = end + away * (8 + width / 2)
    paint_label(painter, QRectF(at[0] - width / 2, at[1] - 7, width, 14), text, theme)
