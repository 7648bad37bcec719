"""t-SNE: points on a map so that those that are neighbours in many dimensions stay neighbours, step by step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.arrays import frozen

Singles = NDArray[np.float32]

PERPLEXITY = 30.0
"""About how many neighbours count for each point."""
EARLY, EXAGGERATION = 100, 12.0
"""So many steps neighbours attract each other so many times as much, so that groups find together first."""
STEPS = 500
START = 1e-4
"""How far the first points lie from the middle, in standard deviations: from there groups can still pass each other."""
MOMENTUM, LATER = 0.5, 0.8
"""What is left of a step in the next one: while neighbours are exaggerated, and after that."""
GROWTH, DECAY, LEAST_GAIN = 0.2, 0.8, 0.01


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """How much each of N points counts as the neighbour of each other one: `P` (N, N), symmetric, together 1."""

    P: Singles

    def __post_init__(self) -> None:
        frozen(self.P)


@dataclass(frozen=True, eq=False)
class Unfolding:
    """How far a map is: its points `Y` (2, N), how each moved last (`moved`), and how fast each coordinate may move
    (`gains`), after so many `steps`."""

    Y: Singles
    moved: Singles
    gains: Singles
    steps: int = 0

    def __post_init__(self) -> None:
        for each in (self.Y, self.moved, self.gains):
            frozen(each)

    @property
    def is_done(self) -> bool:
        """Whether it has taken all its steps."""
        return self.steps >= STEPS


def neighbourhood(A: NDArray[np.floating], perplexity: float = PERPLEXITY) -> Neighbourhood:
    """Of points `A` (n, N): Gaussian around each, as wide as it takes for the entropy log(perplexity) (van der Maaten &
    Hinton, 2008). With fewer points fewer neighbours count."""
    D = _squared_distances(A.astype(np.float64))
    N = len(D)
    wanted = np.log(min(perplexity, max((N - 1) / 3, 1.0)))
    D /= max(float(D.mean()), 1e-300)
    np.fill_diagonal(D, np.inf)
    D -= D.min(axis=1, keepdims=True)  # the nearest counts 1 before all are divided: none is too far to count
    low, high, beta = np.zeros(N), np.full(N, np.inf), np.ones(N)
    for _ in range(50):
        P = np.exp(-D * beta[:, None])
        total = P.sum(axis=1)
        entropy = np.log(total) + beta * (np.where(P > 0, D, 0) * P).sum(axis=1) / total
        too_wide = entropy > wanted
        low, high = np.where(too_wide, beta, low), np.where(too_wide, high, beta)
        beta = np.where(np.isinf(high), beta * 2, (low + high) / 2)
        if np.abs(entropy - wanted).max() < 1e-5:
            break
    P /= total[:, None]
    return Neighbourhood(((P + P.T) / (2 * N)).astype(np.float32))


def beginning(u: NDArray[np.floating]) -> Unfolding:
    """Points (2, N) as they lie on another map, all near the middle: so the new one is turned like it."""
    Y = u - u.mean(axis=1)[:, None]
    Y = (Y * (START / max(float(Y.std(axis=1).max()), 1e-12))).astype(np.float32)
    return Unfolding(Y, np.zeros_like(Y), np.ones_like(Y))


def unfold(state: Unfolding, near: Neighbourhood, steps: int) -> Unfolding:
    """So many steps of gradient descent on the difference (Kullback–Leibler) between the neighbours there and on the
    map, with momentum and a gain for each coordinate (Jacobs, 1988); at most up to the last one."""
    Y, moved, gains = state.Y.copy(), state.moved.copy(), state.gains.copy()
    last = min(state.steps + steps, STEPS)
    for step in range(state.steps, last):
        is_early = step < EARLY
        gradient = gradient_of(Y, near.P, EXAGGERATION if is_early else 1.0)
        turns = gradient * moved > 0  # it moves uphill: too fast
        gains = np.maximum(np.where(turns, gains * DECAY, gains + GROWTH), LEAST_GAIN).astype(np.float32)
        rate = max(len(near.P) / EXAGGERATION / 4, 50.0)  # Belkina et al., 2019
        moved = (MOMENTUM if is_early else LATER) * moved - rate * gains * gradient
        Y = Y + moved
    return Unfolding(Y, moved, gains, last)


def divergence(Y: NDArray[np.floating], near: Neighbourhood) -> float:
    """Σ P log(P / Q): how unlike the neighbours on a map (2, N) are, the less the better."""
    Q, _ = _map_neighbours(Y.astype(np.float32))
    P = near.P
    counts = P > 0
    return float((P[counts] * np.log(P[counts] / np.maximum(Q[counts], 1e-30))).sum())


def gradient_of(Y: Singles, P: Singles, times: float = 1.0) -> Singles:
    """∂ divergence/∂Y (2, N), with the neighbours in `P` attracting each other so many `times` as much."""
    Q, closeness = _map_neighbours(Y)
    pull = P * np.float32(times)
    pull -= Q
    pull *= closeness
    return np.asarray(4 * (Y * pull.sum(axis=1) - Y @ pull), np.float32)


def _map_neighbours(Y: Singles) -> tuple[Singles, Singles]:
    """Q (N, N), and how close points are, 1/(1 + distance²), of which it is the share."""
    closeness = _squared_distances(Y)
    closeness += 1
    np.reciprocal(closeness, out=closeness)
    np.fill_diagonal(closeness, 0)
    return closeness / closeness.sum(), closeness


def _squared_distances(A: NDArray[np.floating]) -> NDArray[np.floating]:
    """(N, N) between points (n, N)."""
    squares = (A * A).sum(axis=0)
    D = A.T @ A
    D *= -2
    D += squares[:, None]
    D += squares[None]
    return np.asarray(np.maximum(D, 0, out=D))
