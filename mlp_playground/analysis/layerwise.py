"""What each layer of a network makes of samples, one layer after the other, for whoever looks into it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Network


def layerwise(network: Network, X: Array) -> Iterator[tuple[Array, Array]]:
    """Each layer's sums Z and answers A (n, N) for inputs `X` (n_in, N), computed as they are asked for.

    The last layer's answers are the head's: probabilities, or the predicted number.
    """
    folds, A = network.architecture.folds, X
    applies = [*(fold.apply for fold in folds), network.architecture.the_head.answer]
    for W, b, apply in zip(network.W, network.b, applies, strict=True):
        with np.errstate(over="ignore", invalid="ignore"):
            Z: Array = W @ A
            Z += b[:, None]
            A = np.empty_like(Z)
            apply(Z, A)
        yield Z, A


def at_layer(network: Network, X: Array, layer: int) -> tuple[Array, Array]:
    """The sums and answers (n, N) of a `layer` from 0, the output's being the last. Raises IndexError if there is no
    such layer."""
    for l, found in enumerate(layerwise(network, X)):
        if l == layer:
            return found
    raise IndexError(f"the network has no layer {layer}")
