"""What the dialog for a table is made of: its first rows as they were read, and a tick for each input."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from mlp_playground.data.dialect import is_missing
from mlp_playground.data.from_table import why_no_input
from mlp_playground.data.table import Table
from mlp_playground.views.controls import CheckBox
from mlp_playground.views.parts import label
from mlp_playground.views.theme import SPACE, font

NAME = 220
"""Pixels for a column's name; a longer one is cut, and whole in the tooltip."""
INDENT = 20
"""Pixels from a tick box to its text."""

Index = QModelIndex | QPersistentModelIndex


def short(name: str) -> str:
    """A column's name as there is room for it."""
    return QFontMetrics(font(9)).elidedText(name, Qt.TextElideMode.ElideRight, NAME)


class PreviewModel(QAbstractTableModel):
    """The first rows of a table as they are written in the file, each with its line's number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None

    def show_table(self, table: Table | None) -> None:
        """Show this table, or None for nothing."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._table is None or parent.isValid() else len(self._table.preview)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._table is None or parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._table is None:
            return None
        cell = self._table.preview[index.row()][index.column()]
        is_number = self._table.columns[index.column()].kind == "numeric"
        if role == Qt.ItemDataRole.DisplayRole:
            return cell or "missing"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            return int(across | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and is_missing(cell):
            parent = self.parent()
            return parent.palette().placeholderText() if isinstance(parent, QWidget) else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._table is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._table.header[section]
        return str(self._table.lines[section]) if role == Qt.ItemDataRole.DisplayRole else "The line in the file"


class InputTicks(QScrollArea):
    """A tick box for each column that can be an input; of the others, why they can't."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, CheckBox] = {}
        self._reasons: dict[str, QLabel] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_table(self, table: Table | None, chosen: tuple[str, ...]) -> None:
        """Offer the columns of this table, the chosen ones ticked."""
        inner, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(2, 0, SPACE, 0)
        column.setSpacing(SPACE // 2)
        self.boxes, self._reasons = {}, {}
        for each in table.columns if table else ():
            why = why_no_input(each)
            part = self._reason(each.name, why) if why else self._box(each.name, each.name in chosen)
            part.setToolTip(each.name)
            column.addWidget(part)
        column.addStretch(1)
        inner.setLayout(column)
        self.setWidget(inner)  # the old one is deleted

    def _box(self, name: str, is_ticked: bool) -> CheckBox:
        box = CheckBox(short(name))
        box.setAccessibleName(name)
        box.setChecked(is_ticked)
        box.toggled.connect(self.changed)
        self.boxes[name] = box
        return box

    def _reason(self, name: str, why: str) -> QLabel:
        reason = label(f"{short(name)} {why}", 9, muted=True)
        reason.setIndent(INDENT)
        self._reasons[name] = reason
        return reason

    def show_target(self, target: str) -> None:
        """The target is no input; the column that was it can be one again."""
        for name, reason in self._reasons.items():
            reason.setVisible(name != target)
        for name, box in self.boxes.items():
            blocked = box.blockSignals(True)
            box.setVisible(name != target)
            box.setChecked(box.isChecked() and name != target)
            box.blockSignals(blocked)

    def tick(self, *, every: bool) -> None:
        """Tick all columns, or none."""
        for box in self.boxes.values():
            blocked = box.blockSignals(True)
            box.setChecked(every and not box.isHidden())
            box.blockSignals(blocked)
        self.changed.emit()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ticked columns."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())
