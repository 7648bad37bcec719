"""Maps stand beside each other without touching, and a lens keeps what it is put on."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from mlp_playground.views.layers.map_tiles import ABOVE, BELOW, Lens, tiles

PLACE = QRectF(100, 50, 200, 200)


@pytest.mark.parametrize("count", [2, 4, 5, 12])
@pytest.mark.parametrize("large", [None, 0, 1])
@pytest.mark.parametrize("size", [(620, 220), (1000, 300), (300, 700)])
def test_all_maps_have_room_with_their_captions(count: int, large: int | None, size: tuple[int, int]) -> None:
    area = QRectF(10, 20, *size)
    found = tiles(area, count, large)
    assert len(found) == count
    with_captions = [place.adjusted(0, -ABOVE, 0, BELOW) for place in found]
    for k, box in enumerate(with_captions):
        assert area.adjusted(-1, -1, 1, 1).contains(box)
        assert found[k].width() == found[k].height()
        assert not any(box.intersects(other) for other in with_captions[k + 1 :])
    if large is not None and size == (620, 220):
        assert found[large].width() == max(place.width() for place in found)


def test_points_fill_a_map_and_up_is_up() -> None:
    corners = np.array([[-1.0, 1.0, 0.0], [-1.0, 1.0, 0.0]])
    pixels = Lens().pixels(PLACE, corners)
    assert pixels[2].tolist() == [200, 150]
    assert pixels[0, 0] < 110 < 290 < pixels[1, 0]
    assert pixels[0, 1] > 240 > 60 > pixels[1, 1]


def test_what_is_under_the_mouse_stays_there() -> None:
    points = np.array([[0.4], [0.3]])
    at = QPointF(*Lens().pixels(PLACE, points)[0])
    lens = Lens().closer(PLACE, 3, at)
    assert lens.times == 3
    np.testing.assert_allclose(lens.pixels(PLACE, points)[0], at.toTuple(), atol=1e-9)
    moved = lens.moved(PLACE, QPointF(10, -7))
    np.testing.assert_allclose(moved.pixels(PLACE, points)[0], (at + QPointF(10, -7)).toTuple(), atol=1e-9)
    assert lens.closer(PLACE, 1 / 3, QPointF(0, 0)) == Lens(), "all of it again"
    far = lens.moved(PLACE, QPointF(1e6, 1e6))
    assert (far.x, far.y) == (pytest.approx(-2 / 3), pytest.approx(2 / 3)), "some points stay in sight"
    assert lens.closer(PLACE, 1e9, at).times == 40
