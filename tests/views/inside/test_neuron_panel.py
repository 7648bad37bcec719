"""The Neuron panel by itself: words, terms, bars and maps, against numbers worked out another way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.neuron import Group, habits, terms
from mlp_playground.analysis.neuron_map import neuron_map
from mlp_playground.analysis.training_pass import training_samples
from mlp_playground.data.example import Example
from mlp_playground.data.toy import LINE_END
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.inside.best_samples import Best
from mlp_playground.views.inside.habit_chart import TIP, HabitChart, Told, bar_place, group_words, paint_habits, span
from mlp_playground.views.inside.habit_columns import column_place
from mlp_playground.views.inside.neuron_map_view import NeuronMapView, Pictured, paint_neuron_map, place_of
from mlp_playground.views.inside.neuron_panel import NeuronPanel
from mlp_playground.views.inside.neuron_words import line_words, sum_words, title
from mlp_playground.views.inside.term_pictures import paint_terms, picture_places
from mlp_playground.views.inside.term_table import BAR, NAME, PRODUCT, TermTable
from mlp_playground.views.theme import LIGHT

TWO = ExperimentConfig(network=NetworkConfig(hidden=(2,), activations=("relu",), off=((0, 1),)))
THETA = (3.0, -4.0, 10.0, 0.0, 0.0, 0.5, 1.0, -2.0, 0.25)


def network(snapshot: Snapshot) -> Network:
    return Network(snapshot.architecture, snapshot.theta)


def test_a_neuron_is_told_in_words_and_numbers(take: Callable[..., Snapshot]) -> None:
    snapshot = take(TWO, THETA)
    assert title(snapshot, (1, 0)) == "layer 1, neuron 1"
    assert title(snapshot, (2, 0)) == "the output"
    equation, line = line_words(snapshot, (1, 0))
    assert equation == "3.00 x₁ − 4.00 x₂ + 10.00 = 0,  |w| = 5.00"
    assert line == "a line 2.00 from the origin; z grows down and right, at −53°"
    assert line_words(snapshot, (1, 1)) == (
        "z = 0.500 everywhere",
        "switched off: it answers 0 · no line, as all its weights are 0",
    )
    assert line_words(snapshot, (2, 0))[0] == "1.00 a₁ − 2.00 a₂ + 0.25 = 0,  |w| = 2.24"
    assert line_words(snapshot, (0, 1))[0] == "x₂: how far up"
    found = terms(network(snapshot), np.array([1.0, 2.0]), (1, 0))
    assert sum_words(snapshot, found) == "z = −5.000 + 10.000 = 5.000  →  ReLU(z) = 5.000"
    answer = terms(network(snapshot), np.array([1.0, 2.0]), (2, 0))
    assert sum_words(snapshot, answer).endswith(f"σ(z) = {1 / (1 + np.exp(-5.25)):.3f}")
    sine = ExperimentConfig(data={"name": "sine"}, network=NetworkConfig(hidden=(1,), activations=("tanh",)))
    one = line_words(take(sine, (-2.0, 3.0, 1.0, 0.0)), (1, 0))
    assert one[1] == "a point: z is 0 at 1.50 and grows to the left"
    wide = take(DIGITS_DEFAULT.changed("network", hidden=(3,), activations=("relu",)))
    assert line_words(wide, (1, 2))[0].startswith("Σ w·a + b = 0 with 784 weights")


def test_terms_stand_in_a_table_to_be_read_and_changed(qtbot: QtBot, take: Callable[..., Snapshot]) -> None:
    table = TermTable()
    qtbot.addWidget(table)
    table.resize(360, 140)
    snapshot = take(TWO, THETA)
    found = terms(network(snapshot), np.array([1.0, 2.0]), (1, 0))
    model = table.model_of_terms
    for strongest, names in ((False, ["x₁", "x₂", "bias b"]), (True, ["x₂", "x₁", "bias b"])):
        table.show_terms(("x₁", "x₂"), found, strongest_first=strongest)
        assert [model.data(model.index(row, NAME)) for row in range(3)] == names
    assert [model.data(model.index(row, PRODUCT)) for row in range(3)] == ["−8.000", "3.000", "10.000"]
    assert sum(model.product(row) for row in range(3)) == pytest.approx(found.z)
    table.show()
    picture = table.grab().toImage()
    bars = [table.visualRect(model.index(row, BAR)) for row in range(3)]
    for bar, left, right in zip(bars, (LIGHT.orange, None, None), (None, LIGHT.blue, LIGHT.blue), strict=True):
        place = bar.translated(0, table.horizontalHeader().height())
        middle = place.adjusted(6, 0, -4, 0).center()
        for away, colour in ((-6, left), (6, right)):
            seen = picture.pixelColor(middle.x() + away, middle.y()).name()
            assert (seen in (LIGHT.blue, LIGHT.orange)) == (colour is not None)
            assert colour is None or seen == colour
    typed: list[tuple[object, float]] = []
    table.number_typed.connect(lambda sender, value: typed.append((sender, value)))
    table.activateWindow()
    table.setFocus()
    table.setCurrentIndex(model.index(0, 0))
    for row, sender in ((0, 1), (2, None)):
        table.setCurrentIndex(model.index(row, 0))
        qtbot.keyClick(table, Qt.Key.Key_Return)
        assert table.field.is_open
        table.field.setText("0.75")
        qtbot.keyClick(table.field, Qt.Key.Key_Return)
        assert typed[-1] == (sender, 0.75)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(model.index(1, 1)).center())
    assert table.field.accessibleName() == "Weight for x₁"


def test_bars_reach_from_the_tenth_to_the_ninetieth_percentile(painted: Callable[..., np.ndarray]) -> None:
    groups = (Group("orange", 10, 1.0, -1.0, 2.0, 0.7), Group("blue", 10, 3.0, 2.0, 4.0, 1.0))
    assert span(groups) == (-1.0, 4.0)
    place = QRectF(0, 0, 300, 80)
    pixels = painted(lambda p: paint_habits(p, place, Told(groups, are_classes=True), LIGHT), 300, 80, "#ffffff")
    inner = bar_place(place)
    for k, (group, colour) in enumerate(zip(groups, (LIGHT.orange, LIGHT.blue), strict=True)):
        row = pixels[int(inner.top() + (k + 0.5) * 20), int(inner.left()) : int(inner.right()) + 1]
        inked = np.flatnonzero(np.abs(row - QColor(colour).toTuple()[:3]).max(axis=1) < 8)
        low, high = (inked[[0, -1]] / inner.width() * 5 - 1).tolist()
        assert (low, high) == pytest.approx((group.low, group.high), abs=0.1)
    assert "mean activation 1" in group_words(groups[0])
    assert span((Group("a", 1, 0.0, 0.0, 0.0, 0.0),)) == (0.0, 1.0)


def test_many_classes_have_columns(painted: Callable[..., np.ndarray], qtbot: QtBot) -> None:
    groups = tuple(Group(str(k), 9, k / 2, k / 4, k / 1.5 + 0.2, k / 10) for k in range(10))
    place = QRectF(0, 0, 220, 120)
    pixels = painted(lambda p: paint_habits(p, place, Told(groups, are_classes=True), LIGHT), 220, 120, "#ffffff")
    low, high = span(groups)
    for k, group in enumerate(groups):
        column = column_place(place, 10, k)
        strip = pixels[: int(column.bottom()) + 1, int(column.center().x())]
        inked = np.flatnonzero(np.abs(strip - LIGHT.class_colour(k).toTuple()[:3]).max(axis=1) < 8)
        ends = high - (inked[[-1, 0]] - column.top()) / column.height() * (high - low)
        assert ends.tolist() == pytest.approx([group.low, group.high], abs=0.25)
    chart = HabitChart()
    qtbot.addWidget(chart)
    chart.resize(220, 120)
    chart.show_habits(Told(groups, are_classes=True))
    assert chart.words_at(column_place(place, 10, 7).center()).startswith("7: 9 training samples")
    assert chart.words_at(QPointF(2, 20)) == TIP


def test_the_map_marks_the_example_and_tells_places(
    qtbot: QtBot, take: Callable[..., Snapshot], painted: Callable[..., np.ndarray]
) -> None:
    snapshot = take(TWO, THETA)
    seen = neuron_map(network(snapshot), snapshot.data, ("x1", "x2"), (1, 0))
    assert seen is not None
    view = NeuronMapView()
    qtbot.addWidget(view)
    view.resize(150, 150)
    x = np.array([3.0, -2.0])
    view.show_map(Pictured(seen, None, x))
    area = QRectF(0, 0, 150, 150)
    place = place_of(area, seen)
    pixels = painted(lambda p: paint_neuron_map(p, area, Pictured(seen, None, x), LIGHT), 150, 150)
    across, down = seen.extent.shares(*x.tolist())
    at = QPointF(place.left() + across * place.width(), place.top() + down * place.height())
    assert pixels[int(at.y()), int(at.x()) + 2].tolist() == pytest.approx(QColor(LIGHT.selection).toTuple()[:3], abs=40)
    assert view.inputs_at(at) == pytest.approx(x)
    assert view.inputs_at(QPointF(1, 1)) is None
    sine = take(ExperimentConfig(data={"name": "sine"}, network=NetworkConfig(hidden=(2,), activations=("tanh",))))
    curve = neuron_map(network(sine), sine.data, (), (1, 0))
    assert curve is not None
    view.show_map(Pictured(curve))
    assert view.inputs_at(QPointF(75, 20)) == pytest.approx([LINE_END / 2], rel=0.02)
    assert painted(lambda p: paint_neuron_map(p, area, Pictured(curve), LIGHT), 150, 150).std() > 1


CONFIGS = (
    TWO,
    ExperimentConfig(data={"name": "sine"}, network=NetworkConfig(hidden=(3,), activations=("tanh",))),
    ExperimentConfig(data={"name": "parity", "bits": 3}, network=NetworkConfig(hidden=(), activations=())),
    DIGITS_DEFAULT.changed("network", hidden=(5, 4), activations=("relu", "relu")),
)


@pytest.mark.parametrize("config", CONFIGS)
def test_every_cell_of_every_kind_of_data_can_be_shown(
    qtbot: QtBot, take: Callable[..., Snapshot], config: ExperimentConfig
) -> None:
    panel = NeuronPanel()
    qtbot.addWidget(panel)
    panel.resize(760, 250)
    panel.show()
    snapshot = take(config)
    chosen = training_samples(snapshot.data, config.features, snapshot.architecture, 200)
    example = Example(snapshot.data.test.X[:, 0], None, "the first test sample")
    x = chosen.X1[:-1, 0]
    for column in range(len(snapshot.architecture.widths)):
        cell = column, snapshot.architecture.widths[column] - 1
        panel.show_cell(snapshot, cell)
        found = habits(network(snapshot), chosen, snapshot.data, cell)
        X = chosen.samples.X[:, list(found.best)]
        shape = snapshot.data.image_shape
        seen = neuron_map(network(snapshot), snapshot.data, config.features, cell, best=X if shape else None)
        panel.show_map(None if seen is None else Pictured(seen, X, example.x))
        panel.show_terms(snapshot, example, terms(network(snapshot), x, cell))
        best = Best(X, found.activations, ("a",) * X.shape[1], shape)
        panel.show_habits(found.groups, best, are_classes=snapshot.data.task != "regression")
        panel.grab()
        assert panel.cell == cell
        assert panel.neurons.currentIndex() == cell[1]
        assert panel.table.isHidden() == (column == 0)
        assert (seen is None) == (shape is not None and column == 0)
    assert panel.order.isChecked() == (snapshot.architecture.widths[-2] > 12)
    chosen_cells: list[object] = []
    panel.cell_chosen.connect(chosen_cells.append)
    panel.layers.setCurrentIndex(0)
    panel.layers.activated.emit(0)
    assert chosen_cells == [(0, 0)]


def test_samples_are_pointed_at_and_picked(qtbot: QtBot) -> None:
    panel = NeuronPanel()
    qtbot.addWidget(panel)
    panel.resize(760, 250)
    panel.show()
    groups = (Group("orange", 3, 1.0, 0.0, 2.0, 1.0), Group("blue", 3, 1.0, 0.0, 2.0, 1.0))
    panel.show_habits(groups, Best(np.zeros((2, 3), np.float32), (3.0, 2.0, 1.0), ("a", "b", "c")), are_classes=True)
    told: list[object] = []
    panel.sample_pointed.connect(told.append)
    panel.sample_picked.connect(told.append)
    at, none = QPointF(40, 25), Qt.MouseButton.NoButton  # sent, as the screen's own mouse may stand there already
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, panel.best.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(panel.best, moved)
    qtbot.mouseClick(panel.best, Qt.MouseButton.LeftButton, pos=QPointF(40, 8).toPoint())
    assert told[0] == 1
    assert told[-1] == 0


def test_the_terms_of_a_picture_are_pictures(
    qtbot: QtBot, take: Callable[..., Snapshot], painted: Callable[..., np.ndarray]
) -> None:
    panel = NeuronPanel()
    qtbot.addWidget(panel)
    snapshot = take(CONFIGS[-1])
    example = Example(snapshot.data.test.X[:, 0], None, "the first test sample")
    found = terms(network(snapshot), example.x, (1, 2))
    panel.show_cell(snapshot, (1, 2))
    panel.as_pictures.setChecked(True)
    panel.show_terms(snapshot, example, found)
    assert (panel.pictures.isHidden(), panel.table.isHidden()) == (False, True)
    shown = panel.pictures.shown
    assert shown is not None
    area = QRectF(0, 0, 3 * 84 + 40, 100)
    pixels = painted(lambda p: paint_terms(p, area, shown, LIGHT), 300, 100)
    value, _, product = picture_places(area)
    pixel = int(np.abs(found.products).argmax())
    at = QPointF((pixel % 28 + 0.5) * 3, (pixel // 28 + 0.5) * 3)
    seen = [
        pixels[int((place.topLeft() + at).y()), int((place.topLeft() + at).x())].tolist() for place in (value, product)
    ]
    assert max(seen[0]) < 150, "there is ink"
    assert seen[1] == pytest.approx(
        QColor(LIGHT.blue if found.products[pixel] > 0 else LIGHT.orange).toTuple()[:3], abs=4
    )
    panel.show_cell(snapshot, (2, 0))
    panel.show_terms(snapshot, example, terms(network(snapshot), example.x, (2, 0)))
    assert (panel.pictures.isHidden(), panel.table.isHidden(), panel.as_pictures.isHidden()) == (True, False, True)
