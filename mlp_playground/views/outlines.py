"""What a picture is made of where it can't be made of pixels: SVG and PDF get areas with outlines, not screenshots."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter, QPainterPath, QPen

from mlp_playground.analysis.bands import Band, bands, small_bands
from mlp_playground.analysis.field import ClassMap, Levels, Map
from mlp_playground.analysis.steps import step_levels
from mlp_playground.views.polyline import polyline
from mlp_playground.views.theme import Colours, Theme, colour_at, mixed, tinted

VECTORS = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)


def is_vectors(painter: QPainter) -> bool:
    """Whether what is painted is kept as outlines and not as pixels."""
    return painter.paintEngine().type() in VECTORS


def paint_levels(painter: QPainter, place: QRectF, levels: Levels, colours: Colours, theme: Theme) -> None:
    """A small picture, its levels in one of the theme's scales."""
    if not is_vectors(painter):
        painter.drawImage(place, tinted(levels, colours))
        return
    # areas that lie on each other would add up where they are seen through: a faded one is painted in paler colours
    ground, paler = QColor(theme.background), 1 - painter.opacity()
    painter.save()
    painter.setOpacity(1)
    _paint(
        painter, place, ((band, mixed(colour_at(colours, band.level), ground, paler)) for band in small_bands(levels))
    )
    painter.restore()


def paint_bands(
    painter: QPainter, place: QRectF, shown: Map | ClassMap, theme: Theme, wash: float, *, steps: bool
) -> None:
    """A smooth map as areas of one colour each, with `wash` of the background mixed in."""
    colours, ground, areas = _colours(shown, theme), QColor(theme.background), bands(shown, steps=steps)
    _paint(painter, place, ((band, mixed(colour_at(colours, band.level), ground, wash)) for band in areas))


def paint_fields(
    painter: QPainter, place: QRectF, shown: Map | ClassMap, theme: Theme, wash: float, *, steps: bool
) -> None:
    """A map of few fields as rectangles, each of which goes on below those to its right and beneath it."""
    colours, levels = _colours(shown, theme), step_levels(shown) if steps else shown.levels()
    rows, columns = levels.shape
    for (row, column), level in np.ndenumerate(levels):
        if column and levels[row, column - 1] == level:
            continue
        left, top = place.left() + place.width() * column / columns, place.top() + place.height() * row / rows
        colour = mixed(colour_at(colours, level), QColor(theme.background), wash)
        painter.fillRect(QRectF(QPointF(left, top), place.bottomRight()), colour)


def paint_pixels(painter: QPainter, place: QRectF, levels: Levels, colours: list[int]) -> None:
    """A picture of few colours, each a QRgb with its opacity, whose pixels stay squares at any size."""
    if not is_vectors(painter):
        rows, columns = levels.shape
        image = QImage(levels.tobytes(), columns, rows, columns, QImage.Format.Format_Indexed8)
        image.setColorTable(colours)
        painter.drawImage(place, image.convertToFormat(QImage.Format.Format_ARGB32))
        return
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for level in np.unique(levels).tolist():
        if (colour := QColor.fromRgba(colours[level])).alpha():
            painter.setBrush(colour)
            painter.drawPath(_squares(place, levels == level))
    painter.restore()


def _squares(place: QRectF, marked: NDArray[np.bool_]) -> QPainterPath:
    """The `marked` (rows, columns) of a picture's pixels, as one rectangle for all that lie side by side."""
    rows, columns = marked.shape
    width, height = place.width() / columns, place.height() / rows
    changes = np.diff(np.pad(marked, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    path = QPainterPath()
    for (row, first), (_, end) in zip(
        np.argwhere(changes > 0).tolist(), np.argwhere(changes < 0).tolist(), strict=True
    ):
        path.addRect(place.left() + first * width, place.top() + row * height, (end - first) * width, height)
    return path


def _colours(shown: Map | ClassMap, theme: Theme) -> Colours:
    return theme.class_scale if isinstance(shown, ClassMap) else theme.scale


def _paint(painter: QPainter, place: QRectF, areas: Iterable[tuple[Band, QColor]]) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    for band, colour in areas:
        # half a pixel over the edge: two areas that only touch would let the ground shine through between them
        painter.setPen(QPen(colour, 1) if band.beside else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(colour)
        painter.drawPath(_path(band, place))
    painter.restore()


def _path(band: Band, place: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    corner, size = np.array(place.topLeft().toTuple()), np.array(place.size().toTuple())
    for ring in band.rings:
        path.addPolygon(polyline(corner + ring * size))
    return path
