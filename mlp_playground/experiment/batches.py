"""Minibatches in an order that is new every epoch, in buffers that are made once."""

from __future__ import annotations

import numpy as np

from mlp_playground.nn.arrays import Array


class Batches:
    """Cuts X (n_in + 1, N) and Y (n_out, N) into minibatches of `size` columns; the last one may be smaller.

    `shuffle` reorders the samples; `views[i]` is then the i-th minibatch (X, Y). The views stay the same objects.
    """

    def __init__(self, X: Array, Y: Array, size: int) -> None:
        self._X, self._Y = X, Y
        n = X.shape[1]
        # samples as rows in memory, so that gathering one copies one run of numbers; as columns to everyone else
        self._rows_X, self._rows_Y = np.empty((n, X.shape[0]), X.dtype), np.empty((n, Y.shape[0]), Y.dtype)
        cuts = [slice(start, start + size) for start in range(0, n, size)]
        self.views = [(self._rows_X[cut].T, self._rows_Y[cut].T) for cut in cuts]
        self.sizes = {X.shape[1] for X, _ in self.views}

    def __len__(self) -> int:
        return len(self.views)

    def shuffle(self, rng: np.random.Generator) -> None:
        """Put all samples in a new random order."""
        order = rng.permutation(self._X.shape[1])
        # a mode other than "raise" writes straight into `out`; "raise" would make a copy of all samples first
        np.take(self._X.T, order, axis=0, out=self._rows_X, mode="clip")
        np.take(self._Y.T, order, axis=0, out=self._rows_Y, mode="clip")
