"""Lines of many records: what is left out of them, and how they are dashed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_playground.views.strokes import dashed, extremes


@given(st.integers(0, 5000), st.integers(0, 2**32 - 1))
def test_thinning_keeps_the_extremes_the_ends_and_the_order(n: int, seed: int) -> None:
    x, y = np.arange(n, dtype=np.float64), np.random.default_rng(seed).normal(size=n)
    few_x, few_y = extremes(x, y)
    assert len(few_x) == len(few_y) <= 1202
    assert np.all(np.diff(few_x) >= 0)
    assert set(zip(few_x, few_y, strict=True)) <= set(zip(x, y, strict=True))
    if n:
        assert (few_y.min(), few_y.max()) == (y.min(), y.max())
        assert few_x[-1] == x[-1]


def test_a_single_peak_among_thousands_survives() -> None:
    for n in (3000, 4000, 4096):
        for place in (0, 1, 777, n // 2, n - 2, n - 1):
            y = np.zeros(n)
            y[place] = 5.0
            assert extremes(np.arange(float(n)), y)[1].max() == 5.0, (n, place)


def test_short_curves_stay_as_they_are() -> None:
    x = np.arange(500.0)
    assert extremes(x, x)[0] is x


def test_dashes_are_of_one_length_along_the_axis_and_leave_no_point_out() -> None:
    x = np.array([0.0, 3, 3, 20])
    y = np.array([0.0, 9, 1, 18])
    cut_x, cut_y, is_drawn = dashed(x, y, 6, 4)
    assert cut_x.tolist() == [0, 0, 3, 3, 6, 10, 16, 20]
    assert cut_y == pytest.approx([0, 0, 9, 1, 4, 8, 14, 18])
    lengths = np.diff(cut_x)
    assert lengths[is_drawn].sum() == 12
    assert [(a, b) for a, b, on in zip(cut_x, cut_x[1:], is_drawn, strict=False) if not on] == [(6, 10), (16, 20)]
