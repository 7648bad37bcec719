"""Which plane of a table with many columns is drawn: two columns, or the one along which its rows vary most."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mlp_playground.data.dataset import Dataset
from mlp_playground.views.canvas.picture_frame import AXIS_ROOM
from mlp_playground.views.controls import Choice
from mlp_playground.views.parts import captioned
from mlp_playground.views.theme import SPACE

COMPONENTS = "main components"
LONGEST = 16
"""Letters of a column's name; the rest is in the tooltip."""


class PlaneChoice(QWidget):
    """`chosen` carries (column to the right, column up), counted from 0, or None for the principal components."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.across, self.up = Choice(), Choice()
        self.across.setToolTip("What is drawn to the right: a column, or the directions in which the rows vary most")
        self.up.setToolTip("Which column is drawn upwards; the others stay at their means")
        row = QHBoxLayout(self)
        row.setContentsMargins(int(AXIS_ROOM), 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(captioned("Drawn across", self.across))
        row.addWidget(captioned("Drawn up", self.up))
        row.addStretch(1)
        for choice in (self.across, self.up):
            choice.activated.connect(self._on_chosen)
        self.hide()

    def show_columns(self, data: Dataset) -> None:
        """Offer the columns of a table; other data have nothing to choose."""
        self.setVisible(data.space == "table")
        names = [scale.name for scale in data.inputs]
        for choice, first in ((self.across, [COMPONENTS]), (self.up, [])):
            choice.clear()
            for place, name in enumerate([*first, *names]):
                short = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
                choice.add(short, place - len(first), name)
        if len(names) > 1:
            self.up.show_data(1)
        self.up.setEnabled(False)

    def _on_chosen(self) -> None:
        across, up = self.across.currentData(), self.up.currentData()
        self.up.setEnabled(across >= 0)
        if across == up:  # a plane needs two different ones
            up = (across + 1) % self.up.count()
            self.up.show_data(up)
        self.chosen.emit(None if across < 0 else (across, up))
