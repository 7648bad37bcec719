"""Draws a trial: the losses and right answers of both runs, and what each of them answers, side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.experiment.doctor.trial import Half, Trial
from mlp_playground.experiment.doctor.words import loss_words
from mlp_playground.numerals import percent
from mlp_playground.views.canvas.field_picture import paint_field
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.chart import (
    Axis,
    accuracy_axis,
    epoch_axis,
    line_pens,
    loss_axis,
    paint_chart,
    train_and_test,
)
from mlp_playground.views.inside.evidence import NUMBER
from mlp_playground.views.theme import SPACE, Theme, font

LINE = 16.0
LOSS, RIGHT = 2, 4
"""Rows of a history's table: on the test data."""
SAMPLE = 20.0
"""Pixels of a piece of a curve beside its name."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_trial(painter: QPainter, area: QRectF, trial: Trial, theme: Theme) -> None:
    """Draw all of it into `area`, in pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    epochs, losses = both(trial, LOSS)
    _, right = both(trial, RIGHT)
    has_right = bool(np.isfinite(right).any())
    side = min(area.height() - LINE, area.width() / 4.4)
    chart = (area.width() - 2 * side - 2 * SPACE) / (2 if has_right else 1)
    place = QRectF(area.left(), area.top(), chart - SPACE, area.height())
    y = replace(loss_axis(losses.ravel(), logarithmic=True), name="test loss")
    _paint_curves(painter, place, trial, epochs, losses, y, theme)
    if has_right:
        y = replace(accuracy_axis(100 * right.ravel()), name="test data right, %")
        _paint_curves(painter, place.translated(chart, 0), trial, epochs, 100 * right, y, theme)
    solid, dashed = line_pens(theme)
    for i, (name, half, pen) in enumerate((("original", trial.original, dashed), ("copy", trial.treated, solid))):
        left = area.right() - (2 - i) * (side + SPACE) + SPACE
        _paint_half(painter, QRectF(left, area.top(), side, side + LINE), name, half, pen, theme)
    painter.restore()


def both(trial: Trial, row: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The epochs (n,) that either run has recorded since the start of the trial, and that row of the treated run's
    table and of the original's, (2, n); NaN where one has no record."""
    tables = [half.snapshot.curves for half in (trial.treated, trial.original)]
    tables = [table[:, table[0] >= int(trial.start)] for table in tables]
    epochs = np.unique(np.concatenate([table[0] for table in tables]))
    values = np.full((2, len(epochs)), np.nan)
    for own, table in zip(values, tables, strict=True):
        own[np.searchsorted(epochs, table[0])] = table[row]
    return epochs, values


def _paint_curves(
    painter: QPainter,
    place: QRectF,
    trial: Trial,
    epochs: NDArray[np.float64],
    values: NDArray[np.float64],
    y: Axis,
    theme: Theme,
) -> None:
    first = float(int(trial.start))
    x = epoch_axis(np.array([first + trial.epochs]), first, max(int(place.width() / NUMBER), 1))
    paint_chart(painter, place, x, y, train_and_test(epochs, (values[0], values[1]), theme), theme, axes=True)


def _paint_half(painter: QPainter, place: QRectF, name: str, half: Half, pen: QPen, theme: Theme) -> None:
    """What a run answers, with the line that its curves have."""
    painter.setFont(font(9))
    painter.setPen(pen)
    middle = place.top() + LINE / 2
    painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + SAMPLE, middle))
    painter.setPen(QColor(theme.text))
    words, room = f"{name}: {half_words(half)}", place.width() - SAMPLE - 5
    cut = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(place.left() + SAMPLE + 5, place.top(), room, LINE), LEFT, cut)
    inner = place.adjusted(0, LINE, 0, 0)
    snapshot = half.snapshot
    if half.by_class is not None:
        _paint_classes(painter, inner, half.by_class, snapshot.data.classes, theme)
    elif snapshot.field is not None:
        painter.save()
        painter.setClipRect(inner)
        showing = Showing(axes=False, test_points=False, shares=False, kinks=False)
        paint_field(painter, inner, snapshot.field, snapshot.data, theme, showing)
        painter.restore()


def half_words(half: Half) -> str:
    """How good a run is at the moment."""
    if half.diverged:
        return "diverged"
    metrics = half.snapshot.metrics
    if metrics.test_accuracy is None:
        return f"test loss {loss_words(metrics.test_loss)}"
    return f"{percent(metrics.test_accuracy)} right"


def _paint_classes(
    painter: QPainter, place: QRectF, shares: NDArray[np.float64], names: tuple[str, ...], theme: Theme
) -> None:
    """A bar for each class: the share of right answers."""
    painter.setFont(font(8.5))
    height = place.height() / len(shares)
    left = max(QFontMetricsF(painter.font()).horizontalAdvance(name) for name in names) + SPACE
    for i, (share, name) in enumerate(zip(shares, names, strict=True)):
        top = place.top() + i * height
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(place.left(), top, left, height), LEFT, name)
        room = QRectF(place.left() + left, top + 2, place.width() - left - 4.5 * SPACE, height - 4)
        painter.fillRect(room, QColor(theme.raised))
        painter.fillRect(
            QRectF(room.left(), room.top(), room.width() * float(share), room.height()), QColor(theme.accent)
        )
        painter.drawText(QRectF(room.right() + 4, top, 4.5 * SPACE, height), LEFT, percent(float(share), 0))
