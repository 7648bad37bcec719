"""What the pictures of all spaces share: what is shown, where it stands, how points are marked, and the axes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from mlp_playground.analysis.field import ClassMap, Field, Map
from mlp_playground.analysis.pieces import Pieces
from mlp_playground.analysis.regions import Regions
from mlp_playground.analysis.steps import step_levels
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.extent import Extent
from mlp_playground.views.outlines import is_vectors, paint_bands, paint_fields
from mlp_playground.views.theme import Theme, font, told_from

AXIS_ROOM = 26.0
"""Pixels left and below a picture for the axes' numbers."""
EDGE = 8.0
"""Pixels above and right of it, for half of the last number."""
WASH = 0.22
"""How much of the background is mixed into the map, so that points of the same colour stand out from it."""
POINT = 7.0
"""Pixels across of a point in a picture of 400 pixels."""
RING = 0.85
"""A ring's radius, as a share of the size of the point that it is around."""


@dataclass(frozen=True)
class Showing:
    """What the reader chose to see. `focus` is the map of a neuron, a class or a feature in place of the answer,
    `cell` = (hidden layer, neuron) is what the reader points at or has selected, `extent` the part of the plane (None:
    its home), `axes` are a frame and numbers around it. `pieces` are the linear regions, once they are
    known, `filling` what they are filled with (see FILLINGS), and `picked` is a point in the one that the reader asks
    about."""

    test_points: bool = True
    boundary: bool = True
    steps: bool = False
    mistakes: bool = True
    folds: bool = False
    shares: bool = True
    kinks: bool = True
    regions: bool = False
    filling: str = "lines"
    pieces: Pieces | None = None
    picked: tuple[float, float] | None = None
    focus: Map | ClassMap | None = None
    cell: tuple[int, int] | None = None
    extent: Extent | None = None
    axes: bool = True


def has_boundary(showing: Showing, data: Dataset) -> bool:
    """Whether a boundary between classes is drawn."""
    return showing.boundary and showing.focus is None and data.task != "regression"


def has_exact_boundary(field: Field, showing: Showing) -> bool:
    """Whether the boundary that is drawn is the one that the regions give, and not followed on the map's grid."""
    return showing.regions and isinstance(showing.pieces, Regions) and field.difference is None


def map_of(field: Field, showing: Showing) -> Map | ClassMap:
    """What is drawn in colours: a neuron, the difference to another moment, or the answer."""
    difference = None if field.difference is None else field.difference.map
    return showing.focus or difference or field.answer


def room(area: QRectF) -> QRectF:
    """What is left of `area` when the axes' numbers have theirs."""
    return area.adjusted(AXIS_ROOM, EDGE, -EDGE, -AXIS_ROOM)


def square(area: QRectF) -> QRectF:
    """The largest square within `area` that leaves room for the axes' numbers."""
    inner = room(area)
    side = max(min(inner.width(), inner.height()), 16.0)
    return QRectF(round(inner.left()), round(inner.top()), round(side), round(side))


def paint_colours(
    painter: QPainter, place: QRectF, shown: Map | ClassMap, theme: Theme, *, smooth: bool, steps: bool = False
) -> None:
    """A map's colours, washed with the background; as outlines where no pixels are kept."""
    if is_vectors(painter):
        (paint_bands if smooth else paint_fields)(painter, place, shown, theme, WASH, steps=steps)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    levels = step_levels(shown) if steps else shown.levels()
    painter.drawImage(place, theme.class_image(levels) if isinstance(shown, ClassMap) else theme.image(levels))
    wash = QColor(theme.background)
    wash.setAlphaF(WASH)
    painter.fillRect(place, wash)
    painter.restore()


def paint_points(
    painter: QPainter, data: Dataset, samples: Samples, theme: Theme, places: np.ndarray, size: float, *, hollow: bool
) -> None:
    """Samples at `places` (N, 2). Classes differ in colour and shape; test points are hollow: their colour on a light
    line. Of numbers to predict the negative ones are squares."""
    for colour, mark, mask in alike(data, samples.y, theme):
        paint_marks(painter, mark, places[mask], size, colour, theme, hollow=hollow)


