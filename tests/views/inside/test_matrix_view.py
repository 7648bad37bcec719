"""A matrix on screen: its numbers, the picture beside a large one, and the entry that is clicked in either."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from mlp_playground.views.inside.matrix import Matrix, entry_words, number
from mlp_playground.views.inside.matrix_view import MatrixView

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def view(qtbot: QtBot) -> MatrixView:
    widget = MatrixView()
    qtbot.addWidget(widget)
    widget.resize(300, 100)
    widget.show()
    return widget


def test_numbers_are_short_and_tell_their_size() -> None:
    written = [number(value) for value in (0.0, -0.25, 12.3456, 54321.0, -1.234e-12, 0.001, np.nan, -np.inf)]
    assert written == ["0", "−0.2500", "12.35", "5.43e+04", "−1.23e−12", "0.0010", "no number", "−∞"]


def test_a_small_one_is_a_table_that_is_clicked_and_walked_through(view: MatrixView, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    view.selected.connect(told.append)
    view.selected.connect(view.show_entry)
    view.show_matrix(Matrix("W₁", np.arange(12.0).reshape(4, 3)))
    assert view.caption.text() == "W₁   4×3"
    assert view.whole.isHidden()
    qtbot.mouseClick(view.numbers.viewport(), LEFT, pos=view.numbers.place_of((1, 2)).center())
    for key in (KEY.Key_Up, KEY.Key_Up, KEY.Key_Right, KEY.Key_Down, KEY.Key_Left):
        qtbot.keyClick(view.numbers, key)
    assert told == [(1, 2), (0, 2), (0, 2), (0, 2), (1, 2), (1, 1)]
    qtbot.mouseClick(view.numbers.viewport(), LEFT, pos=QPoint(3, 3))
    assert len(told) == 6, "a row's number is no entry"
    qtbot.keyClick(view.numbers, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "0\t1\t2\n3\t4\t5\n6\t7\t8\n9\t10\t11"


def test_a_large_one_scrolls_to_what_its_picture_is_clicked_at(view: MatrixView, qtbot: QtBot) -> None:
    view.selected.connect(view.show_entry)
    values = np.random.default_rng(1).normal(size=(64, 128))
    view.show_matrix(Matrix("W₂", values))
    place = view.whole.place()
    point = QPoint(round(place.width() * 0.9), round(place.height() * 0.75))
    entry = view.whole.entry_at(point)
    assert entry is not None
    assert entry[0] == pytest.approx(48, abs=2)
    assert entry[1] == pytest.approx(115, abs=2)
    qtbot.mouseClick(view.whole, LEFT, pos=point)
    there = view.numbers.place_of(entry)
    assert view.numbers.viewport().rect().contains(there.center())
    assert view.numbers.entry_at(there.center()) == entry
    assert entry_words(Matrix("W₂", values), entry).startswith(f"W₂ [{entry[0] + 1}, {entry[1] + 1}] = ")


def test_new_numbers_in_the_same_places_move_nothing(view: MatrixView) -> None:
    bar = view.numbers.verticalScrollBar()
    view.show_matrix(Matrix("W₁", np.ones((60, 2))))
    view.show_entry((50, 0))
    assert bar.value() > 0
    bar.setValue(0)
    view.show_matrix(Matrix("W₁", np.zeros((60, 2))))
    view.show_entry((50, 0))
    assert bar.value() == 0, "the reader has scrolled away from the marked number"
    view.show_entry((51, 0))
    assert bar.value() > 0


def test_a_single_row_needs_no_picture(view: MatrixView) -> None:
    for values, has_one in ((np.ones((1, 784)), False), (np.ones((784, 1)), True), (np.ones((5, 8)), False)):
        view.show_matrix(Matrix("x", values))
        assert view.whole.isVisible() is has_one


def test_a_digit_is_a_picture_of_the_marked_row_or_column(view: MatrixView) -> None:
    values = np.random.default_rng(2).normal(size=(6, 784))
    view.show_matrix(Matrix("W₁", values, image=(28, 28), in_columns=False))
    view.show_entry((4, 0))
    assert np.array_equal(view.whole.seen, values[4].reshape(28, 28))
    assert view.whole.entry_at(QPoint(36, 1)) == (4, 14)
    view.show_matrix(Matrix("x", values.T, image=(28, 28)))
    view.show_entry((0, 2))
    assert np.array_equal(view.whole.seen, values[2].reshape(28, 28))
    assert view.whole.entry_at(QPoint(36, 1)) == (14, 2)


def test_what_is_no_number_is_drawn_too(view: MatrixView, qtbot: QtBot) -> None:
    view.show_matrix(Matrix("Z", np.full((50, 1), np.nan)))
    view.show_entry((0, 0))
    view.grab()
    view.show_matrix(Matrix("Z", np.array([[np.inf, -np.inf, 0.0]])))
    view.show_entry((0, 2))
    view.grab()
