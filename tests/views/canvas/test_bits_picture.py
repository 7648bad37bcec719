"""The board of bits, judged by its pixels and words, against patterns that are written out by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import exp

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from mlp_playground.analysis.field import Field
from mlp_playground.analysis.mistakes import Mistakes
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.canvas.bits_picture import BitsPicture
from mlp_playground.views.canvas.picture_frame import AXIS_ROOM, EDGE, Showing
from mlp_playground.views.theme import LIGHT

Take = Callable[..., Snapshot]
Painted = Callable[..., np.ndarray]

PLACE = QRectF(30, 10, 320, 320)
"""A field of four bits is 80 pixels wide."""
GRAY = ("00", "01", "11", "10")
BOARD = [[across + down for across in GRAY] for down in GRAY]
"""The patterns of four bits as they stand: bits 1 and 2 along a row, 3 and 4 down a column."""
PARITY = ExperimentConfig().changed("data", name="parity").changed("network", hidden=(), activations=())
THETA = (0.9, -0.4, 0.3, 1.1, 0.2)  # a weight for each bit, and the bias
ORANGE, BLUE = (list(QColor(name).getRgb()[:3]) for name in (LIGHT.orange, LIGHT.blue))  # type: ignore[index]
GREY = [128, 128, 128]
PICTURE = BitsPicture()


def samples(patterns: Sequence[str], stray: float = 0.0) -> Samples:
    """Samples of `patterns`, each bit moved by `stray` towards 0."""
    bits = np.array([[1.0 - stray if bit == "1" else stray - 1.0 for bit in each] for each in patterns], np.float32)
    return Samples(bits.T.copy(), np.array([each.count("1") % 2 for each in patterns], np.int64))


def data(train: Sequence[str], test: Sequence[str], stray: float = 0.0) -> Dataset:
    return Dataset("made", "binary", samples(train, stray), samples(test, stray), ("even", "odd"), "bits")


def field_of(moment: Snapshot) -> Field:
    assert moment.field is not None
    return moment.field


def overlay(painted: Painted, shown: Dataset, showing: Showing | None = None, place: QRectF = PLACE) -> np.ndarray:
    return painted(lambda p: PICTURE.paint_overlay(p, place, shown, LIGHT, showing or Showing()), 400, 400)


def fields(pixels: np.ndarray) -> dict[str, np.ndarray]:
    """Each pattern's field without its rim."""
    return {
        pattern: pixels[10 + 80 * row + 3 : 10 + 80 * row + 77, 30 + 80 * column + 3 : 30 + 80 * column + 77]
        for row, line in enumerate(BOARD)
        for column, pattern in enumerate(line)
    }


def logit(pattern: str) -> float:
    return sum(w * (1 if bit == "1" else -1) for w, bit in zip(THETA, pattern, strict=False)) + THETA[4]


