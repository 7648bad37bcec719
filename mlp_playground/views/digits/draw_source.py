"""The digit that somebody draws: the pad with its pen, eraser, undo and clear."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.data.pen import Strokes
from mlp_playground.views.controls import Slider
from mlp_playground.views.digits.digit_pad import FIRST_PEN, DigitPad
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.theme import SPACE

THINNEST, THICKEST = 3, 20
"""Hundredths of the paper's side."""


class DrawSource(QWidget):
    """`drawn` carries the strokes, also while one is being drawn; `finished` comes when the pen leaves the paper."""

    drawn = Signal(tuple)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pad = DigitPad()
        self.pad.drawn.connect(self.drawn)
        self.pad.finished.connect(self.finished)
        self.pen = Slider(THINNEST, THICKEST, FIRST_PEN)
        self.pen.setToolTip("How wide the pen draws")
        self.pen.setAccessibleName("Pen width")
        self.pen.valueChanged.connect(self._on_pen)
        self.eraser = flat_button("Erase", "Wipe ink away, as the right button does", checkable=True)
        self.eraser.toggled.connect(self._on_eraser)
        self.undo = flat_button("Undo", "Take the last stroke back (Backspace)")
        self.undo.clicked.connect(self.pad.undo)
        self.clear = flat_button("Clear", "Blank paper (Delete)")
        self.clear.clicked.connect(self.pad.clear)
        self.pad.drawn.connect(self._on_drawn)
        self._on_drawn(())
        self._lay_out()

    def _lay_out(self) -> None:
        width = QHBoxLayout()
        width.setSpacing(SPACE)
        width.addWidget(label("pen", 8.5, muted=True))
        width.addWidget(self.pen, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for button in (self.eraser, self.undo, self.clear):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.pad, 1)
        column.addLayout(width)
        column.addLayout(buttons)

    def _on_pen(self, hundredths: int) -> None:
        self.pad.pen = hundredths / 100

    def _on_eraser(self, on: bool) -> None:
        self.pad.erases = on

    def _on_drawn(self, strokes: Strokes) -> None:
        for button in (self.undo, self.clear):
            button.setEnabled(bool(strokes))
