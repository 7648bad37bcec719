"""Curves over epochs as a figure: loss or accuracy, train and test, on axes that are the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.views.parts import grouped
from mlp_playground.views.polyline import polyline
from mlp_playground.views.theme import SPACE, Theme, font, told_from

LEAST_LOG = 1e-9
"""What a logarithmic axis shows a loss of 0 as."""
AFTER = 0.25
"""How much is left of what came after the moment that a chart is about."""
LINE = 16.0
"""Pixels of a line of text."""

Tick = tuple[float, str]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Axis:
    """One direction of a chart: what it shows, from where to where, and its numbers. `logarithmic` ones run over
    powers of ten."""

    name: str
    low: float
    high: float
    ticks: tuple[Tick, ...]
    logarithmic: bool = False

    def share(self, values: Numbers) -> Numbers:
        """Where values are, 0 at the low end to 1 at the high one."""
        if self.logarithmic:
            low, high = log10(self.low), log10(self.high)
            return np.asarray((np.log10(np.maximum(values, LEAST_LOG)) - low) / (high - low))
        return np.asarray((values - self.low) / (self.high - self.low))


def line_pens(theme: Theme) -> tuple[QPen, QPen]:
    """The pens of train and test: different in colour and in dashes."""
    blue = told_from(QColor(theme.background), QColor(theme.blue), QColor(theme.accent))
    train, test = QPen(blue, 2), QPen(QColor(theme.text), 2)
    test.setDashPattern([3, 2])
    for pen in (train, test):
        pen.setCosmetic(True)
    return train, test


def epoch_axis(epochs: Numbers, first: float = 0.0) -> Axis:
    """From the start (or the `first` one that is of interest) to the last epoch, at least one further."""
    last = max(float(epochs[-1]), first + 1.0) if len(epochs) else first + 1.0
    return Axis("epoch", first, last, round_numbers(first, last, least=1.0))


def loss_axis(values: Numbers, *, logarithmic: bool) -> Axis:
    """From 0, or whole powers of ten, to the largest loss."""
    finite = values[np.isfinite(values)]
    if not logarithmic:
        high = max(float(finite.max()) if len(finite) else 1.0, 1e-3) * 1.04
        return Axis("loss", 0.0, high, round_numbers(0.0, high))
    powers = np.log10(np.maximum(finite, LEAST_LOG)) if len(finite) else np.zeros(1)
    low = floor(powers.min())
    high_power = max(ceil(powers.max()), low + 1)
    return Axis("loss", 10.0**low, 10.0**high_power, powers_of_ten(low, high_power), logarithmic=True)


def accuracy_axis(values: Numbers) -> Axis:
    """Percent, from 50 or lower where it was lower."""
    finite = values[np.isfinite(values)]
    low = min(50.0, float(finite.min()) // 10 * 10) if len(finite) else 50.0
    return Axis("right, %", low, 100.0, round_numbers(low, 100.0))


def round_numbers(low: float, high: float, most: int = 6, least: float = 0.0) -> tuple[Tick, ...]:
    """About `most` round numbers from `low` to `high`, at least `least` apart, and how they are written."""
    values, decimals = round_values(low, high, most, least)
    return tuple((value, grouped(value, decimals)) for value in values)


def round_values(low: float, high: float, most: int = 6, least: float = 0.0) -> tuple[list[float], int]:
    """The same without words: multiples of 1, 2 or 5 times a power of ten, and how many decimals they have."""
    raw = max((high - low) / most, least)
    power = 10.0 ** floor(log10(raw))
    step = next(times * power for times in (1, 2, 5, 10) if times * power > raw * (1 - 1e-9))
    decimals = max(-floor(log10(step) + 1e-9), 0)
    return [k * step for k in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)], decimals


def powers_of_ten(low: int, high: int) -> tuple[Tick, ...]:
    """The powers of ten from one to another, of many only some."""
    step = max(ceil((high - low) / 6), 1)
    return tuple((10.0**power, f"{10.0**power:g}") for power in range(low, high + 1, step))


def paint_chart(
    painter: QPainter, area: QRectF, x: Axis, y: Axis, epochs: Numbers, curves: Sequence[Numbers], theme: Theme,
    *, axes: bool, now: float | None = None,
) -> QRectF:  # fmt: skip
    """The curves of train and test, each (n,), over the epochs (n,), with axes or without. Where it is about a past
    epoch, `now`, what came after it is pale. Returns where the curves stand."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(8.5))
    place = _paint_axes(painter, area, x, y, theme) if axes else area
    lines = [
        thinned(place.left() + x.share(epochs) * place.width(), place.bottom() - y.share(values) * place.height())
        for values in curves
    ]
    seen = place.adjusted(-1, -1, 1, 1)
    if now is not None:
        painter.setOpacity(AFTER)
        _paint_curves(painter, seen, lines, theme)
        painter.setOpacity(1)
        here = place.left() + float(x.share(np.array(now))) * place.width()
        seen.setRight(here)
        painter.setPen(QPen(QColor(theme.muted), 1))
        painter.drawLine(QPointF(here, place.top()), QPointF(here, place.bottom()))
    _paint_curves(painter, seen, lines, theme)
    painter.restore()
    return place


