"""Each layer's numbers as a histogram, side by side from left to right as in the diagram, on one axis for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.distributions import QUANTITIES, LayerSpread, Spreads
from mlp_playground.numerals import grouped, percent, raised
from mlp_playground.views.chart import Tick, round_numbers
from mlp_playground.views.theme import Theme, font

LINE = 15.0
GAP = 8.0
SPARSE = 0.005
"""A share of zeros worth words."""


@dataclass(frozen=True)
class Shown:
    """What the chart shows: the spreads, the layers' names, long and short, and which one is chosen."""

    spreads: Spreads
    names: Sequence[tuple[str, str]]
    chosen: int


def ticks_of(spreads: Spreads) -> tuple[Tick, ...]:
    """The axis's numbers: round ones, or powers of ten."""
    low, high = float(spreads.edges[0]), float(spreads.edges[-1])
    if not QUANTITIES[spreads.name].logarithmic:
        return tuple((value, text.replace("-", "−")) for value, text in round_numbers(low, high, 5))
    powers = range(round(log10(low)), round(log10(high)) + 1)
    step = -(-len(powers) // 6)
    return tuple((10.0**power, f"10{raised(power)}") for power in powers if power % step == 0)


def zero_words(layer: LayerSpread) -> str:
    """How many of a layer's numbers are exactly 0; empty where it is hardly any."""
    if layer.zero < SPARSE:
        return ""
    return "all zero" if layer.zero > 1 - SPARSE else f"{percent(layer.zero, 0)} zero"


def column_places(place: QRectF, count: int, axis: float) -> list[QRectF]:
    """Where each layer's histogram stands, right of so many pixels for the axis."""
    wide = (place.width() - axis) / count
    top, bottom = place.top() + LINE + 2, place.bottom() - LINE - 2
    gap = min(GAP, wide / 5)
    return [QRectF(place.left() + axis + k * wide, top, wide - gap, bottom - top) for k in range(count)]


def axis_room(spreads: Spreads) -> float:
    """Pixels for the axis's numbers."""
    metrics = QFontMetricsF(font(8.5))
    return max(metrics.horizontalAdvance(text) for _, text in ticks_of(spreads)) + 8


def paint_spreads(painter: QPainter, place: QRectF, shown: Shown, theme: Theme) -> None:
    """The histograms with their axis, the layers' names above and their share of zeros below."""
    painter.save()
    painter.setFont(font(8.5))
    spreads = shown.spreads
    columns = column_places(place, len(spreads.layers), axis_room(spreads))
    _paint_axis(painter, place, columns, spreads, theme)
    metrics, room = QFontMetricsF(painter.font()), columns[0].width() + GAP - 2
    is_short = any(metrics.horizontalAdvance(long) > room for long, _ in shown.names)
    for k, (column, layer) in enumerate(zip(columns, spreads.layers, strict=True)):
        _paint_histogram(painter, column, layer, spreads, theme)
        _paint_words(painter, column, shown, k, theme, is_short=is_short)
    painter.restore()


def _height(column: QRectF, spreads: Spreads, value: float) -> float:
    """Where a value is on the axis."""
    low, high = float(spreads.edges[0]), float(spreads.edges[-1])
    if QUANTITIES[spreads.name].logarithmic:
        low, high, value = log10(low), log10(high), log10(value)
    return column.bottom() - (value - low) / (high - low) * column.height()


def _paint_axis(painter: QPainter, place: QRectF, columns: Sequence[QRectF], spreads: Spreads, theme: Theme) -> None:
    for value, text in ticks_of(spreads):
        y = _height(columns[0], spreads, value)
        painter.setPen(QPen(QColor(theme.muted if value == 0 else theme.line), 0.8))
        painter.drawLine(QPointF(columns[0].left(), y), QPointF(columns[-1].right(), y))
        painter.setPen(QColor(theme.muted))
        box = QRectF(place.left(), y - LINE / 2, columns[0].left() - place.left() - 5, LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_histogram(painter: QPainter, column: QRectF, layer: LayerSpread, spreads: Spreads, theme: Theme) -> None:
    """Bars to the right, the longest as long as there is room; blue above 0 and orange below."""
    longest = float(layer.shares.max())
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(column.topLeft(), column.bottomLeft())
    if longest <= 0:
        return
    signed = not QUANTITIES[spreads.name].logarithmic
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # or the ground would shine through between bars
    painter.setPen(Qt.PenStyle.NoPen)
    for share, low, high in zip(
        layer.shares.tolist(), spreads.edges[:-1].tolist(), spreads.edges[1:].tolist(), strict=True
    ):
        if share > 0:
            painter.setBrush(QColor((theme.orange if low + high < 0 else theme.blue) if signed else theme.accent))
            top, bottom = _height(column, spreads, high), _height(column, spreads, low)
            painter.drawRect(QRectF(column.left(), top, max(share / longest * column.width(), 1), bottom - top))


def _paint_words(painter: QPainter, column: QRectF, shown: Shown, k: int, theme: Theme, *, is_short: bool) -> None:
    is_chosen = k == shown.chosen
    metrics = QFontMetricsF(painter.font())
    room = column.width() + GAP - 2
    name = shown.names[k][int(is_short)]
    painter.setPen(QColor(theme.text if is_chosen else theme.muted))
    above = QRectF(column.left(), column.top() - LINE - 2, room, LINE)
    painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
    if is_chosen:
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawLine(QPointF(column.left(), column.top() - 2), QPointF(column.right(), column.top() - 2))
    words = zero_words(shown.spreads.layers[k])
    if metrics.horizontalAdvance(words) > room:
        words = words.replace(" zero", "")
    painter.setPen(QColor(theme.muted))
    below = QRectF(column.left(), column.bottom() + 2, room, LINE)
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def spread_words(name: str, spreads: Spreads, layer: LayerSpread) -> str:
    """One layer's numbers in words."""
    quantity = QUANTITIES[spreads.name]
    if layer.count == 0:
        return f"{name}: no finite numbers"
    lines = [f"{name}: {grouped(layer.count)} {quantity.label} {quantity.symbol}"]
    size = "mean size" if quantity.logarithmic else "mean"
    lines.append(f"{size} {_number(layer.mean)}, standard deviation {_number(layer.deviation)}")
    lines.append(f"from {_number(layer.low)} to {_number(layer.high)}")
    if layer.zero >= SPARSE:
        lines.append(f"{percent(layer.zero)} are exactly 0 and have no bar")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
