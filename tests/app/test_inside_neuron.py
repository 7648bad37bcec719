"""The Neuron panel in the window: it follows selection, mouse and run, and what is typed in it can be undone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from mlp_playground.app.inside_neuron import InsideNeuron
from mlp_playground.data.example import Example
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.nn.network import Network


def network(snapshot: Any) -> Network:
    return Network(snapshot.architecture, snapshot.theta)


def test_it_follows_the_selection_the_mouse_and_the_run(use: Any) -> None:
    user = use(
        ExperimentConfig(features=("x2", "x1*x2"), network=NetworkConfig(hidden=(4, 3), activations=("relu",) * 2))
    )
    window, drawer = user.window, user.window.drawer
    user.click(drawer.buttons["neuron"])
    user.until(lambda: drawer.docks["neuron"].is_seen)
    views = drawer.makers["neuron"]
    assert isinstance(views, InsideNeuron)
    panel, model = views.panel, views.panel.table.model_of_terms
    user.until(lambda: panel.map.shown is not None and model.terms is not None and panel.best.best is not None)
    window.network.select((1, 2))
    user.until(lambda: model.terms.cell == (1, 2))
    x = np.array([1.5, -2.0], np.float32)
    window.inspected.point_at(Example(x, None, "where the mouse is"))
    user.until(lambda: model.terms.inputs.tolist() == [-2.0, -3.0])
    W, b = network(user.latest).W[0][2], network(user.latest).b[0][2]
    assert model.terms.z == pytest.approx(float(W @ [-2, -3] + b), abs=1e-5)
    assert panel.example.text == "Where the mouse is (1.50, −2.00)"
    user.play(20)
    last = user.pause()
    user.until(lambda: np.allclose(model.terms.weights, network(last).W[0][2], atol=1e-7))
    panel.sample_picked.emit(0)
    panel.sample_pointed.emit(None)
    best = panel.best.best
    assert best is not None
    assert window.inspected.example is not None
    np.testing.assert_array_equal(window.inspected.example.x, best.X[:, 0])
    window.inspected.choose((0, 1))
    assert window.network._pointing.selected == (0, 4), "x₁x₂ is the fifth feature of the diagram"
    user.until(lambda: panel.cell == (0, 1))
    window.network.select((0, 1))
    assert window.inspected.cell == (0, 0), "x₂ is the first that is on"
    window.network.select((0, 5))
    assert window.inspected.cell == (0, 0), "a feature that is off is nothing that the network hears"
    window.controller.toggle_feature("x1*x2")
    user.settled()
    window.inspected.choose((1, 1))
    user.until(lambda: model.terms.cell == (1, 1) and len(model.terms.weights) == 1)
    drawer.docks["neuron"].close()
    QApplication.processEvents()
    before = model.terms
    window.inspected.choose((1, 0))
    user.play(10)
    user.pause()
    assert model.terms is before, "nobody looks"


def test_weights_are_typed_and_taken_back(use: Any) -> None:
    user = use(ExperimentConfig(network=NetworkConfig(hidden=(3,), activations=("tanh",))))
    window = user.window
    window.drawer.toggle("neuron")
    user.until(lambda: "neuron" in window.drawer.makers)
    panel = window.drawer.makers["neuron"].panel
    window.inspected.choose((2, 0))
    user.until(lambda: panel.cell == (2, 0))
    before = network(user.settled())
    panel.number_typed.emit(2, 1.5)
    panel.number_typed.emit(None, -0.25)
    after = network(user.settled())
    assert (after.W[1][0, 2], after.b[1][0]) == (1.5, -0.25)
    user.undo()
    back = network(user.undo())
    assert (back.W[1][0, 2], back.b[1][0]) == (before.W[1][0, 2], before.b[1][0])
