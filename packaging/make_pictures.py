"""Makes the README's pictures with the program itself: `python packaging/make_pictures.py` writes docs/*.png."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from mlp_playground.app.main import make_application
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.self_test import wait_until
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.digit_choice import PICK

DOCS = Path(__file__).parents[1] / "docs"
SETTLED = 2.0
"""Seconds after which workers have found out what a picture shows."""


def main() -> None:
    """Train, open what is to be seen, and take the pictures."""
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        settings.theme = "light"
        app = make_application(settings)
        take(app, settings, "window", spiral(), 900, lambda _window: None)
        take(app, settings, "digits", DIGITS_DEFAULT, 20, open_digits)


def spiral() -> ExperimentConfig:
    """Three layers of eight."""
    config = ExperimentConfig().changed("data", name="spiral", noise=0.05).changed("training", learning_rate=0.003)
    return config.changed("network", hidden=(8, 8, 8), activations=("tanh",) * 3)


def open_digits(window: MainWindow) -> None:
    """A misread digit on its way through the network, and what the first layer has learned to look for."""
    digits = window.output.digits
    digits.buttons[PICK].click()
    digits.pick.only_misread.click()
    window.drawer.toggle("features")
    wait_until(lambda: False, SETTLED)
    window.drawer.docks["features"].widget().learned.click()


def take(
    app: QApplication,
    settings: Settings,
    name: str,
    config: ExperimentConfig,
    epochs: int,
    prepare: Callable[[MainWindow], None],
) -> None:
    """Train for so many epochs, and write what is in the window then."""
    window = MainWindow(config, settings)
    window.setWindowState(window.windowState().WindowNoState)
    window.resize(1280, 800)
    window.show()
    wait_until(lambda: window.clock.latest is not None and window.curves is not None)
    window.transport.play.click()
    wait_until(lambda: window.clock.latest is not None and window.clock.latest.epoch > epochs)
    window.transport.play.click()
    prepare(window)
    wait_until(lambda: False, SETTLED)
    window.grab().save(str(DOCS / f"{name}.png"))
    window.close()
    window.deleteLater()
    app.processEvents()


if __name__ == "__main__":
    main()
