"""The real window while training: does drawing stay even, and what does it leave to training?

Compares the paint gate (closed while the window draws, or never) and Python's switch interval.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mlp_playground.app.main import SWITCH_INTERVAL, make_application
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.self_test import wait_until
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.trainer import Trainer
from tests.benchmarks.report import table

ROUNDS, SECONDS = 3, 3.0
PYTHONS_INTERVAL = 0.005


def report() -> None:
    """One table: four experiments, each with and without gate, at both intervals."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        app = make_application(settings)
        rows = []
        for name, config in experiments().items():
            for gate in (True, False):
                for interval in (SWITCH_INTERVAL, PYTHONS_INTERVAL):
                    rounds = [look(app, config, settings, gate=gate, interval=interval) for _ in range(ROUNDS)]
                    frames, late, epochs, share = np.median(np.array(rounds), axis=0)
                    rows.append(
                        (
                            name,
                            "yes" if gate else "no",
                            f"{1000 * interval:g}",
                            f"{frames:.0f}",
                            f"{late:.0f}",
                            f"{epochs:,.0f}" if epochs >= 10 else f"{epochs:.1f}",
                            f"{share:.0%}",
                        )
                    )
        sys.setswitchinterval(SWITCH_INTERVAL)
    head = ("experiment", "gate", "interval, ms", "frames/s", "p95 between frames, ms", "epochs/s", "of free-running")
    table("The window while training, 1280 × 800, offscreen", head, rows)


def experiments() -> dict[str, ExperimentConfig]:
    """What a class would have on screen."""
    spiral = ExperimentConfig().changed("data", name="spiral")
    return {
        "XOR, 1 neuron": ExperimentConfig(),
        "spiral, 8-8-8": spiral.changed("network", hidden=(8, 8, 8), activations=("tanh",) * 3),
        # a plan that outlasts the measuring
        "spiral, 20-20-20": spiral.changed("network", hidden=(20, 20, 20), activations=("tanh",) * 3),
        "MNIST, 128-64": DIGITS_DEFAULT.changed("training", planned_epochs=10_000),
    }


def look(
    app: QApplication, config: ExperimentConfig, settings: Settings, *, gate: bool, interval: float
) -> tuple[float, float, float, float]:
    """What `watch` tells, and which share of the free-running epochs the last number is."""
    before = free_speed(config)
    frames, late, epochs = watch(app, config, settings, gate=gate, interval=interval)
    # just before and just after, as the machine is not as fast at all times
    return frames, late, epochs, epochs / ((before + free_speed(config)) / 2)


def free_speed(config: ExperimentConfig) -> float:
    """Epochs a second of the trainer alone, on the main thread, losses once an epoch."""
    trainer = Trainer(config)
    trainer.run_epoch()
    began, first = perf_counter(), trainer.epoch
    while perf_counter() - began < SECONDS / 2:
        trainer.run_epoch()
    return (trainer.epoch - first) / (perf_counter() - began)


def watch(
    app: QApplication,
    config: ExperimentConfig,
    settings: Settings,
    *,
    gate: bool = True,
    interval: float = SWITCH_INTERVAL,
    panel: str = "",
) -> tuple[float, float, float]:
    """Frames a second, the 95th percentile of the time between two, and epochs a second, with a `panel` of the drawer
    open if one is named."""
    sys.setswitchinterval(interval)
    window = MainWindow(config, settings)
    window.setWindowState(Qt.WindowState.WindowNoState)  # maximized it would be as small as the offscreen screen
    window.resize(1280, 800)
    if not gate:
        window.runner.gate.clear = lambda: None  # type: ignore[method-assign]
    window.show()
    wait_until(lambda: window.clock.latest is not None)
    if panel:
        window.drawer.toggle(panel)
    window.transport.play.click()
    wait_until(lambda: False, 1.0)
    times: list[float] = []
    window.clock.snapshot_taken.connect(lambda _snapshot: times.append(perf_counter()))
    first = progress(window)
    began = perf_counter()
    wait_until(lambda: False, SECONDS)
    passed = perf_counter() - began
    epochs = (progress(window) - first) / passed
    window.close()
    window.deleteLater()
    app.processEvents()
    late = float(np.percentile(np.diff(times), 95) * 1000) if len(times) > 2 else 1000 * passed  # starved
    return len(times) / passed, late, epochs


def progress(window: MainWindow) -> float:
    """Epochs done, with their fraction; asked of the trainer itself, as a starved window's picture may be old."""
    trainer = window.runner._trainer
    assert trainer is not None
    return trainer.step_count / trainer.batches_per_epoch
