"""How the program starts: as a command, as a module, and by opening a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from mlp_playground import __version__
from mlp_playground.app import main as module
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.settings import Settings
from mlp_playground.experiment import document
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.trainer import Trainer


def started(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, "-m", "mlp_playground", *arguments],
        cwd=folder, env={**clean, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_python_m_is_the_command(tmp_path: Path) -> None:
    done = started("--version", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"mlp-playground {__version__}\n", "")


def test_without_a_display_it_says_so_and_shows_the_same_in_a_picture(tmp_path: Path) -> None:
    done = started(folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stderr
    assert "XOR with 1 hidden neuron:\nnetwork    2–1–1, 5 parameters" in done.stdout
    assert "XOR with 4 hidden neurons:" in done.stdout
    assert done.stdout.count("right ") == 2
    assert (tmp_path / "xor.png").read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in tmp_path.iterdir()] == ["xor.png"]


def test_the_self_test_passes_offscreen(tmp_path: Path) -> None:
    done = started("self-test", folder=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout) == (0, "self-test passed\n"), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == []


def test_the_window_opens_with_a_file_and_ends_with_its_last_window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`run` in this process: its event loop ends when the window is closed, and Python's hooks are back."""
    path = tmp_path / "mine.mlp"
    config = ExperimentConfig().changed("network", hidden=(3,))
    document.save(document.Document(Trainer(config).moment()), path)
    monkeypatch.setattr(module, "Settings", lambda: Settings(tmp_path / "window.ini"))
    seen: list[ExperimentConfig] = []

    def look() -> None:
        window = next(each for each in qapp.topLevelWidgets() if isinstance(each, MainWindow))
        latest = window.clock.latest
        if (latest is None or latest.config != config) and monotonic() < end:
            return
        seen.extend([latest.config] if latest is not None else [])
        beat.stop()
        window.close()
        window.deleteLater()

    end = monotonic() + 30
    beat = QTimer(interval=20)
    beat.timeout.connect(look)
    beat.start()
    hooks = sys.excepthook
    interval = sys.getswitchinterval()
    style, sheet, colours, letters = qapp.style().name(), qapp.styleSheet(), qapp.palette(), qapp.font()
    monkeypatch.setattr("signal.signal", lambda *_: None)  # Ctrl+C stays pytest's
    try:
        assert module.run(path) == 0
    finally:
        qapp.setStyle(style)
        qapp.setStyleSheet(sheet)
        qapp.setPalette(colours)
        qapp.setFont(letters)
        sys.setswitchinterval(interval)
        uninstalled, sys.excepthook = sys.excepthook, hooks
    assert seen == [config]
    assert uninstalled is sys.__excepthook__
    assert not any(isinstance(each, QMessageBox) for each in qapp.topLevelWidgets())
