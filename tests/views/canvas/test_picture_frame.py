"""What all pictures share: where they stand, how points are marked, and the colours below them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from mlp_playground.analysis.field import ClassMap, Map
from mlp_playground.data.dataset import Dataset, Samples, Task
from mlp_playground.views.canvas.picture_frame import (
    AXIS_ROOM,
    EDGE,
    WASH,
    paint_colours,
    paint_marks,
    paint_points,
    point_size,
    room,
    square,
)
from mlp_playground.views.theme import DARK, LIGHT, Theme

Painted = Callable[..., np.ndarray]
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
HOLLOW = pytest.mark.parametrize("hollow", [False, True], ids=["filled", "hollow"])
AREAS = pytest.mark.parametrize(
    ("width", "height"), [(200, 200), (640, 300), (300, 640), (1000, 1000), (10, 10), (0, 0), (-5, 3)]
)


def rgb(colour: QColor | str) -> list[int]:
    return list(QColor(colour).getRgb()[:3])  # type: ignore[index]


# -- geometry ---------------------------------------------------------------------------------------------------------


@AREAS
def test_the_square_is_square_and_leaves_room_for_the_axes(width: int, height: int) -> None:
    area = QRectF(5, 7, width, height)
    place = square(area)
    assert place.width() == place.height() >= 16
    assert place.left() - area.left() == AXIS_ROOM
    if min(width, height) > 60:
        assert place.right() <= area.right() - EDGE + 1
        assert place.bottom() <= area.bottom() - AXIS_ROOM + 1


def test_the_room_is_all_but_the_axes() -> None:
    assert room(QRectF(5, 7, 400, 300)) == QRectF(
        5 + AXIS_ROOM, 7 + EDGE, 400 - AXIS_ROOM - EDGE, 300 - AXIS_ROOM - EDGE
    )


@pytest.mark.parametrize(
    ("width", "height", "size"), [(400, 400, 7), (400, 900, 7), (300, 400, 5.25), (100, 400, 4.2), (2000, 2000, 10.5)]
)
def test_points_grow_with_their_picture_within_bounds(width: int, height: int, size: float) -> None:
    assert point_size(QRectF(0, 0, width, height)) == pytest.approx(size)


# -- marks ------------------------------------------------------------------------------------------------------------


def marks(
    painted: Painted,
    mark: int,
    size: float = 40,
    *,
    hollow: bool = False,
    colour: QColor | str = "#000000",
    theme: Theme = LIGHT,
    places: tuple[tuple[float, float], ...] = ((30.0, 30.0),),
) -> np.ndarray:
    """60 × 60 grey pixels with marks at `places`."""
    at = np.array(places).reshape(-1, 2)
    return painted(lambda p: paint_marks(p, mark, at, size, QColor(colour), theme, hollow=hollow), 60, 60)


def covered(pixels: np.ndarray) -> np.ndarray:
    """Which pixels are no longer grey."""
    return np.asarray(np.abs(pixels - 128).sum(axis=2) > 60)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """The share of what two marks cover together that only one of them covers."""
    return float((one ^ other).sum() / (one | other).sum())


@HOLLOW
@THEMES
def test_ten_marks_are_ten_shapes(painted: Painted, theme: Theme, hollow: bool) -> None:
    shapes = [covered(marks(painted, mark, hollow=hollow, theme=theme)) for mark in range(10)]
    assert min(difference(one, other) for one, other in combinations(shapes, 2)) > 0.05


@HOLLOW
@pytest.mark.parametrize("size", [7.0, 9.0])
def test_the_marks_of_five_classes_can_be_told_apart_as_small_as_they_are(
    painted: Painted, size: float, hollow: bool
) -> None:
    shapes = [covered(marks(painted, mark, size, hollow=hollow)) for mark in range(5)]
    assert min(difference(one, other) for one, other in combinations(shapes, 2)) > 0.1


@THEMES
def test_a_hollow_point_of_value_zero_stands_out_from_its_ground(painted: Painted, theme: Theme) -> None:
    for value in (-1.0, 0.0, 1.0):
        line = marks(painted, 1, hollow=True, colour=theme.colour(value), theme=theme)[29, 9]
        ground = QColor(theme.test_line).getRgb()[:3]
        assert np.abs(line.astype(float) - ground).mean() > 40, value


def test_more_than_ten_classes_have_marks_too(painted: Painted) -> None:
    for mark in range(10, 20):
        assert covered(marks(painted, mark)).sum() > 400


@HOLLOW
@pytest.mark.parametrize("mark", range(10))
def test_a_mark_stands_around_its_place(painted: Painted, mark: int, hollow: bool) -> None:
    rows, columns = np.nonzero(covered(marks(painted, mark, hollow=hollow)))
    assert (columns.mean(), rows.mean()) == pytest.approx((29.5, 29.5), abs=1)
    for ends in (rows, columns):
        assert 30 < np.ptp(ends) < 60


@THEMES
@pytest.mark.parametrize("mark", range(10))
def test_a_mark_is_filled_with_its_colour_or_hollow(painted: Painted, theme: Theme, mark: int) -> None:
    filled, hollow = (marks(painted, mark, hollow=way, colour="#ff0000", theme=theme) for way in (False, True))
    assert filled[30, 30].tolist() == [255, 0, 0]
    assert hollow[30, 30].tolist() == [128, 128, 128]
    reds = [int((pixels == [255, 0, 0]).all(axis=2).sum()) for pixels in (filled, hollow)]
    assert reds[0] > 2 * reds[1] > 40


@HOLLOW
@THEMES
@pytest.mark.parametrize("mark", range(10))
def test_a_mark_stands_out_from_ground_of_its_own_colour(
    painted: Painted, theme: Theme, mark: int, hollow: bool
) -> None:
    pixels = marks(painted, mark, hollow=hollow, colour="#808080", theme=theme)
    line = pixels[covered(pixels)].mean(axis=1)
    assert len(line) > 80
    assert (line > 128).all() if hollow and theme is LIGHT else (line < 128).all()


def test_each_place_has_its_mark(painted: Painted) -> None:
    places = ((20, 10), (50, 30), (20, 50))
    for mark in range(3):
        reds = (marks(painted, mark, 9, colour="#ff0000", places=places) == [255, 0, 0]).all(axis=2)
        assert [bool(reds[y, x]) for x, y in places] == [True] * 3
        assert not reds[30, 20]


def test_no_places_are_no_marks(painted: Painted) -> None:
    for mark in range(3):
        assert not covered(marks(painted, mark, places=())).any()


# -- points -----------------------------------------------------------------------------------------------------------


def dots(painted: Painted, task: Task, y: np.ndarray, *, hollow: bool = False, size: float = 20) -> np.ndarray:
    """Samples with the labels `y` in a row, 40 pixels apart, the first at (20, 20)."""
    samples = Samples(np.zeros((2, len(y)), np.float32), y)
    data = Dataset("made", task, samples, samples, tuple("abcdefghij"))
    places = np.array([[20.0 + 40 * i, 20.0] for i in range(len(y))])
    return painted(
        lambda p: paint_points(p, data, samples, LIGHT, places, size, hollow=hollow), width=40 * len(y), height=40
    )


def box_share(pixels: np.ndarray, index: int) -> float:
    """How much of the smallest box around a dot the dot covers: all for a square, π/4 for a disc."""
    mask = covered(pixels[:, 40 * index : 40 * index + 40])
    rows, columns = np.nonzero(mask)
    return float(mask.sum() / ((np.ptp(rows) + 1) * (np.ptp(columns) + 1)))


def test_points_of_classes_have_the_colour_and_the_mark_of_their_class(painted: Painted) -> None:
    order = [3, 0, 9, 1, 4, 2, 8, 5, 7, 6, 0]
    pixels = dots(painted, "classes", np.array(order, np.int64))
    for index, label in enumerate(order):
        assert pixels[20, 20 + 40 * index].tolist() == rgb(LIGHT.class_colour(label))
        alone = marks(painted, label, 20, colour=LIGHT.class_colour(label))[10:50, 10:50]
        assert np.abs(pixels[:, 40 * index : 40 * index + 40] - alone).max() < 16


def test_points_of_two_classes_are_orange_squares_and_blue_discs(painted: Painted) -> None:
    pixels = dots(painted, "binary", np.array([0, 1], np.int64))
    assert pixels[20, 20].tolist() == rgb(LIGHT.orange)
    assert pixels[20, 60].tolist() == rgb(LIGHT.blue)
    assert box_share(pixels, 0) > 0.97
    assert box_share(pixels, 1) < 0.9


def test_numbers_have_their_colour_and_negative_ones_are_squares(painted: Painted) -> None:
    values = [-1.0, -0.5, 0.0, 0.25, 1.0, 1.5, -1.5]
    pixels = dots(painted, "regression", np.array(values, np.float32))
    for index, value in enumerate(values):
        assert pixels[20, 20 + 40 * index].tolist() == rgb(LIGHT.colour(value))
        assert (box_share(pixels, index) > 0.97) == (value < 0)


def test_test_points_are_hollow(painted: Painted) -> None:
    pixels = dots(painted, "classes", np.array([0, 1, 2, 3, 4], np.int64), hollow=True)
    for index in range(5):
        assert pixels[20, 20 + 40 * index].tolist() == [128, 128, 128]


# -- colours ----------------------------------------------------------------------------------------------------------


def washed(colour: QColor | int, theme: Theme) -> np.ndarray:
    return np.array(rgb(QColor(colour))) * (1 - WASH) + np.array(rgb(theme.background)) * WASH


@THEMES
def test_a_maps_colours_are_those_of_its_values_washed_with_the_background(painted: Painted, theme: Theme) -> None:
    shown = Map(np.array([[-2, 0, 2], [1, -1, 9]], np.float32), 2.0)
    pixels = painted(lambda p: paint_colours(p, QRectF(30, 20, 60, 40), shown, theme, smooth=False), 120, 80)
    for (row, column), level in np.ndenumerate(np.array([[1, 128, 255], [192, 65, 255]])):
        found = pixels[30 + 20 * row, 40 + 20 * column]
        assert found == pytest.approx(washed(theme.scale[level], theme), abs=2)
    assert (pixels[:, :30] == 128).all()
    assert (pixels[60:] == 128).all()


@THEMES
def test_a_class_maps_colours_are_its_winners_paler_where_less_sure(painted: Painted, theme: Theme) -> None:
    winner, share = np.array([[0, 1, 2], [3, 4, 2]], np.uint8), np.array([[1, 1, 1], [1, 1, 0.6]], np.float32)
    shown = ClassMap(winner, share, np.zeros((5, 2, 3), np.float32))
    pixels = painted(lambda p: paint_colours(p, QRectF(0, 0, 60, 40), shown, theme, smooth=False), 60, 40)
    for (row, column), label in np.ndenumerate(winner[:1]):
        assert pixels[10 + 20 * row, 10 + 20 * column] == pytest.approx(washed(theme.class_colour(label), theme), abs=2)
    half = (np.array(rgb(theme.class_colour(2))) + np.array(rgb(theme.neutral))) / 2
    assert pixels[30, 50] == pytest.approx(half * (1 - WASH) + np.array(rgb(theme.background)) * WASH, abs=3)


@pytest.mark.parametrize(("smooth", "colours"), [(False, 2), (True, 20)])
def test_pixels_are_sharp_or_smoothed_as_asked(painted: Painted, smooth: bool, colours: int) -> None:
    shown = Map(np.array([[-1, 1]], np.float32), 1.0)
    pixels = painted(lambda p: paint_colours(p, QRectF(0, 0, 100, 20), shown, LIGHT, smooth=smooth), 100, 20)
    found = len(np.unique(pixels[10], axis=0))
    assert found == 2 if colours == 2 else found > colours
