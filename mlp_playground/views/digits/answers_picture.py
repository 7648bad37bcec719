"""Who answers, as a picture: a layer's neurons as columns, its classes as rows, and the sums of both beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from mlp_playground.analysis.answers import LayerAnswers
from mlp_playground.analysis.field import Levels, to_levels
from mlp_playground.numerals import percent
from mlp_playground.views.digits.neuron_card import LINE, text
from mlp_playground.views.digits.tiles import paint_frame
from mlp_playground.views.outlines import paint_pixels
from mlp_playground.views.theme import SPACE, Theme, font

WIDEST_NAME = 76.0
"""Pixels of a class's name; a longer one is cut."""
NUMBER = 40.0
"""Pixels of a share in numbers."""
TALLEST_ROW = 30.0


@dataclass(frozen=True, eq=False)
class Table:
    """What is drawn of a layer: for each row, a class (or all samples, where there are none), the share of them for
    which each neuron is on, in the `order` (n,) of neurons; the share of neurons that are on; and of those that answer
    it most."""

    layer: LayerAnswers
    order: NDArray[np.int64]
    names: tuple[str, ...]

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The names of the rows."""
        return self.names or ("all",)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """(rows, n)."""
        by_class = self.layer.on_by_class if self.names else self.layer.on[:, None]
        return by_class[self.order].T

    @cached_property
    def on(self) -> NDArray[np.float64]:
        """(rows,) the share of neurons that are on."""
        return self.layer.sparsity if self.names else self.layer.on.mean(keepdims=True)

    @cached_property
    def levels(self) -> Levels:
        """The shares in colour levels."""
        return to_levels(np.nan_to_num(self.shares), 1.0)

    def blocks(self, k: int) -> list[tuple[int, int]]:
        """The runs of columns, each from its first to before its last, of neurons that answer class `k` most."""
        are_its = np.concatenate([[False], self.layer.favourite[self.order] == k, [False]]).astype(int)
        changes = np.diff(are_its)
        return list(zip(np.flatnonzero(changes > 0).tolist(), np.flatnonzero(changes < 0).tolist(), strict=True))

    def best(self, k: int) -> list[int]:
        """The neurons that answer class `k` most, those first that tell it apart best."""
        its = np.flatnonzero(self.layer.favourite == k)
        return list(its[np.argsort(-np.nan_to_num(self.layer.told_apart[its]), kind="stable")].tolist())


class TablePlaces:
    """Where the parts of a table are in an area."""

    def __init__(self, area: QRectF, table: Table) -> None:
        metrics = QFontMetricsF(font(9))
        name = min(max(map(metrics.horizontalAdvance, table.rows)) + SPACE, WIDEST_NAME)
        beside = max(min(area.width() * 0.18, 150.0), NUMBER + 20)
        both = 2 * (beside + SPACE) if table.names else beside + SPACE
        count = len(table.rows)
        self.row = min((area.height() - 2 * LINE) / count, TALLEST_ROW)
        top, left = area.top() + LINE, area.left() + name
        self.names = QRectF(area.left(), top, name, count * self.row)
        self.matrix = QRectF(left, top, max(area.right() - both - left, 1.0), count * self.row)
        self.on = QRectF(self.matrix.right() + SPACE, top, beside, count * self.row)
        self.most = QRectF(self.on.right() + SPACE, top, beside, count * self.row) if table.names else None
        self.n = table.layer.n

    def row_at(self, y: float) -> int | None:
        """The row at a height."""
        inside = self.matrix.top() <= y < self.matrix.bottom()
        return int((y - self.matrix.top()) / self.row) if inside else None

    def column_at(self, x: float, y: float) -> int | None:
        """The column of the matrix at a place."""
        inside = self.matrix.contains(x, y)
        return min(int((x - self.matrix.left()) / self.matrix.width() * self.n), self.n - 1) if inside else None

    def line(self, place: QRectF, k: int) -> QRectF:
        """Row `k` of one of the parts."""
        return QRectF(place.left(), place.top() + k * self.row, place.width(), self.row)

    def column(self, number: int) -> QRectF:
        """A neuron's column."""
        width = self.matrix.width() / self.n
        return QRectF(self.matrix.left() + number * width, self.matrix.top(), width, self.matrix.height())


