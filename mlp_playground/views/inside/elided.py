"""A line of text that changes while training and never sets its panel's width: what has no room is cut, and whole in
its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mlp_playground.views.painting import painting
from mlp_playground.views.theme import font, theme_of


class Elided(QWidget):
    """One line; `text` is whole, whatever is seen of it."""

    def __init__(self, text: str = "", size: float = 9, *, bold: bool = False, muted: bool = True) -> None:
        super().__init__()
        self._text, self._muted = text, muted
        self.setFont(font(size, bold))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show_text(self, text: str) -> None:
        """Say something else; nothing is laid out anew."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, QFontMetrics(self.font()).height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._is_cut():
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, [self._text, self.toolTip()])), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setPen(QColor(theme.muted if self._muted else theme.text))
            cut = QFontMetrics(self.font()).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)

    def _is_cut(self) -> bool:
        return QFontMetrics(self.font()).horizontalAdvance(self._text) > self.width()
