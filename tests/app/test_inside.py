"""The drawer below the network, and what all its panels look at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QLabel

from mlp_playground.app import main_window
from mlp_playground.app.inside import Inside
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.panels import Panel
from mlp_playground.experiment.config import ExperimentConfig
from tests.app.conftest import OpenWindow

MADE: list[str] = []


def _make(_window: MainWindow, dock: Panel) -> QObject:
    MADE.append(dock.objectName())
    panel = QLabel(dock.windowTitle())
    dock.setWidget(panel)
    return panel


@pytest.fixture
def two_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    MADE.clear()
    table = Inside("one", "One", "what one is", "Ctrl+1", _make), Inside("two", "Two", "what two is", "Ctrl+2", _make)
    monkeypatch.setattr(main_window, "INSIDE", table)


@pytest.mark.usefixtures("two_panels")
def test_a_panel_of_the_drawer_is_made_when_it_is_first_seen(use: Any) -> None:
    user = use(ExperimentConfig())
    window, drawer = user.window, user.window.drawer
    one, two = drawer.docks["one"], drawer.docks["two"]
    assert MADE == []
    user.click(drawer.buttons["one"])
    user.until(lambda: one.is_seen)
    assert MADE == ["one"]
    assert drawer.buttons["one"].isChecked()
    user.until(lambda: one.height() >= 200)
    assert one.geometry().right() < window.output_dock.x(), "output and curves keep their height"
    user.choose("Two")
    user.until(lambda: two.is_seen and not one.is_seen)
    assert MADE == ["one", "two"]
    assert not drawer.buttons["one"].isChecked(), "it is behind the other one"
    user.click(drawer.buttons["one"])
    user.until(lambda: one.is_seen)
    drawer.open("one")
    QApplication.processEvents()
    assert one.is_seen, "who asks for it does not close it"
    user.click(drawer.buttons["one"])
    user.until(one.isHidden)
    assert not drawer.buttons["one"].isChecked()
    assert MADE == ["one", "two"]
    window.layout_of_panels.place()
    QApplication.processEvents()
    assert one.isHidden()
    assert two.isHidden()


def test_every_panel_looks_at_the_neuron_that_was_selected_last(use: Any) -> None:
    user = use(ExperimentConfig().changed("network", hidden=(4, 3), activations=("relu", "relu")))
    window, inspected = user.window, user.window.inspected
    told: list[tuple[int, int]] = []
    inspected.cell_changed.connect(told.append)
    window.network.select((2, 2))
    assert (inspected.cell, told) == ((2, 2), [(2, 2)])
    window.network.select(None)
    assert inspected.cell == (2, 2), "nothing selected is nothing else to look at"
    inspected.choose((1, 3))
    assert inspected.cell == (1, 3)
    window.controller.set_width(1, 2)
    user.settled()
    assert inspected.cell[1] < user.latest.architecture.widths[inspected.cell[0]], "it is one that there is"


def test_the_example_is_the_pointed_one_else_the_picked_one_else_a_test_sample(
    open_window: OpenWindow, qtbot: Any
) -> None:
    window = open_window(ExperimentConfig())
    inspected, canvas = window.inspected, window.output.canvas
    assert window.clock.latest is not None
    data = window.clock.latest.data
    assert inspected.example is not None
    assert np.array_equal(inspected.example.x, data.test.X[:, 0])
    mouse = QPoint(canvas.width() // 4, canvas.height() // 4)
    qtbot.mouseMove(canvas, mouse)
    qtbot.waitUntil(lambda: inspected.example.target is None)

    def follows() -> bool:  # also when the canvas changes its size below the mouse
        place = canvas.place()
        across, down = (mouse.x() - place.left()) / place.width(), (mouse.y() - place.top()) / place.height()
        (left, bottom), reach = canvas.extent.centre, canvas.extent.half_width
        x = left + (2 * across - 1) * reach, bottom + (1 - 2 * down) * reach
        return bool(inspected.example.x == pytest.approx(x, abs=1e-5))

    assert follows()
    window.resize(1300, 860)
    qtbot.waitUntil(lambda: canvas.height() > 4 * mouse.y() + 8 and follows())
    x1, x2 = data.train.X[:, 3].tolist()
    canvas.ground_clicked.emit(x1, x2)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert inspected.example.target == data.train.y[3]
    window.controller.choose_data("circle")
    qtbot.waitUntil(lambda: window.clock.latest.config.data.name == "circle" and inspected.example.target is not None)
    assert np.array_equal(inspected.example.x, window.clock.latest.data.test.X[:, 0])
