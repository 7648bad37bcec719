"""How long the exact regions of trained networks take: float64, one thread. The goals: 5 ms for 8-8-8, 100 ms for any
network with up to 10,000 of them."""

from __future__ import annotations

from time import perf_counter

from mlp_playground.analysis.regions import regions
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.trainer import Trainer
from tests.benchmarks.report import spread, table

NETWORKS = ((8,), (8, 8), (8, 8, 8), (100,), (16,) * 4, (64, 64), (28,) * 4)
EPOCHS, ROUNDS = 300, 15


def report() -> None:
    """Train each network on the spiral and measure."""
    rows: list[tuple[object, ...]] = []
    for hidden in NETWORKS:
        config = ExperimentConfig().changed("data", name="spiral", noise=0.0)
        config = config.changed("network", hidden=hidden, activations=("relu",) * len(hidden))
        trainer = Trainer(config.changed("training", optimizer="adam", learning_rate=0.003, batch_size=32))
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
