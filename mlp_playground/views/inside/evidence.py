"""Draws what a finding rests on: bars with what is healthy, losses over epochs, or rows of weights."""

from __future__ import annotations

from collections.abc import Callable
from math import log10
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, qGray
from PySide6.QtWidgets import QSizePolicy, QWidget

from mlp_playground.experiment.doctor.finding import Bars, Lines, Picture, Table
from mlp_playground.experiment.doctor.words import number, percent
from mlp_playground.numerals import raised
from mlp_playground.views.chart import epoch_axis, line_pens, loss_axis, paint_chart, train_and_test
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import SPACE, Theme, font, theme_of

LINE = 16.0
WIDEST = 40.0
"""Pixels that a bar has at most."""
NUMBER = 70.0
"""Pixels that an epoch's number has on its axis at least."""
LEAST = 1e-12
MIDDLE = 128
"""Grey below which letters on a colour are white."""
LEFT, CENTRE = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
)


def paint_evidence(painter: QPainter, area: QRectF, picture: Picture, theme: Theme) -> None:
    """Draw it with its title into `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(9))
    painter.setPen(QColor(theme.text))
    title = QRectF(area.left(), area.top(), area.width(), LINE)
    words = QFontMetricsF(painter.font()).elidedText(picture.title, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(title, LEFT, words)
    _PAINTERS[type(picture)](painter, area.adjusted(0, LINE + SPACE / 2, 0, 0), picture, theme)
    painter.restore()


def _paint_bars(painter: QPainter, area: QRectF, bars: Bars, theme: Theme) -> None:
    painter.setFont(font(8.5))
    beside = QFontMetricsF(painter.font()).horizontalAdvance(bars.words) + SPACE / 2 if bars.words else 0.0
    place = area.adjusted(0, LINE, -beside, -LINE)
    column = place.width() / len(bars.values)
    width = min(column * 0.6, WIDEST)
    heights = bar_heights(bars)[: len(bars.values)]
    for i, (name, value, share) in enumerate(zip(bars.names, bars.values, heights, strict=True)):
        middle = place.left() + (i + 0.5) * column
        bar = QRectF(middle - width / 2, place.bottom() - share * place.height(), width, share * place.height())
        is_ill = i in bars.ill
        painter.setPen(QPen(QColor(theme.warning_text if is_ill else theme.muted), 1))
        painter.setBrush(QColor(theme.warning if is_ill else theme.raised))
        painter.drawRect(bar)
        painter.setPen(QColor(theme.text if is_ill else theme.muted))
        box = QRectF(middle - column / 2, bar.top() - LINE, column, LINE)
        painter.drawText(box, CENTRE, _cut(painter, _written(painter, bars, value, column), column))
        painter.drawText(QRectF(middle - column / 2, place.bottom(), column, LINE), CENTRE, _cut(painter, name, column))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(place.bottomLeft(), place.bottomRight())
    if bars.limit is not None:
        y = place.bottom() - bar_heights(bars)[-1] * place.height()
        painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(area.right() - beside + SPACE / 2, y - LINE / 2, beside, LINE), LEFT, bars.words)


def _written(painter: QPainter, bars: Bars, value: float, width: float) -> str:
    """A bar's number; its power of ten alone where there is no room for more."""
    if bars.percent:
        return percent(value)
    text = number(value)
    if QFontMetricsF(painter.font()).horizontalAdvance(text) <= width or not bars.logarithmic or value <= 0:
        return text
    return f"10{raised(round(log10(value)))}"


def bar_heights(bars: Bars) -> list[float]:
    """How high each bar is as a share of the room, and last, where there is one, the limit."""
    values = np.array([*bars.values, *([] if bars.limit is None else [bars.limit])])
    if bars.percent:
        return [float(value) for value in np.clip(values, 0, 1)]
    if not bars.logarithmic:
        return [float(value) for value in np.clip(values / max(float(values.max()), LEAST), 0, 1)]
    powers = np.array([log10(min(max(value, LEAST), 1 / LEAST)) for value in values])
    low, high = float(powers.min()), float(powers.max())
    return [float(share) for share in (0.05 + 0.95 * (powers - low) / max(high - low, 1e-9))]


def _paint_lines(painter: QPainter, area: QRectF, lines: Lines, theme: Theme) -> None:
    first = float(lines.epochs[0]) if len(lines.epochs) else 0.0
    x = epoch_axis(lines.epochs, first, max(int(area.width() / NUMBER), 1))
    y = loss_axis(np.concatenate([lines.train, lines.test]), logarithmic=lines.logarithmic)
    place = paint_chart(
        painter, area, x, y, train_and_test(lines.epochs, (lines.train, lines.test), theme), theme, axes=True
    )
    if lines.mark is not None:
        here = place.left() + float(x.share(np.array(lines.mark))) * place.width()
        painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(here, place.top()), QPointF(here, place.bottom()))
    paint_key(painter, QRectF(place.left(), area.top(), place.width(), LINE), ("train", "test"), theme)


def paint_key(painter: QPainter, area: QRectF, names: tuple[str, str], theme: Theme) -> None:
    """What the two lines of a chart are, at the right of a row."""
    painter.setFont(font(8.5))
    right = area.right()
    for name, pen in reversed(list(zip(names, line_pens(theme), strict=True))):
        width = QFontMetricsF(painter.font()).horizontalAdvance(name)
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(right - width, area.top(), width + 1, LINE), LEFT, name)
        painter.setPen(pen)
        y = area.top() + LINE / 2
        painter.drawLine(QPointF(right - width - 4 - 18, y), QPointF(right - width - 4, y))
        right -= width + 4 + 18 + 2 * SPACE


def _paint_table(painter: QPainter, area: QRectF, table: Table, theme: Theme) -> None:
    painter.setFont(font(8.5))
    rows, columns = table.rows.shape
    left = 2.5 * SPACE
    side_x, side_y = min((area.width() - left) / columns, 56.0), min((area.height() - LINE) / rows, 28.0)
    largest = float(np.abs(table.rows).max()) or 1.0
    for i in range(rows):
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(area.left(), area.top() + LINE + i * side_y, left, side_y), LEFT, table.row_names[i])
        for j in range(columns):
            cell = QRectF(area.left() + left + j * side_x, area.top() + LINE + i * side_y, side_x - 1, side_y - 1)
            value = float(table.rows[i, j])
            colour = theme.colour(value / largest)
            painter.fillRect(cell, colour)
            painter.setPen(QColor("white" if qGray(colour.rgb()) < MIDDLE else "black"))
            if side_x > 40 and side_y >= LINE - 2:
                painter.drawText(cell, CENTRE, f"{value:.2f}".replace("-", "−"))
    painter.setPen(QColor(theme.muted))
    for j, name in enumerate(table.column_names):
        painter.drawText(QRectF(area.left() + left + j * side_x, area.top(), side_x, LINE), CENTRE, name)


def _cut(painter: QPainter, words: str, width: float) -> str:
    return QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, width)


_PAINTERS: dict[type, Callable[[QPainter, QRectF, Any, Theme], None]] = {
    Bars: _paint_bars,
    Lines: _paint_lines,
    Table: _paint_table,
}


class Evidence(QWidget):
    """Shows a finding's picture."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self.setMinimumSize(200, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(260, 200)

    def show_picture(self, picture: Picture) -> None:
        """Draw this evidence."""
        self._picture = picture
        self.setAccessibleName(picture.title)
        self.setToolTip(picture.title)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is not None:
            with painting(QPainter(self)) as painter:
                paint_evidence(painter, QRectF(self.rect()), self._picture, theme_of(self.palette()))
