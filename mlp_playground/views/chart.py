"""Curves over epochs, or over anything, with their axes, on any painter: the screen's charts and figures alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.numerals import grouped
from mlp_playground.views.strokes import extremes, paint_line
from mlp_playground.views.theme import SPACE, Theme, font, told_from

LEAST_LOG = 1e-9
"""What a logarithmic axis shows a loss of 0 as."""
LONG = 1e9
"""From here on, as in a run that diverges, numbers beside an axis are written with a power of ten."""
AFTER = 0.25
"""How much is left of what came after the moment that a chart is about."""
BETWEEN = 72.0
"""Pixels between two marks of a line."""
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


@dataclass(frozen=True, eq=False)
class Curve:
    """One line of a chart: `y` (n,) over `x` (n,), both in the axes' numbers, with a pen and, if lines need more than a
    pen to be told apart, with `mark` here and there, `shift` 0…1 of the way between two of them. Where a chart is about
    a past moment, what comes after it is pale, unless the curve `stays`."""

    x: Numbers
    y: Numbers
    pen: QPen
    mark: Callable[[QPainter, QPointF], None] | None = None
    shift: float = 0.0
    stays: bool = False


def line_pens(theme: Theme) -> tuple[QPen, QPen]:
    """The pens of train and test: different in colour and in dashes."""
    blue = told_from(QColor(theme.background), QColor(theme.blue), QColor(theme.accent))
    train, test = QPen(blue, 2), QPen(QColor(theme.text), 2)
    test.setDashPattern([3, 2])
    for pen in (train, test):
        pen.setCosmetic(True)
    return train, test


def train_and_test(x: Numbers, values: Sequence[Numbers], theme: Theme) -> list[Curve]:
    """The lines of train and test, each (n,) over x (n,), in their usual pens."""
    return [Curve(x, y, pen) for y, pen in zip(values, line_pens(theme), strict=True)]


def epoch_axis(epochs: Numbers, first: float = 0.0, most: int = 6) -> Axis:
    """From the start (or the `first` one that is of interest) to the last epoch, at least one further, with about as
    many numbers as `most`."""
    last = max(float(epochs.max()), first + 1.0) if len(epochs) else first + 1.0
    return Axis("epoch", first, last, round_numbers(first, last, most, least=1.0))


def seconds_axis(seconds: Numbers) -> Axis:
    """From the start to the last second that was counted, at least a thousandth."""
    known = seconds[np.isfinite(seconds)]
    last = max(float(known.max()), 1e-3) if len(known) else 1.0
    return Axis("seconds of training", 0.0, last, round_numbers(0.0, last))


def zoomed(axis: Axis, low: float, high: float) -> Axis:
    """A part of a straight axis, with as many numbers; of epochs there are no halves."""
    least = 1.0 if axis.name == "epoch" else 0.0
    return Axis(axis.name, low, high, round_numbers(low, high, least=least))


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
    are_long = max(abs(low), abs(high)) >= LONG
    return tuple((v, (f"{v:.6g}" if are_long else grouped(v, decimals)).replace("-", "−")) for v in values)


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
    painter: QPainter, area: QRectF, x: Axis, y: Axis, curves: Sequence[Curve], theme: Theme,
    *, axes: bool, now: float | None = None, compact: bool = False,
) -> QRectF:  # fmt: skip
    """The curves, the last one on top, with axes or without; `compact` ones name what is below beside its numbers,
    and leave it to the buttons around them to say what is upright. `now` is where on `x` the moment is that it is
    about, if that is a past one. Returns the place that the curves have."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(8.5))
    place = _paint_axes(painter, area, x, y, theme, compact=compact) if axes else area
    seen = place.adjusted(-1, -1, 1, 1)
    lines = [_in_pixels(curve, place, x, y) for curve in curves]
    for curve, line in zip(curves, lines, strict=True):
        _paint_curve(painter, seen, place, curve, line, AFTER if now is not None and not curve.stays else 1.0)
    if now is not None:
        here = place.left() + float(x.share(np.array(now))) * place.width()
        painter.setPen(QPen(QColor(theme.muted), 1))
        painter.drawLine(QPointF(here, place.top()), QPointF(here, place.bottom()))
        for curve, line in zip(curves, lines, strict=True):
            if not curve.stays:
                before = QRectF(seen.topLeft(), QPointF(max(here, seen.left()), seen.bottom()))
                _paint_curve(painter, before, place, curve, line, 1.0)
    painter.restore()
    return place


