"""Marks on and around the diagram's neurons: bias, padlock, selection, crossed out, handle, and those not drawn."""

from __future__ import annotations

from math import exp

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.diagram.network_layout import LEAST_MARKED, Cell, Column
from mlp_playground.views.theme import Theme, font

SOFTNESS = 2.0
"""The weight at which a link has 63 % of the full thickness."""


def strength(weight: float) -> float:
    """How strongly a link of this weight is drawn, 0…1: grows fast at first and never stops growing."""
    return 1 - exp(-abs(weight) / SOFTNESS)


def paint_marks(
    painter: QPainter, place: QRectF, cell: Cell, network: Network, snapshot: Snapshot, theme: Theme
) -> None:
    """A neuron's or an output's bias, and the padlock if it is frozen."""
    layer, index = cell[0] - 1, cell[1]
    _paint_bias(painter, place, float(network.b[layer][index]), theme)
    if (layer, index) in snapshot.config.network.frozen:
        _paint_frozen(painter, place, theme)


def _paint_bias(painter: QPainter, cell: QRectF, bias: float, theme: Theme) -> None:
    """The bias as a dot at the neuron's lower left corner: its colour the sign, its size the amount."""
    if cell.width() < LEAST_MARKED:
        return
    radius = 2.2 + 2.6 * strength(bias)
    is_zero = abs(bias) < 1e-6
    painter.setPen(QPen(QColor(theme.muted if is_zero else theme.background), 1.2))
    painter.setBrush(QColor(theme.neutral) if is_zero else theme.colour(float(np.sign(bias))))
    painter.drawEllipse(QPointF(cell.left(), cell.bottom()), radius, radius)


def _paint_frozen(painter: QPainter, cell: QRectF, theme: Theme) -> None:
    """A neuron whose weights stay as they are: a small padlock at its upper right corner."""
    if cell.width() < LEAST_MARKED:
        painter.setPen(QPen(QColor(theme.accent), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell)
        return
    x, y = cell.right() - 1, cell.top() + 1
    painter.setPen(QPen(QColor(theme.background), 4.5))
    painter.drawPoint(QPointF(x, y))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.background), 3.2))
    shackle = QRectF(x - 2.6, y - 6.2, 5.2, 7)
    painter.drawArc(shackle, 0, 180 * 16)
    painter.setPen(QPen(QColor(theme.accent), 1.5))
    painter.drawArc(shackle, 0, 180 * 16)
    painter.setPen(QPen(QColor(theme.background), 1))
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(QRectF(x - 4.5, y - 3, 9, 7.5), 1.5, 1.5)


def paint_selection(painter: QPainter, cell: QRectF, theme: Theme) -> None:
    """A second frame around the selected neuron, in a colour that no picture has."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.background), 5))
    painter.drawRoundedRect(cell.adjusted(-3, -3, 3, 3), 4, 4)
    painter.setPen(QPen(QColor(theme.selection), 2.5))
    painter.drawRoundedRect(cell.adjusted(-3, -3, 3, 3), 4, 4)


def paint_off(painter: QPainter, cell: QRectF, theme: Theme) -> None:
    """A neuron that answers 0: crossed out."""
    painter.setPen(QPen(QColor(theme.muted), 1.6))
    painter.drawLine(cell.bottomLeft(), cell.topRight())


def paint_grip(painter: QPainter, column: Column, theme: Theme) -> None:
    """The handle of a column, by which neurons are pulled out of it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(column.grip, 2.5, 2.5)


def paint_stack(painter: QPainter, column: Column, theme: Theme) -> None:
    """The edges of the neurons that lie behind those drawn, and how many there are in all."""
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.raised))
    first, last = column.cells[0], column.cells[-1]
    for step in (6, 3):
        painter.drawRoundedRect(QRectF(first.topLeft(), last.bottomRight()).translated(step, step - 3), 3, 3)
    painter.setFont(font(8.5))
    painter.setPen(QColor(theme.muted))
    below = QRectF(last.center().x() - 60, last.bottom() + 5, 120, 16)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{len(column.cells)} of {column.total} drawn")