def _paint_curves(painter: QPainter, seen: QRectF, lines: Sequence[tuple[Numbers, Numbers]], theme: Theme) -> None:
    """The part of lines, in pixels, that lies in `seen`."""
    painter.setClipRect(seen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line, pen in zip(lines, line_pens(theme), strict=True):
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCosmetic(False)  # grows with the picture
        painter.setPen(pen)
        _paint_curve(painter, *line)
    painter.setClipping(False)


def _paint_curve(painter: QPainter, x: Numbers, y: Numbers) -> None:
    """One curve, broken where a run that diverged has no number."""
    is_number = np.isfinite(y)
    for run in np.split(np.arange(len(x)), np.flatnonzero(np.diff(is_number)) + 1):
        if len(run) > 1 and is_number[run[0]]:
            painter.drawPolyline(polyline(np.stack([x[run], y[run]], axis=1)))
        elif len(run) and is_number[run[0]]:
            painter.drawEllipse(QPointF(x[run[0]], y[run[0]]), 1, 1)


def _paint_axes(painter: QPainter, area: QRectF, x: Axis, y: Axis, theme: Theme) -> QRectF:
    """Frame, numbers, names and a quiet grid. Returns what is left for the curves."""
    metrics = QFontMetricsF(painter.font())
    left = max([metrics.horizontalAdvance(text) for _, text in y.ticks] or [0.0]) + SPACE
    place = area.adjusted(left, LINE + SPACE, -2 * SPACE, -2 * LINE - SPACE / 2)
    for value, text in y.ticks:
        height = place.bottom() - float(y.share(np.array(value))) * place.height()
        painter.setPen(QPen(QColor(theme.line), 0.8))
        painter.drawLine(QPointF(place.left(), height), QPointF(place.right(), height))
        painter.setPen(QColor(theme.muted))
        box = QRectF(area.left(), height - LINE / 2, left - 6, LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    for value, text in x.ticks:
        pixel = place.left() + float(x.share(np.array(value))) * place.width()
        painter.setPen(QPen(QColor(theme.line), 0.8))
        painter.drawLine(QPointF(pixel, place.bottom()), QPointF(pixel, place.bottom() + 4))
        painter.setPen(QColor(theme.muted))
        width = metrics.horizontalAdvance(text) + 2
        box = QRectF(pixel - width / 2, place.bottom() + 5, width, LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
    painter.setPen(QColor(theme.text))
    top = QRectF(place.left(), area.top(), place.width(), LINE)
    painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, y.name)
    below = QRectF(place.left(), place.bottom() + LINE + 4, place.width(), LINE)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, x.name)
    return place


def thinned(x: Numbers, y: Numbers, most: int = 600) -> tuple[Numbers, Numbers]:
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
