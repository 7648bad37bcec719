"""Morphing: the slider, the digit at the end, the line of probabilities and the flip."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.morph import Flip, Morph
from mlp_playground.data.mnist import load_sample
from mlp_playground.views.digits.morph_source import MorphSource

LEFT = Qt.MouseButton.LeftButton
T = np.linspace(0, 1, 5)


def way(*flips: Flip) -> Morph:
    p = np.zeros((10, 5))
    p[3], p[8], p[1] = 1 - T, T * 0.99, T * 0.01
    return Morph(T, p, flips)


@pytest.fixture
def source(qtbot: QtBot) -> MorphSource:
    widget = MorphSource()
    qtbot.addWidget(widget)
    widget.resize(150, 260)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.show_data(load_sample())
    return widget


def test_the_slider_says_how_far(source: MorphSource, qtbot: QtBot) -> None:
    with qtbot.waitSignal(source.moved):
        source.way.setValue(250)
    assert source.t == 0.25


def test_to_flip_goes_exactly_there_and_on_to_the_next(source: MorphSource, qtbot: QtBot) -> None:
    source.show_morph(way(), None, 0.5)
    assert source.to_flip.text() == "never flips"
    assert not source.to_flip.isEnabled()
    flips = Flip(0.4012345678, 3, 1), Flip(0.7, 1, 8)
    source.show_morph(way(*flips), np.zeros((28, 28), np.float32), 0.5)
    assert source.to_flip.text() == "flips at 40.12\u202f% …"
    seen = []
    for _ in range(3):
        with qtbot.waitSignal(source.moved):
            qtbot.mouseClick(source.to_flip, LEFT)
        seen.append(source.t)
    assert seen == [0.7, 0.4012345678, 0.7]
    assert source.way.value() == 700


def test_another_digit_of_the_chosen_class_becomes_the_end(source: MorphSource, qtbot: QtBot) -> None:
    y = load_sample().test.y
    for number in (4, 9):
        source.of_class.show_data(number)
        with qtbot.waitSignal(source.moved):
            source.of_class.activated.emit(source.of_class.currentIndex())
        first = source.end_index
        assert y[first] == number
        qtbot.mouseClick(source.other, LEFT)
        assert y[source.end_index] == number
        assert source.end_index != first


def test_the_end_is_stepped_through_the_digits_of_its_class(source: MorphSource, qtbot: QtBot) -> None:
    eights = np.flatnonzero(load_sample().test.y == 8).tolist()
    source.of_class.show_data(8)
    source.end_index = eights[-2]
    seen = []
    for button in (source.on, source.on, source.on, source.back, source.back):
        qtbot.mouseClick(button, LEFT)
        seen.append(source.end_index)
    assert seen == [eights[-1], eights[0], eights[1], eights[0], eights[-1]]


def test_the_chart_says_what_is_likely_under_the_mouse_and_draws_the_flip(source: MorphSource, qtbot: QtBot) -> None:
    chart = source.chart
    source.show_morph(way(), None, 0.9)
    plain = chart.grab().toImage()
    source.show_morph(way(Flip(0.5, 3, 8)), None, 0.9)
    flipped = chart.grab().toImage()
    columns = {
        x for x in range(plain.width()) for y in range(20, plain.height()) if plain.pixel(x, y) != flipped.pixel(x, y)
    }
    assert columns
    assert all(abs(x - chart.width() / 2) <= 2 for x in columns)
    with qtbot.waitSignal(chart.pointed_at) as told:
        qtbot.mouseMove(chart, QPoint(round(7 + 0.25 * (chart.width() - 14)), 40))
    assert told.args == ["25\u202f% of the way: 3 (75\u202f%), then 8 (25\u202f%)"]
