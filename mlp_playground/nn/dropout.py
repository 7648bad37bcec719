"""Dropout: in each step some hidden neurons are silent, so that none can rely on what another one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike

from mlp_playground.nn.activations import Activation
from mlp_playground.nn.arrays import Array


class Dropout:
    """Masks for the answers of hidden layers that are `widths` wide, new for each minibatch (Srivastava et al., 2014).

    A neuron answers a sample with 0 in a share `share` of all cases, else with 1 / (1 − share) times what it would
    (inverted dropout): so its mean stays, and the network without masks needs no scaling. `masks[l]` is
    (n, networks, batch).
    """

    def __init__(self, share: float, widths: Sequence[int], batch: int, dtype: DTypeLike, networks: int = 1) -> None:
        # as arrays without axes, like the constants of the activations
        self._share, self._louder = np.array(share, dtype), np.array(1 / (1 - share), dtype)
        ends = np.cumsum([0, *widths]) * batch
        self._numbers: Array = np.ones((networks, ends[-1]), dtype)
        self._rows = list(self._numbers)
        parts = [self._numbers[:, start:end] for start, end in pairwise(ends)]
        self.masks: list[Array] = [part.reshape(networks, -1, batch).swapaxes(0, 1) for part in parts]

    def draw(self, *rngs: np.random.Generator) -> None:
        """New masks for all layers, each network's from its own generator."""
        for row, rng in zip(self._rows, rngs, strict=True):
            rng.random(dtype=row.dtype, out=row)
        np.greater_equal(self._numbers, self._share, out=self._numbers)
        np.multiply(self._numbers, self._louder, out=self._numbers)


def masked(fold: Activation, mask: Array) -> Activation:
    """`fold` under `mask`, for one layer, whose arrays must be shaped like the mask. `chain` writes into `dA`, too."""
    answer: Array = np.empty(mask.shape, mask.dtype)  # without the mask: what the slope is told from

    def apply(Z: Array, out: Array) -> None:
        fold.apply(Z, answer)
        np.multiply(answer, mask, out)

    def chain(dA: Array, Z: Array, _A: Array, out: Array) -> None:
        np.multiply(dA, mask, dA)
        fold.chain(dA, Z, answer, out)

    return replace(fold, apply=apply, chain=chain)