def _in_pixels(curve: Curve, place: QRectF, x: Axis, y: Axis) -> tuple[Numbers, Numbers]:
    known = np.isfinite(curve.x)
    across = place.left() + x.share(curve.x[known]) * place.width()
    # of a line through hundreds of records the eye sees no more than the lowest and highest of each two pixels
    return extremes(across, place.bottom() - y.share(curve.y[known]) * place.height(), max(round(place.width()), 100))


def _paint_curve(
    painter: QPainter, seen: QRectF, place: QRectF, curve: Curve, line: tuple[Numbers, Numbers], opacity: float
) -> None:
    """The part of a line, in pixels, that lies in `seen`, with its marks."""
    painter.save()
    painter.setClipRect(seen, Qt.ClipOperation.IntersectClip)
    painter.setOpacity(opacity)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(curve.pen)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCosmetic(False)  # grows with the picture
    painter.setPen(pen)
    paint_line(painter, *line)
    if curve.mark is not None:
        for k in _marked(line[0], line[1], place, curve.shift):
            curve.mark(painter, QPointF(line[0][k], line[1][k]))
    painter.restore()


def _marked(x: Numbers, y: Numbers, place: QRectF, shift: float) -> list[int]:
    """Which points of a line get a mark: some that lie BETWEEN apart, and its last one."""
    there = np.flatnonzero(np.isfinite(y))
    if not len(there):
        return []
    wanted = np.arange(place.left() + shift * BETWEEN, place.right(), BETWEEN)
    found = np.searchsorted(x[there], wanted)
    return sorted({int(k) for k in there[found[found < len(there)]]} | {int(there[-1])})


def _paint_axes(painter: QPainter, area: QRectF, x: Axis, y: Axis, theme: Theme, *, compact: bool) -> QRectF:
    """Frame, numbers, names and a quiet grid. Returns what is left for the curves."""
    metrics = QFontMetricsF(painter.font())
    left = max([metrics.horizontalAdvance(text) for _, text in y.ticks] or [0.0]) + SPACE
    if compact:
        place = area.adjusted(left, SPACE, -2 * SPACE, -LINE - SPACE / 2)
    else:
        place = area.adjusted(left, LINE + SPACE, -2 * SPACE, -2 * LINE - SPACE / 2)
    _paint_heights(painter, area, place, y, theme)
    end = place.right() - metrics.horizontalAdvance(x.name) - SPACE if compact else place.right() + area.width()
    for value, text in x.ticks:
        pixel = place.left() + float(x.share(np.array(value))) * place.width()
        painter.setPen(QPen(QColor(theme.line), 0.8))
        painter.drawLine(QPointF(pixel, place.bottom()), QPointF(pixel, place.bottom() + 4))
        painter.setPen(QColor(theme.muted))
        width = metrics.horizontalAdvance(text) + 2
        box = QRectF(pixel - width / 2, place.bottom() + 5, width, LINE)
        if box.right() <= end:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
    painter.setPen(QColor(theme.text))
    if compact:
        beside = QRectF(place.left(), place.bottom() + 5, place.width(), LINE)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, x.name)
        return place
    top = QRectF(place.left(), area.top(), place.width(), LINE)
    painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, y.name)
    below = QRectF(place.left(), place.bottom() + LINE + 4, place.width(), LINE)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, x.name)
    return place


def _paint_heights(painter: QPainter, area: QRectF, place: QRectF, y: Axis, theme: Theme) -> None:
    """The upright axis' numbers and a line across at each; of more than have room only some."""
    every = max(ceil(len(y.ticks) * LINE / max(place.height() + LINE, 1.0)), 1)
    for value, text in y.ticks[::every]:
        height = place.bottom() - float(y.share(np.array(value))) * place.height()
        painter.setPen(QPen(QColor(theme.line), 0.8))
        painter.drawLine(QPointF(place.left(), height), QPointF(place.right(), height))
        painter.setPen(QColor(theme.muted))
        box = QRectF(area.left(), height - LINE / 2, place.left() - area.left() - 6, LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
