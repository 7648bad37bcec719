"""The part of the plane that is shown: points, shares, zoom and the home that holds the data."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.data.extent import CLOSEST, FARTHEST, HOME, Extent, fitting


def test_shares_and_points_are_each_others_inverse() -> None:
    extent = Extent((2.0, -1.0), 0.5)
    assert extent.point(0.0, 0.0) == (1.5, -0.5), "the left upper corner"
    assert extent.point(1.0, 1.0) == (2.5, -1.5)
    assert extent.shares(*extent.point(0.3, 0.8)) == pytest.approx((0.3, 0.8))
    assert extent.contains(np.array([[1.5, 2.0, 2.6], [-1.5, -1.0, -1.0]])).tolist() == [True, True, False]


def test_zooming_keeps_the_point_under_the_cursor() -> None:
    at = HOME.point(0.25, 0.1)
    closer = HOME.zoomed(4.0, at)
    assert closer.half_width == HOME.half_width / 4
    assert closer.shares(*at) == pytest.approx((0.25, 0.1))
    assert HOME.zoomed(2.0).centre == HOME.centre
    assert HOME.moved(1.0, -2.0) == Extent((1.0, -2.0), HOME.half_width)


def test_nobody_gets_lost() -> None:
    assert HOME.zoomed(1e9).near(HOME).half_width == CLOSEST * HOME.half_width
    assert HOME.zoomed(1e-9).near(HOME).half_width == FARTHEST * HOME.half_width
    assert HOME.moved(1e9, -1e9).near(HOME).centre == (FARTHEST * HOME.half_width, -FARTHEST * HOME.half_width)
    assert HOME.moved(3.0, 3.0).near(HOME) == HOME.moved(3.0, 3.0)


@pytest.mark.parametrize(
    ("farthest", "half"), [(0.0, 6.0), (6.0, 6.0), (6.1, 8.0), (8.0, 8.0), (9.0, 10.0), (11.0, 12.0), (700.0, 800.0)]
)
def test_the_home_is_the_next_round_square_that_holds_the_data(farthest: float, half: float) -> None:
    home = fitting(np.array([[0.0, 1.0], [-farthest, 0.0]]))
    assert home == Extent((0.0, 0.0), pytest.approx(half))


def test_without_points_there_is_a_home_too() -> None:
    assert fitting(np.zeros((2, 0))) == HOME
