"""What the colours mean: the diverging scale, or the classes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlp_playground.analysis.steps import STEPS
from mlp_playground.views.canvas.picture_frame import WASH, paint_marks
from mlp_playground.views.painting import painting
from mlp_playground.views.scale_numbers import Numbers
from mlp_playground.views.theme import Theme, font, mixed, theme_of

WIDTH, HEIGHT = 92, 80
"""Pixels of a legend at least, whose names may be the user's own."""
TEXT = 22
"""Pixels from the left to a class's name."""
PALE = "A class's colour is the paler the less certain the answer"
BESIDE, MARK = 20, 13
"""Pixels from the scale's bar to what is written beside it, and of a shape before that."""
TALLEST = 180
"""Pixels of the scale's bar."""
LINE, LEAST_LINE = 22.0, 15.0
"""Pixels from one class to the next, and where there are many and little room."""
SURE = 36.0
"""Pixels of the bar that says how sure a colour is, with its numbers."""


class ScaleLegend(QWidget):
    """The diverging scale as a bar with its numbers, smooth or in steps; the classes' shapes beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: Numbers = ()
        self._shapes, self._steps = True, False
        self.setFixedWidth(WIDTH)
        self.setMinimumHeight(HEIGHT)

    def show_scale(self, numbers: Numbers, *, shapes: bool, steps: bool = False) -> None:
        """Write these numbers; `shapes` draws the classes' point shapes too."""
        if (numbers, shapes, steps) != (self._numbers, self._shapes, self._steps):
            self._numbers, self._shapes, self._steps = numbers, shapes, steps
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(QPainter(self)) as painter:
            place = QRectF(2, 2, self.width() - 2, min(self.height() - 4, TALLEST))
            theme = theme_of(self.palette())
            paint_scale(painter, place, self._numbers, theme, shapes=self._shapes, steps=self._steps)


class ClassLegend(QWidget):
    """The classes with their colours and marks; a paler colour is a less certain answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._steps = False
        self._only: int | None = None
        self.setFixedWidth(WIDTH)
        self.setMinimumHeight(HEIGHT)
        self.setToolTip(PALE)

    def show_classes(self, names: tuple[str, ...], *, steps: bool = False, only: int | None = None) -> None:
        """Name the classes; `only` one of them may be drawn, from 0 %."""
        if (steps, only) != (self._steps, self._only):
            self._steps, self._only = steps, only
            self.update()
        if names != self._names:
            self._names = names
            cut = [name for name in names if self._shown(name) != name]
            self.setToolTip("\n".join([*cut, PALE]))
            self.update()

    def _shown(self, name: str) -> str:
        return QFontMetricsF(font(9)).elidedText(name, Qt.TextElideMode.ElideRight, WIDTH - TEXT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(QPainter(self)) as painter:
            names, theme, room = tuple(map(self._shown, self._names)), theme_of(self.palette()), QRectF(self.rect())
            used = paint_classes(painter, room, names, theme)
            if names and used + SURE <= room.bottom():
                least = 1 / len(names) if self._only is None else 0.0
                place = QRectF(4, used, 68, SURE)
                paint_sureness(painter, place, least, theme, steps=self._steps, of=self._only or 0)


def paint_scale(
    painter: QPainter,
    place: QRectF,
    numbers: Numbers,
    theme: Theme,
    *,
    shapes: bool,
    steps: bool = False,
    wash: float = WASH,
) -> None:
    """The diverging scale as a bar of the height of `place`, in the colours that it has in a map (or where no `wash` of
    the background is in them), and its numbers beside it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bar = QRectF(place.left(), place.top(), 12, place.height())
    gradient = QLinearGradient(bar.topLeft(), bar.bottomLeft())
    for value, colour in _stops(theme, steps=steps):
        gradient.setColorAt((1 - value) / 2, mixed(colour, QColor(theme.background), wash))
    painter.setBrush(gradient)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRoundedRect(bar, 3, 3)
    painter.setFont(font(9))
    for value, text in numbers:
        left, y = bar.left() + BESIDE, bar.center().y() - value * (bar.height() / 2 - 8)
        if shapes and abs(value) == 1:
            mark = 1 if value > 0 else 0
            paint_marks(painter, mark, np.array([[left + 4, y]]), 8, theme.class_colour(mark), theme, hollow=False)
        left += MARK * shapes
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(left, y - 9, place.right() - left, 18), Qt.AlignmentFlag.AlignVCenter, text)


def _stops(theme: Theme, *, steps: bool) -> list[tuple[float, QColor]]:
    """Values −1…1 of the scale and the colours there, from the top down."""
    if not steps:
        return [(1 - k / 4, theme.colour(1 - k / 4)) for k in range(9)]
    edges = np.linspace(1, -1, STEPS + 1)
    sharp = 1e-4  # a gradient has one colour at a place
    return [
        (value, theme.colour((high + low) / 2))
        for high, low in pairwise(edges.tolist())
        for value in (high - sharp, low + sharp)
    ]


def paint_classes(painter: QPainter, place: QRectF, names: tuple[str, ...], theme: Theme, first: int = 0) -> float:
    """The classes' marks and names, one below the other, as close as `place` needs it, from class number `first` on.
    Returns where they end."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(9))
    line = min(LINE, max(place.height() / max(len(names), 1), LEAST_LINE))
    for k, name in enumerate(names):
        middle = place.top() + line / 2 + k * line
        mark = np.array([[place.left() + 8.0, middle]])
        paint_marks(painter, first + k, mark, 9, theme.class_colour(first + k), theme, hollow=False)
        painter.setPen(QColor(theme.muted))
        beside = QRectF(place.left() + TEXT, middle - 9, place.width() - TEXT, 18)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, name)
    return place.top() + len(names) * line


def paint_sureness(painter: QPainter, place: QRectF, least: float, theme: Theme, *, steps: bool, of: int = 0) -> None:
    """How the colour of class `of` goes with its probability, from the `least` that is drawn to certain."""
    bar = QRectF(place.left(), place.top() + 6, place.width(), 10)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    middles = (np.arange(STEPS) + 0.5) / STEPS
    for share in np.linspace(0, 1, 200 if steps else 2).tolist():
        p = least + share * (1 - least)
        if steps:
            p = float(middles[min(int(p * STEPS), STEPS - 1)])
        full = mixed(QColor(theme.neutral), theme.class_colour(of), max(p - least, 0.0) / (1 - least))
        gradient.setColorAt(share, mixed(full, QColor(theme.background), WASH))
    painter.setBrush(gradient)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRoundedRect(bar, 3, 3)
    painter.setPen(QColor(theme.muted))
    below = QRectF(place.left(), bar.bottom() + 2, place.width(), 16)
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"{100 * least:.0f} %")
    painter.drawText(below, Qt.AlignmentFlag.AlignRight, "100 %")
