"""A layer's weights as a heatmap: where cells are, and what they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from mlp_playground.views.layers.layer_weights import Weights, scale_words
from mlp_playground.views.layers.weight_grid import BIAS, GAP, grid_of, paint_weights, whole_grid
from mlp_playground.views.theme import DARK, LIGHT


def layer(rows: int, columns: int) -> Weights:
    rng = np.random.default_rng(1)
    names = [str(k + 1) for k in range(max(rows, columns))]
    return Weights(rng.normal(size=(rows, columns)), rng.normal(size=rows), names[:rows], names[:columns])


@pytest.mark.parametrize("shape", [(1, 1), (8, 2), (64, 64), (128, 784)])
def test_every_number_can_be_met(qapp: object, shape: tuple[int, int]) -> None:
    weights = layer(*shape)
    grid = grid_of(weights, 400, 180)
    assert grid.wide >= 2
    assert grid.high >= 2
    last = shape[0] - 1, shape[1] - 1
    for spot in ((0, 0), last, (0, shape[1]), (last[0], shape[1])):
        moved = grid_of(weights, 400, 180, grid.scrolled_to(spot))
        assert moved.hit(moved.cell(spot).center()) == spot
        assert moved.weights.united(moved.biases).contains(moved.cell(spot).center())
    assert grid.biases.right() <= 400
    assert grid.biases.left() == grid.weights.right() + GAP
    assert grid.biases.width() >= BIAS
    assert grid.hit(QPointF(grid.weights.right() + GAP / 2, 30)) is None
    assert grid.more == (0, 0) or max(shape) > 40
    paper = whole_grid(weights, 400, 180)
    assert paper.more == (0, 0)
    assert paper.biases.right() <= 400.001
    assert paper.cell((shape[0] - 1, 0)).bottom() <= 180.001


def test_colours_are_those_of_one_symmetric_scale(painted: Callable[..., np.ndarray]) -> None:
    W, b = np.array([[0.4, -1.0], [0.0, 0.1]]), np.array([-0.4, 1.0])
    weights = Weights(W, b, ("1", "2"), ("x", "y"))
    assert (weights.scale, weights.is_cut) == (1.0, False)
    for theme in (LIGHT, DARK):
        grid = grid_of(weights, 200, 60)
        pixels = painted(lambda p, grid=grid, theme=theme: paint_weights(p, grid, weights, theme), 200, 60)
        for spot, value in (((0, 0), 0.4), ((0, 1), -1.0), ((1, 0), 0.0), ((0, 2), -0.4), ((1, 2), 1.0)):
            corner = grid.cell(spot).topLeft() + QPointF(3, 3)
            found = pixels[int(corner.y()), int(corner.x())].tolist()
            assert found == pytest.approx(QColor(theme.colour(value)).toTuple()[:3], abs=3)


def test_the_chosen_neurons_row_is_marked(painted: Callable[..., np.ndarray]) -> None:
    weights = replace(layer(4, 3), chosen=2)
    grid = grid_of(weights, 200, 100)
    pixels = painted(lambda p: paint_weights(p, grid, weights, LIGHT), 200, 100)
    marked = [pixels[int(grid.cell((row, 0)).center().y()), int(grid.left) - 3].tolist() for row in range(4)]
    assert [found == list(QColor(LIGHT.selection).toTuple()[:3]) for found in marked] == [False, False, True, False]


def test_a_stray_weight_does_not_make_all_others_pale() -> None:
    W = np.full((40, 40), 0.05)
    W[3, 3] = 9
    weights = Weights(W, np.zeros(40), [""] * 40, [""] * 40)
    assert weights.scale == pytest.approx(0.05)
    assert weights.is_cut
    assert scale_words(weights.scale, is_cut=True) == ("≤ −0.05", "0", "≥ 0.05")
    assert scale_words(7.5, is_cut=False) == ("−7.5", "0", "+7.5")
    assert Weights(np.zeros((1, 1)), np.zeros(1), ("1",), ("1",)).scale == 1
