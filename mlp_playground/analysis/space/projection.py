"""What is drawn of a space with any number of dimensions: two or three of them, chosen so that nothing is made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.arrays import frozen

Floats = NDArray[np.float64]

AS_THEY_ARE = 3
"""Up to so many numbers are drawn without a choice: more need one."""
STEPS, STILL = 3, 1e-9
"""Of orthogonal iteration from moment to moment; and the share of the variance that counts as none."""


class Choice(Enum):
    """What is drawn: all numbers, those of some neurons, the directions in which the points vary most, or those in
    which the network decides and what varies most besides."""

    ALL = "all"
    NEURONS = "neurons"
    COMPONENTS = "components"
    ANSWER = "answer"


@dataclass(frozen=True, eq=False)
class Projection:
    """The flat piece `offset` + `basis` @ u of a space of n dimensions that is drawn, and what falls on it.

    `basis` (n, D) has orthonormal columns, D = 2 or 3; `offset` (n,) is at right angles to them. One number (n = 1) is
    drawn with D = 2, the second column 0. `share` of the points' variance lies along it. `axes` name the directions.
    """

    basis: Floats
    offset: Floats
    share: float
    axes: tuple[str, ...]
    choice: Choice

    def __post_init__(self) -> None:
        frozen(self.basis)
        frozen(self.offset)

    @property
    def dimensions(self) -> int:
        """1, 2 or 3: how many directions are drawn."""
        return len(self.axes)

    def flat(self, A: Floats) -> Floats:
        """Points `A` (n, N) as they are drawn, (3, N): what has no direction is 0."""
        u = np.zeros((3, A.shape[1]))
        u[: self.basis.shape[1]] = self.basis.T @ A
        return u

    def points(self, u: Floats) -> Floats:
        """The points (n, N) of the space that lie at `u` (D, N) of the piece that is drawn."""
        return np.asarray(self.offset[:, None] + self.basis @ u)


def everything(n: int, axes: Sequence[str]) -> Projection:
    """One, two or three numbers as they are."""
    return Projection(np.eye(n, max(n, 2)), np.zeros(n), 1.0, tuple(axes), Choice.ALL)


def chosen(A: Floats, neurons: Sequence[int], axes: Sequence[str]) -> Projection:
    """Some of the rows of points `A` (n, N), the others held at their mean."""
    rows = list(neurons)
    basis = np.zeros((len(A), len(rows)))
    basis[rows, range(len(rows))] = 1
    offset, variances = A.mean(axis=1), A.var(axis=1)
    offset[rows] = 0
    share = _share(variances[rows].sum(), variances.sum())
    return Projection(basis, offset, share, tuple(axes[row] for row in rows), Choice.NEURONS)


def components(A: Floats, count: int) -> Projection:
    """The `count` principal components (Pearson, 1901) of points `A` (n, N). Each points to where the number that
    counts most in it rises."""
    mean = A.mean(axis=1)
    centred = A - mean[:, None]
    n, N = A.shape
    if n <= N or count > N:
        variances, vectors = np.linalg.eigh(centred @ centred.T / N)
    else:  # fewer points than dimensions: the small matrix of their products has the same variances
        variances, weights = np.linalg.eigh(centred.T @ centred / N)
        vectors = np.linalg.qr(centred @ weights[:, : -count - 1 : -1])[0][:, ::-1]
    V = vectors[:, : -count - 1 : -1]
    V = V * np.where(np.take_along_axis(V, np.abs(V).argmax(axis=0)[None], axis=0) < 0, -1.0, 1.0)
    names = tuple(f"direction {k + 1}" for k in range(count))
    share = _share(variances[-count:].clip(0).sum(), variances.clip(0).sum())
    return Projection(V, mean - V @ (V.T @ mean), share, names, Choice.COMPONENTS)


def followed(A: Floats, before: Floats) -> Projection:
    """The main directions of points `A` (n, N), as far as they can be reached gently from the basis `before` (n, D).

    A few steps of orthogonal iteration (Bauer, 1957) come close where one direction counts for more than another, and
    turn slowly where two count alike, which would change places from one moment to the next otherwise.
    """
    mean = A.mean(axis=1)
    centred = A - mean[:, None]
    variances = centred.var(axis=1)
    V, still = before, STILL * float(variances.sum()) + 1e-300
    for _ in range(STEPS):  # what doesn't vary at all keeps its direction
        V = np.linalg.qr(centred @ (centred.T @ V) / A.shape[1] + still * V)[0]
    V = V @ _orthonormal(V.T @ before)
    names = tuple(f"direction {k + 1}" for k in range(V.shape[1]))
    share = _share((V.T @ A).var(axis=1).sum(), variances.sum())
    return Projection(V, mean - V @ (V.T @ mean), share, names, Choice.COMPONENTS)


def facing(A: Floats, M: Floats, count: int, before: Floats | None = None, *, gently: bool = False) -> Projection:
    """Points `A` (n, N) along the directions that decide the answer, and the rest of `count` as they vary most besides.

    `M` (m, n) are the sums' weights: one sum decides by itself, several by how they differ, which are m − 1 directions.
    All are turned as in the basis `before` (n, count); the others (`gently`) follow on it.
    """
    first = _deciding(A, M, before)
    r = first.shape[1]
    beside = A - first @ (first.T @ A)
    rest = components(beside, count - r).basis if r < count else np.zeros((len(A), 0))
    if before is not None and r < count:
        last = _orthonormal(before[:, r:] - first @ (first.T @ before[:, r:]))
        rest = followed(beside, last).basis if gently else rest @ _orthonormal(rest.T @ last)
    V, mean = np.column_stack([first, rest]), A.mean(axis=1)
    names = ["to the answer"] if r == 1 else [f"answer {k + 1}" for k in range(r)]
    names += [f"direction {k + 1}" for k in range(count - r)]
    share = _share((V.T @ A).var(axis=1).sum(), A.var(axis=1).sum())
    return Projection(V, mean - V @ (V.T @ mean), share, tuple(names), Choice.ANSWER)


def _deciding(A: Floats, M: Floats, before: Floats | None) -> Floats:
    """The orthonormal directions (n, r) in which sums with weights `M` (m, n) decide: r is 1 of one, else m − 1."""
    if len(M) == 1:
        return np.asarray(M.T / max(float(np.linalg.norm(M)), 1e-12))
    r = len(M) - 1
    first = np.linalg.svd((M - M.mean(axis=0)).T, full_matrices=False)[0][:, :r]
    within = components(first.T @ A, r).basis if before is None else _orthonormal(first.T @ before[:, :r])
    return np.asarray(first @ within)


def along(A: Floats, other: Projection) -> Projection:
    """Other points `A` (n, N) along the same directions."""
    V, mean = other.basis, A.mean(axis=1)
    share = _share((V.T @ A).var(axis=1).sum(), A.var(axis=1).sum())
    return replace(other, offset=mean - V @ (V.T @ mean), share=share)


def turned(projection: Projection, towards: Floats) -> Projection:
    """The same piece of space with other axes in it: `towards` (D, D) is V.T @ target, and the rotation (or
    reflection) that comes nearest to the target is its polar factor (Schönemann, 1966)."""
    return replace(projection, basis=projection.basis @ _orthonormal(towards))


def _orthonormal(V: Floats) -> Floats:
    """The orthonormal columns that are nearest to those of `V` (n, D)."""
    U, _, Vt = np.linalg.svd(V, full_matrices=False)
    return np.asarray(U @ Vt)


def _share(part: float, total: float) -> float:
    # all on one spot: nothing is lost
    return float(min(part / total, 1.0)) if total > 1e-12 else 1.0
