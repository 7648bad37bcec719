"""What a curve is made of, in the picture: shares by the sign of their weight, numbers, the bias, and kinks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from mlp_playground.analysis.curve_parts import CurveParts, Kink
from mlp_playground.analysis.field import Field, Map
from mlp_playground.data.toy import LINE_END
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.canvas.curve_parts import height, paint_kinks, paint_shares
from mlp_playground.views.canvas.line_picture import LinePicture
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.theme import LIGHT

Painted = Callable[..., np.ndarray]
PLACE = QRectF(0, 0, 320, 320)
"""100 pixels for a step of 1; y = 0 is at 160."""
LEVELS = np.array([[1.005] * 50, [-1.005] * 50], np.float32)
"""In the middle of a row of pixels: 59 and 260."""
PARTS = CurveParts(LEVELS, np.array([2.0, -3.0]), 0.505, (Kink((0, 0), LINE_END / 2), Kink((1, 3), LINE_END / 4)))
CURVE = Map(np.full((1, 50), 0.25, np.float32), 1.0)
FOCUS = Map(np.zeros((1, 50), np.float32), 1.0)


def like(pixels: np.ndarray, colour: str) -> np.ndarray:
    """Which pixels have nearly that colour."""
    return np.asarray(np.abs(pixels - QColor(colour).getRgb()[:3]).sum(axis=2) < 40)  # type: ignore[index]


def shares(painted: Painted, showing: Showing) -> np.ndarray:
    return painted(lambda p: paint_shares(p, PLACE, PARTS, LIGHT, showing), 320, 320, ground="#ffffff")


def test_a_share_is_blue_and_whole_above_0_orange_and_dashed_below(painted: Painted) -> None:
    pixels = shares(painted, Showing())
    blue, orange = like(pixels, LIGHT.blue), like(pixels, LIGHT.orange)
    assert set(np.flatnonzero(blue.any(axis=1))) <= set(range(58, 63))
    assert set(np.flatnonzero(orange.any(axis=1))) <= set(range(258, 263))
    assert blue[59:62, 40:300].any(axis=0).mean() > 0.95
    assert 0.4 < orange[259:262, 40:300].any(axis=0).mean() < 0.8
    assert like(pixels, LIGHT.muted)[108:113].any(), "the bias"


def test_of_a_chosen_neuron_there_is_only_its_own(painted: Painted) -> None:
    pixels = shares(painted, Showing(focus=FOCUS, cell=(1, 1)))
    assert like(pixels, LIGHT.orange).any()
    assert not like(pixels, LIGHT.blue).any()
    assert not like(pixels, LIGHT.muted)[100:120].any()


def test_numbers_do_not_stand_on_each_other(painted: Painted) -> None:
    same = replace(PARTS, shares=np.ones((3, 50), np.float32), weights=np.ones(3), bias=1.0)
    pixels = painted(lambda p: paint_shares(p, PLACE, same, LIGHT, Showing()), 320, 320, ground="#ffffff")
    dark = like(pixels, LIGHT.text)[45:58].any(axis=0)
    words = np.flatnonzero(np.diff(dark.astype(int), prepend=0) == 1)
    assert len(words[np.diff(words, prepend=-20) > 8]) == 4, "1, 2, 3 and b, side by side"


def test_kinks_stand_on_the_curve_in_their_layers_colour(painted: Painted) -> None:
    def kinks(showing: Showing) -> np.ndarray:
        return painted(lambda p: paint_kinks(p, PLACE, PARTS, CURVE, LIGHT, showing), 320, 320, ground="#ffffff")

    pixels = kinks(Showing())
    for layer, x in ((0, 160), (1, 80)):
        row, column = like(pixels, LIGHT.layers[layer]).nonzero()
        assert (row.mean(), column.mean()) == pytest.approx((135, x), abs=1)
    chosen = kinks(Showing(focus=FOCUS, cell=(1, 3)))
    assert not like(chosen, LIGHT.layers[0]).any()
    assert like(chosen, LIGHT.layers[1]).any()


def test_boxes_decide_and_another_layers_neuron_has_no_share(painted: Painted, take: Callable[..., Snapshot]) -> None:
    found = take(
        ExperimentConfig().changed("data", name="sine").changed("network", hidden=(3, 2), activations=("relu",) * 2)
    )
    assert found.field is not None
    field: Field = replace(found.field, parts=PARTS, answer=CURVE)

    def top(showing: Showing) -> np.ndarray:
        return painted(lambda p: LinePicture.paint_top(p, PLACE, field, found.data, LIGHT, showing), 320, 320)

    plain = top(Showing(shares=False, kinks=False))
    assert (top(Showing(kinks=False)) != plain).any()
    assert (top(Showing(shares=False)) != plain).any()
    first = Showing(focus=FOCUS, cell=(0, 1), kinks=False)
    assert (top(first) == top(replace(first, shares=False))).all()
    last = Showing(focus=FOCUS, cell=(1, 1), kinks=False)
    assert (top(last) != top(replace(last, shares=False))).any()


def test_numbers_that_are_none_stand_somewhere() -> None:
    assert np.isfinite(height(PLACE, np.array([np.nan, np.inf, -np.inf, 1e30]))).all()


def test_below_shares_the_ground_is_paler(painted: Painted, take: Callable[..., Snapshot]) -> None:
    found = take(ExperimentConfig().changed("data", name="sine"))
    assert found.field is not None
    field: Field = replace(found.field, answer=Map(np.ones((1, 50), np.float32), 1.0))

    def ground(showing: Showing) -> np.ndarray:
        return painted(lambda p: LinePicture.paint_map(p, PLACE, field, found.data, LIGHT, showing), 320, 320)[9, 9]

    page = np.array(QColor(LIGHT.background).getRgb()[:3])  # type: ignore[index]
    plain = ground(Showing(shares=False))
    assert ground(Showing()) == pytest.approx((plain + page) / 2, abs=2)
