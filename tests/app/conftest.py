"""Real windows with settings of their own, dressed as the program dresses them, and ended after each test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.app.files import Answer, Files
from mlp_playground.app.look import apply_theme
from mlp_playground.app.main import SWITCH_INTERVAL
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.recovery import Recovery
from mlp_playground.views.theme import font

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _changes_need_no_saving(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that closes with changes would wait for an answer for ever."""
    monkeypatch.setattr(Files, "ask_to_save", lambda _self: Answer.DISCARD)


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the program's clothes, which it takes off again."""
    interval, look, colours = sys.getswitchinterval(), qapp.style().name(), qapp.palette()
    letters = qapp.font()
    sys.setswitchinterval(SWITCH_INTERVAL)
    qapp.setStyle("Fusion")
    qapp.setFont(font())
    apply_theme("light")
    yield qapp
    qapp.setStyleSheet("")
    qapp.setStyle(look)
    qapp.setFont(letters)
    qapp.setPalette(colours)
    sys.setswitchinterval(interval)


@pytest.fixture
def open_window(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    """Opens windows of 1280 × 800 and waits until their first picture is there."""
    windows: list[MainWindow] = []

    def opened(config: ExperimentConfig | None = None, settings: Settings | None = None) -> MainWindow:
        recovery = Recovery(tmp_path / "recovery")
        window = MainWindow(config, settings or Settings(tmp_path / "window.ini"), recovery)
        windows.append(window)
        qtbot.addWidget(window)
        if settings is None:  # else it knows its place
            window.setWindowState(Qt.WindowState.WindowNoState)
            window.resize(1280, 800)
        window.settings.folder = tmp_path
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.clock.latest is not None and window.curves is not None, timeout=20_000)
        return window

    yield opened
    for window in windows:
        window.close()
        assert window.runner.close(), "its thread has ended"
    windows.clear()


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """The window as a new user meets it."""
    return open_window()
