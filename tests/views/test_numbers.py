"""Numbers in lists and in fields: written as a learner would, and never one that is not allowed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.errors import InvalidValue
from mlp_playground.views.numbers import NumberChoice, NumberField, number

KEY = Qt.Key


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10.0, "10"), (100, "100"), (1.0, "1"), (0.0001, "0.0001"), (0.3, "0.3"), (0.1 + 0.2, "0.3"), (512, "512"),
        (0, "0"), (-0.5, "-0.5"), (-1000.0, "-1000"), (10_000_000, "10000000"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_a_learner_would(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("value", [1e-12, 2.5e-11, 1.5e-10])
def test_a_rate_above_0_is_not_written_as_0(value: float) -> None:
    assert float(number(value)) == pytest.approx(value)


# -- a list -----------------------------------------------------------------------------------------------------------


def entries(choice: NumberChoice) -> list[tuple[str, float]]:
    return [(choice.itemText(i), choice.itemData(i)) for i in range(choice.count())]


def test_a_number_that_the_list_lacks_joins_it_in_its_place_once(qtbot: QtBot) -> None:
    choice = NumberChoice(0.1, 1, 10)
    qtbot.addWidget(choice)
    told: list[int] = []
    choice.currentIndexChanged.connect(told.append)
    for value in (0.25, 10, 0.25):
        choice.show_number(value)
        assert choice.currentData() == value
    assert entries(choice) == [("0.1", 0.1), ("0.25", 0.25), ("1", 1), ("10", 10)]
    assert told == []


def test_a_list_has_an_order_and_words_of_its_own(qtbot: QtBot) -> None:
    choice = NumberChoice(1, 2, 0, text=lambda n: f"{n} at once" if n else "all", rank=lambda n: n or 99)
    qtbot.addWidget(choice)
    choice.show_number(3)
    assert entries(choice) == [("1 at once", 1), ("2 at once", 2), ("3 at once", 3), ("all", 0)]


# -- a field ----------------------------------------------------------------------------------------------------------


def from_1_to_99(value: float) -> None:
    if not 1 <= value <= 99:
        raise InvalidValue("number", value, "from 1 to 99")


class Desk:
    """A field with the focus beside another widget, and what it said."""

    def __init__(self, qtbot: QtBot, read: type[int] | type[float]) -> None:
        self.qtbot, self.window = qtbot, QWidget()
        qtbot.addWidget(self.window)
        self.field, self.other = NumberField(read, from_1_to_99), QWidget(self.window)
        self.field.setParent(self.window)
        self.other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.entered: list[float] = []
        self.field.entered.connect(self.entered.append)
        self.field.show_number(20)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.field.setFocus()
        qtbot.waitUntil(self.field.hasFocus)

    def type(self, text: str) -> None:
        self.field.selectAll()
        self.qtbot.keyClicks(self.field, text)

    @property
    def is_wrong(self) -> bool:
        return bool(self.field.property("wrong"))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot, int)


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter])
def test_what_is_typed_counts_with_enter(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    desk.type("40")
    assert desk.entered == []
    qtbot.keyClick(desk.field, key)
    assert desk.entered == [40]
    assert type(desk.entered[0]) is int


def test_what_is_typed_counts_when_the_field_is_left(desk: Desk) -> None:
    desk.type("40")
    desk.other.setFocus()
    assert desk.entered == [40]


def test_the_experiment_says_what_is_shown_after_it(desk: Desk, qtbot: QtBot) -> None:
    desk.type("40")
    qtbot.keyClick(desk.field, KEY.Key_Return)
    assert desk.field.text() == "20", "until the experiment has it"
    desk.field.show_number(40)
    assert desk.field.text() == "40"
    desk.other.setFocus()
    assert desk.entered == [40]


@pytest.mark.parametrize(("text", "said"), [("0", "from 1 to 99"), ("4x", "a whole number"), ("1.5", "a whole number")])
def test_a_wrong_number_never_counts_and_says_what_it_must_be(desk: Desk, qtbot: QtBot, text: str, said: str) -> None:
    desk.type(text)
    assert desk.field.complaint == f"It must be {said}."
    assert desk.is_wrong
    qtbot.keyClick(desk.field, KEY.Key_Return)
    assert desk.field.text() == text, "it can be mended"
    desk.other.setFocus()
    assert (desk.entered, desk.field.text(), desk.field.complaint) == ([], "20", "")
    assert not desk.is_wrong


def test_the_complaint_goes_when_the_number_is_right_again(desk: Desk, qtbot: QtBot) -> None:
    told: list[str] = []
    desk.field.complaint_changed.connect(lambda: told.append(desk.field.complaint))
    desk.type("400")
    qtbot.keyClick(desk.field, KEY.Key_Backspace)
    assert told == ["It must be from 1 to 99.", ""]


def test_the_number_that_is_there_already_tells_nobody(desk: Desk, qtbot: QtBot) -> None:
    desk.type("20")
    qtbot.keyClick(desk.field, KEY.Key_Return)
    assert desk.entered == []


def test_what_is_being_typed_stays_while_the_same_number_is_shown_again(desk: Desk) -> None:
    desk.type("4")
    desk.field.show_number(20)
    assert desk.field.text() == "4"
    desk.field.show_number(30)
    assert desk.field.text() == "30"


def test_what_was_typed_can_be_dropped(desk: Desk) -> None:
    desk.type("400")
    desk.field.forget()
    desk.other.setFocus()
    assert (desk.entered, desk.field.text(), desk.field.complaint) == ([], "20", "")


def test_a_field_for_any_number_takes_parts_too(qtbot: QtBot) -> None:
    desk = Desk(qtbot, float)
    desk.type("2.5")
    qtbot.keyClick(desk.field, KEY.Key_Return)
    assert desk.entered == [2.5]
    desk.type("much")
    assert desk.field.complaint == "It must be a number such as 0.5."
