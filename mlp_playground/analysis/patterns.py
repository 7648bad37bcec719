"""Activation patterns, which neurons are above 0: what regions are told apart by, and counted on a grid if many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.grids import axes_of
from mlp_playground.analysis.straight import SLOPES
from mlp_playground.analysis.subdivision import Floats
from mlp_playground.data.extent import Extent
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Architecture, Network, with_ones

KINDS = 6
"""In so many colours patterns are drawn."""
WORK = 2e9
"""Multiplications that a grid may take: some tenths of a second."""
FINEST, COARSEST = 256, 32
"""Rows and columns of the grid."""


@dataclass(frozen=True, eq=False)
class Patterns:
    """The patterns at the pixels' centres of a square picture, top row first.

    `numbers` (rows, columns) say which pixels share a pattern, from 0 to `count` − 1, and `kinds` (rows, columns) what
    colour it has, as in `kinds_of`. There are more than `beyond` regions, if that is known.
    """

    extent: Extent
    numbers: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    count: int
    beyond: int | None = None

    def __len__(self) -> int:
        return self.count


def kinds_of(patterns: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """A number below KINDS for each of the patterns (R, neurons), another one for two that differ in one neuron.

    Neighbours do just that, so they get different colours; and a pattern keeps its own while its region moves.
    """
    # each neuron adds 1 … KINDS − 1, of which none is 0 modulo KINDS
    steps = 1 + np.arange(patterns.shape[1]) % (KINDS - 1)
    # the product of floats is a fast one, and exact here; neuron by neuron, as patterns lie in memory
    total = steps.astype(np.float32) @ patterns.T.astype(np.float32)
    return np.asarray((total.astype(np.int64) % KINDS).astype(np.uint8))


@np.errstate(over="ignore", invalid="ignore")
def patterns(network: Network, seen: Floats, extent: Extent, beyond: int | None = None) -> Patterns:
    """The patterns of a network whose inputs are `seen` (n_in, 3) @ (x₁, x₂, 1), on as fine a grid as is affordable."""
    n = grid_side(network.architecture)
    x1, x2 = np.meshgrid(*axes_of(extent, n))
    X = seen[:, :2] @ np.stack([x1.ravel(), x2.ravel()]) + seen[:, 2:]
    above = _above(network, with_ones(X.astype(network.theta.dtype), network.theta.dtype))
    firsts, numbers = _numbered(above)
    kinds = kinds_of(above[:, firsts].T)[numbers].reshape(n, n)
    return Patterns(extent, frozen(numbers.reshape(n, n)), frozen(kinds), len(firsts), beyond)


def grid_side(architecture: Architecture) -> int:
    """How many rows and columns the grid has for a network of this size."""
    n = FINEST
    while n > COARSEST and n**2 * architecture.n_parameters > WORK:
        n //= 2
    return n


def _above(network: Network, X1: Array) -> NDArray[np.bool_]:
    """Which neurons are above 0 at inputs X1 (n_in + 1, N): rows for those of layers that fold, (neurons, N)."""
    hidden, _ = network.layers(X1)
    folding = [A[:-1] > 0 for A, name in zip(hidden, network.architecture.activations, strict=True) if SLOPES[name]]
    return np.concatenate([np.empty((0, X1.shape[1]), bool), *folding])


def _numbered(above: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each pattern comes first in the columns of `above` (neurons, N), and each column's pattern's number (N,).

    They are told apart by 64-bit fingerprints (Zobrist, 1970): that two of 65,536 differ and have the same one happens
    once in eight billion pictures.
    """
    eights = np.packbits(above, axis=0)
    prints = np.zeros(above.shape[1], np.uint64)
    for eight, table in zip(eights, _random_prints(len(eights)), strict=True):
        prints ^= table[eight]
    _, firsts, numbers = np.unique(prints, return_index=True, return_inverse=True)
    return firsts, numbers.ravel()


@lru_cache(maxsize=4)
def _random_prints(eights: int) -> NDArray[np.uint64]:
    """For each of so many bytes a random number for each of its values (eights, 256), the same ones in every run."""
    return frozen(np.random.default_rng(0).integers(0, 2**64, (eights, 256), np.uint64))
