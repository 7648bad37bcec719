"""Probabilities on the way from one digit to another, and where the answer flips."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlp_playground.analysis.morph import Morph
from mlp_playground.numerals import percent
from mlp_playground.views.painting import painting
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.polyline import polyline
from mlp_playground.views.theme import Theme, font, theme_of

INSET = 7.0
"""Pixels at each side, as the slider below has: its handle stands under the place that it is about."""
LEAST = 0.05
"""A class that is never likelier than this has no line."""
ROOM = 14.0
"""Pixels above the lines, for their names."""


class MorphChart(PointingView):
    """Draws a Morph with the place `t` that is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._morph: Morph | None = None
        self._names: tuple[str, ...] = ()
        self._t = 0.0
        self.setAccessibleName("How likely each class is on the way from A to B")

    def sizeHint(self) -> QSize:
        return QSize(140, 84)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 48)

    def show_morph(self, morph: Morph | None, names: tuple[str, ...], t: float) -> None:
        """Draw this way; None: there is none yet."""
        self._morph, self._names, self._t = morph, names, t
        self.update()

    def words_at(self, x: float, _y: float) -> str:
        if self._morph is None:
            return ""
        t = min(max((x - INSET) / max(self.width() - 2 * INSET, 1), 0.0), 1.0)
        p = [float(np.interp(t, self._morph.t, row)) for row in self._morph.probabilities]
        first, second = np.argsort(p)[::-1][:2].tolist()
        here = f"{percent(t, 0)} of the way: {self._names[first]} ({percent(p[first], 0)}), then {self._names[second]}"
        return f"{here} ({percent(p[second], 0)})"

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._morph is None:
            return
        with painting(QPainter(self)) as painter:
            area = QRectF(self.rect()).adjusted(INSET, 0, -INSET, -1)
            paint_morph(painter, area, self._morph, self._names, self._t, theme_of(self.palette()))


def paint_morph(painter: QPainter, area: QRectF, morph: Morph, names: tuple[str, ...], t: float, theme: Theme) -> None:
    """Lines from 0 % to 100 %, one for each class that matters, named at its peak; flips as dashed lines."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = area.adjusted(0, ROOM, 0, 0)
    painter.fillRect(place, QColor(theme.raised))
    for flip in morph.flips:
        x = place.left() + flip.t * place.width()
        painter.setPen(QPen(QColor(theme.text), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
    taken: list[QRectF] = []
    matter = [k for k in range(len(names)) if float(morph.probabilities[k].max()) >= LEAST]
    for k in sorted(matter, key=lambda each: -float(morph.probabilities[each].max())):
        p = morph.probabilities[k]
        points = np.stack([place.left() + morph.t * place.width(), place.bottom() - p * place.height()], axis=1)
        painter.setPen(QPen(theme.class_colour(k), 2))
        painter.drawPolyline(polyline(points))
        peak = QPointF(*points[int(p.argmax())].tolist())
        box = QRectF(0, 0, 12, ROOM)
        box.moveCenter(QPointF(min(max(peak.x(), area.left() + 6), area.right() - 6), peak.y() - ROOM / 2))
        if not any(box.intersects(other) for other in taken):
            taken.append(box)
            painter.setFont(font(8.5, bold=True))
            painter.setPen(QColor(theme.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, names[k])
    here = place.left() + t * place.width()
    painter.setPen(QPen(QColor(theme.accent), 1.6))
    painter.drawLine(QPointF(here, place.top()), QPointF(here, place.bottom()))
