"""Features: what the network is told of a point. A good one can replace a hidden layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.registry import Registry


@dataclass(frozen=True)
class Feature:
    """One number computed from a point's coordinates x₁ and x₂; `label` is how it is written on screen.

    `slopes` gives its derivatives by x₁ and by x₂.
    """

    name: str
    label: str
    words: str
    compute: Callable[[NDArray[Any], NDArray[Any]], NDArray[Any]]
    slopes: Callable[[NDArray[Any], NDArray[Any]], tuple[Any, Any]]


FEATURES: Registry[Feature] = Registry(
    "feature",
    Feature("x1", "x₁", "how far to the right", lambda x1, _: x1, lambda *_: (1, 0)),
    Feature("x2", "x₂", "how far up", lambda _, x2: x2, lambda *_: (0, 1)),
    Feature(
        "x1^2",
        "x₁²",
        "how far from the vertical axis, squared",
        lambda x1, _: x1 * x1,
        lambda x1, _: (2 * x1, 0),
    ),
    Feature(
        "x2^2",
        "x₂²",
        "how far from the horizontal axis, squared",
        lambda _, x2: x2 * x2,
        lambda _, x2: (0, 2 * x2),
    ),
    Feature(
        "x1*x2",
        "x₁x₂",
        "positive where both have the same sign: XOR in one number",
        lambda x1, x2: x1 * x2,
        lambda x1, x2: (x2, x1),
    ),
    Feature(
        "sin(x1)",
        "sin x₁",
        "a wave from left to right",
        lambda x1, _: np.sin(x1),
        lambda x1, _: (np.cos(x1), 0),
    ),
    Feature(
        "sin(x2)",
        "sin x₂",
        "a wave from bottom to top",
        lambda _, x2: np.sin(x2),
        lambda _, x2: (0, np.cos(x2)),
    ),
)


def expand(names: Sequence[str], X: NDArray[np.float32]) -> NDArray[np.float32]:
    """The named features of points `X` (2, N) as rows (len(names), N). Raises InvalidValue for an unknown name."""
    return np.stack([FEATURES[name].compute(X[0], X[1]) for name in names]).astype(np.float32)
