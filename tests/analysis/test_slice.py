"""Planes through tables, against a singular value decomposition by hand and scikit-learn, and networks over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mlp_playground.analysis.field import Field, Map, observe_field, slice_levels
from mlp_playground.analysis.grids import centres
from mlp_playground.analysis.slice import Slice, column_slice, pca_slice, slice_of
from mlp_playground.data import toy
from mlp_playground.data.dataset import Dataset, Samples, Scale
from mlp_playground.nn.network import Architecture, Network

NAMES = "abcde"


def table(n_in: int = 5, n: int = 80, seed: int = 0, X: np.ndarray | None = None) -> Dataset:
    """A table of correlated columns around a mean that is not 0; half of it to train with."""
    rng = np.random.default_rng(seed)
    if X is None:
        X = rng.normal(size=(n_in, n_in)) @ rng.normal(size=(n_in, n)) + rng.normal(size=(n_in, 1))
    n_in, n = X.shape
    y = np.arange(n) % 2
    train, test = (
        Samples(part.astype(np.float32), labels) for part, labels in zip(np.split(X, 2, 1), np.split(y, 2), strict=True)
    )
    scales = tuple(Scale(name, 2.0, k) for k, name in enumerate(NAMES[:n_in]))
    return Dataset("made", "binary", train, test, ("no", "yes"), "table", inputs=scales)


def unit(directions: np.ndarray) -> np.ndarray:
    return np.asarray(directions / np.linalg.norm(directions, axis=0))


@pytest.mark.parametrize("n_in", [3, 5])
def test_components_are_the_singular_vectors(n_in: int) -> None:
    data = table(n_in)
    X = data.train.X.astype(float)
    U, s, _ = np.linalg.svd(X - X.mean(axis=1, keepdims=True), full_matrices=False)
    found = pca_slice(data)
    assert found.kind == "components"
    assert found.origin == pytest.approx(X.mean(axis=1))
    assert np.abs(U[:, :2].T @ unit(found.directions)) == pytest.approx(np.eye(2), abs=1e-6)
    assert found.shares == pytest.approx(s[:2] ** 2 / (s**2).sum())


def test_components_are_scikit_learns() -> None:
    decomposition = pytest.importorskip("sklearn.decomposition", reason="scikit-learn is not installed")
    data = table()
    theirs = decomposition.PCA(2).fit(data.train.X.T)
    ours = pca_slice(data)
    assert ours.origin == pytest.approx(theirs.mean_, abs=1e-5)
    assert ours.shares == pytest.approx(theirs.explained_variance_ratio_, abs=1e-5)
    signs = np.sign((unit(ours.directions) * theirs.components_.T).sum(axis=0))
    assert unit(ours.directions) == pytest.approx(theirs.components_.T * signs, abs=1e-4)
    lengths = np.linalg.norm(ours.directions, axis=0)
    projected = theirs.transform(data.test.X.T).T * signs[:, None] / lengths[:, None]
    assert ours.project(data.test.X) == pytest.approx(projected, abs=1e-4)


def test_components_point_to_where_their_largest_column_rises() -> None:
    for seed in range(10):
        directions = pca_slice(table(seed=seed)).directions
        assert (directions[np.abs(directions).argmax(axis=0), [0, 1]] > 0).all()


def test_all_samples_fill_the_plane() -> None:
    data = table()
    found = pca_slice(data)
    projected = np.concatenate([found.project(data.train.X), found.project(data.test.X)], axis=1)
    assert np.abs(projected).max(axis=1) == pytest.approx([5, 5])


def test_an_axis_counts_in_the_inputs_units() -> None:
    data = table()
    found = pca_slice(data)
    away = data.train.X.astype(float) - found.origin[:, None]
    for k in (0, 1):
        projected = unit(found.directions)[:, k] @ away
        shown = [found.axes[k].back(u) for u in found.project(data.train.X)[k]]
        assert shown == pytest.approx(projected.tolist())
        assert found.axes[k].name == f"component {k + 1}"


def test_only_what_is_learned_from_decides() -> None:
    data = table()
    other = replace(data, test=Samples(data.train.X[:, :2] / 2, data.train.y[:2]))
    assert pca_slice(other).origin.tolist() == pca_slice(data).origin.tolist()
    assert unit(pca_slice(other).directions) == pytest.approx(unit(pca_slice(data).directions))


@pytest.mark.parametrize("X", [np.zeros((3, 8)), np.outer([1, 2, 3], np.arange(8))], ids=["one point", "one line"])
def test_samples_that_span_no_plane_are_drawn_in_one_all_the_same(X: np.ndarray) -> None:
    data = table(X=X)
    found = pca_slice(data)
    assert np.isfinite(found.directions).all()
    assert np.linalg.matrix_rank(found.directions) == 2
    assert np.isfinite(found.project(data.train.X)).all()
    assert 0 <= sum(found.shares) <= 1 + 1e-9


def test_columns_are_drawn_as_they_are_with_the_others_at_their_mean() -> None:
    data = table()
    found = column_slice(data, 3, 1)
    X = data.train.X.astype(float)
    assert found.kind == "columns"
    assert found.project(data.test.X) == pytest.approx(data.test.X[[3, 1]].astype(float))
    means = X.mean(axis=1)
    assert found.points(np.array([[2.0], [-4.0]]))[:, 0] == pytest.approx([means[0], -4, means[2], 2, means[4]])
    assert found.axes == (data.inputs[3], data.inputs[1])
    assert found.shares == pytest.approx(X.var(axis=1)[[3, 1]] / X.var(axis=1).sum())


@pytest.mark.parametrize("found", [pca_slice(table()), column_slice(table(), 0, 2)], ids=["components", "columns"])
def test_points_of_the_plane_are_their_own_projections(found: Slice) -> None:
    u = np.random.default_rng(0).uniform(-6, 6, (2, 20))
    assert found.project(found.points(u)) == pytest.approx(u)
    beside = found.points(u) + np.linalg.svd(found.directions)[0][:, 2:3] * 3
    assert found.project(beside) == pytest.approx(u), "what lies beside the plane is drawn where it is nearest to it"
    assert not found.origin.flags.writeable
    assert not found.directions.flags.writeable


def test_which_plane_is_drawn() -> None:
    data = table()
    assert slice_of(data) is slice_of(data, None) is pca_slice(data)
    assert slice_of(data, (0, 4)) is slice_of(data, (0, 4)) is column_slice(data, 0, 4)
    for gone in ((0, 5), (-1, 2), (1, 1)):
        assert slice_of(data, gone) is pca_slice(data)
    assert slice_of(toy.make("xor", 20, 0, 0.5, 0), (0, 1)) is None
    assert slice_of(toy.make("parity", 20, 0, 0.5, 0)) is None


# -- a network over the plane -----------------------------------------------------------------------------------------


def network(n_in: int = 5, head: str = "binary", seed: int = 1) -> Network:
    shape = Architecture((n_in, 4, 3 if head == "classes" else 1), ("tanh",), head)
    return Network(shape, np.random.default_rng(seed).normal(0, 0.5, shape.n_parameters).astype(np.float32))


def seen(plane: Slice, head: str = "binary", resolution: int = 48) -> Field:
    return observe_field(network(head=head), "table", (), resolution, (0, 2), plane)


def at(plane: Slice, u1: float, u2: float, value: Callable[[np.ndarray], float]) -> float:
    return value(np.asarray(plane.origin + plane.directions @ [u1, u2]))


def hidden(x: np.ndarray) -> np.ndarray:
    first = network()
    return np.asarray(np.tanh(first.W[0].astype(float) @ x + first.b[0]))


def logit(x: np.ndarray) -> float:
    first = network()
    return float(first.W[1].astype(float)[0] @ hidden(x) + first.b[1][0])


PLANES = pytest.mark.parametrize(
    "plane", [pca_slice(table()), column_slice(table(), 4, 0)], ids=["components", "columns"]
)


@PLANES
def test_answers_and_neurons_are_those_at_the_planes_points(plane: Slice) -> None:
    field = seen(plane)
    assert field.space == "table"
    assert field.slice is plane
    assert isinstance(field.answer, Map)
    assert field.focus is not None
    axis = centres(48)
    for row, column in ((0, 0), (5, 40), (47, 47), (23, 24), (40, 3)):
        u = axis[column], axis[47 - row]
        answer = at(plane, *u, lambda x: np.tanh(logit(x) / 2))
        assert field.answer.values[row, column] == pytest.approx(answer, abs=1e-4)
        assert field.focus.values[row, column] == pytest.approx(at(plane, *u, lambda x: hidden(x)[2]), abs=1e-4)
    assert field.thumbnails[0].shape == (4, 32, 32)


@PLANES
def test_the_boundary_is_where_the_network_is_undecided(plane: Slice) -> None:
    field = seen(plane, resolution=128)
    points = np.concatenate(field.boundary)
    logits = [abs(at(plane, *point, logit)) for point in points]
    corners = [abs(at(plane, *u, logit)) for u in ((-6, -6), (-6, 6), (6, -6), (6, 6))]
    assert len(points) > 20
    assert max(logits) < 0.02 * max(corners)


def test_of_classes_the_borders_are_drawn_too() -> None:
    field = seen(pca_slice(table()), "classes")
    assert field.outputs.shape == (3, 32, 32)
    assert len(field.boundary) > 0


def test_the_columns_over_the_plane_as_small_pictures() -> None:
    levels = slice_levels(column_slice(table(), 4, 0))
    assert levels.shape == (5, 32, 32)
    assert (np.diff(levels[4].astype(int), axis=1) > 0).all()
    assert (np.diff(levels[0].astype(int), axis=0) < 0).all()
    assert len(np.unique(levels[1])) == 1
    assert not levels.flags.writeable
