"""Maps in steps: ten bands, the middle one's edge where both classes are as likely."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.field import SHADES, ClassMap, Map
from mlp_playground.analysis.steps import step_levels


@pytest.mark.parametrize(
    ("p", "middle"), [(0.0, 0.05), (0.0999, 0.05), (0.101, 0.15), (0.499, 0.45), (0.5, 0.55), (0.95, 0.95), (1.0, 0.95)]
)
def test_every_probability_has_the_colour_of_its_tenths_middle(p: float, middle: float) -> None:
    shown = Map(np.array([[2 * p - 1]], np.float32), 1.0)
    assert step_levels(shown).item() == round((2 * middle - 1) * 127 + 128)


def test_what_is_no_number_or_beyond_the_scale_has_a_colour_too() -> None:
    values = np.array([[np.inf, -np.inf, np.nan, 1e30, -7.0]], np.float32)
    high, low, middle = (round(v * 127 + 128) for v in (0.9, -0.9, 0.1))
    assert step_levels(Map(values, 3.0)).tolist() == [[high, low, middle, high, low]]


def test_classes_keep_their_winner_and_step_in_its_probability() -> None:
    share = np.array([[0.41, 0.49, 0.51, 1.0]], np.float32)
    levels = step_levels(ClassMap(np.full((1, 4), 2, np.uint8), share, np.repeat(share[None], 3, axis=0)))
    shades = [round((middle - 1 / 3) / (2 / 3) * (SHADES - 1)) for middle in (0.45, 0.45, 0.55, 0.95)]
    assert levels.tolist() == [[2 * SHADES + shade for shade in shades]]
