"""The graph as a widget: click a box to read its numbers, → and ← go through it step by step."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from mlp_playground.analysis.trace.passes import Trace
from mlp_playground.analysis.trace.steps import Phase, Step
from mlp_playground.views.inside.matrix import number
from mlp_playground.views.layers.graph_layout import BOX, LEAF, ROOM, TOP, GraphLayout, lay_out
from mlp_playground.views.layers.graph_names import size_words, symbol
from mlp_playground.views.layers.graph_picture import paint_graph
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import SPACE, theme_of

LEAST = int(TOP + 1.5 * BOX + LEAF + 2 * ROOM + 14)
"""Pixels that a graph is high at least."""
MOST = LEAST + 40
_KEYS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_LANES = {Phase.FORWARD: "on the way forward", Phase.BACKWARD: "on the way back", Phase.UPDATE: "given or learned"}


class GraphCanvas(QWidget):
    """Paints the graph and knows what the mouse is over."""

    chosen = Signal(Step)

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self._trace: Trace | None = None
        self.layout_: GraphLayout | None = None
        self._done: frozenset[Step] = frozenset()
        self._shown: Step | None = None
        self._hovered: Step | None = None

    def show_trace(self, trace: Trace | None, room: QSize) -> None:
        """Lay a graph out in that room."""
        self._trace = trace
        self.layout_ = None if trace is None else lay_out(trace, room.width(), room.height())
        self.setMinimumWidth(0 if self.layout_ is None else int(self.layout_.width))
        self.update()

    def show_steps(self, done: Collection[Step], shown: Step | None) -> None:
        """How far one is, and what is told of."""
        if (frozenset(done), shown) != (self._done, self._shown):
            self._done, self._shown = frozenset(done), shown
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.layout_ is not None:
            with painting(QPainter(self)) as painter:
                shown = self._shown if self._shown in self._known() else None
                done = self._done & self._known()
                paint_graph(painter, self.layout_, theme_of(self.palette()), done, shown, self._hovered)

    def _known(self) -> frozenset[Step]:
        assert self._trace is not None
        return frozenset(Step(phase, node.name) for phase in Phase for node in self._trace.graph.nodes)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box = self.layout_ and self.layout_.at(event.position())
        if box and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(box.step)
        event.ignore()  # the scroll area takes the focus

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box = self.layout_ and self.layout_.at(event.position())
        self._hover(box.step if box else None)

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(None)

    def _hover(self, step: Step | None) -> None:
        if step != self._hovered:
            self._hovered = step
            self.setCursor(Qt.CursorShape.ArrowCursor if step is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip(event.pos()), self)
            return True
        return super().event(event)

    def tip(self, place: QPoint) -> str:
        """What is said of what is there."""
        box = self.layout_ and self.layout_.at(place.toPointF())
        if not box or self._trace is None:
            return "Solid: values and gradients, with their shapes. Dashed: what is kept for the way back."
        graph, values = self._trace.graph, self._trace.values
        node = graph.by_name[box.step.name]
        shape, lane = size_words(values[node.name].shape), _LANES[box.step.phase]
        value = f" = {number(values[node.name].item())}" if values[node.name].size == 1 else ""
        words = f"{symbol(graph, node.name)}{value}, {shape}: {node.op.value}, {lane}"
        kept = " and ".join(symbol(graph, each) for each in node.cached)
        return f"{words}\nKept for the way back: {kept}" if kept and graph.has_loss else words


class GraphView(QScrollArea):
    """The graph in the room that there is, and the rest by scrolling; the step that is shown stays in view.

    `chosen` carries the Step of a box that was clicked, `stepped` +1 or −1 for the arrow keys.
    """

    chosen = Signal(Step)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.canvas = GraphCanvas()
        self.canvas.chosen.connect(self.chosen)
        self.setWidget(self.canvas)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The computational graph; right and left arrow go through it")
        self.setMinimumHeight(LEAST + 10)
        self.setMaximumHeight(MOST + 10)
        self._trace: Trace | None = None
        self._at: tuple[int, Step | None] = 0, None

    def sizeHint(self) -> QSize:
        return QSize(600, LEAST + 10)

    def show_trace(self, trace: Trace | None) -> None:
        """Show a graph with its shapes."""
        self._trace = trace
        self._lay_out()

    def show_steps(self, done: Collection[Step], shown: Step | None) -> None:
        """How far one is, and what is told of."""
        self.canvas.show_steps(done, shown)
        if (len(done), shown) != self._at:
            self._at = len(done), shown
            self._bring()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _KEYS.get(Qt.Key(event.key()))
        if by is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.stepped.emit(by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """It is only wide: any wheel goes along it, or where all of it is seen along what it stands in."""
        if not self.horizontalScrollBar().maximum():
            event.ignore()
            return
        turned = event.angleDelta()
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - turned.x() - turned.y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self._bring()

    def _lay_out(self) -> None:
        room = self.viewport().size()
        self.canvas.show_trace(self._trace, QSize(room.width(), min(room.height(), MOST)))

    def _bring(self) -> None:
        layout, shown = self.canvas.layout_, self._at[1]
        if layout is None or shown is None or self._trace is None:
            return
        if shown.name in self._trace.graph.by_name:
            place: QRectF = layout.box_of(shown).place
            bar, margin = self.horizontalScrollBar(), 8 * SPACE
            if place.left() - margin < bar.value():
                bar.setValue(int(place.left() - margin))
            elif place.right() + margin > bar.value() + self.viewport().width():
                bar.setValue(int(place.right() + margin - self.viewport().width()))
