"""What canvas and digits have in common: they say what lies under the mouse, also while it changes below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class PointingView(QWidget):
    """`pointed_at` carries what lies under the mouse, or nothing; subclasses know the words."""

    pointed_at = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mouse: tuple[float, float] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def words_at(self, _x: float, _y: float) -> str:
        """What lies at a place of the widget, in pixels; here nothing, which is an empty text."""
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position().toTuple()
        self.tell_again()

    def tell_again(self) -> None:
        """Say anew what lies under the mouse: the picture has changed below it."""
        if self._mouse is not None:
            self.pointed_at.emit(self.words_at(*self._mouse))

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse = None
        self.pointed_at.emit("")
        super().leaveEvent(event)
