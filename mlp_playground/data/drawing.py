"""Drawing data on the canvas: each stroke makes a new value of the user's own data, so that undo is the old one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Samples, Task
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.data.own import MOST_CLASSES, OwnData
from mlp_playground.data.toy import COLOURS
from mlp_playground.errors import InvalidValue

SOURCE = "drawn points"
MOST_POINTS = 10_000
"""More could be neither told apart on the canvas nor drawn there quickly."""


def clear(n_classes: int = 2) -> OwnData:
    """An empty canvas for points of that many classes. Raises InvalidValue unless they are 2 to MOST_CLASSES."""
    if not 2 <= n_classes <= MOST_CLASSES:
        raise InvalidValue("classes", n_classes, f"a whole number from 2 to {MOST_CLASSES}")
    nothing = Samples(np.empty((2, 0), np.float32), np.empty(0, np.int64))
    return OwnData(SOURCE, _task(n_classes), nothing, classes=COLOURS[:n_classes])


def brush(rng: np.random.Generator, centre: tuple[float, float], spread: float, count: int) -> NDArray[np.float64]:
    """`count` points (2, count) around `centre`, normally distributed with standard deviation `spread` both ways."""
    return np.asarray(rng.normal(centre, spread, (count, 2)).T)


def add_points(
    own: OwnData | None, points: NDArray[np.float64], label: int, n_classes: int = 2, within: Extent = HOME
) -> OwnData:
    """With `points` (2, n) of class number `label`; None for `own` begins a new drawing.

    Points that are not `within` what the user sees of the plane are left out. There will be `n_classes` classes or
    more. Raises InvalidValue for data that no point of a class can be added to, a label without a class, or too many
    points.
    """
    own = own if own is not None else clear(n_classes)
    if own.task == "regression" or own.space != "plane":
        raise InvalidValue("own data", own.source, "points of classes in the plane, so that points can be drawn there")
    if not (0 <= label < MOST_CLASSES and n_classes <= MOST_CLASSES):
        raise InvalidValue("class", max(label + 1, n_classes), f"a whole number from 1 to {MOST_CLASSES}")
    inside = points[:, within.contains(points)].astype(np.float32)
    X = np.concatenate([own.samples.X, inside], axis=1)
    if X.shape[1] > MOST_POINTS:
        raise InvalidValue("points", X.shape[1], f"at most {MOST_POINTS:,}")
    y = np.concatenate([own.samples.y, np.full(inside.shape[1], label)])
    classes = _classes(own.classes, max(n_classes, label + 1))
    return replace(own, task=_task(len(classes)), samples=Samples(X, y), classes=classes)


def erase(own: OwnData, centre: tuple[float, float], radius: float) -> OwnData:
    """Without the points within `radius` of `centre`; `own` itself where there are none.

    Raises InvalidValue for data that are not in the plane.
    """
    if own.space != "plane":
        raise InvalidValue("own data", own.source, "points in the plane, so that some can be erased there")
    X, y = own.samples.X, own.samples.y
    kept = np.hypot(X[0] - centre[0], X[1] - centre[1]) > radius
    return own if kept.all() else replace(own, samples=Samples(X[:, kept], y[kept]))


def _task(n_classes: int) -> Task:
    return "binary" if n_classes == 2 else "classes"


def _classes(names: tuple[str, ...], wanted: int) -> tuple[str, ...]:
    """The names of that many classes or more: further ones are called after their colours."""
    further = (name if name not in names else f"{name} {number}" for number, name in enumerate(COLOURS, 1))
    return names + tuple(further)[len(names) : wanted]
