"""Which classes a network takes for which, and for numbers to predict how far off its answers are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Scale
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Confusion:
    """Of N samples their `labels` (N,) and the `answers` (N,), both numbers below `k`, of that many classes."""

    labels: NDArray[np.int64]
    answers: NDArray[np.int64]
    k: int

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many samples of the row's class were answered with the column's (k, k). Read-only."""
        counts = np.bincount(self.labels * self.k + self.answers, minlength=self.k**2)
        return frozen(counts.reshape(self.k, self.k).astype(np.int64))

    def samples(self, label: int, answer: int) -> NDArray[np.int64]:
        """Which samples of a class were answered with another one, or with their own."""
        return np.flatnonzero((self.labels == label) & (self.answers == answer))

    @cached_property
    def shares(self) -> Numbers:
        """Of each class, the shares of its answers (k, k): rows add up to 1, NaN where a class has no samples."""
        return _divided(self.counts, self.counts.sum(axis=1, keepdims=True))

    @cached_property
    def recall(self) -> Numbers:
        """Of each class's samples, the share that was recognised (k,); NaN for a class without samples."""
        return _divided(self.counts.diagonal(), self.counts.sum(axis=1))

    @cached_property
    def precision(self) -> Numbers:
        """Of all answers with a class, the share that was right (k,); NaN for a class that was never the answer."""
        return _divided(self.counts.diagonal(), self.counts.sum(axis=0))

    @property
    def accuracy(self) -> float:
        """The share of right answers."""
        return float(self.counts.trace() / max(int(self.counts.sum()), 1))


@dataclass(frozen=True, eq=False)
class Residuals:
    """What was to be predicted and what was, each (N,), in the data's own units. Read-only."""

    truth: Numbers
    answers: Numbers

    @property
    def rms(self) -> float:
        """The root of the mean square of all errors, in the same units."""
        return float(np.sqrt(np.mean(np.square(self.answers - self.truth))))

    @property
    def typical(self) -> float:
        """Half of the answers are no farther off."""
        return float(np.median(np.abs(self.answers - self.truth)))

    @property
    def explained(self) -> float:
        """R²: 1 for perfect answers, 0 for such that are no better than the mean, below 0 for worse; NaN where there is
        nothing to explain."""
        spread = float(np.square(self.truth - self.truth.mean()).sum())
        error = float(np.square(self.answers - self.truth).sum())
        return 1 - error / spread if spread > 0 else float("nan")


def confusion(network: Network, X: Array, labels: NDArray[np.int64], n_classes: int) -> Confusion:
    """The answers of `network` to X (n_in + 1, N, with a row of ones) against the `labels` (N,).

    Of several outputs the largest is the answer; a single one says the second class where it is above 0, which is a
    probability above a half.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        Z = network.predict(X)
    answers = Z.argmax(axis=0) if len(Z) > 1 else (Z[0] > 0).astype(np.int64)
    return Confusion(labels, frozen(answers), n_classes)


def residuals(network: Network, X: Array, targets: NDArray[np.float32], scale: Scale | None) -> Residuals:
    """The answers of `network` to X (n_in + 1, N, with a row of ones) against the `targets` (N,), in the units of
    `scale`."""
    head = network.architecture.the_head
    with np.errstate(over="ignore", invalid="ignore"):
        Z = network.predict(X)
        out = np.empty_like(Z)
        head.answer(Z, out)
    own = scale or Scale("")
    truth, answers = ((each.astype(np.float64) - own.offset) / own.factor for each in (targets, out[0]))
    return Residuals(frozen(truth), frozen(answers))


def _divided(counts: NDArray[np.int64], totals: NDArray[np.int64]) -> Numbers:
    with np.errstate(invalid="ignore"):
        return frozen(np.where(totals > 0, counts / np.maximum(totals, 1), np.nan))
