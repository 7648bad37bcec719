"""One neuron by itself: its line, what it makes of one sample term by term, and of the training samples by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.layerwise import at_layer, layerwise
from mlp_playground.analysis.training_pass import Chosen
from mlp_playground.data.dataset import Dataset
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network

BEST = 9
"""Samples that excite a neuron most, of which it tells."""
MIDDLE = (0.1, 0.9)
"""The quantiles between which the middle 80 % of the activations lie."""
THIRDS = ("low", "middle", "high")
"""Where there are no classes, samples are told apart by their target: three groups of the same size."""

Cell = tuple[int, int]
"""A neuron as the diagram counts it: (column, index), column 0 being the inputs."""


@dataclass(frozen=True)
class Hyperplane:
    """Where w·a + b = 0: `length` of w, signed `distance` of the plane from the origin along `direction` (n,), the unit
    vector towards which the neuron's sum grows."""

    length: float
    distance: float
    direction: NDArray[np.float64]

    @property
    def angle(self) -> float:
        """Of two inputs: degrees of the direction, counter-clockwise from the first one's axis, −180…180."""
        return float(np.degrees(np.arctan2(self.direction[1], self.direction[0])))


def hyperplane(w: NDArray[Any], b: float) -> Hyperplane | None:
    """The hyperplane of weights `w` (n,) and bias `b`; None where all weights are 0 and there is none.

    The point of w·a + b = 0 nearest to the origin is −b w / |w|², so it lies −b / |w| along w / |w|.
    """
    w = np.asarray(w, np.float64)
    length = float(np.linalg.norm(w))
    if length == 0 or not np.isfinite(length):
        return None
    return Hyperplane(length, -b / length, frozen(w / length))


@dataclass(frozen=True)
class Terms:
    """What a neuron makes of one sample: z = Σ `weights` · `inputs` + `bias`, both (n,), and its `answer` f(z). A
    feature has no terms, only its answer."""

    cell: Cell
    weights: NDArray[np.float64]
    inputs: NDArray[np.float64]
    bias: float
    z: float
    answer: float

    @property
    def products(self) -> NDArray[np.float64]:
        """Each term w·a (n,)."""
        return self.weights * self.inputs


def terms(network: Network, x: NDArray[Any], cell: Cell) -> Terms:
    """The sum of the neuron `cell` for one sample, told to the network as `x` (n_in,), in float64."""
    column, k = cell
    exact = Network(network.architecture, network.theta.astype(np.float64))
    x = np.asarray(x, np.float64)
    if column == 0:
        none = frozen(np.zeros(0))
        return Terms(cell, none, none, 0.0, float(x[k]), float(x[k]))
    A = x
    for l, (_, answers) in enumerate(layerwise(exact, x[:, None])):
        if l == column - 1:
            w, b = exact.W[l][k], float(exact.b[l][k])
            with np.errstate(over="ignore", invalid="ignore"):
                z = float(w @ A + b)
            return Terms(cell, frozen(w.copy()), frozen(A.copy()), b, z, float(answers[k, 0]))
        A = answers[:, 0]
    raise IndexError(cell)


@dataclass(frozen=True)
class Group:
    """What a neuron makes of the samples of one class, or third of the targets: how `many` they are, the `mean` of its
    activations, the range `low` to `high` of the middle 80 %, and the share for which it is `active`: for which z > 0,
    or, of several outputs, for which it is the largest."""

    name: str
    many: int
    mean: float
    low: float
    high: float
    active: float


@dataclass(frozen=True)
class Habits:
    """What a neuron does on training samples: by class (or thirds of the target), and the numbers of those that excite
    it most, the strongest first (`best`, by z), with their activations."""

    groups: tuple[Group, ...]
    best: tuple[int, ...]
    activations: tuple[float, ...]


@np.errstate(over="ignore", invalid="ignore")
def habits(network: Network, chosen: Chosen, data: Dataset, cell: Cell) -> Habits:
    """What the neuron `cell` (or the feature, in column 0) does on the training samples."""
    z, a, active = _answers(network, chosen.X1, cell)
    y = chosen.samples.y
    if data.task == "regression":
        order = np.argsort(y, kind="stable")
        members = list(zip(THIRDS, np.array_split(order, 3), strict=True))
    else:
        members = [(name, np.flatnonzero(y == k)) for k, name in enumerate(data.classes)]
    groups = tuple(_group(name, a[some], active[some]) for name, some in members if len(some))
    best = _different(np.argsort(-np.nan_to_num(z), kind="stable"), chosen.samples.X)
    return Habits(groups, tuple(best), tuple(a[best].tolist()))


def _different(order: NDArray[np.int64], X: NDArray[np.float32]) -> list[int]:
    """The first BEST of the columns of `X` (n_raw, N) in this `order`; of those that are alike, as rows of bits are,
    only the first."""
    found: dict[bytes, int] = {}
    for i in order.tolist():
        found.setdefault(X[:, i].tobytes(), i)
        if len(found) == BEST:
            break
    return list(found.values())


def _answers(
    network: Network, X1: Array, cell: Cell
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Its sums and its answers (N,), which of a feature are the same, and for which samples it is active."""
    column, k = cell
    if column == 0:
        values = X1[k].astype(np.float64)
        return values, values, values > 0
    Z, A = at_layer(network, X1[:-1], column - 1)
    wins = Z.argmax(axis=0) == k
    is_class = len(Z) > 1 and column == len(network.blocks)
    return Z[k].astype(np.float64), A[k].astype(np.float64), np.asarray(wins if is_class else Z[k] > 0)


def _group(name: str, a: NDArray[np.float64], active: NDArray[np.bool_]) -> Group:
    low, high = np.quantile(a, MIDDLE)
    return Group(name, len(a), float(a.mean()), float(low), float(high), float(active.mean()))
