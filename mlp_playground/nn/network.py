"""The network: one flat vector of parameters, read as one matrix [W b] per layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.activations import ACTIVATIONS, Activation, silenced
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.dropout import Dropout, masked
from mlp_playground.nn.heads import HEADS, Head
from mlp_playground.nn.initializers import suited


@dataclass(frozen=True)
class Architecture:
    """What a network is, without its numbers: `widths` = (n_in, hidden…, n_out), one activation per hidden layer.

    `off` are hidden neurons (layer, neuron), both from 0, that always answer 0.
    """

    widths: tuple[int, ...]
    activations: tuple[str, ...]
    head: str
    off: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if len(self.widths) < 2 or min(self.widths) < 1:
            raise InvalidValue("widths", self.widths, "at least inputs and outputs, each layer with 1 neuron or more")
        if len(self.activations) != len(self.widths) - 2:
            raise InvalidValue(
                "activations", self.activations, f"one for each of the {len(self.widths) - 2} hidden layers"
            )

    @cached_property
    def folds(self) -> tuple[Activation, ...]:
        """The hidden layers' activations, with the neurons that are off."""
        silent = [[neuron for layer, neuron in self.off if layer == l] for l in range(len(self.activations))]
        folds = (ACTIVATIONS[name] for name in self.activations)
        return tuple(silenced(fold, each) if each else fold for fold, each in zip(folds, silent, strict=True))

    @cached_property
    def the_head(self) -> Head:
        """The head with its loss."""
        return HEADS[self.head]

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """Shape (n_out, n_in + 1) of each layer's block [W b]."""
        return tuple((n_out, n_in + 1) for n_in, n_out in pairwise(self.widths))

    @property
    def n_parameters(self) -> int:
        """How many numbers training may change."""
        return sum(rows * columns for rows, columns in self.shapes)


def blocks(architecture: Architecture, vector: Array) -> tuple[Array, ...]:
    """Read a flat vector (n_parameters,) as one block [W b], shape (n_out, n_in + 1), per layer: views, no copies.

    Axes in front stay: (K, n_parameters) gives blocks (K, n_out, n_in + 1).
    """
    ends = np.cumsum([rows * columns for rows, columns in architecture.shapes])[:-1]
    parts = np.split(vector, ends, axis=-1)
    return tuple(
        part.reshape(*vector.shape[:-1], *shape) for part, shape in zip(parts, architecture.shapes, strict=True)
    )


def with_ones(X: Array, dtype: DTypeLike, *more: Array) -> Array:
    """`X` (n, N) with a row of ones below, (n + 1, N), each sample's numbers side by side in memory.

    The columns of `more` (n, …) follow those of X.
    """
    parts = X, *more
    rows = np.ones((sum(part.shape[1] for part in parts), X.shape[0] + 1), dtype)
    start = 0
    for part in parts:
        rows[start : start + part.shape[1], :-1] = part.T
        start += part.shape[1]
    columns: Array = rows.T
    return columns


class Network:
    """An architecture with its parameters `theta` (n_parameters,); `W[l]` (n_out, n_in), `b[l]` (n_out,) are views."""

    def __init__(self, architecture: Architecture, theta: Array) -> None:
        if theta.shape != (architecture.n_parameters,):
            raise InvalidValue("parameters", theta.shape, f"a vector of {architecture.n_parameters} numbers")
        self.architecture, self.theta = architecture, theta
        self.blocks = blocks(architecture, theta)
        self.W = tuple(block[:, :-1] for block in self.blocks)
        self.b = tuple(block[:, -1] for block in self.blocks)

    def predict(self, X1: Array) -> Array:
        """The last layer's numbers Z (n_out, N) for inputs `X1` (n_in + 1, N) with a row of ones. No side effects."""
        return self.layers(X1)[1]

    def layers(self, X1: Array) -> tuple[list[Array], Array]:
        """Like `predict`, with what each hidden layer answers: ([A (n + 1, N) with a row of ones, …], Z)."""
        A: Array = X1
        hidden: list[Array] = []
        for block, fold in zip(self.blocks[:-1], self.architecture.folds, strict=True):
            out: Array = np.empty((block.shape[0] + 1, X1.shape[1]), self.theta.dtype)
            out[-1] = 1
            fold.apply(block @ A, out[:-1])
            hidden.append(out)
            A = out
        return hidden, np.asarray(self.blocks[-1] @ A)

    def forward(self, X1: Array, tape: Tape) -> Array:
        """Like `predict`, but records every Z and A on `tape` for the way back. Returns the tape's last Z."""
        if tape.network is not self:
            tape.bind(self)
        A = tape.A[0] = X1
        for times, Z, fold, folded, A_next in tape.up:
            times(A, Z)  # Z = [W b] A, where A ends with a row of ones
            fold(Z, folded)  # A = f(Z)
            A = A_next
        tape.last_times(A, tape.Z[-1])
        return tape.Z[-1]

    def backward(self, Y: Array, tape: Tape, gradient: Gradient) -> None:
        """Backpropagation after `forward`: fills `gradient` with ∂loss/∂theta for the targets `Y` (n_out, batch)."""
        dZ = tape.dZ[-1]
        tape.A_T[0] = tape.A[0].T
        self.architecture.the_head.gradient(tape.Z[-1], Y, dZ)
        dZ.dot(tape.A_T[-1], gradient.blocks[-1])
        for times, dA1, dA, Z, A, chain, dZ_before, l in tape.back:
            times(dZ, dA1)  # ∂loss/∂A = Wᵀ dZ, with a last row for the ones, which nobody reads
            chain(dA, Z, A, dZ_before)  # ∂loss/∂Z = ∂loss/∂A ∘ f′(Z)
            dZ = dZ_before
            dZ.dot(tape.A_T[l], gradient.blocks[l])  # ∂loss/∂[W b] = dZ Aᵀ, A being the layer's input


