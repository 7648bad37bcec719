"""The nearest neighbours against sorting all distances, and against scikit-learn where it is there."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.neighbours import nearest, neighbours_answer


def test_neighbours_are_the_nearest_others_and_answer_their_mean() -> None:
    rng = np.random.default_rng(2)
    X, Y = rng.normal(size=(3, 50)).astype(np.float32), rng.normal(size=(2, 50))
    for i, found in enumerate(nearest(X)):
        far = np.linalg.norm(X - X[:, i : i + 1], axis=0)
        by_hand = [j for j in np.argsort(far) if j != i][:5]
        assert set(found) == set(by_hand)
        assert neighbours_answer(X, Y)[:, i] == pytest.approx(Y[:, by_hand].mean(axis=1))
    assert nearest(X[:, :3]).shape == (3, 2)


def test_they_are_scikit_learns() -> None:
    neighbours = pytest.importorskip("sklearn.neighbors")
    X = np.random.default_rng(3).normal(size=(4, 200))
    theirs = neighbours.NearestNeighbors(n_neighbors=5).fit(X.T).kneighbors(return_distance=False)
    assert (np.sort(nearest(X), axis=1) == np.sort(theirs, axis=1)).all()
