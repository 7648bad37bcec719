"""Lines through many records: in an eye's blink on pixels, and whole on paper that keeps vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from mlp_playground.views.outlines import is_vectors
from mlp_playground.views.polyline import draw_lines, polyline

Numbers = NDArray[np.float64]


def paint_line(painter: QPainter, x: Numbers, y: Numbers) -> None:
    """A line through pixels x (n,) and y (n,), broken where a run that diverged has no number."""
    is_number = np.isfinite(y)
    stroke = _stroke if is_vectors(painter) else _stroke_pixels
    for run in np.split(np.arange(len(x)), np.flatnonzero(np.diff(is_number)) + 1):
        if len(run) > 1 and is_number[run[0]]:
            stroke(painter, x[run], y[run])
        elif len(run) and is_number[run[0]]:
            painter.drawEllipse(QPointF(x[run[0]], y[run[0]]), 1, 1)


def _stroke(painter: QPainter, x: Numbers, y: Numbers) -> None:
    painter.drawPolyline(polyline(np.stack([x, y], axis=1)))


def _stroke_pixels(painter: QPainter, x: Numbers, y: Numbers) -> None:
    """The same piece by piece, in a fiftieth of the time that joints and dashes along a line of many teeth take.

    The dashes are of one length along the axis, so that they show where the line goes up and down.
    """
    pen = QPen(painter.pen())
    if pen.style() != Qt.PenStyle.SolidLine:
        on, off = (length * pen.widthF() for length in pen.dashPattern()[:2])
        x, y, is_drawn = dashed(x, y, on, off)
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    else:
        is_drawn = np.ones(len(x) - 1, bool)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    draw_lines(painter, np.stack([x[:-1], y[:-1], x[1:], y[1:]], axis=1)[is_drawn])


def dashed(x: Numbers, y: Numbers, on: float, off: float) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """A line (n,), cut where dashes `on` long and `off` apart begin and end along x, and which pieces are dashes."""
    starts = np.arange(x[0], x[-1], on + off)
    cuts = np.sort(np.concatenate([starts, starts + on]))
    cuts = cuts[cuts < x[-1]]
    x_all, y_all = np.concatenate([x, cuts]), np.concatenate([y, np.interp(cuts, x, y)])
    order = np.argsort(x_all, kind="stable")
    x_all, y_all = x_all[order], y_all[order]
    middles = (x_all[:-1] + x_all[1:]) / 2
    return x_all, y_all, (middles - x[0]) % (on + off) < on


def extremes(x: Numbers, y: Numbers, most: int = 600) -> tuple[Numbers, Numbers]:
    """At most about `most` points of a curve: the lowest and the highest of each stretch, so that no peak is lost."""
    stride = len(x) // (most // 2)
    if stride < 2:
        return x, y
    n = len(x) // stride * stride
    blocks = y[:n].reshape(-1, stride)
    start = np.arange(0, n, stride)
    picks: np.ndarray = np.sort(
        np.stack([start + blocks.argmin(axis=1), start + blocks.argmax(axis=1)]), axis=0
    ).T.ravel()
    if n < len(x):  # the last stretch is a shorter one
        rest = y[n:]
        picks = np.concatenate([picks, n + np.sort([rest.argmin(), rest.argmax()])])
    picks = np.append(picks, len(x) - 1)
    return x[picks], y[picks]
