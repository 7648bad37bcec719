"""Real windows with settings of their own, dressed as the program dresses them, and ended after each test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.app.files import Answer, Files
from mlp_playground.app.look import apply_theme
from mlp_playground.app.main import SWITCH_INTERVAL
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.recovery import Recovery
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.theme import font

OpenWindow = Callable[..., MainWindow]
LONG = 20_000
"""Milliseconds that a slow machine gets; a fast one needs a hundredth."""


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
        qtbot.waitUntil(lambda: window.clock.latest is not None, timeout=20_000)
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


class User:
    """Hands on a window: what they do to it, and what they see of it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def latest(self) -> Snapshot:
        """What is on screen."""
        assert self.window.clock.latest is not None
        return self.window.clock.latest

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until it is so."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LONG)

    def settled(self) -> Snapshot:
        """Wait until everything that was sent is on screen."""
        clock, runner = self.window.clock, self.window.runner
        self.until(lambda: self.latest.revision >= clock._awaited and runner.rejected.empty())
        QApplication.processEvents()  # what was opened counts as such a moment later
        return self.latest

    def click(self, widget: QWidget) -> None:
        """With the left button."""
        assert widget.isVisible()
        assert widget.isEnabled()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def choose(self, text: str) -> None:
        """An entry of the menus."""
        action = self.window.menus.actions[text]
        assert action.isEnabled()
        action.trigger()

    def undo(self) -> Snapshot:
        self.choose("&Undo")
        return self.settled()

    def redo(self) -> Snapshot:
        self.choose("&Redo")
        return self.settled()

    def name_of(self, text: str) -> str:
        """What an entry of the menus is called now."""
        return self.window.menus.actions[text].text().replace("&", "")

    @property
    def title(self) -> str:
        """The window's title, with its mark where there are changes."""
        return self.window.windowTitle().replace("[*]", "*" if self.window.isWindowModified() else "")

    def play(self, steps: int = 1) -> None:
        """Play until it has gone on by some steps."""
        start = self.latest.steps
        self.click(self.window.transport.play)
        self.until(lambda: self.latest.steps >= start + steps)

    def pause(self) -> Snapshot:
        self.click(self.window.transport.play)
        return self.settled()

    @staticmethod
    def boxes() -> list[QMessageBox]:
        """The open questions and messages."""
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]

    def read_box(self) -> str:
        """What the one message says; it is closed then."""
        self.until(lambda: len(self.boxes()) == 1)
        (box,) = self.boxes()
        box.accept()
        self.until(lambda: not self.boxes())
        return f"{box.text()}: {box.informativeText()}"


@pytest.fixture
def user(window: MainWindow, qtbot: QtBot) -> User:
    """A user before the window as a new one meets it."""
    return User(window, qtbot)


@pytest.fixture
def use(open_window: OpenWindow, qtbot: QtBot) -> Callable[..., User]:
    """Opens a window as `open_window` does, and sits a user before it."""
    return lambda *values, **named: User(open_window(*values, **named), qtbot)
