"""Areas of one colour each: as large as the pixels say, one within the other, and with few enough corners."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.bands import STEP, Band, bands, small_bands
from mlp_playground.analysis.field import SHADES, ClassMap, Map
from mlp_playground.analysis.steps import step_levels


def area(band: Band) -> float:
    """The shoelace formula (Meister, 1769): rings that run the other way around are holes."""
    total = 0.0
    for ring in band.rings:
        x, y = ring.T
        total += float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2
    return abs(total)


def test_a_disc_and_its_hole_are_as_large_as_they_are() -> None:
    axis = (np.arange(256) + 0.5) / 128 - 1
    radius = np.hypot(*np.meshgrid(axis, axis))
    ring = Map(np.asarray(0.5 - np.abs(radius - 0.5), np.float32), 1.0)  # 0.5 on the circle of radius 0.5
    found = bands(ring)
    assert found[0].rings[0].tolist() == [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    for band in found[1:]:
        height = (band.level - STEP / 2 - 128) / 127
        if 0.05 < height < 0.45:
            inner, outer = height, 1 - height  # where 0.5 − |r − 0.5| is above the height, the square being 2 wide
            assert area(band) == pytest.approx(np.pi * (outer**2 - inner**2) / 4, rel=2e-3)
    assert sum(len(each) for band in found for each in band.rings) < 15_000


def test_each_area_is_the_pixels_of_its_level_and_those_above() -> None:
    rng = np.random.default_rng(3)
    shape = np.add.outer(np.sin(np.linspace(0, 5, 200)), np.cos(np.linspace(0, 4, 200))) / 2
    shown = Map(np.asarray(shape * rng.uniform(0.8, 1), np.float32), 1.0)
    levels, found = shown.levels(), bands(shown)
    assert [band.level for band in found] == sorted({band.level for band in found})
    assert all(128 - band.level & (STEP - 1) == 0 or band.level in (1, 255) for band in found), "neutral is one of them"
    for band in found[1:]:
        above = np.mean(levels >= band.level - STEP / 2)
        assert area(band) == pytest.approx(above, abs=0.012)
    assert (found[0].level, found[-1].level) == pytest.approx((levels.min(), levels.max()), abs=STEP)
    small = small_bands(levels)
    assert len(small) <= 17
    assert (small[0].level, small[-1].level) == (levels.min(), levels.max())
    for band in small_bands(levels // 16 + 25)[1:]:  # as of a class's shades
        assert area(band) == pytest.approx(np.mean(levels // 16 + 25 >= band.level), abs=0.05)


def test_in_steps_the_areas_are_those_of_the_picture_in_steps() -> None:
    x, y = np.meshgrid(np.linspace(-1, 1, 200), np.linspace(-1, 1, 200))
    p = 1 / (1 + np.exp(-4 * (x + y**2)))
    P = np.stack([p, (1 - p) * 0.7, (1 - p) * 0.3]).astype(np.float32)
    smooth = Map(np.asarray(2 * p - 1, np.float32), 1.0)
    for shown in (smooth, ClassMap(P.argmax(axis=0).astype(np.uint8), P.max(axis=0), P)):
        levels, found = step_levels(shown), bands(shown, steps=True)
        assert set(np.unique(levels).tolist()) <= {band.level for band in found}
        for band in found[1:]:
            own = levels // SHADES == band.level // SHADES if isinstance(shown, ClassMap) else True
            assert area(band) == pytest.approx(np.mean((levels >= band.level) & own), abs=0.012)


def test_maps_of_one_value_or_without_numbers_are_one_area() -> None:
    for value, level in ((0.0, 128), (2.0, 255), (-2.0, 1), (np.nan, 128)):
        (band,) = bands(Map(np.full((4, 4), value, np.float32), 1.0))
        assert (band.level, area(band)) == (level, 1.0)


def test_classes_border_where_they_are_equally_likely_and_fade_towards_it() -> None:
    x = np.linspace(0, 1, 101)[None].repeat(101, axis=0)
    P = np.stack([x, 0.75 * (1 - x), 0.25 * (1 - x)]).astype(np.float32)  # the third class never wins
    found = bands(ClassMap(P.argmax(axis=0).astype(np.uint8), P.max(axis=0), P))
    assert {band.level // SHADES for band in found} == {0, 1}
    border = 0.75 / 1.75
    weakest = [next(band for band in found if band.level == k * SHADES + 1) for k in (0, 1)]
    assert all(band.beside for band in weakest)
    assert [area(band) for band in weakest] == pytest.approx([1 - border, border], abs=0.006)
    surest = max(band.level for band in found if band.level < SHADES)
    least = 1 / 3 + (surest - 0.5) / (SHADES - 1) * 2 / 3
    (band,) = (band for band in found if band.level == surest)
    assert area(band) == pytest.approx(1 - least, abs=0.006)


def test_one_class_alone_is_drawn_where_it_does_not_win_too() -> None:
    x = np.tile(np.linspace(0, 1, 200, dtype=np.float32), (200, 1))
    P = np.stack([0.3 * x, 0.5 * (1 - 0.3 * x), 0.5 * (1 - 0.3 * x)])
    alone = ClassMap(P.argmax(axis=0).astype(np.uint8), P.max(axis=0), P).only(0)
    found = bands(alone)
    assert {band.level // SHADES for band in found} == {0}
    assert max(band.level for band in found) == round(0.3 * (SHADES - 1))
    assert area(found[1]) == pytest.approx(1 - 0.5 / 24 / 0.3, abs=0.01)
