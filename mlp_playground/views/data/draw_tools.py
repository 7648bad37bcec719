"""The tools to draw data with: which class each mouse button draws, how wide the brush is, the eraser."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mlp_playground.views.canvas.picture_frame import paint_marks
from mlp_playground.views.keys import PressedByKey
from mlp_playground.views.labelled_slider import LabelledSlider
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import RADIUS, SPACE, font, theme_of

MOST_CLASSES, PER_ROW = 10, 5
SWATCH = 30
FIRST_SPREAD = 4
"""Tenths of the plane's unit."""


class Swatch(PressedByKey, QAbstractButton):
    """One class: its mark, its key, and which mouse button draws it. A right click gives it the right button."""

    right_clicked = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.buttons = ""
        self.setFixedSize(SWATCH, SWATCH)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"Class {number + 1}")
        self.setToolTip(
            f"Class {number + 1}. Click: the left button draws it (key {(number + 1) % 10}).\n"
            "Right click: the right button draws it."
        )

    def show_buttons(self, buttons: str) -> None:
        """Which mouse buttons draw this class: "", "L", "R" or "LR"."""
        if buttons != self.buttons:
            self.buttons = buttons
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self.right_clicked.emit()
        else:
            super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(SWATCH, SWATCH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            lit = self.underMouse() or self.hasFocus()
            colour = theme.accent if self.buttons else theme.muted if lit else theme.line
            painter.setPen(QPen(QColor(colour), 2 if self.buttons else 1))
            painter.setBrush(QColor(theme.surface))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            place = np.array([[self.width() / 2, self.height() / 2 - (4 if self.buttons else 0)]])
            paint_marks(painter, self.number, place, 11, theme.class_colour(self.number), theme, hollow=False)
            if self.buttons:
                painter.setFont(font(7.5, bold=True))
                painter.setPen(QColor(theme.text))
                below = QRectF(0, self.height() - 13, self.width(), 11)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, " ".join(self.buttons))


class DrawTools(QWidget):
    """Which class the left and the right button draw, with what brush. `cleared` asks for an empty canvas."""

    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left, self.right = 0, 1
        self.swatches = [Swatch(number) for number in range(MOST_CLASSES)]
        grid = QGridLayout()
        grid.setSpacing(2)
        for number, swatch in enumerate(self.swatches):
            grid.addWidget(swatch, number // PER_ROW, number % PER_ROW)
            swatch.clicked.connect(partial(self.choose, number))
            swatch.right_clicked.connect(partial(self.choose, number, right=True))
        self.brush = LabelledSlider("Brush", 0, 20, 1, "", "How far from the mouse points may fall; 0: one point", 10)
        self.brush.slider.setValue(FIRST_SPREAD)
        self.brush.forget()
        self.eraser = QPushButton("Eraser")
        self.eraser.setCheckable(True)
        self.eraser.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.eraser.setToolTip("Take points away instead of drawing them; so does Shift with any tool")
        self.clear = QPushButton("Clear")
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear.setToolTip("Take all points away")
        self.clear.clicked.connect(self.cleared)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.eraser)
        row.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(grid)
        column.addWidget(self.brush)
        column.addLayout(row)
        for number in range(MOST_CLASSES):
            key = QShortcut(QKeySequence(str((number + 1) % 10)), self)
            key.activated.connect(partial(self.choose, number))
        self._show()

    @property
    def spread(self) -> float:
        """Standard deviation of the brush in the plane's units; 0 draws single points."""
        return self.brush.slider.value() / 10

    def choose(self, number: int, *, right: bool = False) -> None:
        """Draw class `number` with the left or the right button."""
        if right:
            self.right = number
        else:
            self.left = number
        self.eraser.setChecked(False)
        self._show()

    def _show(self) -> None:
        for number, swatch in enumerate(self.swatches):
            swatch.show_buttons("L" * (number == self.left) + "R" * (number == self.right))
