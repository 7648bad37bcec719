"""Draws a network's regions over the plane: their edges, what fills them, the exact boundary, and the chosen one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPixmap

from mlp_playground.analysis.field import Field
from mlp_playground.analysis.patterns import Patterns
from mlp_playground.analysis.regions import Regions
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.extent import Extent
from mlp_playground.numerals import grouped
from mlp_playground.views.canvas.picture_frame import Showing, has_boundary, has_exact_boundary, map_of, paint_label
from mlp_playground.views.canvas.plane_picture import boundary_pen, on_screen, rect_of
from mlp_playground.views.canvas.region_colours import colours_of
from mlp_playground.views.outlines import paint_pixels
from mlp_playground.views.painting import painting
from mlp_playground.views.polyline import draw_lines, polyline
from mlp_playground.views.theme import Theme, font

MANY = 10_000
"""Edges that are drawn half as dark as a few."""


def paint_regions(
    painter: QPainter,
    place: QRectF,
    extent: Extent,
    field: Field,
    data: Dataset,
    theme: Theme,
    showing: Showing,
    pixels: int | None = None,
) -> None:
    """Paint what `showing` has of regions into the square `place`, which shows `extent`. With the `pixels` of its side
    known they are filled pixel by pixel, which thousands of them need, else as polygons."""
    pieces = showing.pieces
    if pieces is None:
        return
    painter.save()
    painter.setClipRect(place)
    answers = map_of(field, showing) is field.answer  # else another map is to be seen
    filling = showing.filling if answers else "lines"
    if isinstance(pieces, Patterns):
        if showing.regions and pieces.extent.half_width == extent.half_width:  # else another grid is on its way
            _paint_grid(painter, rect_of(place, extent, pieces.extent), pieces, filling, theme)
            _paint_count(painter, place, pieces, theme)
    else:
        if showing.regions:
            _paint_filling(painter, place, extent, pieces, filling, theme, pixels)
            _paint_edges(painter, place, extent, pieces, filling, theme)
            if has_boundary(showing, data) and has_exact_boundary(field, showing):
                _paint_boundary(painter, place, extent, pieces, theme)
        if showing.picked is not None:
            _paint_picked(painter, place, extent, pieces, showing.picked, theme)
    painter.restore()


def _paint_filling(
    painter: QPainter, place: QRectF, extent: Extent, regions: Regions, filling: str, theme: Theme, pixels: int | None
) -> None:
    colours = colours_of(regions, filling, theme)
    if colours is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # smooth edges would let the ground shine through
    if pixels is not None:
        raw = np.append(colours, np.uint32(0))[regions.numbered(extent, pixels)].tobytes()
        painter.drawImage(place, QImage(raw, pixels, pixels, 4 * pixels, QImage.Format.Format_ARGB32))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    corners = on_screen(place, extent, regions.corners.T)
    starts = regions.starts.tolist()
    for colour, start, end in zip(colours.tolist(), starts, starts[1:], strict=False):
        painter.setBrush(QColor(colour))
        painter.drawConvexPolygon(polyline(corners[start:end]))


def _paint_edges(
    painter: QPainter, place: QRectF, extent: Extent, regions: Regions, filling: str, theme: Theme
) -> None:
    inner = regions.edges[regions.sides[1] >= 0]
    ends = on_screen(place, extent, inner.reshape(-1, 2).T).reshape(-1, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(_edge_colour(filling, theme, len(ends) / MANY), 1)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # others overlap where lines meet, and leave dots there
    painter.setPen(pen)
    draw_lines(painter, ends)


def _edge_colour(filling: str, theme: Theme, crowd: float) -> QColor:
    """The lines' colour: the fainter the more of them there are, so that the map below can still be seen."""
    colour = QColor(theme.boundary)
    colour.setAlphaF((0.55 if filling == "lines" else 0.4) / (1 + crowd))
    return colour


def _paint_boundary(painter: QPainter, place: QRectF, extent: Extent, regions: Regions, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(boundary_pen(place, theme))
    for line in regions.boundary.lines:
        painter.drawPolyline(polyline(on_screen(place, extent, line.T)))


def _paint_picked(
    painter: QPainter, place: QRectF, extent: Extent, regions: Regions, picked: tuple[float, float], theme: Theme
) -> None:
    r = regions.at(*picked)
    if r is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    outline = polyline(on_screen(place, extent, regions.polygon(r).T))
    (x, y), *_ = on_screen(place, extent, np.array([picked]).T).tolist()
    cross = [QLineF(x - 4, y, x + 4, y), QLineF(x, y - 4, x, y + 4)]
    for colour, width in ((theme.test_line, 4.5), (theme.selection, 2.5)):
        pen = QPen(QColor(colour), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolygon(outline)
        painter.drawLines(cross)


def _paint_count(painter: QPainter, place: QRectF, patterns: Patterns, theme: Theme) -> None:
    """That these are no exact regions, in the lower right corner."""
    painter.setFont(font(8))
    rows, columns = patterns.numbers.shape
    text = f"{grouped(len(patterns))} patterns, counted on a {rows} × {columns} grid"
    width = min(QFontMetricsF(painter.font()).horizontalAdvance(text) + 8, place.width() - 8)
    paint_label(painter, QRectF(place.right() - 4 - width, place.bottom() - 21, width, 17), text, theme)


def _paint_grid(painter: QPainter, place: QRectF, patterns: Patterns, filling: str, theme: Theme) -> None:
    """A square for each place of the grid: dark where the pattern is another one to the right or below."""
    numbers = patterns.numbers
    edges = np.zeros(numbers.shape, bool)
    edges[:, :-1] = numbers[:, :-1] != numbers[:, 1:]
    edges[:-1] |= numbers[:-1] != numbers[1:]
    filled = filling == "pattern"
    colours = [QColor(each).rgba() for each in theme.patterns] if filled else [0] * len(theme.patterns)
    levels = np.where(edges & (not filled), len(colours), patterns.kinds).astype(np.uint8)
    paint_pixels(painter, place, levels, [*colours, _edge_colour(filling, theme, 4 * float(edges.mean())).rgba()])


class RegionLayer:
    """The painted regions of a canvas, kept until something about them changes: thousands of lines take their time."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._pixmap = QPixmap()

    def paint(
        self,
        painter: QPainter,
        place: QRectF,
        extent: Extent,
        field: Field,
        data: Dataset,
        theme: Theme,
        showing: Showing,
    ) -> None:
        """Draw them as `paint_regions` does."""
        if showing.pieces is None:
            self._key, self._pixmap = (), QPixmap()
            return
        ratio = painter.device().devicePixelRatioF()
        # the map is no part of it, so another one changes nothing
        seen = replace(showing, focus=None), showing.focus is None, field.difference is None
        key = (*seen, place.getRect(), extent, data, theme, ratio)
        if key != self._key:
            self._key, self._pixmap = key, QPixmap(place.size().toSize() * ratio)
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            with painting(QPainter(self._pixmap)) as onto:
                inside, pixels = QRectF(0, 0, place.width(), place.height()), round(place.width() * ratio)
                paint_regions(onto, inside, extent, field, data, theme, showing, pixels)
        painter.drawPixmap(place.topLeft(), self._pixmap)
