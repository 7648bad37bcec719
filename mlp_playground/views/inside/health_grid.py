"""The health of all layers as a widget: a click on a row looks at its layer, and the mouse tells a cell's numbers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mlp_playground.views.layers.health_picture import cell_at, cell_place, least_height, paint_health
from mlp_playground.views.layers.health_table import HealthTable, cell_words
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import SPACE, theme_of

TIP = "Click a row, or press ↑ and ↓, to look at its layer"


class HealthGrid(QWidget):
    """Draws a HealthTable. `layer_chosen` carries a layer's number, from 0."""

    layer_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.table: HealthTable | None = None
        self._chosen: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(420, least_height(2))
        self.setAccessibleName("Health of each layer")
        self.setToolTip(TIP)

    def sizeHint(self) -> QSize:
        return QSize(520, 220)

    def show_table(self, table: HealthTable) -> None:
        """Draw this moment of the run."""
        if self.table is None or self.table.n_layers != table.n_layers:
            self.setMinimumHeight(least_height(table.n_layers))
        self.table = table
        self.update()

    def show_chosen(self, layer: int | None) -> None:
        """Let a layer stand out."""
        if layer != self._chosen:
            self._chosen = layer
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.table is not None:
            with painting(QPainter(self)) as painter:
                paint_health(painter, QRectF(self.rect()), self.table, theme_of(self.palette()), self._chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = None if self.table is None else cell_at(QRectF(self.rect()), self.table, event.position())
        if cell is not None and cell[0] >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.layer_chosen.emit(cell[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is None or self.table is None:
            super().keyPressEvent(event)
            return
        before = -1 if self._chosen is None else self._chosen
        self.layer_chosen.emit(min(max(before + by, 0), self.table.n_layers - 1))

    def _words(self, place: QPointF) -> str:
        """What is told of a place."""
        assert self.table is not None
        area = QRectF(self.rect())
        cell = cell_at(area, self.table, place)
        if cell is None:
            return ""
        chart = cell_place(area, self.table, *cell)
        return cell_words(self.table, *cell, (place.x() - chart.left()) / (chart.width() - SPACE))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.table is not None:
            QToolTip.showText(event.globalPos(), self._words(event.pos().toPointF()) or TIP, self)
            return True
        return super().event(event)
