"""Optimizers: how a gradient becomes a step. Each works in place on the flat vector of all parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

import numpy as np

from mlp_playground.nn.arrays import Array
from mlp_playground.nn.registry import Registry


class Rule(Protocol):
    """An optimizer with its memory for one run. `step` changes `theta` in place; it may use `g` as scratch."""

    def step(self, theta: Array, g: Array, learning_rate: float) -> None: ...


class Sgd:
    """θ ← θ − η g (Robbins and Monro, 1951)."""

    def __init__(self, _like: Array) -> None:
        pass

    def step(self, theta: Array, g: Array, learning_rate: float) -> None:
        """One step down the gradient `g`."""
        np.multiply(g, learning_rate, out=g)
        np.subtract(theta, g, out=theta)


class Adam:
    """Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e−8 (Kingma and Ba, 2015).

    The bias corrections are folded into the step size and into ε, as in the remark after the paper's algorithm 1.
    """

    beta1, beta2, epsilon = 0.9, 0.999, 1e-8

    def __init__(self, like: Array) -> None:
        self.m, self.v, self.t = np.zeros_like(like), np.zeros_like(like), 0
        self._scratch = np.empty_like(like)

    def step(self, theta: Array, g: Array, learning_rate: float) -> None:
        """One step along the running mean of gradients, each parameter scaled by its own recent size of gradient."""
        self.t += 1
        s = self._scratch
        np.multiply(g, 1 - self.beta1, out=s)
        np.multiply(self.m, self.beta1, out=self.m)
        np.add(self.m, s, out=self.m)
        np.multiply(g, g, out=g)
        np.multiply(g, 1 - self.beta2, out=g)
        np.multiply(self.v, self.beta2, out=self.v)
        np.add(self.v, g, out=self.v)
        correction = sqrt(1 - self.beta2**self.t)
        np.sqrt(self.v, out=s)
        np.add(s, self.epsilon * correction, out=s)
        np.divide(self.m, s, out=s)
        np.multiply(s, learning_rate * correction / (1 - self.beta1**self.t), out=s)
        np.subtract(theta, s, out=theta)


@dataclass(frozen=True)
class Optimizer:
    """One kind of optimizer: `start(like)` makes its memory for parameters shaped like `like`."""

    name: str
    label: str
    formula: str
    words: str
    start: Callable[[Array], Rule]


OPTIMIZERS: Registry[Optimizer] = Registry(
    "optimizer",
    Optimizer(
        "adam",
        "Adam",
        "θ ← θ − η m̂ / (√v̂ + ε)",
        "Gives each weight a step size of its own; a good first choice.",
        Adam,
    ),
    Optimizer(
        "sgd",
        "SGD",
        "θ ← θ − η g",
        "Plain gradient descent on minibatches: a step straight downhill, as large as the slope.",
        Sgd,
    ),
)
