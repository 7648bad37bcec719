"""The curves of a run in bounded memory: when they grow too long, every other record goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.arrays import frozen


@dataclass(frozen=True)
class Metrics:
    """How good the network is: mean loss on the data (without penalties) and share of right answers.

    For regression there is no accuracy: it is None.
    """

    train_loss: float
    test_loss: float
    train_accuracy: float | None
    test_accuracy: float | None


class History:
    """Records of Metrics by epoch. At most `limit` are kept, evenly spaced over the run, the first one always.

    With each goes how many seconds were spent learning until then, which no two runs have alike: so they are apart from
    the table, which is the same to the bit whenever a run is repeated.
    """

    def __init__(self, limit: int = 4096) -> None:
        self._limit, self._count = limit, 0
        self._table, self._seconds = np.empty((5, limit)), np.empty(limit)
        self.stride = 1

    def is_due(self, epoch: int) -> bool:
        """Whether this epoch is one of those that are kept, so that others need not be measured."""
        return epoch % self.stride == 0

    def record(self, epoch: int, metrics: Metrics, seconds: float = np.nan) -> None:
        """Add one record. An epoch that is not due, or is already recorded, is passed over."""
        if not self.is_due(epoch) or (self._count and self._table[0, self._count - 1] >= epoch):
            return
        accuracies = (metrics.train_accuracy, metrics.test_accuracy)
        numbers = (np.nan if a is None else a for a in accuracies)
        self._table[:, self._count] = (epoch, metrics.train_loss, metrics.test_loss, *numbers)
        self._seconds[self._count] = seconds
        self._count += 1
        if self._count >= self._limit:
            self.stride *= 2
            table, times = self.table(), self.seconds()
            stays = table[0] % self.stride == 0
            self._take(table[:, stays], times[stays])

    def _take(self, table: NDArray[np.float64], seconds: NDArray[np.float64]) -> None:
        self._count = table.shape[1]
        if self._count >= self._table.shape[1]:  # from a file that kept more
            self._table, self._seconds = np.empty((5, self._count + 1)), np.empty(self._count + 1)
        self._table[:, : self._count], self._seconds[: self._count] = table, seconds

    def table(self) -> NDArray[np.float64]:
        """A read-only copy, shape (5, n): epoch, train loss, test loss, train accuracy, test accuracy (NaN: none)."""
        return frozen(self._table[:, : self._count].copy())

    def seconds(self) -> NDArray[np.float64]:
        """A read-only copy, shape (n,): seconds of learning until each record, NaN where nobody counted them."""
        return frozen(self._seconds[: self._count].copy())

    @classmethod
    def from_table(cls, table: NDArray[np.float64], stride: int, seconds: NDArray[np.float64] | None = None) -> History:
        """The history that `table` and `stride` were taken from, and `seconds` if they are as many."""
        history, n = cls(), table.shape[1]
        history._take(table, np.full(n, np.nan) if seconds is None or len(seconds) != n else seconds)
        history.stride = stride
        return history
