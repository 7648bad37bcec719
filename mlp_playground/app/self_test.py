"""The program tries itself: the real window learns XOR, and the picture on its canvas is looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtGui import QImage

from mlp_playground.app.main import make_application
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.recovery import Recovery
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.views.canvas.field_canvas import FieldCanvas
from mlp_playground.views.canvas.plane_picture import to_screen

PATIENCE = 60.0
"""Seconds for each part; a laptop needs two or three."""


def run() -> str:
    """Go through it all. Returns what went wrong, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        app = make_application(settings)
        app.setQuitOnLastWindowClosed(False)
        window = MainWindow(xor_with_four(), settings, Recovery(Path(folder) / "recovery"))
        window.show()
        try:
            return _learn_and_look(window, Path(folder))
        finally:
            window.close()
            window.deleteLater()
            app.processEvents()


def xor_with_four() -> ExperimentConfig:
    """XOR, and four ReLU neurons whose first weights are known to find the way."""
    config = ExperimentConfig().changed("network", hidden=(4,), activations=("relu",))
    return config.changed("training", learning_rate=0.03).changed(seed=3)


def _learn_and_look(window: MainWindow, folder: Path) -> str:
    if not wait_until(lambda: window.clock.latest is not None):
        return "no picture came"
    window.transport.play.click()
    if not wait_until(lambda: _accuracy(window) == 1.0):
        return f"XOR was not learned: {_accuracy(window):.1%} after {PATIENCE:.0f} s"
    window.transport.play.click()
    if not wait_until(lambda: _latest_state(window) is RunState.PAUSED):
        return "it did not pause"
    for name in ("test_points", "boundary", "mistakes"):
        window.output.options.box(name).setChecked(False)
    QCoreApplication.processEvents()
    if (regions := count_regions(window.output.canvas)) != 4:
        return f"the canvas shows {regions} regions, not 4"
    picture = folder / "xor.png"
    window.pictures.export(picture)
    if not picture.is_file() or QImage(str(picture)).isNull():
        return "the picture could not be exported"
    if not window.files.save_as(folder / "xor.mlp"):
        return "the experiment could not be saved"
    window.close()  # nothing is left to be asked: all that was learned is saved
    return "" if not window.isVisible() else "the window did not close"


def _accuracy(window: MainWindow) -> float:
    latest = window.clock.latest
    return (latest.metrics.train_accuracy or 0.0) if latest else 0.0


def _latest_state(window: MainWindow) -> RunState | None:
    return window.clock.latest.state if window.clock.latest else None


def wait_until(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Let the window live until the condition holds."""
    end = monotonic() + seconds
    loop = QEventLoop()
    beat = QTimer(interval=20)
    beat.timeout.connect(lambda: loop.quit() if condition() or monotonic() > end else None)
    beat.start()
    loop.exec()
    beat.stop()
    return condition()


def count_regions(canvas: FieldCanvas, reach: float = 5.7) -> int:
    """How many regions of the two colours a walk around the plane's edge crosses, read from the canvas's pixels.

    The walk is a square outside of the points, whose colours it must not count, and passes over pixels that are neither
    clearly orange nor clearly blue.
    """
    image = canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    place = canvas.place()
    colours = []
    for step in range(720):
        angle = step * pi / 360
        x1, x2 = cos(angle), sin(angle)
        stretch = reach / max(abs(x1), abs(x2))
        at = to_screen(place, canvas.extent, x1 * stretch, x2 * stretch)
        pixel = image.pixelColor(int(at.x() * ratio), int(at.y() * ratio))
        if abs(pixel.red() - pixel.blue()) > 60:
            colours.append(pixel.red() > pixel.blue())
    return sum(a != b for a, b in zip(colours, colours[1:] + colours[:1], strict=True))
