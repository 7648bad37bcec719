"""Which samples a network gets wrong: the pictures ring them, and must not compute it themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network


@dataclass(frozen=True)
class Mistakes:
    """Which of the samples to train with (n_train,) and to test with (n_test,) are answered wrongly."""

    train: NDArray[np.bool_]
    test: NDArray[np.bool_]


def find_mistakes(network: Network, X: Array, Y: Array, n_train: int) -> Mistakes | None:
    """Answers of `network` to X (n_in + 1, N, with a row of ones) that are not Y (n_out, N), the first `n_train` of
    which are to train with. None for numbers to predict, where no answer simply is right."""
    with np.errstate(over="ignore", invalid="ignore"):
        hits = network.architecture.the_head.hits(network.predict(X), Y)
    return None if hits is None else Mistakes(frozen(~hits[:n_train]), frozen(~hits[n_train:]))
