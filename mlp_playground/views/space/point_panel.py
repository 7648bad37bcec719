"""The point that the reader has picked in a space: its picture if it is one, and its numbers at every stage."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from mlp_playground.analysis.field import Levels
from mlp_playground.analysis.space.observe import Space
from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.parts import label
from mlp_playground.views.space.point_table import ROW, PointTable
from mlp_playground.views.theme import SPACE, theme_of, tinted

ASK = "Click a point in Space to read its numbers at every step"
PICTURE = 84
"""Pixels across of a digit: whole ones for each of its own 28."""


class PointPanel(QWidget):
    """Shows a point of a Space, or says how to pick one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digit: Levels | None = None
        self.picture, self.table, self.ask = QLabel(), PointTable(), label(ASK, 10, muted=True)
        self.picture.setFixedSize(PICTURE, PICTURE)
        self.picture.setScaledContents(True)
        self.picture.setAccessibleName("The picked digit")
        self.picture.hide()
        self.table.setMinimumHeight(3 * ROW)
        self.ask.setWordWrap(True)
        self.ask.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        numbers = QWidget()
        row = QHBoxLayout(numbers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.table, 1)
        self._pages = QStackedWidget()
        for page in (self.ask, numbers):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        column.addWidget(self._pages)
        self._shown: tuple[object, int] | None = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_digit()
        super().changeEvent(event)

    def show_point(self, space: Space | None, point: int | None, now: int) -> None:
        """Tell of a point (None: of none); stage `now` is the one in the picture."""
        is_there = space is not None and point is not None
        self._pages.setCurrentIndex(int(is_there))
        if space is None or point is None:
            return
        self.table.show_point(space, point, now)
        if self._shown != (space.cloud, point):
            self._shown = space.cloud, point
            shape = space.cloud.data.image_shape
            self._digit = None if shape is None else ink(space.cloud.X[:, point].reshape(shape))
            self.picture.setVisible(shape is not None)
            self._draw_digit()

    def _draw_digit(self) -> None:
        if self._digit is not None:
            colours = theme_of(self.palette()).ink_scale
            self.picture.setPixmap(QPixmap.fromImage(tinted(self._digit, colours)))
