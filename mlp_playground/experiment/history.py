"""The curves of a run in bounded memory: when they grow too long, every other record goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
    """Records of Metrics by epoch. At most `limit` are kept, evenly spaced over the run, the first one always."""

    def __init__(self, limit: int = 4096) -> None:
        self._limit = limit
        self._rows: list[tuple[float, ...]] = []
        self.stride = 1

    def is_due(self, epoch: int) -> bool:
        """Whether this epoch is one of those that are kept, so that others need not be measured."""
        return epoch % self.stride == 0

    def record(self, epoch: int, metrics: Metrics) -> None:
        """Add one record. An epoch that is not due, or is already recorded, is passed over."""
        if not self.is_due(epoch) or (self._rows and self._rows[-1][0] >= epoch):
            return
        accuracies = (metrics.train_accuracy, metrics.test_accuracy)
        numbers = (np.nan if a is None else a for a in accuracies)
        self._rows.append((epoch, metrics.train_loss, metrics.test_loss, *numbers))
        if len(self._rows) >= self._limit:
            self.stride *= 2
            self._rows = [row for row in self._rows if self.is_due(int(row[0]))]

    def table(self) -> NDArray[np.float64]:
        """A read-only copy, shape (5, n): epoch, train loss, test loss, train accuracy, test accuracy (NaN: none)."""
        table: NDArray[np.float64] = np.array(self._rows, np.float64).reshape(-1, 5).T.copy()
        table.flags.writeable = False
        return table

    @classmethod
    def from_table(cls, table: NDArray[np.float64], stride: int) -> History:
        """The history that `table` and `stride` were taken from."""
        history = cls()
        history._rows = [tuple(float(x) for x in row) for row in table.T]
        history.stride = stride
        return history
