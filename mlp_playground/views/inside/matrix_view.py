"""A matrix as a small table with its name, and with a picture of the whole where it is large."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mlp_playground.views.inside.matrix import Entry, Matrix
from mlp_playground.views.inside.matrix_numbers import Numbers
from mlp_playground.views.inside.matrix_whole import Whole, has_picture
from mlp_playground.views.parts import label
from mlp_playground.views.theme import SPACE

UNBOUNDED = 16_777_215
"""Qt's largest width."""


class MatrixView(QWidget):
    """A matrix with its name, its shape and, where it is large, a picture. `selected` carries the entry clicked, and
    `entered` says that Enter or a double click meant it."""

    selected = Signal(tuple)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.caption, self.numbers, self.whole = label("", 8.5, muted=True), Numbers(), Whole()
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(SPACE // 2)
        row.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.numbers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.caption)
        column.addLayout(row, 1)
        self.matrix: Matrix | None = None
        for part in (self.numbers, self.whole):
            part.selected.connect(self.selected)
        self.numbers.entered.connect(self.entered)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show it; of one of the same shape as before the same entry stays marked."""
        self.matrix = matrix
        rows, columns = matrix.values.shape
        self.caption.setText(f"{matrix.caption}   {rows}×{columns}")
        self.caption.setToolTip(matrix.tip)
        self.numbers.setAccessibleName(matrix.caption)
        self.numbers.show_matrix(matrix)
        self.whole.show_matrix(matrix)
        picture = self.whole.width() + SPACE // 2 if has_picture(matrix) else 0
        head, cell = self.numbers.head, self.numbers.cell
        self.setMaximumWidth(head + columns * cell + picture + 14 if columns < 20 else UNBOUNDED)
        self.setMinimumWidth(head + cell + picture + 12)

    def show_entry(self, entry: Entry | None) -> None:
        """Mark an entry, or none."""
        self.numbers.show_entry(entry)
        self.whole.show_entry(entry)
