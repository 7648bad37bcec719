"""Asks how long a film is to take, and how smooth it is to be."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mlp_playground.views.controls import Choice
from mlp_playground.views.figures.film import Film
from mlp_playground.views.parts import captioned
from mlp_playground.views.theme import SPACE

SECONDS = (3.0, 5.0, 8.0, 15.0, 30.0)
RATES = {10: "small file", 20: "smooth", 25: "as in the cinema"}


class FilmLength(QWidget):
    """Holds a Film. `changed`: it is another one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.seconds = Choice(*((f"{seconds:g} seconds", seconds, "") for seconds in SECONDS))
        self.seconds.setToolTip("How long the whole run takes in the film")
        self.rate = Choice(*((f"{rate}: {words}", rate, "") for rate, words in RATES.items()))
        self.rate.setToolTip("Pictures a second: with more of them it runs smoother, and the file is larger")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(captioned("Length", self.seconds), 1)
        row.addWidget(captioned("Pictures a second", self.rate), 1)
        for choice in (self.seconds, self.rate):
            choice.activated.connect(self.changed)

    @property
    def value(self) -> Film:
        """What is chosen."""
        return Film(self.seconds.currentData(), self.rate.currentData())

    def show_length(self, film: Film) -> None:
        """Show this one, or the nearest that can be chosen."""
        self.seconds.show_data(min(SECONDS, key=lambda each: abs(each - film.seconds)))
        self.rate.show_data(min(RATES, key=lambda each: abs(each - film.rate)))
