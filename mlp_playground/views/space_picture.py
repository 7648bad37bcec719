"""Draws a network's space at one moment of the way: points, grid, boundary, and lines or planes of the next layer."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.space.cloud import Cloud
from mlp_playground.analysis.space.journey import Drawn, Scene, scene_at
from mlp_playground.analysis.space.observe import Space
from mlp_playground.views.camera import Camera, Turn
from mlp_playground.views.picture_frame import paint_label, point_size, room
from mlp_playground.views.plane_axes import NAME_ROOM
from mlp_playground.views.quick_paint import Stamps, polygon
from mlp_playground.views.space_axes import paint_axes_2d, paint_axes_3d
from mlp_playground.views.space_points import paint_cloud, paint_pick, point_order
from mlp_playground.views.theme import Theme, font

PLANE = 0.16
"""How much of its colour a plane has, that one looks through."""


@dataclass(frozen=True)
class SpaceShowing:
    """What the reader chose to see, and from where. `t` is the moment of the way (0: the first stage, 0.5: half way to
    the second), `picked` the number of one point."""

    t: float = 0.0
    turn: Turn = field(default_factory=Turn)
    picked: int | None = None
    grid: bool = True
    walls: bool = True
    boundary: bool = True
    test_points: bool = True
    axes: bool = True


def paint_space(
    painter: QPainter, area: QRectF, space: Space, showing: SpaceShowing, theme: Theme, stamps: Stamps | None = None
) -> None:
    """Draw all of it into `area`, in pixels; points by `stamps` where there are any, as on a screen."""
    scene = scene_at(space, showing.t)
    place = space_place(area)
    camera = Camera(place, showing.turn, scene.depth, scene.radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = _frame(area, place, scene.depth)
    painter.setClipRect(frame)
    if showing.grid:
        _paint_grid(painter, camera, scene, space.cloud, theme)
    _paint_axes(painter, area, camera, scene, showing, theme, inside=True)
    if showing.walls:
        for wall in scene.walls:
            _paint_wall(painter, camera, frame, wall, theme, len(scene.walls))
    if showing.boundary:
        _paint_lines(painter, camera, scene.boundary, space.boundary_pieces, QPen(QColor(theme.boundary), 2.0))
    size = point_size(place)
    order = point_order(camera, scene, space.cloud, test_points=showing.test_points)
    paint_cloud(painter, order, size, space.cloud, theme, stamps)
    if showing.picked is not None and showing.picked < scene.points.shape[1]:
        paint_pick(painter, camera.pixels(scene.points[:, [showing.picked]])[0], size, theme)
    painter.setClipping(False)
    _paint_axes(painter, area, camera, scene, showing, theme, inside=False)
    painter.restore()


def space_place(area: QRectF) -> QRectF:
    """The square in the middle of `area` that a plane's points fill, with room for names beside it."""
    inner = room(area.adjusted(NAME_ROOM, 0, 0, 0))
    side = max(min(inner.width(), inner.height()), 16.0)
    return QRectF(inner.center().x() - side / 2, inner.top(), side, side)


def point_places(area: QRectF, space: Space, showing: SpaceShowing) -> np.ndarray:
    """Where the points are drawn in `area`: x, y in pixels and how near, (N, 3)."""
    scene = scene_at(space, showing.t)
    return Camera(space_place(area), showing.turn, scene.depth, scene.radius).pixels(scene.points)


def _frame(area: QRectF, place: QRectF, depth: float) -> QRectF:
    """What can be seen: the square for a plane, and all of the area for what can be turned."""
    return QRectF(place) if depth == 0 else QRectF(area)


def _paint_axes(
    painter: QPainter,
    area: QRectF,
    camera: Camera,
    scene: Scene,
    showing: SpaceShowing,
    theme: Theme,
    *,
    inside: bool,
) -> None:
    """The axes of the nearest stage; on the way to the next they fade, as they are none of that."""
    near = min(max((scene.near - 0.5) * 2, 0.0), 1.0) * showing.axes
    if near == 0:
        return
    painter.save()
    painter.setOpacity(near)
    if scene.place.projection.dimensions == 3:
        paint_axes_3d(painter, area, camera, scene.place, theme, inside=inside)
    else:
        paint_axes_2d(painter, space_place(area), camera, scene.place, theme, inside=inside)
    painter.restore()


def _paint_grid(painter: QPainter, camera: Camera, scene: Scene, cloud: Cloud, theme: Theme) -> None:
    faint, strong = QColor(theme.muted), QColor(theme.muted)
    faint.setAlphaF(0.38)
    strong.setAlphaF(0.85)
    pixels = camera.pixels(scene.lines)[:, :2]
    start = 0
    for length, is_zero in zip(cloud.pieces, cloud.strong, strict=True):
        painter.setPen(QPen(strong if is_zero or len(cloud.pieces) == 1 else faint, 1.4 if is_zero else 1.0))
        painter.drawPolyline(polygon(pixels[start : start + length]))
        start += length


def _paint_lines(painter: QPainter, camera: Camera, v: np.ndarray, pieces: tuple[int, ...], pen: QPen) -> None:
    painter.setPen(pen)
    pixels = camera.pixels(v)[:, :2]
    start = 0
    for length in pieces:
        painter.drawPolyline(polygon(pixels[start : start + length]))
        start += length


# -- lines and planes -------------------------------------------------------------------------------------------------


def _paint_wall(painter: QPainter, camera: Camera, frame: QRectF, wall: Drawn, theme: Theme, count: int) -> None:
    """A neuron's line or plane with its number and an arrow to where the neuron is positive, or the network's own; one
    of `count`: many planes are fainter each."""
    is_output = wall.neuron is None
    colour = QColor(theme.boundary if is_output else theme.accent)
    pixels = camera.pixels(wall.corners.T)[:, :2]
    painter.save()
    painter.setOpacity(wall.strong)
    painter.setPen(QPen(colour, 2.5 if is_output else 1.6))
    if len(pixels) > 2:
        ground = QColor(colour)
        ground.setAlphaF(PLANE * min(1.0, 3 / count))
        painter.setBrush(ground)
        colour.setAlphaF(min(1.0, 3 / count))
        painter.setPen(QPen(colour, 1.6))
        painter.drawPolygon(polygon(pixels))
        if not is_output:
            _paint_side(painter, camera, wall, pixels.mean(axis=0), theme)
    elif (ends := _visible(pixels, frame)) is not None:
        if not is_output:  # dashed, as the boundary is not
            painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(*ends[0]), QPointF(*ends[1]))
        painter.setPen(QPen(colour, 1.5))
        if not is_output:
            _paint_side(painter, camera, wall, _near_end(ends, camera, wall), theme)
    painter.restore()


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
    painter.drawPolygon(polygon(np.stack([end + away * 4, end + across * 3, end - across * 3])))
    assert wall.neuron is not None
    painter.setFont(font(8, bold=True))
    text = str(wall.neuron + 1)
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 6
    at = end + away * (8 + width / 2)
    paint_label(painter, QRectF(at[0] - width / 2, at[1] - 7, width, 14), text, theme)
