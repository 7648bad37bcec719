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

ROUNDS = 2
WATCHED = ("spiral, 8-8-8", "MNIST, 128-64")


def report() -> None:
    """One table: two experiments with each of the drawer's panels in front, beside the same with the drawer shut."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        app = make_application(settings)
        for name in WATCHED:
            config = experiments()[name]
            for panel in INSIDE:
                rounds, shares = [], []
                for _ in range(ROUNDS):
                    # just before, as the machine is not as fast at all times
                    alone = watch(app, config, settings)[2]
                    rounds.append(watch(app, config, settings, panel=panel.name))
                    shares.append(rounds[-1][2] / alone)
                frames, late, epochs = np.median(np.array(rounds), axis=0)
                speed = f"{epochs:,.0f}" if epochs >= 10 else f"{epochs:.1f}"
                rows.append((name, panel.title, f"{frames:.0f}", f"{late:.0f}", speed, f"{np.median(shares):.0%}"))
    head = ("experiment", "open panel", "frames/s", "p95 between frames, ms", "epochs/s", "of those without it")
    table("The window while training with a panel open, 1280 × 800, offscreen", head, rows)
