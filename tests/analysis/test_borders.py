"""The borders between classes: exact, complete, and joined to lines."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.regions import regions
from mlp_playground.nn.network import Architecture, Network

SIDE = 6.0


def test_a_region_is_cut_where_its_classes_draw_level() -> None:
    shape = Architecture((2, 4, 3), ("relu",), "classes")
    of = Network(shape, np.random.default_rng(4).normal(size=shape.n_parameters))
    found = regions(of)
    assert found.maps.shape == (len(found), 3, 3)
    for (a, b), r in zip(found.boundary.pieces, found.boundary.within, strict=True):
        first, second, third = np.sort(found.maps[r] @ (*(a + b) / 2, 1))[::-1]
        assert first == pytest.approx(second, abs=1e-9)
        assert third < second
        assert found.at(*(a + b) / 2) == r
    # walking along rows, the answer changes exactly where a piece is crossed
    axis = np.linspace(-SIDE, SIDE, 4001)
    for height in (-3.3, 0.123, 4.1):
        points = np.stack([axis, np.full_like(axis, height)])
        a = np.maximum(of.W[0] @ points + of.b[0][:, None], 0)
        changes = np.flatnonzero(np.diff((of.W[1] @ a + of.b[1][:, None]).argmax(axis=0)))
        (ax, ay), (bx, by) = np.moveaxis(found.boundary.pieces, 0, 2)
        crossed = (ay > height) != (by > height)
        crossings = np.sort((ax + (height - ay) / (by - ay) * (bx - ax))[crossed])
        assert crossings == pytest.approx(axis[changes], abs=2 * SIDE / 2000)
        assert len(crossings) >= 1


def test_a_boundary_along_a_fold_is_found_and_lines_are_joined() -> None:
    theta = np.array([1.0, 0, 0, -1, 0, 0, 1, -1, 0])  # relu(x₁) − relu(−x₁) = x₁: 0 just on both folds
    found = regions(Network(Architecture((2, 2, 1), ("relu",), "binary"), theta))
    assert len(found) == 2
    assert sorted(found.boundary.pieces[0].tolist()) == [[0, -SIDE], [0, SIDE]]
    diamond = np.array([1.0, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 1, 1, 1, 1, -2])  # |x₁| + |x₂| = 2
    found = regions(Network(Architecture((2, 4, 1), ("relu",), "binary"), diamond))
    assert (len(found), len(found.boundary), found.boundary.loops) == (4, 4, 1)
    assert {tuple(corner) for corner in found.boundary.lines[0].tolist()} == {(2, 0), (0, 2), (-2, 0), (0, -2)}


def test_a_border_that_goes_straight_on_is_one_piece() -> None:
    # |x₁| + |x₂| = 2 with a fifth neuron that nobody hears, whose line cuts two sides of the diamond
    theta = np.array([1.0, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 1, 0.1, -0.7, 1, 1, 1, 1, 0, -2])
    found = regions(Network(Architecture((2, 5, 1), ("relu",), "binary"), theta))
    assert len(found) > 4
    assert (len(found.boundary), found.boundary.straight, found.boundary.loops) == (6, 4, 1)
    assert {tuple(corner) for corner in found.boundary.lines[0].tolist()} == {(2, 0), (0, 2), (-2, 0), (0, -2)}
    # x₂ = 1 from edge to edge, across the fold of a neuron that nobody hears
    line = np.array([0.0, 1, 10, 1, 0, 0, 1, 0, -11])
    found = regions(Network(Architecture((2, 2, 1), ("relu",), "binary"), line))
    assert (len(found.boundary), found.boundary.straight, found.boundary.loops) == (2, 1, 0)
