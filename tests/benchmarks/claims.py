"""`make claims`: what the article says of width, depth, XOR, polygons and regions, beside what these networks do, many
seeds in lockstep.

The recipes are those of the project's own measurements. Seed k draws the points, the first weights and the biases.
"""

from __future__ import annotations

import os
import sys
from math import sqrt
from time import perf_counter

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy

import numpy as np

from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.experiment.lockstep import Lockstep
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, Gradient, blocks, initial
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.stack import Stack, StackTape
from tests.benchmarks.claims_regions import circle_sides, spiral_regions
from tests.benchmarks.report import Mean, machine, table

FEW, MANY = 10, 50
"""Seeds for accuracies, and for shares of runs or where a few runs fail badly."""
SOLVED = 0.95
EASY = "xor", "circle", "gaussian"
WIDE_HEAD = "spiral, 70 epochs", "measured before", "spiral, 200 epochs", "measured before"
BIASES = "biases U(±1/√fan-in)"


def main() -> None:
    """All tables, and how long they took."""
    began = perf_counter()
    print(machine())
    for part in (width_or_depth, patience, eight_eight_eight, xor_cloud, xor_points, circle_sides, spiral_regions):
        print()
        part()
        sys.stdout.flush()
    print(f"\n{perf_counter() - began:.0f} seconds")


def width_or_depth() -> None:
    """Item 1: some 2,500 parameters, spread over ever more layers."""
    architectures = (
        ((831,), "71", "68 ± 6", "63 ± 7"),
        ((624,), "–", "66 ± 5", "60 ± 6"),
        ((48, 48), "–", "83 ± 10", "–"),
        ((34, 34, 34), "89 (28×3)", "95 ± 7", "99.0"),
        ((28,) * 4, "94 (20×4)", "98 ± 2", "99.0"),
        ((24,) * 5, "97 (16×5)", "98 ± 2", "98.4"),
    )
    rows: list[tuple[object, ...]] = []
    for hidden, article, short, long in architectures:
        early, late = with_biases(wide("spiral", hidden, FEW)), wide("spiral", hidden, FEW)
        spiral = article, accuracy(early, 70), short, accuracy(late, 200), long
        easy = (accuracy(with_biases(wide(data, hidden, FEW)), 70) for data in EASY)
        rows.append((name(hidden), parameters(early), *spiral, *easy))
    table(
        f"1. Wide or deep: test accuracy in %, {FEW} seeds, ReLU, He, Adam 0.003, batch 32",
        ("network", "parameters", "article, spiral", *WIDE_HEAD, *EASY),
        rows,
        f"70 epochs (and {', '.join(EASY)}) with {BIASES}, 200 with biases 0. The article says about 2,500 "
        "parameters for all of its networks; its 2→831→1 has 3,325; 28×3, 20×4 and 16×5 have 1,737, 1,341 and 1,153.",
    )


def patience() -> None:
    """Item 1, the other half: what a wide layer does with more time."""
    rows: list[tuple[object, ...]] = []
    for hidden in ((831,), (34, 34, 34)):
        stack, row = with_biases(wide("spiral", hidden, FEW)), []
        for epochs in (70, 200, 400, 1000):
            row.append(accuracy(stack, epochs - stack.epoch))
        rows.append((name(hidden), *row, "98" if hidden == (831,) else "–"))
    table(
        f"1. Wide catches up: spiral, test accuracy in %, {FEW} seeds, as above with {BIASES}",
        ("network", "70 epochs", "200", "400", "1,000", "1,000, measured before"),
        rows,
    )


def wide(data: str, hidden: tuple[int, ...], seeds: int) -> Lockstep:
    """The recipe of item 1."""
    return lockstep(data, hidden, seeds, learning_rate=0.003, batch_size=32)


def eight_eight_eight() -> None:
    """Item 2: three layers of eight against one of a hundred, by two recipes that disagree."""
    recipes = (
        ("SGD 0.03, He, biases 0", 0.03, False, ("98.2", "55.9")),
        ("SGD 0.1, PyTorch's first weights", 0.1, True, ("88.0", "98.6")),
    )
    rows: list[tuple[object, ...]] = []
    for recipe, rate, as_pytorch, before in recipes:
        for hidden, known in zip(((8, 8, 8), (100,)), before, strict=True):
            stack = lockstep("spiral", hidden, MANY, optimizer="sgd", learning_rate=rate, batch_size=10)
            if as_pytorch:
                draw_biases(stack, weights_too=True)
            mean = accuracy(stack, 1000)
            median = f"{100 * np.median(test_accuracies(stack)):.1f}"
            rows.append((recipe, name(hidden), parameters(stack), mean, median, known))
    table(
        f"2. 8-8-8 or 100: spiral, test accuracy in %, {MANY} seeds, ReLU, batch 10, 1,000 epochs",
        ("recipe", "network", "parameters", "mean ± deviation", "median", "measured before"),
        rows,
        "The article: 8-8-8 outperforms 100. With small steps it does, with large ones it does not. PyTorch's first "
        "weights and biases are U(±1/√fan-in).",
    )


