"""Strokes and their ink, against the distance of single pixels, and as text."""

from __future__ import annotations

from math import dist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_playground.data.pen import PenStroke, ink_of, read, written


def distance(place: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """From a place to the nearest of many on the way from a to b."""
    return min(dist(place, (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)) for t in np.linspace(0, 1, 400))


def test_ink_is_what_lies_within_the_tip_of_the_line_and_grey_at_its_edge() -> None:
    line = PenStroke(((0.2, 0.3, 0.1), (0.7, 0.6, 0.1), (0.7, 0.9, 0.1)))
    paper = ink_of([line], 20)
    for row in range(20):
        for column in range(20):
            place = (column + 0.5) / 20, (row + 0.5) / 20
            away = min(distance(place, (0.2, 0.3), (0.7, 0.6)), distance(place, (0.7, 0.6), (0.7, 0.9)))
            assert paper[row, column] == pytest.approx(min(max((0.1 - away) * 20 + 0.5, 0), 1), abs=0.01)


def test_a_touch_is_a_dot_and_pressure_makes_a_line_thicker() -> None:
    assert ink_of([PenStroke(((0.5, 0.5, 0.2),))], 200).sum() == pytest.approx(np.pi * 40**2, rel=0.01)
    wedge = ink_of([PenStroke(((0.2, 0.5, 0.02), (0.8, 0.5, 0.2)))], 200)
    thick = [int((wedge[:, column] > 0.5).sum()) for column in (60, 100, 140)]
    assert thick == pytest.approx([2 * 200 * (0.02 + 0.18 * (x / 200 - 0.2) / 0.6) for x in (60, 100, 140)], abs=2)


def test_the_eraser_takes_ink_away_and_only_what_was_there_before_it() -> None:
    line, gone = PenStroke(((0.1, 0.5, 0.1), (0.9, 0.5, 0.1))), PenStroke(((0.5, 0.0, 0.1), (0.5, 1.0, 0.1)), True)
    paper = ink_of([line, gone], 40)
    assert paper[20, 20] == 0
    assert paper[20, 8] == 1
    assert ink_of([gone, line], 40)[20, 20] == 1


def test_a_window_is_that_part_of_the_paper() -> None:
    line = [PenStroke(((0.3, 0.3, 0.05), (0.6, 0.5, 0.08)))]
    whole, part = ink_of(line, 80), ink_of(line, 40, (0.25, 0.25, 0.5))
    assert part == pytest.approx(whole[20:60, 20:60], abs=1e-5)
    assert ink_of(line, 10, (5.0, 5.0, 1.0)).sum() == 0


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.lists(
                st.tuples(st.integers(-500, 1500), st.integers(-500, 1500), st.integers(0, 400)), min_size=1, max_size=4
            ),
        ),
        max_size=4,
    )
)
def test_a_drawing_comes_back_from_its_text(drawing: list[tuple[bool, list[tuple[int, int, int]]]]) -> None:
    strokes = tuple(
        PenStroke(tuple((x / 1000, y / 1000, r / 1000) for x, y, r in points), erases) for erases, points in drawing
    )
    assert read(written(strokes)) == strokes


@pytest.mark.parametrize("text", ["x", "+1,2", "+1,2,3,4", "1,2,3", "+1,2,3 ", "+1e9,2,3", "+1,2,3" * 30_000])
def test_a_text_that_is_no_drawing_is_blank_paper(text: str) -> None:
    assert read(text) == ()