def paint_table(painter: QPainter, area: QRectF, table: Table, theme: Theme, *, selected: int | None = None) -> None:
    """Paint all of it; `selected` is a neuron."""
    places = TablePlaces(area, table)
    above = QRectF(places.matrix.left(), area.top(), places.matrix.width(), LINE - 2)
    text(painter, above, "each column a neuron; blue: on for all of them", font(8.5), theme.muted)
    text(painter, above.translated(places.on.left() - above.left(), 0), "neurons on", font(8.5), theme.muted)
    if places.most is not None:
        head = QRectF(places.most.left(), area.top(), places.most.width(), LINE - 2)
        text(painter, head, "answer it most", font(8.5), theme.muted)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    paint_pixels(painter, places.matrix, table.levels, theme.scale.tolist())
    for k, name in enumerate(table.rows):
        text(painter, places.line(places.names, k), name, font(9), theme.text)
        _paint_share(painter, places.line(places.on, k), float(table.on[k]), theme)
        if places.most is not None:
            _paint_share(painter, places.line(places.most, k), float(table.layer.shares[k]), theme)
            for first, end in table.blocks(k):
                run = places.column(first).united(places.column(end - 1))
                paint_frame(painter, places.line(run, k).adjusted(0.5, 0.5, -0.5, -0.5), theme.text, 1)
    if selected is not None and selected < places.n:
        number = table.order.tolist().index(selected)
        _paint_pointer(painter, places.column(number), theme)


def _paint_share(painter: QPainter, place: QRectF, share: float, theme: Theme) -> None:
    bar = QRectF(place.left(), place.center().y() - min(place.height() * 0.32, 6), 0, min(place.height() * 0.64, 12))
    room = place.width() - NUMBER
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.raised))
    painter.drawRect(QRectF(bar.left(), bar.top(), room, bar.height()))
    if np.isfinite(share):
        painter.setBrush(QColor(theme.accent))
        painter.drawRect(QRectF(bar.left(), bar.top(), room * share, bar.height()))
    words = percent(share, 0) if np.isfinite(share) else "–"
    text(painter, QRectF(bar.left() + room + 5, place.top(), NUMBER - 5, place.height()), words, font(8.5), theme.text)


def _paint_pointer(painter: QPainter, column: QRectF, theme: Theme) -> None:
    """A small triangle below a column."""
    x, y = column.center().x(), column.bottom() + 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.selection))
    painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x - 5, y + 8), QPointF(x + 5, y + 8)]))


def paint_layer(
    painter: QPainter, place: QRectF, name: str, layer: LayerAnswers, theme: Theme, *, chosen: bool
) -> None:
    """A layer in one line: its name, and how many of its neurons are awake, sleepy and dead: a bar, and numbers."""
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(place, 4, 4)
    inner = place.adjusted(SPACE, 2, -SPACE, -2)
    title = QRectF(inner.left(), inner.top(), inner.width(), LINE)
    text(painter, title, name, font(9, bold=chosen), theme.text)
    bar = QRectF(inner.left(), title.bottom() + 1, inner.width(), 8)
    if bar.bottom() <= place.bottom():
        _paint_bar(painter, bar, layer, theme)
    below = QRectF(inner.left(), bar.bottom() + 1, inner.width(), LINE)
    if below.bottom() <= place.bottom() + 2:
        text(painter, below, counts(layer), font(8.5), theme.muted)


def counts(layer: LayerAnswers) -> str:
    """How many of a layer's neurons are dead and sleepy."""
    dead, sleepy = int(layer.dead.sum()), int(layer.sleepy.sum())
    words = [f"{count} {name} ({percent(count / layer.n, 0)})" for count, name in ((dead, "dead"), (sleepy, "sleepy"))]
    return " · ".join(words if layer.can_sleep else words[:1])


def _paint_bar(painter: QPainter, bar: QRectF, layer: LayerAnswers, theme: Theme) -> None:
    """Filled for those awake, hatched for the sleepy ones, orange for the dead."""
    n, dead, sleepy = layer.n, int(layer.dead.sum()), int(layer.sleepy.sum())
    awake = bar.width() * (n - sleepy - dead) / n
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRect(QRectF(bar.left(), bar.top(), awake, bar.height()))
    asleep = QRectF(bar.left() + awake, bar.top(), bar.width() * sleepy / n, bar.height())
    painter.setBrush(QBrush(QColor(theme.text), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(asleep)
    painter.setBrush(QColor(theme.orange))
    painter.drawRect(QRectF(asleep.right(), bar.top(), bar.right() - asleep.right(), bar.height()))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRect(bar)
