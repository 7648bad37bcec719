"""The layers' histograms to look at and to click: a layer's own numbers are in its tooltip."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from mlp_playground.views.layers.spread_picture import Shown, axis_room, column_places, paint_spreads, spread_words
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import theme_of

TIP = "How the layers' numbers are spread: the longer a bar, the more of them lie there. Click a layer to look at it."


class SpreadChart(QWidget):
    """Draws Spreads. `layer_clicked` carries a layer's number, from 0."""

    layer_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self.setMinimumSize(200, 90)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("How the layers' numbers are spread")
        self.setToolTip(TIP)

    def sizeHint(self) -> QSize:
        return QSize(300, 180)

    def show_spreads(self, shown: Shown | None) -> None:
        """Draw them; None: they are not known yet."""
        self._shown = shown
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shown is not None:
            with painting(QPainter(self)) as painter:
                paint_spreads(painter, QRectF(self.rect()), self._shown, theme_of(self.palette()))

    def layer_at(self, x: float) -> int | None:
        """The layer whose histogram is there."""
        if self._shown is None:
            return None
        spreads = self._shown.spreads
        columns = column_places(QRectF(self.rect()), len(spreads.layers), axis_room(spreads))
        k = int(np.searchsorted([column.left() for column in columns], x, "right")) - 1
        return k if k >= 0 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        k = self.layer_at(event.position().x())
        if k is not None and event.button() == Qt.MouseButton.LeftButton:
            self.layer_clicked.emit(k)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._shown is not None:
            k = self.layer_at(event.pos().x())
            spreads = self._shown.spreads
            text = TIP if k is None else spread_words(self._shown.names[k][0], spreads, spreads.layers[k])
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
