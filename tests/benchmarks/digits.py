"""How long the default network takes to read the built-in digits."""

from __future__ import annotations

from time import perf_counter

from mlp_playground.experiment.config import DIGITS_DEFAULT
from mlp_playground.experiment.trainer import Trainer
from tests.benchmarks.report import spread, table

SEEDS = range(5)
GOAL, PATIENCE = 0.93, 15.0


def report() -> None:
    """Seconds of training until 93 % of the test digits are right, and where 20 epochs end."""
    to_goal, after_20, accuracy = [], [], []
    for seed in SEEDS:
        trainer = Trainer(DIGITS_DEFAULT.changed(seed=seed))
        began = perf_counter()
        reached = None
        while trainer.epoch < 20 and perf_counter() - began < PATIENCE:
            trainer.run_epoch()
            if reached is None and (trainer.measure().test_accuracy or 0) >= GOAL:
                reached = perf_counter() - began
        to_goal.append(reached if reached is not None else float("inf"))
        after_20.append(perf_counter() - began)
        accuracy.append(100 * (trainer.measure().test_accuracy or 0))
    table(
        "Built-in MNIST, 784-128-64-10, one thread, 5 seeds",
        ("what", "median (least–most)"),
        (
            ("seconds to 93 % of the test digits", spread(to_goal, 2)),
            ("seconds for 20 epochs", spread(after_20, 2)),
            ("test accuracy after 20 epochs, %", spread(accuracy, 1)),
        ),
    )
