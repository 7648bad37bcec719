"""Side by side with what a learner would otherwise use: scikit-learn and PyTorch, each with one thread."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from mlp_playground.experiment import build
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, parse
from tests.benchmarks.contenders import ROUNDS, SECONDS, epochs_per_second, ours, pytorch, scikit_learn
from tests.benchmarks.report import Spread, spread, table

NETWORKS = ((4, 2), (8, 8, 8), (8,) * 6)
BATCHES = (1, 10, 30)
MNIST = DIGITS_DEFAULT.changed("training", schedule="constant")  # the others have no schedule
SPIRAL_PEERS = "scikit-learn `partial_fit`", "scikit-learn `fit`", "PyTorch"
MISSING = "not installed"


def report() -> None:
    """Two tables: the spiral and the digits."""
    spirals()
    print()
    digits()


def spirals() -> None:
    """Epochs a second of small networks, where calling costs more than computing."""
    rows: list[tuple[object, ...]] = []
    sample: dict[int, list[float]] = {batch: [] for batch in BATCHES}
    for hidden in NETWORKS:
        for batch in BATCHES:
            config = spiral(hidden, batch)
            mine, *theirs = epochs_per_second(
                [
                    ours(config, losses=True),
                    scikit_learn(config, partial=True),
                    scikit_learn(config, partial=False),
                    pytorch(config),
                ]
            )
            assert mine
            sample[batch].append(1e6 / mine.median / build.material(config).n_train)
            beside = [cell for other in theirs for cell in (other or MISSING, ratio(mine, other, 1))]
            rows.append(("-".join(map(str, hidden)), batch, mine, *beside))
    microseconds = ", ".join(f"{one:.1f}" for one in sample[1])
    times = ", ".join(f"{one / ten:.1f}" for one, ten in zip(sample[1], sample[10], strict=True))
    table(
        f"Epochs/s on the spiral's 250 training points, tanh, SGD 0.03, one thread, {ROUNDS} rounds",
        ("network", "batch", "ours", *(word for name in SPIRAL_PEERS for word in (name, "ours : theirs"))),
        rows,
        "Ours includes the loss and accuracy on all 500 points after each epoch; the others only train. `partial_fit` "
        "is called once an epoch, `fit` once for many. Batch 1 is 250 steps an epoch instead of 25, and a step's calls "
        f"cost nearly the same for one sample as for ten: a sample then takes us {microseconds} µs with these three "
        f"networks, {times} times as long as at batch 10.",
    )


def ratio(mine: Spread, theirs: Spread | None, digits: int) -> str:
    """How many times faster the first is."""
    return f"{mine.median / theirs.median:.{digits}f}" if theirs else "–"


def spiral(hidden: tuple[int, ...], batch: int) -> ExperimentConfig:
    """250 training points and as many for testing."""
    return parse(
        {
            "data": {"name": "spiral", "samples": 500},
            "network": {"hidden": hidden, "activations": ["tanh"] * len(hidden)},
            "training": {"optimizer": "sgd", "learning_rate": 0.03, "batch_size": batch},
        }
    )


def digits() -> None:
    """Samples a second of a network for digits, where matrix products cost most, and of what share of the peak."""
    n = build.material(MNIST).n_train
    peak = gemm_peak()
    names = "ours", "PyTorch", "PyTorch, fused Adam", "scikit-learn"
    contenders = [
        ours(MNIST, losses=False),
        pytorch(MNIST),
        pytorch(MNIST, fused=True),
        scikit_learn(MNIST, partial=False),
    ]
    speeds = epochs_per_second(contenders)
    assert speeds[0]
    rows: list[tuple[object, ...]] = []
    for name, speed in zip(names, speeds, strict=True):
        if speed is None:
            rows.append((name, MISSING, "–", "–"))
            continue
        samples = speed.times(n)
        share = samples.median * flops_per_sample(MNIST) / peak
        rows.append((name, samples, f"{share:.0%}", ratio(speeds[0], speed, 2)))
    table(
        f"Built-in MNIST's 4,000 training digits, 784-128-64-10, Adam, batch 64, one thread, {ROUNDS} rounds",
        ("program", "samples/s", "of the GEMM peak", "ours : theirs"),
        rows,
        f"Training alone, for all. The peak is {peak / 1e9:.0f} GFLOP/s: the best float32 product of two 1024 × 1024 "
        f"matrices; a sample takes {flops_per_sample(MNIST) / 1e3:.0f} kFLOP, forward and back.",
    )


def flops_per_sample(config: ExperimentConfig) -> int:
    """Multiplications and additions of the matrix products: forward, each weight's gradient, and back to each layer."""
    shapes = build.material(config).architecture.shapes
    sizes = [rows * columns for rows, columns in shapes]
    return 2 * (2 * sum(sizes) + sum(sizes[1:]))


def gemm_peak(size: int = 1024) -> float:
    """The most float32 operations a second that this machine's matrix product does on one thread."""
    A = np.random.default_rng(0).random((size, size), np.float32)
    out = np.empty_like(A)
    seconds = []
    until = perf_counter() + 3 * SECONDS
    while perf_counter() < until:
        began = perf_counter()
        np.matmul(A, A, out=out)
        seconds.append(perf_counter() - began)
    return float(2 * size**3 / spread(seconds).least)
