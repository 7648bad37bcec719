"""Heads: how the last layer's numbers become an answer, and the loss that says how wrong it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.activations import sigmoid
from mlp_playground.nn.arrays import Array
from mlp_playground.registry import Registry

HUBER = 0.5
"""Errors beyond this count in proportion instead of squared (Huber, 1964); targets lie within about ±1."""

Labels = NDArray[np.int64] | NDArray[np.float32]


@dataclass(frozen=True)
class Head:
    """One head. `Z` are the last layer's outputs (logits), shape (n_out, batch); `Y` the targets in the same shape.
    Both may have further axes in front, one network for each entry.

    - `targets(y, n_out)` turns labels (batch,) into Y.
    - `losses(Z, Y)` are each sample's loss (batch,); `gradient(Z, Y, out)` writes ∂loss/∂Z for their mean.
    - `answer(Z, out)` writes probabilities (or, for regression, the prediction).
    - `hits(Z, Y)` says for each sample (batch,) whether the answer is right; None for regression, where none simply is.
    - `signed(z, out)` writes the answer to one output's z on the scale −1…1 of the plane's pictures.
    - `task` is the kind of data that the head is for.
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
    signed: Callable[[Array, Array], object]
    task: str

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
    return np.asarray((np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z))))[..., 0, :])


def _binary_gradient(Z: Array, Y: Array, out: Array) -> None:
    sigmoid(Z, out)
    np.subtract(out, Y, out)
    np.multiply(out, 1 / Z.shape[-1], out)


def _binary_hits(Z: Array, Y: Array) -> NDArray[np.bool_]:
    return np.asarray((Z[..., 0, :] > 0) == (Y[..., 0, :] > 0.5))


def _softmax(Z: Array, out: Array) -> None:
    np.subtract(Z, Z.max(axis=-2, keepdims=True), out=out)
    np.exp(out, out=out)
    np.divide(out, out.sum(axis=-2, keepdims=True), out=out)


def _softmax_losses(Z: Array, Y: Array) -> Array:
    # log-sum-exp with the largest logit taken out first: e^0 is the largest term, so nothing overflows
    shifted = Z - Z.max(axis=-2, keepdims=True)
    return np.asarray(np.log(np.exp(shifted).sum(axis=-2)) - (Y * shifted).sum(axis=-2))


def _softmax_gradient(Z: Array, Y: Array, out: Array) -> None:
    _softmax(Z, out)
    np.subtract(out, Y, out)
    np.multiply(out, 1 / Z.shape[-1], out)


def _softmax_hits(Z: Array, Y: Array) -> NDArray[np.bool_]:
    return np.asarray(Z.argmax(axis=-2) == Y.argmax(axis=-2))


def _squared_losses(Z: Array, Y: Array) -> Array:
    return np.asarray(0.5 * np.square(Z - Y).sum(axis=-2))


def _squared_gradient(Z: Array, Y: Array, out: Array) -> None:
    np.subtract(Z, Y, out)
    np.multiply(out, 1 / Z.shape[-1], out)


def _tanh_losses(Z: Array, Y: Array) -> Array:
    return _squared_losses(np.tanh(Z), Y)


def _tanh_gradient(Z: Array, Y: Array, out: Array) -> None:
    A = np.tanh(Z)
    np.subtract(A, Y, out)
    np.multiply(out, (1 - A * A) / Z.shape[-1], out)


def _tanh(Z: Array, out: Array) -> None:
    np.tanh(Z, out)


def _tanh_hits(Z: Array, Y: Array) -> NDArray[np.bool_]:
    return np.asarray((Z[..., 0, :] > 0) == (Y[..., 0, :] > 0))


def _plus_minus(y: Labels, _n_out: int) -> NDArray[np.float64]:
    return y[None, :].astype(np.float64) * 2 - 1


def _huber_losses(Z: Array, Y: Array) -> Array:
    far = np.abs(Z - Y)
    return np.asarray(np.where(far <= HUBER, 0.5 * far * far, HUBER * (far - 0.5 * HUBER)).sum(axis=-2))


def _huber_gradient(Z: Array, Y: Array, out: Array) -> None:
    np.subtract(Z, Y, out)
    np.clip(out, -HUBER, HUBER, out=out)
    np.multiply(out, 1 / Z.shape[-1], out)


def _twice_less_one(Z: Array, out: Array) -> None:
    np.tanh(Z * 0.5, out)  # 2σ(z) − 1


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
        _twice_less_one,
        "binary",
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
        _softmax,
        "classes",
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
        _identity,
        "regression",
    ),
    Head(
        "tanh-squared",
        "tanh + squared error",
        "½ (tanh z − y)²,  y = ±1",
        "An answer from −1 to +1; being sure and wrong costs little and teaches slowly, as the curve is flat there.",
        _plus_minus,
        _tanh_losses,
        _tanh_gradient,
        _tanh,
        _tanh_hits,
        _tanh,
        "binary",
    ),
    Head(
        "huber",
        "linear + Huber",
        "½ e² if |e| ≤ ½, else ½ (|e| − ¼),  e = z − y",
        "Squared for small errors, in proportion for large ones: a few odd points can't pull everything their way.",
        _as_row,
        _huber_losses,
        _huber_gradient,
        _identity,
        _no_hits,
        _identity,
        "regression",
    ),
)
