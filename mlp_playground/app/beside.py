"""The layout of dialogs that show something beside what is chosen about it, with their buttons below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.views.theme import SPACE


def room_for(form: QVBoxLayout, width: int) -> QWidget:
    """A column of controls, `width` pixels wide."""
    form.setContentsMargins(0, 0, 0, 0)
    form.setSpacing(2 * SPACE)
    room = QWidget()
    room.setFixedWidth(width)
    room.setLayout(form)
    return room


def lay_out(
    dialog: QDialog, shown: QWidget, form: QWidget, buttons: Sequence[QWidget], progress: Sequence[QWidget] = ()
) -> None:
    """What is `shown` on the left, the `form` on the right; below them `progress`, the first of it as wide as can be,
    and the `buttons` at the right."""
    columns = QHBoxLayout()
    columns.setSpacing(3 * SPACE)
    columns.addWidget(shown, 1)
    columns.addWidget(form)
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for k, part in enumerate(progress):
        row.addWidget(part, 0 if k else 1)
    row.addStretch(0 if progress else 1)
    for button in buttons:
        row.addWidget(button)
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(*(2 * SPACE,) * 4)
    whole.setSpacing(2 * SPACE)
    whole.addLayout(columns, 1)
    whole.addLayout(row)
