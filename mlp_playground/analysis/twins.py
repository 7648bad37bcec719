"""Neurons that are copies of each other: they answer the same and learn the same, so together they count as one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Network

ALIKE = 1e-4
"""Numbers that differ by less than this share of the layer's largest are the same: where sums are made in another
order, float32 lets twins drift apart by some 1e-6."""


FAINT = 0.01
"""Weights of less than this share of the layer's largest are hardly any."""


def twins(network: Network, layer: int) -> NDArray[np.bool_]:
    """Which neurons (n,) of a hidden layer have another one with the same weights, bias and outgoing weights.

    Those that hear hardly anything count only where all do: penalties press weights that nobody needs to 0 one by one.
    """
    rows = np.hstack([_scaled(network.blocks[layer]), _scaled(network.W[layer + 1].T)])
    # along any line twins are neighbours; one drawn at random has hardly another neuron's place right between them
    order = np.argsort(rows @ np.random.default_rng(0).normal(size=rows.shape[1]))
    same = np.abs(np.diff(rows[order], axis=0)).max(axis=1) <= ALIKE
    result = np.zeros(len(rows), np.bool_)
    result[order[1:][same]] = result[order[:-1][same]] = True
    sizes = np.abs(network.W[layer]).max(axis=1)
    return np.asarray(result & (sizes >= FAINT * sizes.max()))


def _scaled(rows: Array) -> NDArray[np.float64]:
    """Numbers as shares of the largest."""
    return rows.astype(np.float64) / (float(np.abs(rows).max()) or 1.0)
