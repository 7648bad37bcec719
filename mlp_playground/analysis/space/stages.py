"""A network's way from input to answer, step by step: what a learner follows is more than one number for each layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.features import FEATURES
from mlp_playground.nn.activations import ACTIVATIONS, Activation, silenced
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network

Floats = NDArray[np.float64]

LARGEST = 1e12
"""Numbers are cut off here, so that what is drawn of a network that diverged stays finite."""


class Order(Enum):
    """How a layer's parts follow each other. The weights are the same in all three."""

    LINEAR_FIRST = "linear step first"
    ACTIVATION_FIRST = "activation first"
    NO_ACTIVATION = "no activation"


class Kind(Enum):
    """What has just been done at a stage."""

    PLANE = "plane"
    INPUT = "input"
    LINEAR = "linear"
    BIAS = "bias"
    FOLD = "activation"
    ANSWER = "answer"


@dataclass(frozen=True)
class Stage:
    """Where the way has come to: after the part `kind` of `layer` (0: the inputs, the last: the output), at `width`
    numbers for each point, which are those of the neurons of layer `space`. `name` is the part's on screen."""

    layer: int
    kind: Kind
    width: int
    name: str
    space: int


@dataclass(frozen=True)
class Step:
    """The way to `stage` from the one before: `apply` maps (n, N) to (stage.width, N), float64. `W` or `b` is there
    where the step is just that."""

    stage: Stage
    apply: Callable[[Floats], Floats]
    W: Floats | None = None
    b: Floats | None = None

    @property
    def is_affine(self) -> bool:
        """Whether straight lines stay straight."""
        return self.W is not None or self.b is not None


def steps(network: Network, order: Order = Order.LINEAR_FIRST, features: Sequence[str] | None = None) -> list[Step]:
    """All steps of `network`; the first is where its points come from and changes nothing.

    With `features` that is the plane, and the step to them comes next. A neuron that is off answers 0 in every order.
    Where the answer is the last sum itself, there is no step to it.
    """
    architecture = network.architecture
    way = _to_inputs(architecture.widths[0], features)
    for l, (W, b) in enumerate(zip(network.W, network.b, strict=True)):
        off = [neuron for layer, neuron in architecture.off if layer == l]
        fold = ACTIVATIONS[architecture.activations[l]] if l < len(architecture.activations) else None
        before = way[-1].stage
        if fold is None or order is Order.NO_ACTIVATION:
            way += _linear(l + 1, W, b, off)
        elif order is Order.ACTIVATION_FIRST:
            way += [_fold(Stage(l + 1, Kind.FOLD, before.width, fold.label, before.space), fold)]
            way += _linear(l + 1, W, b, off)
        else:
            way += _linear(l + 1, W, b, [])
            stage = Stage(l + 1, Kind.FOLD, len(b), fold.label, l + 1)
            way += [_fold(stage, silenced(fold, off) if off else fold)]
    return way + _to_answer(network)


def _to_inputs(n_in: int, features: Sequence[str] | None) -> list[Step]:
    if features is None:
        return [Step(Stage(0, Kind.INPUT, n_in, "input", 0), lambda X: X)]
    names = tuple(features)
    return [
        Step(Stage(0, Kind.PLANE, 2, "plane", 0), lambda X: X),
        Step(Stage(0, Kind.INPUT, n_in, "features", 0), lambda X: expanded(names, X)),
    ]


def _linear(layer: int, W: Array, b: Array, off: list[int]) -> list[Step]:
    """W a and + b. Neurons that are `off` are 0 after it."""
    weights, bias = held(W.astype(np.float64)), held(b.astype(np.float64))
    weights[off], bias[off] = 0, 0
    frozen(weights)
    frozen(bias)
    n = len(bias)
    return [
        Step(Stage(layer, Kind.LINEAR, n, "linear", layer), lambda A: np.asarray(weights @ A), W=weights),
        Step(Stage(layer, Kind.BIAS, n, "bias", layer), lambda Z: np.asarray(Z + bias[:, None]), b=bias),
    ]


def _to_answer(network: Network) -> list[Step]:
    head, layers = network.architecture.the_head, len(network.W)
    if head.task == "regression":
        return []

    def answer(Z: Floats) -> Floats:
        P = np.empty_like(Z)
        head.answer(Z, P)
        return P

    return [Step(Stage(layers, Kind.ANSWER, network.architecture.widths[-1], "answer", layers), answer)]


def _fold(stage: Stage, activation: Activation) -> Step:
    def fold(Z: Floats) -> Floats:
        A = np.empty_like(Z)
        activation.apply(Z, A)
        return A

    return Step(stage, fold)


def expanded(features: Sequence[str], X: NDArray[Any]) -> Floats:
    """The named features of points `X` (2, N) as rows (len(features), N), in float64."""
    return np.stack([FEATURES[name].compute(X[0], X[1]) for name in features]).astype(np.float64)


def travel(way: Sequence[Step], X: Floats) -> Iterator[Floats]:
    """The coordinates (n, N) of points `X` (n_in, N) at every stage of `way`, one after the other, within ±LARGEST."""
    for step in way:
        with np.errstate(over="ignore", invalid="ignore"):
            X = held(step.apply(X))
        yield X


def arrive(way: Sequence[Step], X: Floats) -> Floats:
    """Their coordinates at the last stage."""
    for stop in travel(way, X):
        X = stop
    return X


def held(X: Floats) -> Floats:
    """Numbers within ±LARGEST; 0 where there is none."""
    if np.abs(X).max(initial=0.0) < LARGEST:  # NaN is not less than anything
        return X
    return np.clip(np.nan_to_num(X, posinf=LARGEST, neginf=-LARGEST), -LARGEST, LARGEST)


def collapsed(network: Network) -> tuple[Floats, Floats]:
    """The one affine map that the layers are without activations: W (n_out, n_in) and b (n_out,), float64.

    W = W_L … W_1, and b carries each layer's bias through the layers after it. Neurons that are off stay 0.
    """
    W, b = onward(steps(network, Order.NO_ACTIVATION), 0)
    return frozen(W), frozen(b)


def onward(way: Sequence[Step], s: int) -> tuple[Floats, Floats]:
    """All affine steps that follow stage `s` of `way` without a break, as one map: M (n, width of s) and c (n,)."""
    M, c = None, np.zeros(way[s].stage.width)
    for step in way[s + 1 :]:
        if step.W is not None:
            M, c = step.W if M is None else step.W @ M, step.W @ c
        elif step.b is not None:
            c = c + step.b
        else:
            break
    return np.eye(len(c)) if M is None else M, c


def reaches_output(way: Sequence[Step], s: int) -> bool:
    """Whether only affine steps are left from stage `s` to the output's sums."""
    return all(step.is_affine or step.stage.kind is Kind.ANSWER for step in way[s + 1 :])
