"""Which neuron is looked at, where there is no diagram to click in: its layer, and its number."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mlp_playground.analysis.excitement import Cell
from mlp_playground.data.dataset import Dataset
from mlp_playground.nn.network import Architecture
from mlp_playground.views.controls import Choice
from mlp_playground.views.digits.feature_words import class_name, layer_name
from mlp_playground.views.parts import flat_button, number_label
from mlp_playground.views.theme import SPACE

WIDEST = "neuron 512"


class CellChoice(QWidget):
    """`chosen` carries a neuron (layer, number), both from 0, outputs after the hidden layers."""

    chosen = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._cell: Cell = (0, 0)
        self._widths: tuple[int, ...] = ()
        self.layer = Choice()
        self.layer.setToolTip("The neuron's layer; a click on a neuron in the diagram chooses it, too")
        self.layer.setAccessibleName("Layer")
        self.before = flat_button("‹", "The neuron before")
        self.after = flat_button("›", "The next neuron")
        self.name = number_label("", WIDEST, 9)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        for widget in (self.layer, self.before, self.name, self.after):
            row.addWidget(widget)
        self.layer.activated.connect(lambda layer: self.chosen.emit((layer, 0)))
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))

    def show_cell(self, architecture: Architecture, cell: Cell, data: Dataset) -> None:
        """Show which neuron of which network it is."""
        widths = architecture.widths[1:]
        if len(widths) != len(self._widths):
            self.layer.clear()
            for layer in range(len(widths)):
                self.layer.add(layer_name(architecture, layer), layer, "")
        self._cell, self._widths = cell, widths
        self.layer.show_data(cell[0])
        is_output = cell[0] == len(widths) - 1
        text = f"for {class_name(data, cell[1])}" if is_output and widths[-1] > 1 else f"neuron {cell[1] + 1}"
        if text != self.name.text():
            self.name.setText(text)

    def _step(self, by: int) -> None:
        layer, neuron = self._cell
        self.chosen.emit((layer, (neuron + by) % self._widths[layer]))
