"""A neuron's sum for a picture, as pictures: each pixel's value times its weight, and what it adds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlp_playground.analysis.field import to_levels
from mlp_playground.analysis.neuron import Terms
from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.outlines import paint_levels
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import Theme, font, theme_of

SIGN, CAPTION = 20.0, 16.0
"""Pixels between two pictures, and of the words above each."""
CAPTIONS = ("value a", "weight w", "w·a")
TIP = (
    "Pixel by pixel: the picture's ink times the neuron's weight is what the pixel adds to the sum.\n"
    "Blue adds, orange takes away; where there is no ink, a weight has no say."
)


@dataclass(frozen=True)
class Factors:
    """The terms of a neuron's sum for a picture of `shape` (rows, columns)."""

    terms: Terms
    shape: tuple[int, int]


def picture_places(area: QRectF) -> tuple[QRectF, QRectF, QRectF]:
    """Where the three pictures stand, side by side."""
    side = min((area.width() - 2 * SIGN - 1) / 3, area.height() - CAPTION - 1)
    left, top = area.left(), area.top() + CAPTION
    first, second, third = (QRectF(left + k * (side + SIGN), top, side, side) for k in range(3))
    return first, second, third


def paint_terms(painter: QPainter, area: QRectF, shown: Factors, theme: Theme) -> None:
    """Value times weight is term, each on a scale of its own with 0 in the middle; values are ink."""
    places, terms = picture_places(area), shown.terms
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    paint_levels(painter, places[0], ink(terms.inputs.clip(0, 1).reshape(shown.shape)), theme.ink_scale, theme)
    for place, values in zip(places[1:], (terms.weights, terms.products), strict=True):
        paint_levels(painter, place, _levels(values, shown.shape), theme.scale, theme)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for place, caption in zip(places, CAPTIONS, strict=True):
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(place)
        painter.setFont(font(8.5))
        painter.setPen(QColor(theme.muted))
        above = QRectF(place.left(), area.top(), place.width(), CAPTION)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, caption)
    painter.setFont(font(12))
    painter.setPen(QColor(theme.text))
    for place, sign in zip(places, "×=", strict=False):
        between = QRectF(QPointF(place.right(), place.top()), place.bottomRight() + QPointF(SIGN, 0))
        painter.drawText(between, Qt.AlignmentFlag.AlignCenter, sign)
    painter.restore()


def _levels(values: NDArray[np.float64], shape: tuple[int, int]) -> NDArray[np.uint8]:
    return to_levels(values.reshape(shape), max(float(np.abs(values).max()), 1e-12))


class TermPictures(QWidget):
    """Draws Factors."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Factors | None = None
        self.setMinimumHeight(60)
        self.setToolTip(TIP)
        self.setAccessibleName("The neuron's sum as pictures")

    def sizeHint(self) -> QSize:
        return QSize(340, 120)

    @property
    def shown(self) -> Factors | None:
        """What is drawn."""
        return self._shown

    def show_terms(self, shown: Factors) -> None:
        """Draw it."""
        self._shown = shown
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shown is not None:
            with painting(QPainter(self)) as painter:
                paint_terms(painter, self.rect().toRectF(), self._shown, theme_of(self.palette()))
