"""Curves to learn, judged by their pixels and words, against networks that are worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from math import pi, tanh

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from mlp_playground.analysis.field import Field, Map
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.canvas.line_picture import LinePicture
from mlp_playground.views.canvas.picture_frame import AXIS_ROOM, EDGE, WASH, Showing
from mlp_playground.views.theme import LIGHT

Take = Callable[..., Snapshot]
Painted = Callable[..., np.ndarray]

PLACE = QRectF(30, 10, 300, 320)
"""100 pixels for a step of 1 in y, whose 0 is at 170; x from 0 to 2π is 30 to 330."""
SINE = ExperimentConfig().changed("data", name="sine")
LINEAR = SINE.changed("network", hidden=(), activations=())
HIDDEN = SINE.changed("network", hidden=(2,), activations=("tanh",))
THETA = (2.0, -4.0, -1.5, 8.0, 0.7, 0.9, -0.1)  # rows (w, b) of two neurons, then (w₁, w₂, b) of the output
PICTURE = LinePicture()
ALONE = Showing(shares=False, kinks=False)
"""The curve without what it is made of."""


def by_hand(x: float) -> float:
    """The answer of HIDDEN with THETA."""
    return THETA[4] * tanh(THETA[0] * x + THETA[1]) + THETA[5] * tanh(THETA[2] * x + THETA[3]) + THETA[6]


def column_of(x: float) -> float:
    return 30 + x / (2 * pi) * 300


def row_of(y: float) -> float:
    return 170 - 100 * y


def samples(*points: tuple[float, float]) -> Samples:
    table = np.array(points, np.float32).reshape(-1, 2)
    return Samples(table[:, :1].T.copy(), table[:, 1].copy())


def data(train: Samples, test: Samples | None = None) -> Dataset:
    return Dataset("made", "regression", train, test or samples(), (), "line")


def field_of(moment: Snapshot) -> Field:
    assert moment.field is not None
    return moment.field


def curve(painted: Painted, field: Field, showing: Showing | None = None) -> dict[int, float]:
    """How far down the curve's dark line is in each column that has one, painted on white: the middle of its ink."""
    pixels = painted(
        lambda p: PICTURE.paint_top(p, PLACE, field, data(samples()), LIGHT, showing or ALONE), ground="#ffffff"
    )
    ink = 255 - pixels.mean(axis=2)
    ink[ink < 60] = 0
    rows = np.arange(len(ink)) + 0.5
    return {int(x): float(ink[:, x] @ rows / ink[:, x].sum()) for x in np.nonzero(ink.any(axis=0))[0]}


# -- geometry ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(200, 200), (640, 300), (300, 640), (10, 10), (0, 0)])
def test_the_picture_fills_its_room_but_for_the_axes(width: int, height: int) -> None:
    place = PICTURE.place(QRectF(5, 7, width, height), data(samples((1, 0))))
    assert (place.left(), place.top()) == (5 + AXIS_ROOM, 7 + EDGE)
    assert min(place.width(), place.height()) >= 16
    if min(width, height) > 60:
        assert place.right() == 5 + width - EDGE
        assert place.bottom() == 7 + height - AXIS_ROOM


# -- the curve --------------------------------------------------------------------------------------------------------


def test_the_curve_passes_where_the_network_says(painted: Painted, take: Take) -> None:
    rows = curve(painted, field_of(take(HIDDEN, THETA, Look(resolution=256))))
    assert list(rows) == list(range(30, 330))
    expected = [row_of(by_hand((column + 0.5 - 30) / 300 * 2 * pi)) for column in rows]
    assert np.ptp(expected) > 100
    assert list(rows.values()) == pytest.approx(expected, abs=1)


def test_a_straight_line_runs_from_corner_to_corner(painted: Painted, take: Take) -> None:
    rows = curve(painted, field_of(take(LINEAR, (2 / (2 * pi), -1.0))))
    expected = [row_of(-1 + 2 * (column + 0.5 - 30) / 300) for column in rows]
    assert list(rows) == list(range(30, 330))
    assert list(rows.values()) == pytest.approx(expected, abs=0.6)


def test_the_curve_has_a_rim_that_parts_it_from_the_ground(painted: Painted, take: Take) -> None:
    field = field_of(take(LINEAR, (0.0, 0.5)))
    pixels = painted(lambda p: PICTURE.paint_top(p, PLACE, field, data(samples()), LIGHT, Showing()), ground="#000000")
    brightness = pixels[:, 180].mean(axis=1)
    middle = int(row_of(0.5))
    assert brightness[middle - 1 : middle + 1].max() < 80
    for beside in (brightness[middle - 4 : middle - 1], brightness[middle + 1 : middle + 4]):
        assert beside.max() > 150
    assert brightness[: middle - 6].max() == brightness[middle + 6 :].max() == 0


@pytest.mark.parametrize("value", [1e30, -1e30, float("inf"), float("-inf")])
def test_a_curve_far_outside_is_not_in_the_picture(painted: Painted, take: Take, value: float) -> None:
    field = replace(field_of(take(LINEAR)), answer=Map(np.full((1, 64), value, np.float32), 1.0))
    assert (painted(lambda p: PICTURE.paint_top(p, PLACE, field, data(samples()), LIGHT, Showing())) == 128).all()


def test_a_curve_that_leaves_the_picture_is_cut_at_its_edge(painted: Painted, take: Take) -> None:
    field = field_of(take(LINEAR, (10.0, -10 * pi)))
    pixels = painted(lambda p: PICTURE.paint_top(p, PLACE, field, data(samples()), LIGHT, Showing()))
    touched = (pixels != 128).any(axis=2)
    assert touched[12:328, 150:210].any(axis=1).all()
    assert not touched[:9].any()
    assert not touched[331:].any()