def xor_cloud() -> None:
    """Item 4: how many ReLU neurons part the four clouds of XOR."""
    before = {1: "0", 2: "0", 3: "60–80", 4: "90–96", 6: "98–100"}
    rows: list[tuple[object, ...]] = []
    for n, known in before.items():
        stack = lockstep("xor", (n,), MANY, optimizer="sgd", learning_rate=0.03, batch_size=10)
        mean = accuracy(stack, 500)
        solved = f"{np.mean(test_accuracies(stack) >= SOLVED):.0%}"
        rows.append((n, mean, solved, known, {1: "fails", 3: "enough"}.get(n, "–")))
    table(
        f"4. XOR, four clouds, ReLU, He, biases 0, SGD 0.03, batch 10, 500 epochs, {MANY} seeds",
        ("neurons", "test accuracy, %", f"solved (≥ {SOLVED:.0%})", "measured before, %", "article"),
        rows,
    )


def xor_points() -> None:
    """Item 4: the same with nothing but the four points (0, 0) … (1, 1)."""
    before = {
        "relu": {1: "0", 2: "16–30", 3: "36–72", 4: "58–90", 8: "88–100"},
        "tanh": {1: "0", 2: "32–76", 3: "82–100", 4: "92–100"},
    }
    article = {("relu", 1): "fails", ("relu", 3): "enough", ("tanh", 1): "fails", ("tanh", 2): "sometimes"}
    rows = [
        (activation, n, f"{four_points(activation, n):.0%}", known, article.get((activation, n), "–"))
        for activation, counts in before.items()
        for n, known in counts.items()
    ]
    table(
        f"4. XOR, four points, {BIASES}, Adam 0.01, 2,000 steps of all four, {MANY} seeds",
        ("activation", "neurons", "solved (all four)", "measured before, %", "article"),
        rows,
        "These four points are no experiment of the program's: the same Stack that Lockstep trains with learns them "
        "in a loop of its own.",
    )


def four_points(activation: str, n: int, steps: int = 2000) -> float:
    """The share of runs of 2-n-1 that get all four points right."""
    shape = Architecture((2, n, 1), (activation,), "binary")
    theta = [initial(shape, ("auto", "auto"), np.random.default_rng([seed, 2])) for seed in range(MANY)]
    stack = Stack(shape, np.stack(theta))
    biases(shape, stack.theta)
    X = np.tile(np.array([[0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 1, 1]], np.float32), (MANY, 1, 1))
    Y = np.tile(np.array([[0, 1, 1, 0]], np.float32), (MANY, 1, 1))
    gradient = Gradient(shape, np.float32, (MANY,))
    tape = StackTape(stack, gradient, 4)
    rule = OPTIMIZERS["adam"].start(stack.theta)
    for _ in range(steps):
        tape.forward(X)
        tape.backward(Y)
        rule.step(stack.theta, gradient.vector, 0.01)
    return float(((stack.predict(X) > 0) == (Y > 0.5)).all(axis=(1, 2)).mean())


def lockstep(data: str, hidden: tuple[int, ...], seeds: int, **training: object) -> Lockstep:
    """ReLU networks on 250 training and 250 test points, a seed each."""
    return Lockstep([experiment(data, hidden, seed, training) for seed in range(seeds)])


def experiment(data: str, hidden: tuple[int, ...], seed: int, training: dict[str, object]) -> ExperimentConfig:
    """One of them. Initializer `auto` is He's for ReLU."""
    return parse(
        {
            "data": {"name": data, "samples": 500, "seed": seed},
            "network": {"hidden": hidden, "activations": ["relu"] * len(hidden)},
            "training": training,
            "seed": seed,
        }
    )


def with_biases(stack: Lockstep) -> Lockstep:
    """The same, its biases drawn."""
    draw_biases(stack)
    return stack


def draw_biases(stack: Lockstep, *, weights_too: bool = False) -> None:
    """Before training: the program itself starts with biases of 0."""
    biases(stack.architecture, stack.theta, weights_too=weights_too)


def biases(shape: Architecture, theta: Array, *, weights_too: bool = False) -> None:
    """Set the biases (and weights) in `theta` (K, n_parameters) to U(±1/√fan-in), row k from a generator of seed k."""
    for seed, row in enumerate(theta):
        rng = np.random.default_rng([seed, 4])
        for block in blocks(shape, row):
            part = block if weights_too else block[:, -1]
            part[...] = rng.uniform(-1, 1, part.shape) / sqrt(block.shape[1] - 1)


def accuracy(stack: Lockstep, epochs: int) -> Mean:
    """Test accuracy in % after so many epochs more: mean and standard deviation over the seeds."""
    for _ in range(epochs):
        stack.run_epoch()
    measured = 100 * test_accuracies(stack)
    return Mean(float(measured.mean()), float(measured.std()), 1)


def test_accuracies(stack: Lockstep) -> Array:
    """Of every network, 0…1."""
    measured = stack.measure().test_accuracy
    assert measured is not None
    return np.asarray(measured)


def parameters(stack: Lockstep) -> str:
    """How many numbers one of the networks learns."""
    return f"{stack.architecture.n_parameters:,}"


def name(hidden: tuple[int, ...]) -> str:
    """831, 28×4 or 8-8-8."""
    return f"{hidden[0]}×{len(hidden)}" if len(hidden) > 1 and hidden[0] > 9 else "-".join(map(str, hidden))


if __name__ == "__main__":
    main()
