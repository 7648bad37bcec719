"""How long the network takes to read digits: the built-in ones, and all 70,000 where MLP_MNIST names their folder."""

from __future__ import annotations

import os
from time import perf_counter

from mlp_playground.experiment import build
from mlp_playground.experiment.config import DIGITS_DEFAULT, DIGITS_EPOCHS, MNIST, MNIST_FULL
from mlp_playground.experiment.trainer import Trainer
from tests.benchmarks.report import spread, table

SEEDS = range(5)
GOAL = 93
FOLDER = os.environ.get("MLP_MNIST", "")
HEAD = ("what", "median (least–most)")


def report() -> None:
    """One table for the built-in digits, one for all."""
    built_in()
    print()
    full()


def built_in() -> None:
    """Seconds of training until 93 % of the test digits are right, and where the recipe ends."""
    to_goal, seconds, untrained, trained = [], [], [], []
    for seed in SEEDS:
        trainer = Trainer(DIGITS_DEFAULT.changed(seed=seed))
        untrained.append(test_accuracy(trainer))
        began = perf_counter()
        reached = float("inf")
        for _ in range(DIGITS_EPOCHS[MNIST]):
            trainer.run_epoch()
            if test_accuracy(trainer) >= GOAL:
                reached = min(reached, perf_counter() - began)
        to_goal.append(reached)
        seconds.append(perf_counter() - began)
        trained.append(test_accuracy(trainer))
    table(
        title("Built-in MNIST", MNIST),
        HEAD,
        (
            ("test accuracy untrained, %", spread(untrained, 1)),
            (f"seconds to {GOAL} % of the test digits", spread(to_goal, 2)),
            ("seconds for the recipe", spread(seconds, 2)),
            ("test accuracy on the 1,000 test digits, %", spread(trained, 1)),
        ),
    )


def full() -> None:
    """What 60,000 digits teach by the same recipe, as they were written and straightened."""
    if not FOLDER:
        table(title("Full MNIST", MNIST_FULL), HEAD, (("MLP_MNIST doesn't name a folder with the four files", "–"),))
        return
    untrained, trained, seconds = full_runs(deskew=False)
    _, straightened, _ = full_runs(deskew=True)
    table(
        title("Full MNIST", MNIST_FULL),
        HEAD,
        (
            ("test accuracy untrained, %", spread(untrained, 1)),
            ("test accuracy on the 10,000 test digits, %", spread(trained, 2)),
            ("the same, digits deskewed", spread(straightened, 2)),
            ("seconds, with the losses on all 70,000 digits after each epoch", spread(seconds, 1)),
        ),
    )


def full_runs(*, deskew: bool) -> tuple[list[float], list[float], list[float]]:
    """Test accuracy before and after the recipe, in per cent, and its seconds, for each seed."""
    plan = DIGITS_DEFAULT.changed("training", planned_epochs=DIGITS_EPOCHS[MNIST_FULL])
    config = plan.changed("data", name=MNIST_FULL, folder=FOLDER, deskew=deskew)
    build.dataset(config.data)  # is kept: reading the files is not timed
    untrained, trained, seconds = [], [], []
    for seed in SEEDS:
        trainer = Trainer(config.changed(seed=seed))
        untrained.append(test_accuracy(trainer))
        began = perf_counter()
        for _ in range(DIGITS_EPOCHS[MNIST_FULL]):
            trainer.run_epoch()
        seconds.append(perf_counter() - began)
        trained.append(test_accuracy(trainer))
    return untrained, trained, seconds


def title(name: str, data: str) -> str:
    """Which digits, and the recipe that choosing them starts with."""
    t = DIGITS_DEFAULT.training
    recipe = f"Adam {t.learning_rate:g}, {t.schedule} schedule over {DIGITS_EPOCHS[data]} epochs, batch {t.batch_size}"
    return f"{name}, 784-128-64-10, {recipe}, one thread, 5 seeds"


def test_accuracy(trainer: Trainer) -> float:
    """Per cent of the test digits that are right, now."""
    return 100 * (trainer.measure().test_accuracy or 0)
