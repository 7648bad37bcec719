"""Patterns on a grid are those that are there, and neighbours look different."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.patterns import COARSEST, FINEST, KINDS, grid_side, kinds_of, patterns
from mlp_playground.analysis.pieces import Question, pieces
from mlp_playground.analysis.regions import PLANE, Regions, regions
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.nn.network import Architecture, Network


def network(*hidden: int, names: tuple[str, ...] = ("relu",) * 3, seed: int = 0) -> Network:
    shape = Architecture((2, *hidden, 1), names[: len(hidden)], "binary")
    return Network(shape, np.random.default_rng(seed).normal(0, 0.7, shape.n_parameters))


def test_a_grid_counts_the_patterns_that_it_hits() -> None:
    of, extent = network(9, 4, 5, names=("relu", "linear", "leaky-relu")), Extent((1.0, -2.0), 3.0)
    found = patterns(of, PLANE, extent)
    n = found.numbers.shape[0]
    assert found.numbers.shape == found.kinds.shape == (n, n) == (FINEST, FINEST)
    axis = (np.arange(n) + 0.5) / n * 6 - 3
    x1, x2 = np.meshgrid(1 + axis, -2 - axis)
    z1 = of.W[0] @ np.stack([x1.ravel(), x2.ravel()]) + of.b[0][:, None]
    z3 = of.W[2] @ (of.W[1] @ np.maximum(z1, 0) + of.b[1][:, None]) + of.b[2][:, None]
    above = np.concatenate([z1, z3]) > 0
    rows, numbers = np.unique(above, axis=1, return_inverse=True)
    assert len(found) == found.count == rows.shape[1] > 20
    pairs = np.unique(np.stack([found.numbers.ravel(), numbers.ravel()]), axis=1)
    assert pairs.shape[1] == len(found), "the same pixels belong together"
    assert (found.kinds.ravel() == kinds_of(above.T)).all()
    assert len(found) <= len(regions(of, PLANE, extent))


def test_neighbours_have_other_colours_and_the_grid_the_same_ones() -> None:
    of = network(8, 8)
    found, grid = regions(of), patterns(of, PLANE, HOME)
    kinds = kinds_of(found.patterns)
    left, right = found.sides[:, found.sides[1] >= 0]
    assert (kinds[left] != kinds[right]).all()
    assert 4 < len(np.unique(kinds)) <= KINDS
    for row, column in np.random.default_rng(0).integers(0, FINEST, (100, 2)).tolist():
        r = found.at(*HOME.point((column + 0.5) / FINEST, (row + 0.5) / FINEST))
        assert r is not None
        assert grid.kinds[row, column] == kinds[r]


def test_large_networks_get_a_coarser_grid() -> None:
    sides = [grid_side(network(*hidden).architecture) for hidden in ((8, 8), (256, 256), (1024, 1024, 1024))]
    assert sides == [FINEST, 128, COARSEST]


@pytest.mark.parametrize(("scale", "most"), [(1.0, 100), (1e200, 10_000)])
def test_what_can_not_be_cut_is_counted(scale: float, most: int) -> None:
    of = network(12, 12)
    of.theta *= scale  # the large one overflows
    asked = Question(of.architecture, of.theta, PLANE, HOME, most)
    counted = pieces(asked)
    assert not isinstance(counted, Regions)
    assert len(counted) == len(patterns(of, PLANE, HOME))


def test_what_can_be_cut_is_exact() -> None:
    of = network(6)
    found = pieces(Question(of.architecture, of.theta, PLANE, Extent((1.0, 1.0), 2.0)))
    assert isinstance(found, Regions)
    assert found.areas().sum() == pytest.approx(16)
