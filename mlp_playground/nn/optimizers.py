"""Optimizers: how a gradient becomes a step. Each works in place on the flat vector of all parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.arrays import Array, Rate
from mlp_playground.registry import Registry


class Rule(Protocol):
    """An optimizer with its memory for one run. `step` changes `theta` in place; it may use `g` as scratch.

    For K runs at once, `theta` and `g` are (K, n_parameters) and `learning_rate` may be (K, 1). `remembers` names its
    attributes that a run needs to go on elsewhere.
    """

    @property
    def remembers(self) -> tuple[str, ...]: ...

    def step(self, theta: Array, g: Array, learning_rate: Rate) -> None: ...


def memory_of(rule: Rule) -> dict[str, NDArray[Any]]:
    """What the rule remembers of its run, by name, as read-only copies: arrays like the parameters, and counts (1,)."""
    result = {}
    for name in rule.remembers:
        copy = np.array(getattr(rule, name), ndmin=1)
        copy.flags.writeable = False
        result[name] = copy
    return result


def recall(rule: Rule, memory: Mapping[str, NDArray[Any]]) -> None:
    """Give a new rule what another one of its kind remembered. Raises InvalidValue where that doesn't fit."""
    if set(memory) != set(rule.remembers):
        raise InvalidValue("optimizer memory", sorted(memory), " and ".join(rule.remembers) or "empty")
    for name in rule.remembers:
        value, present = memory[name], np.asarray(getattr(rule, name))
        wanted = present.shape or (1,)
        fits = value.shape == wanted and value.dtype.kind == present.dtype.kind
        if not fits or (not present.shape and value[0] < 0):
            what = f"numbers of shape {wanted}" if present.shape else "a count from 0"
            raise InvalidValue(f"optimizer memory {name}", f"{value.dtype} of shape {value.shape}", what)
    for name in rule.remembers:
        present = getattr(rule, name)
        if isinstance(present, int):
            setattr(rule, name, int(memory[name][0]))
        else:
            np.copyto(present, memory[name])


class Sgd:
    """θ ← θ − η g (Robbins and Monro, 1951)."""

    remembers: tuple[str, ...] = ()

    def __init__(self, _like: Array) -> None:
        pass

    def step(self, theta: Array, g: Array, learning_rate: Rate) -> None:
        """One step down the gradient `g`."""
        np.multiply(g, learning_rate, out=g)
        np.subtract(theta, g, out=theta)


class Momentum:
    """v ← μ v + g, θ ← θ − η v with μ = 0.9 (Polyak, 1964); Nesterov's steps along g + μ v (Sutskever, 2013)."""

    mu, remembers = 0.9, ("v",)

    def __init__(self, like: Array, *, nesterov: bool = False) -> None:
        self.v, self._scratch, self._nesterov = np.zeros_like(like), np.empty_like(like), nesterov

    def step(self, theta: Array, g: Array, learning_rate: Rate) -> None:
        """One step along the gathered speed."""
        s = self._scratch
        np.multiply(self.v, self.mu, out=self.v)
        np.add(self.v, g, out=self.v)
        if self._nesterov:
            np.multiply(self.v, self.mu, out=s)
            np.add(s, g, out=s)
            np.multiply(s, learning_rate, out=s)
        else:
            np.multiply(self.v, learning_rate, out=s)
        np.subtract(theta, s, out=theta)


class RmsProp:
    """v ← ρ v + (1 − ρ) g², θ ← θ − η g / (√v + ε) with ρ = 0.99, ε = 1e−8 (Tieleman and Hinton, 2012)."""

    rho, epsilon, remembers = 0.99, 1e-8, ("v",)

    def __init__(self, like: Array) -> None:
        self.v, self._scratch = np.zeros_like(like), np.empty_like(like)

    def step(self, theta: Array, g: Array, learning_rate: Rate) -> None:
        """One step, each parameter's gradient divided by its own recent size."""
        s = self._scratch
        np.multiply(g, g, out=s)
        np.multiply(s, 1 - self.rho, out=s)
        np.multiply(self.v, self.rho, out=self.v)
        np.add(self.v, s, out=self.v)
        _scaled_step(theta, g, self.v, self.epsilon, learning_rate, s)


class Adagrad:
    """v ← v + g², θ ← θ − η g / (√v + ε) with ε = 1e−10 (Duchi, Hazan and Singer, 2011): steps only get smaller."""

    epsilon, remembers = 1e-10, ("v",)

    def __init__(self, like: Array) -> None:
        self.v, self._scratch = np.zeros_like(like), np.empty_like(like)

    def step(self, theta: Array, g: Array, learning_rate: Rate) -> None:
        """One step, each parameter's gradient divided by the size of all its gradients so far."""
        s = self._scratch
        np.multiply(g, g, out=s)
        np.add(self.v, s, out=self.v)
        _scaled_step(theta, g, self.v, self.epsilon, learning_rate, s)


