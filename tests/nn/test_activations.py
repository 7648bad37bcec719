"""The activations' values and slopes, against plain mathematics one number at a time."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from mlp_playground.nn.activations import ACTIVATIONS, sigmoid

# both signs, small and large, and never ReLU's corner at 0, where no slope is right
POINTS = (-30.0, -3.0, -0.5, -1e-3, 1e-3, 0.25, 1.0, 4.0, 30.0)

STEP = 1e-5
"""Of central differences, where a slope written out would only repeat the code."""

VALUE: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "relu": lambda z: max(0.0, z),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "linear": lambda z: z,
    "leaky-relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.exp(z) - 1,
    "selu": lambda z: 1.0507009873554805 * (z if z > 0 else 1.6732632423543772 * (math.exp(z) - 1)),
    "gelu": lambda z: z * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))) / 2,
    "silu": lambda z: z / (1 + math.exp(-z)),
    "softplus": lambda z: math.log1p(math.exp(-abs(z))) + max(z, 0.0),
    "sign": lambda z: math.copysign(1, z),
}
SLOPE: dict[str, Callable[[float], float]] = {
    "tanh": lambda z: 1 / math.cosh(z) ** 2,
    "relu": lambda z: float(z > 0),
    "sigmoid": lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
    "linear": lambda _: 1.0,
    "leaky-relu": lambda z: 1.0 if z > 0 else 0.01,
    "elu": lambda z: 1.0 if z > 0 else math.exp(z),
    "selu": lambda z: 1.0507009873554805 * (1.0 if z > 0 else 1.6732632423543772 * math.exp(z)),
    "gelu": lambda z: (VALUE["gelu"](z + STEP) - VALUE["gelu"](z - STEP)) / (2 * STEP),
    "silu": lambda z: (VALUE["silu"](z + STEP) - VALUE["silu"](z - STEP)) / (2 * STEP),
    "softplus": lambda z: 1 / (1 + math.exp(-z)),
    "sign": lambda _: 0.0,
}


def test_each_activation_has_an_independent_twin_here() -> None:
    assert set(ACTIVATIONS) == set(VALUE) == set(SLOPE)


@pytest.mark.parametrize("name", VALUE)
def test_values_follow_the_formula(name: str) -> None:
    Z = np.array([POINTS])
    A = np.empty_like(Z)
    ACTIVATIONS[name].apply(Z, A)
    assert A[0] == pytest.approx([VALUE[name](z) for z in POINTS], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", VALUE)
def test_chain_multiplies_by_the_slope(name: str) -> None:
    Z, A = np.array([POINTS]), np.empty((1, len(POINTS)))
    dA, dZ = np.linspace(-2, 3, len(POINTS))[None], np.empty((1, len(POINTS)))
    ACTIVATIONS[name].apply(Z, A)
    ACTIVATIONS[name].chain(dA, Z, A, dZ)
    assert dZ[0] == pytest.approx([d * SLOPE[name](z) for d, z in zip(dA[0], POINTS, strict=True)], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", VALUE)
def test_chain_leaves_its_inputs_alone(name: str) -> None:
    Z, A, dA, dZ = (np.array([POINTS]) for _ in range(4))
    ACTIVATIONS[name].apply(Z, A)
    kept = A.copy()
    ACTIVATIONS[name].chain(dA, Z, A, dZ)
    assert (kept == A).all()
    assert (Z == POINTS).all()
    assert (dA == POINTS).all()


@pytest.mark.parametrize("name", VALUE)
def test_values_keep_within_the_bounds_that_are_promised(name: str) -> None:
    fold = ACTIVATIONS[name]
    Z = np.linspace(-1e4, 1e4, 2001, dtype=np.float32)[None]
    A = np.empty_like(Z)
    fold.apply(Z, A)
    assert A.min() >= (-1e4 if fold.low is None else fold.low)
    assert A.max() <= (1.06e4 if fold.high is None else fold.high)


def test_relu_has_no_slope_at_its_corner() -> None:
    dZ = np.empty((1, 1))
    ACTIVATIONS["relu"].chain(np.array([[5.0]]), np.array([[0.0]]), np.array([[0.0]]), dZ)
    assert dZ[0, 0] == 0


def test_sigmoid_cannot_overflow() -> None:
    out = np.empty((1, 2), np.float32)
    sigmoid(np.array([[-1e38, 1e38]], np.float32), out)
    assert out.tolist() == [[0, 1]]


def test_zero_counts_as_active_for_the_step() -> None:
    A = np.empty((1, 3))
    ACTIVATIONS["sign"].apply(np.array([[-0.1, 0.0, 0.1]]), A)
    assert A.tolist() == [[-1, 1, 1]]


def test_only_the_step_does_not_learn() -> None:
    assert [name for name, activation in ACTIVATIONS.items() if not activation.learns] == ["sign"]


@pytest.mark.parametrize("name", ["elu", "selu", "gelu", "silu", "softplus"])
def test_huge_inputs_stay_finite(name: str) -> None:
    Z, A, dZ = np.array([[-1e4, 1e4]], np.float32), np.empty((1, 2), np.float32), np.empty((1, 2), np.float32)
    ACTIVATIONS[name].apply(Z, A)
    ACTIVATIONS[name].chain(np.ones_like(Z), Z, A, dZ)
    assert np.isfinite(A).all()
    assert np.isfinite(dZ).all()