def test_a_neurons_curve_takes_the_place_of_the_answers(painted: Painted, take: Take) -> None:
    field = field_of(take(HIDDEN, THETA, Look(256, focus=(0, 1))))
    rows = curve(painted, field, Showing(focus=field.focus))
    expected = [row_of(tanh(THETA[2] * (column + 0.5 - 30) / 300 * 2 * pi + THETA[3])) for column in rows]
    assert list(rows.values()) == pytest.approx(expected, abs=1.5)
    assert len(rows) == 300


# -- the ground -------------------------------------------------------------------------------------------------------


def test_the_ground_has_the_colour_of_the_curves_height(painted: Painted, take: Take) -> None:
    moment = take(HIDDEN, THETA, Look(resolution=512))
    pixels = painted(lambda p: PICTURE.paint_map(p, PLACE, field_of(moment), moment.data, LIGHT, ALONE))
    ground = np.array(QColor(LIGHT.background).getRgb()[:3])  # type: ignore[index]
    for x in (0.3, 1.5, 3.0, 5.0, 6.1):
        colour = np.array(LIGHT.colour(by_hand(x)).getRgb()[:3])  # type: ignore[index]
        for row in (12, 170, 328):
            assert pixels[row, int(column_of(x))] == pytest.approx(colour * (1 - WASH) + ground * WASH, abs=9)
    assert (pixels[:10] == 128).all()
    assert (pixels[:, :30] == 128).all()


# -- the samples ------------------------------------------------------------------------------------------------------


def overlay(painted: Painted, shown: Dataset, showing: Showing | None = None) -> np.ndarray:
    def paint(painter: QPainter) -> None:
        PICTURE.paint_overlay(painter, PLACE, shown, LIGHT, showing or Showing())

    return painted(paint)


def at(pixels: np.ndarray, x: float, y: float) -> list[int]:
    found: list[int] = pixels[int(row_of(y)), int(column_of(x))].tolist()
    return found


@pytest.mark.parametrize(("x", "y"), [(pi, 0.5), (0.5, -1.0), (5.9, 1.4), (1.0, 0.0)])
def test_a_sample_stands_at_its_x_and_y_in_its_colour(painted: Painted, x: float, y: float) -> None:
    pixels = overlay(painted, data(samples((x, y))))
    assert at(pixels, x, y) == list(LIGHT.colour(y).getRgb()[:3])  # type: ignore[index]
    inside = (pixels[12:328, 32:328] != 128).any(axis=2)
    rows, columns = np.nonzero(inside)
    assert np.ptp(rows) < 10
    assert np.ptp(columns) < 10


def test_test_samples_are_hollow_and_can_be_hidden(painted: Painted) -> None:
    shown = data(samples((1.0, 0.5)), samples((4.0, -0.5)))
    pixels, hidden = (overlay(painted, shown, Showing(test_points=way)) for way in (True, False))
    near = slice(int(row_of(-0.5)) - 5, int(row_of(-0.5)) + 6), slice(int(column_of(4)) - 5, int(column_of(4)) + 6)
    red, green, blue = at(pixels, 4.0, -0.5)
    assert red == green == blue, "a ground that is grey shines through"
    assert (pixels[near] != 128).any()
    assert (hidden[near] == 128).all()
    assert at(hidden, 1.0, 0.5) == at(pixels, 1.0, 0.5) == list(LIGHT.colour(0.5).getRgb()[:3])  # type: ignore[index]


def test_samples_outside_the_picture_are_left_out(painted: Painted) -> None:
    assert (overlay(painted, data(samples((1.0, 60.0)))) == overlay(painted, data(samples((1.0, -60.0))))).all()


def test_the_curve_lies_over_the_samples(painted: Painted, take: Take) -> None:
    moment = take(LINEAR, (0.0, 0.5))
    shown = data(samples((pi, 0.5)))

    def paint(painter: QPainter) -> None:
        PICTURE.paint_overlay(painter, PLACE, shown, LIGHT, Showing())
        PICTURE.paint_top(painter, PLACE, field_of(moment), moment.data, LIGHT, Showing())

    assert max(at(painted(paint), pi, 0.5)) < 80
    assert LIGHT.colour(0.5).blue() > 150


# -- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("across", [0.0, 0.1, 0.5, 0.77, 1.0])
@pytest.mark.parametrize("down", [0.0, 0.6, 1.0])
def test_the_words_are_the_networks_own_prediction(take: Take, across: float, down: float) -> None:
    moment = take(HIDDEN, THETA, Look(resolution=512))
    words = PICTURE.words(field_of(moment), moment.data, Showing(), across, down)
    match = re.fullmatch(r"x = (\S+)   prediction ([+−]\S+)", words)
    assert match, words
    assert float(match[1]) == pytest.approx(across * 2 * pi, abs=0.0051)
    value = float(match[2].replace("−", "-"))
    assert value == pytest.approx(by_hand(across * 2 * pi), abs=0.03)


def test_over_a_focused_neuron_the_words_are_its_value(take: Take) -> None:
    moment = take(HIDDEN, THETA, Look(512, focus=(0, 0)))
    words = PICTURE.words(field_of(moment), moment.data, Showing(focus=field_of(moment).focus), 0.25, 0.9)
    assert words.startswith("x = 1.57   value ")
    value = float(words.removeprefix("x = 1.57   value ").replace("−", "-"))
    assert value == pytest.approx(tanh(THETA[0] * pi / 2 + THETA[1]), abs=0.03)
