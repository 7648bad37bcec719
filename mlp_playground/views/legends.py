"""What the colours mean: the diverging scale, or the classes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlp_playground.views.painting import painting
from mlp_playground.views.picture_frame import paint_marks
from mlp_playground.views.theme import Theme, font, theme_of

WIDTH, HEIGHT = 76, 120
NAMES = 86
"""Pixels of a legend with names, which may be the user's own."""
TEXT = 22
"""Pixels from the left to a class's name."""
PALE = "A class's colour is the paler the less certain the answer"
BESIDE, MARK = 20, 13
"""Pixels from the scale's bar to what is written beside it, and of a shape before that."""
TALLEST = 180
"""Pixels of the scale's bar."""
LINE = 22
"""Pixels from one class to the next."""


class ScaleLegend(QWidget):
    """The diverging scale as a bar, with what its ends and its middle mean; the classes' shapes beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = ("", "", "")
        self._shapes = True
        self.setFixedWidth(WIDTH)
        self.setMinimumHeight(HEIGHT)

    def show_scale(self, top: str, middle: str, bottom: str, *, shapes: bool) -> None:
        """Name the scale's ends; `shapes` draws the classes' point shapes too."""
        if (top, middle, bottom) != self._texts or shapes != self._shapes:
            self._texts, self._shapes = (top, middle, bottom), shapes
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(QPainter(self)) as painter:
            place = QRectF(2, 2, self.width() - 2, min(self.height() - 4, TALLEST))
            paint_scale(painter, place, self._texts, theme_of(self.palette()), shapes=self._shapes)


class ClassLegend(QWidget):
    """The classes with their colours and marks; a paler colour is a less certain answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self.setFixedWidth(NAMES)
        self.setMinimumHeight(HEIGHT)
        self.setToolTip(PALE)

    def show_classes(self, names: tuple[str, ...]) -> None:
        """Name the classes."""
        if names != self._names:
            self._names = names
            cut = [name for name in names if self._shown(name) != name]
            self.setToolTip("\n".join([*cut, PALE]))
            self.update()

    def _shown(self, name: str) -> str:
        return QFontMetricsF(font(9)).elidedText(name, Qt.TextElideMode.ElideRight, NAMES - TEXT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(QPainter(self)) as painter:
            names = tuple(self._shown(name) for name in self._names)
            paint_classes(painter, QRectF(self.rect()), names, theme_of(self.palette()))


def paint_scale(painter: QPainter, place: QRectF, texts: tuple[str, str, str], theme: Theme, *, shapes: bool) -> None:
    """The diverging scale as a bar of the height of `place`, and beside it the texts of its top, middle and bottom."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bar = QRectF(place.left(), place.top(), 12, place.height())
    gradient = QLinearGradient(bar.topLeft(), bar.bottomLeft())
    for stop in range(9):
        gradient.setColorAt(stop / 8, theme.colour(1 - stop / 4))
    painter.setBrush(gradient)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRoundedRect(bar, 3, 3)
    painter.setFont(font(9))
    for text, y, shape in zip(texts, (bar.top() + 8, bar.center().y(), bar.bottom() - 8), (1, 0, -1), strict=True):
        left = bar.left() + BESIDE
        if shapes and shape:
            painter.setPen(QPen(QColor(theme.point_line), 1))
            painter.setBrush(theme.colour(shape))
            mark = QRectF(left, y - 4, 8, 8)
            if shape > 0:
                painter.drawEllipse(mark)
            else:
                painter.drawRect(mark.adjusted(0.5, 0.5, -0.5, -0.5))
            left += MARK
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(left, y - 9, place.right() - left, 18), Qt.AlignmentFlag.AlignVCenter, text)


def paint_classes(painter: QPainter, place: QRectF, names: tuple[str, ...], theme: Theme) -> None:
    """The classes' marks and names, one below the other."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(9))
    for k, name in enumerate(names):
        middle = place.top() + 10 + k * LINE
        mark = np.array([[place.left() + 8.0, middle]])
        paint_marks(painter, k, mark, 9, theme.class_colour(k), theme, hollow=False)
        painter.setPen(QColor(theme.muted))
        beside = QRectF(place.left() + TEXT, middle - 9, place.width() - TEXT, 18)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, name)
