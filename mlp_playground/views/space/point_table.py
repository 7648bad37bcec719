"""One point's coordinates at every stage of the way, as a table that can be read while the network learns."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from mlp_playground.analysis.space.observe import Space
from mlp_playground.analysis.space.stages import Stage
from mlp_playground.views.space.space_words import number, stage_title
from mlp_playground.views.theme import font

Index = QModelIndex | QPersistentModelIndex
ROW, COLUMN, NAMES = 20, 58, 130


class PointModel(QAbstractTableModel):
    """A row for each stage, a column for each number; written are only those in view."""

    def __init__(self) -> None:
        super().__init__()
        self._space: Space | None = None
        self._point = 0
        self._now = 0

    def show_point(self, space: Space, point: int, now: int) -> None:
        """The numbers of a point; stage `now` is the one in the picture."""
        was, has_other_names = self._now, self._space is None or _names(self._space) != _names(space)
        if has_other_names:
            self.beginResetModel()
        self._space, self._point, self._now = space, point, now
        if has_other_names:
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            for row in {was, now}:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)

    def rowCount(self, _parent: Index | None = None) -> int:
        return 0 if self._space is None else len(self._space.places)

    def columnCount(self, _parent: Index | None = None) -> int:
        return 0 if self._space is None else max(place.stage.width for place in self._space.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        assert self._space is not None
        place = self._space.places[index.row()]
        if index.column() >= place.stage.width:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return number(float(place.values[index.column(), self._point]))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{place.axes[index.column()]}: {float(place.values[index.column(), self._point])!r}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._font(index.row()) if role == Qt.ItemDataRole.FontRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._space is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Vertical:
            return stage_title(self._space.places[section].stage, self._space.places[-1].stage.layer)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1)
        if role == Qt.ItemDataRole.FontRole:
            return self._font(section if orientation is Qt.Orientation.Vertical else None)
        return None

    def _font(self, row: int | None) -> QFont:
        return font(8.5, bold=row == self._now)


def _names(space: Space) -> list[tuple[Stage, tuple[str, ...]]]:
    """What rows and columns are called."""
    return [(place.stage, place.axes) for place in space.places]


class PointTable(QTableView):
    """Shows a point's numbers; the row of the stage in the picture stays in view."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = PointModel()
        self.setModel(self.numbers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setShowGrid(False)
        self.setProperty("role", "bare")
        self.setFrameShape(QTableView.Shape.NoFrame)
        for header, size in ((self.horizontalHeader(), COLUMN), (self.verticalHeader(), ROW)):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(size)
        self.verticalHeader().setFixedWidth(NAMES)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setFixedHeight(ROW)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName("The point's numbers at every stage")
        self.setCornerButtonEnabled(False)
        self._row = -1

    def show_point(self, space: Space, point: int, now: int) -> None:
        """The numbers of a point, as the network is now."""
        self.numbers.show_point(space, point, now)
        if now != self._row:
            self._row = now
            column = self.columnAt(0)
            self.scrollTo(self.numbers.index(now, max(column, 0)), QAbstractItemView.ScrollHint.EnsureVisible)
