"""Toy problems in the plane, drawn from TensorFlow Playground's distributions, so that users can compare."""

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

Points = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Toy:
    """One toy problem: `draw(rng, n, noise)` gives points (2, n) and their labels (n,); `noise` is 0…0.5."""

    name: str
    label: str
    words: str
    task: Task
    draw: Callable[[np.random.Generator, int, float], Points]


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


def _spiral(rng: np.random.Generator, n: int, noise: float, turns: float = 1.75) -> Points:
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
    Toy("spiral", "spiral", "Two arms wound around each other: the hard one.", "binary", _spiral),
    Toy("gaussian", "gaussian", "Two clouds: one line is enough.", "binary", _gaussian),
    Toy("plane", "plane", "A number that rises evenly from one corner to the other.", "regression", _plane),
    Toy("hills", "hills", "Three hills and three hollows on flat ground.", "regression", _hills),
)


def make(name: str, samples: int, noise: float, test_share: float, seed: int) -> Dataset:
    """Draw `samples` points of the toy problem `name` and split them; the same arguments give the same points."""
    toy = TOYS[name]
    rng = np.random.default_rng([seed, 1])
    X, y = toy.draw(rng, samples, noise)
    labels = y.astype(np.float32) if toy.task == "regression" else y.astype(np.int64)
    train, test = split(X.astype(np.float32), labels, test_share, rng)
    classes = () if toy.task == "regression" else ("orange", "blue")
    return Dataset(toy.label, toy.task, train, test, classes)
