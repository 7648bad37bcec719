"""The probability of each class as a bar: steady rows, of which the likeliest stands out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.digit_journey import Journey
from mlp_playground.numerals import percent
from mlp_playground.views.theme import Theme, font

NAME = 18.0
"""Pixels of a class's name."""


def paint_answer_bars(
    painter: QPainter,
    rows: tuple[QRectF, ...],
    journey: Journey,
    classes: tuple[str, ...],
    truth: int | None,
    theme: Theme,
) -> None:
    """A row for each class; the answer in the strong colour, orange if it is wrong, and the truth in a frame."""
    room = QFontMetricsF(font(8.5, bold=True)).horizontalAdvance(percent(1, 0)) + 6
    for number, (row, name) in enumerate(zip(rows, classes, strict=True)):
        is_answer = number == journey.answer
        p = float(journey.probabilities[number])
        painter.setFont(font(8.5, bold=is_answer))
        painter.setPen(QColor(theme.text if is_answer else theme.muted))
        label = QRectF(row.left(), row.top(), NAME, row.height())
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, name)
        painter.drawText(
            QRectF(row.right() - room, row.top(), room, row.height()),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            percent(p, 0),
        )
        thick = min(row.height() * 0.6, 12.0)
        track = QRectF(label.right(), row.center().y() - thick / 2, row.width() - NAME - room, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(track, 2, 2)
        wrong = truth is not None and truth != journey.answer
        strong = theme.orange if wrong else theme.accent
        painter.setBrush(QColor(strong if is_answer else theme.muted))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), max(track.width() * p, 1.0), thick), 2, 2)
        if number == truth:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.text), 1.2))
            side = min(row.height() - 2, NAME - 2)
            box = QRectF(0, 0, side, side)
            box.moveCenter(label.center())
            painter.drawRoundedRect(box, 3, 3)
