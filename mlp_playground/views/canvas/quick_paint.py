"""Many points at once: arrays go to Qt as they lie in memory, where a call for each takes a picture's time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from mlp_playground.data.dataset import Dataset
from mlp_playground.views.canvas.picture_frame import alike, paint_marks
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import Theme

Floats = NDArray[np.float64]

ROOM = 2.0
"""A stamp's side in sizes of its mark: stars and test points' lines reach farther than the size."""
FINER = 2
"""Times as many dots as the screen has: what stands between two of them, or is scaled, stays sharp."""
FRAGMENT = 10
"""Doubles in a QPainter::PixmapFragment: x, y, source left, top, width, height, scale x, y, rotation, opacity."""


class StampSheet:
    """`count` small pictures of `side` pixels on one sheet, drawn once by `paint` around a place that it is told, to be
    put down many times by a painter of pixels."""

    def __init__(self, count: int, side: float, ratio: float, paint: Callable[[QPainter, int, QPointF], object]):
        ratio *= FINER
        self._side, self._ratio = float(np.ceil(side * ratio) + 4), ratio
        self._sheet = QPixmap(int(self._side) * max(count, 1), int(self._side))
        self._sheet.fill(Qt.GlobalColor.transparent)
        with painting(QPainter(self._sheet)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(ratio, ratio)
            for stamp in range(count):
                paint(painter, stamp, QPointF(stamp + 0.5, 0.5) * (self._side / ratio))

    def put(self, painter: QPainter, places: Floats, stamps: NDArray[np.int64], scales: Floats | float = 1.0) -> None:
        """Put `stamps` (n,) down in this order, at pixels `places` (n, 2), so many times as large."""
        fragments = np.zeros((len(stamps), FRAGMENT))
        fragments[:, :2] = places
        fragments[:, 2] = stamps * self._side
        fragments[:, 4:6] = self._side
        fragments[:, 6:8] = np.reshape(scales, (-1, 1)) / self._ratio
        fragments[:, 9] = 1
        if len(stamps):
            first: Any = shiboken6.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmapFragments(first, len(stamps), self._sheet)


class Stamps:
    """The marks of all classes, each drawn once, to be put down many times by a painter of pixels.

    `kinds` (N,) say which stamp each sample with targets `y` (N,) has; `hollow` (N,) of them are test points.
    """

    def __init__(
        self, data: Dataset, y: np.ndarray, hollow: NDArray[np.bool_], theme: Theme, size: float, ratio: float
    ):
        groups = alike(data, y, theme)
        self.kinds = np.zeros(len(y), np.int64)
        for k, (_, _, mask) in enumerate(groups):
            for is_hollow in (False, True):
                self.kinds[mask & (hollow == is_hollow)] = 2 * k + is_hollow

        def mark(painter: QPainter, stamp: int, at: QPointF) -> None:
            colour, shape, _ = groups[stamp // 2]
            paint_marks(painter, shape, np.array([at.toTuple()]), size, colour, theme, hollow=stamp % 2 == 1)

        self._sheet = StampSheet(2 * len(groups), ROOM * size, ratio, mark)

    def paint(self, painter: QPainter, places: Floats, chosen: NDArray[np.int64], scales: Floats) -> None:
        """Put the samples `chosen` (n,) down in this order, at pixels `places` (n, 2), `scales` (n,) times as large."""
        self._sheet.put(painter, places, self.kinds[chosen], scales)
