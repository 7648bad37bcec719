"""Linear probes (Alain & Bengio, 2016): how well a straight cut does on what each layer has, the layers left alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.linear_fit import TOLERANCE, Scaling, linear_fit, softmax_fit
from mlp_playground.analysis.specimens import Specimens, seen_by_layers
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Network

WIDE, ROUGH = 200, 3e-3
"""From so many numbers on a fit ends sooner: of 784 pixels in a quarter of the time, with the same score."""


@dataclass(frozen=True)
class Score:
    """How good answers are on samples to train with and on others: the share of right ones, or R² where numbers are
    predicted (1: all exact, 0: as good as always saying the mean, below 0: worse). NaN where that can't be said."""

    train: float
    test: float


@dataclass(frozen=True, eq=False)
class Probe:
    """How good a linear probe is at each of the `layers`, of so many numbers (`widths`): the inputs, each hidden layer,
    and the last sums. It was fitted on those of the `samples` that are to train with. `own` is how good the network's
    own answers to the same samples are, `guess` how good it is always to say the same: the class that is most common,
    or the mean."""

    samples: Specimens
    widths: tuple[int, ...]
    layers: tuple[Score, ...]
    own: Score
    guess: Score

    @property
    def is_share(self) -> bool:
        """Whether scores are shares of right answers, not R²."""
        return self.samples.data.task != "regression"


def probe(network: Network, samples: Specimens) -> Probe:
    """Probe every layer of `network`."""
    seen = seen_by_layers(network, samples)
    layers = [probe_inputs(samples), *(probe_layer(A, samples) for A in seen[1:])]
    widths = network.architecture.widths
    return Probe(samples, widths, tuple(layers), _own(network, seen[-1], samples), _guess(samples))


@lru_cache(maxsize=4)
def probe_inputs(samples: Specimens) -> Score:
    """The score at the inputs, which no network changes."""
    return probe_layer(samples.X1[:-1], samples)


def probe_layer(A: Array, samples: Specimens) -> Score:
    """How good the best straight cut through points `A` (n, N) is, or the best plane where numbers are predicted: a
    multinomial logistic regression, or a linear one, fitted on those to train with."""
    n = samples.n_train
    scaling = Scaling.of(A[:, :n])
    A1 = scaling.rows(A)
    if samples.data.task == "regression":
        return _fitted(linear_fit(A1[:, :n], samples.y[:n]) @ A1, samples)
    tolerance = TOLERANCE if len(A) < WIDE else ROUGH
    y = samples.y[:n].astype(np.int64)
    W = softmax_fit(A1[:, :n], y, len(samples.data.classes), tolerance=tolerance)
    return _right((W @ A1).argmax(axis=0) == samples.y, n)


def _own(network: Network, Z: Array, samples: Specimens) -> Score:
    head = network.architecture.the_head
    hits = head.hits(Z, head.targets(samples.y, len(Z)))
    return _fitted(Z[0], samples) if hits is None else _right(hits, samples.n_train)


def _guess(samples: Specimens) -> Score:
    y, n = samples.y, samples.n_train
    if samples.data.task == "regression":
        return _fitted(np.full(len(y), y[:n].mean(dtype=np.float64)), samples)
    most = np.bincount(y[:n].astype(np.int64)).argmax()
    return _right(y == most, n)


def _right(hits: NDArray[np.bool_], n: int) -> Score:
    return Score(*(float(part.mean()) if len(part) else np.nan for part in (hits[:n], hits[n:])))


def _fitted(predicted: Array, samples: Specimens) -> Score:
    n, y = samples.n_train, samples.y.astype(np.float64)
    return Score(_r_squared(predicted[:n], y[:n]), _r_squared(predicted[n:], y[n:]))


def _r_squared(predicted: Array, y: Array) -> float:
    """1 − Σ (y − ŷ)² / Σ (y − ȳ)²."""
    spread = float(np.square(y - y.mean()).sum()) if len(y) else 0.0
    return 1 - float(np.square(y - predicted).sum()) / spread if spread > 0 else np.nan