class Gradient:
    """∂loss/∂theta as one vector, `blocks` its layers' views."""

    def __init__(self, architecture: Architecture, dtype: DTypeLike, stack: tuple[int, ...] = ()) -> None:
        self.vector: Array = np.zeros((*stack, architecture.n_parameters), dtype)
        self.blocks = blocks(architecture, self.vector)


class Tape:
    """What one pass forward leaves for the pass back, for a fixed batch size: all buffers are made once and reused.

    `Z[l]` and `dZ[l]` have shape (n, batch); `A[l]`, the input of layer l, has a row of ones below it, which stays, and
    `A_T[l]` is its transpose. `folded[l]` is the part of A[l + 1] that f(Z[l]) is written to; `dA1[l]` has room for the
    row of ones too. With a share of `dropout`, the hidden layers are under the masks of `self.dropout`, which are to be
    drawn before each `forward`.
    """

    def __init__(self, architecture: Architecture, batch: int, dtype: DTypeLike, dropout: float = 0.0) -> None:
        hidden = architecture.widths[1:-1]
        self.dropout = Dropout(dropout, hidden, batch, dtype) if dropout else None
        self.folds = architecture.folds
        if self.dropout is not None:
            self.folds = tuple(masked(f, mask[:, 0]) for f, mask in zip(self.folds, self.dropout.masks, strict=True))
        self.A: list[Array] = [np.ones((n + 1, batch), dtype) for n in architecture.widths[:-1]]
        self.A_T: list[Array] = [A.T for A in self.A]
        self.folded = [A[:-1] for A in self.A[1:]]
        self.Z: list[Array] = [np.zeros((n, batch), dtype) for n in architecture.widths[1:]]
        self.dZ: list[Array] = [np.zeros((n, batch), dtype) for n in architecture.widths[1:]]
        self.dA1: list[Array] = [np.zeros((n + 1, batch), dtype) for n in hidden]
        self.network: Network | None = None

    def bind(self, network: Network) -> None:
        """Look up once what each step of `network` calls: looking up takes as long as multiplying so small matrices.

        `dot` with a place for its result is called in half the time that `matmul` takes.
        """
        self.network, layers = network, range(len(self.folds))
        self.up = [
            (network.blocks[l].dot, self.Z[l], self.folds[l].apply, self.folded[l], self.A[l + 1]) for l in layers
        ]
        self.last_times = network.blocks[-1].dot
        self.back = [
            (
                network.blocks[l + 1].T.dot,
                self.dA1[l],
                self.dA1[l][:-1],
                self.Z[l],
                self.folded[l],
                self.folds[l].chain,
                self.dZ[l],
                l,
            )
            for l in reversed(layers)
        ]


def initial(
    architecture: Architecture,
    initializers: Sequence[str],
    rng: np.random.Generator,
    dtype: DTypeLike = np.float32,
    scale: float = 1.0,
) -> np.ndarray[Any, Any]:
    """First parameters (n_parameters,): each layer's W from its initializer (`auto` suits the activation), b = 0.

    `initializers` has one name per layer, the last layer's included, which counts as linear. `scale` is for those
    initializers that have a size of their own.
    """
    theta = np.zeros(architecture.n_parameters)
    activations = (*architecture.activations, "linear")
    for block, name, activation in zip(blocks(architecture, theta), initializers, activations, strict=True):
        n_out, n_in = block[:, :-1].shape
        block[:, :-1] = suited(name, activation).draw(rng, n_in, n_out, scale)
    return theta.astype(dtype)
