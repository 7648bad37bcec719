"""Many networks of one shape in the same NumPy calls: what one small network wastes on calling, they share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.dropout import Dropout, masked
from mlp_playground.nn.network import Architecture, Gradient, blocks

FEW = 16
"""Rows of a minibatch up to which it is copied, to lie as the layers' answers do, each row's numbers side by side: BLAS
multiplies such small matrices up to three times as fast. Of pictures the copy would take longer than it saves."""


class Stack:
    """K networks of one architecture, their parameters the rows of `theta` (K, n_parameters).

    The mathematics is Network's; every matrix has K layers, and `matmul` multiplies them pairwise.
    """

    def __init__(self, architecture: Architecture, theta: Array) -> None:
        if theta.ndim != 2 or theta.shape[1] != architecture.n_parameters:
            raise InvalidValue("parameters", theta.shape, f"K rows of {architecture.n_parameters} numbers")
        self.architecture, self.theta = architecture, theta
        self.blocks = blocks(architecture, theta)

    def predict(self, X1: Array) -> Array:
        """Z (K, n_out, N) for each network's inputs `X1` (K, n_in + 1, N), or for the same ones (n_in + 1, N)."""
        A = X1
        for block, fold in zip(self.blocks[:-1], self.architecture.folds, strict=True):
            Z = block @ A
            A = np.ones((len(Z), Z.shape[1] + 1, Z.shape[2]), Z.dtype)
            fold.apply(Z, A[:, :-1])
        return np.asarray(self.blocks[-1] @ A)


class StackTape:
    """What a Tape is to a network, for the networks of `stack` and minibatches of `batch` samples each.

    All arrays stay where they are, so the way up and the way back are lists of calls that are made once. A layer's
    numbers are (n, K, batch) in memory: those without the row of ones are one run, which elementwise functions go
    through in one go. `_each` is how `matmul` sees them. `backward` fills `gradient` (K, n_parameters).

    With a share of `dropout`, the hidden layers are under the masks of `self.dropout`.
    """

    def __init__(self, stack: Stack, gradient: Gradient, batch: int, dropout: float = 0.0) -> None:
        self.stack, self.gradient = stack, gradient
        widths, networks, dtype = stack.architecture.widths, len(stack.theta), stack.theta.dtype
        self.dropout = Dropout(dropout, widths[1:-1], batch, dtype, networks) if dropout else None
        self._folds = stack.architecture.folds
        if self.dropout is not None:
            self._folds = tuple(masked(f, mask) for f, mask in zip(self._folds, self.dropout.masks, strict=True))
        self._inputs: Array = _each(np.empty((widths[0] + 1, networks, batch), dtype))
        self._A: list[Array] = [np.ones((n + 1, networks, batch), dtype) for n in widths[1:-1]]
        self._Z: list[Array] = [np.empty((n, networks, batch), dtype) for n in widths[1:]]
        self._dZ: list[Array] = [np.empty((n, networks, batch), dtype) for n in widths[1:]]
        self._X = self._inputs
        self._up, self._back = self._way_up(), self._way_back()

    def forward(self, X1: Array) -> Array:
        """The last layer's Z (K, n_out, batch) for the inputs `X1` (K, n_in + 1, batch), all recorded."""
        self._X = A = X1
        if X1.shape[1] <= FEW:
            A = self._inputs
            np.copyto(A, X1)
        np.matmul(self.stack.blocks[0], A, _each(self._Z[0]))
        for call in self._up:
            call()
        return _each(self._Z[-1])

    def backward(self, Y: Array) -> None:
        """Backpropagation after `forward` for the targets `Y` (K, n_out, batch)."""
        self.stack.architecture.the_head.gradient(_each(self._Z[-1]), Y, _each(self._dZ[-1]))
        for call in self._back:
            call()
        np.matmul(_each(self._dZ[0]), self._X.swapaxes(1, 2), self.gradient.blocks[0])

    def _way_up(self) -> list[Callable[[], object]]:
        """From the first layer's Z on."""
        calls: list[Callable[[], object]] = []
        for l, fold in enumerate(self._folds):
            A = self._A[l]
            calls += [
                partial(fold.apply, self._Z[l], A[:-1]),
                partial(np.matmul, self.stack.blocks[l + 1], _each(A), _each(self._Z[l + 1])),
            ]
        return calls

    def _way_back(self) -> list[Callable[[], object]]:
        """From the last layer's dZ to the first one's."""
        calls: list[Callable[[], object]] = []
        for l in range(len(self._dZ) - 1, 0, -1):
            A, dA, block = self._A[l - 1], np.empty_like(self._dZ[l - 1]), self.stack.blocks[l]
            dZ = turned = _each(self._dZ[l])
            if dZ.shape[1] > 1:
                # with a sample's numbers side by side: as dZ lies, BLAS is slow to multiply it by small matrices
                turned = np.empty((len(dZ), dZ.shape[2], dZ.shape[1]), dZ.dtype).swapaxes(1, 2)
                calls += [
                    partial(np.copyto, turned, dZ),
                    partial(np.matmul, block[..., :-1].swapaxes(1, 2), turned, _each(dA)),
                ]
            else:
                # a column times a row, for which matmul has no quick way
                calls += [partial(np.multiply, block[:, 0, :-1].T[..., None], self._dZ[l], dA)]
            calls += [
                partial(np.matmul, turned, _each(A).swapaxes(1, 2), self.gradient.blocks[l]),
                partial(self._folds[l - 1].chain, dA, self._Z[l - 1], A[:-1], self._dZ[l - 1]),
            ]
        return calls


def _each(rows: Array) -> Array:
    """Each network's (n, batch), in front K: (n, K, batch) as (K, n, batch)."""
    networks: Array = rows.swapaxes(0, 1)
    return networks
