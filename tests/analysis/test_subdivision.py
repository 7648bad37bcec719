"""Cutting a square: corners and edges are shared, faces are closed, and what only touches is left whole."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from mlp_playground.analysis.subdivision import LEFT, Subdivision, TooMany

NONE = np.zeros(1)


def cut(square: Subdivision, w1: float, w2: float, b: float, most: int | None = None) -> None:
    square.tell(square.points @ np.array([[w1], [w2]]) + b, NONE)
    square.cut(0, most)


def test_two_lines_by_hand() -> None:
    square = Subdivision((1.0, 0.0), 2.0)  # x₁ from −1 to 3, x₂ from −2 to 2
    cut(square, 1, 0, -1)  # x₁ = 1
    assert (square.n_faces, square.n_corners, square.n_edges) == (2, 6, 7)
    assert square.origin.tolist() == [0, 0]
    assert square.middles().tolist() == [[0.5, 0], [-0.5, 0]], "the part above 0 keeps its number"
    cut(square, 0, 1, -0.5)  # x₂ = ½
    assert (square.n_faces, square.n_corners, square.n_edges) == (4, 9, 12)
    assert square.origin.tolist() == [0, 1, 0, 1]
    corners, begins = square.outlines()
    assert begins.tolist() == [0, 4, 8, 12, 16]
    first = square.points[corners[:4]].tolist()
    assert {tuple(corner) for corner in first} == {(1, 0.5), (3, 0.5), (3, 2), (1, 2)}
    for (ax, ay), (bx, by), (cx, cy) in zip(first, first[1:] + first[:1], first[2:] + first[:2], strict=True):
        assert (bx - ax) * (cy - by) - (by - ay) * (cx - bx) > 0, "anticlockwise"
    assert square.faces_at(square.points[:, 0] == 3).tolist() == [True, False, True, False]


def test_all_functions_are_known_at_new_corners() -> None:
    square, W = Subdivision((0.5, -2.0), 4.0), np.random.default_rng(0).normal(size=(2, 5))
    square.tell(square.points @ W, np.zeros(5))
    for k in range(5):
        square.cut(k)
        assert square.functions() == pytest.approx(square.points @ W, abs=1e-14)
    assert square.points == pytest.approx(square.places * 4 + (0.5, -2), abs=1e-15)
    corners, begins = square.outlines()
    around = [set(corners[first:last]) for first, last in pairwise(begins)]
    assert all(corner in around[face] for corner, face in enumerate(square.face_at_corner()))


def test_a_line_through_corners_makes_no_new_ones_and_one_that_touches_cuts_nothing() -> None:
    square = Subdivision((0.0, 0.0), 1.0)
    cut(square, 1, 1, 0)  # the diagonal
    assert (square.n_faces, square.n_corners, square.n_edges) == (2, 4, 5)
    for touching in ((1, 1, 2), (-1, -1, -2), (1, 1, 0), (0, 1, 1), (0, -1, -1)):
        cut(square, *touching)
        assert square.n_faces == 2
    cut(square, 1, -1, 0)  # the other diagonal
    assert (square.n_faces, square.n_corners) == (4, 5)
    corners, begins = square.outlines()
    assert np.diff(begins).tolist() == [3, 3, 3, 3]
    assert (corners == 4).sum() == 4, "all four share the middle"


def test_more_faces_than_allowed_and_a_face_that_is_open_are_told() -> None:
    square = Subdivision((0.0, 0.0), 1.0)
    cut(square, 1, 0, 0, most=2)
    with pytest.raises(TooMany):
        cut(square, 0, 1, 0, most=3)
    square.edges[LEFT, 0] = 2
    with pytest.raises(ArithmeticError, match="not closed"):
        square.outlines()
