"""The Shapes panel in the window: it follows edits, and tells what a refused experiment had that did not fit."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlp_playground.app.inside_shapes import InsideShapes
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.moment import Moment
from mlp_playground.views.inside.shape_panel import FITS, REFUSED
from mlp_playground.views.inside.shape_table import SHAPES

CONFIG = ExperimentConfig(network=NetworkConfig(hidden=(4,), activations=("relu",)))


def test_it_follows_edits_and_names_what_was_refused(use: Any) -> None:
    user = use(CONFIG)
    window, controller = user.window, user.window.controller
    user.click(window.drawer.buttons["shapes"])
    user.until(lambda: "shapes" in window.drawer.makers)
    views = window.drawer.makers["shapes"]
    assert isinstance(views, InsideShapes)
    panel, model = views.panel, views.panel.table.model_of_steps

    def shapes(row: int) -> str:
        return str(model.data(model.index(row, SHAPES)))

    assert shapes(2) == "(4×2)·(2×N) + (4×1) → (4×N)"
    controller.add_neuron(0)
    controller.toggle_feature("x1*x2")
    user.settled()
    assert shapes(2) == "(5×3)·(3×N) + (5×1) → (5×N)"
    controller.set_training(loss="classes")
    assert "loss" in user.read_box()
    user.settled()
    assert panel.verdict.text.startswith(REFUSED)
    assert controller.config.training.loss == "auto"
    panel.back.click()
    assert panel.verdict.text == FITS
    narrow = Moment(CONFIG, np.zeros(4 * 6 + 5, np.float32), 0, 0, np.zeros((5, 1)))
    controller.open(narrow)
    user.read_box()
    user.settled()
    assert "5 weights, and there are 2 inputs" in panel.verdict.text
    controller.add_neuron(0)
    user.settled()
    assert panel.verdict.text == FITS, "there is another experiment, which fits"
