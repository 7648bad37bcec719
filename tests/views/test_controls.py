"""Sliders, choices and tick boxes under mouse, wheel and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.views.controls import CheckBox, Choice, Slider
from mlp_playground.views.parts import RoundButton, captioned

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def roll(widget: QWidget, notches: int) -> bool:
    """Turn the wheel over a widget; whether it took the event."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, 120 * notches), NONE,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    event.setAccepted(True)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def beside_a_button(qtbot: QtBot, widget: QWidget) -> None:
    """Show a widget in a window in which something else has the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 100)
    widget.setParent(window)
    other = QPushButton("other", window)
    other.move(0, 60)
    with qtbot.waitActive(window):
        window.show()
    other.setFocus()
    widget.parent_for_python = window  # type: ignore[attr-defined]


@pytest.fixture
def slider(qtbot: QtBot) -> Slider:
    widget = Slider(0, 50, 10, step=5)
    beside_a_button(qtbot, widget)
    widget.resize(214, 20)
    return widget


@pytest.mark.parametrize(("x", "value"), [(0, 0), (7, 0), (107, 25), (207, 50), (213, 50), (89, 20)])
def test_a_click_on_a_slider_jumps_to_the_nearest_step(slider: Slider, qtbot: QtBot, x: int, value: int) -> None:
    qtbot.mouseClick(slider, LEFT, pos=QPoint(x, 10))
    assert slider.value() == value
    assert not slider.isSliderDown()


def test_a_drag_follows_the_mouse_also_beyond_the_ends(slider: Slider, qtbot: QtBot) -> None:
    qtbot.mousePress(slider, LEFT, pos=QPoint(20, 10))
    assert slider.isSliderDown()
    seen = []
    for x in (60, 120, 500, -40):
        qtbot.mouseMove(slider, QPoint(x, 10))
        seen.append(slider.value())
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(-40, 10))
    assert seen == [15, 30, 50, 0]
    qtbot.mouseMove(slider, QPoint(120, 10))
    assert slider.value() == 0, "the mouse without its button moves nothing"


def test_other_mouse_buttons_do_not_move_a_slider(slider: Slider, qtbot: QtBot) -> None:
    qtbot.mouseClick(slider, Qt.MouseButton.RightButton, pos=QPoint(200, 10))
    qtbot.mouseClick(slider, Qt.MouseButton.MiddleButton, pos=QPoint(200, 10))
    assert slider.value() == 10


def test_keys_move_a_slider(slider: Slider, qtbot: QtBot) -> None:
    for key, value in (
        (Qt.Key.Key_Right, 15),
        (Qt.Key.Key_Up, 20),
        (Qt.Key.Key_Left, 15),
        (Qt.Key.Key_PageUp, 40),
        (Qt.Key.Key_End, 50),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
    ):
        qtbot.keyClick(slider, key)
        assert slider.value() == value


def test_the_wheel_turns_a_slider_only_when_it_has_the_focus(slider: Slider, qtbot: QtBot) -> None:
    assert not roll(slider, 1)
    assert slider.value() == 10
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    roll(slider, 1)
    assert slider.value() > 10


def test_scrolling_past_does_not_give_a_slider_or_a_choice_the_focus() -> None:
    slider, choice = Slider(0, 1, 0), Choice(("one", 1, ""))
    for widget in (slider, choice):
        assert not widget.focusPolicy() & Qt.FocusPolicy.WheelFocus.value & ~Qt.FocusPolicy.StrongFocus.value
        widget.deleteLater()


@pytest.mark.parametrize("value", [0, 25, 50])
def test_the_handle_is_drawn_where_a_click_would_set_it(slider: Slider, value: int) -> None:
    slider.setValue(value)
    assert slider._value_at(slider.x_of(value)) == value


@pytest.fixture
def choice(qtbot: QtBot) -> Choice:
    widget = Choice(("one", 1, "first"), ("two", 2.5, "second"), ("three", "x", "third"))
    beside_a_button(qtbot, widget)
    return widget


def test_a_choice_ignores_the_wheel_with_and_without_focus(choice: Choice, qtbot: QtBot) -> None:
    assert not roll(choice, -1)
    choice.setFocus()
    qtbot.waitUntil(choice.hasFocus)
    assert not roll(choice, -1)
    assert choice.currentIndex() == 0


def test_a_choice_shows_data_without_telling(choice: Choice, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(choice.activated), qtbot.assertNotEmitted(choice.currentIndexChanged):
        choice.show_data(2.5)
        assert choice.currentText() == "two"
        choice.show_data("nowhere")
    assert choice.currentIndex() == -1
    assert choice.currentText() == ""


def test_keys_change_a_choice_but_space_is_left_for_play(choice: Choice, qtbot: QtBot) -> None:
    with qtbot.waitSignal(choice.activated):
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentIndex() == 1
    qtbot.keyClick(choice, Qt.Key.Key_Space)
    assert not choice.view().isVisible()
    qtbot.keyClick(choice, Qt.Key.Key_Return)
    assert choice.view().isVisible()
    choice.hidePopup()


def test_a_choice_is_wide_enough_for_its_longest_entry(choice: Choice) -> None:
    widest = max(choice.fontMetrics().horizontalAdvance(choice.itemText(i)) for i in range(3))
    assert choice.sizeHint().width() >= widest + 8 + 18


def test_each_entry_of_a_choice_explains_itself(choice: Choice) -> None:
    assert [choice.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(3)] == ["first", "second", "third"]


def test_a_tick_box_is_ticked_anywhere_on_it(qtbot: QtBot) -> None:
    box = CheckBox("test points")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    box.show()
    for x in (3, box.width() - 3):
        before, plain = box.isChecked(), box.grab().toImage()
        qtbot.mouseClick(box, LEFT, pos=QPoint(x, 10))
        assert box.isChecked() is not before
        assert box.grab().toImage() != plain
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()


def test_a_tick_boxs_words_are_not_cut(qtbot: QtBot) -> None:
    box = CheckBox("test points")
    qtbot.addWidget(box)
    assert box.sizeHint().width() >= 22 + box.fontMetrics().horizontalAdvance("test points")


def test_a_round_button_tells_its_new_sign(qtbot: QtBot) -> None:
    button = RoundButton("play", "Play", 34)
    qtbot.addWidget(button)
    before = button.grab().toImage()
    button.show_sign("pause", "Pause")
    assert (button.toolTip(), button.accessibleName()) == ("Pause", "Pause")
    assert button.grab().toImage() != before


def test_a_caption_names_its_control_for_screen_readers(qtbot: QtBot) -> None:
    choice = Choice(("one", 1, ""))
    box = captioned("Learning rate", choice)
    qtbot.addWidget(box)
    assert choice.accessibleName() == "Learning rate"
