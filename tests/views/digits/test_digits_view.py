"""The output side for digits: answers, mistakes, and what is under the mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.config import DIGITS_DEFAULT
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.digits.digits_view import ANSWER, CAPTION, DigitsView, _grid, tiling
from mlp_playground.views.theme import DARK, LIGHT, palette

Take = Callable[..., Snapshot]
CONFIG = DIGITS_DEFAULT.changed("network", hidden=(12, 6), activations=("relu", "tanh"))


@pytest.fixture
def view(qtbot: QtBot) -> DigitsView:
    widget = DigitsView()
    qtbot.addWidget(widget)
    widget.resize(460, 460)
    widget.show()
    return widget


@pytest.fixture
def moment(take: Take) -> Snapshot:
    return take(CONFIG, look=Look(digits=48))


def answering(snapshot: Snapshot, wrong: set[int]) -> Snapshot:
    """The same moment with right answers, but for these digits, which are one too high."""
    assert snapshot.digits is not None
    truth = snapshot.data.test.y[:48].astype(int)
    p = np.full((10, 48), 0.02, np.float32)
    for index, y in enumerate(truth):
        p[(y + 1) % 10 if index in wrong else y, index] = 0.82
        p[(y + 5) % 10, index] = 0.1
    return replace(snapshot, digits=replace(snapshot.digits, probabilities=p))


def place(view: DigitsView, index: int) -> QPoint:
    _, columns, side = _grid(QRectF(view.rect()))
    x = index % columns * side + side / 2
    y = CAPTION + index // columns * (side + ANSWER) + side / 2
    return QPoint(round(x), round(y))


def frame_colour(view: DigitsView, image: QImage, index: int) -> QColor:
    _, columns, side = _grid(QRectF(view.rect()))
    x = index % columns * side + 1.5
    y = CAPTION + index // columns * (side + ANSWER) + side / 2
    return image.pixelColor(int(x), int(y))


def test_mistakes_are_framed_and_right_answers_are_not(view: DigitsView, moment: Snapshot) -> None:
    wrong = {0, 7, 11}
    view.show_snapshot(answering(moment, wrong))
    image = view.grab().toImage()
    rows, columns, _ = _grid(QRectF(view.rect()))
    for index in range(rows * columns):
        colour = frame_colour(view, image, index)
        assert (colour.red() - colour.blue() > 60) == (index in wrong), index


def test_words_below_neighbouring_mistakes_do_not_touch(view: DigitsView, moment: Snapshot) -> None:
    view.resize(402, 349)
    view.show_snapshot(answering(moment, {0, 1}))
    image = view.grab().toImage()
    _, _, side = _grid(QRectF(view.rect()))
    assert side < 34, "as small as in a window of 1280 × 800"
    rows = range(int(CAPTION + side), int(CAPTION + side + ANSWER) - 2)
    inked = [any(image.pixelColor(x, y) != image.pixelColor(1, 1) for y in rows) for x in range(int(2 * side))]
    middle = inked[int(side) - 10 : int(side) + 8]
    assert any(inked[: int(side) - 6])
    assert max(len(gap) for gap in "".join("x" if each else "." for each in middle).split("x")) >= 5


def test_under_the_mouse_are_the_truth_and_the_two_likeliest_answers(
    view: DigitsView, moment: Snapshot, qtbot: QtBot
) -> None:
    view.show_snapshot(answering(moment, {2}))
    truth = moment.data.test.y.astype(int)
    for index in (0, 2, 9):
        with qtbot.waitSignal(view.pointed_at) as told:
            qtbot.mouseMove(view, place(view, index))
        first = (truth[index] + 1) % 10 if index == 2 else truth[index]
        second = (truth[index] + 5) % 10
        assert told.args == [f"a {truth[index]}: the network says {first} (82\u202f%), then {second} (10\u202f%)"]


def test_beside_the_digits_it_says_nothing(view: DigitsView, moment: Snapshot, qtbot: QtBot) -> None:
    view.show_snapshot(moment)
    for beside in (QPoint(10, 5), QPoint(10, view.height() - 3), QPoint(view.width() - 1, 60)):
        with qtbot.waitSignal(view.pointed_at) as told:
            qtbot.mouseMove(view, beside)
        assert told.args == [""], beside


def test_after_leaving_it_says_nothing(view: DigitsView, moment: Snapshot, qtbot: QtBot) -> None:
    view.show_snapshot(moment)
    qtbot.mouseMove(view, place(view, 0))
    with qtbot.waitSignal(view.pointed_at, timeout=500) as told:
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told.args == [""]


@pytest.mark.parametrize("focus", [(0, 0), (0, 11), (1, 5)])
def test_a_focused_neuron_takes_the_place_of_the_pictures(
    view: DigitsView, moment: Snapshot, focus: tuple[int, int]
) -> None:
    view.show_snapshot(moment)
    pictures = view.grab().toImage()
    view.show_focus(focus)
    one = view.grab().toImage()
    assert one != pictures
    rows, _, side = _grid(QRectF(view.rect()))
    above = round(CAPTION + rows * (side + ANSWER))
    assert one.copy(0, 0, 460, above) == pictures.copy(0, 0, 460, above), "the digits stay"
    view.show_focus(None)
    assert view.grab().toImage() == pictures


def test_a_focus_on_a_neuron_that_is_gone_shows_the_pictures(view: DigitsView, moment: Snapshot) -> None:
    view.show_snapshot(moment)
    pictures = view.grab().toImage()
    for gone in ((0, 12), (2, 0)):
        view.show_focus(gone)
        assert view.grab().toImage() == pictures


@pytest.mark.parametrize("hidden", [(), (1,), (1024,)], ids=str)
@pytest.mark.parametrize("size", [(240, 240), (460, 460), (1200, 500), (300, 1100)], ids=str)
def test_every_network_is_drawn_at_every_size(
    view: DigitsView, take: Take, hidden: tuple[int, ...], size: tuple[int, int]
) -> None:
    config = CONFIG.changed("network", hidden=hidden, activations=("relu",) * len(hidden))
    view.resize(*size)
    blank = view.grab().toImage()
    view.show_snapshot(take(config, look=Look(digits=48)))
    assert view.grab().toImage() != blank


def test_ink_is_dark_on_light_and_light_on_dark(view: DigitsView, moment: Snapshot) -> None:
    def paper(image: QImage) -> int:
        corner = place(view, 0)
        _, _, side = _grid(QRectF(view.rect()))
        return image.pixelColor(int(corner.x() - side / 2 + 6), int(corner.y() - side / 2 + 6)).lightness()

    view.show_snapshot(moment)
    view.setPalette(palette(LIGHT))
    assert paper(view.grab().toImage()) > 200
    view.setPalette(palette(DARK))
    assert paper(view.grab().toImage()) < 60


@given(st.integers(1, 1024), st.floats(50, 2000), st.floats(20, 900))
def test_tiles_fill_their_area_and_stay_inside(count: int, width: float, height: float) -> None:
    columns, side = tiling(count, width, height)
    rows = -(-count // columns)
    assert columns * side <= width + 1e-6
    assert rows * side <= height + 1e-6
    assert side > 0
