"""The plane as a picture to take home: what the network answers on it, with or without its linear regions."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.canvas.field_picture import PICTURES, paint_field
from mlp_playground.views.canvas.picture_frame import AXIS_ROOM, EDGE
from mlp_playground.views.canvas.plane_axes import left_room
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions


def paint_answer(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """What the network answers, with the data."""
    snapshot = scene.snapshot
    assert snapshot.field is not None
    showing = replace(scene.showing, focus=None, cell=None, axes=options.axes)
    paint_field(painter, _with_axes(area, snapshot, options), snapshot.field, snapshot.data, options.theme, showing)


def _with_axes(area: QRectF, snapshot: Snapshot, options: FigureOptions) -> QRectF:
    """The area in which a picture that leaves room for its axes stands in `area`; without axes it fills it."""
    if options.axes:
        return area
    return area.adjusted(-AXIS_ROOM - left_room(snapshot.data), -EDGE, EDGE, AXIS_ROOM)


def fit_answer(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    """As much of the paper as the plane takes."""
    snapshot = scene.snapshot
    assert snapshot.field is not None
    area = QRectF(QPointF(), size)
    place = PICTURES[snapshot.field.space].place(_with_axes(area, snapshot, options), snapshot.data)
    right, below = (EDGE, AXIS_ROOM) if options.axes else (0.0, 0.0)
    return QSizeF(place.right() + right, place.bottom() + below)


def paint_regions(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """The same with its linear regions."""
    paint_answer(painter, area, replace(scene, showing=replace(scene.showing, regions=True)), options)
