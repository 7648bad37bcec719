"""Penalties on large weights: what a network may not grow, it can't use to learn samples by heart."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from mlp_playground.nn.arrays import Array, Rate
from mlp_playground.nn.network import Architecture, blocks


class Penalties:
    """l1 · Σ|w| + l2 / 2 · Σw² over the weights; biases are free.

    L2 joins the gradient or, `decoupled`, shrinks the weights by (learning rate · l2) of themselves before each step:
    the same for plain gradient descent, but not for optimizers that scale gradients (weight decay; Loshchilov and
    Hutter, 2019). L1 has a corner at 0, so it acts after each step by pulling every weight towards 0 by
    (learning rate · l1) and stopping there (the proximal step), from where a weight can still come back.

    `mask` (n_parameters,) is 1 for weights and 0 for biases. Parameters and gradients have the shape of `like`:
    (n_parameters,), or (K, n_parameters) for K networks, whose learning rates may then be (K, 1).
    """

    def __init__(self, mask: Array, like: Array, *, l1: float = 0.0, l2: float = 0.0, decoupled: bool = False) -> None:
        self.mask, self.l1, self.l2, self.decoupled = mask, l1, l2, decoupled
        self._part, self._room = np.empty_like(like), np.empty_like(like)  # so that a step allocates nothing

    def add_gradient(self, theta: Array, gradient: Array) -> None:
        """Add L2's part to `gradient`."""
        if self.l2 and not self.decoupled:
            np.multiply(self.mask, self.l2, out=self._part)
            np.multiply(self._part, theta, out=self._part)
            np.add(gradient, self._part, out=gradient)

    def decay(self, theta: Array, learning_rate: Rate) -> None:
        """Decoupled L2's shrinking of `theta`, in place."""
        if self.l2 and self.decoupled:
            np.multiply(self.mask, learning_rate * self.l2, out=self._part)
            np.multiply(self._part, theta, out=self._part)
            np.subtract(theta, self._part, out=theta)

    def shrink(self, theta: Array, learning_rate: Rate) -> None:
        """L1's proximal step on `theta`, in place."""
        if self.l1:
            np.multiply(self.mask, learning_rate * self.l1, out=self._part)
            np.abs(theta, out=self._room)
            np.subtract(self._room, self._part, out=self._room)
            np.maximum(self._room, 0, out=self._room)
            np.copysign(self._room, theta, out=theta)

    def value(self, theta: Array) -> float:
        """The penalty that training adds to the loss on the data."""
        weights = theta * self.mask
        return float(self.l1 * np.abs(weights).sum() + self.l2 / 2 * np.square(weights).sum())


def weight_mask(architecture: Architecture, dtype: DTypeLike) -> Array:
    """1 for each weight and 0 for each bias, in the order of the flat parameters (n_parameters,)."""
    mask = np.ones(architecture.n_parameters, dtype)
    for block in blocks(architecture, mask):
        block[:, -1] = 0
    return mask
