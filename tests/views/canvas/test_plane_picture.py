"""The plane with two classes, several, or numbers, painted without a widget."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from math import cos, exp, log, pi, sin

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from mlp_playground.analysis.field import feature_map
from mlp_playground.analysis.mistakes import Mistakes
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.canvas.picture_frame import RING, Showing, point_size
from mlp_playground.views.canvas.plane_picture import PlanePicture, to_screen
from mlp_playground.views.theme import LIGHT

Take = Callable[..., Snapshot]
Painted = Callable[..., np.ndarray]

PLACE = QRectF(30, 10, 480, 480)
"""40 pixels for a step of 1; the middle is at (270, 250)."""
ARMS = ExperimentConfig().changed("data", name="spiral3").changed("network", hidden=(), activations=())
ANGLES = [0.4 + 2 * pi * k / 3 for k in range(3)]
THETA = [number for angle in ANGLES for number in (cos(angle), sin(angle), 0.0)]
"""Class k wins around the direction of angle k: three sectors of the plane."""
PICTURE = PlanePicture()


def towards(angle: float, distance: float = 4.0) -> tuple[float, float]:
    return distance * cos(angle), distance * sin(angle)


def likeliest(x1: float, x2: float) -> tuple[int, float]:
    """The winner at a point, and its share."""
    e = [exp(x1 * cos(angle) + x2 * sin(angle)) for angle in ANGLES]
    return e.index(max(e)), max(e) / sum(e)


def whole(painted: Painted, moment: Snapshot, showing: Showing, data: Dataset | None = None) -> np.ndarray:
    """The map with the samples of `data`, if any."""
    assert moment.field is not None
    field = moment.field

    def paint(painter: QPainter) -> None:
        PICTURE.paint_map(painter, PLACE, field, moment.data, LIGHT, showing)
        if data is not None:
            PICTURE.paint_overlay(painter, PLACE, data, LIGHT, showing)

    return painted(paint, 540, 540)


def at(pixels: np.ndarray, x1: float, x2: float) -> np.ndarray:
    place = to_screen(PLACE, HOME, x1, x2)
    return np.asarray(pixels[int(place.y()), int(place.x())])


def rgb(colour: QColor) -> np.ndarray:
    return np.array(colour.getRgb()[:3])  # type: ignore[index]


def test_screen_places_are_the_planes_corners_and_its_middle() -> None:
    place = QRectF(30, 10, 400, 400)
    assert to_screen(place, HOME, -6, 6) == place.topLeft()
    assert to_screen(place, HOME, 6, -6) == place.bottomRight()
    assert to_screen(place, HOME, 0, 0) == place.center()
    assert to_screen(place, HOME, 3, 0).x() > to_screen(place, HOME, -3, 0).x()
    assert to_screen(place, HOME, 0, 3).y() < to_screen(place, HOME, 0, -3).y()


def test_each_class_has_its_colour_where_it_wins(painted: Painted, take: Take) -> None:
    pixels = whole(painted, take(ARMS, THETA), Showing(boundary=False))
    for x1 in np.linspace(-5.5, 5.5, 9):
        for x2 in np.linspace(-5.5, 5.5, 9):
            label, share = likeliest(x1, x2)
            if share < 0.9:
                continue
            off = [np.abs(at(pixels, x1, x2) - rgb(LIGHT.class_colour(k))).sum() for k in range(3)]
            assert off.index(min(off)) == label, (x1, x2)


def test_the_colour_is_paler_where_the_network_is_less_sure(painted: Painted, take: Take) -> None:
    pixels = whole(painted, take(ARMS, THETA), Showing(boundary=False))
    for k, angle in enumerate(ANGLES):
        from_neutral = [
            np.abs(at(pixels, *towards(angle, distance)) - at(pixels, 0, 0)).sum() for distance in (0.3, 1, 2, 4)
        ]
        assert sorted(from_neutral) == from_neutral, k
        assert from_neutral[-1] > 100


def test_the_boundary_is_drawn_between_classes_and_can_be_hidden(painted: Painted, take: Take) -> None:
    moment = take(ARMS, THETA, Look(128))
    drawn, plain = (whole(painted, moment, Showing(boundary=way)) for way in (True, False))
    for angle in ANGLES:
        for distance in (1.0, 3.0, 5.0):
            border = towards(angle + pi / 3, distance)
            assert at(drawn, *border).max() < 110 < at(plain, *border).max()
            inside = towards(angle, distance)
            assert (at(drawn, *inside) == at(plain, *inside)).all()


def test_no_boundary_lies_over_a_neurons_map(painted: Painted, take: Take) -> None:
    config = ARMS.changed("network", hidden=(3,), activations=("tanh",))
    moment = take(config, look=Look(64, focus=(0, 1)))
    assert moment.field is not None
    one, other = (whole(painted, moment, Showing(boundary=way, focus=moment.field.focus)) for way in (True, False))
    assert (one == other).all()


def test_samples_of_classes_stand_at_their_points(painted: Painted, take: Take) -> None:
    places = [towards(angle + 0.5) for angle in ANGLES]
    points = Samples(np.array(places, np.float32).T.copy(), np.array([1, 2, 0], np.int64))
    away = Samples(np.array([[5.0], [5.0]], np.float32), np.array([0], np.int64))
    data = Dataset("made", "classes", points, away, ("orange", "blue", "green"))
    moment = take(ARMS, [0.0] * 9)
    pixels = whole(painted, moment, Showing(boundary=False), data)
    for label, place in zip((1, 2, 0), places, strict=True):
        assert at(pixels, *place).tolist() == rgb(LIGHT.class_colour(label)).tolist()
    hidden = whole(painted, moment, Showing(boundary=False, test_points=False), data)
    x, y = to_screen(PLACE, HOME, 5.0, 5.0).toPoint().toTuple()
    around = slice(y - 6, y + 7), slice(x - 6, x + 7)
    assert len(np.unique(pixels[around].reshape(-1, 3), axis=0)) > 3
    assert len(np.unique(hidden[around].reshape(-1, 3), axis=0)) == 1


@pytest.mark.parametrize("across", [0.0, 0.2, 0.6, 0.9, 1.0])
@pytest.mark.parametrize("down", [0.0, 0.35, 1.0])
def test_the_words_are_the_likeliest_class_and_its_share(take: Take, across: float, down: float) -> None:
    moment = take(ARMS, THETA, Look(256))
    assert moment.field is not None
    words = PICTURE.words(moment.field, moment.data, Showing(), across, down)
    match = re.fullmatch(r"x₁ = (\S+)   x₂ = (\S+)   (\d+)\u202f% (\w+)", words.replace("−", "-"))
    assert match, words
    x1, x2 = float(match[1]), float(match[2])
    assert (x1, x2) == pytest.approx((12 * across - 6, 6 - 12 * down), abs=0.0051)
    label, share = likeliest(x1, x2)
    assert match[4] == ("orange", "blue", "green")[label]
    assert float(match[3]) == pytest.approx(100 * share, abs=2)


@pytest.mark.parametrize(
    ("half_width", "told"), [(6.0, "x₁ = 1.50 "), (0.006, "x₁ = 1.50000 "), (300.0, "x₁ = 2 "), (3e7, "x₁ = 2 ")]
)
def test_a_place_is_told_as_exactly_as_the_picture_shows_it(take: Take, half_width: float, told: str) -> None:
    moment = take(ARMS, THETA, Look(16))
    assert moment.field is not None
    showing = Showing(extent=Extent((1.5, 0.0), half_width))
    assert PICTURE.words(moment.field, moment.data, showing, 0.5, 0.5).startswith(told)


SIDES = ExperimentConfig().changed("network", hidden=(), activations=())


def test_a_ring_stands_around_what_the_network_gets_wrong(painted: Painted, take: Take) -> None:
    data = Dataset(
        "made",
        "binary",
        Samples(np.array([[3, -3, 3], [3, 3, -3]], np.float32), np.array([0, 0, 1])),
        Samples(np.array([[3, -3], [-3, -3]], np.float32), np.array([1, 1])),
        ("orange", "blue"),
    )
    moment = take(SIDES, (4.0, 0.0, 0.0))  # blue on the right
    assert moment.field is not None
    field = replace(moment.field, mistakes=Mistakes(np.array([True, False, False]), np.array([False, True])))

    def rings(showing: Showing) -> np.ndarray:
        pixels = painted(lambda painter: PICTURE.paint_top(painter, PLACE, field, data, LIGHT, showing), 540, 540)
        found = (pixels != pixels[0, 0]).any(axis=2)
        column, row = found.any(axis=0).nonzero()[0], found.any(axis=1).nonzero()[0]
        return np.array([column[0], column[-1], row[0], row[-1]]) if found.any() else np.zeros(4)

    radius = RING * point_size(PLACE)
    wrong = [to_screen(PLACE, HOME, 3, 3), to_screen(PLACE, HOME, -3, -3)]
    (right, top), (left, bottom) = (point.toTuple() for point in wrong)
    expected = np.array([left - radius, right + radius, top - radius, bottom + radius])
    assert rings(Showing()) == pytest.approx(expected, abs=1.6)
    only_train = np.array([right - radius, right + radius, top - radius, top + radius])
    assert rings(Showing(test_points=False)) == pytest.approx(only_train, abs=1.6)
    for hidden in (Showing(mistakes=False), Showing(focus=feature_map("x1"))):
        assert not rings(hidden).any()
    assert rings(Showing(extent=HOME.moved(30, 0))).tolist() == [0, 0, 0, 0], "out of sight"


def test_in_steps_the_map_has_ten_colours_that_change_at_tenths(painted: Painted, take: Take) -> None:
    moment = take(SIDES, (1.0, 0.0, 0.0), Look(512))
    row = whole(painted, moment, Showing(boundary=False, steps=True))[100, 31:509]
    changes = np.flatnonzero((np.abs(np.diff(row, axis=0)) > 3).any(axis=1))
    edges = [PLACE.left() + 480 * HOME.shares(log(p / (1 - p)), 0.0)[0] - 31 for p in np.arange(1, 10) / 10]
    assert all(np.abs(changes - edge).min() <= 2 for edge in edges)
    assert all(min(abs(change - edge) for edge in edges) <= 2 for change in changes)
