"""The field over the diagram: what counts as a number, what takes it, and what leaves all as it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.errors import InvalidValue
from mlp_playground.views.number_field import LARGEST, NumberField, parse_number

Key, Reason = Qt.Key, Qt.FocusReason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (",5", 0.5),
        (".5", 0.5),
        ("5.", 5),
        ("-2", -2),
        ("−2,25", -2.25),
        ("–3", -3),
        ("‐3", -3),
        ("‑3", -3),
        ("-3", -3),
        ("+1.5", 1.5),
        ("  7 ", 7),
        ("1e-3", 0.001),
        ("1E−3", 0.001),
        ("-0", 0),
        ("1000", 1000),
        ("−1000", -1000),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "1.2.3", "1,2,3", "1.000,5", "--1", "−", "1_000", "0x10", "nan", "inf", "−inf", "1e400", "1000.1"],
)
def test_what_is_no_number_or_too_large_is_refused_with_the_bounds(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_number(text)
    assert refused.value.allowed == "a number from −1000 to 1000"


@pytest.mark.parametrize("text", ["0", "1025", "2.5", "2,5", "-3", "", "ten"])
def test_whole_numbers_within_bounds_are_asked_for(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_number(text, 1, 1024, whole=True)
    assert refused.value.allowed == "a whole number from 1 to 1024"


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("1024", 1024), ("12,0", 12), ("1e2", 100)])
def test_whole_numbers_may_be_written_with_a_point(text: str, value: int) -> None:
    assert parse_number(text, 1, 1024, whole=True) == value


@given(st.floats(-LARGEST, LARGEST))
def test_every_number_within_the_bounds_is_read_as_it_is_written(value: float) -> None:
    for text in (repr(value), repr(value).replace(".", ","), repr(value).replace("-", "−")):
        assert parse_number(text) == value


# -- the field --------------------------------------------------------------------------------------------------------


@dataclass
class Desk:
    """A window with a field over a panel, another widget, and a shortcut that must not fire."""

    window: QMainWindow
    panel: QWidget
    field: NumberField
    button: QPushButton
    other: QLineEdit
    taken: list[float] = field(default_factory=list)
    fired: list[str] = field(default_factory=list)

    def ask(self, value: float = 0.25, place: QPoint | None = None, **more: object) -> None:
        self.field.ask(place or QPoint(150, 80), "Weight", value, self.taken.append, **more)  # type: ignore[arg-type]
        assert self.field.is_open
        assert self.field.isVisible()
        assert self.field.hasFocus()

    @property
    def is_closed(self) -> bool:
        return not self.field.is_open and not self.field.isVisible()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(400, 300)
    centre = QWidget()
    window.setCentralWidget(centre)
    panel = QWidget(centre)
    panel.setGeometry(0, 0, 300, 200)
    panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button, other = QPushButton("do", centre), QLineEdit(centre)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setGeometry(0, 220, 80, 30)
    other.setGeometry(100, 220, 80, 30)
    made = Desk(window, panel, NumberField(panel), button, other)
    for key in ("Space", "S", "1", "Return", "Escape", "Delete", "Ctrl+Z", "-"):
        QShortcut(key, window, lambda key=key: made.fired.append(key))
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    assert window.isActiveWindow()
    return made


def typed(qtbot: QtBot, desk: Desk, text: str) -> None:
    qtbot.keyClicks(desk.field, text)


def test_it_is_hidden_until_it_asks_and_shows_the_value_to_overwrite(desk: Desk) -> None:
    assert desk.is_closed
    desk.ask(-0.123456)
    assert desk.field.text() == "−0.1235"
    assert desk.field.selectedText() == desk.field.text()
    assert desk.field.accessibleName() == "Weight"
    assert "Enter" in desk.field.toolTip()
    assert "Escape" in desk.field.toolTip()
    desk.ask(12, bounds=(1, 1024), whole=True)
    assert desk.field.text() == "12"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_takes_the_number_and_gives_the_focus_back(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    desk.ask()
    typed(qtbot, desk, "1,5")
    qtbot.keyClick(desk.field, key)
    assert desk.taken == [1.5]
    assert desk.is_closed
    assert desk.panel.hasFocus()


def test_escape_leaves_all_as_it_was_and_gives_the_focus_back(desk: Desk, qtbot: QtBot) -> None:
    desk.ask()
    typed(qtbot, desk, "1,5")
    qtbot.keyClick(desk.field, Key.Key_Escape)
    assert desk.taken == []
    assert desk.is_closed
    assert desk.panel.hasFocus()


@pytest.mark.parametrize("value", [0.25, 0.123456789, 1e6, inf])
def test_enter_without_another_number_takes_nothing(desk: Desk, qtbot: QtBot, value: float) -> None:
    desk.ask(value)
    qtbot.keyClick(desk.field, Key.Key_Return)
    assert desk.taken == []
    assert desk.is_closed


def test_a_wrong_text_is_said_and_stays_to_be_mended(desk: Desk, qtbot: QtBot) -> None:
    desk.ask()
    typed(qtbot, desk, "much")
    qtbot.keyClick(desk.field, Key.Key_Return)
    assert desk.taken == []
    assert desk.field.is_open
    assert desk.field.selectedText() == "much"
    assert QToolTip.text() == "Type a number from −1000 to 1000."
    QToolTip.hideText()
    typed(qtbot, desk, "-4")
    qtbot.keyClick(desk.field, Key.Key_Return)
    assert desk.taken == [-4]


def test_bounds_and_whole_numbers_are_said_in_their_own_words(desk: Desk, qtbot: QtBot) -> None:
    desk.ask(8, bounds=(1, 1024), whole=True)
    typed(qtbot, desk, "0")
    qtbot.keyClick(desk.field, Key.Key_Return)
    assert QToolTip.text() == "Type a whole number from 1 to 1024."
    QToolTip.hideText()
    assert desk.field.is_open
    typed(qtbot, desk, "128")
    qtbot.keyClick(desk.field, Key.Key_Return)
    assert desk.taken == [128]


def test_going_to_another_widget_takes_the_number(desk: Desk, qtbot: QtBot) -> None:
    desk.ask()
    typed(qtbot, desk, "3")
    desk.other.setFocus(Reason.MouseFocusReason)
    assert desk.taken == [3]
    assert desk.is_closed
    assert desk.other.hasFocus(), "the focus stays where the user has put it"


def test_tab_takes_the_number(desk: Desk, qtbot: QtBot) -> None:
    desk.ask()
    typed(qtbot, desk, "3")
    qtbot.keyClick(desk.field, Key.Key_Tab)
    assert desk.taken == [3]
    assert desk.is_closed


def test_going_away_from_a_wrong_text_takes_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.ask()
    typed(qtbot, desk, "much")
    desk.other.setFocus(Reason.MouseFocusReason)
    assert desk.taken == []
    assert desk.is_closed


def test_a_click_on_a_button_that_takes_no_focus_takes_the_number_before_the_button_acts(
    desk: Desk, qtbot: QtBot
) -> None:
    order: list[object] = []
    desk.button.clicked.connect(lambda: order.append("button"))
    desk.field.ask(QPoint(150, 80), "Weight", 0.25, order.append)
    typed(qtbot, desk, "3")
    handle = desk.window.windowHandle()
    place = desk.button.mapTo(desk.window, desk.button.rect().center())
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert order == [3, "button"]
    assert desk.is_closed


def test_a_click_into_the_field_keeps_it_open(desk: Desk, qtbot: QtBot) -> None:
    desk.ask()
    typed(qtbot, desk, "3")
    place = desk.field.mapTo(desk.window, desk.field.rect().center())
    QTest.mouseClick(desk.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert desk.field.is_open
    assert desk.taken == []


@pytest.mark.parametrize("reason", [Reason.ActiveWindowFocusReason, Reason.PopupFocusReason, Reason.MenuBarFocusReason])
def test_another_window_its_own_menu_and_the_menu_bar_leave_it_open(
    desk: Desk, qtbot: QtBot, reason: Qt.FocusReason
) -> None:
    desk.ask()
    typed(qtbot, desk, "3")
    QApplication.sendEvent(desk.field, QFocusEvent(QFocusEvent.Type.FocusOut, reason))
    assert desk.field.is_open
    assert desk.taken == []
    QApplication.sendEvent(desk.field, QFocusEvent(QFocusEvent.Type.FocusIn, reason))
    qtbot.keyClick(desk.field, Key.Key_Return)
    assert desk.taken == [3]


def test_a_window_that_comes_in_front_leaves_it_open(desk: Desk, qtbot: QtBot) -> None:
    desk.ask()
    typed(qtbot, desk, "3")
    front = QMainWindow()
    qtbot.addWidget(front)
    front.show()
    front.activateWindow()
    qtbot.waitUntil(front.isActiveWindow)
    assert desk.field.is_open
    assert desk.taken == []


def test_while_somebody_types_no_shortcut_fires(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.panel, Key.Key_S)
    qtbot.keyClick(desk.panel, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.fired == ["S", "Ctrl+Z"], "they do where nobody types"
    desk.ask()
    typed(qtbot, desk, "-1 s")
    assert desk.field.text() == "-1 s"
    qtbot.keyClick(desk.field, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(desk.field, Key.Key_Delete)
    qtbot.keyClick(desk.field, Key.Key_Return)
    qtbot.keyClick(desk.field, Key.Key_Escape)
    assert desk.fired == ["S", "Ctrl+Z"]
    QToolTip.hideText()


def test_asking_again_forgets_the_first_question(desk: Desk, qtbot: QtBot) -> None:
    first: list[float] = []
    desk.field.ask(QPoint(10, 10), "Bias", 1, first.append)
    typed(qtbot, desk, "5")
    desk.ask()
    assert desk.field.text() == "0.25"
    typed(qtbot, desk, "6")
    qtbot.keyClick(desk.field, Key.Key_Return)
    assert (first, desk.taken) == ([], [6])


def test_finish_takes_what_is_typed_and_does_nothing_when_closed(desk: Desk, qtbot: QtBot) -> None:
    desk.field.finish()
    desk.ask()
    typed(qtbot, desk, "6")
    desk.field.finish()
    desk.field.finish()
    assert desk.taken == [6]
    assert desk.is_closed


@pytest.mark.parametrize("place", [(0, 0), (300, 200), (-50, 500), (150, 100), (2, 198)], ids=str)
def test_it_opens_around_its_place_and_inside(desk: Desk, place: tuple[int, int]) -> None:
    desk.ask(place=QPoint(*place))
    assert desk.panel.rect().contains(desk.field.geometry())
    away = desk.field.geometry().center() - QPoint(*place)
    wanted = desk.field.size()
    if wanted.width() / 2 <= place[0] <= 300 - wanted.width() / 2:
        assert abs(away.x()) <= 1
    if wanted.height() / 2 <= place[1] <= 200 - wanted.height() / 2:
        assert abs(away.y()) <= 1


def test_a_taken_number_may_ask_the_next_question(desk: Desk, qtbot: QtBot) -> None:
    desk.field.ask(QPoint(50, 50), "Weight", 1, lambda _value: desk.ask(2))
    typed(qtbot, desk, "5")
    qtbot.keyClick(desk.field, Key.Key_Return)
    assert desk.field.is_open
    assert desk.field.text() == "2"
