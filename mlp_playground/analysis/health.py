"""How healthy a network is, layer by layer: what its neurons answer to the data, and what comes back to them to learn
from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.activations import ACTIVATIONS, Activation
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Architecture, Gradient, Network, Tape, blocks

BAND = 0.5, 2.0
"""A hidden layer's variance over that of its input: with first weights that keep to it a signal neither fades nor grows
much on its way. He's give ReLU 0.68 in the first layer and 1 in those behind; √(1/n) instead of √(2/n) gives half."""
FLAT = 0.05
"""A slope of less than this share of the steepest counts as saturated: |tanh z| > 0.975, σ(z) < 0.013 or > 0.987."""
SAMPLE, WORK = 1000, 1e8
"""Samples that are always enough for shares and means, and samples × parameters up to which all are looked at: about
30 ms forward and back."""
CHUNK = 2000
"""Samples that are gone through at once where neurons are looked for that answer 0 to all of them."""


@dataclass(frozen=True, eq=False)
class LayerHealth:
    """One layer; `activation` is "" for the output layer. Neurons that are off count nowhere; `working` is how many are
    not.

    `dead` (n,): answers 0 with slope 0 to every sample there is, so nothing can wake it up. `zeros` is the share of
    answers that are exactly 0 (None where the activation has no flat side at 0), `saturated` that of answers on a flat
    end (None for activations without two ends). `variance` is that of all its answers (of its sums for the output
    layer), and `gain` the same over that of its inputs. `arriving` is the mean |∂loss/∂z| of a sample's loss and its
    neurons' sums: what comes back to the layer. `gradient` is the mean |∂loss/∂w| of its weights and biases and the
    loss of all.
    """

    activation: str
    dead: NDArray[np.bool_]
    working: int
    zeros: float | None
    saturated: float | None
    variance: float
    gain: float
    arriving: float
    gradient: float

    @property
    def dead_share(self) -> float:
        """The share of its working neurons that are dead."""
        return float(self.dead.sum()) / max(self.working, 1)


def sampled(n: int, n_parameters: int) -> NDArray[np.int64]:
    """Which of `n` samples are looked at: all, or evenly spread ones where that would take long. Always the same."""
    size = min(n, max(SAMPLE, int(WORK / n_parameters)))
    return np.asarray(np.linspace(0, n - 1, size).round(), np.int64)


def examine(network: Network, X: Array, Y: Array, n_train: int) -> tuple[LayerHealth, ...]:
    """Each layer's health on the first `n_train` of the samples X (n_in + 1, N, with a row of ones) and Y (n_out, N);
    only dead neurons are verified on all."""
    shape = network.architecture
    chosen = sampled(n_train, shape.n_parameters)
    X_seen, Y_seen = X.T[chosen].T, Y.T[chosen].T
    tape, gradient = Tape(shape, len(chosen), network.theta.dtype), Gradient(shape, network.theta.dtype)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        network.forward(X_seen, tape)
        network.backward(Y_seen, tape, gradient)
        dead = _dead(network, tape, X)
        return tuple(_layer(network, tape, gradient, l, dead) for l in range(len(shape.shapes)))


def _layer(network: Network, tape: Tape, gradient: Gradient, l: int, dead: list[NDArray[np.bool_]]) -> LayerHealth:
    shape = network.architecture
    is_output = l == len(shape.activations)
    on = _on(shape, l)
    A = (tape.Z[l] if is_output else tape.folded[l])[on]
    zeros = saturated = None
    if not is_output:
        fold = ACTIVATIONS[shape.activations[l]]
        slope = slopes(fold, tape.Z[l], tape.folded[l])[on]
        zeros = _share(A == 0) if _at(fold, -1)[0] == 0 else None
        two_ends = fold.low is not None and fold.high is not None
        saturated = _share(slope < FLAT * _at(fold, 0)[1]) if two_ends else None
    variance = _variance(A)
    return LayerHealth(
        "" if is_output else shape.activations[l],
        frozen(dead[l]),
        int(on.sum()),
        zeros,
        saturated,
        variance,
        variance / max(_variance(tape.A[l][:-1]), 1e-300),
        _mean_size(tape.dZ[l][on]) * tape.dZ[l].shape[1],
        _mean_size(gradient.blocks[l]),
    )


def _variance(values: Array) -> float:
    return float(values.var(dtype=np.float64)) if values.size else 0.0


def _share(hits: NDArray[np.bool_]) -> float:
    return float(hits.mean()) if hits.size else 0.0


def _mean_size(values: Array) -> float:
    return float(np.abs(values, dtype=np.float64).mean()) if values.size else 0.0


def _on(shape: Architecture, layer: int) -> NDArray[np.bool_]:
    """Which neurons (n,) of a layer are not off."""
    result = np.ones(shape.widths[layer + 1], np.bool_)
    result[[neuron for at, neuron in shape.off if at == layer]] = False
    return result


def slopes(fold: Activation, Z: Array, A: Array) -> Array:
    """f′(Z) for answers A = f(Z), in the shape of both."""
    out = np.empty_like(Z)
    fold.chain(np.ones_like(Z), Z, A, out)
    return out


def _at(fold: Activation, z: float) -> tuple[float, float]:
    """f(z) and f′(z)."""
    Z = np.full((1, 1), z, np.float32)
    A = np.empty_like(Z)
    fold.apply(Z, A)
    return float(A[0, 0]), float(slopes(fold, Z, A)[0, 0])


def _dead(network: Network, tape: Tape, X: Array) -> list[NDArray[np.bool_]]:
    """For each layer which of its working neurons answer 0 with slope 0 to all samples X."""
    shape = network.architecture
    dead = [
        ((A == 0) & (slopes(fold, Z, A) == 0)).all(axis=1) & _on(shape, l)
        for l, (fold, Z, A) in enumerate(zip(shape.folds, tape.Z, tape.folded, strict=False))
    ]
    for start in range(0, X.shape[1], CHUNK):
        if not any(each.any() for each in dead):
            break
        hidden, _ = network.layers(X[:, start : start + CHUNK])
        for suspects, A in zip(dead, hidden, strict=True):
            suspects &= (A[:-1] == 0).all(axis=1)
    return [*dead, np.zeros(shape.widths[-1], np.bool_)]


def update_ratios(architecture: Architecture, before: Array, after: Array) -> tuple[float, ...]:
    """For each layer ‖ΔW‖ / ‖W‖: how far one step moved its weights (without biases), as a share of their size.

    Infinity where there was nothing to move from.
    """
    change = blocks(architecture, after.astype(np.float64) - before)
    sizes = (np.linalg.norm(block[:, :-1]) for block in blocks(architecture, before.astype(np.float64)))
    steps = (np.linalg.norm(block[:, :-1]) for block in change)
    return tuple(float(step / size) if size else float("inf") for step, size in zip(steps, sizes, strict=True))
