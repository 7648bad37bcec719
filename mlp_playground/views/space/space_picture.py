"""Draws a network's space at one moment of the way: points, grid, boundary, and lines or planes of the next layer."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from mlp_playground.analysis.space.cloud import Cloud
from mlp_playground.analysis.space.journey import Drawn, Scene, scene_at
from mlp_playground.analysis.space.observe import Space
from mlp_playground.views.canvas.picture_frame import point_size, room
from mlp_playground.views.canvas.plane_axes import NAME_ROOM
from mlp_playground.views.canvas.quick_paint import Stamps
from mlp_playground.views.polyline import polyline
from mlp_playground.views.space.camera import Camera, Turn
from mlp_playground.views.space.space_axes import paint_axes_2d, paint_axes_3d
from mlp_playground.views.space.space_lines import nearest_wall, paint_walls
from mlp_playground.views.space.space_points import paint_cloud, paint_pick, point_order
from mlp_playground.views.theme import Theme


@dataclass(frozen=True)
class SpaceShowing:
    """What the reader chose to see, and from where. `t` is the moment of the way (0: the first stage, 0.5: half way to
    the second), `picked` the number of one point, and `focus` a neuron (layer, number) whose line stands out."""

    t: float = 0.0
    turn: Turn = field(default_factory=Turn)
    picked: int | None = None
    focus: tuple[int, int] | None = None
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
        paint_walls(painter, camera, frame, scene.walls, showing.focus, theme)
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


def wall_at(area: QRectF, space: Space, showing: SpaceShowing, x: float, y: float) -> Drawn | None:
    """The line that is drawn at a pixel of `area`; None: there is none, or what is drawn are planes."""
    scene = scene_at(space, showing.t)
    place = space_place(area)
    if not showing.walls or not place.contains(x, y):
        return None
    return nearest_wall(Camera(place, showing.turn, scene.depth, scene.radius), place, scene.walls, x, y)


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
        painter.drawPolyline(polyline(pixels[start : start + length]))
        start += length


def _paint_lines(painter: QPainter, camera: Camera, v: np.ndarray, pieces: tuple[int, ...], pen: QPen) -> None:
    painter.setPen(pen)
    pixels = camera.pixels(v)[:, :2]
    start = 0
    for length in pieces:
        painter.drawPolyline(polyline(pixels[start : start + length]))
        start += length
