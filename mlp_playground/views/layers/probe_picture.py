"""Draws linear probes: for each layer a bar of what a straight cut gets right in training and one for the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.probe import Probe, Score
from mlp_playground.experiment.probe_question import Probed
from mlp_playground.views.chart import Axis, line_pens, round_numbers
from mlp_playground.views.layers.layer_names import count_of, short_names
from mlp_playground.views.layers.probe_words import score_text, start_words
from mlp_playground.views.theme import RADIUS, SPACE, Theme, font, mixed

LEGEND, LINE = 20.0, 16.0
"""Pixels of the line above the bars, and of a line of text."""
LEFT, RIGHT = 4.0 * SPACE, 13.0 * SPACE
"""Of the axis' numbers, and of what is said of the lines across."""
BAR, WIDEST = 0.34, 44.0
"""A bar's width as a share of its column's, and pixels that it has at most."""
DIAMOND = 4.0


@dataclass(frozen=True)
class ProbeShowing:
    """Which column is `chosen`, and which one the mouse is on (`pointed`), if any."""

    chosen: int | None = None
    pointed: int | None = None


def paint_probe(painter: QPainter, area: QRectF, probed: Probed, theme: Theme, showing: ProbeShowing) -> None:
    """Draw all of it into `area`, in pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place, axis = probe_place(area), _axis(probed.now)
    _paint_columns(painter, place, probed, theme, showing)
    _paint_axis(painter, place, axis, theme)
    _paint_lines(painter, place, axis, probed.now, theme)
    for column, score in enumerate(probed.now.layers):
        # what arrives at the network is the same at all times
        then = None if probed.then is None or column == 0 else probed.then.layers[column]
        _paint_bars(painter, place, axis, probed, column, score, then, theme)
    _paint_legend(painter, QRectF(place.left(), area.top(), area.right() - place.left(), LEGEND), probed, theme)
    painter.restore()


def probe_place(area: QRectF) -> QRectF:
    """Where the bars stand in `area`."""
    return area.adjusted(LEFT, LEGEND + LINE + SPACE / 2, -RIGHT, -2 * LINE - SPACE / 2)


def column_at(area: QRectF, columns: int, x: float) -> int | None:
    """The column at a pixel of `area`; None: there is none."""
    place = probe_place(area)
    column = int((x - place.left()) // (place.width() / columns))
    return column if 0 <= column < columns else None


def _axis(probe: Probe) -> Axis:
    high = 100.0 if probe.is_share else 1.0
    return Axis("right, %" if probe.is_share else "R²", 0.0, high, round_numbers(0.0, high))


def _y(place: QRectF, axis: Axis, probe: Probe, score: float) -> float:
    """The height of a score, in pixels; what is below the axis stands on it."""
    value = 100 * score if probe.is_share else score
    share = float(np.clip(axis.share(np.array(value)), 0, 1))
    return place.bottom() - share * place.height()


def _column(place: QRectF, columns: int, column: int) -> QRectF:
    width = place.width() / columns
    return QRectF(place.left() + column * width, place.top(), width, place.height())


def _paint_columns(painter: QPainter, place: QRectF, probed: Probed, theme: Theme, showing: ProbeShowing) -> None:
    """The ground of the chosen column and of the one under the mouse, and the columns' names."""
    columns = len(probed.now.layers)
    painter.setFont(font(9))
    names = short_names(columns, QFontMetricsF(painter.font()), place.width() / columns - 4)
    counts = [count_of(width) for width in probed.now.widths]
    small = font(8)
    fits = max(map(QFontMetricsF(small).horizontalAdvance, counts)) <= place.width() / columns - 4
    for column, (name, count) in enumerate(zip(names, counts, strict=True)):
        box = _column(place, columns, column)
        ground = box.adjusted(2, -LINE, -2, 2 * LINE)
        if column in (showing.chosen, showing.pointed):
            painter.setPen(QPen(QColor(theme.accent), 1) if column == showing.chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        painter.setFont(font(9, bold=column == showing.chosen))
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(box.left(), box.bottom() + 2, box.width(), LINE), Qt.AlignmentFlag.AlignCenter, name)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted))
        below = QRectF(box.left(), box.bottom() + LINE, box.width(), LINE)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, count if fits else str(probed.now.widths[column]))