def paint_marks(
    painter: QPainter, mark: int, places: np.ndarray, size: float, colour: QColor, theme: Theme, *, hollow: bool
) -> None:
    """The mark of class number `mark` at each of `places` (n, 2)."""
    points = [QPointF(x, y) for x, y in places.tolist()]
    side = size * 0.88
    for pen, brush in _strokes(theme, colour, hollow=hollow):
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(brush)
        if mark == 0:
            for point in points:  # at once, the lines of all would lie over the faces of all
                painter.drawRect(QRectF(point.x() - side / 2, point.y() - side / 2, side, side))
        elif mark == 1:
            for point in points:
                painter.drawEllipse(point, size / 2, size / 2)
        else:
            outline = _outline(mark)
            for point in points:
                painter.drawPolygon(QPolygonF([point + corner * (size / 2) for corner in outline]))


def paint_rings(painter: QPainter, places: np.ndarray, size: float, theme: Theme) -> None:
    """A ring around each point at `places` (n, 2) that is of that size."""
    colour = QColor(theme.boundary)
    colour.setAlphaF(0.75)  # at first there are hundreds of them, and the points are what one looks at
    painter.setPen(QPen(colour, max(size / 6, 1.0)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y in places.tolist():
        painter.drawEllipse(QPointF(x, y), RING * size, RING * size)


def _star(corners: int, inner: float, turn: float = 0.0) -> tuple[QPointF, ...]:
    """A star's corners within a circle of radius 1, every other one at `inner`; the first points up."""
    angles = [turn + pi * i / corners for i in range(2 * corners)]
    return tuple(
        QPointF(sin(a) * (inner if i % 2 else 1.0), -cos(a) * (inner if i % 2 else 1.0)) for i, a in enumerate(angles)
    )


@lru_cache(maxsize=16)
def _outline(mark: int) -> tuple[QPointF, ...]:
    """The corners of a class's mark for a size of 2: triangle, diamond, the other triangles, cross, star and ×."""
    shapes = (
        tuple(corner * 1.25 for corner in _star(3, 0.5)),
        tuple(corner * 1.3 for corner in _star(4, 0.7071)),
        tuple(corner * 1.25 for corner in _star(3, 0.5, pi)),
        tuple(corner * 1.25 for corner in _star(3, 0.5, pi / 2)),
        tuple(corner * 1.25 for corner in _star(4, 0.35)),
        tuple(corner * 1.3 for corner in _star(5, 0.42)),
        tuple(corner * 1.25 for corner in _star(3, 0.5, -pi / 2)),
        tuple(corner * 1.25 for corner in _star(4, 0.35, pi / 4)),
    )
    return shapes[(mark - 2) % len(shapes)]


def _strokes(theme: Theme, colour: QColor, *, hollow: bool) -> list[tuple[QPen, QBrush]]:
    """What a point is drawn with, one after the other."""
    if not hollow:
        return [(QPen(QColor(theme.point_line), 1.0), QBrush(colour))]
    nothing = QBrush(Qt.BrushStyle.NoBrush)
    ground = QColor(theme.test_line)
    # a filled point has its outline; a hollow one of the scale's middle would be lost
    line = told_from(ground, colour, QColor(theme.muted))
    return [(QPen(ground, 3.0), nothing), (QPen(line, 1.5), nothing)]


def alike(data: Dataset, y: np.ndarray, theme: Theme) -> list[tuple[QColor, int, np.ndarray]]:
    """Samples with targets `y` (N,) that look alike: their colour, their mark, and which they are."""
    if data.task == "regression":
        values = np.clip(np.round(y.astype(np.float64) * 8) / 8, -1, 1)
        return [(theme.colour(float(v)), int(v >= 0), values == v) for v in np.unique(values)]
    return [(theme.class_colour(int(k)), int(k), y == k) for k in np.unique(y)]


def point_size(place: QRectF) -> float:
    """How large a point is in a picture of that size."""
    return POINT * min(max(min(place.width(), place.height()) / 400, 0.6), 1.5)


def paint_frame(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """A thin line around a picture, and the type for its numbers."""
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
    painter.setFont(font(8))
    painter.setPen(QColor(theme.muted))


def paint_label(painter: QPainter, box: QRectF, text: str, theme: Theme) -> None:
    """A text within the picture, on a ground that lets it be read over any colours."""
    ground = QColor(theme.surface)
    ground.setAlphaF(0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def number_below(painter: QPainter, place: QRectF, x: float, text: str) -> None:
    """A number (or name) under the picture at the pixel `x`."""
    painter.drawText(QRectF(x - 20, place.bottom() + 4, 40, 16), Qt.AlignmentFlag.AlignCenter, text)


def number_beside(painter: QPainter, place: QRectF, y: float, text: str) -> None:
    """A number (or name) left of the picture at the pixel `y`."""
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(place.left() - AXIS_ROOM - 4, y - 8, AXIS_ROOM - 2, 16), right, text)
