"""How long the exact regions of trained networks take: float64, one thread. The goals: 5 ms for 8-8-8, 100 ms for any
network with up to 10,000 of them. And how often the window shows new ones while it trains: at least 10 a second."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mlp_playground.analysis.regions import regions
from mlp_playground.app.main import make_application
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.self_test import wait_until
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.trainer import Trainer
from tests.benchmarks.report import spread, table
from tests.benchmarks.smoothness import progress

NETWORKS = ((8,), (8, 8), (8, 8, 8), (100,), (16,) * 4, (64, 64), (28,) * 4, (2, 240), (4, 100, 40))
LIVE = ((8, 8), (8, 8, 8), (28,) * 4)
EPOCHS, ROUNDS, SECONDS = 300, 15, 3.0


def report() -> None:
    """Both tables."""
    alone()
    print()
    live()


def config_of(hidden: tuple[int, ...]) -> ExperimentConfig:
    """The spiral with so many ReLU neurons."""
    config = ExperimentConfig().changed("data", name="spiral", noise=0.0)
    config = config.changed("network", hidden=hidden, activations=("relu",) * len(hidden))
    return config.changed("training", optimizer="adam", learning_rate=0.003, batch_size=32)


def alone() -> None:
    """Train each network and measure."""
    rows: list[tuple[object, ...]] = []
    for hidden in NETWORKS:
        trainer = Trainer(config_of(hidden))
        for _ in range(EPOCHS):
            trainer.run_epoch()
        count, times = 0, []
        for _ in range(ROUNDS):
            start = perf_counter()
            count = len(regions(trainer.network))
            times.append(1000 * (perf_counter() - start))
        rows.append(("-".join(map(str, hidden)), f"{count:,}", spread(times, 1)))
    head = ("network", "regions", f"ms, median of {ROUNDS} (least–most)")
    table(f"Exact linear regions after {EPOCHS} epochs on the spiral, float64, one thread", head, rows)


def live() -> None:
    """The window while it trains, without the regions and with them."""
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        app = make_application(settings)
        for hidden in LIVE:
            for shown in (False, True):
                rounds = [watch(app, hidden, settings, shown=shown) for _ in range(3)]
                frames, answers, epochs = (f"{value:,.0f}" for value in np.median(np.array(rounds), axis=0))
                rows.append(("-".join(map(str, hidden)), "yes" if shown else "no", frames, answers, epochs))
    head = ("network", "regions drawn", "frames/s", "regions anew, a second", "epochs/s")
    table("The window while training on the spiral, 1280 × 800, offscreen", head, rows)


def watch(app: QApplication, hidden: tuple[int, ...], settings: Settings, *, shown: bool) -> tuple[float, float, float]:
    """Frames, answers of the worker and epochs a second."""
    window = MainWindow(config_of(hidden), settings)
    window.setWindowState(Qt.WindowState.WindowNoState)  # maximized it would be as small as the offscreen screen
    window.resize(1280, 800)
    window.show()
    wait_until(lambda: window.clock.latest is not None)
    window.output.options.box("regions").setChecked(shown)
    window.transport.play.click()
    wait_until(lambda: False, 2.0)
    frames: list[object] = []
    answers: list[object] = []
    window.clock.snapshot_taken.connect(frames.append)
    window.regions.shown.connect(answers.append)
    first, began = progress(window), perf_counter()
    wait_until(lambda: False, SECONDS)
    passed = perf_counter() - began
    epochs = progress(window) - first
    window.close()
    window.deleteLater()
    app.processEvents()
    return len(frames) / passed, len(answers) / passed, epochs / passed
