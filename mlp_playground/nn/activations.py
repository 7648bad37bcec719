"""Activation functions: the fold that follows each layer's linear step. Without one, all layers collapse into one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlp_playground.nn.arrays import Array
from mlp_playground.nn.registry import Registry


@dataclass(frozen=True)
class Activation:
    """One activation `a = f(z)`.

    `apply(Z, out)` writes f(Z) into `out`. `chain(dA, Z, A, out)` writes dA ∘ f′(Z) into `out`, which must not be
    `dA`; all arrays have the layer's shape (n, batch). `initializer` is what `auto` chooses for a layer that uses it.
    `low` and `high` bound what it answers (the scale of a neuron's picture), where None means without a bound.
    """

    name: str
    label: str
    formula: str
    words: str
    initializer: str
    apply: Callable[[Array, Array], object]
    chain: Callable[[Array, Array, Array, Array], object]
    low: float | None = None
    high: float | None = None


# constants as arrays without axes: NumPy takes a third longer to turn a Python number into one at every call
_ZERO, _HALF, _ONE = (np.array(value, np.float32) for value in (0.0, 0.5, 1.0))


def _relu(Z: Array, out: Array) -> None:
    np.maximum(Z, _ZERO, out=out)


def _relu_chain(dA: Array, _Z: Array, A: Array, out: Array) -> None:
    # the sign of a rectified number is 1 or 0: the slope, without a mask of another type
    np.sign(A, out)
    np.multiply(out, dA, out)


def _tanh(Z: Array, out: Array) -> None:
    np.tanh(Z, out)


def _tanh_chain(dA: Array, _Z: Array, A: Array, out: Array) -> None:
    np.multiply(A, A, out)
    np.subtract(_ONE, out, out)
    np.multiply(out, dA, out)


def sigmoid(Z: Array, out: Array) -> None:
    """Write 1 / (1 + e^−Z) into `out`, as (1 + tanh(Z / 2)) / 2, which can't overflow."""
    np.multiply(Z, _HALF, out)
    np.tanh(out, out)
    np.add(out, _ONE, out)
    np.multiply(out, _HALF, out)


def _sigmoid_chain(dA: Array, _Z: Array, A: Array, out: Array) -> None:
    np.subtract(_ONE, A, out)
    np.multiply(out, A, out)
    np.multiply(out, dA, out)


def _linear(Z: Array, out: Array) -> None:
    np.copyto(out, Z)


def _linear_chain(dA: Array, _Z: Array, _A: Array, out: Array) -> None:
    np.copyto(out, dA)


ACTIVATIONS: Registry[Activation] = Registry(
    "activation",
    Activation(
        "tanh",
        "tanh",
        "tanh(z)",
        "An S-shaped curve from −1 to +1: smooth, and flat far from its line.",
        "xavier",
        _tanh,
        _tanh_chain,
        -1.0,
        1.0,
    ),
    Activation(
        "relu",
        "ReLU",
        "max(0, z)",
        "Zero on one side of its line and straight on the other: it folds space along that line.",
        "he",
        _relu,
        _relu_chain,
        0.0,
    ),
    Activation(
        "sigmoid",
        "sigmoid",
        "1 / (1 + exp(−z))",
        "An S-shaped curve from 0 to 1: a soft switch, whose slope is never more than a quarter.",
        "xavier",
        sigmoid,
        _sigmoid_chain,
        0.0,
        1.0,
    ),
    Activation(
        "linear",
        "linear",
        "z",
        "No fold at all: however many such layers, together they are one layer.",
        "xavier",
        _linear,
        _linear_chain,
    ),
)
