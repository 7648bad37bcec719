"""Small parts that many views are made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.views.parts import number_label


class Layings(QObject):
    """Counts how often a widget is laid out."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_number_that_changes_lays_out_nothing_until_it_needs_more_room(qtbot: QtBot) -> None:
    box, number, layings = QWidget(), number_label("0", "9999", 12, bold=True), Layings()
    qtbot.addWidget(box)
    row = QHBoxLayout(box)
    row.addWidget(number)
    with qtbot.waitExposed(box):
        box.show()
    qtbot.wait(1)
    box.installEventFilter(layings)
    room = number.size()
    for text in ("7", "1234", "8888", ""):
        number.setText(text)
        qtbot.wait(1)
        assert number.text() == text
        assert number.size() == room
    assert layings.count == 0
    number.setText("100\u202f000\u202f000")
    qtbot.wait(1)
    assert layings.count > 0
    assert number.width() >= number.fontMetrics().horizontalAdvance(number.text())
    wide = number.width()
    number.setText("1")
    qtbot.wait(1)
    assert number.width() == wide, "what stands beside it does not jump back and forth"


def test_the_room_that_a_style_adds_around_a_number_counts(qtbot: QtBot) -> None:
    box = QWidget()
    box.setStyleSheet("QLabel { padding: 0 20px }")
    number = number_label("", "9", 12)
    number.setParent(box)
    qtbot.addWidget(box)
    box.show()
    number.setText("123456")
    assert number.width() >= number.fontMetrics().horizontalAdvance("123456") + 40
