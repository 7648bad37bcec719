"""The output side: its numbers are the snapshot's, and its heading and scale say what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.field import ClassMap, class_levels, feature_map
from mlp_playground.data.extent import HOME
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.history import Metrics
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.canvas.output_panel import OutputPanel

Take = Callable[..., Snapshot]
XOR = ExperimentConfig().changed("network", hidden=(3,), activations=("tanh",))
REGRESSION = XOR.changed("data", name="hills")
ARMS, CURVE, BITS = (XOR.changed("data", name=name) for name in ("spiral3", "sine", "parity"))
DIGITS = DIGITS_DEFAULT.changed("network", hidden=(4,), activations=("relu",))


@pytest.fixture
def panel(qtbot: QtBot) -> OutputPanel:
    widget = OutputPanel()
    qtbot.addWidget(widget)
    widget.resize(500, 460)
    widget.show()
    return widget


def texts(panel: OutputPanel) -> list[str]:
    figures = (panel.train_accuracy, panel.test_accuracy, panel.train_loss, panel.test_loss)
    return [figure.value_label.text() for figure in figures]


def measured(take: Take, *numbers: float | None) -> Snapshot:
    return replace(take(XOR), metrics=Metrics(*numbers))  # type: ignore[arg-type]


def test_the_numbers_are_the_snapshots(panel: OutputPanel, take: Take) -> None:
    snapshot = take(XOR)
    panel.show_numbers(snapshot)
    metrics = snapshot.metrics
    shown = [float(text.split("\u202f")[0]) for text in texts(panel)]
    assert metrics.train_accuracy is not None
    assert metrics.test_accuracy is not None
    assert shown == pytest.approx(
        [metrics.train_accuracy * 100, metrics.test_accuracy * 100, metrics.train_loss, metrics.test_loss], abs=0.051
    )


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0.6931, "0.693"),
        (0.001, "0.001"),
        (0.00099, "0.0010"),
        (0.000123, "0.0001"),
        (0.00005, "< 0.0001"),
        (0.0, "< 0.0001"),
        (12.3456, "12.346"),
        (123.4567, "123"),
        (99999.4, "99\u202f999"),
        (2e5, "too large"),
        (float("inf"), "too large"),
        (float("nan"), "too large"),
    ],
)
def test_losses_are_written_so_that_they_tell_something(panel: OutputPanel, take: Take, loss: float, text: str) -> None:
    panel.show_numbers(measured(take, loss, loss, 1.0, 0.5))
    assert texts(panel) == ["100.0\u202f%", "50.0\u202f%", text, text]


def test_numbers_are_never_wider_than_their_room(panel: OutputPanel, take: Take) -> None:
    panel.show_numbers(measured(take, 0.00001, 99999.4, 1.0, 1.0))
    for figure in (panel.train_accuracy, panel.test_accuracy, panel.train_loss, panel.test_loss):
        label = figure.value_label
        assert label.fontMetrics().horizontalAdvance(label.text()) <= max(label.width(), label.minimumWidth())


def test_a_regression_has_no_share_of_right_answers(panel: OutputPanel, take: Take) -> None:
    panel.show_numbers(take(REGRESSION))
    assert panel.train_accuracy.isHidden()
    assert panel.test_accuracy.isHidden()
    panel.show_numbers(take(XOR))
    assert panel.train_accuracy.isVisible()
    assert panel.test_accuracy.isVisible()


def test_points_get_the_plane_and_digits_the_digits(panel: OutputPanel, take: Take) -> None:
    panel.show_snapshot(take(XOR))
    assert panel.canvas.isVisible()
    assert panel.digits is None, "nothing of it is loaded"
    assert panel.options.box("test_points").isVisible()
    assert panel.options.box("boundary").isVisible()
    panel.show_snapshot(take(DIGITS, look=Look(digits=8)))
    assert panel.digits is not None
    assert panel.digits.isVisible()
    assert not panel.options.box("regions").isVisible(), "they have no plane to cut into polygons"
    assert not panel.canvas.isVisible()
    assert not panel.options.box("test_points").isVisible()
    panel.show_snapshot(take(REGRESSION))
    assert panel.canvas.isVisible()
    assert panel.options.box("test_points").isVisible()
    assert not panel.options.box("boundary").isVisible()


@pytest.mark.parametrize(
    ("config", "has_boundary", "has_classes"),
    [(XOR, True, False), (REGRESSION, False, False), (ARMS, True, True), (CURVE, False, False), (BITS, False, False)],
    ids=["two classes", "numbers", "three classes", "line", "bits"],
)
def test_boundary_and_legend_are_there_where_they_mean_something(
    panel: OutputPanel, take: Take, config: ExperimentConfig, has_boundary: bool, has_classes: bool
) -> None:
    for before in (DIGITS, ARMS, CURVE, XOR):
        panel.show_snapshot(take(before, look=Look(32, digits=4)))
        panel.show_snapshot(take(config))
        assert panel.canvas.isVisible()
        assert panel.options.box("test_points").isVisible()
        assert panel.options.box("boundary").isVisible() == has_boundary
        assert panel._class_legend.isVisible() == has_classes
        assert panel._legend.isVisible() != has_classes


def test_the_legend_names_the_classes_of_the_data(panel: OutputPanel, take: Take) -> None:
    panel.show_snapshot(take(ARMS))
    three = panel._class_legend.grab().toImage()
    panel.show_snapshot(take(ARMS.changed("data", name="spiral5")))
    assert panel._class_legend.grab().toImage() != three
    panel.show_snapshot(take(ARMS))
    assert panel._class_legend.grab().toImage() == three


def test_over_a_neuron_of_a_network_of_classes_the_legend_is_its_scale(panel: OutputPanel, take: Take) -> None:
    panel.show_snapshot(take(ARMS))
    panel.show_focus((0, 2))
    assert panel._legend.isVisible()
    assert not panel._class_legend.isVisible()
    panel.show_focus((1, 1))
    panel.show_snapshot(take(ARMS, look=Look(64, focus=(0, 1))))
    assert panel._legend.isVisible()
    panel.show_focus(None)
    assert panel._class_legend.isVisible()
    assert not panel._legend.isVisible()
    panel.show_focus((0, 2))
    panel.show_snapshot(take(DIGITS, look=Look(digits=4)))
    assert panel._legend.isVisible()
    assert not panel._class_legend.isVisible()


def test_a_click_hides_test_points_and_boundary(panel: OutputPanel, take: Take, qtbot: QtBot) -> None:
    panel.show_snapshot(take(XOR))
    for box, name in ((panel.options.box("test_points"), "test_points"), (panel.options.box("boundary"), "boundary")):
        before = panel.canvas.grab().toImage()
        assert getattr(panel.canvas.showing, name) is True
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
        assert getattr(panel.canvas.showing, name) is False
        assert panel.canvas.grab().toImage() != before


def heading(panel: OutputPanel, qtbot: QtBot, act: Callable[[], None]) -> list[str]:
    with qtbot.waitSignal(panel.title_changed) as told:
        act()
    assert told.args is not None
    return told.args


def test_the_heading_says_what_is_shown(panel: OutputPanel, take: Take, qtbot: QtBot) -> None:
    assert "answers" in heading(panel, qtbot, lambda: panel.show_snapshot(take(XOR)))[1]
    assert "number" in heading(panel, qtbot, lambda: panel.show_snapshot(take(REGRESSION)))[1]
    assert "reads" in heading(panel, qtbot, lambda: panel.show_snapshot(take(DIGITS, look=Look(digits=8))))[1]


@pytest.mark.parametrize(
    ("config", "what", "where"),
    [
        (XOR, "answers", "everywhere on the plane"),
        (ARMS, "answers", "everywhere on the plane"),
        (REGRESSION, "predicts", "everywhere on the plane"),
        (CURVE, "predicts", "for every x"),
        (BITS, "answers", "for every pattern of bits"),
    ],
    ids=["two classes", "three classes", "numbers", "line", "bits"],
)
def test_the_heading_says_where_the_answers_are(
    panel: OutputPanel, take: Take, qtbot: QtBot, config: ExperimentConfig, what: str, where: str
) -> None:
    name, words = heading(panel, qtbot, lambda: panel.show_snapshot(take(config)))
    assert name == "Output"
    assert what in words
    assert words.endswith(f", {where}")
    panel.show_focus((1, 2))
    focused = heading(panel, qtbot, lambda: panel.show_snapshot(take(config, look=Look(64, focus=(0, 2)))))
    assert focused == ["Layer 1 · neuron 3", f"its value {where}"]


@pytest.mark.parametrize("config", [CURVE, BITS], ids=["line", "bits"])
def test_a_feature_is_no_input_of_other_spaces(
    panel: OutputPanel, take: Take, qtbot: QtBot, config: ExperimentConfig
) -> None:
    panel.show_snapshot(take(XOR))
    panel.show_focus((0, 1))
    assert panel.canvas.showing.focus is feature_map("x2", extent=HOME)
    assert heading(panel, qtbot, lambda: panel.show_snapshot(take(config)))[0] == "Output"
    assert panel.canvas.showing.focus is None


def test_a_feature_is_shown_at_once_and_named(panel: OutputPanel, take: Take, qtbot: QtBot) -> None:
    panel.show_snapshot(take(XOR))
    title = heading(panel, qtbot, lambda: panel.show_focus((0, 4)))[0]
    assert title == FEATURES["x1*x2"].label
    focus = panel.canvas.showing.focus
    assert focus is feature_map("x1*x2", extent=HOME)
    assert heading(panel, qtbot, lambda: panel.show_focus(None))[0] == "Output"
    assert panel.canvas.showing.focus is None


def test_a_neuron_is_shown_once_its_map_is_there(panel: OutputPanel, take: Take, qtbot: QtBot) -> None:
    panel.show_snapshot(take(XOR))
    with qtbot.assertNotEmitted(panel.title_changed):
        panel.show_focus((1, 2))
    assert panel.canvas.showing.focus is None, "until its map comes, the answer stays"
    snapshot = take(XOR, look=Look(64, focus=(0, 2)))
    assert heading(panel, qtbot, lambda: panel.show_snapshot(snapshot))[0] == "Layer 1 · neuron 3"
    assert snapshot.field is not None
    assert panel.canvas.showing.focus is snapshot.field.focus


def test_the_options_survive_a_focus(panel: OutputPanel, take: Take) -> None:
    panel.show_snapshot(take(XOR))
    panel.options.box("test_points").setChecked(False)
    panel.show_focus((0, 1))
    assert panel.canvas.showing.test_points is False
    panel.options.box("boundary").setChecked(False)
    assert panel.canvas.showing.focus is feature_map("x2", extent=HOME)
    panel.show_focus(None)
    assert (panel.canvas.showing.test_points, panel.canvas.showing.boundary) == (False, False)


def test_the_mouses_words_are_passed_on(panel: OutputPanel, take: Take, qtbot: QtBot) -> None:
    panel.show_snapshot(take(XOR))
    with qtbot.waitSignal(panel.pointed_at) as told:
        qtbot.mouseMove(panel.canvas, panel.canvas.rect().center())
    assert told.args is not None
    assert told.args[0].startswith("x₁ = ")
    panel.show_snapshot(take(DIGITS, look=Look(digits=8)))
    with qtbot.waitSignal(panel.pointed_at):
        qtbot.mouseMove(panel.digits, QPoint(20, 60))


def test_the_canvas_shows_the_same_numbers_as_the_panel(panel: OutputPanel, take: Take) -> None:
    """Accuracy worked out again from the map's sign at each training point."""
    snapshot = take(XOR, look=Look(512))
    panel.show_numbers(snapshot)
    assert snapshot.field is not None
    values, half = snapshot.field.answer.values, snapshot.field.extent.half_width
    n = len(values)
    X, y = snapshot.data.train.X, snapshot.data.train.y
    column = np.clip(((X[0] / half + 1) / 2 * n).astype(int), 0, n - 1)
    row = np.clip(((1 - X[1] / half) / 2 * n).astype(int), 0, n - 1)
    right = float(np.mean((values[row, column] >= 0) == (y == 1)))
    assert float(texts(panel)[0].split("\u202f")[0]) == pytest.approx(100 * right, abs=1.2)


