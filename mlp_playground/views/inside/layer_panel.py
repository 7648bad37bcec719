"""The panel of one layer: its weights as a heatmap, what it computes, and its numbers beside those of other layers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.analysis.distributions import QUANTITIES, Spreads
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.numerals import grouped
from mlp_playground.views.controls import Choice
from mlp_playground.views.inside.elided import Elided
from mlp_playground.views.inside.heatmap import TIP, Heatmap, ScaleBar
from mlp_playground.views.inside.spread_chart import SpreadChart
from mlp_playground.views.layers.layer_weights import Spot, weights_of
from mlp_playground.views.layers.layer_words import (
    cell_name,
    layer_names,
    shapes,
    size_words,
    symbols,
)
from mlp_playground.views.layers.spread_picture import Shown, zero_words
from mlp_playground.views.parts import flat_button
from mlp_playground.views.theme import SPACE

PICTURES = "Open Features, which shows each row as a picture: what the neuron looks for"
OPERATION = (
    "What the layer computes for all training samples at once, one in each column: W has a row for each neuron,\n"
    "and b is added to every column. Below: the same with shapes, (rows×columns)."
)


class LayerPanel(QWidget):
    """Shows the layer of a column. `column_chosen` carries another one (1 is the first hidden layer), `spot_pointed` a
    Spot or None, `spot_clicked` one that was clicked, `number_typed` a Spot and its new number, `quantity_chosen` a
    name in QUANTITIES; `pictures_wanted` says that a digits' first layer is to be seen as pictures."""

    column_chosen = Signal(int)
    spot_pointed = Signal(object)
    spot_clicked = Signal(object)
    number_typed = Signal(object, float)
    quantity_chosen = Signal(str)
    pictures_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._column = 1
        self.layers = Choice()
        self.layers.setToolTip("Which layer to look at (a click above it in the diagram chooses it, too)")
        self.layers.setAccessibleName("Layer")
        self.symbols, self.shapes = Elided("", 10, bold=True, muted=False), Elided()
        self.heatmap, self.scale = Heatmap(), ScaleBar()
        self.words = Elided()
        self.words.setToolTip(TIP)
        self.pictures = flat_button("as pictures", PICTURES)
        self.quantity = Choice(*((each.label, each.name, each.words) for each in QUANTITIES.values()))
        self.quantity.setToolTip("Which numbers to compare from layer to layer")
        self.quantity.setAccessibleName("Numbers to compare")
        self.about = Elided()
        self.about.setToolTip(
            "One axis for all layers, so that they can be compared; each histogram has its own length"
        )
        self.chart = SpreadChart()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.layers.activated.connect(lambda _index: self.column_chosen.emit(self.layers.currentData()))
        self.quantity.activated.connect(self._on_quantity)
        self.chart.layer_clicked.connect(lambda k: self.column_chosen.emit(k + 1))
        self.pictures.clicked.connect(self.pictures_wanted)
        self.heatmap.pointed_at.connect(self._on_pointed)
        self.heatmap.clicked.connect(self.spot_clicked)
        self.heatmap.number_typed.connect(self.number_typed)

    def _lay_out(self) -> None:
        self.symbols.setToolTip(OPERATION)
        self.shapes.setToolTip(OPERATION)
        left, right = QVBoxLayout(), QVBoxLayout()
        formula = QVBoxLayout()
        formula.setSpacing(0)
        symbols = QHBoxLayout()
        symbols.addWidget(self.symbols, 1)
        symbols.addWidget(self.pictures)
        formula.addLayout(symbols)
        formula.addWidget(self.shapes)
        left.addLayout(_row(self.layers, formula))
        left.addWidget(self.heatmap, 1)
        left.addLayout(_row(self.scale, self.words))
        right.addLayout(_row(self.quantity, self.about))
        right.addWidget(self.chart, 1)
        for column in (left, right):
            column.setSpacing(SPACE // 2)
        both = QHBoxLayout(self)
        both.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        both.setSpacing(2 * SPACE)
        both.addLayout(left, 5)
        both.addLayout(right, 4)

    @property
    def column(self) -> int:
        """The layer that is shown, as the diagram counts."""
        return self._column

    def show_layer(self, snapshot: Snapshot, column: int, chosen: int | None = None) -> None:
        """Show a layer as it is now, one of whose neurons may be `chosen`."""
        self._snapshot, self._column = snapshot, column
        names = [name for name, _ in layer_names(snapshot)]
        if names != [self.layers.itemText(k) for k in range(self.layers.count())]:
            self.layers.clear()
            for k, name in enumerate(names):
                self.layers.add(name, k + 1, "")
            self.layers.updateGeometry()
        self.layers.show_data(column)
        self.pictures.setVisible(snapshot.data.image_shape is not None and column == 1)
        linear, answer = symbols(snapshot, column)
        self.symbols.show_text(f"{linear},   {answer}")
        self.shapes.show_text(shapes(snapshot, column))
        weights = weights_of(snapshot, column, chosen)
        self.heatmap.show_weights(weights)
        self.scale.show_scale(weights.scale, is_cut=weights.is_cut)
        self.show_number()

    def forget_spreads(self) -> None:
        """Other numbers are asked for, and not known yet."""
        self.chart.show_spreads(None)

    def show_spreads(self, snapshot: Snapshot, spreads: Spreads) -> None:
        """Show how the numbers of all layers are spread."""
        self.quantity.show_data(spreads.name)
        self.chart.show_spreads(Shown(spreads, layer_names(snapshot), self._column - 1))
        self.about.show_text(_about(spreads))

    def light(self, spot: Spot | None) -> None:
        """Outline a cell that is pointed at elsewhere, and tell its number."""
        self.heatmap.light(spot)
        self.show_number()

    def show_number(self) -> None:
        """Write down the number that is pointed at, as it is now."""
        snapshot, spot = self._snapshot, self.heatmap.lit
        if snapshot is None:
            return
        if spot is None:
            self.words.show_text(size_words(snapshot, self._column))
            return
        row, column = spot
        network = Network(snapshot.architecture, snapshot.theta)
        who = cell_name(snapshot, self._column, row)
        if column == network.W[self._column - 1].shape[1]:
            self.words.show_text(f"b = {_number(network.b[self._column - 1][row])}: bias of {who}")
        else:
            weight = _number(network.W[self._column - 1][row, column])
            self.words.show_text(f"w = {weight}: {who} listens to {cell_name(snapshot, self._column - 1, column)}")

    def _on_pointed(self, spot: Spot | None) -> None:
        self.show_number()
        self.spot_pointed.emit(spot)

    def _on_quantity(self, _index: int) -> None:
        self.quantity_chosen.emit(self.quantity.currentData())


def _about(spreads: Spreads) -> str:
    if spreads.name == "weights":
        return "one axis for all layers"
    n = grouped(spreads.samples)
    of = n if spreads.samples == spreads.total else f"{n} of {grouped(spreads.total)}"
    zeros = " · % are exactly 0" if any(zero_words(layer) for layer in spreads.layers) else ""
    return f"{of} training samples{zeros}"


def _number(value: float) -> str:
    return f"{float(value):+.4f}".replace("-", "−")


def _row(first: QWidget, rest: QWidget | QVBoxLayout) -> QHBoxLayout:
    """One as wide as it needs, the other in all the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    row.addWidget(first, 0, Qt.AlignmentFlag.AlignVCenter)
    if isinstance(rest, QWidget):
        row.addWidget(rest, 1)
    else:
        row.addLayout(rest, 1)
    return row
