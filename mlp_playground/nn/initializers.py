"""Initializers: how large the first random weights are decides whether a deep network can learn at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.registry import Registry


@dataclass(frozen=True)
class Initializer:
    """`draw(rng, fan_in, fan_out)` gives a layer's first weights (fan_out, fan_in), float64. Biases start at 0."""

    name: str
    label: str
    formula: str
    words: str
    draw: Callable[[np.random.Generator, int, int], NDArray[np.float64]]


def _he(rng: np.random.Generator, fan_in: int, fan_out: int) -> NDArray[np.float64]:
    return rng.normal(0.0, sqrt(2 / fan_in), (fan_out, fan_in))


def _xavier(rng: np.random.Generator, fan_in: int, fan_out: int) -> NDArray[np.float64]:
    return rng.normal(0.0, sqrt(2 / (fan_in + fan_out)), (fan_out, fan_in))


INITIALIZERS: Registry[Initializer] = Registry(
    "initializer",
    Initializer(
        "he",
        "He",
        "σ² = 2 / fan-in",
        "Makes up for the half that ReLU sets to zero (He et al., 2015).",
        _he,
    ),
    Initializer(
        "xavier",
        "Xavier",
        "σ² = 2 / (fan-in + fan-out)",
        "Keeps signals and gradients of S-shaped curves the same size from layer to layer (Glorot and Bengio, 2010).",
        _xavier,
    ),
)

AUTO = "auto"


def suited(name: str, activation: str) -> Initializer:
    """The initializer called `name`; for `auto`, the one that suits the layer's activation."""
    return INITIALIZERS[ACTIVATIONS[activation].initializer if name == AUTO else name]
