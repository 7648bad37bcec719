"""A column that may have less height than it would like: on a small screen the rest of it is scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget


class Scrolled(QScrollArea):
    """`content` as wide as it must be beside a scroll bar, and at least `least` pixels high."""

    def __init__(self, content: QWidget, least: int) -> None:
        super().__init__()
        self._content, self._least = content, least
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return self._with_bar(self._content.sizeHint())

    def minimumSizeHint(self) -> QSize:
        wanted = self._with_bar(self._content.minimumSizeHint())
        return QSize(wanted.width(), min(wanted.height(), self._least))

    def _with_bar(self, size: QSize) -> QSize:
        frame = 2 * self.frameWidth()
        return QSize(size.width() + self.verticalScrollBar().sizeHint().width() + frame, size.height() + frame)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
