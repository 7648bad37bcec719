"""What a curve to learn is made of: what each neuron of the last hidden layer adds to it, and where neurons bend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.folds import FOLDING
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network


@dataclass(frozen=True)
class Kink:
    """At `x` what the neuron `cell` = (hidden layer, neuron) hears adds up to 0: it begins or ends to be active."""

    cell: tuple[int, int]
    x: float


@dataclass(frozen=True)
class CurveParts:
    """A prediction as a sum, at the same x as its map: `shares` (n, columns) are the last hidden layer's values times
    their `weights` (n,), and the `bias` is what is added to them. `kinks` are those of all layers."""

    shares: Array
    weights: NDArray[np.float64]
    bias: float
    kinks: tuple[Kink, ...]


def curve_parts(network: Network, X1: Array, hidden: Sequence[Array]) -> CurveParts:
    """The parts of the only output of `network` for growing x, X1 (2, columns) with a row of ones, given what its
    `hidden` layers answer (see Network.layers), one at least."""
    *weights, bias = network.blocks[-1][0].astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        shares = np.array(weights, X1.dtype)[:, None] * hidden[-1][:-1]
    return CurveParts(frozen(shares), frozen(np.array(weights)), float(bias), _kinks(network, X1, hidden))


def _kinks(network: Network, X1: Array, hidden: Sequence[Array]) -> tuple[Kink, ...]:
    x, found = X1[0].astype(np.float64), []
    for layer, (A, block) in enumerate(zip([X1, *hidden], network.blocks[:-1], strict=False)):
        if network.architecture.activations[layer] not in FOLDING:
            continue
        Z = (block @ A).astype(np.float64)
        if not np.isfinite(Z).all():  # of a network that diverged
            continue
        for neuron, left in np.argwhere((Z[:, :-1] > 0) != (Z[:, 1:] > 0)).tolist():
            if (layer, neuron) not in network.architecture.off:
                here, there = Z[neuron, left : left + 2]
                at = x[left] + (x[left + 1] - x[left]) * here / (here - there)
                found.append(Kink((layer, neuron), float(at)))
    return tuple(found)
