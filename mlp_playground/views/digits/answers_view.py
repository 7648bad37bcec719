"""Who answers: how many neurons of each layer are dead or asleep, and which of them are on for which class."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

from mlp_playground.analysis.answers import LayerAnswers
from mlp_playground.analysis.excitement import Cell
from mlp_playground.analysis.weights import Order
from mlp_playground.experiment.feature_look import FeatureLook
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.views.digits.answers_picture import Table, TablePlaces, counts, paint_layer, paint_table
from mlp_playground.views.digits.feature_words import class_name, neuron_words, samples_name
from mlp_playground.views.digits.neuron_card import LINE, text
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import percent
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import SPACE, font, theme_of

LAYERS = 210.0
"""Pixels of the layers at the left."""
ROW = 44.0
BEST = 3
"""Neurons that are named of a class's."""
MOST_NAMED = 12
"""Neurons that are named in a sentence."""
RELU_WORDS = "on: its sum is above 0 · dead: 0 for every {0} · sleepy: on for less than 1 % of them"
SMOOTH_WORDS = "on: its sum is above 0 · {1} neurons answer softly below, too, so hardly any is ever dead"
TWO_SIDED_WORDS = "on: its sum is above 0 · {1} answers as loudly below 0, so no neuron is asleep"


class AnswersView(PointingView):
    """`cell_chosen` carries a neuron (layer, number), both from 0."""

    cell_chosen = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._seen: tuple[Snapshot, tuple[LayerAnswers, ...], tuple[Order, ...]] | None = None
        self._chosen = 0
        self._cell: Cell = (0, 0)
        self.setAccessibleName("Which neurons answer which class")

    def minimumSizeHint(self) -> QSize:
        return QSize(520, 120)

    def show_look(self, snapshot: Snapshot, look: FeatureLook, cell: Cell) -> None:
        """Draw this moment; the layer of `cell` is told in full when another neuron has been chosen."""
        if look.answers is None:
            return
        if cell != self._cell:
            self._cell, self._chosen = cell, cell[0]
        self._seen = snapshot, look.answers, look.columns
        self._chosen = min(self._chosen, len(look.answers) - 1)
        self.update()
        self.tell_again()

    def _table(self) -> tuple[Table, QRectF] | None:
        if self._seen is None:
            return None
        snapshot, layers, orders = self._seen
        names = snapshot.data.classes if snapshot.data.task != "regression" else ()
        area = QRectF(self.rect()).adjusted(LAYERS + 2 * SPACE, 0, 0, -LINE)
        return Table(layers[self._chosen], orders[self._chosen], names), area

    def _layer_place(self, layer: int) -> QRectF:
        assert self._seen is not None
        row = min(ROW, (self.height() - LINE) / len(self._seen[1]))
        return QRectF(0, layer * row, LAYERS, row)

    def _layer_at(self, x: float, y: float) -> int | None:
        count = 0 if self._seen is None else len(self._seen[1])
        return next((l for l in range(count) if self._layer_place(l).contains(x, y)), None)

    def neuron_at(self, x: float, y: float) -> int | None:
        """The neuron at a place of the table: its own, or the best of a class's row beside it."""
        found = self._table()
        if found is None:
            return None
        table, area = found
        places = TablePlaces(area, table)
        column, row = places.column_at(x, y), places.row_at(y)
        if column is not None:
            return int(table.order[column])
        if row is not None and table.names and x > area.left():
            return next(iter(table.best(row)), None)
        return None

    def words_at(self, x: float, y: float) -> str:
        found, layer = self._table(), self._layer_at(x, y)
        if found is None or self._seen is None:
            return ""
        snapshot, layers, _ = self._seen
        if layer is not None:
            return f"Layer {layer + 1}: {layer_words(layers[layer])}"
        table, area = found
        places = TablePlaces(area, table)
        row, column, data = places.row_at(y), places.column_at(x, y), snapshot.data
        if row is None or x < area.left():
            return ""
        if column is None:
            return row_words(table, row, snapshot)
        neuron = int(table.order[column])
        here = f"on for {percent(float(np.nan_to_num(table.shares[row, column])), 0)} of "
        here += f"the samples of class {class_name(data, row)}" if table.names else f"the {samples_name(data)}s"
        return f"Neuron {neuron + 1}: {here} · {neuron_words(table.layer, neuron, data)}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position().toTuple()
        layer, neuron = self._layer_at(*place), self.neuron_at(*place)
        if layer is not None:
            self._chosen = layer
            self.update()
        elif neuron is not None:
            self.cell_chosen.emit((self._chosen, neuron))

    def paintEvent(self, _event: QPaintEvent) -> None:
        found = self._table()
        if found is None or self._seen is None:
            return
        (table, area), (snapshot, layers, _), theme = found, self._seen, theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for l, layer in enumerate(layers):
                name = f"Layer {l + 1} · {layer.n} {ACTIVATIONS[layer.activation].label}"
                paint_layer(painter, self._layer_place(l), name, layer, theme, chosen=l == self._chosen)
            selected = self._cell[1] if self._cell[0] == self._chosen else None
            paint_table(painter, area, table, theme, selected=selected)
            below = QRectF(0, self.height() - LINE, self.width(), LINE)
            text(painter, below, key_words(table.layer, samples_name(snapshot.data)), font(8.5), theme.muted)


def key_words(layer: LayerAnswers, sample: str) -> str:
    """What on, dead and sleepy mean in this layer."""
    words = TWO_SIDED_WORDS if not layer.can_sleep else RELU_WORDS if layer.activation == "relu" else SMOOTH_WORDS
    return words.format(sample, ACTIVATIONS[layer.activation].label)


def layer_words(layer: LayerAnswers) -> str:
    """A layer's dead and sleepy neurons, by their numbers where they are few."""
    words = [f"{layer.n} neurons, {counts(layer)}"]
    for name, which in (("dead", layer.dead), ("sleepy", layer.sleepy)):
        numbers = [str(k + 1) for k in np.flatnonzero(which).tolist()]
        if numbers:
            words.append(f"{name}: {', '.join(numbers[:MOST_NAMED])}{' …' if len(numbers) > MOST_NAMED else ''}")
    return " · ".join(words)


def row_words(table: Table, row: int, snapshot: Snapshot) -> str:
    """What a row says of its class."""
    on = float(table.on[row])
    share = percent(on, 0) if np.isfinite(on) else "none known"
    if not table.names:
        return f"of its neurons {share} are on, on average"
    count = round(float(table.layer.shares[row]) * table.layer.n)
    name = class_name(snapshot.data, row)
    most = "1 neuron answers" if count == 1 else f"{count} neurons answer"
    best = ", ".join(str(neuron + 1) for neuron in table.best(row)[:BEST])
    words = f"{name}: on average {share} of the neurons are on · {most} it most"
    return f"{words}, best of all {best} (click)" if best else words
