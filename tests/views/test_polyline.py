"""Lines for painters: all of their points arrive, and what is left out can't be seen."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from mlp_playground.views.polyline import polyline, thinned

RNG = np.random.default_rng(0)


def distance(points: np.ndarray, line: np.ndarray) -> float:
    """How far the farthest of the points is from a line, piece by piece."""
    nearest = np.full(len(points), np.inf)
    for start, end in pairwise(line):
        along = end - start
        share = np.clip((points - start) @ along / max(along @ along, 1e-300), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(points - start - share[:, None] * along, axis=1))
    return float(nearest.max())


def test_a_painter_gets_every_point() -> None:
    points = RNG.normal(size=(37, 2))
    assert [(p.x(), p.y()) for p in polyline(points).toList()] == [tuple(point) for point in points.tolist()]
    assert polyline(points[:, ::-1]).at(3).x() == points[3, 1], "also of points that do not lie side by side"
    assert polyline(points[:0]).isEmpty()


@pytest.mark.parametrize("tolerance", [0.05, 0.3])
@pytest.mark.parametrize("n", [2, 3, 17, 18, 250])
def test_the_line_stays_near_every_point_that_it_goes_without(n: int, tolerance: float) -> None:
    t = np.linspace(0, 1, n)
    lines = {
        "wave": np.stack([400 * t, 60 * np.sin(9 * t)], 1),
        "ring": np.stack([30 * np.cos(2 * np.pi * t), 30 * np.sin(2 * np.pi * t)], 1),
        "corners": np.stack([400 * t, 50 * np.abs(np.mod(7 * t, 2) - 1)], 1),
        "there and back": np.stack([40 * np.sin(5 * t), 0 * t], 1),
        "noise": RNG.normal(size=(n, 2)),
    }
    for name, line in lines.items():
        kept = thinned(line, tolerance)
        assert kept[0].tolist() == line[0].tolist(), name
        assert kept[-1].tolist() == line[-1].tolist(), name
        assert distance(line, kept) <= tolerance + 1e-9, name


def test_what_is_straight_needs_few_points_and_a_corner_stays() -> None:
    line = np.concatenate(
        [np.stack([np.arange(80.0), np.zeros(80)], 1), np.stack([np.full(80, 80.0), np.arange(80.0)], 1)]
    )
    kept = thinned(line)
    assert len(kept) < 24
    assert any(np.abs(kept - (80, 0)).max(axis=1) < 1e-9)
    ring = np.stack([np.cos(np.linspace(0, 2 * np.pi, 17)), np.sin(np.linspace(0, 2 * np.pi, 17))], 1)
    assert len(thinned(10 * ring)) == 17, "its ends are one, and it is no point"
