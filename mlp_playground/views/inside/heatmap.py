"""A layer's weights to look at and to change: each can be pointed at, by mouse and by keys, and typed anew."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from mlp_playground.views.layers.layer_weights import Spot, Weights, scale_words
from mlp_playground.views.layers.weight_grid import Grid, grid_of, paint_weights
from mlp_playground.views.number_field import NumberField
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import SPACE, font, theme_of

ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
LEAST = QSize(180, 90)
TIP = (
    "A row for each neuron, a column for each of its inputs, the bias b apart: blue is above 0, orange below.\n"
    "Click a cell to select its neuron, double-click or Enter to type another number; arrow keys go from cell to cell."
)


class Heatmap(QAbstractScrollArea):
    """Draws Weights. `pointed_at` carries the Spot under the mouse or the keys, or None; `clicked` the one that was
    clicked; `number_typed` a Spot and what it is to become."""

    pointed_at = Signal(object)
    clicked = Signal(object)
    number_typed = Signal(object, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights: Weights | None = None
        self._lit: Spot | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(LEAST)
        self.setAccessibleName("Weights and biases of the layer")
        self.field = NumberField(self.viewport())

    def sizeHint(self) -> QSize:
        return QSize(380, 180)

    @property
    def lit(self) -> Spot | None:
        """The cell that is pointed at."""
        return self._lit

    @property
    def grid(self) -> Grid | None:
        """Where the cells are now."""
        if self._weights is None:
            return None
        size = self.viewport().size()
        scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return grid_of(self._weights, size.width(), size.height(), scrolled)

    def show_weights(self, weights: Weights) -> None:
        """Draw a layer's weights as they are now."""
        before, self._weights = self._weights, weights
        if before is None or (before.W.shape, before.rows) != (weights.W.shape, weights.rows):
            self.field.close_field()
            self._light(None)
            self._set_bars()
        self.viewport().update()

    def light(self, spot: Spot | None) -> None:
        """Outline a cell without telling anybody."""
        if spot != self._lit:
            self._lit = spot
            self.viewport().update()

    def ask(self, spot: Spot) -> None:
        """Let the user type a number."""
        grid = self.grid
        if grid is None or self._weights is None:
            return
        row, column = spot
        what = "Bias" if column == grid.shape[1] else f"Weight for {self._weights.columns[column]}"
        place = grid.cell(spot).center().toPoint()
        name = f"{what} of neuron {self._weights.rows[row]}"
        self.field.ask(place, name, self._weights.number(spot), lambda value: self.number_typed.emit(spot, value))

    def _light(self, spot: Spot | None) -> None:
        if spot != self._lit:
            self.light(spot)
            self.pointed_at.emit(spot)

    def _set_bars(self) -> None:
        grid = self.grid
        if grid is None:
            return
        for bar, most, page in (
            (self.horizontalScrollBar(), grid.more[0], grid.weights.width()),
            (self.verticalScrollBar(), grid.more[1], grid.weights.height()),
        ):
            bar.setRange(0, most)
            bar.setPageStep(round(page))
            bar.setSingleStep(20)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.field.finish()
        self._set_bars()

    def paintEvent(self, _event: QPaintEvent) -> None:
        grid = self.grid
        if grid is not None and self._weights is not None:
            with painting(QPainter(self.viewport())) as painter:
                paint_weights(painter, grid, self._weights, theme_of(self.palette()), self._lit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if (grid := self.grid) is not None:
            spot = grid.hit(event.position())
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if spot is not None else Qt.CursorShape.ArrowCursor
            )
            self._light(spot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._hit(event)
        if spot is not None:
            self.clicked.emit(spot)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a press belongs to the cell, and so does its end

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self._hit(event)
        if spot is not None:
            self.ask(spot)

    def _hit(self, event: QMouseEvent) -> Spot | None:
        grid = self.grid
        return grid.hit(event.position()) if grid is not None and event.button() == Qt.MouseButton.LeftButton else None

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            # over a cell it would hide its neighbours, and the line below tells the number
            grid = self.grid
            is_cell = grid is not None and grid.hit(QPointF(event.pos())) is not None
            QToolTip.showText(event.globalPos(), "" if is_cell else TIP, self)
            return True
        if event.type() == QEvent.Type.Leave and not self.hasFocus():
            self._light(None)
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        is_asking = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_asking and isinstance(event, QKeyEvent) and (event.key() in ARROWS or event.key() in _ENTER):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        grid = self.grid
        if grid is None:
            return
        if event.key() in ARROWS:
            down, right = ARROWS[Qt.Key(event.key())]
            row, column = self._lit or (0, 0)
            if self._lit is not None:
                row, column = row + down, column + right
            self._go(grid, (min(max(row, 0), grid.shape[0] - 1), min(max(column, 0), grid.shape[1])))
        elif event.key() in _ENTER and self._lit is not None:
            self.ask(self._lit)
        else:
            event.ignore()

    def _go(self, grid: Grid, spot: Spot) -> None:
        """Point at a cell by keys, and scroll to where it is."""
        x, y = grid.scrolled_to(spot)
        self.horizontalScrollBar().setValue(x)
        self.verticalScrollBar().setValue(y)
        self._light(spot)


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ScaleBar(QWidget):
    """The heatmap's colours with their numbers, from left to right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ("", "", "")
        self.setFixedSize(128, 30)
        self.setToolTip(
            "What the colours stand for: one scale for all weights and biases of the layer, 0 in the middle"
        )

    def show_scale(self, scale: float, *, is_cut: bool) -> None:
        """Full colour stands for ±`scale`, or, if it `is_cut`, for all beyond it too."""
        words = scale_words(scale, is_cut=is_cut)
        if words != self._words:
            self._words = words
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            bar = self.rect().toRectF().adjusted(SPACE, 2, -SPACE, -18)
            gradient = QLinearGradient(bar.topLeft(), bar.topRight())
            for stop in range(9):
                gradient.setColorAt(stop / 8, theme.colour(stop / 4 - 1))
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(gradient)
            painter.drawRect(bar)
            painter.setFont(font(8.5))
            painter.setPen(QColor(theme.muted))
            below = self.rect().adjusted(0, 13, 0, 0)
            sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
            for text, side in zip(self._words, sides, strict=True):
                painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, text)
