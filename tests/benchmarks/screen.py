"""What a learner sees: the real window beside TensorFlow Playground's page, the same networks on the same data."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from mlp_playground.app.main import SWITCH_INTERVAL, make_application
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import LIVE
from tests.benchmarks.report import spread, table
from tests.benchmarks.smoothness import look

ROUNDS = 5
PLAYGROUND = {(4, 2): 60, (8, 8, 8): 31, (8,) * 6: 18}
"""Epochs a second that TensorFlow Playground's page shows at most on a machine of this class, by its hidden layers: it
learns one epoch for each picture, and the browser has no more than 60 of them."""
GOAL = 20


def report() -> None:
    """One table: each network on screen, what of the trainer's speed is left there, and beside it the page."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        app = make_application(settings)
        for hidden, theirs in PLAYGROUND.items():
            config = experiment(hidden)
            rounds = [look(app, config, settings, gate=True, interval=SWITCH_INTERVAL) for _ in range(ROUNDS)]
            frames, late, epochs, share = np.array(rounds).T
            rows.append(
                (
                    "-".join(map(str, hidden)),
                    str(sum(hidden) + 1),
                    spread(frames),
                    spread(late),
                    spread(epochs),
                    f"{np.median(share):.0%} ({share.min():.0%}–{share.max():.0%})",
                    theirs,
                    spread(epochs).times(1 / theirs),
                )
            )
    table(
        f"On screen: the window while training, 1280 × 800, offscreen, a map of {LIVE} × {LIVE}, {ROUNDS} rounds",
        ("network", "live neurons", "frames/s", "p95 between frames, ms", "epochs/s", "of free-running",
         "TensorFlow Playground, epochs/s", "ours : theirs"),
        rows,
        f"Spiral, 250 training points, tanh, SGD 0.03, batch 10, for both. The goal is {GOAL} : 1.",
    )  # fmt: skip


def experiment(hidden: tuple[int, ...]) -> ExperimentConfig:
    """The page's own recipe on the data for which it needs its large networks."""
    spiral = ExperimentConfig().changed("data", name="spiral").changed("training", optimizer="sgd", learning_rate=0.03)
    return spiral.changed("network", hidden=hidden, activations=("tanh",) * len(hidden))
