"""The axes of a plane: in its own numbers, or with the names and in the units of the user's table."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from mlp_playground.data.dataset import Dataset, Scale
from mlp_playground.data.extent import Extent
from mlp_playground.views.canvas.picture_frame import AXIS_ROOM, EDGE, paint_frame, paint_label
from mlp_playground.views.chart import round_values
from mlp_playground.views.theme import Theme

Axes = tuple[Scale, Scale]

PLANE = (Scale("x₁"), Scale("x₂"))
NAME_ROOM = 30.0
"""Pixels at the left for a name that is written upwards, and for the numbers of a table."""
BELOW, BESIDE = 4.0, 6.0
"""Pixels between the picture and what is written around it."""
LINE = 16.0
"""Pixels of a line of text."""
LEAST_SPAN, LARGEST_SPAN = 1e-300, 1e300


def axes_of(data: Dataset) -> Axes:
    """What the two numbers of a point in the plane are called."""
    return (data.inputs[0], data.inputs[1]) if data.inputs else PLANE


def left_room(data: Dataset) -> float:
    """Pixels that the axes need at the left besides those that all have."""
    return NAME_ROOM if axes_of(data) != PLANE else 0.0


def paint_axes(painter: QPainter, place: QRectF, extent: Extent, axes: Axes, room: float, theme: Theme) -> None:
    """Frame, numbers and names of the square `place`, which shows `extent` and has `room` pixels at its left besides
    the usual ones. Numbers below that would not fit are left out; long ones beside stand within the picture."""
    paint_frame(painter, place, theme)
    metrics = QFontMetricsF(painter.font())
    start = _paint_name_below(painter, place, axes[0].name, metrics)
    numbers = ticks(axes[0], extent.centre[0], extent.half_width)
    if _widest(numbers, metrics) + BESIDE < place.width() / max(len(numbers) - 1, 1):
        for value, text in numbers:
            x = place.left() + extent.shares(value, 0.0)[0] * place.width()
            width = metrics.horizontalAdvance(text) + 2
            if x + width / 2 + BESIDE < start:
                box = QRectF(x - width / 2, place.bottom() + BELOW, width, LINE)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    end = _paint_name_beside(painter, place, axes[1].name, room, theme)
    numbers = ticks(axes[1], extent.centre[1], extent.half_width)
    width = AXIS_ROOM - 2 + (room - LINE if room else 0)
    paint = _paint_beside if _widest(numbers, metrics) <= width else _paint_within
    for value, text in numbers:
        y = place.top() + extent.shares(0.0, value)[1] * place.height()
        if y - LINE / 2 > end:
            paint(painter, place, y, text, width, theme)


def _widest(numbers: tuple[tuple[float, str], ...], metrics: QFontMetricsF) -> float:
    return max((metrics.horizontalAdvance(text) for _, text in numbers), default=0.0)


def _paint_name_below(painter: QPainter, place: QRectF, name: str, metrics: QFontMetricsF) -> float:
    """A short name stands where the last number would, a longer one ends there. Returns the pixel where it begins."""
    name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, place.width() / 2)
    width = metrics.horizontalAdvance(name) + 2
    left = min(place.right() - width / 2, place.right() + EDGE - width)
    painter.drawText(QRectF(left, place.bottom() + BELOW, width, LINE), Qt.AlignmentFlag.AlignCenter, name)
    return left


def _paint_name_beside(painter: QPainter, place: QRectF, name: str, room: float, theme: Theme) -> float:
    """A short name stands where the last number would; a longer one is written upwards, where there is `room`. Returns
    the pixel down to which numbers can't be."""
    metrics = QFontMetricsF(painter.font())
    if metrics.horizontalAdvance(name) <= AXIS_ROOM - 2:
        _paint_beside(painter, place, place.top(), name, AXIS_ROOM - 2, theme)
        return place.top() + LINE / 2
    length = 0.6 * place.height()
    name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, length)
    painter.save()
    painter.translate(place.left() - AXIS_ROOM - room, place.top() + length)
    painter.rotate(-90)
    painter.drawText(QRectF(0, 0, length, LINE), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
    painter.restore()
    return place.top() - LINE


def _paint_beside(painter: QPainter, place: QRectF, y: float, text: str, width: float, _theme: Theme) -> None:
    box = QRectF(place.left() - BESIDE - width, y - LINE / 2, width, LINE)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_within(painter: QPainter, place: QRectF, y: float, text: str, _width: float, theme: Theme) -> None:
    """A number at the inner side of the left edge, on a ground of its own. Close by, numbers have many decimals."""
    if y + LINE / 2 <= place.bottom():
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 6
        paint_label(painter, QRectF(place.left() + 1, y - LINE / 2, width, LINE), text, theme)


@lru_cache(maxsize=16)
def ticks(scale: Scale, centre: float, half_width: float) -> tuple[tuple[float, str], ...]:
    """Round numbers in the units of `scale` within `centre` ± `half_width` of the plane: where they are there, and how
    they are written."""
    low, high = sorted(map(scale.back, (centre - half_width, centre + half_width)))
    if not LEAST_SPAN < high - low < LARGEST_SPAN:
        return ()
    values, decimals = round_values(low, high)
    texts = (f"{value:.{decimals}f}".replace("-", "−") for value in values)
    return tuple((value * scale.factor + scale.offset, text) for value, text in zip(values, texts, strict=True))
