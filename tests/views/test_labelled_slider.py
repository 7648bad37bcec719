"""A slider whose drag is one change, and which nobody pulls from the user's hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from mlp_playground.views.labelled_slider import CHANGE_DELAY, LabelledSlider

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def labelled(qtbot: QtBot) -> Callable[[], LabelledSlider]:
    def made() -> LabelledSlider:
        widget = LabelledSlider("Noise", 0, 50, 5, " %", "")
        qtbot.addWidget(widget)
        widget.resize(160, 40)
        widget.show()
        return widget

    return made


def test_what_is_shown_does_not_pull_the_handle_from_the_users_hand(
    labelled: Callable[[], LabelledSlider], qtbot: QtBot
) -> None:
    widget = labelled()
    qtbot.mousePress(widget.slider, LEFT, pos=QPoint(80, 10))
    held = widget.slider.value()
    qtbot.wait(CHANGE_DELAY + 50)
    widget.show_value(0)
    assert widget.slider.value() == held > 0
    qtbot.mouseRelease(widget.slider, LEFT, pos=QPoint(80, 10))
    widget.show_value(0)
    assert widget.slider.value() == 0


def test_a_key_is_a_change_too(labelled: Callable[[], LabelledSlider], qtbot: QtBot) -> None:
    widget = labelled()
    with qtbot.waitSignal(widget.changed) as told:
        qtbot.keyClick(widget.slider, Qt.Key.Key_Right)
        qtbot.keyClick(widget.slider, Qt.Key.Key_Right)
    assert told.args == [10]
    assert widget._value.text() == "10 %"
