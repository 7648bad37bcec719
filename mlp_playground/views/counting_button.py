"""A flat button with room for a small number: how many things are waiting behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from mlp_playground.views.keys import FlatButton
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import font, theme_of

SIDE = 15.0
"""Pixels of the number's disc."""


class CountingButton(FlatButton):
    """Shows `count`, where it is not 0, beside its text; there is always room for it, so that nothing moves."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def show_count(self, count: int) -> None:
        """So many."""
        if count != self.count:
            self.count = count
            self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + 2 * round(SIDE), hint.height())  # the text stays in the middle

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count:
            return
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            disc = QRectF(self.width() - SIDE - 3, (self.height() - SIDE) / 2, SIDE, SIDE)
            painter.setPen(QColor(theme.warning_text))
            painter.setBrush(QColor(theme.warning))
            painter.drawEllipse(disc)
            painter.setFont(font(8))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, f"{self.count}")
