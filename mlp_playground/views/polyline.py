"""Lines of many points as a painter takes them fast: only the points that can be seen, handed over in one piece."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter, QPolygonF
from shiboken6 import VoidPtr, wrapInstance

UNSEEN = 0.12
"""Pixels by which a line may miss a point that it goes without."""


def polyline(points: NDArray[np.float64]) -> QPolygonF:
    """Points (n, 2) in pixels as a painter's line, or the outline of its polygon."""
    line = cast(Any, QPolygonF())  # type hints know little of lists and of pointers
    if len(points):
        line.resize(len(points))
        # its own memory: a QPointF in Python for each point would take longer than drawing the line
        memory = cast(Any, VoidPtr)(line.data(), 16 * len(points), True)
        np.frombuffer(memory, np.float64).reshape(-1, 2)[:] = points
    return cast(QPolygonF, line)


def draw_lines(painter: QPainter, ends: NDArray[np.float64]) -> None:
    """Draw straight lines (n, 4): x and y of both ends of each, in pixels."""
    ends = np.ascontiguousarray(ends)
    if len(ends):
        first: Any = wrapInstance(ends.ctypes.data, QLineF)
        painter.drawLines(first, len(ends))


def thinned(points: NDArray[np.float64], tolerance: float = UNSEEN) -> NDArray[np.float64]:
    """A line's points (n, 2) without those that it passes within `tolerance` anyway. Both ends stay."""
    plane = np.ascontiguousarray(points).view(np.complex128)[:, 0]
    keep = np.ones(len(plane), bool)
    for size in (16, 8, 4, 2):
        runs = (len(plane) - 1) // size
        start = plane[: runs * size : size, None]
        along, away = plane[size::size, None] - start, plane[: runs * size].reshape(runs, size)[:, 1:] - start
        # the nearest place between the run's ends, as a share of the way; the ends of a ring are one
        share = np.clip((away * along.conj()).real / np.maximum(_squared(along), 1e-12), 0, 1)
        straight = (_squared(away - share * along) <= tolerance**2).all(axis=1)
        keep[: runs * size].reshape(runs, size)[straight, 1:] = False
    return points[keep]


def _squared(lengths: NDArray[np.complex128]) -> NDArray[np.float64]:
    return np.asarray(lengths.real**2 + lengths.imag**2)
