"""One of a few views, chosen by a row of names of which one is on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mlp_playground.views.parts import flat_button


class Segments(QWidget):
    """`entries` are (name, label, tooltip); `chosen` carries the name of the one that the user wants. With the focus on
    one, the left and right keys go to the next."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.buttons = {name: flat_button(label, tip, checkable=True) for name, label, tip in entries}
        for name, button in self.buttons.items():
            button.setAutoExclusive(True)
            button.clicked.connect(partial(self.chosen.emit, name))
            row.addWidget(button)
        self.show_name(entries[0][0])

    @property
    def name(self) -> str:
        """The one that is on."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def show_name(self, name: str) -> None:
        """Switch one on without telling anybody."""
        self.buttons[name].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        names = list(self.buttons)
        button = self.buttons[names[(names.index(self.name) + by) % len(names)]]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()
