"""What travels through the network: samples of both kinds, the plane's grid, a cube's edges."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from mlp_playground.analysis.slice import pca_slice
from mlp_playground.analysis.space.cloud import DIGITS, MOST_POINTS, cloud_of
from mlp_playground.data import toy
from mlp_playground.data.dataset import Dataset, Samples, Scale


def made(n_in: int, n: int, space: str, shape: tuple[int, int] | None = None) -> Dataset:
    rng = np.random.default_rng(0)
    parts = [Samples(rng.normal(size=(n_in, n)).astype(np.float32), np.arange(n) % 3) for _ in range(2)]
    inputs = tuple(Scale(f"c{k}") for k in range(n_in)) if shape is None else ()
    return Dataset("made", "classes", *parts, ("a", "b", "c"), space, shape, inputs)  # type: ignore[arg-type]


def test_points_of_the_plane_with_its_grid() -> None:
    data = toy.make("circle", 2000, 0, 0.25, 0)
    cloud = cloud_of(data)
    assert cloud is cloud_of(data)
    assert len(cloud.samples) == MOST_POINTS
    assert cloud.total == 2000
    assert cloud.n_train == round(MOST_POINTS * len(data.train) / 2000)
    assert cloud.X[:, : cloud.n_train] == pytest.approx(data.train.X[:, : cloud.n_train])
    assert cloud.X[:, cloud.n_train :] == pytest.approx(data.test.X[:, : MOST_POINTS - cloud.n_train])
    assert sum(cloud.pieces) == cloud.lines.shape[1]
    ends = np.cumsum(cloud.pieces)
    for start, end in pairwise([0, *ends]):
        assert (np.ptp(cloud.lines[:, start:end], axis=1) == 0).sum() == 1, "upright or level"
    assert sum(cloud.strong) == 2
    assert cloud.features is None
    assert cloud_of(data, ("x1^2", "x2")).features == ("x1^2", "x2")
    assert cloud_of(data, ("x1^2", "x2")).inputs == ("x₁²", "x₂")


def test_a_line_has_one_and_bits_have_their_cube() -> None:
    line = cloud_of(toy.make("sine", 50, 0, 0.5, 0))
    assert (line.X.shape[0], line.pieces, line.has_plane) == (1, (257,), False)
    bits = cloud_of(toy.make("parity", 20, 0, 0.5, 0))
    n = bits.X.shape[0]
    assert bits.X.shape == (n, 2**n)
    assert bits.samples.y.tolist() == ((bits.X > 0).sum(axis=0) % 2).tolist()
    assert len(bits.pieces) == n * 2 ** (n - 1)
    ends = np.cumsum(bits.pieces)
    for start, end in pairwise([0, *ends]):
        assert np.abs(bits.lines[:, end - 1] - bits.lines[:, start]).tolist().count(2) == 1


def test_tables_have_the_plane_through_them_and_digits_none() -> None:
    table = made(5, 40, "table")
    cloud = cloud_of(table)
    plane = pca_slice(table)
    assert plane.points(plane.project(cloud.lines)) == pytest.approx(cloud.lines)
    assert cloud.axes == cloud.inputs == ("c0", "c1", "c2", "c3", "c4")
    digits = made(16, 900, "pictures", (4, 4))
    cloud = cloud_of(digits)
    assert (cloud.n_train, cloud.total, cloud.lines.shape, cloud.has_plane) == (0, 900, (16, 0), False)
    assert pytest.approx(digits.test.X[:, :DIGITS]) == cloud.X


def test_the_grid_reaches_as_far_as_the_data() -> None:
    X = np.array([[3.0, -4, 30], [2, 1, -8]], np.float32)
    parts = Samples(X, np.array([0, 1, 1])), Samples(X[:, :1], np.array([0]))
    cloud = cloud_of(Dataset("far", "binary", *parts, ("a", "b")))
    assert cloud.half_width == np.abs(cloud.lines).max() == 30
    assert sorted({*cloud.lines[0, -cloud.pieces[0] :: 8].tolist()}) == [5.0 * k for k in range(-6, 7)]
