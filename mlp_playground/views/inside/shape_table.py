"""The trace of shapes as a table: a row for each step from the samples to the loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from mlp_playground.analysis.shapes import Operand, Step, shape_text
from mlp_playground.numerals import grouped
from mlp_playground.views.theme import font, theme_of

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("step", "in symbols", "in shapes: (rows×columns)", "parameters")
TIPS = (
    "From the samples to the loss, one step after the other",
    "W has a row for each neuron and a column for each input; each sample is a column of X",
    "What goes in, and what comes out: of a product the inner numbers must be the same",
    "How many numbers training may change in this step",
)
NAME, FORMULA, SHAPES, PARAMETERS = range(4)
NOT_REACHED = "not reached"
ROW = 19
WIDTHS = {NAME: 60, PARAMETERS: 72}


def step_shapes(step: Step, batch: int | None) -> str:
    """A step in shapes, with `batch` for N or with the letter: (8×2)·(2×N) + (8×1) → (8×N)."""
    parts = [_shape(each, batch) for each in step.operands]
    product = len(parts) == 3
    into = f"{parts[0]}·{parts[1]} + {parts[2]}" if product else ", ".join(parts)
    out = "does not fit" if step.result is None else shape_text(step.result.shape, batch)
    return f"{into} → {out}" if into else out


def _shape(operand: Operand, batch: int | None) -> str:
    return shape_text(operand.shape, batch) + ("?" if operand.was_changed else "")


class ShapeModel(QAbstractTableModel):
    """The steps; the one that does not fit stands out, for the theme of `view`."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.steps: Sequence[Step] = ()
        self._reached = 0
        self._batch: int | None = None

    def show_steps(self, steps: Sequence[Step], reached: int, batch: int | None) -> None:
        """These steps, of which the first ones are `reached`, with `batch` in place of N, or (None) with the letter."""
        if (steps, reached, batch) != (self.steps, self._reached, self._batch):
            self.beginResetModel()
            self.steps, self._reached, self._batch = steps, reached, batch
            self.endResetModel()

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.steps)

    def columnCount(self, _parent: Index | None = None) -> int:
        return len(HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        step = self.steps[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            number = grouped(step.parameters) if step.parameters else ""
            shapes = step_shapes(step, self._batch) if index.row() < self._reached else NOT_REACHED
            return (step.name, step.formula, shapes, number)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return step.mismatch.words if step.mismatch is not None else TIPS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        theme = theme_of(self._view.palette())
        if role == Qt.ItemDataRole.BackgroundRole and step.mismatch is not None:
            return QColor(theme.warning)
        if role == Qt.ItemDataRole.ForegroundRole:
            if step.mismatch is not None:
                return QColor(theme.warning_text)
            return QColor(theme.text if index.row() < self._reached else theme.muted)
        return font(9, bold=step.mismatch is not None) if role == Qt.ItemDataRole.FontRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        answers = {
            Qt.ItemDataRole.DisplayRole: HEADERS[section],
            Qt.ItemDataRole.ToolTipRole: TIPS[section],
            Qt.ItemDataRole.TextAlignmentRole: _side(section),
            Qt.ItemDataRole.FontRole: font(8.5),
        }
        return answers.get(Qt.ItemDataRole(role))


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == PARAMETERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class ShapeTable(QTableView):
    """Shows Steps; one that does not fit is scrolled to."""

    def __init__(self) -> None:
        super().__init__()
        self.model_of_steps = ShapeModel(self)
        self.setModel(self.model_of_steps)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setProperty("role", "bare")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The shapes from the samples to the loss")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setFixedHeight(ROW)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(FORMULA, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SHAPES, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        self.setMinimumSize(380, 4 * ROW)

    def show_steps(self, steps: Sequence[Step], reached: int, batch: int | None) -> None:
        """Show a trace, of which so many steps are `reached`."""
        self.model_of_steps.show_steps(steps, reached, batch)
        if reached < len(steps):
            self.scrollTo(self.model_of_steps.index(reached, 0))
            self.scrollTo(self.model_of_steps.index(reached - 1, 0))
