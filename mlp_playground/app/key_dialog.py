"""The table of keys in a window of its own: it stays open beside the main one, so that keys can be tried."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from mlp_playground.views.theme import SPACE

MOST = 0.9
"""Of the screen's width and height; what has no room there is scrolled to."""


class KeyDialog(QDialog):
    """Shows a `table` of rich text. Esc closes it."""

    def __init__(self, table: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self.table = QLabel(table)
        self.table.setMargin(2 * SPACE)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        bar = self.area.verticalScrollBar().sizeHint().width()
        wanted = self.table.sizeHint()
        room = parent.screen().availableSize() * MOST
        self.resize(min(wanted.width() + bar, room.width()), min(wanted.height() + bar, room.height()))

    @staticmethod
    def show_beside(window: QWidget, table: Callable[[], str]) -> None:
        """Open it, or bring it to the front."""
        dialog = window.findChild(KeyDialog) or KeyDialog(table(), window)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
