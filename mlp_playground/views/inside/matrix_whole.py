"""A large matrix as one small picture, which is pointed at and clicked like its table."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRectF, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from mlp_playground.analysis.field import to_levels
from mlp_playground.views.inside.matrix import Entry, Matrix, entry_words
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import theme_of, tinted

SMALL = 40
"""Numbers that need no picture of the whole beside them."""
PICTURE = 70
"""Pixels of that picture's longer side."""


def has_picture(matrix: Matrix) -> bool:
    """Whether a picture tells more than the table: not of a single row, which is as long as it is thin."""
    return matrix.values.size > SMALL and (len(matrix.values) > 1 or matrix.image is not None)


class Whole(QWidget):
    """A picture of the whole matrix, or of the row or column of a picture's numbers that is marked."""

    selected = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._matrix: Matrix | None = None
        self._entry: Entry | None = None
        self.setFixedSize(PICTURE, PICTURE)

    def show_matrix(self, matrix: Matrix) -> None:
        """Draw it anew."""
        has_other_shape = self._matrix is None or self._matrix.values.shape != matrix.values.shape
        self._matrix, self._entry = matrix, None if has_other_shape else self._entry
        self.setVisible(has_picture(matrix))
        self.setFixedWidth(ceil(self.place().width()))
        self.update()

    def show_entry(self, entry: Entry | None) -> None:
        """Mark another number."""
        if entry != self._entry:
            self._entry = entry
            self.update()

    @property
    def seen(self) -> NDArray[np.float64]:
        """The numbers in the picture (rows, columns)."""
        assert self._matrix is not None
        values, (row, column) = self._matrix.values, self._entry or (0, 0)
        if self._matrix.image is None:
            return values
        return (values[:, column] if self._matrix.in_columns else values[row]).reshape(self._matrix.image)

    def place(self) -> QRectF:
        """Where the picture lies, in its own proportions as far as they can be read."""
        rows, columns = self.seen.shape
        longer = max(rows, columns)
        wide, high = (max(n / longer * PICTURE, PICTURE / 6) for n in (columns, rows))
        return QRectF(0, 0, wide, high)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        entry = self.entry_at(event.position().toPoint())
        if entry is not None:
            self.selected.emit(entry)

    def entry_at(self, point: QPoint) -> Entry | None:
        """The matrix's own entry at a place of the picture."""
        place, (rows, columns) = self.place(), self.seen.shape
        if self._matrix is None or not place.contains(point):
            return None
        row, column = int(point.y() / place.height() * rows), int(point.x() / place.width() * columns)
        if self._matrix.image is None:
            return row, column
        pixel, (kept_row, kept_column) = row * columns + column, self._entry or (0, 0)
        return (pixel, kept_column) if self._matrix.in_columns else (kept_row, pixel)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._matrix is not None:
            entry = self.entry_at(event.pos())
            text = self._matrix.tip if entry is None else entry_words(self._matrix, entry)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._matrix is None:
            return
        theme, values = theme_of(self.palette()), np.nan_to_num(self.seen, posinf=0, neginf=0)
        scale = float(np.abs(values).max(initial=0.0)) or 1.0
        with painting(QPainter(self)) as painter:
            painter.drawImage(self.place(), tinted(to_levels(values, scale), theme.scale))
            if self._entry is not None and self._matrix.image is None:
                self._mark(painter, self._entry)

    def _mark(self, painter: QPainter, entry: Entry) -> None:
        theme, place, (rows, columns) = theme_of(self.palette()), self.place(), self.seen.shape
        high, wide = max(place.height() / rows, 3), max(place.width() / columns, 3)
        painter.setPen(QPen(QColor(theme.text), 1))
        painter.drawRect(QRectF(place.width() * entry[1] / columns, place.height() * entry[0] / rows, wide, high))
