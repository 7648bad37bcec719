"""The article's items 5 and 6: sides of the circle's boundary, and linear regions, counted exactly."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.bound import bound, cuts
from mlp_playground.analysis.regions import Regions, regions
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.lockstep import Lockstep
from mlp_playground.nn.network import Architecture, Network
from tests.benchmarks.report import Mean, spread, table

SEEDS = 20
BEND = 5.0
"""Degrees; a corner that turns by less can hardly be seen."""


def circle_sides() -> None:
    """Item 5: the boundary around the circle as a polygon."""
    before = {3: "4 or 6", 8: "median 12", 16: "24–25"}
    article = {3: "triangle", 8: "octagon"}
    rows: list[tuple[object, ...]] = []
    for n in (1, 2, 3, 4, 8, 16):
        found, accuracy = trained("circle", (n,), 200)
        closed = [each for each in found if each.boundary.loops == len(each.boundary.lines) == 1]
        sides = [each.boundary.straight for each in closed]
        assert all(count % 2 == 0 and count <= 2 * n for count in sides), "as was claimed"
        bends = [corners(each) for each in closed]
        counts = (spread(sides), spread(bends)) if closed else ("–", "–")
        rows.append((n, accuracy, f"{len(closed)} of {SEEDS}", *counts, 2 * n, before.get(n, "–"), article.get(n, "–")))
    table(
        f"5. Circle: sides of the exact boundary, one ReLU layer, He, Adam 0.01, batch 32, 200 epochs, {SEEDS} seeds",
        (
            "neurons",
            "test accuracy, %",
            "closed",
            "sides, median (least–most)",
            f"turn by > {BEND:.0f}°",
            "at most",
            "measured before",
            "article",
        ),
        rows,
        "The number of sides of a closed boundary was even in every run.",
    )


def spiral_regions() -> None:
    """Item 6: linear regions in the square that is shown, −6…6."""
    before = {
        (8,): "30–36",
        (8, 8): "94–193",
        (8, 8, 8): "267–363",
        (100,): "4,700",
        (16,) * 4: "2,500–3,400",
        (28,) * 4: "9,000–9,800",
    }
    rows: list[tuple[object, ...]] = []
    for hidden, known in before.items():
        found, accuracy = trained("spiral", hidden, 200)
        most = bound(cuts(Architecture((2, *hidden, 1), ("relu",) * len(hidden), "binary"), 2))
        name = "-".join(map(str, hidden))
        rows.append((name, spread([len(each) for each in found]), f"{most:,}", known, accuracy))
    table(
        f"6. Spiral: linear regions, ReLU, He, Adam 0.01, batch 32, 200 epochs, {SEEDS} seeds",
        ("network", "regions, median (least–most)", "at most", "measured before", "test accuracy, %"),
        rows,
        "At most: Σ C(n, k), k ≤ 2, for each layer, multiplied. More regions are no better answer: compare 100 neurons "
        "with 8-8-8.",
    )


def trained(data: str, hidden: tuple[int, ...], epochs: int) -> tuple[list[Regions], Mean]:
    """The regions of networks from so many seeds after training, and their test accuracy in %."""
    base = ExperimentConfig().changed("data", name=data).changed("training", batch_size=32, learning_rate=0.01)
    base = base.changed("network", hidden=hidden, activations=("relu",) * len(hidden))
    stack = Lockstep([base.changed(seed=seed).changed("data", seed=seed) for seed in range(SEEDS)])
    for _ in range(epochs):
        stack.run_epoch()
    right = stack.measure().test_accuracy
    assert right is not None
    return [regions(Network(stack.architecture, theta)) for theta in stack.theta], Mean(
        100 * float(np.mean(right)), 100 * float(np.std(right)), 1
    )


def corners(of: Regions) -> int:
    """How many corners of a closed boundary turn by more than BEND."""
    line = of.boundary.lines[0][:-1]
    along = np.roll(line, -1, axis=0) - line
    angles = np.degrees(np.arctan2(along[:, 1], along[:, 0]))
    turns = (np.diff(angles, append=angles[0]) + 180) % 360 - 180
    return int((np.abs(turns) > BEND).sum())
