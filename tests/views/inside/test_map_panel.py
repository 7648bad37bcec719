"""The map panel: what mouse and keys do, and that a sample is shown beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.layer_map import LayerMap
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.map_question import MapObserver
from mlp_playground.experiment.probe_question import ProbeObserver
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.inside.map_panel import MapPanel
from mlp_playground.views.layers.map_tiles import Lens, tiles
from mlp_playground.views.layers.map_words import sample_words

Shown = tuple[MapPanel, LayerMap]


@pytest.fixture
def shown(take: Callable[..., Snapshot], qtbot: QtBot) -> Shown:
    panel = MapPanel()
    qtbot.addWidget(panel)
    panel.resize(740, 250)
    panel.show()
    network = NetworkConfig(hidden=(4, 3), activations=("tanh", "tanh"))
    snapshot = take(ExperimentConfig(network=network).changed("data", samples=30))
    found = MapObserver().observe(snapshot)
    panel.show_map(found, ProbeObserver().observe(snapshot).now)
    return panel, found


def _alone(panel: MapPanel, found: LayerMap, column: int) -> tuple[int, QPoint]:
    """A sample that lies by itself in a layer's map, and where."""
    place = tiles(QRectF(panel.view.rect()), len(found.sheets), panel.view.showing.large)[column]
    places = panel.view.showing.lens(column).pixels(place, found.sheets[column].points)
    away = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + 1e9 * np.eye(len(places))
    number = int(away.min(axis=1).argmax())
    return number, QPointF(*places[number]).toPoint()


def test_a_sample_is_pointed_at_and_picked(shown: Shown, qtbot: QtBot) -> None:
    panel, found = shown
    view, picked = panel.view, list[object]()
    view.picked.connect(picked.append)
    number, at = _alone(panel, found, 1)
    qtbot.mouseMove(view, at)
    qtbot.waitUntil(lambda: view.showing.pointed == number)
    assert panel.card.toolTip() == ", ".join(sample_words(found, number))
    tip = QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at))
    assert view.event(tip), "a tip would hide the maps beside it"
    assert QToolTip.text() == ""
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    panel.show_picked(number)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert (view.showing.pointed, view.showing.picked) == (None, number)
    assert panel.card.toolTip(), "it stays"
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert picked == [number, None]


def test_a_layer_is_chosen_enlarged_and_looked_at_closely(shown: Shown, qtbot: QtBot) -> None:
    panel, found = shown
    view, chosen = panel.view, list[int]()
    view.chosen.connect(chosen.append)
    places = tiles(QRectF(view.rect()), 4)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=(places[2].topLeft() + QPointF(10, -6)).toPoint())
    panel.show_chosen(2)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert chosen == [2, 3, 1]
    assert view.go_home.isHidden()
    number, at = _alone(panel, found, 1)
    turn = QPoint(0, 480)
    none, buttons, phase = QPoint(), Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    there = QPointF(view.mapToGlobal(at))
    wheel = QWheelEvent(QPointF(at), there, none, turn, buttons, Qt.KeyboardModifier.NoModifier, phase, False)
    QApplication.sendEvent(view, wheel)
    lens = view.showing.lens(1)
    assert lens.times > 2
    np.testing.assert_allclose(lens.pixels(places[1], found.sheets[1].points)[number], at.toTuple(), atol=1.5)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(view, at + QPoint(12, 9))
    qtbot.waitUntil(lambda: view.showing.lens(1) != lens)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at + QPoint(12, 9))
    assert view.showing.lens(1) == lens.moved(places[1], QPointF(12, 9))
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.showing.lens(2).times > 1
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=places[3].center().toPoint())
    assert view.showing.large == 3
    assert tiles(QRectF(view.rect()), 4, 3)[3].width() > places[3].width()
    qtbot.mouseClick(view.go_home, Qt.MouseButton.LeftButton)
    assert (view.showing.large, dict(view.showing.lenses)) == (None, {})
    assert view.go_home.isHidden()


def test_other_networks_and_data_begin_with_all_layers_whole(
    shown: Shown, take: Callable[..., Snapshot], qtbot: QtBot
) -> None:
    panel, _ = shown
    view = panel.view
    view.show_options(replace(view.showing, large=3, lenses={3: Lens(2.0)}, picked=29))
    panel.mistakes.click()
    before = panel.grab().toImage()
    panel.mistakes.click()
    assert panel.grab().toImage() != before
    one_less = ExperimentConfig(network=NetworkConfig(hidden=(4,), activations=("tanh",)))
    panel.show_map(MapObserver().observe(take(one_less.changed("data", name="sine"))), None)
    assert (view.showing.large, dict(view.showing.lenses), view.showing.picked) == (None, {}, None)
    assert panel.mistakes.isHidden()
    panel.show_map(MapObserver().observe(take(DIGITS_DEFAULT.changed("network", hidden=(8, 8)))), None)
    panel.show_picked(4)
    panel.grab()
    assert panel.card.toolTip().startswith("a ")
