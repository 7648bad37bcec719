"""Minibatches in an order that is new every epoch, in buffers that are made once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.arrays import Array

LARGE = 32_000_000
"""Bytes of samples up to which a whole epoch is gathered at once, which is quicker for many small minibatches. Of more
than that, each minibatch is gathered when its turn comes: a second copy of the full MNIST would take 190 MB."""


def batch_size(wanted: int, n_train: int) -> int:
    """How many samples a minibatch has: 0 asks for all. Raises InvalidValue for more than there are to train with."""
    if wanted > n_train:
        raise InvalidValue("batch size", wanted, f"at most {n_train}, the number of training samples, or 0 for all")
    return wanted or n_train


class Batches:
    """Cuts X (n_in + 1, N) and Y (n_out, N) into minibatches of `size` columns; the last one may be smaller.

    `shuffle` reorders the samples; `views[i]` is the i-th minibatch (X, Y) once `load(i)` was called. The views stay
    the same objects.
    """

    def __init__(self, X: Array, Y: Array, size: int) -> None:
        # samples as rows in memory, so that gathering one copies one run of numbers; as columns to everyone else
        self._source = X.T, Y.T
        n = X.shape[1]
        self._cuts = [slice(start, min(start + size, n)) for start in range(0, n, size)]
        self.order: NDArray[np.int64] = np.arange(n)
        self._is_whole = X.nbytes <= LARGE
        room = n if self._is_whole else size
        self._rows = np.empty((room, X.shape[0]), X.dtype), np.empty((room, Y.shape[0]), Y.dtype)
        self._places = self._cuts if self._is_whole else [slice(cut.stop - cut.start) for cut in self._cuts]
        self.views = [(self._rows[0][place].T, self._rows[1][place].T) for place in self._places]
        self.sizes = {X.shape[1] for X, _ in self.views}

    def __len__(self) -> int:
        return len(self.views)

    def shuffle(self, rng: np.random.Generator) -> None:
        """Put all samples in a new random order."""
        self.arrange(rng.permutation(len(self.order)))

    def arrange(self, order: NDArray[np.int64]) -> None:
        """Put all samples in the order (N,), a permutation of 0 … N − 1."""
        self.order = order
        if self._is_whole:
            self._gather(self.order, slice(None))

    def load(self, index: int) -> None:
        """Make `views[index]` hold its samples; of large data, the others then don't."""
        if not self._is_whole:
            self._gather(self.order[self._cuts[index]], self._places[index])

    def _gather(self, samples: NDArray[np.int64], place: slice) -> None:
        for source, rows in zip(self._source, self._rows, strict=True):
            # a mode other than "raise" writes straight into `out`; "raise" would make a copy first
            np.take(source, samples, axis=0, out=rows[place], mode="clip")
