"""Learning-rate schedules: large steps first to get near, small ones at the end to settle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi

from mlp_playground.registry import Registry

WARM_UP = 0.1
"""The share of a run in which the warm-up schedule rises."""


@dataclass(frozen=True)
class Schedule:
    """`factor(t)` is what the learning rate is multiplied by at `t`, the share 0…1 of the planned epochs that is done.

    Beyond the plan t stays 1.
    """

    name: str
    label: str
    formula: str
    words: str
    factor: Callable[[float], float]


def _step(t: float) -> float:
    return 1.0 if t < 0.5 else 0.1 if t < 0.75 else 0.01


def _cosine(t: float) -> float:
    return (1 + cos(pi * t)) / 2


def _warm_up(t: float) -> float:
    return t / WARM_UP if t < WARM_UP else _cosine((t - WARM_UP) / (1 - WARM_UP))


SCHEDULES: Registry[Schedule] = Registry(
    "schedule",
    Schedule("constant", "constant", "η", "The same step size from start to end.", lambda _: 1.0),
    Schedule(
        "step",
        "steps",
        "η, η/10, η/100",
        "A tenth after half of the planned epochs, and again after three quarters.",
        _step,
    ),
    Schedule("linear", "linear", "η (1 − t)", "Down to nothing in a straight line.", lambda t: 1 - t),
    Schedule(
        "cosine",
        "cosine",
        "η (1 + cos πt) / 2",
        "Slowly at first, then faster, and a soft landing at nothing (Loshchilov and Hutter, 2017).",
        _cosine,
    ),
    Schedule(
        "warm-up",
        "warm-up",
        "up for a tenth, then cosine",
        "Rises from nothing first, so that a wild start does no harm, then falls like a cosine.",
        _warm_up,
    ),
)
