"""Choosing a test digit: one by one, by class, and of those that are misread."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.digits import Misread
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.mnist import load_sample
from mlp_playground.views.digits.pick_source import PickSource

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load_sample()


@pytest.fixture
def source(qtbot: QtBot, data: Dataset) -> PickSource:
    widget = PickSource()
    qtbot.addWidget(widget)
    widget.resize(150, 240)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.show_data(data)
    return widget


def wrong_at(data: Dataset, *places: int) -> Misread:
    answers = data.test.y.astype(np.int64)
    answers[list(places)] = (answers[list(places)] + 1) % 10
    return Misread(answers, np.array(places, np.int64))


def choose(source: PickSource, number: int | None) -> None:
    source.of_class.show_data(number)
    source.of_class.activated.emit(source.of_class.currentIndex())


def test_buttons_and_arrows_step_round_through_all(source: PickSource, data: Dataset, qtbot: QtBot) -> None:
    told: list[int] = []
    source.picked.connect(told.append)
    qtbot.mouseClick(source.on, LEFT)
    qtbot.keyClick(source.tiles, Qt.Key.Key_Right)
    qtbot.mouseClick(source.back, LEFT)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End):
        qtbot.keyClick(source.tiles, key)
    last = len(data.test) - 1
    assert told == [1, 2, 1, 0, last, 0, last]
    assert source.index == last
    qtbot.mouseClick(source.any, LEFT)
    assert 0 <= source.index < last


def test_of_one_class_only_its_digits_are_stepped_through(source: PickSource, data: Dataset, qtbot: QtBot) -> None:
    sevens = np.flatnonzero(data.test.y == 7).tolist()
    choose(source, 7)
    assert list(source.offered) == sevens
    assert source.index == sevens[0], "another one is not stepped through"
    source.pick(sevens[3])
    qtbot.mouseClick(source.on, LEFT)
    assert source.index == sevens[4]
    qtbot.mouseClick(source.back, LEFT)
    qtbot.mouseClick(source.back, LEFT)
    assert source.index == sevens[2]


def test_the_first_misread_one_is_picked_as_soon_as_it_is_known(source: PickSource, data: Dataset) -> None:
    told: list[int] = []
    source.picked.connect(told.append)
    source.only_misread.click()
    assert told == []
    source.show_misread(wrong_at(data, 5, 40), calm=False)
    source.show_misread(wrong_at(data, 7, 40), calm=True)
    assert told == [5], "later it stays, whatever is read of it"


def test_misread_ones_are_counted_offered_and_framed(source: PickSource, data: Dataset, qtbot: QtBot) -> None:
    source.show_misread(wrong_at(data, 5, 40, 700), calm=True)
    assert source.count.text() == "misread: 3 of 1\u202f000"
    qtbot.mouseClick(source.only_misread, LEFT)
    assert source.offered == (5, 40, 700)
    assert source.index == 5, "the first of them, at once"
    qtbot.mouseClick(source.on, LEFT)
    qtbot.mouseClick(source.on, LEFT)
    qtbot.mouseClick(source.on, LEFT)
    assert source.index == 5
    choose(source, int(data.test.y[40]))
    qtbot.mouseClick(source.on, LEFT)
    assert source.index == 40
    source.pick(20)
    qtbot.mouseClick(source.back, LEFT)
    assert source.index in (5, 40, 700), "from one that is none of them to one that is"


def test_while_it_learns_the_offer_stays_until_somebody_steps_on(
    source: PickSource, data: Dataset, qtbot: QtBot
) -> None:
    source.show_misread(wrong_at(data, 5, 40), calm=True)
    qtbot.mouseClick(source.only_misread, LEFT)
    before = source.tiles._shown
    source.show_misread(wrong_at(data, 9), calm=False)
    assert source.tiles._shown == before
    assert source.count.text() == "misread: 1 of 1\u202f000"
    assert source.index == 5
    qtbot.mouseClick(source.on, LEFT)
    assert source.index == 9
    assert source.tiles._shown == (9,)


def test_where_nothing_is_misread_it_says_so(source: PickSource, data: Dataset, qtbot: QtBot) -> None:
    source.show_misread(wrong_at(data), calm=True)
    qtbot.mouseClick(source.only_misread, LEFT)
    assert source.offered == ()
    for button in (source.on, source.back, source.any):
        qtbot.mouseClick(button, LEFT)
    assert source.index == 0
    assert not source.grab().isNull()


def test_a_click_on_a_picture_chooses_it_and_the_wheel_turns_the_page(
    source: PickSource, data: Dataset, qtbot: QtBot
) -> None:
    tiles = source.tiles
    source.show_misread(wrong_at(data, 1), calm=True)
    place = QPoint(round(1.5 * tiles._side), round(0.5 * tiles._side))
    with qtbot.waitSignal(tiles.pointed_at) as told:
        qtbot.mouseMove(tiles, place)
    truth = int(data.test.y[1])
    assert told.args == [f"test digit 2: a {truth}, read as {(truth + 1) % 10}"]
    qtbot.mouseClick(tiles, LEFT, pos=place)
    assert source.index == 1
    down = QWheelEvent(
        place, tiles.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(tiles, down)
    qtbot.mouseClick(tiles, LEFT, pos=place)
    assert source.index == tiles._per_page + 1
