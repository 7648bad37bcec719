"""The best straight cut through labelled points, and the best plane through numbers: what one linear layer can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.arrays import Array
from mlp_playground.nn.heads import HEADS

STRENGTH, LEAST_STRENGTH = 3e-3, 1e-12
"""The L2 penalty for points of variance 1: of the cut, whose best weights would be infinite where points can be parted
without a mistake, and of the plane, which needs one only where numbers hang on each other."""
MOST_STEPS, MOST_INNER = 20, 30
"""Of Newton's method, and of the conjugate gradients within each of its steps."""
TOLERANCE = 1e-3
"""The largest number of the loss's gradient at which a fit is done: accuracy changes by less than it is sure to."""
LEAST_VARIANCE = 1e-12


@dataclass(frozen=True)
class Scaling:
    """How points (n, N) become such with mean 0 in each number and variance 1 on average, all numbers by one factor: so
    the penalty means the same for each layer, and what is small in a layer stays small."""

    mean: Array
    factor: float

    @classmethod
    def of(cls, A: Array) -> Scaling:
        """That of the points `A` (n, N)."""
        variance = float(A.var(axis=1).mean())
        return cls(A.mean(axis=1), 1 / variance**0.5 if variance > LEAST_VARIANCE else 1.0)

    def rows(self, A: Array) -> Array:
        """The points `A` (n, N) scaled, with a row of ones below: (n + 1, N)."""
        out: Array = np.empty((len(A) + 1, A.shape[1]), A.dtype)
        np.subtract(A, self.mean[:, None], out=out[:-1])
        out[:-1] *= self.factor
        out[-1] = 1
        return out


@np.errstate(over="ignore", under="ignore")
def softmax_fit(
    A1: Array, y: NDArray[np.int64], n_classes: int, strength: float = STRENGTH, tolerance: float = TOLERANCE
) -> Array:
    """Multinomial logistic regression: W (n_classes, n + 1) that makes the mean of −log p_y, p = softmax(W A1), plus
    strength/2 · |W|² (without the last column, that of the ones) least, for points `A1` (n + 1, N) of classes `y` (N,).

    Newton's method; each step is solved by conjugate gradients (Dembo & Steihaug, 1983), preconditioned with the bound
    ½ A1 A1ᵀ on the curvature (Böhning, 1992), which is the same for all classes.
    """
    head = HEADS["classes"]
    N = A1.shape[1]
    Y = head.targets(y, n_classes).astype(A1.dtype)
    W: Array = np.zeros((n_classes, len(A1)), A1.dtype)
    penalty = np.full(len(A1), strength, A1.dtype)
    penalty[-1] = 0
    bound = A1 @ A1.T / (2 * N) + np.diag(penalty + A1.dtype.type(1e-6))
    inverse = np.linalg.inv(bound)

    def loss(W: Array) -> tuple[float, Array]:
        Z = W @ A1
        return head.loss(Z, Y) + 0.5 * float((penalty * W * W).sum()), Z

    now, Z = loss(W)
    P = np.empty_like(Z)
    for _ in range(MOST_STEPS):
        head.answer(Z, P)
        gradient = (P - Y) @ A1.T / N + penalty * W
        if np.abs(gradient).max() < tolerance:
            break
        way = _newton_step(A1, P, penalty, gradient, inverse)
        slope, length = float((gradient * way).sum()), 1.0
        while (ahead := loss(W + length * way))[0] > now + 1e-4 * length * slope and length > 1e-3:
            length /= 2
        W, now, Z = W + length * way, *ahead
    return W


def _newton_step(A1: Array, P: Array, penalty: Array, gradient: Array, inverse: Array) -> Array:
    """−H⁻¹ gradient, as near as the distance from the minimum makes worth while."""
    way: Array = np.zeros_like(gradient)
    rest = -gradient
    lead = rest @ inverse
    product = float((rest * lead).sum())
    enough = min(0.25, product**0.25) ** 2 * product
    for _ in range(MOST_INNER):
        R = lead @ A1
        R -= (P * R).sum(axis=0)
        R *= P
        bent = R @ A1.T / A1.shape[1] + penalty * lead
        curvature = float((bent * lead).sum())
        if curvature <= 0:  # by rounding only: the loss is convex
            break
        length = product / curvature
        way, rest = way + length * lead, rest - length * bent
        nearer = rest @ inverse
        before, product = product, float((rest * nearer).sum())
        if product <= enough:
            break
        lead = nearer + product / before * lead
    return way


def linear_fit(A1: Array, y: NDArray[Any], strength: float = LEAST_STRENGTH) -> Array:
    """Ridge regression (Hoerl & Kennard, 1970): w (n + 1,) that makes the mean of (w A1 − y)² plus strength · |w|²
    (without the last number) least, for points `A1` (n + 1, N) and numbers `y` (N,)."""
    A = A1.astype(np.float64)
    penalty = np.full(len(A), strength)
    penalty[-1] = 0
    N = A.shape[1]
    return np.asarray(np.linalg.solve(A @ A.T / N + np.diag(penalty), A @ y / N))
