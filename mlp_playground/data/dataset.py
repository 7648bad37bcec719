"""What a data source hands on: samples as columns, split once into train and test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue

Task = Literal["binary", "classes", "regression"]


@dataclass(frozen=True)
class Samples:
    """N samples: inputs `X`, shape (n_in, N), float32, and targets `y`, shape (N,).

    `y` holds class numbers 0, 1, … (int64) or, for regression, targets of about −1…1 (float32). Both are read-only.
    """

    X: NDArray[np.float32]
    y: NDArray[np.int64] | NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.X.ndim != 2 or self.y.shape != self.X.shape[1:]:
            raise InvalidValue(
                "samples", f"X {self.X.shape}, y {self.y.shape}", "X of shape (n_in, N) and y of shape (N,)"
            )
        if not np.isfinite(self.X).all() or not np.isfinite(self.y).all():
            raise InvalidValue("samples", "NaN or infinity", "finite numbers")
        self.X.flags.writeable = False
        self.y.flags.writeable = False

    def __len__(self) -> int:
        return int(self.y.shape[0])


@dataclass(frozen=True)
class Dataset:
    """Train and test samples and what they mean.

    `image_shape` is (rows, columns) where a sample is a grey picture, with X in 0…1 row by row, else None.
    `label` is the name on screen.
    """

    label: str
    task: Task
    train: Samples
    test: Samples
    classes: tuple[str, ...] = field(default=())
    image_shape: tuple[int, int] | None = None

    @property
    def n_in(self) -> int:
        """How many numbers describe one sample."""
        return int(self.train.X.shape[0])


def split(
    X: NDArray[np.float32], y: NDArray[np.int64] | NDArray[np.float32], test_share: float, rng: np.random.Generator
) -> tuple[Samples, Samples]:
    """Shuffle the N columns of `X` (n_in, N) with `y` (N,) and cut them into (train, test).

    Each part gets at least one sample.
    """
    n = y.shape[0]
    order = rng.permutation(n)
    n_test = min(max(round(n * test_share), 1), n - 1)
    test, train = order[:n_test], order[n_test:]
    return _take(X, y, train), _take(X, y, test)


def _take(X: NDArray[np.float32], y: NDArray[np.int64] | NDArray[np.float32], chosen: NDArray[np.int64]) -> Samples:
    # rows gathered and then transposed: a sample's numbers stay side by side in memory, which minibatches profit from
    return Samples(np.ascontiguousarray(X.T[chosen]).T, y[chosen])
