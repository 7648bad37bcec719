"""The output side for handwritten digits: the network's answers to them, and what its first layer looks for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.numerals import percent
from mlp_playground.views.diagram.network_picture import ink, paint_bars
from mlp_playground.views.outlines import paint_levels
from mlp_playground.views.painting import painting
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import SPACE, Theme, font, theme_of

MOST_ROWS, LEAST_SIDE = 4, 26.0
"""Rows of digits, fewer where their pictures would be smaller than this many pixels."""
MOST_COLUMNS = 12
CAPTION = 22.0
ANSWER = 16.0
"""Pixels below a digit for what the network reads."""


class DigitsView(PointingView):
    """Draws `snapshot.digits`. `pointed_at` carries the digit under the mouse in words, or nothing; `digit_clicked` the
    number of a test digit."""

    digit_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._focus: tuple[int, int] | None = None
        self.setMinimumSize(240, 216)
        self.setToolTip("Click a digit to follow it through the network")
        self.setAccessibleName("Test digits with the network's answers")

    def sizeHint(self) -> QSize:
        return QSize(400, 400)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        self._snapshot = snapshot
        self.update()

    def show_focus(self, focus: tuple[int, int] | None) -> None:
        """Enlarge one neuron, (hidden layer, index), in place of the first layer's pictures; None: the pictures."""
        if focus != self._focus:
            self._focus = focus
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._snapshot is None or self._snapshot.digits is None:
            return
        with painting(QPainter(self)) as painter:
            paint_digits(painter, QRectF(self.rect()), self._snapshot, theme_of(self.palette()), self._focus)

    def words_at(self, x: float, y: float) -> str:
        snapshot, index = self._snapshot, self.digit_at(x, y)
        if snapshot is None or snapshot.digits is None or index is None:
            return ""
        p = snapshot.digits.probabilities[:, index]
        first, second = np.argsort(p)[::-1][:2].tolist()
        truth = int(snapshot.data.test.y[index])
        return f"a {truth}: the network says {first} ({percent(p[first], 0)}), then {second} ({percent(p[second], 0)})"

    def digit_at(self, x: float, y: float) -> int | None:
        """The number of the test digit that is there."""
        if self._snapshot is None or self._snapshot.digits is None:
            return None
        rows, columns, side = _grid(QRectF(self.rect()))
        column, row = int(x // side), int((y - CAPTION) // (side + ANSWER))
        index = row * columns + column
        shown = min(rows * columns, self._snapshot.digits.probabilities.shape[1])
        return index if 0 <= column < columns and row >= 0 and index < shown and y >= CAPTION else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.digit_at(*event.position().toTuple())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self.digit_clicked.emit(index)


def _grid(area: QRectF) -> tuple[int, int, float]:
    """How many rows of digits there are, how many stand in a row, and the pixels of their side: all rows take a good
    half of the height."""
    room = (area.height() - 2 * CAPTION - SPACE) * 0.62
    rows = min(max(int(room / (LEAST_SIDE + ANSWER)), 2), MOST_ROWS)
    side = max(room / rows - ANSWER, 16.0)
    columns = min(max(int(area.width() // side), 4), MOST_COLUMNS)
    return rows, columns, min(side, area.width() / columns)


def paint_digits(
    painter: QPainter, area: QRectF, snapshot: Snapshot, theme: Theme, focus: tuple[int, int] | None = None
) -> None:
    """Paint test digits with answers above, and below the first layer's weights or one neuron enlarged."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    rows, columns, side = _grid(area)
    _caption(painter, area, "What it reads; mistakes are framed", theme)
    _paint_answers(painter, area.adjusted(0, CAPTION, 0, 0), rows * columns, columns, side, snapshot, theme)
    below = area.adjusted(0, CAPTION + rows * (side + ANSWER) + SPACE, 0, 0)
    hidden = snapshot.architecture.widths[1:-1]
    if focus is not None and focus[0] < len(hidden) and focus[1] < hidden[focus[0]]:
        _paint_focus(painter, below, snapshot, theme, focus)
    else:
        _paint_weights(painter, below, snapshot, theme)


def _caption(painter: QPainter, area: QRectF, text: str, theme: Theme) -> None:
    painter.setFont(font(9))
    painter.setPen(QColor(theme.muted))
    place = QRectF(area.left(), area.top(), area.width(), CAPTION - 4)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


def _paint_answers(
    painter: QPainter, area: QRectF, most: int, columns: int, side: float, snapshot: Snapshot, theme: Theme
) -> None:
    assert snapshot.digits is not None
    assert snapshot.data.image_shape is not None
    probabilities = snapshot.digits.probabilities
    for index in range(min(most, probabilities.shape[1])):
        left = area.left() + index % columns * side
        top = area.top() + index // columns * (side + ANSWER)
        digit = ink(snapshot.data.test.X[:, index].reshape(snapshot.data.image_shape))
        frame = QRectF(left + 1.5, top + 1.5, side - 6, side - 6)
        paint_levels(painter, frame, digit, theme.ink_scale, theme)
        answer, truth = int(probabilities[:, index].argmax()), int(snapshot.data.test.y[index])
        right, names = answer == truth, snapshot.data.classes
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.line if right else theme.orange), 1 if right else 2.5))
        painter.drawRect(frame)
        below = QRectF(left - 2, frame.bottom() + 1, side, ANSWER)
        painter.setFont(font(8.5, bold=not right))
        painter.setPen(QColor(theme.text if not right else theme.muted))
        words = names[answer] if right else f"{names[answer]}≠{names[truth]}"  # without spaces, or two would touch
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)


def _paint_weights(painter: QPainter, area: QRectF, snapshot: Snapshot, theme: Theme) -> None:
    assert snapshot.digits is not None
    images = snapshot.digits.weight_images
    first_hidden = len(snapshot.architecture.widths) > 2
    words = "What the first layer looks for" if first_hidden else "What each class looks for"
    _caption(painter, area, words, theme)
    place = area.adjusted(0, CAPTION, 0, 0)
    columns, side = tiling(len(images), place.width(), place.height())
    for index, image in enumerate(images):
        tile = QRectF(place.left() + index % columns * side, place.top() + index // columns * side, side - 2, side - 2)
        if tile.bottom() > area.bottom() + 1:
            break
        paint_levels(painter, tile, image, theme.scale, theme)


def tiling(count: int, width: float, height: float, largest: float = 56.0) -> tuple[int, float]:
    """How many square tiles in a row, and their side, so that `count` of them fill an area best."""
    rows = 1
    while (side := min(height / rows, largest)) * -(-count // rows) > width:
        rows += 1
    return -(-count // rows), side


def _paint_focus(painter: QPainter, area: QRectF, snapshot: Snapshot, theme: Theme, focus: tuple[int, int]) -> None:
    assert snapshot.digits is not None
    layer, index = focus
    words = f"Layer {layer + 1} · neuron {index + 1}: its mean activation for each digit"
    _caption(painter, area, words + (", and its weights" if layer == 0 else ""), theme)
    place = area.adjusted(0, CAPTION, 0, -18)
    left = place.left()
    if layer == 0:
        side = min(place.height() + 18, place.width() / 2)
        weights = snapshot.digits.weight_images[index]
        paint_levels(painter, QRectF(left, place.top(), side, side), weights, theme.scale, theme)
        left += side + 2 * SPACE
    bars = QRectF(left, place.top(), place.right() - left, place.height())
    profile = snapshot.digits.profiles[layer][index]
    paint_bars(painter, bars, profile, theme)
    painter.setFont(font(9))
    painter.setPen(QColor(theme.muted))
    width = bars.width() / len(profile)
    for digit, name in enumerate(snapshot.data.classes):
        box = QRectF(bars.left() + digit * width, bars.bottom() + 2, width, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
