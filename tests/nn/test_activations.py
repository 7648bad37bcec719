"""The activations' values and slopes, against plain mathematics one number at a time."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from mlp_playground.nn.activations import ACTIVATIONS, sigmoid

# both signs, small and large, and never ReLU's corner at 0, where no slope is right
POINTS = (-30.0, -3.0, -0.5, -1e-3, 1e-3, 0.25, 1.0, 4.0, 30.0)

VALUE: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "relu": lambda z: max(0.0, z),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "linear": lambda z: z,
}
SLOPE: dict[str, Callable[[float], float]] = {
    "tanh": lambda z: 1 / math.cosh(z) ** 2,
    "relu": lambda z: float(z > 0),
    "sigmoid": lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
    "linear": lambda _: 1.0,
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
    assert dZ[0] == pytest.approx([d * SLOPE[name](z) for d, z in zip(dA[0], POINTS, strict=True)], rel=1e-9, abs=1e-12)


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
def test_an_activation_may_overwrite_its_input(name: str) -> None:
    Z = np.array([POINTS])
    ACTIVATIONS[name].apply(Z, Z)
    assert Z[0] == pytest.approx([VALUE[name](z) for z in POINTS], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", VALUE)
def test_values_keep_within_the_bounds_that_are_promised(name: str) -> None:
    fold = ACTIVATIONS[name]
    Z = np.linspace(-1e4, 1e4, 2001, dtype=np.float32)[None]
    A = np.empty_like(Z)
    fold.apply(Z, A)
    assert A.min() >= (-1e4 if fold.low is None else fold.low)
    assert A.max() <= (1e4 if fold.high is None else fold.high)


def test_relu_has_no_slope_at_its_corner() -> None:
    dZ = np.empty((1, 1))
    ACTIVATIONS["relu"].chain(np.array([[5.0]]), np.array([[0.0]]), np.array([[0.0]]), dZ)
    assert dZ[0, 0] == 0


def test_sigmoid_cannot_overflow() -> None:
    out = np.empty((1, 2), np.float32)
    sigmoid(np.array([[-1e38, 1e38]], np.float32), out)
    assert out.tolist() == [[0, 1]]