def test_an_output_of_several_shows_how_likely_its_class_is(panel: OutputPanel, take: Take, qtbot: QtBot) -> None:
    moment = take(ARMS)
    panel.show_snapshot(moment)
    assert moment.field is not None
    answer, last = moment.field.answer, len(moment.field.thumbnails) + 1
    assert isinstance(answer, ClassMap)
    title, words = heading(panel, qtbot, lambda: panel.show_focus((last, 2)))
    assert (title, "how likely" in words) == ("green", True)
    shown = panel.canvas.showing.focus
    assert isinstance(shown, ClassMap)
    assert (shown.share == answer.probabilities[2]).all()
    levels = class_levels(np.full_like(answer.winner, 2), answer.probabilities[2], 0.0)
    assert (shown.levels() == levels).all()
    assert panel._class_legend.isVisible()
    place = panel.canvas.place().center()
    said = panel.canvas.words_at(place.x(), place.y())
    n = len(answer.winner)
    assert said.endswith(f"{100 * answer.probabilities[2, n // 2, n // 2]:.0f}\u202f% green")
    panel.show_snapshot(take(ARMS.changed("training", batch_size=5)))
    assert isinstance(panel.canvas.showing.focus, ClassMap)
    assert panel.canvas.showing.focus is not shown, "it follows the network"
