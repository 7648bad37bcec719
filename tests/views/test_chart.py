"""The axes of a chart: round numbers, and values where they belong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from mlp_playground.views.chart import (
    Curve,
    accuracy_axis,
    epoch_axis,
    line_pens,
    loss_axis,
    paint_chart,
    powers_of_ten,
    round_numbers,
    seconds_axis,
    zoomed,
)
from mlp_playground.views.theme import LIGHT


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (0, 0.7, ["0.0", "0.2", "0.4", "0.6"]),
        (0, 0.0013, ["0.0000", "0.0005", "0.0010"]),
        (50, 100, ["50", "60", "70", "80", "90", "100"]),
        (0, 1.1e36, ["0", "2e+35", "4e+35", "6e+35", "8e+35", "1e+36"]),
        (0, 12_000, ["0", "2\u202f000", "4\u202f000", "6\u202f000", "8\u202f000", "10\u202f000", "12\u202f000"]),
    ],
)
def test_numbers_beside_an_axis_are_round(low: float, high: float, words: list[str]) -> None:
    ticks = round_numbers(low, high)
    assert [text for _, text in ticks] == words
    assert [value for value, _ in ticks] == pytest.approx([float(text.replace("\u202f", "")) for text in words])


def test_powers_of_ten_are_few() -> None:
    assert powers_of_ten(-2, 1) == ((0.01, "0.01"), (0.1, "0.1"), (1.0, "1"), (10.0, "10"))
    assert [text for _, text in powers_of_ten(-9, 1)] == ["1e-09", "1e-07", "1e-05", "0.001", "0.1", "10"]


def test_values_stand_where_they_belong() -> None:
    values = np.array([0.02, 0.5, np.inf, np.nan])
    straight, steep = loss_axis(values, logarithmic=False), loss_axis(values, logarithmic=True)
    assert straight.share(np.array([0.0, 0.52, 0.26])).tolist() == pytest.approx([0, 1, 0.5])
    assert (steep.low, steep.high) == (0.01, 1)
    assert steep.share(np.array([0.01, 0.1, 1.0])).tolist() == pytest.approx([0, 0.5, 1])
    assert (epoch_axis(np.array([])).high, epoch_axis(np.array([0.0, 40.0])).high) == (1, 40)
    assert [text for _, text in epoch_axis(np.array([0.0, 1, 2])).ticks] == ["0", "1", "2"]
    assert (accuracy_axis(np.array([0.34 * 100, 99])).low, accuracy_axis(np.array([])).low) == (30, 50)


def test_of_a_past_moment_what_came_after_it_is_pale(painted: Callable[..., np.ndarray]) -> None:
    epochs, flat = np.arange(11.0), np.full(11, 0.5)
    x, y = epoch_axis(epochs), loss_axis(np.array([1.0]), logarithmic=False)

    def inks(now: float | None) -> tuple[int, int]:
        area = QRectF(0, 0, 200, 100)
        curve = Curve(epochs, flat, line_pens(LIGHT)[0])
        pixels = painted(lambda p: paint_chart(p, area, x, y, [curve], LIGHT, axes=False, now=now), 200, 100, "#ffffff")
        row = 255 * 3 - pixels[51 - 4 : 51 + 6].sum(axis=2).min(axis=0)
        return int(row[20:80].mean()), int(row[120:180].mean())

    before, after = inks(None)
    assert before == pytest.approx(after, rel=0.1)
    before, after = inks(5.0)
    assert after < 0.5 * before


def test_seconds_and_parts_of_an_axis() -> None:
    assert (seconds_axis(np.array([0, 2.5, np.nan])).high, seconds_axis(np.array([np.nan])).high) == (2.5, 1)
    part = zoomed(epoch_axis(np.array([100.0])), 3.2, 5.4)
    assert (part.low, part.high, [text for _, text in part.ticks]) == (3.2, 5.4, ["4", "5"])


def test_a_line_that_diverged_and_one_that_nobody_timed_are_drawn_as_far_as_they_are_known(
    painted: Callable[..., np.ndarray],
) -> None:
    x, y = epoch_axis(np.array([10.0])), loss_axis(np.array([1.0]), logarithmic=False)
    epochs, values = np.arange(11.0), np.full(11, 0.5)
    values[4:8] = np.inf
    for pen in line_pens(LIGHT):
        curve = Curve(epochs, values, pen)
        pixels = painted(
            lambda p, curve=curve: paint_chart(p, QRectF(0, 0, 200, 100), x, y, [curve], LIGHT, axes=False),
            200, 100, "#ffffff",
        )  # fmt: skip
        ink = 255 * 3 - pixels[40:60].sum(axis=2).min(axis=0)
        assert ink[10:50].max() > 100
        assert ink[70:130].max() == 0
        assert ink[150:190].max() > 100
    nobody = Curve(np.full(11, np.nan), values, line_pens(LIGHT)[0])
    pixels = painted(
        lambda p: paint_chart(p, QRectF(0, 0, 200, 100), x, y, [nobody], LIGHT, axes=False), 200, 100, "#ffffff"
    )
    assert (pixels == 255).all()
