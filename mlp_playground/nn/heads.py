"""Heads: how the last layer's numbers become an answer, and the loss that says how wrong it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.activations import sigmoid
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.registry import Registry

Labels = NDArray[np.int64] | NDArray[np.float32]


@dataclass(frozen=True)
class Head:
    """One head. `Z` are the last layer's outputs (logits), shape (n_out, batch); `Y` the targets in the same shape.

    `targets(y, n_out)` turns labels (batch,) into Y. `losses(Z, Y)` are each sample's loss (batch,); `gradient(Z, Y,
    out)` writes ∂loss/∂Z for their mean into `out`. `answer(Z, out)` writes probabilities (or, for regression, the
    prediction). `hits(Z, Y)` says for each sample (batch,) whether the answer is right; for regression, where no
    answer is simply right, it is None.
    """

    name: str
    label: str
    formula: str
    words: str
    targets: Callable[[Labels, int], NDArray[np.float64]]
    losses: Callable[[Array, Array], Array]
    gradient: Callable[[Array, Array, Array], object]
    answer: Callable[[Array, Array], object]
    hits: Callable[[Array, Array], NDArray[np.bool_] | None]

    def loss(self, Z: Array, Y: Array) -> float:
        """The mean loss of a batch."""
        return float(self.losses(Z, Y).mean())

    def accuracy(self, Z: Array, Y: Array) -> float | None:
        """The share of right answers in a batch; None for regression."""
        hits = self.hits(Z, Y)
        return None if hits is None else float(hits.mean())


def _as_row(y: Labels, _n_out: int) -> NDArray[np.float64]:
    return y[None, :].astype(np.float64)


def _one_hot(y: Labels, n_out: int) -> NDArray[np.float64]:
    Y = np.zeros((n_out, y.shape[0]))
    Y[y.astype(np.int64), np.arange(y.shape[0])] = 1
    return Y


def _binary_losses(Z: Array, Y: Array) -> Array:
    # −[y log σ(z) + (1 − y) log(1 − σ(z))] = max(z, 0) − y z + log(1 + e^−|z|): no overflow for any z
    return np.asarray((np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z))))[0])


def _binary_gradient(Z: Array, Y: Array, out: Array) -> None:
    sigmoid(Z, out)
    np.subtract(out, Y, out)
    np.multiply(out, 1 / Z.shape[1], out)


def _binary_hits(Z: Array, Y: Array) -> NDArray[np.bool_]:
    return np.asarray((Z[0] > 0) == (Y[0] > 0.5))


def _softmax(Z: Array, out: Array) -> None:
    np.subtract(Z, Z.max(axis=0), out=out)
    np.exp(out, out=out)
    np.divide(out, out.sum(axis=0), out=out)


def _softmax_losses(Z: Array, Y: Array) -> Array:
    # log-sum-exp with the largest logit taken out first: e^0 is the largest term, so nothing overflows
    shifted = Z - Z.max(axis=0)
    return np.asarray(np.log(np.exp(shifted).sum(axis=0)) - (Y * shifted).sum(axis=0))


def _softmax_gradient(Z: Array, Y: Array, out: Array) -> None:
    _softmax(Z, out)
    np.subtract(out, Y, out)
    np.multiply(out, 1 / Z.shape[1], out)


def _softmax_hits(Z: Array, Y: Array) -> NDArray[np.bool_]:
    return np.asarray(Z.argmax(axis=0) == Y.argmax(axis=0))


def _squared_losses(Z: Array, Y: Array) -> Array:
    return np.asarray(0.5 * np.square(Z - Y).sum(axis=0))


def _squared_gradient(Z: Array, Y: Array, out: Array) -> None:
    np.subtract(Z, Y, out)
    np.multiply(out, 1 / Z.shape[1], out)


def _identity(Z: Array, out: Array) -> None:
    np.copyto(out, Z)


def _no_hits(_Z: Array, _Y: Array) -> None:
    return None


HEADS: Registry[Head] = Registry(
    "head",
    Head(
        "binary",
        "sigmoid + binary cross-entropy",
        "−[y log p + (1 − y) log(1 − p)],  p = σ(z)",
        "One number, squeezed into a probability; being sure and wrong costs most.",
        _as_row,
        _binary_losses,
        _binary_gradient,
        sigmoid,
        _binary_hits,
    ),
    Head(
        "classes",
        "softmax + cross-entropy",
        "−log p_y,  p = exp(z) / Σ exp(z)",
        "A probability for each class, all together 1; the loss looks at the right class's share.",
        _one_hot,
        _softmax_losses,
        _softmax_gradient,
        _softmax,
        _softmax_hits,
    ),
    Head(
        "regression",
        "linear + squared error",
        "½ (z − y)²",
        "The number itself is the answer; being twice as far off costs four times as much.",
        _as_row,
        _squared_losses,
        _squared_gradient,
        _identity,
        _no_hits,
    ),
)
