"""The panel of one neuron: its map and line, its sum term by term for an example, and what it does with the samples."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.analysis.neuron import Cell, Group, Terms
from mlp_playground.data.example import Example
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.controls import Choice
from mlp_playground.views.inside.best_samples import Best, BestSamples
from mlp_playground.views.inside.elided import Elided
from mlp_playground.views.inside.habit_chart import HabitChart, Told
from mlp_playground.views.inside.heatmap import ScaleBar
from mlp_playground.views.inside.neuron_map_view import NeuronMapView, Pictured
from mlp_playground.views.inside.neuron_words import line_words, sum_words, values_words
from mlp_playground.views.inside.term_pictures import Factors, TermPictures
from mlp_playground.views.inside.term_table import TermTable
from mlp_playground.views.layers.layer_names import layer_name
from mlp_playground.views.layers.layer_words import cell_name, neuron_names
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.theme import SPACE

MANY = 12
"""Terms beyond which the strongest stand first until the reader asks otherwise."""
MAPS = {
    "plane": ("z = 0 on the line", "Its answer everywhere on the plane; on the line its sum z is 0."),
    "line": ("its answer along x", "Its answer for every x, from 0 at the left to 2π at the right."),
    "bits": ("for all patterns of bits", "Its answer for every pattern of bits: neighbours differ in one of them."),
    "weights": ("blue excites it", "Its weights as a picture: ink on blue excites it, ink on orange inhibits it."),
    "ink": ("mean of the digits", "The mean of the training digits that excite it most."),
}
MARKS = "Numbers: the samples that excite it most. Cross: the example. Point at the map to add up there."
LINE = (
    "Where the neuron's sum z is 0: it answers differently on the two sides.\n"
    "The weights say towards where z grows, and |w| by how much for a step of 1; b moves the line away from the origin."
)
NOTHING = "A pixel has no map of its own"


class NeuronPanel(QWidget):
    """Shows the neuron, output or input of a Cell. `cell_chosen` carries another one, `number_typed` an input's number
    (None: the bias) and what its weight is to become, `place_pointed` inputs (n_raw,) or None; `sample_pointed` (None:
    no more) and `sample_picked` one of the samples that excite it most. `terms_wanted` says that the terms are to be
    shown in another way."""

    cell_chosen = Signal(object)
    number_typed = Signal(object, float)
    place_pointed = Signal(object)
    sample_pointed = Signal(object)
    sample_picked = Signal(int)
    terms_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell: Cell = (1, 0)
        self._widths: tuple[int, ...] = ()
        self.layers, self.neurons = Choice(), Choice()
        self.layers.setToolTip("Which layer")
        self.neurons.setToolTip("Which of its neurons (a click in the diagram chooses it, too)")
        self.layers.setAccessibleName("Layer")
        self.neurons.setAccessibleName("Neuron")
        self.map, self.about_map, self.scale = NeuronMapView(), Elided(), ScaleBar()
        self.equation, self.line = Elided("", 9.5, bold=True, muted=False), Elided("", 9, muted=False)
        self.equation.setToolTip(LINE)
        self.line.setToolTip(LINE)
        self.example = Elided()
        self.order = flat_button(
            "strongest first", "The terms by their size, or in the order of the inputs", checkable=True
        )
        self.as_pictures = flat_button(
            "as pictures", "The terms of all pixels as a picture, or as a table", checkable=True
        )
        self.table, self.pictures = TermTable(), TermPictures()
        self.sum = Elided("", 9.5, bold=True, muted=False)
        self.habits, self.best = HabitChart(), BestSamples()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.layers.activated.connect(lambda _index: self.cell_chosen.emit((self.layers.currentData(), 0)))
        self.neurons.activated.connect(lambda index: self.cell_chosen.emit((self._cell[0], index)))
        self.table.number_typed.connect(self.number_typed)
        self.map.place_pointed.connect(self.place_pointed)
        self.best.pointed_at.connect(self.sample_pointed)
        self.best.picked.connect(self.sample_picked)
        for button in (self.order, self.as_pictures):
            button.toggled.connect(self.terms_wanted)

    def _lay_out(self) -> None:
        left = _column(_row(self.layers, self.neurons), self.map, self.about_map, self.scale)
        left.setStretchFactor(self.map, 1)
        middle = _column(
            self.equation,
            self.line,
            _row(self.example, self.as_pictures, self.order),
            self.table,
            self.pictures,
            self.sum,
        )
        middle.setStretchFactor(self.table, 1)
        middle.setStretchFactor(self.pictures, 1)
        by_class = label("On the training samples", 9, muted=True)
        most = label("They excite it most", 9, muted=True)
        right = _column(by_class, self.habits, most, self.best)
        right.setStretchFactor(self.habits, 3)
        right.setStretchFactor(self.best, 1)
        all_three = QHBoxLayout(self)
        all_three.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        all_three.setSpacing(2 * SPACE)
        all_three.addLayout(left, 4)
        all_three.addLayout(middle, 8)
        all_three.addLayout(right, 5)

    @property
    def cell(self) -> Cell:
        """What is shown."""
        return self._cell

    def show_cell(self, snapshot: Snapshot, cell: Cell) -> None:
        """What is looked at, and its line as it is now."""
        widths, (column, k) = snapshot.architecture.widths, cell
        if (column, widths) != (self._cell[0], self._widths) or not self.neurons.count():
            self._fill(snapshot, column)
        if (cell, widths) != (self._cell, self._widths):
            self.order.setChecked(column > 0 and widths[column - 1] > MANY)
        self._cell, self._widths = cell, widths
        self.layers.show_data(column)
        if self.neurons.currentIndex() != k:
            self.neurons.setCurrentIndex(k)
        equation, line = line_words(snapshot, cell)
        self.equation.show_text(equation)
        self.line.show_text(line)

    def _fill(self, snapshot: Snapshot, column: int) -> None:
        columns = len(snapshot.architecture.widths)
        for choice, entries in (
            (self.layers, [layer_name(k, columns).capitalize() for k in range(columns)]),
            (self.neurons, list(neuron_names(snapshot, column))),
        ):
            blocked = choice.blockSignals(True)
            choice.clear()
            choice.addItems(entries)
            choice.blockSignals(blocked)
            choice.updateGeometry()
        for k in range(columns):
            self.layers.setItemData(k, k)

    def show_map(self, shown: Pictured | None) -> None:
        """What it answers everywhere, or what it looks for."""
        self.map.show_map(shown)
        short, words = (NOTHING, "") if shown is None else MAPS[shown.map.kind]
        self.about_map.show_text(short)
        self.map.setToolTip(f"{words}\n{MARKS}" if shown is not None and shown.map.kind == "plane" else words)
        self.scale.setVisible(shown is not None and shown.map.kind != "ink")
        if shown is not None:
            self.scale.show_scale(shown.map.map.scale, is_cut=False)

    def show_terms(self, snapshot: Snapshot, example: Example, found: Terms) -> None:
        """Its sum for an example."""
        values = values_words(snapshot, np.asarray(example.x).tolist())
        self.example.show_text(f"{example.words[:1].upper()}{example.words[1:]} {values}".strip())
        shape, has_terms = snapshot.data.image_shape, found.cell[0] > 0
        is_picture = shape is not None and found.cell[0] == 1
        self.as_pictures.setVisible(is_picture)
        in_pictures = is_picture and self.as_pictures.isChecked()
        self.pictures.setVisible(in_pictures)
        self.table.setVisible(has_terms and not in_pictures)
        self.order.setVisible(has_terms and not in_pictures)
        if in_pictures and shape is not None:
            self.pictures.show_terms(Factors(found, shape))
        elif has_terms:
            names = neuron_names(snapshot, found.cell[0] - 1)
            if found.cell[0] > 1:
                names = tuple(cell_name(snapshot, found.cell[0] - 1, k) for k in range(len(names)))
            self.table.show_terms(names, found, strongest_first=self.order.isChecked())
        self.sum.show_text(sum_words(snapshot, found))

    def show_habits(self, groups: tuple[Group, ...], best: Best, *, are_classes: bool) -> None:
        """What it does with the training samples."""
        self.habits.show_habits(Told(groups, are_classes))
        self.best.show_best(best)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, Elided) else 0)
    if not any(isinstance(widget, Elided) for widget in widgets):
        row.addStretch(1)
    return row


def _column(*parts: QWidget | QHBoxLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(SPACE // 2)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return column
