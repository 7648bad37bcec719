"""Each layer's space as a map: its samples along the two directions in which they vary most there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.space.projection import Projection, components, everything, followed, turned
from mlp_playground.analysis.specimens import Specimens, seen_by_layers
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network

Floats = NDArray[np.float64]

SPREAD, GOLDEN = 0.5, (5**0.5 - 1) / 2
"""How far samples of one number are spread across it, and by which part of that from one to the next: multiples of the
golden ratio lie evenly, however many they are."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The map of one layer of `width` numbers: the samples at `points` (2, N), which lie within −1…1 and touch it, one
    unit for both directions. Of one number the second row only spreads the samples, so that they don't hide each other.
    `projection` is what they were drawn along; None: they lie beside those that are alike (t-SNE)."""

    width: int
    points: Floats
    projection: Projection | None

    def __post_init__(self) -> None:
        frozen(self.points)


@dataclass(frozen=True, eq=False)
class Answers:
    """What the network says of N samples. `said` (N,) is the class, or the number predicted; `sure` (N,) the class's
    probability, and `wrong` (N,) whether it is another one than the right one; None where numbers are predicted."""

    said: NDArray[np.int64] | NDArray[np.float32]
    sure: NDArray[np.float32] | None
    wrong: NDArray[np.bool_] | None


@dataclass(frozen=True, eq=False)
class LayerMap:
    """The maps of a network's inputs, its hidden layers and its last sums, of the same `samples`."""

    samples: Specimens
    sheets: tuple[Sheet, ...]
    answers: Answers

    @property
    def is_of_neighbours(self) -> bool:
        """Whether some layers are mapped by t-SNE, and not along directions."""
        return any(sheet.projection is None for sheet in self.sheets)


def map_layers(
    network: Network, samples: Specimens, before: LayerMap | None = None, *, gently: bool = False
) -> LayerMap:
    """Principal components (Pearson, 1901) of what each layer has of the samples. They are turned as they were
    `before`, or as the layer before, so that nothing flips from one moment or layer to the next; `gently`, for one of
    many moments in a row, they follow on those of before."""
    seen = seen_by_layers(network, samples)
    if before is not None and (before.samples is not samples or not _is_alike(before, seen)):
        before = None
    sheets: list[Sheet] = []
    for l, A in enumerate(seen):
        if before is not None and l == 0:
            sheets.append(before.sheets[0])
            continue
        drawn = None if before is None else before.sheets[l].projection
        old = None if drawn is None else drawn.basis
        beside = sheets[-1].points if sheets else None
        sheets.append(_sheet(A.astype(np.float64), old, beside, gently=gently))
    return LayerMap(samples, tuple(sheets), answers_of(network, seen[-1], samples))


def on_sheet(u: Floats) -> Floats:
    """Points `u` (2, N) moved and scaled to touch −1…1, as one picture: angles stay."""
    low, high = u.min(axis=1), u.max(axis=1)
    half = max(float((high - low).max()) / 2, 1e-12)
    return np.asarray((u - ((low + high) / 2)[:, None]) / half)


def answers_of(network: Network, Z: Array, samples: Specimens) -> Answers:
    """What the last sums `Z` (n_out, N) say."""
    head = network.architecture.the_head
    hits = head.hits(Z, head.targets(samples.y, len(Z)))
    if hits is None:
        return Answers(frozen(Z[0].astype(np.float32)), None, None)
    P = np.empty_like(Z)
    with np.errstate(over="ignore"):
        (head.signed if len(Z) == 1 else head.answer)(Z, P)
    if len(Z) == 1:  # on a scale from −1, one class for sure, to 1, the other
        said, sure = (Z[0] > 0).astype(np.int64), (1 + np.abs(P[0])) / 2
    else:
        said, sure = P.argmax(axis=0), P.max(axis=0)
    return Answers(frozen(said), frozen(sure.astype(np.float32)), frozen(~hits))


def _is_alike(before: LayerMap, seen: Sequence[Array]) -> bool:
    return [sheet.width for sheet in before.sheets] == [len(A) for A in seen]


def _sheet(A: Floats, old: Floats | None, beside: Floats | None, *, gently: bool) -> Sheet:
    """The map of points `A` (n, N), turned as the basis `old` (n, 2), or else as the points `beside` (2, N)."""
    n = len(A)
    if n <= 2:
        shown = everything(n, [""] * n)
    elif gently and old is not None:
        shown = followed(A, old)
    else:
        shown = components(A, 2)
        if old is not None:
            shown = turned(shown, shown.basis.T @ old)
        elif beside is not None:
            here = shown.basis.T @ A
            shown = turned(shown, (here - here.mean(axis=1)[:, None]) @ (beside - beside.mean(axis=1)[:, None]).T)
    points = on_sheet(shown.flat(A)[:2])
    if n == 1:
        points[1] = SPREAD * (2 * (np.arange(A.shape[1]) * GOLDEN % 1) - 1)
    return Sheet(n, points, shown)
