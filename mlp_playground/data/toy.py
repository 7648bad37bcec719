"""Toy problems: TensorFlow Playground's distributions, so that users can compare, and ours; curves; and parity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset, Space, Task, split
from mlp_playground.registry import Registry

HALF_WIDTH = 6.0
"""The canvas shows −6…6 on both axes; the points of every toy problem lie within, but for noise."""

LINE_END = 2 * pi
"""Curves run from x = 0 to here."""

TURNS = 1.75
"""How often each of a spiral's arms goes around, unless told otherwise."""

BITS = 4
"""How many bits parity counts, unless told otherwise."""

Points = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Toy:
    """One toy problem: `draw(rng, n, noise)` gives points (n_in, n) and their labels (n,); `noise` is 0…0.5.

    `options` names what `draw` takes besides: `turns` or `bits`. `classes` are the names of the labels 0, 1, …
    """

    name: str
    label: str
    words: str
    task: Task
    draw: Callable[..., Points]
    options: tuple[str, ...] = ()
    classes: tuple[str, ...] = ("orange", "blue")
    space: Space = "plane"


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


def _spiral(rng: np.random.Generator, n: int, noise: float, *, turns: float, arms: int = 2) -> Points:
    """Arms wound around each other, evenly turned; the last one starts upwards."""
    sizes = [n // arms + (label < n % arms) for label in range(arms)]
    points = []
    for label, size in enumerate(sizes):
        along = np.arange(size) / max(size, 1)
        t = turns * 2 * pi * along + (arms - 1 - label) * 2 * pi / arms
        arm = 5 * along * np.stack([np.sin(t), np.cos(t)])
        points.append(arm + rng.uniform(-1, 1, (2, size)) * noise)
    return np.concatenate(points, axis=1), np.repeat(np.arange(arms, dtype=float), sizes)


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


Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def _curve(rng: np.random.Generator, n: int, noise: float, *, f: Curve) -> Points:
    x = rng.uniform(0, LINE_END, n)
    return x[None], f(x) + rng.uniform(-1, 1, n) * noise


def _parity(rng: np.random.Generator, n: int, noise: float, *, bits: int) -> Points:
    """Bits as −1 and 1, every pattern as often as the others (but for the rest of the division)."""
    patterns = 2**bits
    rounds = [rng.permutation(patterns) for _ in range(-(-n // patterns))]
    ones = np.concatenate(rounds)[:n] >> np.arange(bits)[:, None] & 1
    # at the strongest noise the values just reach 0 from both sides
    return 2.0 * ones - 1 + rng.uniform(-2, 2, (bits, n)) * noise, (ones.sum(axis=0) % 2).astype(float)


COLOURS = ("orange", "blue", "green", "purple", "yellow", "red", "teal", "brown", "grey", "lime")
"""The names of classes that are told apart by nothing but their colour."""

TOYS: Registry[Toy] = Registry(
    "data",
    Toy("xor", "XOR", "Opposite corners belong together: no single line can part them.", "binary", _xor),
    Toy("circle", "circle", "One class surrounds the other.", "binary", _circle),
    Toy("spiral", "spiral", "Two arms wound around each other: the hard one.", "binary", _spiral, ("turns",)),
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
    Toy(
        "spiral3",
        "3 arms",
        "Three spiral arms, a class for each: three outputs that share their certainty.",
        "classes",
        partial(_spiral, arms=3),
        ("turns",),
        COLOURS[:3],
    ),
    Toy(
        "spiral5",
        "5 arms",
        "Five spiral arms close together, a class for each.",
        "classes",
        partial(_spiral, arms=5),
        ("turns",),
        COLOURS[:5],
    ),
    Toy(
        "parity",
        "parity",
        "Is the number of ones odd? Every single bit turns the answer over: XOR with more inputs.",
        "binary",
        _parity,
        ("bits",),
        ("even", "odd"),
        "bits",
    ),
    Toy("plane", "plane", "A number that rises evenly from one corner to the other.", "regression", _plane, (), ()),
    Toy("hills", "hills", "Three hills and three hollows on flat ground.", "regression", _hills, (), ()),
    Toy(
        "sine",
        "sine",
        "One period of a sine: a smooth curve from bent or straight pieces.",
        "regression",
        partial(_curve, f=np.sin),
        (),
        (),
        "line",
    ),
    Toy(
        "step",
        "step",
        "A jump from −1 to 1: how steep can a network be?",
        "regression",
        partial(_curve, f=lambda x: np.where(x < LINE_END / 2, -1.0, 1.0)),
        (),
        (),
        "line",
    ),
    Toy(
        "chirp",
        "chirp",
        "A wave that gets faster and faster: the slow part is learned first.",
        "regression",
        partial(_curve, f=lambda x: np.sin(x * x / 2)),
        (),
        (),
        "line",
    ),
)


def make(
    name: str,
    samples: int,
    noise: float,
    test_share: float,
    seed: int,
    turns: float = TURNS,
    bits: int = BITS,
) -> Dataset:
    """Draw `samples` points of the toy problem `name` and split them; the same arguments give the same points.

    `turns` counts for spirals and `bits` for parity, and they change nothing else. Raises InvalidValue where so few
    points leave only one class to train with.
    """
    toy = TOYS[name]
    rng = np.random.default_rng([seed, 1])
    given = {"turns": turns, "bits": bits}
    X, y = toy.draw(rng, samples, noise, **{option: given[option] for option in toy.options})
    labels = y.astype(np.float32) if toy.task == "regression" else y.astype(np.int64)
    train, test = split(X.astype(np.float32), labels, test_share, rng)
    return Dataset(toy.label, toy.task, train, test, toy.classes, toy.space)
