"""How well a sample's nearest neighbours answer for it: what a network could learn of these data, without a network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.arrays import Array

NEIGHBOURS = 5
"""An odd number, so that two classes can't draw; few enough for the narrow arms of a spiral."""


def nearest(X: Array, k: int = NEIGHBOURS) -> NDArray[np.int64]:
    """For each of the samples X (n_in, N) the `k` others that are nearest to it: their numbers (N, k), unordered.

    Fewer where there are no more others.
    """
    X = X.astype(np.float64)
    squares = np.square(X).sum(axis=0)
    distance = squares[:, None] + squares[None, :] - 2 * (X.T @ X)
    np.fill_diagonal(distance, np.inf)
    k = min(k, X.shape[1] - 1)
    return np.asarray(np.argpartition(distance, k - 1, axis=1)[:, :k], np.int64)


def neighbours_answer(X: Array, Y: Array, k: int = NEIGHBOURS) -> Array:
    """For each sample the mean target (n_out, N) of its `k` nearest others; leave-one-out (Fix and Hodges, 1951)."""
    return np.asarray(Y[:, nearest(X, k)].mean(axis=2))
