"""Strokes on the canvas, each of which gives a new value."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.data import drawing
from mlp_playground.data.dataset import Samples
from mlp_playground.data.drawing import add_points, brush, clear, erase
from mlp_playground.data.own import OwnData
from mlp_playground.data.toy import COLOURS
from mlp_playground.errors import InvalidValue

THREE = np.array([[0.0, 1.0, 2.0], [0.0, 1.0, -2.0]])


def from_table(n_in: int = 2, task: str = "binary") -> OwnData:
    X = np.zeros((n_in, 4), np.float32)
    names, ones = tuple("abcd"[:n_in]), (1.0,) * n_in
    if task == "regression":
        return OwnData("t.csv", "regression", Samples(X, np.zeros(4, np.float32)), names, (), ones, ones)
    return OwnData("t.csv", "binary", Samples(X, np.array([0, 1, 0, 1])), names, ("green", "no"), ones, ones)


def test_an_empty_canvas_has_classes_and_no_points() -> None:
    assert len(clear().samples) == 0
    assert (clear().task, clear().classes, clear().space) == ("binary", ("orange", "blue"), "plane")
    assert (clear(3).task, clear(3).classes) == ("classes", ("orange", "blue", "green"))
    assert clear(10).classes == COLOURS
    assert clear() == clear()


@pytest.mark.parametrize("n", [-1, 0, 1, 11])
def test_there_are_two_to_ten_classes(n: int) -> None:
    with pytest.raises(InvalidValue, match="a whole number from 2 to 10"):
        clear(n)


def test_points_are_added_at_the_end() -> None:
    first = add_points(None, THREE, 1)
    second = add_points(first, THREE[:, :1] + 3, 0)
    assert second.samples.X.T.tolist() == [[0, 0], [1, 1], [2, -2], [3, 3]]
    assert second.samples.y.tolist() == [1, 1, 1, 0]
    assert (len(first.samples), first.source) == (3, "drawn points")
    assert second.samples.X.dtype == np.float32
    assert second.samples.y.dtype == np.int64


def test_undo_is_the_value_before() -> None:
    first = add_points(None, THREE, 0)
    again = erase(add_points(first, THREE + 3, 1), (4, 2), 5)
    assert add_points(None, THREE, 0) == first != again


def test_points_outside_the_plane_are_left_out() -> None:
    points = np.array([[6.0, 6.1, 0.0, -6.0, -7.0], [0.0, 0.0, 6.5, -6.0, 0.0]])
    assert add_points(None, points, 0).samples.X.T.tolist() == [[6, 0], [-6, -6]]


@pytest.mark.parametrize(
    ("label", "n_classes", "classes"), [(0, 2, 2), (1, 2, 2), (2, 2, 3), (9, 2, 10), (0, 4, 4), (3, 5, 5)]
)
def test_there_are_as_many_classes_as_are_needed(label: int, n_classes: int, classes: int) -> None:
    for own in (None, clear()):
        added = add_points(own, THREE, label, n_classes)
        assert added.classes == COLOURS[:classes]
        assert added.task == ("binary" if classes == 2 else "classes")
        assert added.samples.y.tolist() == [label] * 3


def test_classes_never_get_fewer() -> None:
    assert len(add_points(clear(5), THREE, 0, 2).classes) == 5


@pytest.mark.parametrize(("label", "n_classes"), [(-1, 2), (10, 2), (0, 11)])
def test_more_than_ten_classes_are_refused(label: int, n_classes: int) -> None:
    for own in (None, clear()):
        with pytest.raises(InvalidValue, match="a whole number from"):
            add_points(own, THREE, label, n_classes)


def test_points_can_be_added_to_a_table_of_two_columns() -> None:
    own = from_table()
    added = add_points(own, THREE, 3)
    assert added.classes == ("green", "no", "green 3", "purple")
    assert (added.source, added.inputs, added.factor) == (own.source, own.inputs, own.factor)
    assert len(added.samples) == 7


def test_what_is_no_plane_of_classes_can_not_be_drawn_on() -> None:
    for own in (from_table(3), from_table(2, "regression")):
        with pytest.raises(InvalidValue, match=r"'t.csv' .* points of classes in the plane"):
            add_points(own, THREE, 0)
    with pytest.raises(InvalidValue, match=r"'t.csv' .* points in the plane"):
        erase(from_table(3), (0, 0), 1)


def test_points_can_be_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_POINTS", 6)
    full = add_points(add_points(None, THREE, 0), THREE, 1)
    with pytest.raises(InvalidValue, match="points: 9 is not allowed; it must be at most 6"):
        add_points(full, THREE, 0)
    assert add_points(full, THREE + 20, 0) == full, "nothing of that would have been in the plane"


def test_the_eraser_takes_what_lies_within_its_radius() -> None:
    own = add_points(add_points(None, THREE, 0), np.array([[2.0], [2.0]]), 1)
    left = erase(own, (1, 1), 1.5)
    assert left.samples.X.T.tolist() == [[2, -2]]
    assert left.samples.y.tolist() == [0]
    assert left.classes == own.classes
    assert erase(own, (0, 0), 100).samples.y.tolist() == []


def test_an_eraser_that_meets_nothing_changes_nothing() -> None:
    own = add_points(None, THREE, 0)
    assert erase(own, (-5, -5), 1) is own


def test_numbers_can_be_erased_too() -> None:
    assert len(erase(from_table(2, "regression"), (0, 0), 1).samples) == 0


def test_the_brush_spreads_normally_around_its_centre() -> None:
    points = brush(np.random.default_rng(0), (2, -1), 0.5, 20_000)
    assert points.shape == (2, 20_000)
    assert points.mean(axis=1) == pytest.approx([2, -1], abs=0.02)
    assert points.std(axis=1) == pytest.approx([0.5, 0.5], rel=0.03)
    assert np.corrcoef(points)[0, 1] == pytest.approx(0, abs=0.03)
    inside = (np.hypot(*(points - [[2], [-1]])) < 0.5).mean()
    assert inside == pytest.approx(1 - np.exp(-0.5), abs=0.02)


def test_a_brush_without_spread_is_a_pencil() -> None:
    assert brush(np.random.default_rng(0), (2, -1), 0, 1).tolist() == [[2], [-1]]
    assert brush(np.random.default_rng(0), (2, -1), 1, 0).shape == (2, 0)
