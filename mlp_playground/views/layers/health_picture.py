"""Draws a run's health: a row for each layer, a column for each measure, in each cell its number and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.numerals import grouped, raised
from mlp_playground.views.layers.health_measures import MEASURES, Measure
from mlp_playground.views.layers.health_table import HealthTable
from mlp_playground.views.layers.layer_names import layer_name
from mlp_playground.views.polyline import polyline
from mlp_playground.views.theme import SPACE, Theme, font, mixed

HEADER, LINE = 20.0, 15.0
NAME = 84.0
"""Pixels for the layers' names."""
LEAST_ROW, MOST_ROW = 40.0, 80.0
LESS = 0.66
"""A layer with less than that share of the largest has it written beside its number."""
LEAST = 1e-12
"""What a logarithmic scale shows 0 as."""


def least_height(n_layers: int) -> int:
    """Pixels that so many rows take at least."""
    return round(HEADER + n_layers * LEAST_ROW)


def most_height(n_layers: int) -> float:
    """Pixels that so many rows make use of at most."""
    return HEADER + n_layers * MOST_ROW


def cell_place(area: QRectF, table: HealthTable, layer: int, column: int) -> QRectF:
    """Where a cell is; column −1 are the names."""
    height = min(max((area.height() - HEADER) / table.n_layers, LEAST_ROW), MOST_ROW)
    top = area.top() + HEADER + layer * height
    if column < 0:
        return QRectF(area.left(), top, NAME, height)
    width = (area.width() - NAME) / max(len(table.columns), 1)
    return QRectF(area.left() + NAME + column * width, top, width, height)


def cell_at(area: QRectF, table: HealthTable, place: QPointF) -> tuple[int, int] | None:
    """(layer, column) of the cell at a place; layer −1 is the header, column −1 the names. None: none is there."""
    rows = range(table.n_layers)
    for column in range(-1, len(table.columns)):
        first = cell_place(area, table, 0, column)
        if not first.left() <= place.x() < first.right():
            continue
        if place.y() < first.top():
            return -1, column
        return next(((l, column) for l in rows if cell_place(area, table, l, column).contains(place)), None)
    return None


