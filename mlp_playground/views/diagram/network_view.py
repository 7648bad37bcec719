"""The network diagram to work with: what the mouse or the keys point at can be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QToolTip, QWidget

from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import MAX_NEURONS
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.diagram.network_acts import Act, acts, fill_menu, find, is_arrow, stepped
from mlp_playground.views.diagram.network_layout import Cell, Drag, Link
from mlp_playground.views.diagram.network_picture import Pointing
from mlp_playground.views.diagram.network_selection import NetworkSelection
from mlp_playground.views.diagram.network_words import cell_words, link_words, name_of, sender_index, weight_of


class NetworkView(NetworkSelection):
    """Draws the network of a snapshot and emits what the user wants changed.

    `width_wanted` carries a layer, its width, and the number of the gesture, which a drag keeps.
    The output layer follows the hidden ones in `weight_edited` (layer, receiver, sender, value), `bias_edited` and
    `freeze_wanted`.
    """

    feature_toggled = Signal(str)
    weight_edited = Signal(int, int, int, float)
    bias_edited = Signal(int, int, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drag: Drag | None = None
        self._wanted = self._gesture = 0
        # a filter, not `event`: an error in a painting that such a method of ours calls takes Python 3.11 down with it
        self.installEventFilter(self)

    def _follow_shape(self, snapshot: Snapshot) -> None:
        if self._drag is not None and len(snapshot.config.network.hidden) != len(self.layers):
            self._drag = None
        super()._follow_shape(snapshot)

    # -- the mouse ------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event.position().y())
        else:
            self._point_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._point(Pointing(selected=self._pointing.selected))
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._snapshot is None or self._layout is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = None
        self._point_at(event.position())
        cell, link = self._pointing.cell, self._pointing.link
        grip = self._layout.hit_grip(event.position())
        if cell is None and grip is not None:
            self._gesture += 1
            self._wanted = self._snapshot.architecture.widths[grip]
            self._drag = Drag(grip, event.position().y(), self._wanted, self._layout.columns[grip].step)
        elif cell is not None and cell[0] == 0 and self._snapshot.data.space == "plane":
            self.feature_toggled.emit(tuple(FEATURES)[cell[1]])
        elif cell is None and link is None and (column := self._layout.hit_heading(event.position())) is not None:
            self.column_chosen.emit(column)
        elif link is None:
            self.select(cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._layout is None:
            return
        self._point_at(event.position())
        cell, link = self._pointing.cell, self._pointing.link
        if cell is not None and cell[0] > 0:
            self.ask_bias(cell)
        elif link is not None:
            self.ask_weight(link, event.position().toPoint())
        else:
            self.mousePressEvent(event)  # two quick clicks on a feature switch it twice

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._snapshot is None or self._layout is None:
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = QPointF(event.pos())
        cell = self._pointing.selected if by_key else self._cell_at(place)
        link = None if by_key or cell is not None else self._link_at(place)
        entries: list[Act | None] = []
        at = event.pos()
        if cell is not None:
            self.select(cell)
            entries = acts(self, self._snapshot, cell)
            at = self._layout.cell(cell).center().toPoint() if by_key else at
        elif link is not None:
            entries = [Act("Edit the weight…", partial(self.ask_weight, link, at))]
        if entries:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            fill_menu(menu, entries)
            menu.popup(self.mapToGlobal(at))

    def _drag_to(self, y: float) -> None:
        assert self._drag is not None
        wanted = min(max(self._drag.width(y), 1), MAX_NEURONS)
        if wanted != self._wanted:  # not compared with the network, which may be behind
            self._wanted = wanted
            self.width_wanted.emit(self._drag.column - 1, wanted, self._gesture)

    def _point_at(self, place: QPointF) -> None:
        if self._layout is None or self._snapshot is None:
            return
        cell, grip = self._cell_at(place), self._layout.hit_grip(place)
        link = self._link_at(place) if cell is None and grip is None else None
        hidden = enumerate(self._layout.columns[1:-1], 1)
        near = next((n for n, c in hidden if abs(place.x() - c.x) < max(c.x - c.cells[0].left() + 8, 30)), None)
        self._point(replace(self._pointing, cell=cell, link=link, grip=near))
        shape = Qt.CursorShape.PointingHandCursor if cell is not None else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.SizeVerCursor if grip is not None and cell is None else shape)

    # -- the keys -------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_words(QPointF(event.pos()), event.globalPos())
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._answer(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _answer(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here and now."""
        if self._snapshot is None or self._layout is None:
            return None
        chosen = self._pointing.selected
        if is_arrow(event):
            return partial(self._step, event.key())
        if chosen is None:
            return None
        if event.key() == Qt.Key.Key_Escape:
            return partial(self.select, None)
        act = find(acts(self, self._snapshot, chosen), event)
        if act is None:
            return None
        return act.run if act.repeats or not event.isAutoRepeat() else _nothing

    def _step(self, key: int) -> None:
        """Move the selection."""
        assert self._layout is not None
        if self._pointing.selected is None:
            self._resume()
        else:
            self._select_in_sight(stepped(self._layout, self._pointing.selected, key))

    def _resume(self) -> None:
        """Select what was selected last, or what is nearest to its place now."""
        assert self._layout is not None
        column = min(self._last[0], len(self._layout.columns) - 1)
        self._select_in_sight((column, min(self._last[1], len(self._layout.columns[column].cells) - 1)))

    def _select_in_sight(self, cell: Cell) -> None:
        assert self._layout is not None
        self.select(cell)
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea):
            place = self._layout.cell(cell).center().toPoint()
            area.ensureVisible(place.x(), place.y(), 80, 40)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = self._answer(event)
        if answer is None:
            super().keyPressEvent(event)
        else:
            answer()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and self._pointing.selected is None and self._layout is not None:
            self._resume()

    # -- numbers --------------------------------------------------------------------------------------------------

    def ask_bias(self, cell: Cell) -> None:
        """Let the user type a neuron's bias."""
        if self._snapshot is None or self._layout is None or not self._layout.is_drawn(cell):
            return
        column, index = cell
        bias = float(Network(self._snapshot.architecture, self._snapshot.theta).b[column - 1][index])
        corner = self._layout.cell(cell).bottomLeft().toPoint()
        take = partial(self.bias_edited.emit, column - 1, index)
        self.field.ask(corner, f"Bias of {name_of(self._snapshot, cell)}", bias, take)

    def ask_weight(self, link: Link, place: QPoint) -> None:
        """Let the user type a link's weight."""
        if self._snapshot is None:
            return
        column, _, receiver = link
        take = partial(self.weight_edited.emit, column, receiver, sender_index(self._snapshot, link))
        self.field.ask(place, link_words(self._snapshot, link).splitlines()[0], weight_of(self._snapshot, link), take)

    def ask_width(self, layer: int) -> None:
        """Let the user type how many neurons a hidden layer is to have."""
        if self._snapshot is None or self._layout is None:
            return
        width = self._snapshot.architecture.widths[layer + 1]
        place = QPoint(round(self._layout.columns[layer + 1].x), 39)
        name = f"Neurons in layer {layer + 1}"
        self._gesture += 1
        take = partial(self._want_width, layer)
        self.field.ask(place, name, width, take, (1, MAX_NEURONS), whole=True)

    def _want_width(self, layer: int, width: float) -> None:
        self.width_wanted.emit(layer, int(width), self._gesture)

    def _show_words(self, place: QPointF, where: QPoint) -> None:
        """Show the card of what is at a place, until the mouse leaves it."""
        text = self._words_at(place)
        if not text or self._layout is None:
            QToolTip.hideText()
            return
        cell = self._cell_at(place)
        around = QRectF(place.x() - 4, place.y() - 4, 8, 8) if cell is None else self._layout.cell(cell)
        QToolTip.showText(where, text, self, around.toAlignedRect())

    def _words_at(self, place: QPointF) -> str:
        if self._snapshot is None or self._layout is None or self.field.is_open:
            return ""
        cell = self._cell_at(place)
        if cell is not None:
            return cell_words(self._snapshot, cell)
        if self._layout.hit_grip(place) is not None:
            return "Drag down for more neurons, up for fewer"
        link = self._link_at(place)
        return link_words(self._snapshot, link) if link is not None else ""


def _nothing() -> None:
    """What a key does that is held down too long."""
