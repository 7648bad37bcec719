"""The picture of health: cells stand where they are hit, tell their numbers, and are painted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mlp_playground.experiment.doctor.words import number
from mlp_playground.views.layers.health_measures import MEASURES
from mlp_playground.views.layers.health_picture import cell_at, cell_place, paint_health, scale_of, small_share
from mlp_playground.views.layers.health_table import cell_words
from mlp_playground.views.theme import DARK, LIGHT
from tests.views.layers.health_tables import table

AREA = QRectF(0, 0, 520, 220)


def test_cells_are_hit_where_they_stand_and_tell_their_numbers() -> None:
    spiral = table("spiral", 2)
    for layer in range(spiral.n_layers):
        for column in range(-1, len(spiral.columns)):
            assert cell_at(AREA, spiral, cell_place(AREA, spiral, layer, column).center()) == (layer, column)
    column = spiral.columns.index("gradient")
    heading = cell_place(AREA, spiral, 0, column).center()
    heading.setY(5)
    assert cell_at(AREA, spiral, heading) == (-1, column)
    assert cell_words(spiral, -1, column).replace("\n", " ") == MEASURES["gradient"].tip
    words = cell_words(spiral, 1, column)
    assert words.startswith(f"Layer 2, |gradient|: {number(spiral.record.now.layers[1].arriving)}")
    assert number(spiral.record.now.layers[1].gradient) in words
    gradients = spiral.values("gradient")[1]
    assert f"At epoch 0.0: {number(gradients[0])}" in cell_words(spiral, 1, column, 0.0)
    middle = int(np.abs(spiral.epochs - 1).argmin())
    assert f"At epoch 1.0: {number(gradients[middle])}" in cell_words(spiral, 1, column, 0.5)
    heading.setY(500)
    assert cell_at(AREA, spiral, heading) is None


def test_scales_hold_the_band_and_all_layers() -> None:
    values = np.array([[1e-5, 1e-3], [np.nan, 0.5]])
    low, high = scale_of(MEASURES["update"], values)
    assert low < -5
    assert high > np.log10(0.5)
    assert scale_of(MEASURES["dead"], values) == (0, 1)
    nothing = scale_of(MEASURES["gradient"], np.full((1, 1), np.nan))
    assert nothing[0] < nothing[1]


def test_a_share_of_the_largest_is_short() -> None:
    shares = {0.04: "1/25", 1 / 7143: "1/7k", 2e-6: "1/500k", 1.2e-8: "1/10⁸", 0.0: "0"}
    assert {share: small_share(share) for share in shares} == shares


def test_it_is_painted_with_its_band_and_its_ill_cell(painted: Callable[..., np.ndarray]) -> None:
    dead = table("dead", 15)

    def paint(painter: QPainter) -> None:
        paint_health(painter, AREA, dead, LIGHT, chosen=0)

    pixels = painted(paint, 520, 220, LIGHT.background)
    warning = np.array([0xFD, 0xEC, 0xD2])
    cell = cell_place(AREA, dead, 0, 0).toRect()
    assert (pixels[cell.top() : cell.bottom(), cell.left() : cell.right()] == warning).all(axis=2).any()
    other = cell_place(AREA, dead, 0, 1).toRect()
    assert not (pixels[other.top() : other.bottom(), other.left() + 4 : other.right()] == warning).all(axis=2).any()
    painted(lambda painter: paint_health(painter, AREA, table("gaussian", 0), DARK), 520, 220)
