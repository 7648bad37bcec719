"""The training samples that whoever looks into a network passes through it, and the gradients of their loss."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.features import expand
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Architecture, Gradient, Network, Tape, with_ones

MOST, LEAST, COST = 5_000, 100, 1e9
"""Of more training samples so many are passed through, evenly spread, and fewer through a large network: samples ×
parameters stay below COST, which takes a fifth of a second and back."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """Training samples as a network hears them: `X1` (n_in + 1, N) with a row of ones, `Y` (n_out, N) their targets.
    `samples` are the same N as the data have them, of `total`."""

    X1: Array
    Y: Array
    samples: Samples
    total: int


@lru_cache(maxsize=2)
def training_samples(data: Dataset, features: tuple[str, ...], architecture: Architecture, most: int = MOST) -> Chosen:
    """The samples that `architecture` learns from, told as `features` where they are points in the plane."""
    most = min(most, max(int(COST / architecture.n_parameters), LEAST))
    train, total = data.train, len(data.train)
    if total > most:
        picked = np.arange(most) * total // most
        train = Samples(np.ascontiguousarray(train.X.T[picked]).T, train.y[picked])
    told = expand(features, train.X) if data.space == "plane" else train.X
    Y = np.asarray(architecture.the_head.targets(train.y, architecture.widths[-1]), np.float32)
    return Chosen(frozen(with_ones(told, np.float32)), frozen(Y), train, total)


@np.errstate(over="ignore", invalid="ignore")
def gradient_of(network: Network, X1: Array, Y: Array) -> tuple[Array, ...]:
    """∂loss/∂[W b] of each layer (n_out, n_in + 1), for the mean loss over the N samples, without penalties and with no
    neuron silent."""
    dtype = network.theta.dtype
    tape, gradient = Tape(network.architecture, X1.shape[1], dtype), Gradient(network.architecture, dtype)
    network.forward(X1.astype(dtype, copy=False), tape)
    network.backward(Y.astype(dtype, copy=False), tape, gradient)
    return gradient.blocks


def finite(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """The numbers among `values`, flat: a network that diverged has infinities."""
    flat = np.asarray(values, np.float64).ravel()
    is_number = np.isfinite(flat)
    return flat if is_number.all() else flat[is_number]
