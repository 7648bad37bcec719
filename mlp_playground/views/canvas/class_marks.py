"""Which mark stands for which class, where there is no other legend."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.views.canvas.legends import LEAST_LINE, TEXT, paint_classes
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import font, theme_of


class ClassMarks(QWidget):
    """The classes' marks and names below each other, side by side where there is no room for all; or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self.setMinimumHeight(40)

    def show_classes(self, names: tuple[str, ...]) -> None:
        """Name the classes."""
        if names != self._names:
            self._names = names
            self.setToolTip("\n".join(names))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        count, metrics = len(self._names), QFontMetricsF(font(9))
        rows = max(int(self.height() / LEAST_LINE), 1)
        columns = -(-count // rows)
        if not columns:
            return
        rows, width = -(-count // columns), self.width() / columns
        names = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, width - TEXT) for name in self._names]
        with painting(QPainter(self)) as painter:
            for column in range(columns):
                part = tuple(names[column * rows : (column + 1) * rows])
                # a short column's lines stand beside those of a full one
                place = QRectF(column * width, 0, width, self.height() * len(part) / rows)
                paint_classes(painter, place, part, theme_of(self.palette()), column * rows)
