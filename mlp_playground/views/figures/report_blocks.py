"""The parts of a report on paper: how high each is at a width, and how it is painted there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from mlp_playground.export.report import BETWEEN, Facts, Grid, Lines, Pictures, Words
from mlp_playground.views.figures.report_pictures import Drawings
from mlp_playground.views.theme import LIGHT, font, mixed

TEXT, SMALL = 9.5, 8.0
"""Points of letters."""
GAP, ROW, CELL = 8.0, 19.0, 17.0
"""Dots between two parts, of a table's row, and of one in a large table."""
CELL_EDGE = 6.0
"""Dots between a cell's number and its right edge."""
LINE = 30.0
"""Dots between two lines to write on by hand."""
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
ENDLESS = 1e6
RIGHT, WRONG, STRONGEST = LIGHT.blue, LIGHT.orange, 0.7
"""Colours of a table's cells on its diagonal and beside it, and how much of them the fullest cell has."""


@dataclass(frozen=True)
class Sheet:
    """What parts are painted with."""

    painter: QPainter
    drawings: Drawings

    def write(self, area: QRectF, text: str, letters: QFont, colour: str = LIGHT.text, *, paint: bool = True) -> float:
        """Wrapped words at the top of an area, or only how high they are."""
        painter = self.painter
        painter.setFont(letters)
        room = QRectF(area.topLeft(), area.size())
        room.setHeight(ENDLESS)
        found = painter.boundingRect(room, WRAPPED, text)
        if paint:
            painter.setPen(QColor(colour))
            painter.drawText(room, WRAPPED, text)
        return found.height()

    def rule(self, y: float, left: float, right: float, colour: str = LIGHT.line) -> None:
        """A thin line."""
        self.painter.setPen(QPen(QColor(colour), 0.8))
        self.painter.drawLine(QLineF(left, y, right, y))


Painted = Callable[[Sheet, Any, QRectF, bool], float]
"""A part in an area, at its top: painted or not, it says how high it is."""


def words(sheet: Sheet, block: Words, area: QRectF, paint: bool) -> float:
    """A paragraph, with its bold words above."""
    height = 0.0
    if block.bold:
        height += sheet.write(area, block.bold, font(TEXT, bold=True), paint=paint)
    letters, colour = (font(SMALL), LIGHT.muted) if block.muted else (font(TEXT), LIGHT.text)
    below = area.adjusted(0, height, 0, 0)
    return height + sheet.write(below, block.text, letters, colour, paint=paint) + GAP


def facts(sheet: Sheet, block: Facts, area: QRectF, paint: bool) -> float:
    """Names at the left, and what they are beside them."""
    painter = sheet.painter
    painter.setFont(font(TEXT))
    names = max(painter.boundingRect(area, WRAPPED, name).width() for name, _ in block.rows) + GAP + 4
    y = area.top()
    for name, value in block.rows:
        line = QRectF(area.left(), y, area.width(), ROW)
        sheet.write(line, name, font(TEXT), LIGHT.muted, paint=paint)
        y += sheet.write(line.adjusted(names, 0, 0, 0), value, font(TEXT), paint=paint) + 3
    return y - area.top() + GAP


def grid(sheet: Sheet, block: Grid, area: QRectF, paint: bool) -> float:
    """A table: its first column at the left, the others share the rest."""
    painter, n = sheet.painter, len(block.header) - 1
    row, letters = (CELL, font(SMALL)) if len(block.rows) > 6 else (ROW, font(TEXT))
    painter.setFont(letters)
    texts = [line[0] for line in block.rows]
    # a class of the user's own may have a long name
    first = min(max(painter.boundingRect(area, 0, text).width() for text in texts) + GAP, area.width() / 3)
    width = (area.width() - first) / n
    painter.setFont(font(SMALL))
    names = [_fitted(painter, name, width - CELL_EDGE) for name in block.header[1:]]
    header = max(sheet.write(QRectF(0, 0, width - CELL_EDGE, 0), name, font(SMALL), paint=False) for name in names)
    if paint:
        _paint_header(painter, names, QRectF(area.left() + first, area.top(), width - CELL_EDGE, header), width)
        for i, line in enumerate(block.rows):
            top = area.top() + header + 4 + i * row
            sheet.rule(top, area.left(), area.right())
            for j, text in enumerate(line):
                left, wide = (area.left() + first + (j - 1) * width, width) if j else (area.left(), first)
                _paint_cell(painter, text, QRectF(left, top, wide, row), _colour(block, i, j), letters, is_name=j == 0)
    return header + 4 + row * len(block.rows) + GAP


def _fitted(painter: QPainter, name: str, width: float) -> str:
    """A name whose words are no longer than a column is wide."""
    metrics = painter.fontMetrics()
    return " ".join(metrics.elidedText(word, Qt.TextElideMode.ElideRight, int(width)) for word in name.split())


def _paint_header(painter: QPainter, names: Sequence[str], place: QRectF, step: float) -> None:
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
    painter.setPen(QColor(LIGHT.muted))
    for j, name in enumerate(names):
        painter.drawText(place.translated(j * step, 0), right, name)


def _colour(block: Grid, row: int, column: int) -> QColor | None:
    shade = block.shades[row][column - 1] if column and block.shades else 0.0
    colour = QColor(RIGHT if block.has_diagonal and row == column - 1 else WRONG)
    return mixed(QColor("#ffffff"), colour, STRONGEST * shade) if shade else None


def _paint_cell(
    painter: QPainter, text: str, cell: QRectF, colour: QColor | None, letters: QFont, *, is_name: bool
) -> None:
    if colour is not None:
        painter.fillRect(cell, colour)
    painter.setFont(letters)
    painter.setPen(QColor(LIGHT.text))
    side = Qt.AlignmentFlag.AlignLeft if is_name else Qt.AlignmentFlag.AlignRight
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(cell.width() - 2))
    painter.drawText(cell.adjusted(0, 0, 0 if is_name else -CELL_EDGE, 0), side | Qt.AlignmentFlag.AlignVCenter, text)


def pictures(sheet: Sheet, block: Pictures, area: QRectF, paint: bool) -> float:
    """Columns beside each other."""
    left, heights = area.left(), []
    for column in block.columns:
        y = area.top()
        for picture in column:
            width, height = picture.size
            if paint:
                sheet.painter.save()
                sheet.painter.translate(left, y)
                sheet.drawings.paint(sheet.painter, picture)
                sheet.painter.restore()
            below = QRectF(left, y + height + 2, width, 0)
            y += height + 2 + sheet.write(below, picture.words, font(SMALL), LIGHT.muted, paint=paint) + 4
        left += column[0].size[0] + BETWEEN
        heights.append(y - area.top())
    return max(heights) + GAP


def lines(sheet: Sheet, block: Lines, area: QRectF, paint: bool) -> float:
    """Lines to write on."""
    if paint:
        for k in range(block.n):
            sheet.rule(area.top() + (k + 1) * LINE, area.left(), area.right(), LIGHT.muted)
    return block.n * LINE + GAP


BLOCKS: dict[type, Painted] = {Words: words, Facts: facts, Grid: grid, Pictures: pictures, Lines: lines}
