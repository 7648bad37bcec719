"""A climb to a neuron's ideal picture as it is drawn: how its sum rises, beside the sum of the best test digit."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mlp_playground.analysis.ideal import STEPS, Climb
from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.digits.feature_words import short
from mlp_playground.views.digits.neuron_card import LINE, text
from mlp_playground.views.digits.tiles import paint_frame, paint_tile
from mlp_playground.views.painting import painting
from mlp_playground.views.polyline import polyline
from mlp_playground.views.theme import Theme, font, theme_of

ROOM = 34.0
"""Pixels beside the curve for its numbers."""


def paint_climb(painter: QPainter, area: QRectF, climb: Climb, best: float | None, theme: Theme) -> None:
    """The sum over the steps, and dashed that of the `best` test digit."""
    heights = np.array([*climb.heights, climb.z])
    known = np.nan_to_num(heights if best is None else np.append(heights, best))
    low, high = min(float(known.min()), 0.0), max(float(known.max()), 1e-6)
    place = area.adjusted(ROOM, LINE + 6, -2, -LINE)

    def y_of(z: float) -> float:
        return place.bottom() - (z - low) / (high - low) * place.height()

    text(painter, QRectF(area.left(), area.top(), area.width(), LINE), "sum z", font(8.5), theme.muted)
    below = QRectF(place.left(), place.bottom(), place.width(), LINE)
    words = f"step {climb.step} of {STEPS}" if climb.step <= STEPS else "it follows the network"
    text(painter, below, words, font(8.5), theme.muted, centred=True)
    painter.setPen(QPen(QColor(theme.line), 1))
    for z in {low, 0.0, high}:
        painter.drawLine(QPointF(place.left(), y_of(z)), QPointF(place.right(), y_of(z)))
    _number(painter, area, y_of(high), high, theme.muted)
    _number(painter, area, y_of(0.0), 0.0, theme.muted)
    steps = np.arange(len(heights)) / STEPS
    points = np.stack([place.left() + steps * place.width(), [y_of(z) for z in np.nan_to_num(heights)]], axis=1)
    painter.setPen(QPen(QColor(theme.accent), 2))
    painter.drawPolyline(polyline(points))
    if best is not None and np.isfinite(best):
        pen = QPen(QColor(theme.text), 1.2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(place.left(), y_of(best)), QPointF(place.right(), y_of(best)))
        above = QRectF(place.left(), y_of(best) - LINE, place.width() - 4, LINE)
        painter.setFont(font(8))
        painter.drawText(above, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "best test digit")


def _number(painter: QPainter, area: QRectF, y: float, z: float, colour: str) -> None:
    painter.setFont(font(8))
    painter.setPen(QColor(colour))
    box = QRectF(area.left(), y - LINE / 2, ROOM - 4, LINE)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, short(z))


class ClimbCurve(QWidget):
    """Draws how far a climb has come."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Climb, float | None] | None = None
        self.setMinimumHeight(60)
        self.setToolTip("How the neuron's sum rises with each step; dashed: the most that any test digit reaches")

    def show_climb(self, climb: Climb, best: float | None) -> None:
        """Draw this one; `best` is the largest sum of a test digit."""
        self._shown = climb, best
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shown is not None:
            with painting(QPainter(self)) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_climb(painter, QRectF(self.rect()), *self._shown, theme_of(self.palette()))


class IdealPicture(QWidget):
    """The picture itself, as large a square as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._climb: Climb | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(96, 96)
        self.setAccessibleName("The picture that the neuron likes best")
        self.setToolTip("The picture that raises this neuron's sum most, found step by step from noise")

    def show_climb(self, climb: Climb) -> None:
        """Draw how far it is."""
        self._climb = climb
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._climb is not None:
            with painting(QPainter(self)) as painter:
                side, theme = min(self.width(), self.height()) - 4.0, theme_of(self.palette())
                place = QRectF((self.width() - side) / 2, 2, side, side)
                paint_tile(painter, place, ink(self._climb.x), theme, ink=True)
                paint_frame(painter, place, theme.line, 1)
