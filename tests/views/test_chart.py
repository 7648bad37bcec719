"""The axes of a chart: round numbers, and values where they belong."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.views.chart import accuracy_axis, epoch_axis, loss_axis, powers_of_ten, round_numbers


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (0, 0.7, ["0.0", "0.2", "0.4", "0.6"]),
        (0, 0.0013, ["0.0000", "0.0005", "0.0010"]),
        (50, 100, ["50", "60", "70", "80", "90", "100"]),
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
    assert (epoch_axis(np.array([])).high, epoch_axis(np.array([0.0, 40.0])).high) == (10, 40)
    assert (accuracy_axis(np.array([0.34 * 100, 99])).low, accuracy_axis(np.array([])).low) == (30, 50)
