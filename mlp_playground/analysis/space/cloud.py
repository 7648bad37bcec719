"""What travels through a network to show how it bends space: some of the samples, and lines that lie between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.grids import bit_patterns
from mlp_playground.analysis.slice import home_of, pca_slice
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.features import FEATURES
from mlp_playground.data.toy import HALF_WIDTH, LINE_END

Floats = NDArray[np.float64]

MOST_POINTS = 600
"""Samples that are drawn: so many can still be told apart."""
DIGITS = 400
PER_CELL = 8
"""Corners of a grid line for each cell: a fold is sharp to an eighth of it."""
MOST_BITS = 6
"""Bits up to which the edges of their cube are drawn: 192 of them."""
STRAIGHT = ("x1", "x2")
"""The features that are the plane itself."""


@dataclass(frozen=True, eq=False)
class Cloud:
    """Points and lines where a network's way begins: in the plane, or in the space of its inputs.

    `X` (n, N) are the points, float64, with their classes or targets in `samples`; `n_train` of them, the first, are
    trained with, and there are `total` in the data. `lines` (n, M) are the corners of all lines, `pieces` how many each
    has, `strong` which of them mark zero; in a plane they fill ±`half_width`. `features` are those that the plane is
    told as; None where the points are the inputs themselves. `axes` name the numbers of a point, `inputs` those that
    the network is told.
    """

    data: Dataset
    X: Floats
    samples: Samples
    n_train: int
    total: int
    lines: Floats
    pieces: tuple[int, ...]
    strong: tuple[bool, ...]
    features: tuple[str, ...] | None
    axes: tuple[str, ...]
    inputs: tuple[str, ...]
    half_width: float = HALF_WIDTH

    def __post_init__(self) -> None:
        self.X.flags.writeable = self.lines.flags.writeable = False

    @property
    def has_plane(self) -> bool:
        """Whether there is a plane through the data, over which a boundary can be drawn."""
        return self.data.space in ("plane", "table")

    def of_plane(self, u: Floats) -> Floats:
        """Points `u` (2, M) of that plane, where the way begins."""
        return pca_slice(self.data).points(u) if self.data.space == "table" else u


@lru_cache(maxsize=4)
def cloud_of(data: Dataset, features: tuple[str, ...] = STRAIGHT) -> Cloud:
    """The cloud for `data`, whose points the network is told as `features` where they lie in the plane."""
    if data.space == "bits":
        return _bits(data)
    if data.space == "pictures":
        return _pictures(data)
    few, n_train = _some(data, MOST_POINTS)
    total = len(data.train) + len(data.test)
    X = few.X.astype(np.float64)
    if data.space == "line":
        lines = np.linspace(0, LINE_END, 257)[None]
        return Cloud(data, X, few, n_train, total, lines, (257,), (False,), None, ("x",), ("x",))
    plane = pca_slice(data) if data.space == "table" else None
    half = home_of(data, plane).half_width
    grid, pieces, strong = _grid(half)
    names = tuple(scale.name for scale in data.inputs)
    if plane is not None:
        lines = plane.points(grid)
        return Cloud(data, X, few, n_train, total, lines, pieces, strong, None, names, names, half)
    axes = names or ("x₁", "x₂")
    told = None if features == STRAIGHT else features
    inputs = axes if told is None else tuple(FEATURES[name].label for name in told)
    return Cloud(data, X, few, n_train, total, grid, pieces, strong, told, axes, inputs, half)


def _some(data: Dataset, most: int) -> tuple[Samples, int]:
    """The first samples of both parts, as many of each as is fair, and how many of them are for training."""
    total = len(data.train) + len(data.test)
    n_train = len(data.train) if total <= most else round(most * len(data.train) / total)
    n_test = min(len(data.test), most - n_train)
    X = np.concatenate([data.train.X[:, :n_train], data.test.X[:, :n_test]], axis=1)
    return Samples(X, np.concatenate([data.train.y[:n_train], data.test.y[:n_test]])), n_train


def _grid(half_width: float) -> tuple[Floats, tuple[int, ...], tuple[bool, ...]]:
    """Lines over the whole plane in both directions, at round numbers: 6 on each side of 0, or 5."""
    cells = 6 if half_width % 6 == 0 else 5
    at = np.linspace(-half_width, half_width, 2 * cells + 1)
    along = np.linspace(-half_width, half_width, 2 * cells * PER_CELL + 1)
    fixed, free = np.repeat(at, len(along)), np.tile(along, len(at))
    lines = np.concatenate([np.stack([fixed, free]), np.stack([free, fixed])], axis=1)
    strong = (False,) * cells + (True,) + (False,) * cells
    return lines, (len(along),) * (2 * len(at)), strong + strong


def _bits(data: Dataset) -> Cloud:
    """All patterns, and the edges of their cube: along each, one bit turns over."""
    bits = data.n_in
    patterns = bit_patterns(bits).reshape(bits, -1)
    seen = {tuple(column) for column in (data.train.X > 0).T.tolist()}
    tested = np.array([tuple(column) not in seen for column in (patterns > 0).T.tolist()])
    order = np.argsort(tested, kind="stable")  # those that are trained with first
    X = patterns[:, order].astype(np.float64) * 2 - 1
    samples = Samples(X.astype(np.float32), patterns[:, order].sum(axis=0) % 2)
    lines, pieces = np.zeros((bits, 0)), tuple[int, ...]()
    if bits <= MOST_BITS:
        pairs = [(i, j) for i, j in combinations(range(X.shape[1]), 2) if (X[:, i] != X[:, j]).sum() == 1]
        share = np.linspace(0, 1, PER_CELL + 1)
        lines = np.concatenate([X[:, [i]] * (1 - share) + X[:, [j]] * share for i, j in pairs], axis=1)
        pieces = (len(share),) * len(pairs)
    names = tuple(f"bit {k + 1}" for k in range(bits))
    count = X.shape[1]
    n_train = int(count - tested.sum())
    return Cloud(data, X, samples, n_train, count, lines, pieces, (False,) * len(pieces), None, names, names)


def _pictures(data: Dataset) -> Cloud:
    """The first test digits. No plane lies through 784 pixels in which one could see anything."""
    X, y = data.test.X[:, :DIGITS], data.test.y[:DIGITS]
    names = tuple(f"pixel {k + 1}" for k in range(data.n_in))
    nothing = np.zeros((data.n_in, 0))
    return Cloud(
        data, X.astype(np.float64), Samples(X.copy(), y), 0, len(data.test), nothing, (), (), None, names, names
    )
