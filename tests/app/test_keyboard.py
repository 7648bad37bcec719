"""The keyboard: what has the focus gets the keys, and nothing that was clicked keeps Space from playing and pausing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.app.main_window import MainWindow
from mlp_playground.experiment.snapshot import RunState

KEY = Qt.Key
LONG = 30_000


def focused(qtbot: QtBot, widget: QWidget) -> QWidget:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)
    return widget


def epochs(window: MainWindow) -> int:
    assert window.clock.latest is not None
    return window.clock.latest.epoch


def test_a_letter_in_a_list_looks_there_and_resets_nothing(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.transport.epoch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: epochs(window) == 1, timeout=LONG)
    qtbot.keyClick(focused(qtbot, window.transport.activation), KEY.Key_R)
    qtbot.waitUntil(lambda: window.controller.config.network.activations == ("relu",), timeout=LONG)
    qtbot.waitUntil(lambda: window.clock.latest.config == window.controller.config, timeout=LONG)  # type: ignore[union-attr]
    assert epochs(window) == 1


def test_a_comma_goes_back_in_time_also_from_a_list(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.transport.epoch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.output.time.slider.isEnabled, timeout=LONG)
    qtbot.keyClick(focused(qtbot, window.transport.activation), KEY.Key_Comma)
    qtbot.waitUntil(lambda: window.controller.looked_at is not None, timeout=LONG)


@pytest.mark.parametrize("key", [KEY.Key_Space, KEY.Key_Return])
def test_a_focused_plus_adds_a_neuron(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(focused(qtbot, window.network.layers[0].plus), key)
    assert window.controller.config.network.hidden == (2,)


def test_a_focused_box_is_ticked_by_space(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(qtbot, window.output.options.box("test_points")), KEY.Key_Space)
    assert not window.output.options.box("test_points").isChecked()
    assert not window.output.canvas.showing.test_points


@pytest.mark.parametrize(
    "clicked",
    [
        lambda window: window.network.layers[0].plus,
        lambda window: window.output.options.box("boundary"),
        lambda window: window.data.cards["circle"],
        lambda window: window.data.new_points,
    ],
)
def test_space_plays_after_any_click(
    window: MainWindow, qtbot: QtBot, clicked: Callable[[MainWindow], QWidget]
) -> None:
    widget = clicked(window)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    assert not widget.hasFocus()
    qtbot.keyClick(window.focusWidget() or window, KEY.Key_Space)
    qtbot.waitUntil(lambda: window.clock.latest.state is RunState.RUNNING, timeout=LONG)  # type: ignore[union-attr]


def test_m_opens_the_other_settings_and_escape_closes_them(window: MainWindow, qtbot: QtBot) -> None:
    settings = window.transport.settings
    qtbot.keyClick(window, KEY.Key_M)
    assert settings.isVisible()
    assert settings.loss.hasFocus()
    qtbot.keyClick(settings.loss, KEY.Key_T)  # looks for tanh, as letters do in any list
    assert window.controller.config.training.loss == "tanh-squared"
    qtbot.keyClick(settings.loss, KEY.Key_Escape)
    assert settings.isHidden()


def test_the_focused_button_opens_the_other_settings(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(qtbot, window.transport.more), KEY.Key_Return)
    assert window.transport.settings.isVisible()
    window.transport.settings.close()


def test_features_are_in_the_menu_too(window: MainWindow, qtbot: QtBot) -> None:
    window.menus.actions["x₁x₂"].trigger()
    assert window.controller.config.features == ("x1", "x2", "x1*x2")
    assert window.menus.actions["x₁x₂"].isChecked()
    window.controller.choose_data("mnist")
    assert not window.menus.actions["x₁x₂"].isEnabled()


def test_play_does_not_repeat_while_its_key_is_held(window: MainWindow) -> None:
    actions = window.menus.actions.items()
    repeating = {name for name, action in actions if action.autoRepeat() and action.shortcuts()}
    through_time = {"E&arlier moment", "&Later moment"}
    assert repeating <= through_time | {"&Step", "&Undo", "&Redo"}
