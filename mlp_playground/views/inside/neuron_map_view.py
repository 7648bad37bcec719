"""A neuron's map as a picture: with its line, the samples that excite it most, and the example that is looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlp_playground.analysis.neuron_map import NeuronMap
from mlp_playground.data.toy import LINE_END
from mlp_playground.views.outlines import paint_levels
from mlp_playground.views.painting import painting
from mlp_playground.views.polyline import polyline
from mlp_playground.views.theme import Theme, font, theme_of

EDGE = 4.0
MOST_MARKED = 5
"""So many of the samples that excite it most are marked by their number: more would hide the map."""
Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Pictured:
    """What is drawn: the map, the samples that excite the neuron most as columns `best` (n_raw, k), and the example `x`
    (n_raw,) that is looked at, each None where there is none."""

    map: NeuronMap
    best: Floats | None = None
    x: Floats | None = None


def place_of(area: QRectF, shown: NeuronMap) -> QRectF:
    """Where in `area` the picture stands: a square, of a curve all of it, of bits squares for each pattern."""
    inner = area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    if shown.kind == "line":
        return inner
    rows, columns = shown.map.values.shape
    side = min(inner.width() / columns, inner.height() / rows)
    size = side * columns, side * rows
    return QRectF(inner.left(), inner.top() + (inner.height() - size[1]) / 2, *size)


def paint_neuron_map(painter: QPainter, area: QRectF, shown: Pictured, theme: Theme) -> None:
    """The map with all that is marked on it."""
    seen, place = shown.map, place_of(area, shown.map)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, seen.kind == "plane")
    if seen.kind == "line":
        _paint_curve(painter, place, shown, theme)
    else:
        levels = np.asarray(seen.map.values * 255, np.uint8) if seen.kind == "ink" else seen.map.levels()
        paint_levels(painter, place, levels, theme.ink_scale if seen.kind == "ink" else theme.scale, theme)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRect(place)
    painter.setClipRect(place)
    if seen.kind == "plane":
        _paint_line(painter, place, seen, theme)
        marked = [] if shown.best is None else list(enumerate(shown.best.T[:MOST_MARKED], 1))
        for k, point in reversed(marked):
            _paint_number(painter, _on_plane(place, seen, point), str(k), theme)
        if shown.x is not None:
            _paint_cross(painter, _on_plane(place, seen, shown.x), theme)
    painter.restore()


def _on_plane(place: QRectF, seen: NeuronMap, point: Floats) -> QPointF:
    """Where a sample is drawn."""
    u = point if seen.slice is None else seen.slice.project(np.asarray(point)[:, None])[:, 0]
    across, down = seen.extent.shares(float(u[0]), float(u[1]))
    return QPointF(place.left() + across * place.width(), place.top() + down * place.height())


def _paint_line(painter: QPainter, place: QRectF, seen: NeuronMap, theme: Theme) -> None:
    for line in seen.lines:
        across, down = seen.extent.shares(line[:, 0], line[:, 1])
        x, y = place.left() + across * place.width(), place.top() + down * place.height()
        pixels = polyline(np.stack([x, y], axis=1))
        for colour, width in ((theme.background, 3.5), (theme.boundary, 1.6)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPolyline(pixels)


def _paint_number(painter: QPainter, place: QPointF, text: str, theme: Theme) -> None:
    disc = QRectF(place.x() - 6.5, place.y() - 6.5, 13, 13)
    painter.setPen(QPen(QColor(theme.text), 1))
    painter.setBrush(QColor(theme.surface))
    painter.drawEllipse(disc)
    painter.setFont(font(7.5, bold=True))
    painter.setPen(QColor(theme.text))
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, text)


def _paint_cross(painter: QPainter, place: QPointF, theme: Theme) -> None:
    """The example: a cross in the selection's colour, which no map has."""
    for colour, width in ((theme.background, 4.0), (theme.selection, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(place - QPointF(6, 0), place + QPointF(6, 0))
        painter.drawLine(place - QPointF(0, 6), place + QPointF(0, 6))


def _paint_curve(painter: QPainter, place: QRectF, shown: Pictured, theme: Theme) -> None:
    """The answer over x, from −scale to scale, with 0 in the middle; where it looks at an example, a line."""
    values = np.nan_to_num(np.clip(shown.map.map.values[0] / shown.map.map.scale, -1, 1))
    painter.setPen(QPen(QColor(theme.line), 1))
    middle = place.center().y()
    painter.drawLine(QPointF(place.left(), middle), QPointF(place.right(), middle))
    x = np.linspace(place.left(), place.right(), len(values))
    if shown.x is not None:
        at = place.left() + float(shown.x[0]) / LINE_END * place.width()
        painter.setPen(QPen(QColor(theme.selection), 1.6))
        painter.drawLine(QPointF(at, place.top()), QPointF(at, place.bottom()))
    painter.setPen(QPen(QColor(theme.text), 2))
    painter.drawPolyline(polyline(np.stack([x, middle - values * (place.height() / 2 - 3)], axis=1)))


class NeuronMapView(QWidget):
    """Draws what is Pictured. `place_pointed` carries the inputs (n_raw,) under the mouse, or None."""

    place_pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Pictured | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(88, 88)
        self.setAccessibleName("The neuron's map")

    def sizeHint(self) -> QSize:
        return QSize(170, 170)

    @property
    def shown(self) -> Pictured | None:
        """What is drawn."""
        return self._shown

    def show_map(self, shown: Pictured | None) -> None:
        """Draw it; None: there is nothing to see."""
        self._shown = shown
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shown is not None:
            with painting(QPainter(self)) as painter:
                paint_neuron_map(painter, QRectF(self.rect()), self._shown, theme_of(self.palette()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.place_pointed.emit(self.inputs_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.place_pointed.emit(None)
        super().leaveEvent(event)

    def inputs_at(self, pixel: QPointF) -> NDArray[np.float32] | None:
        """The inputs at a place of the map; None beside it, and where it is a picture."""
        if self._shown is None:
            return None
        seen = self._shown.map
        place = place_of(QRectF(self.rect()), seen)
        if not place.contains(pixel) or seen.kind not in ("plane", "line"):
            return None
        across, down = (pixel.x() - place.left()) / place.width(), (pixel.y() - place.top()) / place.height()
        if seen.kind == "line":
            return np.array([across * LINE_END], np.float32)
        u = np.array(seen.extent.point(across, down))
        return np.asarray(u if seen.slice is None else seen.slice.points(u[:, None])[:, 0], np.float32)
