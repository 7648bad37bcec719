"""A confusion as a table of cells on any painter: rows are the classes, columns the answers, the diagonal is right."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.confusion import Confusion
from mlp_playground.numerals import grouped
from mlp_playground.views.theme import SPACE, Theme, font, mixed

HIGHEST, WIDEST = 64.0, 2.2
"""Pixels of a cell's height at most, and how much wider than high it is at most."""
LEAST_ROW = 13.0
"""Pixels of a row at least, before the line of precisions and that of the axis' name go to make room."""
LINE = 14.0
LONGEST_NAME = 84.0
"""Pixels of a class's name; a longer one is cut."""
LEAST_LEFT = 68.0
"""Pixels at the left at least, which “precision” takes."""
TURNED = 16.0
"""Pixels at the left for the name of the rows, which runs upwards."""


@dataclass(frozen=True)
class Grid:
    """Where the cells of k classes are: the upper left corner, and the size of one. A column of recalls follows at the
    right, and below, unless it is `tight`, a row of precisions."""

    corner: QPointF
    width: float
    height: float
    k: int
    tight: bool

    def cell(self, row: int, column: int) -> QRectF:
        """A cell's place; row or column k is the one of the rates."""
        x = self.corner.x() + (column + (0.25 if column == self.k else 0.0)) * self.width
        y = self.corner.y() + (row + (0.25 if row == self.k else 0.0)) * self.height
        return QRectF(x, y, self.width, self.height)

    def at(self, place: QPointF) -> tuple[int, int] | None:
        """The cell (row, column) at a place; row or column k is a rate."""
        for row in range(self.k + (not self.tight)):
            for column in range(self.k + 1):
                if self.cell(row, column).contains(place):
                    return row, column
        return None


def grid_of(area: QRectF, names: tuple[str, ...]) -> Grid:
    """The cells of these classes in `area`, with room for names, and for what the axes are called."""
    k, left = len(names), max(_names_width(names) + TURNED, LEAST_LEFT)
    height = (area.height() - 2 * LINE) / (k + 1.25)
    tight = height < LEAST_ROW
    top = LINE if tight else 2 * LINE
    height = min((area.height() - LINE) / k if tight else height, HIGHEST)
    width = min((area.width() - left - SPACE) / (k + 1.4), WIDEST * max(height, LEAST_ROW))
    return Grid(QPointF(area.left() + left, area.top() + top), width, height, k, tight)


def _names_width(names: tuple[str, ...]) -> float:
    metrics = QFontMetricsF(font(8.5))
    return min(max(metrics.horizontalAdvance(name) for name in names), LONGEST_NAME) + SPACE


def paint_confusion(
    painter: QPainter, area: QRectF, found: Confusion, names: tuple[str, ...], theme: Theme,
    *, shares: bool = False, pointed: tuple[int, int] | None = None,
) -> Grid:  # fmt: skip
    """Counts, or each row in percent. What is right is blue and framed, what is wrong orange; the more, the darker."""
    grid = grid_of(area, names)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row in range(grid.k):
        for column in range(grid.k):
            _paint_cell(painter, grid, found, row, column, theme, shares=shares)
    _paint_rates(painter, grid, found, theme)
    _paint_names(painter, area, grid, names, theme)
    if pointed is not None:
        painter.setPen(QPen(QColor(theme.text), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(grid.cell(*pointed).adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()
    return grid


def _paint_cell(
    painter: QPainter, grid: Grid, found: Confusion, row: int, column: int, theme: Theme, *, shares: bool
) -> None:
    place = grid.cell(row, column).adjusted(0.5, 0.5, -0.5, -0.5)
    count, share = int(found.counts[row, column]), float(np.nan_to_num(found.shares[row, column]))
    is_right = row == column
    # of a good network's mistakes each class has a few in a hundred: the root makes them seen
    ground = mixed(QColor(theme.blue if is_right else theme.orange), QColor(theme.neutral), 1 - share**0.5)
    painter.setPen(QPen(QColor(theme.text), 1) if is_right else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRect(place)
    if count:
        text = f"{100 * share:.0f}" if shares and share >= 0.01 else "<1" if shares else grouped(count)
        _paint_text(painter, grid, place, text, _ink(ground, theme), largest=13.0)


def _ink(ground: QColor, theme: Theme) -> QColor:
    """Letters that can be read on a ground."""
    dark, light = sorted((QColor(theme.text), QColor(theme.background)), key=lambda colour: colour.lightnessF())
    brightness = 0.299 * ground.redF() + 0.587 * ground.greenF() + 0.114 * ground.blueF()
    return dark if brightness > 0.5 else light


def _paint_rates(painter: QPainter, grid: Grid, found: Confusion, theme: Theme) -> None:
    muted = QColor(theme.muted)
    for k in range(grid.k):
        _paint_text(painter, grid, grid.cell(k, grid.k), _rate(found.recall[k]), muted)
        if not grid.tight:
            _paint_text(painter, grid, grid.cell(grid.k, k), _rate(found.precision[k]), muted)


def _rate(share: float) -> str:
    return f"{100 * share:.0f}\u202f%" if isfinite(share) else "–"


def _paint_names(painter: QPainter, area: QRectF, grid: Grid, names: tuple[str, ...], theme: Theme) -> None:
    text, muted = QColor(theme.text), QColor(theme.muted)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    left, top = grid.corner.x(), grid.corner.y()
    for k, name in enumerate(names):
        cell, above = grid.cell(k, 0), grid.cell(0, k)
        beside = QRectF(area.left() + TURNED, cell.top(), left - area.left() - TURNED - SPACE / 2, cell.height())
        _paint_text(painter, grid, beside, name, text, right)
        _paint_text(painter, grid, QRectF(above.left(), top - LINE, above.width(), LINE), name, text)
    last = grid.cell(0, grid.k).center().x()
    _paint_text(painter, grid, QRectF(last - 30, top - LINE, 60, LINE), "recall", muted)
    if grid.tight:
        corner = QRectF(area.left(), top - LINE, left - area.left() - SPACE / 2, LINE)
        _paint_text(painter, grid, corner, "answer", muted, right)
    else:
        _paint_text(painter, grid, QRectF(left, top - 2 * LINE, grid.k * grid.width, LINE), "answer", muted)
        below = grid.cell(grid.k, 0)
        beside = QRectF(area.left(), below.top(), left - area.left() - SPACE / 2, below.height())
        _paint_text(painter, grid, beside, "precision", muted, right)
    painter.save()
    painter.translate(area.left() + TURNED / 2, top + grid.k * grid.height / 2)
    painter.rotate(-90)
    _paint_text(painter, grid, QRectF(-40, -8, 80, 16), "true class", muted)
    painter.restore()


def _paint_text(
    painter: QPainter, grid: Grid, place: QRectF, text: str, colour: QColor,
    where: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter, *, largest: float = 9.0,
) -> None:  # fmt: skip
    """In letters that fit into a row; too long a text is cut."""
    painter.setFont(font(min(max(min(grid.height * 0.6, 9.0), grid.height * 0.28, 7.0), largest)))
    painter.setPen(colour)
    cut = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 2)
    painter.drawText(place, where, cut)