# -- geometry ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(434, 434), (640, 300), (300, 640), (30, 20), (0, 0)])
@pytest.mark.parametrize("bits", [2, 3, 4, 7, 10])
def test_fields_are_squares_within_the_room(bits: int, width: int, height: int) -> None:
    shown = data(["0" * bits, "1" + "0" * (bits - 1)], ["1" * bits])
    place = PICTURE.place(QRectF(5, 7, width, height), shown)
    rows, columns = 2 ** (bits // 2), 2 ** (bits - bits // 2)
    assert (place.left(), place.top()) == (5 + AXIS_ROOM, 7 + EDGE)
    assert place.width() >= columns
    assert place.width() * rows == pytest.approx(place.height() * columns, abs=max(rows, columns))
    if min(width, height) > 100:
        assert place.right() <= 5 + width - EDGE + 1
        assert place.bottom() <= 7 + height - AXIS_ROOM + 1
        assert place.right() > width - EDGE or place.bottom() > height - AXIS_ROOM


# -- colours ----------------------------------------------------------------------------------------------------------


def test_each_field_has_the_colour_of_the_networks_answer(painted: Painted, take: Take) -> None:
    moment = take(PARITY, tuple(3 * value for value in THETA))
    pixels = painted(lambda p: PICTURE.paint_map(p, PLACE, field_of(moment), moment.data, LIGHT, Showing()), 400, 400)
    for pattern, field in fields(pixels).items():
        assert (field == field[0, 0]).all(), "sharp edges, one colour"
        assert abs(logit(pattern)) > 0.05
        assert (field[0, 0, 2] > field[0, 0, 0]) == (logit(pattern) > 0), pattern


def test_a_focused_neurons_values_take_the_place_of_the_answer(painted: Painted, take: Take) -> None:
    config = PARITY.changed("network", hidden=(1,), activations=("tanh",))
    moment = take(config, (0, 0, 5, 0, 0, 0, 0), Look(focus=(0, 0)))  # tanh of bit 3; the answer is undecided
    showing = Showing(focus=field_of(moment).focus)
    pixels = painted(lambda p: PICTURE.paint_map(p, PLACE, field_of(moment), moment.data, LIGHT, showing), 400, 400)
    for pattern, field in fields(pixels).items():
        assert (field[0, 0, 2] > field[0, 0, 0] + 60) == (pattern[2] == "1")


# -- marks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stray", [0.0, 0.9])
def test_trained_patterns_are_filled_tested_ones_hollow_and_others_empty(painted: Painted, stray: float) -> None:
    train, test = ["0000", "0001", "1011", "0110"], ["1111", "1000", "0001"]
    everything = fields(overlay(painted, data(train, test, stray)))
    hidden = fields(overlay(painted, data(train, test, stray), Showing(test_points=False)))
    for pattern, field in everything.items():
        middle = field[37, 37].tolist()
        if pattern in train:  # also where it is tested too
            assert middle == (BLUE if pattern.count("1") % 2 else ORANGE)
            assert (hidden[pattern] == field).all()
        elif pattern in test:
            assert middle == GREY
            assert (field != 128).any()
            assert (hidden[pattern] == 128).all()
        else:
            assert (field == 128).all()


def test_even_patterns_are_squares_and_odd_ones_discs(painted: Painted) -> None:
    everything = fields(overlay(painted, data(["0000", "0001", "0011", "0111"], ["1111"])))
    for pattern in ("0000", "0001", "0011", "0111"):
        mask = (everything[pattern] != 128).any(axis=2)
        rows, columns = np.nonzero(mask)
        share = mask.sum() / ((np.ptp(rows) + 1) * (np.ptp(columns) + 1))
        assert share > 0.94 if pattern.count("1") % 2 == 0 else share < 0.9
        assert (rows.mean(), columns.mean()) == pytest.approx((36.5, 36.5), abs=1)


@pytest.mark.parametrize("stray", [0.0, 1.0])
def test_marks_follow_the_noisy_bits_to_their_pattern(painted: Painted, take: Take, stray: float) -> None:
    moment = take(PARITY.changed("data", noise=stray / 2, samples=400))
    pixels = fields(overlay(painted, moment.data))
    for pattern, field in pixels.items():  # among 200 training samples each of 16 patterns is found
        assert field[37, 37].tolist() == (BLUE if pattern.count("1") % 2 else ORANGE)


@pytest.mark.parametrize(("side", "is_marked"), [(6, False), (12, True)])
def test_fields_too_small_for_marks_have_none(painted: Painted, take: Take, side: int, is_marked: bool) -> None:
    moment = take(PARITY.changed("data", bits=10, samples=4000))
    inside = overlay(painted, moment.data, place=QRectF(6, 6, 32 * side, 32 * side))[8 : 32 * side, 8 : 32 * side]
    assert bool((inside != 128).any()) == is_marked


# -- words ------------------------------------------------------------------------------------------------------------


def test_each_field_says_its_bits_and_the_networks_answer(take: Take) -> None:
    moment = take(PARITY, THETA)
    for row, line in enumerate(BOARD):
        for column, pattern in enumerate(line):
            for inside in (0.02, 0.5, 0.98):
                place = (column + inside) / 4, (row + inside) / 4
                words = PICTURE.words(field_of(moment), moment.data, Showing(), *place)
                match = re.fullmatch(r"bits ([01]{4})   (\d+)\u202f% (even|odd)", words)
                assert match, words
                p = 1 / (1 + exp(-logit(pattern)))
                assert match[1] == pattern
                assert match[3] == ("odd" if p > 0.5 else "even")
                assert float(match[2]) == pytest.approx(100 * max(p, 1 - p), abs=0.51)


@pytest.mark.parametrize(
    ("bits", "across", "down", "pattern"),
    [(2, 1.0, 1.0, "11"), (3, 1.0, 0.0, "100"), (3, 0.7, 1.0, "111"), (5, 0.999, 0.999, "10010"), (10, 0, 0, "0" * 10)],
)
def test_the_boards_edges_have_words_too(take: Take, bits: int, across: float, down: float, pattern: str) -> None:
    moment = take(PARITY.changed("data", bits=bits))
    assert PICTURE.words(field_of(moment), moment.data, Showing(), across, down).startswith(f"bits {pattern}   ")


def test_over_a_focused_neuron_the_words_are_its_value(take: Take) -> None:
    config = PARITY.changed("network", hidden=(1,), activations=("linear",))
    moment = take(config, (0, 0, 5, 0, -1, 0, 0), Look(focus=(0, 0)))
    showing = Showing(focus=field_of(moment).focus)
    assert PICTURE.words(field_of(moment), moment.data, showing, 0.1, 0.1) == "bits 0000   value −6.000"
    assert PICTURE.words(field_of(moment), moment.data, showing, 0.1, 0.9) == "bits 0010   value +4.000"


def test_a_ring_stands_around_each_pattern_that_is_wrong(painted: Painted, take: Take) -> None:
    shown = data(["0000", "0001", "1111"], ["1010"])
    mistakes = Mistakes(np.array([False, True, False]), np.array([True]))
    field = replace(field_of(take(PARITY, THETA)), mistakes=mistakes)

    def ringed(showing: Showing) -> set[str]:
        pixels = painted(lambda p: PICTURE.paint_top(p, PLACE, field, shown, LIGHT, showing), 400, 400)
        return {pattern for pattern, each in fields(pixels).items() if (each != GREY).any()}

    assert ringed(Showing()) == {"0001", "1010"}
    assert ringed(Showing(test_points=False)) == {"0001"}
    assert ringed(Showing(mistakes=False)) == set()
