"""What excites a neuron: its sum and its answer for many samples, those that excite it most, and which class does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.layerwise import at_layer
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Network

Cell = tuple[int, int]
"""A neuron: its layer from 0, the output's after the hidden ones, and its number in it from 0."""
Members = NDArray[np.bool_]
MOST = 9
"""How many samples are picked."""


@dataclass(frozen=True, eq=False)
class Excited:
    """The samples that excite a neuron most: their numbers `index` (k,), the neuron's sums `z` and answers `a` (k,),
    from the largest sum down. `means` (C,) are its mean answers to each class, NaN where it has no sample. An output's
    answer is the head's: a probability or a prediction."""

    index: NDArray[np.int64]
    z: Array
    a: Array
    means: NDArray[np.float64]

    def __post_init__(self) -> None:
        for each in (self.index, self.z, self.a, self.means):
            each.flags.writeable = False


def excitement(network: Network, X: Array, cell: Cell) -> tuple[Array, Array]:
    """A neuron's sums and answers (N,) for inputs `X` (n_in, N)."""
    layer, neuron = cell
    Z, A = at_layer(network, X, layer)
    return Z[neuron], A[neuron]


def most_excited(network: Network, X: Array, cell: Cell, members: Members, k: int = MOST) -> Excited:
    """The up to `k` columns of `X` (n_in, N) with the largest sum, of equal ones the earlier column first; `members`
    (N, C) says of which class each is."""
    z, a = excitement(network, X, cell)
    index = np.argsort(-np.nan_to_num(z, nan=-np.inf), kind="stable")[:k]
    return Excited(index, z[index], a[index], class_means(a[None], members)[0])


def members_of(y: NDArray[np.generic], n_classes: int) -> Members:
    """Which of the samples of the classes `y` (N,) are of each of them: (N, n_classes)."""
    return np.asarray(y[:, None] == np.arange(n_classes))


@np.errstate(over="ignore", invalid="ignore")
def class_means(values: NDArray[Any], members: Members) -> NDArray[np.float64]:
    """The means of `values` (n, N) over each class's samples, (n, C); NaN where a class has none."""
    means = np.full((len(values), members.shape[1]), np.nan)
    for c, member in enumerate(members.T):
        if member.any():
            means[:, c] = values[:, member].mean(axis=1, dtype=np.float64)
    return means
