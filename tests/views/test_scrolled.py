"""A column asks for its content's width beside a bar, and for no more height than it must."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.views.scrolled import Scrolled


def test_a_column_is_as_wide_as_its_content_and_may_be_low(qtbot: QtBot) -> None:
    content, line = QWidget(), QLabel("short")
    column = QVBoxLayout(content)
    column.addWidget(line)
    for _ in range(9):
        column.addWidget(QLabel("line"))
    scrolled, room = Scrolled(content, least=60), QWidget()
    QVBoxLayout(room).addWidget(scrolled)
    qtbot.addWidget(room)
    room.show()
    assert scrolled.minimumSizeHint().height() == 60
    line.setText("a line that is much longer than it was")
    for _ in range(3):
        QApplication.processEvents()
    room.resize(room.minimumSizeHint().width(), 100)
    QApplication.processEvents()
    assert scrolled.viewport().width() >= content.minimumSizeHint().width(), "the bar hides none of it"
    assert scrolled.verticalScrollBar().maximum() > 0
