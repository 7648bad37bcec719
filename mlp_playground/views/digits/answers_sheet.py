"""Who answers, on one sheet: the layers with their dead and sleepy neurons, one of them in full, and one neuron."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from mlp_playground.analysis.answers import LayerAnswers
from mlp_playground.analysis.weights import Order, Weights
from mlp_playground.data.dataset import Dataset
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.views.digits.answers_picture import Table, paint_layer, paint_table
from mlp_playground.views.digits.answers_words import key_words
from mlp_playground.views.digits.feature_words import samples_name
from mlp_playground.views.digits.neuron_card import LINE, text
from mlp_playground.views.digits.tiles import paint_tile
from mlp_playground.views.theme import SPACE, Theme, font

LAYERS = 210.0
"""Pixels of the layers at the left."""
ROW = 44.0
LEAST_CARD, CARD = 64.0, 100.0
"""Pixels of the height of what is told of one neuron, at least and at most."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """What is drawn: a network's hidden `layers`, each with its neurons in an order, the `chosen` one in full; of
    pictures also the first layer's `weights`."""

    layers: tuple[LayerAnswers, ...]
    orders: tuple[Order, ...]
    data: Dataset
    weights: Weights | None = None
    chosen: int = 0

    @cached_property
    def table(self) -> Table:
        """The chosen layer's numbers."""
        names = self.data.classes if self.data.task != "regression" else ()
        return Table(self.layers[self.chosen], self.orders[self.chosen], names)

    def of_layer(self, layer: int) -> Sheet:
        """With another layer in full, or the last one where there is none such."""
        return replace(self, chosen=min(layer, len(self.layers) - 1))


class SheetPlaces:
    """Where the parts of a sheet are in an area."""

    def __init__(self, area: QRectF, sheet: Sheet) -> None:
        count = len(sheet.layers)
        row = min(ROW, (area.height() - LINE) / count)
        self.layers = [QRectF(area.left(), area.top() + l * row, LAYERS, row) for l in range(count)]
        self.key = QRectF(area.left(), area.bottom() - LINE, area.width(), LINE)
        self.table = area.adjusted(LAYERS + 2 * SPACE, 0, 0, -LINE)
        below = QRectF(area.left() + SPACE, self.layers[-1].bottom() + SPACE, LAYERS - 2 * SPACE, 0)
        below.setBottom(min(self.key.top() - 4, below.top() + CARD))
        self.card = below if below.height() >= LEAST_CARD else None

    def layer_at(self, x: float, y: float) -> int | None:
        """The layer at a place."""
        return next((l for l, place in enumerate(self.layers) if place.contains(x, y)), None)


def paint_sheet(
    painter: QPainter, area: QRectF, sheet: Sheet, theme: Theme, *, selected: int | None = None, told: int | None = None
) -> None:
    """Paint all of it; `selected` is a neuron of the chosen layer, and `told` the one of which a little more is told
    where there is room."""
    places = SheetPlaces(area, sheet)
    for l, layer in enumerate(sheet.layers):
        name = f"Layer {l + 1} · {layer.n} {ACTIVATIONS[layer.activation].label}"
        paint_layer(painter, places.layers[l], name, layer, theme, chosen=l == sheet.chosen)
    paint_table(painter, places.table, sheet.table, theme, selected=selected)
    words = key_words(sheet.table.layer, samples_name(sheet.data))
    text(painter, places.key, words, font(8.5), theme.muted)
    if places.card is not None and told is not None and told < sheet.table.layer.n and sheet.table.names:
        _paint_neuron(painter, places.card, sheet, told, theme)


def _paint_neuron(painter: QPainter, place: QRectF, sheet: Sheet, neuron: int, theme: Theme) -> None:
    """A neuron's weights, where they are a picture, and the share of each class that it is on for."""
    title = QRectF(place.left(), place.top(), place.width(), LINE)
    text(painter, title, f"neuron {neuron + 1} is on for", font(8.5), theme.muted)
    bars = QRectF(place.left(), title.bottom() + 2, place.width(), place.bottom() - title.bottom() - LINE - 2)
    if sheet.weights is not None and sheet.chosen == 0:
        side = place.bottom() - title.bottom()
        paint_tile(painter, QRectF(place.left(), title.bottom(), side, side), sheet.weights.own_levels[neuron], theme)
        bars.setLeft(place.left() + side + SPACE)
    shares = np.nan_to_num(sheet.table.layer.on_by_class[neuron]).tolist()
    width = bars.width() / len(shares)
    for k, share in enumerate(shares):
        bar = QRectF(bars.left() + k * width + 0.5, bars.top(), max(width - 1, 1), bars.height())
        painter.fillRect(bar, QColor(theme.raised))
        painter.fillRect(bar.adjusted(0, bar.height() * (1 - share), 0, 0), QColor(theme.accent))
    for k, name in enumerate(sheet.table.names):
        box = QRectF(bars.left() + k * width, bars.bottom(), width, LINE)
        text(painter, box, name, font(8), theme.muted, centred=True)
