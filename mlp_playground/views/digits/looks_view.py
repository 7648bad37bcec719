"""What the first layer looks for: the gallery of its weights, and one neuron enlarged."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.analysis.excitement import Cell
from mlp_playground.analysis.weights import SORTINGS
from mlp_playground.experiment.feature_look import FeatureLook
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.controls import CheckBox, Choice
from mlp_playground.views.digits.feature_words import card_words, cell_name
from mlp_playground.views.digits.neuron_card import Card, NeuronCard
from mlp_playground.views.digits.weight_gallery import Gallery, Shown
from mlp_playground.views.parts import label
from mlp_playground.views.theme import SPACE

OWN_TIP = "Each picture to its own largest weight: shows the shapes of weak neurons, and hides that they are weak"
SORTED_TIP = (
    "In which order the neurons stand. While the run trains they keep their places, and are sorted when it rests"
)


class LooksView(QWidget):
    """`neuron_chosen` carries a neuron of the first layer, `sorting_chosen` the name of another order, and
    `sample_chosen` the number of a test digit. `scale_changed`: see `scale`."""

    neuron_chosen = Signal(int)
    sorting_chosen = Signal(str)
    scale_changed = Signal()
    sample_chosen = Signal(int)
    pointed_at = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._seen: tuple[Snapshot, FeatureLook] | None = None
        self._cell: Cell = (0, 0)
        self.gallery, self.card = Gallery(), NeuronCard()
        self.sorting = Choice(*((each.label, each.name, each.words) for each in SORTINGS.values()))
        self.sorting.setToolTip(SORTED_TIP)
        self.sorting.setAccessibleName("Order of the neurons")
        self.own = CheckBox("each on its own scale")
        self.own.setToolTip(OWN_TIP)
        self._lay_out()
        self.sorting.activated.connect(lambda _index: self.sorting_chosen.emit(self.sorting.currentData()))
        self.own.toggled.connect(self._redraw)
        self.gallery.view.clicked.connect(self.neuron_chosen)
        self.card.sample_clicked.connect(self.sample_chosen)
        for view in (self.gallery.view, self.card):
            view.pointed_at.connect(self.pointed_at)

    def _lay_out(self) -> None:
        options = QHBoxLayout()
        options.setSpacing(SPACE)
        options.addWidget(label("Sorted", 9, muted=True))
        options.addWidget(self.sorting)
        options.addWidget(self.own)
        options.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(SPACE // 2)
        left.addLayout(options)
        left.addWidget(self.gallery, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addLayout(left, 2)
        row.addWidget(self.card, 1)
        self.card.setMinimumWidth(240)

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 120)

    @property
    def scale(self) -> float | None:
        """Where the scale of all pictures ends; None where each has its own."""
        weights = None if self._seen is None else self._seen[1].weights
        return None if weights is None or self.own.isChecked() else weights.scale

    def show_look(self, snapshot: Snapshot, look: FeatureLook, cell: Cell) -> None:
        """Draw this moment, and of `cell` what excites it."""
        self._seen = snapshot, look
        self._redraw()
        self.gallery.show_selected(cell[1] if cell[0] == 0 else None)
        if cell != self._cell and cell[0] == 0:
            self.gallery.reveal(cell[1])
        self._cell = cell
        self._show_card(snapshot, look, cell)

    def _redraw(self) -> None:
        if self._seen is None:
            return
        snapshot, look = self._seen
        assert look.weights is not None
        assert look.order is not None
        answers = look.answers[0] if look.answers else None
        self.scale_changed.emit()
        how = self.own.isChecked(), SORTINGS[self.sorting.currentData()].by_answers
        self.gallery.show_weights(Shown(look.weights, look.order, snapshot.data, answers, *how))

    def _show_card(self, snapshot: Snapshot, look: FeatureLook, cell: Cell) -> None:
        if look.excited is None or look.weights is None:
            return
        picture = look.weights.own_levels[cell[1]] if cell[0] == 0 else None
        name = cell_name(snapshot.architecture, cell, snapshot.data)
        self.card.show_card(
            Card(name, card_words(look.answers, cell, snapshot.data), picture, look.excited, snapshot.data)
        )
