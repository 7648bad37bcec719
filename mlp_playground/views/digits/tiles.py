"""Square pictures side by side, and what their colours mean: what galleries, films and cards of neurons share."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen

from mlp_playground.analysis.field import Levels
from mlp_playground.views.outlines import paint_levels, paint_pixels
from mlp_playground.views.theme import Theme, font

GAP = 3.0
"""Pixels between two tiles."""
CRISP = 2.0
"""Pixels of the screen to one of a picture, from which on it is not smoothed."""
BADGE = 15.0
"""Pixels of a badge's height."""
SCALE_WIDTH = 170.0
"""Pixels of a scale with its numbers."""


@dataclass(frozen=True)
class Grid:
    """Tiles of `side` pixels, the gap included, in so many columns."""

    columns: int
    side: float

    def place(self, number: int, corner: QPointF) -> QRectF:
        """Where a tile is."""
        left, top = number % self.columns * self.side, number // self.columns * self.side
        return QRectF(corner.x() + left, corner.y() + top, self.side - GAP, self.side - GAP)

    def number_at(self, x: float, y: float, count: int) -> int | None:
        """The tile of `count` ones that is at a place of the grid, with the gap after it; None beside them."""
        column, row = int(x // self.side), int(y // self.side)
        index = row * self.columns + column
        return index if 0 <= column < self.columns and row >= 0 and index < count else None

    def height(self, count: int) -> float:
        """Pixels that `count` tiles take."""
        return -(-count // self.columns) * self.side


def grid_for(count: int, width: float, height: float, least: float, largest: float) -> Grid:
    """The largest tiles, of `least` to `largest` pixels, of which `count` fill an area; if need be it is too low."""
    rows = 1
    while (side := min(height / rows, largest)) > least and int(width // side) * rows < count:
        rows += 1
    side = max(side, least)
    return Grid(max(int(width // side), 1), side)


def paint_tile(painter: QPainter, place: QRectF, levels: Levels, theme: Theme, *, ink: bool = False) -> None:
    """A picture in colours of the diverging scale, or in `ink`; of a large one every pixel can be seen."""
    colours, is_small = theme.ink_scale if ink else theme.scale, place.width() < CRISP * levels.shape[1]
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_small)
    if is_small:
        paint_levels(painter, place, levels, colours, theme)
    else:
        paint_pixels(painter, place, levels, colours.tolist())


def paint_frame(painter: QPainter, place: QRectF, colour: str, width: float) -> None:
    """A frame around a tile, in the gap beside it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), width))
    out = width / 2
    painter.drawRect(place.adjusted(-out, -out, out, out))


def paint_badge(painter: QPainter, place: QRectF, words: str, theme: Theme) -> None:
    """A short name in a tile's corner, on a ground of its own, as a picture may have any colour."""
    painter.setFont(font(8.5))
    box = QRectF(place.left(), place.top(), painter.fontMetrics().horizontalAdvance(words) + 6, BADGE)
    painter.fillRect(box, QColor(theme.surface))
    painter.setPen(QColor(theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def paint_cross(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """A small cross in a tile's lower right corner: the neuron is dead."""
    painter.setPen(QPen(QColor(theme.text), 1.4))
    x, y = place.right() - 6, place.bottom() - 6
    painter.drawLine(QPointF(x - 3, y - 3), QPointF(x + 3, y + 3))
    painter.drawLine(QPointF(x - 3, y + 3), QPointF(x + 3, y - 3))


def paint_scale_bar(painter: QPainter, place: QRectF, scale: float, theme: Theme) -> None:
    """The diverging scale from −`scale` to +`scale`, in a line: orange inhibits, blue excites."""
    painter.setFont(font(8.5))
    painter.setPen(QColor(theme.muted))
    low, high = (f"{sign}{scale:.2g}" for sign in "−+")
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, low)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, high)
    room = painter.fontMetrics().horizontalAdvance("−0.000") + 4
    bar = QRectF(place.left() + room, place.center().y() - 5, place.width() - 2 * room, 10)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for k in range(9):
        gradient.setColorAt(k / 8, theme.colour(k / 4 - 1))
    painter.setBrush(gradient)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRoundedRect(bar, 3, 3)