def paint_health(painter: QPainter, area: QRectF, table: HealthTable, theme: Theme, chosen: int | None = None) -> None:
    """Draw all of it into `area`, in pixels; `chosen` is a layer that stands out."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_header(painter, area, table, theme)
    for layer in range(table.n_layers):
        _paint_name(painter, cell_place(area, table, layer, -1), table, layer, theme, is_chosen=layer == chosen)
        for column, name in enumerate(table.columns):
            _paint_cell(painter, cell_place(area, table, layer, column), table, name, layer, theme)
    painter.restore()


def _paint_header(painter: QPainter, area: QRectF, table: HealthTable, theme: Theme) -> None:
    painter.setFont(font(8.5))
    painter.setPen(QColor(theme.muted))
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    metrics = QFontMetricsF(painter.font())
    span = next((words for words in _spans(table.epochs) if metrics.horizontalAdvance(words) < NAME - 1.5 * SPACE), "")
    painter.drawText(QRectF(area.left() + SPACE, area.top(), NAME - SPACE, HEADER), left, span)
    for column, name in enumerate(table.columns):
        place = cell_place(area, table, 0, column)
        box = QRectF(place.left(), area.top(), place.width() - SPACE, HEADER)
        text = QFontMetricsF(painter.font()).elidedText(MEASURES[name].label, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, left, text)


def _spans(epochs: NDArray[np.float64]) -> tuple[str, str, str]:
    """Which epochs the charts run over, in ever fewer letters."""
    first, last = grouped(int(epochs[0])), grouped(int(epochs[-1]))
    if first == last:
        return f"epoch {last}", last, ""
    return f"epochs {first}–{last}", f"{first}–{last}", f"–{last}"


def _paint_name(
    painter: QPainter, place: QRectF, table: HealthTable, layer: int, theme: Theme, *, is_chosen: bool
) -> None:
    if is_chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(QRectF(place.left(), place.top() + 3, 3, place.height() - 8), 1.5, 1.5)
    health, columns = table.record.now.layers[layer], table.n_layers + 1
    name = layer_name(layer + 1, columns)
    box = QRectF(place.left() + SPACE, place.top(), NAME - SPACE - 4, LINE)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(font(9, is_chosen))
    painter.setPen(QColor(theme.text))
    painter.drawText(box, left, name[0].upper() + name[1:])
    what = ACTIVATIONS[health.activation].label if health.activation else "linear"
    painter.setFont(font(8.5))
    painter.setPen(QColor(theme.muted))
    words = f"{health.working} {what}"
    cut = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box.translated(0, LINE), left, cut)


def _paint_cell(painter: QPainter, place: QRectF, table: HealthTable, name: str, layer: int, theme: Theme) -> None:
    values = table.values(name)[layer]
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    box = QRectF(place.left(), place.top(), place.width() - SPACE, LINE)
    words = table.words(name, layer)
    painter.setFont(font(9))
    if np.isnan(values).all():
        painter.setPen(QColor(theme.line))
        painter.drawText(box, left, words)
        return
    if table.is_ill(name, layer):
        width = QFontMetricsF(painter.font()).horizontalAdvance(words)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.warning))
        painter.drawRoundedRect(QRectF(box.left() - 3, box.top(), width + 6, LINE), 3, 3)
    painter.setPen(QColor(theme.warning_text if table.is_ill(name, layer) else theme.text))
    painter.drawText(box, left, words)
    share = table.share(name, layer)
    if share < LESS:
        painter.setPen(QColor(theme.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, small_share(share))
    chart = QRectF(place.left(), place.top() + LINE + 1, place.width() - SPACE, place.height() - LINE - SPACE)
    _paint_chart(painter, chart, table, name, values, theme)


def small_share(share: float) -> str:
    """A share of the largest, so short that it fits beside the number: `1/25`, `1/7k` (thousands), `1/10⁸`."""
    if share == 0:
        return "0"
    if share < 1e-6:
        return f"1/10{raised(round(-log10(share)))}"
    return f"1/{1 / share:.0f}" if share > 1e-3 else f"1/{1e-3 / share:.0f}k"


def _paint_chart(
    painter: QPainter, chart: QRectF, table: HealthTable, name: str, values: NDArray[np.float64], theme: Theme
) -> None:
    measure = MEASURES[name]
    low, high = scale_of(measure, table.values(name))

    def height(value: NDArray[np.float64]) -> NDArray[np.float64]:
        share = (_on_scale(measure, value) - low) / (high - low)
        return np.asarray(chart.bottom() - np.clip(share, 0, 1) * chart.height())

    painter.setPen(Qt.PenStyle.NoPen)
    if measure.band is not None:
        bottom, top = height(np.array(measure.band))
        painter.setBrush(mixed(QColor(theme.background), QColor(theme.accent), 0.14))
        painter.drawRoundedRect(QRectF(chart.left(), top, chart.width(), bottom - top), 2, 2)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(chart.bottomLeft(), chart.bottomRight())
    there = ~np.isnan(values)
    span = max(float(table.epochs[-1] - table.epochs[0]), 1e-9)
    x = chart.left() + (table.epochs[there] - table.epochs[0]) / span * (chart.width() - 2)
    points = np.stack([x, height(values[there])], axis=1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.text), 1.2))
    if len(points) > 1:
        painter.drawPolyline(polyline(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.text))
    if len(points):
        painter.drawEllipse(QPointF(*points[-1]), 2, 2)


def scale_of(measure: Measure, values: NDArray[np.float64]) -> tuple[float, float]:
    """The lower and upper end of a column's scale, the same for all layers; of powers of ten on a logarithmic one."""
    if not measure.logarithmic:
        return 0.0, 1.0
    numbers = values[np.isfinite(values) & (values > 0)]
    ends: Sequence[float] = [*(measure.band or ()), *([numbers.min(), numbers.max()] if len(numbers) else [])]
    low, high = log10(max(min(ends, default=1.0), LEAST)), log10(max(max(ends, default=1.0), LEAST))
    room = max(0.1 * (high - low), 0.15)
    return low - room, high + room


def _on_scale(measure: Measure, values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.log10(np.maximum(values, LEAST)) if measure.logarithmic else values
