"""The Layer panel by itself: formulas, numbers that are pointed at, and histograms that choose a layer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.distributions import Spreads, spreads
from mlp_playground.analysis.training_pass import training_samples
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.inside.layer_panel import LayerPanel

DEEP = ExperimentConfig(features=("x1", "sin(x2)"), network=NetworkConfig(hidden=(4, 3), activations=("relu", "tanh")))


def seen(snapshot: Snapshot, name: str) -> Spreads:
    chosen = training_samples(snapshot.data, snapshot.config.features, snapshot.architecture)
    return spreads(Network(snapshot.architecture, snapshot.theta), chosen, name)


def test_the_panel_tells_what_the_layer_does(qtbot: QtBot, take: Callable[..., Snapshot]) -> None:
    panel = LayerPanel()
    qtbot.addWidget(panel)
    panel.resize(760, 250)
    snapshot = take(DEEP)
    panel.show_layer(snapshot, 1)
    assert panel.shapes.text == "(4×2)·(2×250) + (4×1) → (4×250)"
    assert panel.words.text == "8 weights + 4 biases = 12 parameters"
    network = Network(snapshot.architecture, snapshot.theta)
    panel.heatmap.pointed_at.emit(None)
    panel.show()
    assert panel.heatmap.grid is not None
    qtbot.mouseMove(panel.heatmap.viewport(), panel.heatmap.grid.cell((3, 1)).center().toPoint())
    expected = f"{float(network.W[0][3, 1]):+.4f}".replace("-", "−")
    assert panel.words.text == f"w = {expected}: neuron 4 listens to sin x₂"
    assert not panel.pictures.isVisible()
    chosen: list[int] = []
    panel.column_chosen.connect(chosen.append)
    panel.layers.setCurrentIndex(2)
    panel.layers.activated.emit(2)
    assert chosen == [3]
    panel.show_layer(take(ExperimentConfig(network=NetworkConfig(hidden=(), activations=()))), 1)
    assert panel.layers.count() == 1
    panel.show_layer(take(DIGITS_DEFAULT.changed("network", hidden=(3,), activations=("relu",))), 1)
    assert panel.pictures.isVisible()
    with qtbot.waitSignal(panel.pictures_wanted):
        panel.pictures.click()


def test_a_click_on_a_histogram_chooses_its_layer(qtbot: QtBot, take: Callable[..., Snapshot]) -> None:
    panel = LayerPanel()
    qtbot.addWidget(panel)
    panel.resize(760, 250)
    snapshot = take(DEEP)
    panel.show_layer(snapshot, 1)
    panel.show_spreads(snapshot, seen(snapshot, "gradients"))
    panel.show()
    chosen: list[int] = []
    panel.column_chosen.connect(chosen.append)
    qtbot.mouseClick(panel.chart, Qt.MouseButton.LeftButton, pos=QPoint(panel.chart.width() - 20, 60))
    assert chosen == [3]
    assert panel.quantity.currentText() == "gradients"
    assert "250 training samples" in panel.about.text
