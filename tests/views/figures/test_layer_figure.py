"""One layer on paper: the one that is wanted, with its numbers' colours where they belong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from mlp_playground.app.scenes import prepared
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.figures.export import as_image, save_figure
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figures import FIGURES
from mlp_playground.views.figures.layer_figure import LINE, SHARE, layer_legend, paint_layer, shown_column
from mlp_playground.views.layers.layer_weights import weights_of
from mlp_playground.views.layers.weight_grid import whole_grid
from mlp_playground.views.theme import SPACE, type_on_paper

CONFIG = ExperimentConfig(features=("x1", "x1*x2"), network=NetworkConfig(hidden=(4, 3), activations=("relu",) * 2))
OPTIONS = FigureOptions(800, 500, dpi=96)


@pytest.mark.parametrize("column", [1, 3])
def test_the_wanted_layers_cells_have_their_colours(
    take: Callable[..., Snapshot], painted: Callable[..., np.ndarray], column: int
) -> None:
    scene = prepared(Scene(take(CONFIG), column=column), "layer")
    area = QRectF(0, 0, 600, 300)
    with type_on_paper():
        pixels = painted(lambda p: paint_layer(p, area, scene, OPTIONS), 600, 300, OPTIONS.theme.background)
        weights = weights_of(scene.snapshot, column)
        grid = whole_grid(weights, 600 * SHARE - 2 * SPACE, 300 - 2 * LINE - SPACE)
    for spot in ((0, 0), (weights.W.shape[0] - 1, weights.W.shape[1])):
        corner = grid.cell(spot).topLeft() + QPointF(3, 3 + 2 * LINE + SPACE)
        value = weights.number(spot) / weights.scale
        expected = QColor(OPTIONS.theme.colour(value)).toTuple()[:3]
        assert pixels[int(corner.y()), int(corner.x())].tolist() == pytest.approx(expected, abs=4)
    low, zero, high = (text for _, text in reversed(layer_legend(scene).scale))
    assert (zero, low[0], high[0]) == ("0", "−", "+")


def test_it_is_there_for_wide_layers_and_shallow_networks(
    take: Callable[..., Snapshot], tmp_path: object, qapp: object
) -> None:
    digits = take(DIGITS_DEFAULT.changed("network", hidden=(30,), activations=("relu",)))
    alone = take(ExperimentConfig(network=NetworkConfig(hidden=(), activations=())))
    for snapshot, column in ((digits, 1), (alone, 7)):
        scene = prepared(Scene(snapshot, column=column), "layer")
        assert shown_column(scene) == 1
        assert not as_image(FIGURES["layer"], scene, OPTIONS).isNull()
        save_figure(tmp_path / "a.svg", FIGURES["layer"], scene, OPTIONS)  # type: ignore[operator]
