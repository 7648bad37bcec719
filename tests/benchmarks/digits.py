"""How long the network takes to read digits: the built-in ones, and all 70,000 where MLP_MNIST names their folder."""

from __future__ import annotations

import os
from time import perf_counter

from mlp_playground.experiment import build
from mlp_playground.experiment.config import DIGITS_DEFAULT, MNIST_FULL
from mlp_playground.experiment.trainer import Trainer
from tests.benchmarks.report import spread, table

SEEDS = range(5)
GOAL, PATIENCE = 0.93, 15.0
EPOCHS = 5
FOLDER = os.environ.get("MLP_MNIST", "")


def report() -> None:
    """One table for the built-in digits, one for all."""
    built_in()
    print()
    full()


def built_in() -> None:
    """Seconds of training until 93 % of the test digits are right, and where 20 epochs end."""
    to_goal, after_20, accuracy = [], [], []
    for seed in SEEDS:
        trainer = Trainer(DIGITS_DEFAULT.changed(seed=seed))
        began = perf_counter()
        reached = None
        while trainer.epoch < 20 and perf_counter() - began < PATIENCE:
            trainer.run_epoch()
            if reached is None and test_accuracy(trainer) >= 100 * GOAL:
                reached = perf_counter() - began
        to_goal.append(reached if reached is not None else float("inf"))
        after_20.append(perf_counter() - began)
        accuracy.append(test_accuracy(trainer))
    table(
        "Built-in MNIST, 784-128-64-10, one thread, 5 seeds",
        ("what", "median (least–most)"),
        (
            ("seconds to 93 % of the test digits", spread(to_goal, 2)),
            ("seconds for 20 epochs", spread(after_20, 2)),
            ("test accuracy after 20 epochs, %", spread(accuracy, 1)),
        ),
    )


def full() -> None:
    """What 60,000 digits teach in a few epochs of a learning rate that falls to nothing."""
    title = f"Full MNIST, 784-128-64-10, Adam 0.003 falling linearly, batch 128, {EPOCHS} epochs, one thread, 5 seeds"
    head = ("what", "median (least–most)")
    if not FOLDER:
        table(title, head, (("MLP_MNIST doesn't name a folder with the four files", "–"),))
        return
    config = DIGITS_DEFAULT.changed("data", name=MNIST_FULL, folder=FOLDER).changed(
        "training", learning_rate=0.003, batch_size=128, schedule="linear", planned_epochs=EPOCHS
    )
    build.dataset(config.data)  # is kept: reading the files is not timed
    untrained, trained, seconds = [], [], []
    for seed in SEEDS:
        trainer = Trainer(config.changed(seed=seed))
        untrained.append(test_accuracy(trainer))
        began = perf_counter()
        for _ in range(EPOCHS):
            trainer.run_epoch()
        seconds.append(perf_counter() - began)
        trained.append(test_accuracy(trainer))
    table(
        title,
        head,
        (
            ("test accuracy untrained, %", spread(untrained, 1)),
            ("test accuracy on the 10,000 test digits, %", spread(trained, 2)),
            ("seconds, with the losses on all 70,000 digits after each epoch", spread(seconds, 1)),
        ),
    )


def test_accuracy(trainer: Trainer) -> float:
    """Per cent of the test digits that are right, now."""
    return 100 * (trainer.measure().test_accuracy or 0)
