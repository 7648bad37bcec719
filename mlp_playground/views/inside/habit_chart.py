"""What a neuron does with the training samples, by class: where its activations lie, how often it is active."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from mlp_playground.analysis.neuron import Group
from mlp_playground.numerals import percent
from mlp_playground.views.canvas.picture_frame import paint_marks
from mlp_playground.views.chart import round_numbers
from mlp_playground.views.inside.habit_columns import column_at, paint_columns
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import Theme, font, theme_of

TALLEST, LINE = 20.0, 15.0
TALLEST_COLUMNS = 240
NAME, SHARE = 62.0, 40.0
"""Pixels for a class's name and for the share of its samples."""
MOST_ROWS = 5
"""Groups beyond which each has a column: their names would stand over each other."""
TIP = (
    "For each class the bar holds the middle 80 % of the neuron's activations, the mark their mean.\n"
    "The percentages are the shares of samples for which it is active: z > 0, or of several outputs the largest."
)


@dataclass(frozen=True)
class Told:
    """The groups, and whether each is a class with a mark of its own."""

    groups: Sequence[Group]
    are_classes: bool


def span(groups: Sequence[Group]) -> tuple[float, float]:
    """From where to where the axis goes: all ranges, and 0."""
    low, high = min(0.0, *(group.low for group in groups)), max(0.0, *(group.high for group in groups))
    return (low, high) if high - low > 1e-9 else (0.0, 1.0)


def bar_place(place: QRectF) -> QRectF:
    """Where in `place` the bars are."""
    return place.adjusted(NAME, LINE, -SHARE, -LINE)


def paint_habits(painter: QPainter, place: QRectF, told: Told, theme: Theme) -> None:
    """A row for each group, and the axis below; of many a column for each."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if len(told.groups) > MOST_ROWS:
        paint_columns(painter, place, told.groups, span(told.groups), theme)
        painter.restore()
        return
    painter.setFont(font(8.5))
    inner = bar_place(place)
    high = min(inner.height() / len(told.groups), TALLEST)
    inner.setHeight(high * len(told.groups))
    low, top = span(told.groups)
    _paint_axis(painter, inner, low, top, theme)
    head = QRectF(inner.right(), place.top(), SHARE, LINE)
    painter.setPen(QColor(theme.muted))
    painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "active")
    for k, group in enumerate(told.groups):
        row = QRectF(place.left(), inner.top() + k * high, place.width(), high)
        _paint_group(painter, row, inner, group, k if told.are_classes else None, (low, top), theme)
    painter.restore()


def _paint_axis(painter: QPainter, inner: QRectF, low: float, high: float, theme: Theme) -> None:
    for value, text in round_numbers(low, high, 4):
        x = inner.left() + (value - low) / (high - low) * inner.width()
        painter.setPen(QPen(QColor(theme.muted if value == 0 else theme.line), 1))
        painter.drawLine(QPointF(x, inner.top()), QPointF(x, inner.bottom()))
        painter.setPen(QColor(theme.muted))
        box = QRectF(x - 20, inner.bottom(), 40, LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text.replace("-", "−"))


def _paint_group(
    painter: QPainter, row: QRectF, inner: QRectF, group: Group, mark: int | None, axis: tuple[float, float],
    theme: Theme,
) -> None:  # fmt: skip
    low, high = axis
    colour = QColor(theme.muted) if mark is None else theme.class_colour(mark)
    y = row.center().y()
    start, end, mean = (
        inner.left() + (value - low) / (high - low) * inner.width() for value in (group.low, group.high, group.mean)
    )
    painter.setPen(QPen(colour, min(row.height() / 2.5, 5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(start, y), QPointF(max(end, start + 1), y))
    painter.setPen(QPen(QColor(theme.text), 2))
    reach = min(row.height() / 2 - 1, 6)
    painter.drawLine(QPointF(mean, y - reach), QPointF(mean, y + reach))
    left = row.left()
    if mark is not None:
        paint_marks(painter, mark, np.array([[left + 6, y]]), 8, colour, theme, hollow=False)
        left += 15
    painter.setPen(QColor(theme.text))
    room = inner.left() - left - 4
    name = QFontMetricsF(painter.font()).elidedText(group.name, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, y - 9, room, 18), Qt.AlignmentFlag.AlignVCenter, name)
    share = QRectF(inner.right(), y - 9, row.right() - inner.right(), 18)
    painter.drawText(share, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, percent(group.active, 0))


def group_words(group: Group) -> str:
    """One group in words."""
    numbers = [f"{value:.3g}".replace("-", "−") for value in (group.mean, group.low, group.high)]
    return (
        f"{group.name}: {group.many} training samples\nmean activation {numbers[0]}, "
        f"the middle 80 % from {numbers[1]} to {numbers[2]}\nactive for {percent(group.active)}"
    )


class HabitChart(QWidget):
    """Draws what is Told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: Told | None = None
        self.setMinimumSize(180, 60)
        self.setToolTip(TIP)
        self.setAccessibleName("The neuron's activations by class")

    def sizeHint(self) -> QSize:
        return QSize(220, 130)

    @property
    def told(self) -> Told | None:
        """What is drawn."""
        return self._told

    def show_habits(self, told: Told | None) -> None:
        """Draw it; None: not known yet."""
        if told is not None and (self._told is None or len(told.groups) != len(self._told.groups)):
            # where there are few, the rest is for what is below
            rows = len(told.groups)
            self.setMaximumHeight(round(2 * LINE + TALLEST * rows) if rows <= MOST_ROWS else TALLEST_COLUMNS)
        self._told = told
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._told is not None:
            with painting(QPainter(self)) as painter:
                paint_habits(painter, QRectF(self.rect()), self._told, theme_of(self.palette()))

    def words_at(self, place: QPointF) -> str:
        """What a place tells of."""
        if self._told is None:
            return TIP
        groups = self._told.groups
        if len(groups) > MOST_ROWS:
            column = column_at(QRectF(self.rect()), len(groups), place.x())
            return TIP if column is None else group_words(groups[column])
        inner = bar_place(QRectF(self.rect()))
        k = int((place.y() - inner.top()) // min(inner.height() / len(groups), TALLEST))
        return group_words(groups[k]) if 0 <= k < len(groups) else TIP

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)