def _paint_axis(painter: QPainter, place: QRectF, axis: Axis, theme: Theme) -> None:
    painter.setFont(font(8.5))
    for value, text in axis.ticks:
        height = place.bottom() - float(axis.share(np.array(value))) * place.height()
        painter.setPen(QPen(QColor(theme.muted if value == axis.low else theme.line), 0.8))
        painter.drawLine(QPointF(place.left(), height), QPointF(place.right(), height))
        painter.setPen(QColor(theme.muted))
        box = QRectF(place.left() - LEFT, height - LINE / 2, LEFT - 6, LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_lines(painter: QPainter, place: QRectF, axis: Axis, probe: Probe, theme: Theme) -> None:
    """How good the network itself is on test samples, and how good it is to guess, across all columns."""
    guess = "guessing" if probe.is_share else "the mean"
    own = line_pens(theme)[1]
    own.setCosmetic(False)
    dotted = QPen(QColor(theme.muted), 1.5, Qt.PenStyle.DotLine)
    lines = [("the network", probe.own.test, own), (guess, probe.guess.test, dotted)]
    heights = [_y(place, axis, probe, value) for _, value, _ in lines if not isnan(value)]
    lines = [line for line in lines if not isnan(line[1])]
    painter.setFont(font(8.5))
    for (name, value, pen), height, middle in zip(lines, heights, _apart(heights, place), strict=True):
        painter.setPen(pen)
        painter.drawLine(QPointF(place.left(), height), QPointF(place.right(), height))
        painter.setPen(QColor(theme.text if pen is own else theme.muted))
        box = QRectF(place.right() + 6, middle - LINE, RIGHT - 6, 2 * LINE)
        text = f"{name}\n{score_text(value, is_share=probe.is_share)}"
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _apart(heights: Sequence[float], place: QRectF) -> list[float]:
    """The middles of texts of two lines beside those heights: so far from each other that both can be read."""
    middles = [min(max(height, place.top()), place.bottom() - LINE / 2) for height in heights]
    if len(middles) == 2 and abs(middles[0] - middles[1]) < 2 * LINE:
        # the network above guessing, unless it is really worse
        sign = 1 if middles[0] <= middles[1] else -1
        centre = min(max(sum(middles) / 2, place.top() + LINE), place.bottom() - 1.5 * LINE)
        middles = [centre - sign * LINE, centre + sign * LINE]
    return middles


def _paint_bars(
    painter: QPainter, place: QRectF, axis: Axis, probed: Probed, column: int, score: Score, then: Score | None,
    theme: Theme,
) -> None:  # fmt: skip
    """Training filled and test hollow, as points are; a diamond where each was before."""
    probe, box = probed.now, _column(place, len(probed.now.layers), column)
    width = min(BAR * box.width(), WIDEST)
    left, numbered = box.center().x() - width - 1, _fit(box.width() / 2)
    blue, ink = (pen.color() for pen in line_pens(theme))
    before = (None, None) if then is None else (then.train, then.test)
    for k, (value, was) in enumerate(zip((score.train, score.test), before, strict=True)):
        top = place.bottom() if isnan(value) else _y(place, axis, probe, value)
        bar = QRectF(left + k * (width + 2), top, width, place.bottom() - top)
        _paint_bar(painter, bar, blue if k == 0 else ink, theme, is_test=k == 1)
        if was is not None and not isnan(was):
            _paint_before(painter, bar, _y(place, axis, probe, was), theme)
        if numbered or k == 1:  # where there is room for one, it is the test's
            painter.setFont(font(8.5, bold=k == 1))
            text = score_text(value, is_share=probe.is_share, unit=False)
            _paint_number(painter, QPointF(bar.center().x() if numbered else box.center().x(), top), text, theme)


def _fit(width: float) -> bool:
    """Whether a number has room there."""
    return QFontMetricsF(font(8.5, bold=True)).horizontalAdvance("100.0") <= width


def _paint_bar(painter: QPainter, bar: QRectF, colour: QColor, theme: Theme, *, is_test: bool) -> None:
    if is_test:
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(QColor(theme.surface))
        painter.drawRect(bar.adjusted(0.75, 0.75, -0.75, 0))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(colour, QColor(theme.background), 0.15))
        painter.drawRect(bar)


def _paint_number(painter: QPainter, over: QPointF, text: str, theme: Theme) -> None:
    """A number above a bar, on a ground that lets it be read over the lines across."""
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 4
    box = QRectF(over.x() - width / 2, over.y() - LINE, width, LINE - 2)
    ground = QColor(theme.background)
    ground.setAlphaF(0.85)
    painter.fillRect(box, ground)
    painter.setPen(QColor(theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _paint_before(painter: QPainter, bar: QRectF, height: float, theme: Theme) -> None:
    """Where a bar was: a line across and a diamond."""
    painter.setPen(QPen(QColor(theme.selection), 1.5))
    painter.drawLine(QPointF(bar.left(), height), QPointF(bar.right(), height))
    _paint_diamond(painter, QPointF(bar.center().x(), height), theme)


def _paint_diamond(painter: QPainter, at: QPointF, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.selection), 1.5))
    painter.setBrush(QColor(theme.surface))
    across, up = QPointF(DIAMOND, 0), QPointF(0, DIAMOND)
    painter.drawPolygon([at + up, at + across, at - up, at - across])


def _paint_legend(painter: QPainter, line: QRectF, probed: Probed, theme: Theme) -> None:
    """What the axis counts, and what bars and diamonds stand for."""
    painter.setFont(font(8.5))
    metrics = QFontMetricsF(painter.font())
    blue, ink = (pen.color() for pen in line_pens(theme))
    middle = line.center().y()
    axis = "right by a straight cut, %" if probed.now.is_share else "R² of a weighted sum"
    entries = ["training", "test"] + ([start_words(probed.start)] if probed.start is not None else [])
    x = line.right() - sum(20 + metrics.horizontalAdvance(entry) + 2 * SPACE for entry in entries)
    painter.setPen(QColor(theme.text))
    room = QRectF(line.left() - LEFT + 4, line.top(), x - line.left() + LEFT - SPACE, line.height())
    axis = metrics.elidedText(axis, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, axis)
    for k, entry in enumerate(entries):
        if k < 2:
            _paint_bar(painter, QRectF(x, middle - 5, 12, 10), (blue, ink)[k], theme, is_test=k == 1)
        else:
            _paint_diamond(painter, QPointF(x + 6, middle), theme)
        painter.setPen(QColor(theme.text))
        width = metrics.horizontalAdvance(entry) + 2
        painter.drawText(QRectF(x + 18, line.top(), width, line.height()), Qt.AlignmentFlag.AlignVCenter, entry)
        x += 18 + width + 2 * SPACE
    painter.setBrush(Qt.BrushStyle.NoBrush)
