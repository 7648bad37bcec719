"""A row of names of which one is on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlp_playground.views.segments import Segments


def test_one_is_on_and_another_is_asked_for_by_mouse_or_key(qtbot: QtBot) -> None:
    segments = Segments([(name, name.title(), f"shows {name}") for name in ("one", "two", "three")])
    qtbot.addWidget(segments)
    segments.show()
    names: list[str] = []
    segments.chosen.connect(names.append)
    assert segments.name == "one"
    segments.show_name("two")
    assert (segments.name, names) == ("two", []), "that was not the user"
    qtbot.mouseClick(segments.buttons["three"], Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(segments, key)
    assert names == ["three", "one", "three", "two"], "after the last one comes the first"
    assert segments.name == "two"
    assert segments.buttons["two"].toolTip() == "shows two"