def _scaled_step(theta: Array, g: Array, v: Array, epsilon: float, learning_rate: Rate, s: Array) -> None:
    """θ ← θ − η g / (√v + ε), with `s` as scratch."""
    np.sqrt(v, out=s)
    np.add(s, epsilon, out=s)
    np.divide(g, s, out=s)
    np.multiply(s, learning_rate, out=s)
    np.subtract(theta, s, out=theta)


class Adam:
    """Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e−8 (Kingma and Ba, 2015).

    The bias corrections are folded into the step size and into ε, as in the remark after the paper's algorithm 1.
    """

    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    tidy, tiny = 64, 1e-30
    """Every so many steps, means that have faded to less than this become 0. Those of pixels that are rarely lit would
    fade on into denormal numbers, with which a processor is so slow that an epoch of MNIST takes a quarter longer."""
    remembers = ("m", "v", "t")

    def __init__(self, like: Array) -> None:
        self.m, self.v, self.t = np.zeros_like(like), np.zeros_like(like), 0
        self._scratch = np.empty_like(like)

    def step(self, theta: Array, g: Array, learning_rate: Rate) -> None:
        """One step along the running mean of gradients, each parameter scaled by its own recent size of gradient."""
        self.t += 1
        if self.t % self.tidy == 0:
            np.abs(self.m, out=self._scratch)
            self.m[self._scratch < self.tiny] = 0
        s = self._scratch
        np.multiply(g, 1 - self.beta1, out=s)
        np.multiply(self.m, self.beta1, out=self.m)
        np.add(self.m, s, out=self.m)
        np.multiply(g, g, out=g)
        np.multiply(g, 1 - self.beta2, out=g)
        np.multiply(self.v, self.beta2, out=self.v)
        np.add(self.v, g, out=self.v)
        correction = sqrt(1 - self.beta2**self.t)
        np.sqrt(self.v, out=s)
        np.add(s, self.epsilon * correction, out=s)
        np.divide(self.m, s, out=s)
        np.multiply(s, learning_rate * correction / (1 - self.beta1**self.t), out=s)
        np.subtract(theta, s, out=theta)


@dataclass(frozen=True)
class Optimizer:
    """One kind of optimizer: `start(like)` makes its memory for parameters shaped like `like`.

    Where `decouples` is true, the L2 penalty does not join the gradient but shrinks the weights beside each step.
    """

    name: str
    label: str
    formula: str
    words: str
    start: Callable[[Array], Rule]
    decouples: bool = False


OPTIMIZERS: Registry[Optimizer] = Registry(
    "optimizer",
    Optimizer(
        "adam",
        "Adam",
        "θ ← θ − η m′ / (√v′ + ε)",
        "Gives each weight a step size of its own; a good first choice.",
        Adam,
    ),
    Optimizer(
        "sgd",
        "SGD",
        "θ ← θ − η g",
        "Plain gradient descent on minibatches: a step straight downhill, as large as the slope.",
        Sgd,
    ),
    Optimizer(
        "momentum",
        "momentum",
        "v ← μ v + g,  θ ← θ − η v",
        "A ball that rolls downhill: it keeps nine tenths of its speed and runs through small hollows.",
        Momentum,
    ),
    Optimizer(
        "nesterov",
        "Nesterov",
        "v ← μ v + g,  θ ← θ − η (g + μ v)",
        "Momentum that looks ahead to where its speed will carry it.",
        partial(Momentum, nesterov=True),
    ),
    Optimizer(
        "rmsprop",
        "RMSProp",
        "θ ← θ − η g / (√v + ε)",
        "Divides each weight's gradient by its recent size: steep and flat directions go equally fast.",
        RmsProp,
    ),
    Optimizer(
        "adagrad",
        "Adagrad",
        "θ ← θ − η g / (√Σg² + ε)",
        "Divides by all gradients so far: it starts fast and slows down by itself.",
        Adagrad,
    ),
    Optimizer(
        "adamw",
        "AdamW",
        "θ ← (1 − ηλ) θ − η m′ / (√v′ + ε)",
        "Adam whose L2 penalty shrinks all weights alike, whatever their gradients (Loshchilov and Hutter, 2019).",
        Adam,
        decouples=True,
    ),
)
