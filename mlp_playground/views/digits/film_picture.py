"""A film of neurons on one sheet: a row for each, a column for each of some moments, from noise to strokes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from mlp_playground.analysis.weights import WeightFilm
from mlp_playground.data.dataset import Dataset
from mlp_playground.experiment.timeline import Frame
from mlp_playground.views.digits.neuron_card import LINE, text
from mlp_playground.views.digits.tiles import GAP, Grid, paint_badge, paint_frame, paint_tile
from mlp_playground.views.theme import Theme, font

NAME = 40.0
"""Pixels of a neuron's number at the left of its row."""
LARGEST = 64.0


@dataclass(frozen=True, eq=False)
class Strip:
    """A film and the moments that it is of. `names` are those of the neurons: their numbers, or the classes whose
    outputs they are."""

    film: WeightFilm
    moments: tuple[Frame, ...]
    names: tuple[str, ...]
    are_classes: bool = False

    @classmethod
    def of(cls, film: WeightFilm, moments: tuple[Frame, ...], data: Dataset) -> Strip:
        """Of a network for `data`."""
        are_classes = len(moments[-1].architecture.widths) == 2
        names = tuple(data.classes[k] if are_classes else str(k + 1) for k in film.neurons)
        return cls(film, moments, names, are_classes)

    def columns(self, most: int) -> tuple[int, ...]:
        """At most so many of the moments, those at the beginning closer together, as most happens there."""
        last, most = len(self.moments) - 1, max(most, 2)
        if last + 1 <= most:
            return tuple(range(last + 1))
        steps = np.geomspace(1, last + 1, most) - 1
        chosen = np.maximum(steps.round().astype(int), np.arange(most))
        return tuple(np.minimum(chosen, last - most + 1 + np.arange(most)).tolist())


class StripPlaces:
    """Where tiles are in an area: as large as the rows have room for, in as many columns as there is room for."""

    def __init__(self, area: QRectF, strip: Strip) -> None:
        rows = max(len(strip.names), 1)
        self.side = max(min((area.height() - LINE) / rows, LARGEST), 8.0)
        self.columns = strip.columns(int((area.width() - NAME) // self.side))
        self.corner = QPointF(area.left() + NAME, area.top())
        self.rows = rows
        self._grid = Grid(len(self.columns), self.side)

    def tile(self, row: int, column: int) -> QRectF:
        """A neuron at a moment."""
        return self._grid.place(row * len(self.columns) + column, self.corner)

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column at a place."""
        count = self.rows * len(self.columns)
        number = self._grid.number_at(x - self.corner.x(), y - self.corner.y(), count)
        return None if number is None else divmod(number, len(self.columns))

    def nearest(self, moment: int) -> int:
        """The column whose moment is nearest."""
        return int(np.abs(np.array(self.columns) - moment).argmin())


def epoch_words(frame: Frame) -> str:
    """When a moment was, in epochs."""
    progress = frame.progress
    if progress == int(progress):
        return f"{progress:.0f}"
    return f"{progress:.{0 if progress >= 10 else 1 if progress >= 0.95 else 2}f}"


def paint_strip(
    painter: QPainter, area: QRectF, strip: Strip, theme: Theme, *, moment: int | None = None, row: int | None = None
) -> None:
    """All neurons at some moments, the epochs below; `moment` is lit, and the neuron of `row`."""
    places = StripPlaces(area, strip)
    for r, name in enumerate(strip.names):
        first = places.tile(r, 0)
        beside = QRectF(area.left(), first.top(), NAME - 4, first.height())
        text(painter, beside, name, font(8.5, bold=r == row), theme.text if r == row else theme.muted)
        for c, number in enumerate(places.columns):
            paint_tile(painter, places.tile(r, c), strip.film.levels[r, number], theme)
    bottom = places.tile(places.rows - 1, 0).bottom()
    free = area.left()
    for c, number in enumerate(places.columns):
        words = epoch_words(strip.moments[number])
        width = painter.fontMetrics().horizontalAdvance(words) + 6
        tile = places.tile(0, c)
        below = QRectF(tile.center().x() - width / 2, bottom + 1, width, LINE)
        if below.left() >= free:
            text(painter, below, words, font(8), theme.muted, centred=True)
            free = below.right()
    text(painter, QRectF(area.left(), bottom + 1, NAME, LINE), "epoch", font(8), theme.muted)
    if moment is not None:
        c = places.nearest(moment)
        whole = places.tile(0, c).united(places.tile(places.rows - 1, c))
        paint_frame(painter, whole, theme.accent, 2)


def paint_moment(
    painter: QPainter, area: QRectF, strip: Strip, moment: int, theme: Theme, *, row: int | None = None
) -> None:
    """All neurons at one moment, large, in up to three columns."""
    grid = moment_grid(area, strip)
    for r, name in enumerate(strip.names):
        place = grid.place(r, area.topLeft())
        paint_tile(painter, place, strip.film.levels[r, moment], theme)
        paint_frame(painter, place, theme.selection if r == row else theme.line, 2 if r == row else 1)
        paint_badge(painter, place, name, theme)


def moment_grid(area: QRectF, strip: Strip) -> Grid:
    """Where the large pictures are: in as few rows as make them largest."""
    count = max(len(strip.names), 1)
    sides = {
        columns: min(area.width() / columns, area.height() / -(-count // columns)) for columns in range(1, count + 1)
    }
    columns = max(sides, key=lambda each: sides[each])
    return Grid(columns, max(sides[columns] - GAP / columns, 8.0))
