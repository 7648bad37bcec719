"""The Layer panel by itself: names, formulas, and histograms whose bars are as long as counting says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.distributions import QUANTITIES, Spreads, spreads
from mlp_playground.analysis.training_pass import training_samples
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.inside.layer_panel import LayerPanel
from mlp_playground.views.layers.layer_words import cell_name, layer_names, neuron_names, symbols
from mlp_playground.views.layers.spread_picture import (
    Shown,
    axis_room,
    column_places,
    paint_spreads,
    spread_words,
    ticks_of,
    zero_words,
)
from mlp_playground.views.theme import LIGHT

DEEP = ExperimentConfig(features=("x1", "sin(x2)"), network=NetworkConfig(hidden=(4, 3), activations=("relu", "tanh")))


def seen(snapshot: Snapshot, name: str) -> Spreads:
    chosen = training_samples(snapshot.data, snapshot.config.features, snapshot.architecture)
    return spreads(Network(snapshot.architecture, snapshot.theta), chosen, name)


def test_layers_and_inputs_have_the_names_of_the_diagram(take: Callable[..., Snapshot]) -> None:
    snapshot = take(DEEP)
    assert [name for name, _ in layer_names(snapshot)] == ["Layer 1", "Layer 2", "Output"]
    assert neuron_names(snapshot, 0) == ("x₁", "sin x₂")
    assert neuron_names(snapshot, 2) == ("1", "2", "3")
    assert symbols(snapshot, 2) == ("Z₂ = W₂·A₁ + b₂", "A₂ = tanh(Z₂)")
    assert symbols(snapshot, 3) == ("Z₃ = W₃·A₂ + b₃", "p = σ(z)")
    assert cell_name(snapshot, 3, 0) == "the output"
    digits = take(DIGITS_DEFAULT.changed("network", hidden=(3,), activations=("relu",)))
    assert neuron_names(digits, 0)[29] == "(2, 2)"
    assert cell_name(digits, 0, 29) == "pixel (2, 2)"
    assert cell_name(digits, 2, 7) == "output 7"


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


@pytest.mark.parametrize("name", list(QUANTITIES))
def test_bars_are_as_long_as_the_shares(
    painted: Callable[..., np.ndarray], take: Callable[..., Snapshot], name: str
) -> None:
    found = seen(take(DEEP), name)
    shown = Shown(found, layer_names(take(DEEP)), 0)
    pixels = painted(lambda p: paint_spreads(p, QRectF(0, 0, 400, 200), shown, LIGHT), 400, 200, "#ffffff")
    columns = column_places(QRectF(0, 0, 400, 200), 3, axis_room(found))
    ink = {QColor(colour).toTuple()[:3] for colour in (LIGHT.blue, LIGHT.orange, LIGHT.accent)}
    for column, layer in zip(columns, found.layers, strict=True):
        assert layer.shares.max() > 0
        k = int(layer.shares.argmax())
        y = column.bottom() - (k + 0.5) * column.height() / len(layer.shares)
        row = [tuple(p) for p in pixels[int(y), int(column.left()) + 2 : int(column.right()) - 1].tolist()]
        assert set(row) <= ink, "the longest bar goes all the way"
    values = [value for value, _ in ticks_of(found)]
    assert len(values) >= 2
    assert min(values) >= found.edges[0] - 1e-9 * abs(found.edges[0])
    assert "Layer 1: " in spread_words("Layer 1", found, found.layers[0])


def test_zeros_are_said_in_words(take: Callable[..., Snapshot]) -> None:
    snapshot = take(DEEP)
    layer = seen(snapshot, "activations").layers[0]
    assert 0.2 < layer.zero < 0.8
    assert zero_words(layer) == f"{layer.zero * 100:.0f}\u202f% zero"
    assert "exactly 0" in spread_words("Layer 1", seen(snapshot, "activations"), layer)
    assert zero_words(seen(snapshot, "sums").layers[0]) == ""


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
