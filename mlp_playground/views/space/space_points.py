"""The samples in a space's picture: far ones first, with the marks of the canvas."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlp_playground.analysis.space.cloud import Cloud
from mlp_playground.analysis.space.journey import Scene
from mlp_playground.views.canvas.picture_frame import alike, paint_marks
from mlp_playground.views.canvas.quick_paint import Stamps
from mlp_playground.views.space.camera import Camera
from mlp_playground.views.theme import Theme

DEPTHS = 5
"""So many are told apart: what is farther is drawn first, and smaller."""
LARGER = 0.25
"""How much the nearest points are larger than those in the middle, where all has depth."""


class Queue(NamedTuple):
    """Samples `number` (n,) in the order in which they are drawn: at `places` (n, 2), `scale` (n,) times as large."""

    number: NDArray[np.int64]
    places: NDArray[np.float64]
    scale: NDArray[np.float64]


def hollow(cloud: Cloud) -> NDArray[np.bool_]:
    """Which samples (N,) are kept to test."""
    return np.arange(cloud.X.shape[1]) >= cloud.n_train


def point_order(camera: Camera, scene: Scene, cloud: Cloud, *, test_points: bool) -> Queue:
    """From far to near, and of those equally far test points first. Where all are test points they are always there."""
    pixels, test = camera.pixels(scene.points), hollow(cloud)
    depth = np.clip(((pixels[:, 2] + 1.2) / 2.4 * DEPTHS).astype(int), 0, DEPTHS - 1) if scene.depth > 0 else 0 * test
    scale = 1 + scene.depth * LARGER * (2 * depth / (DEPTHS - 1) - 1)
    order = np.lexsort((cloud.samples.y, ~test, depth))
    if not test_points and cloud.n_train:
        order = order[~test[order]]
    return Queue(order, pixels[order, :2], scale[order])


def paint_cloud(
    painter: QPainter, order: Queue, size: float, cloud: Cloud, theme: Theme, stamps: Stamps | None
) -> None:
    """The marks, `size` pixels large in the middle; one by one where there are no `stamps`."""
    if stamps is not None:
        stamps.paint(painter, order.places, order.number, order.scale)
        return
    test, groups = hollow(cloud)[order.number], alike(cloud.data, cloud.samples.y[order.number], theme)
    for scale in np.unique(order.scale).tolist():
        for is_hollow in (True, False):
            here = (order.scale == scale) & (test == is_hollow)
            for colour, mark, mask in groups:
                paint_marks(painter, mark, order.places[here & mask], size * scale, colour, theme, hollow=is_hollow)


def paint_pick(painter: QPainter, pixel: np.ndarray, size: float, theme: Theme) -> None:
    """A ring around the picked point."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.surface, 5.0), (theme.selection, 2.5)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(QPointF(pixel[0], pixel[1]), size, size)
