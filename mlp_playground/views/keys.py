"""Keys that belong to the widget with the focus; else Space and letters would always be the window's shortcuts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton


class PressedByKey:
    """For buttons, mixed in before Qt's class: Space and Enter press one that has the focus, which only Tab gives it.

    A click gives no focus, so that Space goes on to play and pause after it.
    """

    def event(self: Any, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            mine = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            event.setAccepted(mine)
            return mine
        return bool(super().event(event))  # type: ignore[misc]

    def keyPressEvent(self: Any, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)  # type: ignore[misc]


class FlatButton(PressedByKey, QToolButton):
    """A small text button without a border."""


def is_letter(event: QKeyEvent) -> bool:
    """A letter or digit, by which an entry of a list is found, and no shortcut with modifiers."""
    plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return plain and event.text().isalnum()
