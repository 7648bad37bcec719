"""Who answers: how many neurons of each layer are dead or asleep, and which of them are on for which class."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

from mlp_playground.analysis.excitement import Cell
from mlp_playground.experiment.feature_look import FeatureLook
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.digits.answers_picture import TablePlaces
from mlp_playground.views.digits.answers_sheet import Sheet, SheetPlaces, paint_sheet
from mlp_playground.views.digits.answers_words import cell_words, layer_words, row_words
from mlp_playground.views.painting import painting
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import theme_of


class AnswersView(PointingView):
    """`cell_chosen` carries a neuron (layer, number), both from 0, `layer_chosen` the layer that is told in full."""

    cell_chosen = Signal(tuple)
    layer_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._cell: Cell = (0, 0)
        self._pointed: int | None = None
        self.setAccessibleName("Which neurons answer which class")

    def minimumSizeHint(self) -> QSize:
        return QSize(520, 120)

    @property
    def sheet(self) -> Sheet | None:
        """What is drawn."""
        return self._sheet

    def places(self) -> tuple[SheetPlaces, TablePlaces]:
        """Where the parts of it are."""
        assert self._sheet is not None
        places = SheetPlaces(QRectF(self.rect()), self._sheet)
        return places, TablePlaces(places.table, self._sheet.table)

    def show_look(self, snapshot: Snapshot, look: FeatureLook, cell: Cell) -> None:
        """Draw this moment; the layer of `cell` is told in full when another neuron has been chosen."""
        if look.answers is None:
            return
        before = self._sheet
        layer = 0 if before is None else before.chosen
        if cell != self._cell:
            self._cell, layer = cell, cell[0]
        self._sheet = Sheet(look.answers, look.columns, snapshot.data, look.weights).of_layer(layer)
        if before is not None and before.chosen != self._sheet.chosen:
            self.layer_chosen.emit(self._sheet.chosen)
        self.update()
        self.tell_again()

    def neuron_at(self, x: float, y: float) -> int | None:
        """The neuron at a place of the table: its own, or the best of a class's row beside it."""
        if self._sheet is None:
            return None
        table, (_, places) = self._sheet.table, self.places()
        column, row = places.column_at(x, y), places.row_at(y)
        if column is not None:
            return int(table.order[column])
        if row is None or not table.names or x < places.names.left():
            return None
        return next(iter(table.best(row)), None)

    def words_at(self, x: float, y: float) -> str:
        if self._sheet is None:
            return ""
        outer, inner = self.places()
        layer, row = outer.layer_at(x, y), inner.row_at(y)
        if layer is not None:
            return f"Layer {layer + 1}: {layer_words(self._sheet.layers[layer])}"
        if row is None or x < inner.names.left():
            return ""
        table, column = self._sheet.table, inner.column_at(x, y)
        if column is None:
            return row_words(table, row, self._sheet.data)
        return cell_words(table, row, int(table.order[column]), self._sheet.data)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(self.neuron_at(*event.position().toTuple()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, neuron: int | None) -> None:
        if neuron != self._pointed:
            self._pointed = neuron
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._sheet is None:
            return
        place = event.position().toTuple()
        layer, neuron = self.places()[0].layer_at(*place), self.neuron_at(*place)
        if layer is not None:
            self._sheet = self._sheet.of_layer(layer)
            self.layer_chosen.emit(layer)
            self.update()
        elif neuron is not None:
            self.cell_chosen.emit((self._sheet.chosen, neuron))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._sheet is None:
            return
        selected = self._cell[1] if self._cell[0] == self._sheet.chosen else None
        told = selected if self._pointed is None else self._pointed
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area, theme = QRectF(self.rect()), theme_of(self.palette())
            paint_sheet(painter, area, self._sheet, theme, selected=selected, told=told)
