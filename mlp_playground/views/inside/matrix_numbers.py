"""The table of a matrix: numbers with their colour, those in view, and the rest by scrolling."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from mlp_playground.views.inside.matrix import Entry, Matrix, as_text, entry_words, number
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import font, mixed, theme_of

ROW, HEAD, WIDEST_HEAD = 17, 24, 72
"""Pixels: a number's height, room for the rows' numbers, and for their names at most."""
WIDEST = "−8.88e−88"
SMALL = 7.5
TINT = 0.55
"""How strong the largest number's colour is behind it."""


class Numbers(QAbstractScrollArea):
    """The table. `selected` carries the (row, column) that was clicked or gone to by the arrow keys, `entered` says
    that Enter was pressed there, or it was double-clicked. Ctrl+C copies all of its numbers."""

    selected = Signal(tuple)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self._matrix: Matrix | None = None
        self._scale, self.head = 1.0, HEAD
        self.cell = QFontMetrics(font(8.5)).horizontalAdvance(WIDEST) + 8
        self.setMinimumWidth(HEAD + self.cell)
        self._entry: Entry | None = None

    def show_matrix(self, matrix: Matrix) -> None:
        """Show these numbers; where there are as many as before, the same one is marked and nothing is scrolled."""
        has_other_shape = self._matrix is None or self._matrix.values.shape != matrix.values.shape
        self._matrix, self._entry = matrix, None if has_other_shape else self._entry
        finite = np.abs(matrix.values[np.isfinite(matrix.values)])
        self._scale = float(finite.max(initial=0.0)) or 1.0
        letters = QFontMetrics(font(SMALL))
        widest = max((letters.horizontalAdvance(name) for name in matrix.rows), default=0)
        self.head = min(max(widest + 6, HEAD), WIDEST_HEAD)
        if has_other_shape:
            self._set_bars()
        self.viewport().update()

    def show_entry(self, entry: Entry | None) -> None:
        """Mark a number and bring it into view."""
        if entry != self._entry:
            self._entry = entry
            if entry is not None:
                self._bring(entry)
            self.viewport().update()

    def sizeHint(self) -> QSize:
        rows, columns = (1, 1) if self._matrix is None else self._matrix.values.shape
        return QSize(self.head + min(columns, 6) * self.cell + 2, (rows + 1) * ROW)

    def entry_at(self, place: QPoint) -> Entry | None:
        """The number at a place of the viewport."""
        if self._matrix is None or place.x() < self.head or place.y() < ROW:
            return None
        row = (place.y() - ROW + self.verticalScrollBar().value()) // ROW
        column = (place.x() - self.head + self.horizontalScrollBar().value()) // self.cell
        rows, columns = self._matrix.values.shape
        return (row, column) if row < rows and column < columns else None

    def place_of(self, entry: Entry) -> QRect:
        """Where a number stands in the viewport."""
        x = self.head + entry[1] * self.cell - self.horizontalScrollBar().value()
        return QRect(x, ROW + entry[0] * ROW - self.verticalScrollBar().value(), self.cell, ROW)

    # -- looks ----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._matrix is None:
            return
        theme, rect = theme_of(self.palette()), self.viewport().rect()
        rows, columns = self._matrix.values.shape
        first_row, first = self.verticalScrollBar().value() // ROW, self.horizontalScrollBar().value() // self.cell
        some_rows = range(first_row, min(first_row + rect.height() // ROW + 1, rows))
        some = range(first, min(first + rect.width() // self.cell + 2, columns))
        with painting(QPainter(self.viewport())) as painter:
            painter.setFont(font(8.5))
            painter.setClipRect(rect.adjusted(self.head, ROW, 0, 0))
            for row in some_rows:
                for column in some:
                    self._paint_cell(painter, (row, column))
            painter.setFont(font(SMALL))
            painter.setPen(QColor(theme.muted))
            painter.setClipRect(rect.adjusted(0, ROW, 0, 0))
            for row in some_rows:
                place = QRect(0, self.place_of((row, 0)).y(), self.head - 4, ROW)
                name = painter.fontMetrics().elidedText(self._name(row), Qt.TextElideMode.ElideRight, place.width())
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
            painter.setClipRect(rect.adjusted(self.head, 0, 0, 0))
            for column in some:
                place = QRect(self.place_of((0, column)).x(), 0, self.cell - 4, ROW)
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(column + 1))

    def _name(self, row: int) -> str:
        assert self._matrix is not None
        return self._matrix.rows[row] if self._matrix.rows else str(row + 1)

    def _paint_cell(self, painter: QPainter, entry: Entry) -> None:
        assert self._matrix is not None
        theme, value, place = theme_of(self.palette()), float(self._matrix.values[entry]), self.place_of(entry)
        share = value / self._scale if np.isfinite(value) else 0.0
        ground = mixed(QColor(theme.background), theme.colour(share), TINT * min(abs(share), 1.0))
        painter.fillRect(place.adjusted(0, 0, -1, -1), ground)
        if entry == self._entry:
            painter.setPen(QPen(QColor(theme.accent), 1.6))
            painter.drawRect(place.adjusted(1, 1, -3, -3))
        painter.setPen(QColor(theme.text))
        painter.drawText(
            place.adjusted(1, 0, -4, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(value)
        )

    # -- mouse and keys -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        entry = self.entry_at(event.position().toPoint())
        if entry is not None:
            self.selected.emit(entry)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.entry_at(event.position().toPoint()) is not None:
            self.entered.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_copy(event):
            event.accept()  # its numbers, before anything of the window
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_copy(event) and self._matrix is not None:
            QGuiApplication.clipboard().setText(as_text(self._matrix))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self._matrix is None:
            event.ignore()
            return
        row, column = self._entry or (0, 0)
        rows, columns = self._matrix.values.shape
        self.selected.emit((min(max(row + step[0], 0), rows - 1), min(max(column + step[1], 0), columns - 1)))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().viewportEvent(event)

    def _tell(self, event: QHelpEvent) -> None:
        entry = self.entry_at(event.pos())
        assert self._matrix is not None
        text = self._matrix.tip if entry is None else entry_words(self._matrix, entry)
        QToolTip.showText(event.globalPos(), text, self.viewport())

    # -- scrolling ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_bars()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def _set_bars(self) -> None:
        if self._matrix is None:
            return
        rows, columns = self._matrix.values.shape
        size = self.viewport().size()
        for bar, needed, there, step in (
            (self.verticalScrollBar(), (rows + 1) * ROW, size.height(), ROW),
            (self.horizontalScrollBar(), self.head + columns * self.cell, size.width(), self.cell),
        ):
            bar.setRange(0, max(needed - there, 0))
            bar.setPageStep(there)
            bar.setSingleStep(step)

    def _bring(self, entry: Entry) -> None:
        place, rect = self.place_of(entry), self.viewport().rect().adjusted(self.head, ROW, 0, 0)
        for bar, low, high, start, end in (
            (self.horizontalScrollBar(), place.left(), place.right(), rect.left(), rect.right()),
            (self.verticalScrollBar(), place.top(), place.bottom(), rect.top(), rect.bottom()),
        ):
            if high > end:
                bar.setValue(bar.value() + high - end)
            elif low < start:
                bar.setValue(bar.value() + low - start)


def _is_copy(event: QKeyEvent) -> bool:
    return bool(event.matches(QKeySequence.StandardKey.Copy))


_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
