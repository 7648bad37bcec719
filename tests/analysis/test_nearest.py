"""A click beside samples, and what lies under the mouse as the network's inputs."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.grids import bit_inputs, inputs_at, line_inputs
from mlp_playground.analysis.nearest import example_near
from mlp_playground.analysis.slice import slice_of
from mlp_playground.data.dataset import Dataset, Samples, Scale, Space
from mlp_playground.data.extent import HOME, Extent


def _data(space: Space, n_in: int) -> Dataset:
    rng = np.random.default_rng(3)
    X = rng.normal(size=(n_in, 40)).astype(np.float32)
    y = (X[0] > 0).astype(np.int64)
    scales = tuple(Scale(f"column {i}") for i in range(n_in)) if space == "table" else ()
    train, test = (Samples(X[:, part], y[part]) for part in (slice(0, 30), slice(30, 40)))
    return Dataset("some", "binary", train, test, ("a", "b"), space, None, scales)


def test_a_click_is_on_the_nearest_sample_or_on_the_place_itself() -> None:
    data = _data("plane", 2)
    x1, x2 = data.test.X[:, 4].tolist()
    found = example_near(data, None, (x1 + 0.001, x2), 0.1)
    assert np.array_equal(found.x, data.test.X[:, 4])
    assert (found.target, found.words) == (float(data.test.y[4]), "test sample 5")
    beside = example_near(data, None, (50.0, 60.0), 0.1)
    assert beside.x.tolist() == [50, 60]
    assert beside.target is None


def test_on_the_plane_through_a_table_too() -> None:
    data = _data("table", 4)
    plane = slice_of(data)
    assert plane is not None
    place = plane.project(data.train.X)[:, 7]
    assert example_near(data, plane, (place[0], place[1]), 0.01).words == "training sample 8"
    beside = example_near(data, plane, (9.0, 8.0), 0.01)
    assert beside.x == pytest.approx(plane.origin + 9 * plane.directions[:, 0] + 8 * plane.directions[:, 1], rel=1e-5)


def test_a_place_of_the_picture_is_what_the_network_hears_there() -> None:
    extent = Extent((1.0, 2.0), 4.0)
    assert inputs_at(_data("plane", 2), None, extent, 0.25, 0.25).tolist() == [-1, 4]
    table = _data("table", 4)
    plane = slice_of(table)
    assert plane is not None
    assert plane.project(inputs_at(table, plane, HOME, 0.5, 0.5)[:, None]) == pytest.approx(np.zeros((2, 1)), abs=1e-5)
    assert inputs_at(_data("line", 1), None, HOME, 0.5, 0.9) == pytest.approx(line_inputs(3)[:1, 1])
    board = bit_inputs(5)[:-1].reshape(5, 4, 8)
    assert inputs_at(_data("bits", 5), None, HOME, 0.99, 0.3).tolist() == board[:, 1, 7].tolist()
    with pytest.raises(ValueError, match="over a plane"):
        inputs_at(_data("pictures", 784), None, HOME, 0.5, 0.5)
