"""What a data source hands on: samples as columns, split once into train and test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue

Task = Literal["binary", "classes", "regression"]
Space = Literal["plane", "line", "bits", "table", "pictures"]
"""Where samples live: points in the plane (told to the network as features), numbers on a line, rows of bits, rows of
a table with more than two columns, or grey pictures."""


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
class Scale:
    """What a row of `X`, or the targets, are called in the user's own data, and how they became the network's numbers:
    own number · `factor` + `offset`."""

    name: str
    factor: float = 1.0
    offset: float = 0.0

    def back(self, value: float) -> float:
        """The user's own number that `value` stands for."""
        return (value - self.offset) / self.factor


@dataclass(frozen=True, eq=False)
class Dataset:
    """Train and test samples and what they mean. Two are equal if they are the same object, so it can be a key.

    `image_shape` is (rows, columns) where a sample is a grey picture, with X in 0…1 row by row, else None.
    `label` is the name on screen. `inputs` (one for each row of X) and `target` are there for the user's own data.
    Raises InvalidValue where all training samples are of one class: nothing could be told apart.
    """

    label: str
    task: Task
    train: Samples
    test: Samples
    classes: tuple[str, ...] = field(default=())
    space: Space = "plane"
    image_shape: tuple[int, int] | None = None
    inputs: tuple[Scale, ...] = ()
    target: Scale | None = None

    def __post_init__(self) -> None:
        y = self.train.y
        if self.task != "regression" and (len(y) == 0 or (y == y[0]).all()):
            found = f"all of class {self.classes[int(y[0])]}" if len(y) else "none"
            raise InvalidValue(
                "training samples", found, "of two classes or more, so that there is something to tell apart"
            )

    @property
    def n_in(self) -> int:
        """How many numbers describe one sample."""
        return int(self.train.X.shape[0])


def split(
    X: NDArray[np.float32], y: NDArray[np.int64] | NDArray[np.float32], test_share: float, rng: np.random.Generator
) -> tuple[Samples, Samples]:
    """Shuffle the N columns of `X` (n_in, N) with `y` (N,) and cut them into (train, test), as `cut` does."""
    return cut(X, y, test_share, rng.permutation(y.shape[0]))


def cut(
    X: NDArray[np.float32], y: NDArray[np.int64] | NDArray[np.float32], test_share: float, order: NDArray[np.int64]
) -> tuple[Samples, Samples]:
    """Put the N columns of `X` (n_in, N) with `y` (N,) into this order and cut them into (train, test).

    Test samples come first. Each part gets at least one sample. Where only one label would be left to train with, a
    sample of another one changes places, if there is any and room for it.
    """
    n_test = test_count(y.shape[0], test_share)
    test, train = order[:n_test], order[n_test:]
    others = np.flatnonzero(y[test] != y[train[0]])
    if y.dtype.kind == "i" and len(train) > 1 and len(others) and (y[train] == y[train[0]]).all():
        train[-1], test[others[0]] = test[others[0]], train[-1]
    return _take(X, y, train), _take(X, y, test)


def test_count(n: int, test_share: float) -> int:
    """How many of `n` samples are kept to test: the share, but at least one for each part."""
    return min(max(round(n * test_share), 1), n - 1)


def _take(X: NDArray[np.float32], y: NDArray[np.int64] | NDArray[np.float32], chosen: NDArray[np.int64]) -> Samples:
    # rows gathered and then transposed: a sample's numbers stay side by side in memory, which minibatches profit from
    return Samples(np.ascontiguousarray(X.T[chosen]).T, y[chosen])
