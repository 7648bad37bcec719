"""Initializers: how large the first random weights are decides whether a deep network can learn at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.registry import Registry

Draw = Callable[[np.random.Generator, int, int, float], NDArray[np.float64]]


@dataclass(frozen=True)
class Initializer:
    """`draw(rng, fan_in, fan_out, scale)` gives a layer's first weights (fan_out, fan_in), float64. Biases start at 0.

    Only where `scaled` is true does `scale` count: it is the standard deviation, the bound or the constant itself.
    """

    name: str
    label: str
    formula: str
    words: str
    draw: Draw
    scaled: bool = False


def _normal(variance: Callable[[int, int], float]) -> Draw:
    return lambda rng, n_in, n_out, _scale: rng.normal(0.0, sqrt(variance(n_in, n_out)), (n_out, n_in))


def _uniform(variance: Callable[[int, int], float]) -> Draw:
    def draw(rng: np.random.Generator, n_in: int, n_out: int, _scale: float) -> NDArray[np.float64]:
        bound = sqrt(3 * variance(n_in, n_out))  # U(−a, a) has variance a² / 3
        return rng.uniform(-bound, bound, (n_out, n_in))

    return draw


def _he(n_in: int, _n_out: int) -> float:
    return 2 / n_in


def _xavier(n_in: int, n_out: int) -> float:
    return 2 / (n_in + n_out)


def _lecun(n_in: int, _n_out: int) -> float:
    return 1 / n_in


INITIALIZERS: Registry[Initializer] = Registry(
    "initializer",
    Initializer(
        "he",
        "He",
        "normal, σ² = 2 / fan-in",
        "Makes up for the half that ReLU sets to zero (He et al., 2015).",
        _normal(_he),
    ),
    Initializer(
        "he-uniform",
        "He, uniform",
        "uniform, σ² = 2 / fan-in",
        "He's size of weights, none of them far out (He et al., 2015).",
        _uniform(_he),
    ),
    Initializer(
        "xavier",
        "Xavier",
        "normal, σ² = 2 / (fan-in + fan-out)",
        "Keeps signals and gradients of S-shaped curves the same size from layer to layer (Glorot and Bengio, 2010).",
        _normal(_xavier),
    ),
    Initializer(
        "xavier-uniform",
        "Xavier, uniform",
        "uniform, σ² = 2 / (fan-in + fan-out)",
        "Xavier's size of weights, none of them far out (Glorot and Bengio, 2010).",
        _uniform(_xavier),
    ),
    Initializer(
        "lecun",
        "LeCun",
        "normal, σ² = 1 / fan-in",
        "Keeps the size of signals where the fold does not shrink them; SELU needs it (LeCun et al., 1998).",
        _normal(_lecun),
    ),
    Initializer(
        "normal",
        "normal",
        "normal, σ = scale",
        "One spread for every layer, whatever its width: try how too small and too large feel.",
        lambda rng, n_in, n_out, scale: rng.normal(0.0, scale, (n_out, n_in)),
        scaled=True,
    ),
    Initializer(
        "uniform",
        "uniform",
        "uniform in ±scale",
        "All sizes up to a bound equally likely.",
        lambda rng, n_in, n_out, scale: rng.uniform(-scale, scale, (n_out, n_in)),
        scaled=True,
    ),
    Initializer(
        "constant",
        "constant",
        "w = scale",
        "All weights equal: the neurons of a layer are twins and stay twins, as they get the same gradients.",
        lambda _rng, n_in, n_out, scale: np.full((n_out, n_in), scale),
        scaled=True,
    ),
    Initializer(
        "zeros",
        "zeros",
        "w = 0",
        "Nothing to begin with: behind a hidden layer of zeros no gradient comes through.",
        lambda _rng, n_in, n_out, _scale: np.zeros((n_out, n_in)),
    ),
)

AUTO = "auto"


def suited(name: str, activation: str) -> Initializer:
    """The initializer called `name`; for `auto`, the one that suits the layer's activation."""
    return INITIALIZERS[ACTIVATIONS[activation].initializer if name == AUTO else name]
