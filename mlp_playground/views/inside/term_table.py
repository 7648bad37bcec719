"""A neuron's sum term by term for one example: weight times input, as numbers and as bars, and weights to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mlp_playground.analysis.neuron import Terms
from mlp_playground.views.inside.neuron_words import number
from mlp_playground.views.number_field import NumberField
from mlp_playground.views.theme import font, theme_of

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("input", "weight w", "× value a", "= w·a", "")
TIPS = (
    "What the neuron hears: its inputs, and last its bias b, which is added as it is",
    "What it multiplies each input by: double-click or Enter to type another",
    "The input's value for this example",
    "What this input adds to the sum z",
    "The same as a bar: blue adds, orange takes away",
)
NAME, WEIGHT, VALUE, PRODUCT, BAR = range(5)
ROW = 20
WIDTHS = {NAME: 76, WEIGHT: 64, VALUE: 64, PRODUCT: 64}


class TermModel(QAbstractTableModel):
    """A row for each term in the order of `rows`, and the bias below; written are only those in view."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self.terms: Terms | None = None
        self.rows: NDArray[np.int64] = np.zeros(0, np.int64)
        self._is_sorted = False

    def show_terms(self, names: Sequence[str], terms: Terms, *, strongest_first: bool) -> None:
        """The terms of a sum, by their size if asked for; a table that is of other inputs begins at its top."""
        other = len(names) != len(self._names) or (names is not self._names and list(names) != list(self._names))
        if other:
            self.beginResetModel()
        self._names, self.terms = names, terms
        order = np.argsort(-np.abs(terms.products), kind="stable") if strongest_first else np.arange(len(names))
        self.rows = order
        if other:
            self.endResetModel()
        elif self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, BAR))

    def input_of(self, row: int) -> int | None:
        """Which input a row is of; None: the bias's."""
        return int(self.rows[row]) if row < len(self.rows) else None

    @property
    def largest(self) -> float:
        """The largest size of a term or the bias: that of the longest bar."""
        assert self.terms is not None
        return max(float(np.abs(self.terms.products).max(initial=0.0)), abs(self.terms.bias), 1e-12)

    def product(self, row: int) -> float:
        """What a row adds to the sum."""
        assert self.terms is not None
        sender = self.input_of(row)
        return self.terms.bias if sender is None else float(self.terms.products[sender])

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.rows) + 1 if self.terms is not None and len(self.rows) else 0

    def columnCount(self, _parent: Index | None = None) -> int:
        return len(HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return TIPS[index.column()]
        return font(9) if role == Qt.ItemDataRole.FontRole else None

    def _text(self, row: int, column: int) -> str:
        assert self.terms is not None
        sender = self.input_of(row)
        if column == BAR:
            return ""
        if sender is None:
            return {NAME: "bias b", WEIGHT: number(self.terms.bias), PRODUCT: number(self.terms.bias)}.get(column, "")
        values = self.terms.weights[sender], self.terms.inputs[sender], self.terms.products[sender]
        return self._names[sender] if column == NAME else number(float(values[column - 1]))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return TIPS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return font(8.5) if role == Qt.ItemDataRole.FontRole else None


class TermBar(QStyledItemDelegate):
    """Paints a term as a bar from the middle: to the right what adds, to the left what takes away."""

    def __init__(self, model: TermModel, view: QWidget) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = theme_of(self._view.palette())
        place = QRectF(option.rect).adjusted(6, 4, -4, -4)  # type: ignore[attr-defined]
        share = self._model.product(index.row()) / self._model.largest
        painter.setPen(QPen(QColor(theme.line), 1))
        middle = QPointF(place.center().x(), 0)
        painter.drawLine(middle + QPointF(0, place.top() - 4), middle + QPointF(0, place.bottom() + 4))
        wide = max(abs(share) * place.width() / 2, 1 if share else 0)
        left = place.center().x() if share > 0 else place.center().x() - wide
        painter.fillRect(
            QRectF(left, place.top(), wide, place.height()), QColor(theme.blue if share > 0 else theme.orange)
        )


class TermTable(QTableView):
    """Shows Terms. `number_typed` carries the input whose weight is to change (None: the bias), and the new number."""

    number_typed = Signal(object, float)

    def __init__(self) -> None:
        super().__init__()
        self.model_of_terms = TermModel()
        self.setModel(self.model_of_terms)
        self.setItemDelegateForColumn(BAR, TermBar(self.model_of_terms, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setProperty("role", "bare")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setAccessibleName("The neuron's sum, term by term")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        header.setFixedHeight(ROW)
        header.setMinimumSectionSize(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        self.setMinimumHeight(3 * ROW)
        self.field = NumberField(self.viewport())

    def show_terms(self, names: Sequence[str], terms: Terms, *, strongest_first: bool) -> None:
        """The terms as they are now; a number that is being typed stays."""
        if self.model_of_terms.terms is None or self.model_of_terms.terms.cell != terms.cell:
            self.field.close_field()
        self.model_of_terms.show_terms(names, terms, strongest_first=strongest_first)

    def ask(self, row: int) -> None:
        """Let the user type a weight, or the bias."""
        model = self.model_of_terms
        if model.terms is None or not 0 <= row < model.rowCount():
            return
        sender = model.input_of(row)
        value = model.terms.bias if sender is None else float(model.terms.weights[sender])
        place = self.visualRect(model.index(row, WEIGHT)).center()
        name = "Bias" if sender is None else f"Weight for {model.data(model.index(row, NAME))}"
        self.field.ask(place, name, value, lambda typed: self.number_typed.emit(sender, typed))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.ask(self.indexAt(event.position().toPoint()).row())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _ENTER:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.ask(max(self.currentIndex().row(), 0))
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()  # play and pause
        else:
            super().keyPressEvent(event)


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
