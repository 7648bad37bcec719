"""Numbers beside a scale of colours: short enough for their room, and written as people write them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF

from mlp_playground.analysis.field import Map
from mlp_playground.views.canvas.legends import BESIDE, MARK, WIDTH
from mlp_playground.views.scale_numbers import neuron_numbers, own_number
from mlp_playground.views.theme import LARGEST, font, type_on_paper

ONE = Map(np.ones((2, 2), np.float32), 1.0)


@pytest.mark.parametrize(
    ("scale", "texts"),
    [
        (1.0, ("+1", "+0.5", "0", "−0.5", "−1")),
        (0.0123, ("+0.0123", "+0.0062", "0", "−0.0062", "−0.0123")),
        (1234.0, ("+1.23k", "+617", "0", "−617", "−1.23k")),
        (792_460.0, ("+792k", "+396k", "0", "−396k", "−792k")),
        (999_900.0, ("+1M", "+500k", "0", "−500k", "−1M")),
        (1.234e-5, ("+1e−05", "+6e−06", "0", "−6e−06", "−1e−05")),
    ],
)
def test_numbers_beside_a_scale_have_room(qapp: object, scale: float, texts: tuple[str, ...]) -> None:
    told = neuron_numbers(replace(ONE, scale=scale), steps=False)
    assert tuple(text for _, text in told) == texts
    with type_on_paper():  # as no user scaled it
        letters = font(9 * LARGEST)
    advance = QFontMetricsF(letters).horizontalAdvance
    assert max(advance(text) for text in texts) <= WIDTH - 4 - BESIDE
    assert advance(texts[0].removeprefix("+")) <= WIDTH - 4 - BESIDE - MARK, "own numbers, beside a point's shape"


def test_own_numbers_are_written_out() -> None:
    values = (2018.0, 501_234.0, -30.68, 1.2e15, 0.0, 5.1)
    assert [own_number(value) for value in values] == ["2018", "501\u202f200", "−30.68", "1.2e+15", "0", "5.1"]
