"""Which mark stands for which class, where there is no other legend."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.views.legends import TEXT, paint_classes
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import font, theme_of


class ClassMarks(QWidget):
    """The classes' marks and names, one below the other; nothing where there are none."""

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
        metrics, room = QFontMetricsF(font(9)), self.width() - TEXT
        names = tuple(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room) for name in self._names)
        with painting(QPainter(self)) as painter:
            paint_classes(painter, QRectF(self.rect()).adjusted(0, 4, 0, 0), names, theme_of(self.palette()))
