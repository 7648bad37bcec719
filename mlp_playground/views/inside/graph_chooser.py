"""Which samples go through the graph: one by its number, by chance or by its loss, the next minibatch, or the point."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mlp_playground.experiment.graph_question import Which, Wish
from mlp_playground.numerals import grouped
from mlp_playground.views.controls import Choice
from mlp_playground.views.parts import flat_button, number_label
from mlp_playground.views.theme import SPACE

_ENTRIES = (
    ("Training sample", Which.SAMPLE, "One sample at a time: the smallest graph, and every number can be read"),
    ("Next minibatch", Which.MINIBATCH, "Just what the run learns from in its next step, in its order"),
    ("What I look at", Which.EXAMPLE, "What the mouse points at, else the point or digit picked, as in all panels"),
)


class GraphChooser(QWidget):
    """`wish_changed` carries the Wish that the user has now."""

    wish_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wish, self._count = Wish(Which.HARDEST), 1  # one that there is something to learn of
        self._rng = np.random.default_rng([0, 5])
        self.which = Choice(*_ENTRIES)
        self.which.setAccessibleName("What goes through the graph")
        self.which.setToolTip("What goes through the graph")
        self.number = number_label("", "250 of 250", 9)
        self.before = flat_button("‹", "The training sample before")
        self.after = flat_button("›", "The next training sample")
        self.random = flat_button("Random", "A training sample by chance")
        self.hardest = flat_button("Hardest", "The training sample with the largest loss at this moment")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self.which, self.before, self.number, self.after, self.random, self.hardest):
            row.addWidget(part)
        row.insertSpacing(1, SPACE // 2)
        self.which.activated.connect(lambda _index: self._want(Wish(self.which.currentData(), self._wish.number)))
        self.before.clicked.connect(lambda: self._go(self._wish.number - 1))
        self.after.clicked.connect(lambda: self._go(self._wish.number + 1))
        self.random.clicked.connect(lambda: self._go(int(self._rng.integers(self._count))))
        self.hardest.clicked.connect(lambda: self._want(Wish(Which.HARDEST)))

    @property
    def wish(self) -> Wish:
        """What is wanted now."""
        return self._wish

    def show_samples(self, samples: np.ndarray | None, count: int) -> None:
        """Say which training samples (None: none of them) of how many are shown; the hardest has its number now."""
        self._count = count
        if samples is not None and len(samples) == 1 and self._wish.which in (Which.SAMPLE, Which.HARDEST):
            self._wish = Wish(Which.SAMPLE, int(samples[0]))
        words = "" if samples is None else f"{grouped(len(samples))} samples"
        if self._wish.which is Which.SAMPLE:
            words = f"{grouped(self._wish.number + 1)} of {grouped(count)}"
        self.number.setText(words)
        is_one = self._wish.which is Which.SAMPLE
        for part in (self.before, self.after):
            part.setEnabled(is_one)
        self.which.show_data(self._wish.which)

    def _go(self, number: int) -> None:
        self._want(Wish(Which.SAMPLE, number % self._count))

    def _want(self, wish: Wish) -> None:
        self._wish = wish
        self.which.show_data(Which.SAMPLE if wish.which is Which.HARDEST else wish.which)
        self.wish_changed.emit(wish)
