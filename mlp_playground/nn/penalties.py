"""Penalties on large weights: what a network may not grow, it can't use to learn samples by heart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from mlp_playground.nn.arrays import Array, Rate
from mlp_playground.nn.network import Architecture, blocks


@dataclass(frozen=True)
class Penalties:
    """l1 · Σ|w| + l2 / 2 · Σw² over the weights; biases are free.

    L2 joins the gradient or, `decoupled`, shrinks the weights by (learning rate · l2) of themselves before each step:
    the same for plain gradient descent, but not for optimizers that scale gradients (weight decay; Loshchilov and
    Hutter, 2019). L1 has a corner at 0, so it acts after each step by pulling every weight towards 0 by
    (learning rate · l1) and stopping there (the proximal step), from where a weight can still come back.
    """

    l1: float = 0.0
    l2: float = 0.0
    decoupled: bool = False

    def add_gradient(self, theta: Array, mask: Array, gradient: Array) -> None:
        """Add L2's part to `gradient`; `mask` is 1 for weights and 0 for biases. All have shape (n_parameters,)."""
        if self.l2 and not self.decoupled:
            gradient += self.l2 * mask * theta

    def decay(self, theta: Array, mask: Array, learning_rate: Rate) -> None:
        """Decoupled L2's shrinking of `theta`, in place."""
        if self.l2 and self.decoupled:
            theta -= learning_rate * self.l2 * mask * theta

    def shrink(self, theta: Array, mask: Array, learning_rate: Rate) -> None:
        """L1's proximal step on `theta`, in place."""
        if self.l1:
            room = np.abs(theta) - learning_rate * self.l1 * mask
            np.copyto(theta, np.sign(theta) * np.maximum(room, 0))

    def value(self, theta: Array, mask: Array) -> float:
        """The penalty that training adds to the loss on the data."""
        weights = theta * mask
        return float(self.l1 * np.abs(weights).sum() + self.l2 / 2 * np.square(weights).sum())


def weight_mask(architecture: Architecture, dtype: DTypeLike) -> Array:
    """1 for each weight and 0 for each bias, in the order of the flat parameters (n_parameters,)."""
    mask = np.ones(architecture.n_parameters, dtype)
    for block in blocks(architecture, mask):
        block[:, -1] = 0
    return mask
