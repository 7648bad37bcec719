"""What a network answers on the straight way from one sample to another, and exactly where its answer flips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network, with_ones

STEPS = 129
"""Places on the way at which the answer is looked at; of flips between two of them an even number may stay unseen."""
HALVINGS = 40
"""Of the stretch between two such places, after which a flip is known to 1e-14 of the way."""

Numbers = NDArray[np.float64]
Place = tuple[float, int]
"""How far on the way, and the likeliest class there."""


@dataclass(frozen=True)
class Flip:
    """At `t` of the way the likeliest class changes from `before` to `after`."""

    t: float
    before: int
    after: int


@dataclass(frozen=True)
class Morph:
    """Probabilities (n_out, k) at the places `t` (k,) of the way, 0 at its start to 1 at its end, and the flips."""

    t: Numbers
    probabilities: Numbers
    flips: tuple[Flip, ...]


def mixed(a: Array, b: Array, t: float) -> NDArray[np.float32]:
    """The sample at `t` of the way from `a` to `b`: number by number (1 − t) a + t b."""
    return ((1 - t) * a.astype(np.float64) + t * b.astype(np.float64)).astype(np.float32)


@np.errstate(over="ignore", invalid="ignore")
def morph(network: Network, a: Array, b: Array) -> Morph:
    """The way of samples from `a` to `b` (n_in,), in double precision."""
    double = Network(network.architecture, network.theta.astype(np.float64))

    def logits(t: Numbers) -> Numbers:
        X = a[:, np.newaxis] * (1 - t) + b[:, np.newaxis] * t
        return np.asarray(double.predict(with_ones(X, np.float64)))

    def likeliest(t: float) -> int:
        return int(logits(np.array([t])).argmax())

    t = np.linspace(0, 1, STEPS)
    Z = logits(t)
    probabilities = np.empty_like(Z)
    network.architecture.the_head.answer(Z, probabilities)
    classes = Z.argmax(axis=0)
    places = list(zip(t.tolist(), classes.tolist(), strict=True))
    flips = [flip for i in np.flatnonzero(np.diff(classes)) for flip in _flips(likeliest, places[i], places[i + 1])]
    return Morph(frozen(t), frozen(probabilities), tuple(flips))


def _flips(likeliest: Callable[[float], int], start: Place, end: Place) -> list[Flip]:
    """The flips between two places whose answers differ, by bisection; more than one where a third class is between."""
    found: list[Flip] = []
    while start[1] != end[1]:
        low, high = start, end
        for _ in range(HALVINGS):
            middle = (low[0] + high[0]) / 2
            here = middle, likeliest(middle)
            low, high = (here, high) if here[1] == low[1] else (low, here)
        found.append(Flip(high[0], low[1], high[1]))
        start = high
    return found
