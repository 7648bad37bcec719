"""Toy problems in the plane: TensorFlow Playground's distributions, so that users can compare, and three of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset, Task, split
from mlp_playground.registry import Registry

HALF_WIDTH = 6.0
"""The canvas shows −6…6 on both axes; the points of every toy problem lie within, but for noise."""

TURNS = 1.75
"""How often each of the spiral's arms goes around, unless told otherwise."""

BITS = 4
"""How many bits parity counts, unless told otherwise."""

Points = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Toy:
    """One toy problem: `draw(rng, n, noise)` gives points (2, n) and their labels (n,); `noise` is 0…0.5.

    Where `winds` is set, `draw` also takes `turns`.
    """

    name: str
    label: str
    words: str
    task: Task
    draw: Callable[..., Points]
    winds: bool = False


def _xor(rng: np.random.Generator, n: int, noise: float) -> Points:
    X = rng.uniform(-5, 5, (2, n))
    X += np.where(X > 0, 0.3, -0.3)  # a gap along the axes
    jitter = rng.uniform(-5, 5, (2, n)) * noise
    return X, (np.prod(X + jitter, axis=0) >= 0).astype(float)


def _circle(rng: np.random.Generator, n: int, noise: float) -> Points:
    half = n // 2
    radius = np.concatenate([rng.uniform(0, 2.5, half), rng.uniform(3.5, 5, n - half)])
    angle = rng.uniform(0, 2 * pi, n)
    X = radius * np.stack([np.sin(angle), np.cos(angle)])
    jitter = rng.uniform(-5, 5, (2, n)) * noise
    return X, (np.hypot(*(X + jitter)) < 2.5).astype(float)


def _spiral(rng: np.random.Generator, n: int, noise: float, turns: float = TURNS) -> Points:
    sizes = (n - n // 2, n // 2)
    arms = []
    for label, size in enumerate(sizes):
        along = np.arange(size) / size
        t = turns * 2 * pi * along + (0 if label else pi)
        arm = 5 * along * np.stack([np.sin(t), np.cos(t)])
        arms.append(arm + rng.uniform(-1, 1, (2, size)) * noise)
    return np.concatenate(arms, axis=1), np.repeat([0.0, 1.0], sizes)


def _gaussian(rng: np.random.Generator, n: int, noise: float) -> Points:
    variance = 0.5 + (4 - 0.5) * noise / 0.5
    y = np.repeat([0.0, 1.0], (n - n // 2, n // 2))
    return rng.normal(0, sqrt(variance), (2, n)) + np.where(y > 0, 2, -2), y


def _moons(rng: np.random.Generator, n: int, noise: float) -> Points:
    """Half circles that lie as in scikit-learn's make_moons, together ten wide instead of three: −5…5."""
    r = 10 / 3
    y = np.repeat([0.0, 1.0], (n - n // 2, n // 2))
    side = 2 * y - 1  # the blue one is an arch to the left, the orange one a bowl to the right
    t = rng.uniform(0, pi, n)
    X = side * np.stack([r * np.cos(t) - r / 2, r * np.sin(t) - r / 4])
    return X + rng.uniform(-3, 3, (2, n)) * noise, y


_FIELD = 2.5


def _checkerboard(rng: np.random.Generator, n: int, noise: float) -> Points:
    X = rng.uniform(-5, 5, (2, n))
    middle = (np.floor(X / _FIELD) + 0.5) * _FIELD
    X = middle + 0.8 * (X - middle)  # a gap of 0.5 along the lines
    jitter = rng.uniform(-_FIELD, _FIELD, (2, n)) * noise  # as wide as XOR's, measured in fields
    field = np.clip(np.floor((X + jitter) / _FIELD), -2, 1)  # past the board's edge there is no other field
    return X, (field.sum(axis=0) % 2 == 0).astype(float)


def _rings(rng: np.random.Generator, n: int, noise: float) -> Points:
    inner, middle = n // 6, n // 2  # the outer ring is the longer one: a third of the points
    radius = np.repeat([0.8, 2.5, 4.2], (inner, middle, n - inner - middle)) + rng.uniform(0, 0.8, n)
    angle = rng.uniform(0, 2 * pi, n)
    X = radius * np.stack([np.sin(angle), np.cos(angle)])
    jitter = rng.uniform(-3, 3, (2, n)) * noise
    seen = np.hypot(*(X + jitter))
    return X, ((seen < 2.05) | (seen > 3.75)).astype(float)


def _plane(rng: np.random.Generator, n: int, noise: float) -> Points:
    X = rng.uniform(-6, 6, (2, n))
    jitter = rng.uniform(-6, 6, (2, n)) * noise
    return X, (X + jitter).sum(axis=0) / 10


_HILLS = np.array([[-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1]])


def _hills(rng: np.random.Generator, n: int, noise: float) -> Points:
    X = rng.uniform(-6, 6, (2, n))
    jitter = rng.uniform(-6, 6, (2, n)) * noise
    distance = np.hypot(X[0] + jitter[0] - _HILLS[:, :1], X[1] + jitter[1] - _HILLS[:, 1:2])
    heights = _HILLS[:, 2:] * np.clip(1 - distance / 2, 0, 1)
    return X, np.take_along_axis(heights, np.abs(heights).argmax(axis=0)[None], axis=0)[0]


TOYS: Registry[Toy] = Registry(
    "data",
    Toy("xor", "XOR", "Opposite corners belong together: no single line can part them.", "binary", _xor),
    Toy("circle", "circle", "One class surrounds the other.", "binary", _circle),
    Toy("spiral", "spiral", "Two arms wound around each other: the hard one.", "binary", _spiral, winds=True),
    Toy("gaussian", "gaussian", "Two clouds: one line is enough.", "binary", _gaussian),
    Toy(
        "moons",
        "moons",
        "Two crescents hooked into each other: the line between them bends one way, then the other.",
        "binary",
        _moons,
    ),
    Toy(
        "checkerboard",
        "checkers",
        "Every field differs from its neighbours, like four XORs side by side: many corners to learn.",
        "binary",
        _checkerboard,
    ),
    Toy(
        "rings",
        "rings",
        "A ring between two of the other class: the boundary is two circles, one inside the other.",
        "binary",
        _rings,
    ),
    Toy("plane", "plane", "A number that rises evenly from one corner to the other.", "regression", _plane),
    Toy("hills", "hills", "Three hills and three hollows on flat ground.", "regression", _hills),
)


def make(name: str, samples: int, noise: float, test_share: float, seed: int, turns: float = TURNS) -> Dataset:
    """Draw `samples` points of the toy problem `name` and split them; the same arguments give the same points.

    `turns` counts for what winds, and changes nothing else.
    """
    toy = TOYS[name]
    rng = np.random.default_rng([seed, 1])
    X, y = toy.draw(rng, samples, noise, turns) if toy.winds else toy.draw(rng, samples, noise)
    labels = y.astype(np.float32) if toy.task == "regression" else y.astype(np.int64)
    train, test = split(X.astype(np.float32), labels, test_share, rng)
    classes = () if toy.task == "regression" else ("orange", "blue")
    return Dataset(toy.label, toy.task, train, test, classes)
