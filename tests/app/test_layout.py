"""Where panels stand and how their headings look there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QTabBar

from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.settings import Settings
from mlp_playground.data.from_table import to_own_data
from mlp_playground.data.own import OwnData
from mlp_playground.data.table import parse_table
from mlp_playground.experiment.config import ExperimentConfig
from tests.app.conftest import OpenWindow


def test_other_data_leave_every_panel_and_the_window_as_large(use: Callable[..., Any]) -> None:
    user = use(ExperimentConfig())
    window = user.window

    def sizes() -> list[QSize]:
        for _ in range(3):
            QApplication.processEvents()
        return [each.size() for each in (window, window.output.canvas, window.output_dock, window.curves_dock)]

    assert window.output.minimumSizeHint().width() < 500, "going on from a past moment has its room, too"
    before = sizes()
    for name in ("spiral3", "xor", "mnist", "parity"):
        window.controller.choose_data(name)
        user.settled()
        assert sizes() == before, name


def test_a_panel_with_a_tab_says_its_name_once(open_window: OpenWindow) -> None:
    window = open_window()
    output, space = window.output_dock, window.spaces.dock
    two_rows, words = window.data_dock.heading.height(), output.heading.words.text()

    def seen() -> tuple[bool, bool]:
        for _ in range(3):  # a panel that comes back is laid out in more than one go
            QApplication.processEvents()
        return output.heading.title.isVisible(), output.heading.height() < two_rows

    assert seen() == (False, True), "its tab is there"
    output.heading.show_words("Layer 1 · neuron 1", "its own map")
    assert seen() == (True, True), "its tab says something else"
    output.heading.show_words("Output", words)
    space.close()
    assert seen() == (True, False), "its tab is gone"
    space.show()
    assert seen() == (False, True)
    space.setFloating(True)
    assert seen() == (True, False)
    assert space.heading.title.isVisible()
    window.layout_of_panels.place()
    assert seen() == (False, True)


def many_columns() -> OwnData:
    rows = [",".join(map(str, row)) for row in np.random.default_rng(0).normal(size=(40, 4)).round(2).tolist()]
    table = parse_table("\n".join(["a,b,c,price", *rows]), "houses.csv")
    return to_own_data(table, ("a", "b", "c"), "price")


def test_every_panel_fits_a_small_laptop(use: Callable[..., Any]) -> None:
    user = use(ExperimentConfig())
    window, docks = user.window, user.window.drawer.docks
    for name in ("spiral5", "mnist", "table"):
        if name == "table":
            window.controller.use_own(many_columns())
        else:
            window.controller.choose_data(name)
        user.settled()
        for dock in docks.values():
            window.layout_of_panels.open_in_drawer(dock)
            user.until(lambda dock=dock: dock.is_seen)
            user.settled()
            assert dock.minimumSizeHint().height() <= 250, (name, dock.objectName())
        for front in (window.spaces.dock, window.regions.dock, window.confusion.dock, window.output_dock):
            front.raise_()
            user.settled()
        assert window.minimumSizeHint().height() <= 680, name
    window.resize(1366, 690)
    user.settled()
    assert window.height() == 690


def test_each_panel_has_one_tab_however_often_panels_are_put_back(open_window: OpenWindow, tmp_path: Path) -> None:
    def tabs_of(window: MainWindow) -> list[str]:
        for _ in range(3):
            QApplication.processEvents()
        bars = [
            bar for bar in window.findChildren(QTabBar) if bar.isVisible() and window.rect().intersects(bar.geometry())
        ]
        return sorted(bar.tabText(i) for bar in bars for i in range(bar.count()))

    right = ["Confusion", "Curves", "Output", "Point", "Regions", "Space"]
    settings = Settings(tmp_path / "remembered.ini")
    window = open_window(settings=settings)
    assert tabs_of(window) == right
    for _ in range(2):
        for name in ("layer", "graph"):
            window.layout_of_panels.open_in_drawer(window.drawer.docks[name])
        assert tabs_of(window) == sorted([*right, "Layer", "Graph"])
        window.layout_of_panels.place()
        assert tabs_of(window) == right
    window.drawer.toggle("graph")
    window.drawer.toggle("layer")
    window.close()
    again = open_window(settings=settings)
    assert again.drawer.docks["layer"].is_seen
    again.resize(again.width() + 60, again.height() + 40)
    assert tabs_of(again) == sorted([*right, "Layer", "Graph"])


def test_a_window_that_was_left_maximized_does_not_widen_its_output_with_each_start(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    settings = Settings(tmp_path / "maximized.ini")
    first = open_window(settings=settings)
    first.setWindowState(Qt.WindowState.WindowMaximized)
    first.close()
    window = open_window(settings=settings)
    output = window.output_dock
    window.layout_of_panels._is_as_left = True  # as long as the test needs, however slow the machine is
    window.resize(1500, 800)
    QApplication.processEvents()
    before = output.width()
    window.resize(1600, 900)
    QApplication.processEvents()
    assert output.width() == before
    window.layout_of_panels._settling.timeout.emit()
    window.resize(1900, 900)
    QApplication.processEvents()
    assert output.width() > before
