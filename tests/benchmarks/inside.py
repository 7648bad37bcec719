"""What an open panel of the drawer costs: frames, and what it leaves to training."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from mlp_playground.app.inside import INSIDE
from mlp_playground.app.main import make_application
from mlp_playground.app.settings import Settings
from tests.benchmarks.report import table
from tests.benchmarks.smoothness import experiments, watch

ROUNDS = 3
WATCHED = ("spiral, 8-8-8", "MNIST, 128-64")


def report() -> None:
    """One table: two experiments with the drawer shut, and with each of its panels in front."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        app = make_application(settings)
        for name in WATCHED:
            alone = 1.0
            for panel, title in (("", "none"), *((each.name, each.title) for each in INSIDE)):
                rounds = [watch(app, experiments()[name], settings, panel=panel) for _ in range(ROUNDS)]
                frames, late, epochs = np.median(np.array(rounds), axis=0)
                alone = epochs if not panel else alone
                speed = f"{epochs:,.0f}" if epochs >= 10 else f"{epochs:.1f}"
                rows.append((name, title, f"{frames:.0f}", f"{late:.0f}", speed, f"{epochs / alone:.0%}"))
    head = ("experiment", "open panel", "frames/s", "p95 between frames, ms", "epochs/s", "of those with none")
    table("The window while training with a panel open, 1280 × 800, offscreen", head, rows)
