"""Some of the samples, as the network is told them, to look at its layers with: all where they are few."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.space.stages import LARGEST
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.features import expand
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network, with_ones


@dataclass(frozen=True, eq=False)
class Specimens:
    """N samples of `data`: what the network is told of them, `X1` (n_in + 1, N), float32 with a row of ones, and their
    classes or targets `y` (N,). The first `n_train` are the first ones for training, the others the first for testing.
    """

    data: Dataset
    X1: Array
    y: NDArray[np.int64] | NDArray[np.float32]
    n_train: int

    def __post_init__(self) -> None:
        frozen(self.X1)
        frozen(self.y)

    def __len__(self) -> int:
        return int(self.y.shape[0])

    def raw(self, number: int) -> NDArray[np.float32]:
        """The sample `number` as the data have it, (n,): before any features are made of it."""
        part, column = self.place(number)
        return np.asarray((self.data.train if part == "train" else self.data.test).X[:, column])

    def place(self, number: int) -> tuple[str, int]:
        """Where the sample `number` stands in the data: ("train" or "test", column)."""
        return ("train", number) if number < self.n_train else ("test", number - self.n_train)


@lru_cache(maxsize=4)
def specimens(data: Dataset, features: tuple[str, ...], most_train: int, most_test: int) -> Specimens:
    """The first samples of both parts, at most so many of each. `features` count for points in the plane."""
    train, test = data.train.X[:, :most_train], data.test.X[:, :most_test]
    y = np.concatenate([data.train.y[:most_train], data.test.y[:most_test]])
    if data.space == "plane":
        train, test = expand(features, train), expand(features, test)
    return Specimens(data, with_ones(train, np.float32, test), y, train.shape[1])


@np.errstate(over="ignore", invalid="ignore")
def seen_by_layers(network: Network, samples: Specimens) -> list[Array]:
    """What each layer has of the samples, (n, N) each: the inputs, what each hidden layer answers, and the last sums
    Z. Numbers that no computer can hold any more are cut off."""
    hidden, Z = network.layers(samples.X1)
    return [samples.X1[:-1], *(_held(A[:-1]) for A in hidden), _held(Z)]


def _held(A: Array) -> Array:
    if np.abs(A).max(initial=0.0) < LARGEST:  # NaN is not less than anything
        return A
    return np.asarray(np.clip(np.nan_to_num(A, posinf=LARGEST, neginf=-LARGEST), -LARGEST, LARGEST), A.dtype)
