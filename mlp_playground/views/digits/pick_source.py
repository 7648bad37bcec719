"""A digit of the test set: any, of one class, or of those that the network misreads at this moment."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.analysis.digits import Misread
from mlp_playground.data.dataset import Dataset
from mlp_playground.numerals import grouped
from mlp_playground.views.controls import CheckBox, Choice
from mlp_playground.views.digits.thumbnails import Thumbnails
from mlp_playground.views.parts import flat_button, number_label
from mlp_playground.views.theme import SPACE


class PickSource(QWidget):
    """`picked` carries the number of a test digit. Which ones are offered is only looked up anew when somebody asks, so
    that they stay in their places while the network learns; how many it misreads is always of the moment."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._data: Dataset | None = None
        self._misread: Misread | None = None
        self._random = np.random.default_rng()
        self.index = 0
        self.tiles = Thumbnails()
        self.tiles.chosen.connect(self.pick)
        self.of_class = Choice()
        self.of_class.setToolTip("Which digits to step through")
        self.of_class.setAccessibleName("Which digits")
        self.of_class.activated.connect(self._offer_first)
        self.only_misread = CheckBox("misread only")
        self.only_misread.setToolTip("Step through the test digits that the network gets wrong at this moment")
        self.only_misread.toggled.connect(self._offer_first)
        self.words = number_label("", "10\u202f000: a 0, read as 0", 8.5)
        self.count = number_label("", "1\u202f000 of 10\u202f000", 8.5)
        self.back = flat_button("‹", "The one before (←)")
        self.on = flat_button("›", "The next one (→)")
        self.any = flat_button("Random", "Any of them")
        self.back.clicked.connect(lambda: self._step(-1))
        self.on.clicked.connect(lambda: self._step(1))
        self.any.clicked.connect(self._pick_any)
        self._lay_out()

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(0)
        for button in (self.back, self.on, self.any):
            steps.addWidget(button)
        steps.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.of_class)
        column.addWidget(self.only_misread)
        column.addWidget(self.count)
        column.addWidget(self.tiles, 1)
        column.addWidget(self.words)
        column.addLayout(steps)

    def show_data(self, data: Dataset) -> None:
        """Offer these data's test digits."""
        if data is not self._data:
            self._data, self._misread = data, None
            self.index = min(self.index, len(data.test) - 1)
            chosen = self.of_class.currentData()
            self.of_class.clear()
            self.of_class.add("all digits", None, "The whole test set")
            for number, name in enumerate(data.classes):
                self.of_class.add(f"only {name}", number, f"Test digits that are a {name}")
            self.of_class.show_data(chosen)
            self.tiles.show_answers(())
            self._offer()

    def show_misread(self, misread: Misread, *, calm: bool) -> None:
        """What the network of this moment reads; while it learns, not `calm`, the offer stays."""
        is_first, self._misread = self._misread is None, misread
        self.count.setText(f"misread: {grouped(len(misread.wrong))} of {grouped(len(misread.answers))}")
        self.tiles.show_answers(tuple(misread.answers.tolist()))
        self._name()
        if self.only_misread.isChecked() and is_first:
            self._offer_first()
        elif calm and self.only_misread.isChecked():
            self._offer()

    def begin_with(self, index: int) -> None:
        """Look at this one, or at the last where there are not so many."""
        self.pick(index if self._data is None else min(index, len(self._data.test) - 1))

    def pick(self, index: int) -> None:
        """Look at this one."""
        self.index = index
        self._offer()
        self.picked.emit(index)

    @property
    def offered(self) -> tuple[int, ...]:
        """The numbers of the digits that can be stepped through."""
        assert self._data is not None
        y, chosen = self._data.test.y, self.of_class.currentData()
        fits = np.ones(len(y), bool) if chosen is None else y == chosen
        if self.only_misread.isChecked():
            wrong = np.zeros(len(y), bool)
            if self._misread is not None:
                wrong[self._misread.wrong] = True
            fits &= wrong
        return tuple(np.flatnonzero(fits).tolist())

    def _offer(self) -> None:
        if self._data is not None:
            self.tiles.show_digits(self._data.test, self.offered, self.index)
            self._name()

    def _name(self) -> None:
        """Say what the digit is, and what it is read as."""
        assert self._data is not None
        names, truth = self._data.classes, int(self._data.test.y[self.index])
        read = "" if self._misread is None else f", read as {names[self._misread.answers[self.index]]}"
        self.words.setText(f"{grouped(self.index + 1)}: a {names[truth]}{read}")

    def _offer_first(self) -> None:
        self._offer()
        offered = self.offered
        if offered and self.index not in offered:
            self._step(1)

    def _step(self, by: int) -> None:
        self._offer()
        self.tiles.step(by)

    def _pick_any(self) -> None:
        others = [each for each in self.offered if each != self.index]
        if others:
            self.pick(int(self._random.choice(others)))
