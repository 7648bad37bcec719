"""A plane through data with more than two columns: what can be drawn of them, and of the network that learns them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset, Scale
from mlp_playground.data.extent import HOME, Extent, fitting
from mlp_playground.data.own import REACH

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Slice:
    """The points `origin` + `directions` @ u of the inputs' space, for u (2, …) in the plane that is drawn.

    `origin` (n_in,) is the training samples' mean, as far as it is not in the plane. The columns of `directions`
    (n_in, 2) are at right angles. `axes` name them and say what a coordinate stands for, `shares` how much of the
    training samples' variance lies along each.
    """

    kind: Literal["components", "columns"]
    origin: Vector
    directions: Vector
    axes: tuple[Scale, Scale]
    shares: tuple[float, float]

    def __post_init__(self) -> None:
        self.origin.flags.writeable = False
        self.directions.flags.writeable = False

    @property
    def columns(self) -> tuple[int, int] | None:
        """The two columns of the table that it is laid through; None for principal components."""
        first, second = np.abs(self.directions).argmax(axis=0).tolist()
        return (first, second) if self.kind == "columns" else None

    def points(self, u: NDArray[Any]) -> Vector:
        """The inputs (n_in, N) at the plane's points `u` (2, N)."""
        return np.asarray(self.origin[:, None] + self.directions @ u)

    def project(self, X: NDArray[Any]) -> Vector:
        """The plane's points (2, N) that are nearest to inputs `X` (n_in, N)."""
        away = self.directions / (self.directions**2).sum(axis=0)
        return np.asarray(away.T @ (X - self.origin[:, None]))


@lru_cache(maxsize=4)
def home_of(data: Dataset, plane: Slice | None = None) -> Extent:
    """What is shown of the plane until the user looks elsewhere: all samples are in it. Of a table it is `plane`."""
    if data.space not in ("plane", "table"):
        return HOME
    X = np.concatenate([data.train.X, data.test.X], axis=1)
    return fitting(X if plane is None else plane.project(X))


def slice_of(data: Dataset, columns: tuple[int, int] | None = None) -> Slice | None:
    """The plane to draw of a table: through two columns, or, for None or columns that are not there, the principal
    components. Nothing for data that are drawn otherwise. The same object for the same arguments."""
    if data.space != "table":
        return None
    if columns is None or len({*columns} & {*range(data.n_in)}) < 2:
        return pca_slice(data)
    return column_slice(data, *columns)


@lru_cache(maxsize=2)
def pca_slice(data: Dataset) -> Slice:
    """Through the mean of the training samples, along their first two principal components (Pearson, 1901).

    Each direction is as long as all samples need to fill −REACH…REACH, and points to where the column that counts most
    in it rises.
    """
    X = data.train.X.astype(np.float64)
    mean = X.mean(axis=1)
    centred = X - mean[:, None]
    variances, vectors = np.linalg.eigh(centred @ centred.T / X.shape[1])
    V, two = vectors[:, :-3:-1], variances[:-3:-1]
    V = V * np.sign(np.take_along_axis(V, np.abs(V).argmax(axis=0)[None], axis=0))
    everything = np.concatenate([data.train.X, data.test.X], axis=1) - mean[:, None]
    reach = np.abs(V.T @ everything).max(axis=1)
    unit = np.where(reach > 1e-9, reach / REACH, 1.0)  # along a direction without any spread every unit will do
    axes = Scale("component 1", float(1 / unit[0])), Scale("component 2", float(1 / unit[1]))
    return Slice("components", mean, V * unit, axes, _shares(two, variances.sum()))


@lru_cache(maxsize=4)
def column_slice(data: Dataset, i: int, j: int) -> Slice:
    """Along the columns number `i` (to the right) and `j` (up), the others at the mean of the training samples."""
    X = data.train.X.astype(np.float64)
    origin = X.mean(axis=1)
    origin[[i, j]] = 0
    directions = np.zeros((data.n_in, 2))
    directions[i, 0] = directions[j, 1] = 1
    variances = X.var(axis=1)
    axes = data.inputs[i], data.inputs[j]
    return Slice("columns", origin, directions, axes, _shares(variances[[i, j]], variances.sum()))


def _shares(two: Vector, total: float) -> tuple[float, float]:
    first, second = (max(float(variance / total), 0.0) if total > 0 else 0.0 for variance in two)
    return first, second
