"""A digit on the way from one to another: both ends, how far, and where the answer flips."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.analysis.morph import Morph
from mlp_playground.data.dataset import Dataset
from mlp_playground.numerals import percent
from mlp_playground.views.controls import Choice, Slider
from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.digits.morph_chart import MorphChart
from mlp_playground.views.outlines import paint_levels
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import RoundButton, flat_button
from mlp_playground.views.theme import SPACE, font, theme_of

FINE = 1000
"""Steps of the slider."""


class Thumbnail(QWidget):
    """One digit as a small picture, with the `letter` that it is called by."""

    def __init__(self, letter: str, tip: str) -> None:
        super().__init__()
        self._letter = letter
        self._pixels: NDArray[np.float32] | None = None
        self.setToolTip(tip)
        self.setFixedSize(38, 38)

    def show_pixels(self, pixels: NDArray[np.float32]) -> None:
        """Draw (rows, columns) of ink."""
        self._pixels = pixels
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, place = theme_of(self.palette()), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._pixels is not None:
                paint_levels(painter, place, ink(self._pixels), theme.ink_scale, theme)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(place)
            painter.setFont(font(8, bold=True))
            painter.setPen(QColor(theme.accent))
            painter.drawText(place.adjusted(3, 1, 0, 0), Qt.AlignmentFlag.AlignLeft, self._letter)


class MorphSource(QWidget):
    """`moved` comes when another place of the way or another digit B is looked at. `t` is how far from A to B."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._data: Dataset | None = None
        self._morph: Morph | None = None
        self._random = np.random.default_rng()
        self.t, self.end_index = 0.5, 1
        self.start, self.end = (
            Thumbnail("A", "A: the digit that was looked at before"),
            Thumbnail("B", "B: the test digit it becomes"),
        )
        self.of_class = Choice()
        self.of_class.setToolTip("Which digit A becomes")
        self.of_class.setAccessibleName("B's class")
        self.of_class.activated.connect(self._pick)
        self.other = RoundButton("reset", "Another test digit of that class as B", 24, flat=True)
        self.other.clicked.connect(self._pick)
        self.back = flat_button("‹", "The test digit of that class before B")
        self.on = flat_button("›", "The test digit of that class after B")
        self.back.clicked.connect(lambda: self._step(-1))
        self.on.clicked.connect(lambda: self._step(1))
        self.chart = MorphChart()
        self.way = Slider(0, FINE, FINE // 2)
        self.way.setToolTip("How far on the way from A to B: pixel by pixel (1 − t) · A + t · B")
        self.way.setAccessibleName("From A to B")
        self.way.valueChanged.connect(self._on_way)
        self.to_flip = flat_button("", "Go where two answers are equally likely: found by bisection")
        self.to_flip.clicked.connect(self._go_to_flip)
        self._lay_out()

    def _lay_out(self) -> None:
        ends = QHBoxLayout()
        ends.setSpacing(0)
        ends.addWidget(self.start)
        ends.addStretch(1)
        for widget in (self.back, self.other, self.on, self.end):
            ends.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(ends)
        column.addWidget(self.of_class)
        column.addWidget(self.chart, 1)
        column.addWidget(self.way)
        column.addWidget(self.to_flip)

    def sizeHint(self) -> QSize:
        return QSize(144, 230)

    def show_data(self, data: Dataset) -> None:
        """Offer these data's test digits as B."""
        if data is not self._data:
            self._data, self._morph = data, None
            self.end_index = min(self.end_index, len(data.test) - 1)
            self.of_class.clear()
            self.of_class.add("to any digit", None, "Any test digit")
            for number, name in enumerate(data.classes):
                self.of_class.add(f"to a {name}", number, f"Any test digit that is a {name}")
            self._show_end()

    def show_morph(self, morph: Morph | None, pixels: NDArray[np.float32] | None, t: float) -> None:
        """Draw the way whose start has these `pixels`; what is looked at lies at `t` of it."""
        assert self._data is not None
        self._morph = morph
        self.chart.show_morph(morph, self._data.classes, t)
        if pixels is not None:
            self.start.show_pixels(pixels)
        flips = () if morph is None else morph.flips
        where = " …" if len(flips) > 1 else ""
        self.to_flip.setText(f"flips at {percent(flips[0].t, 2)}{where}" if flips else "never flips")
        self.to_flip.setEnabled(bool(flips))

    def begin_with(self, end: int, t: float) -> None:
        """This test digit as B, or the last where there are not so many, and this place of the way."""
        self.end_index = end if self._data is None else min(end, len(self._data.test) - 1)
        if self._data is not None:
            self._show_end()
        self.go_to(t)

    def go_to(self, t: float) -> None:
        """Look at this place of the way."""
        self.t = t
        blocked = self.way.blockSignals(True)
        self.way.setValue(round(t * FINE))
        self.way.blockSignals(blocked)
        self.moved.emit()

    def _on_way(self, value: int) -> None:
        self.t = value / FINE
        self.moved.emit()

    def _go_to_flip(self) -> None:
        """The next one to the right, and after the last the first."""
        assert self._morph is not None
        later = [flip.t for flip in self._morph.flips if flip.t > self.t + 1e-9]
        self.go_to(later[0] if later else self._morph.flips[0].t)

    @property
    def _offered(self) -> list[int]:
        """The numbers of the test digits that B may be."""
        if self._data is None:
            return []
        chosen = self.of_class.currentData()
        return [i for i, y in enumerate(self._data.test.y.tolist()) if chosen is None or y == chosen]

    def _pick(self) -> None:
        """Any other one."""
        others = [i for i in self._offered if i != self.end_index]
        if others:
            self._become(int(self._random.choice(others)))

    def _step(self, by: int) -> None:
        """The next one in that direction; after the last comes the first."""
        offered = self._offered
        ahead = [i for i in offered if (i - self.end_index) * by > 0]
        if offered:
            self._become((ahead or offered)[0 if by > 0 else -1])

    def _become(self, b: int) -> None:
        self.end_index = b
        self._show_end()
        self.moved.emit()

    def _show_end(self) -> None:
        assert self._data is not None
        self.end.show_pixels(self._data.test.X[:, self.end_index].reshape(28, 28))
