"""The Layer panel in the window: it follows the run and the selection, and changes weights that can be undone."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from mlp_playground.analysis.training_pass import training_samples
from mlp_playground.app.inside_layer import InsideLayer
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.nn.network import Network


def test_it_follows_the_run_and_the_selection_while_it_is_seen(use: Any, qtbot: Any) -> None:
    user = use(ExperimentConfig(network=NetworkConfig(hidden=(4, 3), activations=("relu", "relu"))))
    window, drawer = user.window, user.window.drawer
    user.click(drawer.buttons["layer"])
    user.until(lambda: drawer.docks["layer"].is_seen)
    views = drawer.makers["layer"]
    assert isinstance(views, InsideLayer)
    panel, chart = views.panel, views.panel.chart
    user.until(lambda: chart._shown is not None)
    assert panel.column == 1
    window.network.select((2, 1))
    assert panel.column == 2
    user.play(20)
    user.until(lambda: chart._shown is not None)
    last = user.pause()
    user.until(lambda: chart._shown.spreads.layers[0].mean == np.float64(network(last).W[0]).mean())
    panel.quantity.setCurrentIndex(3)
    panel.quantity.activated.emit(3)
    user.until(lambda: chart._shown is not None and chart._shown.spreads.name == "gradients")
    chosen = training_samples(last.data, last.config.features, last.architecture)
    assert chart._shown.spreads.total == chosen.total
    layout = window.network._layout
    assert layout is not None
    heading = QPoint(round(layout.columns[1].x) - 30, 50)
    qtbot.mouseClick(window.network, Qt.MouseButton.LeftButton, pos=heading)
    assert (panel.column, window.inspected.cell) == (1, (1, 0)), "its heading in the diagram chooses a layer"
    drawer.docks["layer"].close()
    QApplication.processEvents()
    shown = chart._shown
    user.play(20)
    user.pause()
    assert chart._shown is shown, "nobody looks"


def network(snapshot: Any) -> Network:
    return Network(snapshot.architecture, snapshot.theta)


def test_a_cell_lights_its_link_selects_its_neuron_and_is_typed_anew(use: Any, qtbot: Any) -> None:
    config = ExperimentConfig(
        features=("x1", "x1*x2"), network=NetworkConfig(hidden=(4, 3), activations=("relu", "relu"))
    )
    user = use(config)
    window = user.window
    window.drawer.toggle("layer")
    user.until(lambda: "layer" in window.drawer.makers)
    panel = window.drawer.makers["layer"].panel
    heatmap = panel.heatmap
    user.until(lambda: heatmap.isVisible() and heatmap.grid is not None)
    heatmap.pointed_at.emit((2, 1))
    assert window.network._pointing.link == (0, 4, 2), "x₁x₂ is the fifth feature of the diagram"
    heatmap.pointed_at.emit((2, 2))
    assert window.network._pointing.cell == (1, 2), "a bias belongs to its neuron"
    heatmap.pointed_at.emit(None)
    assert window.network._pointing.cell is None
    window.network.light(link=(0, 4, 1))
    assert heatmap.lit == (1, 1), "a link in the diagram outlines its cell"
    assert panel.words.text.endswith("neuron 2 listens to x₁x₂")
    window.network.light(link=(1, 0, 1))
    assert heatmap.lit is None, "another layer's link"
    heatmap.clicked.emit((3, 0))
    assert window.inspected.cell == (1, 3)
    before = network(user.settled()).W[0][3, 1]
    panel.number_typed.emit((3, 1), 1.25)
    panel.number_typed.emit((3, 2), -0.5)
    after = network(user.settled())
    assert (after.W[0][3, 1], after.b[0][3]) == (1.25, -0.5)
    user.undo()
    assert network(user.undo()).W[0][3, 1] == before
