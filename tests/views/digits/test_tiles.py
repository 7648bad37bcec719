"""Where tiles stand, and which of them is hit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from mlp_playground.views.digits.tiles import GAP, Grid, grid_for, paint_scale_bar, paint_tile
from mlp_playground.views.theme import DARK, LIGHT, Theme


@pytest.mark.parametrize(("count", "width", "height"), [(1, 400, 200), (8, 400, 200), (128, 464, 170), (512, 464, 170)])
def test_tiles_are_as_large_as_there_is_room_for_within_their_limits(count: int, width: int, height: int) -> None:
    grid = grid_for(count, width, height, 31, 84)
    assert 31 <= grid.side <= 84
    assert grid.columns * grid.side <= width
    if grid.height(count) > height:
        assert grid.side == 31, "smaller ones would lose weights: the rest is scrolled to"
    elif grid.side < 84:
        larger = grid.side * 1.5
        assert int(width // larger) * int(height // larger) < count


def test_a_tile_is_hit_where_it_is() -> None:
    grid = Grid(4, 20)
    for number in range(6):
        place = grid.place(number, QPointF(0, 0))
        assert place.width() == 20 - GAP
        assert grid.number_at(place.center().x(), place.center().y(), 6) == number
        assert grid.number_at(place.right() + 1, place.center().y(), 6) == number, "who misses it by a pixel hits it"
    assert grid.number_at(50, 25, 6) is None, "there are only six"
    assert grid.number_at(-1, 5, 6) is None
    assert grid.height(6) == 40


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_tile_has_its_levels_colours_and_the_scale_both_ends(
    painted: Callable[..., np.ndarray], theme: Theme
) -> None:
    levels = np.array([[1, 255], [128, 128]], np.uint8)
    pixels = painted(lambda painter: paint_tile(painter, QRectF(0, 0, 40, 40), levels, theme), 40, 40)
    for (y, x), level in (((10, 10), 1), ((10, 30), 255), ((30, 30), 128)):
        colour = int(theme.scale[level])
        assert pixels[y, x].tolist() == [colour >> 16 & 255, colour >> 8 & 255, colour & 255]
    bar = painted(lambda painter: paint_scale_bar(painter, QRectF(0, 0, 170, 20), 0.25, theme), 170, 20)
    blueness = bar[10, :, 2] - bar[10, :, 0]
    assert blueness.argmax() > 85 > blueness.argmin(), "orange is −, blue is +"
