"""Many networks of one shape in the same NumPy calls: what one small network wastes on calling, they share."""

from __future__ import annotations

import numpy as np

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, Gradient, Tape, blocks


class Stack:
    """K networks of one architecture, their parameters the rows of `theta` (K, n_parameters).

    The mathematics is Network's; every matrix has K layers, and `matmul` multiplies them pairwise.
    """

    def __init__(self, architecture: Architecture, theta: Array) -> None:
        if theta.ndim != 2 or theta.shape[1] != architecture.n_parameters:
            raise InvalidValue("parameters", theta.shape, f"K rows of {architecture.n_parameters} numbers")
        self.architecture, self.theta = architecture, theta
        self.blocks = blocks(architecture, theta)
        self._transposed = tuple(block.swapaxes(1, 2) for block in self.blocks)

    def predict(self, X1: Array) -> Array:
        """Z (K, n_out, N) for each network's inputs `X1` (K, n_in + 1, N), or for the same ones (n_in + 1, N)."""
        A = X1
        for block, fold in zip(self.blocks[:-1], self.architecture.folds, strict=True):
            Z = block @ A
            A = np.ones((len(Z), Z.shape[1] + 1, Z.shape[2]), Z.dtype)
            fold.apply(Z, A[:, :-1])
        return np.asarray(self.blocks[-1] @ A)

    def forward(self, X1: Array, tape: Tape) -> Array:
        """Record every Z and A for the inputs `X1` (K, n_in + 1, batch) on `tape`. Returns the tape's last Z."""
        tape.A[0], tape.A_T[0] = X1, X1.swapaxes(1, 2)
        for W1, A, Z, fold, folded in zip(
            self.blocks, tape.A, tape.Z, self.architecture.folds, tape.folded, strict=False
        ):
            np.matmul(W1, A, out=Z)
            fold.apply(Z, folded)
        np.matmul(self.blocks[-1], tape.A[-1], out=tape.Z[-1])
        return tape.Z[-1]

    def backward(self, Y: Array, tape: Tape, gradient: Gradient) -> None:
        """Backpropagation after `forward` for the targets `Y` (K, n_out, batch): fills `gradient` (K, n_parameters)."""
        dZ = tape.dZ[-1]
        self.architecture.the_head.gradient(tape.Z[-1], Y, dZ)
        np.matmul(dZ, tape.A_T[-1], out=gradient.blocks[-1])
        for l in range(len(self.architecture.folds) - 1, -1, -1):
            np.matmul(self._transposed[l + 1], dZ, out=tape.dA1[l])
            dZ = tape.dZ[l]
            self.architecture.folds[l].chain(tape.dA1[l][:, :-1], tape.Z[l], tape.folded[l], dZ)
            np.matmul(dZ, tape.A_T[l], out=gradient.blocks[l])
