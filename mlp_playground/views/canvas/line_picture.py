"""Draws a curve to learn: the samples, and the curve that the network makes of them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlp_playground.analysis.field import Field, Map
from mlp_playground.analysis.slice import Slice
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.toy import LINE_END
from mlp_playground.views.canvas.curve_parts import TOP, height, paint_kinks, paint_shares
from mlp_playground.views.canvas.picture_frame import (
    Showing,
    map_of,
    number_below,
    number_beside,
    paint_colours,
    paint_frame,
    paint_points,
    point_size,
    room,
)
from mlp_playground.views.canvas.plane_picture import number_words
from mlp_playground.views.polyline import polyline, thinned
from mlp_playground.views.theme import Theme

X_TICKS = ("0", "½ π", "π", "1½ π", "x")
Y_TICKS = (-1, 0, 1)
PALE = 0.5
"""How much of the ground's colours goes where lines of the same two colours lie on it."""


class LinePicture:
    """Numbers on a line and what to predict for them: x from 0 to LINE_END, y from −TOP to TOP."""

    @staticmethod
    def place(area: QRectF, _data: Dataset) -> QRectF:
        """Where in `area` the picture stands."""
        inner = room(area)
        return QRectF(
            round(inner.left()), round(inner.top()), max(round(inner.width()), 16), max(round(inner.height()), 16)
        )

    @staticmethod
    def paint_map(
        painter: QPainter, place: QRectF, field: Field, _data: Dataset, theme: Theme, showing: Showing
    ) -> None:
        """What changes with every step: the ground, coloured by the curve's height."""
        paint_colours(painter, place, map_of(field, showing), theme, smooth=True, steps=showing.steps)
        if showing.shares and field.parts is not None and showing.focus is None:
            pale = QColor(theme.background)
            pale.setAlphaF(PALE)
            painter.fillRect(place, pale)

    @staticmethod
    def paint_top(
        painter: QPainter, place: QRectF, field: Field, _data: Dataset, theme: Theme, showing: Showing
    ) -> None:
        """The curve, over the samples."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(place)
        if showing.shares and field.parts is not None and (showing.focus is None or _is_last(field, showing)):
            paint_shares(painter, place, field.parts, theme, showing)
        if field.difference is not None and showing.focus is None and isinstance(field.difference.other, Map):
            _paint_curve(painter, place, field.difference.other, theme, dashed=True)
        shown = showing.focus or field.answer
        assert isinstance(shown, Map)
        _paint_curve(painter, place, shown, theme)
        if showing.kinks and field.parts is not None:
            paint_kinks(painter, place, field.parts, shown, theme, showing)
        painter.restore()

    @staticmethod
    def paint_overlay(
        painter: QPainter, place: QRectF, data: Dataset, theme: Theme, showing: Showing, _plane: Slice | None = None
    ) -> None:
        """What stays while training: the samples and the axes."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(place)
        size = point_size(place)
        for samples, hollow in ((data.test, True), (data.train, False)):
            if hollow and not showing.test_points:
                continue
            x = place.left() + samples.X[0].astype(float) * (place.width() / LINE_END)
            y = place.center().y() - samples.y.astype(float) * (place.height() / (2 * TOP))
            paint_points(painter, data, samples, theme, np.stack([x, y], 1), size, hollow=hollow)
        painter.setClipping(False)
        if showing.axes:
            _paint_axes(painter, place, theme)
        painter.restore()

    @staticmethod
    def words(field: Field, _data: Dataset, showing: Showing, across: float, _down: float) -> str:
        """What lies at a share of the picture's width."""
        where = f"x = {across * LINE_END:.2f}   "
        shown = map_of(field, showing)
        assert isinstance(shown, Map)
        names = {id(field.answer): ("prediction", 2), id(showing.focus): ("value", 3)}
        name, digits = names.get(id(shown), ("difference", 2))
        values = shown.values[0]
        value = float(np.interp(across, np.linspace(0, 1, len(values)), values))
        return where + number_words(name, value, digits)


def _is_last(field: Field, showing: Showing) -> bool:
    """Whether the chosen neuron is one of the last hidden layer, whose shares are drawn."""
    return showing.cell is not None and showing.cell[0] == len(field.thumbnails) - 1


def _paint_curve(painter: QPainter, place: QRectF, shown: Map, theme: Theme, *, dashed: bool = False) -> None:
    x = np.linspace(place.left(), place.right(), shown.values.shape[1])
    line = polyline(thinned(np.stack([x, height(place, shown.values[0])], 1)))
    width = max(1.8, place.width() / 240)
    for colour, thick in ((theme.background, width + 2), (theme.boundary, width)):
        pen = QPen(QColor(colour), thick)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dashed:
            pen.setDashPattern([6 * width / thick, 4 * width / thick])  # in the pen's own widths
        painter.setPen(pen)
        painter.drawPolyline(line)


def _paint_axes(painter: QPainter, place: QRectF, theme: Theme) -> None:
    paint_frame(painter, place, theme)
    for index, text in enumerate(X_TICKS):
        number_below(painter, place, place.left() + index * place.width() / (len(X_TICKS) - 1), text)
    for tick in Y_TICKS:
        middle = place.center().y() - tick * place.height() / (2 * TOP)
        number_beside(painter, place, middle, str(tick).replace("-", "−"))
    number_beside(painter, place, place.top() + 8, "y")
