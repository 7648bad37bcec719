"""What each operation of the graph computes, and how a gradient goes back through it: the chain rule, op by op."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.features import FEATURES
from mlp_playground.nn.activations import Activation
from mlp_playground.nn.heads import HUBER, Head

Floats: TypeAlias = NDArray[np.float64]


class Rule(Protocol):
    """One operation, in float64. Samples are columns.

    - `apply(*inputs)` is its result.
    - `local(out, *inputs)` is its derivative by each input, as it is written in the chain rule (None: the factor is 1,
      there is no derivative, or it is too large to be written down).
    - `back(G, out, *inputs)` is the gradient that it passes on to each input, `G` being the one that arrives (None:
      nothing is passed on there).
    """

    @property
    def apply(self) -> Callable[..., Floats]: ...
    @property
    def local(self) -> Callable[..., tuple[Floats | None, ...]]: ...
    @property
    def back(self) -> Callable[..., tuple[Floats | None, ...]]: ...


class Matmul:
    """W · A: inputs W (n_out, n_in) and A (n_in, m)."""

    def apply(self, W: Floats, A: Floats) -> Floats:
        return np.asarray(W @ A)

    def local(self, _out: Floats, W: Floats, A: Floats) -> tuple[Floats, Floats]:
        return A.T, W.T

    def back(self, G: Floats, _out: Floats, W: Floats, A: Floats) -> tuple[Floats, Floats]:
        return G @ A.T, W.T @ G


class Add:
    """U + b: inputs U (n, m) and b (n, 1), which every column gets."""

    def apply(self, U: Floats, b: Floats) -> Floats:
        return np.asarray(U + b)

    def local(self, _out: Floats, _U: Floats, _b: Floats) -> tuple[None, None]:
        return None, None

    def back(self, G: Floats, _out: Floats, _U: Floats, _b: Floats) -> tuple[Floats, Floats]:
        return G, G.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class Fold:
    """f(Z), number by number."""

    fold: Activation

    def apply(self, Z: Floats) -> Floats:
        A = np.empty_like(Z)
        self.fold.apply(Z, A)
        return A

    def local(self, A: Floats, Z: Floats) -> tuple[Floats]:
        return self.back(np.ones_like(Z), A, Z)

    def back(self, G: Floats, A: Floats, Z: Floats) -> tuple[Floats]:
        out = np.empty_like(Z)
        self.fold.chain(G, Z, A, out)
        return (out,)


class Masked:
    """A ∘ M: some of what a layer says is silenced, the rest made louder (dropout)."""

    def apply(self, A: Floats, M: Floats) -> Floats:
        return np.asarray(A * M)

    def local(self, _out: Floats, _A: Floats, M: Floats) -> tuple[Floats, None]:
        return M, None

    def back(self, G: Floats, _out: Floats, _A: Floats, M: Floats) -> tuple[Floats, None]:
        return G * M, None


@dataclass(frozen=True)
class Expand:
    """The features of points x (2, m)."""

    names: Sequence[str]

    def apply(self, x: Floats) -> Floats:
        return np.stack([FEATURES[name].compute(x[0], x[1]) for name in self.names])

    def local(self, _out: Floats, x: Floats) -> tuple[Floats | None]:
        """The Jacobian (features, 2) where there is one sample."""
        return (self._slopes(x)[:, :, 0] if x.shape[1] == 1 else None,)

    def back(self, G: Floats, _out: Floats, x: Floats) -> tuple[Floats]:
        return (np.asarray((self._slopes(x) * G[:, None, :]).sum(axis=0)),)

    def _slopes(self, x: Floats) -> Floats:
        """Derivatives (features, 2, m)."""
        each = (FEATURES[name].slopes(x[0], x[1]) for name in self.names)
        return np.stack([np.stack([np.broadcast_to(slope, x[0].shape) for slope in pair]) for pair in each])


@dataclass(frozen=True)
class Answer:
    """The head's answer P to the last sums Z: probabilities, or tanh.

    Answer and loss go back in one: ∂L/∂Z of a probability is P − y, while ∂L/∂P may be ∞ where ∂P/∂Z is 0. So `Y`, the
    targets, are known here.
    """

    head: Head
    Y: Floats | None

    def apply(self, Z: Floats) -> Floats:
        P = np.empty_like(Z)
        self.head.answer(Z, P)
        return P

    def local(self, P: Floats, _Z: Floats) -> tuple[Floats | None]:
        """Number by number; of a softmax, whose numbers hang together, the Jacobian of one sample."""
        if self.head.task == "classes":
            return (np.diag(P[:, 0]) - P @ P.T if P.shape[1] == 1 else None,)
        return (1 - P * P if self.head.name == "tanh-squared" else P * (1 - P),)

    def back(self, _G: Floats, _P: Floats, Z: Floats) -> tuple[Floats]:
        assert self.Y is not None, "without a target nothing goes back"
        out = np.empty_like(Z)
        self.head.gradient(Z, self.Y, out)
        return (out,)


@dataclass(frozen=True)
class Loss:
    """The samples' mean loss (1, 1). Inputs: the answer P, the targets Y, and the sums Z that P was made of, from which
    it is computed: the logarithm of a probability near 0 would have lost its digits."""

    head: Head

    def apply(self, _P: Floats, Y: Floats, Z: Floats) -> Floats:
        return np.full((1, 1), self.head.losses(Z, Y).mean())

    def local(self, _out: Floats, P: Floats, Y: Floats, _Z: Floats) -> tuple[Floats, None, None]:
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = _LOSS_SLOPES[self.head.name](P, Y)
        return slope / P.shape[1], None, None

    def back(self, G: Floats, out: Floats, P: Floats, Y: Floats, Z: Floats) -> tuple[Floats, None, None]:
        return G * self.local(out, P, Y, Z)[0], None, None


_LOSS_SLOPES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "binary": lambda P, Y: np.where(Y > 0, -Y / P, 0) + np.where(Y < 1, (1 - Y) / (1 - P), 0),
    "classes": lambda P, Y: np.where(Y > 0, -Y / P, 0),
    "regression": lambda P, Y: P - Y,
    "tanh-squared": lambda P, Y: P - Y,
    "huber": lambda P, Y: np.clip(P - Y, -HUBER, HUBER),
}
"""∂(a sample's loss)/∂P by the head's name. A probability of 0 for what is right has a slope of −∞."""


@dataclass(frozen=True)
class Penalty:
    """λ/2 · Σ w² over all weights: inputs are the layers' W."""

    l2: float

    def apply(self, *Ws: Floats) -> Floats:
        return np.full((1, 1), self.l2 / 2 * sum(float(np.square(W).sum()) for W in Ws))

    def local(self, _out: Floats, *Ws: Floats) -> tuple[Floats, ...]:
        return tuple(self.l2 * W for W in Ws)

    def back(self, G: Floats, out: Floats, *Ws: Floats) -> tuple[Floats, ...]:
        return tuple(G * local for local in self.local(out, *Ws))


class Total:
    """J = L + R."""

    def apply(self, L: Floats, R: Floats) -> Floats:
        return L + R

    def local(self, _out: Floats, _L: Floats, _R: Floats) -> tuple[None, None]:
        return None, None

    def back(self, G: Floats, _out: Floats, _L: Floats, _R: Floats) -> tuple[Floats, Floats]:
        return G, G
