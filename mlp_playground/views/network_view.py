"""The network diagram: features, layers and links, live; buttons add and remove what a click points at."""

from __future__ import annotations

from functools import partial
from time import perf_counter

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QToolTip, QWidget

from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import MAX_LAYERS, MAX_NEURONS
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.network import Network
from mlp_playground.views.network_layout import FOOTER, HEADER, Layout, arrange, least_width
from mlp_playground.views.network_picture import Pointing, input_labels, paint_links, paint_neurons
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import RoundButton, flat_button, label
from mlp_playground.views.theme import theme_of

BUTTON = 22
LINKS_REST = 0.1
"""Seconds that painted links stay while training, at least: they cost most of a picture and change the least."""
LINKS_SHARE = 0.08
"""Of the time, at most so much goes into painting links."""


class LayerControls:
    """The buttons of one hidden layer: − and + neurons, its count, × for the layer, and the activation's menu."""

    def __init__(self, view: NetworkView, layer: int) -> None:
        self.minus = RoundButton("minus", "Remove a neuron from this layer", BUTTON)
        self.plus = RoundButton("plus", "Add a neuron to this layer", BUTTON)
        self.cross = RoundButton("cross", "Remove this layer", 18, flat=True)
        self._words = ""
        self.count = label("", 9, muted=True)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.activation = flat_button("", "This layer's activation function")
        self.activation.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.activation)
        menu.setToolTipsVisible(True)
        for name, activation in ACTIVATIONS.items():
            action = QAction(f"{activation.label}    {activation.formula}", menu)
            action.setToolTip(activation.words)
            action.triggered.connect(partial(view.activation_chosen.emit, layer, name))
            menu.addAction(action)
        self.activation.setMenu(menu)
        self.minus.clicked.connect(partial(view.neuron_removed.emit, layer))
        self.plus.clicked.connect(partial(view.neuron_added.emit, layer))
        self.cross.clicked.connect(partial(view.layer_removed.emit, layer))
        for widget in self.widgets():
            widget.setParent(view)
            widget.show()

    def widgets(self) -> tuple[QWidget, ...]:
        """All of them, to place or to remove."""
        return self.minus, self.plus, self.cross, self.count, self.activation

    def place(self, x: float, bottom: float, room: float) -> None:
        """Stand above and below the column at `x`, which has `room` pixels of width."""
        centre = round(x)
        self.count.setText(self._words if room > 110 else self._words.split()[0])
        self.minus.move(centre - BUTTON - 3, 4)
        self.plus.move(centre + 3, 4)
        widest = self.count.fontMetrics().horizontalAdvance(self.count.text())
        # where columns stand close, × takes its share of the middle, so that it keeps clear of the + between them
        left = centre - widest // 2 - (0 if room > 110 else 10)
        # no wider than its words: a label takes the clicks that are meant for the buttons below it
        self.count.setGeometry(left - 2, 30, widest + 4, 18)
        self.cross.move(left + widest + 3, 30)
        size = self.activation.sizeHint()
        self.activation.setGeometry(centre - size.width() // 2, round(bottom) - size.height() - 4, *size.toTuple())

    def show_layer(self, width: int, activation: str) -> None:
        """Show the layer's width and activation."""
        self._words = "1 neuron" if width == 1 else f"{width} neurons"
        self.count.setToolTip(self._words)
        self.plus.setEnabled(width < MAX_NEURONS)
        tip = "Remove this neuron and with it the layer" if width == 1 else "Remove a neuron from this layer"
        self.minus.setToolTip(tip)
        self.activation.setText(f"{ACTIVATIONS[activation].label} ▼")
        self.activation.setToolTip(f"{ACTIVATIONS[activation].words}\nClick to choose another activation function.")


class NetworkView(QWidget):
    """Draws the network of a snapshot and emits what the user wants changed.

    Hidden layers count from 0 from the left. `pointed_at` carries (column, index): column 0 are the features, then
    the hidden layers; None when the mouse leaves.
    """

    neuron_added = Signal(int)
    neuron_removed = Signal(int)
    layer_inserted = Signal(int)
    layer_removed = Signal(int)
    activation_chosen = Signal(int, str)
    feature_toggled = Signal(str)
    pointed_at = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._layout: Layout | None = None
        self._pointing = Pointing()
        self._links: QPixmap | None = None
        self._links_due = 0.0
        self.layers: list[LayerControls] = []
        self.inserts: list[RoundButton] = []
        self.setMouseTracking(True)
        self.setMinimumHeight(280)
        self.setAccessibleName("Network diagram")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment; the buttons follow when the network's shape has changed."""
        before, self._snapshot = self._snapshot, snapshot
        shape = (snapshot.architecture, snapshot.data.space, snapshot.config.features)
        if before is None or shape != (before.architecture, before.data.space, before.config.features):
            self._follow_shape(snapshot)
        if snapshot.state is not RunState.RUNNING or perf_counter() > self._links_due:
            self._links = None
        # without the rows of buttons, each of which would be painted anew with it
        self.update(self._diagram())

    def _diagram(self) -> QRect:
        return QRect(0, round(HEADER) - 6, self.width(), self.height() - round(HEADER + FOOTER) + 8)

    def _follow_shape(self, snapshot: Snapshot) -> None:
        hidden = snapshot.architecture.widths[1:-1]
        if len(hidden) != len(self.layers) or not self.inserts:
            self._make_controls(len(hidden))
        for controls, width, activation in zip(self.layers, hidden, snapshot.architecture.activations, strict=True):
            controls.show_layer(width, activation)
        for insert in self.inserts:
            insert.setEnabled(len(hidden) < MAX_LAYERS)
        self.setMinimumWidth(round(least_width(len(hidden))))
        self._point_at(None)
        self._arrange()

    def _make_controls(self, count: int) -> None:
        old: list[QWidget] = [widget for controls in self.layers for widget in controls.widgets()]
        for widget in (*old, *self.inserts):
            widget.hide()
            widget.deleteLater()
        self.layers = [LayerControls(self, layer) for layer in range(count)]
        self.inserts = []
        for position in range(count + 1):
            button = RoundButton("plus", "Insert a layer here", 18)
            button.setParent(self)
            button.clicked.connect(partial(self.layer_inserted.emit, position))
            button.show()
            self.inserts.append(button)

    def _arrange(self) -> None:
        snapshot = self._snapshot
        self._links = None
        if snapshot is None:
            return
        labels = input_labels(snapshot)
        counts = (len(labels) or snapshot.architecture.widths[0], *snapshot.architecture.widths[1:])
        pictures = snapshot.data.image_shape is not None
        self._layout = arrange(self.width(), self.height(), counts, pictures=pictures)
        columns = self._layout.columns
        pitch = columns[1].x - columns[0].x
        for controls, column in zip(self.layers, columns[1:-1], strict=True):
            controls.place(column.x, self.height(), pitch)
        for insert, left, right in zip(self.inserts, columns, columns[1:], strict=False):
            insert.move(round((left.x + right.x) / 2) - 9, 31 if right.x - left.x < 92 else 6)

    def sizeHint(self) -> QSize:
        return QSize(560, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._snapshot is None or self._layout is None:
            return
        theme = theme_of(self.palette())
        if self._links is None:
            began = perf_counter()
            self._links = self._painted_links(self._layout, self._snapshot)
            done = perf_counter()
            self._links_due = done + max(LINKS_REST, (done - began) / LINKS_SHARE)
        with painting(QPainter(self)) as painter:
            painter.drawPixmap(0, 0, self._links)
            paint_neurons(painter, self._layout, self._snapshot, theme, self._pointing)

    def _painted_links(self, layout: Layout, snapshot: Snapshot) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with painting(QPainter(picture)) as painter:
            paint_links(painter, layout, snapshot, theme_of(self.palette()), self._pointing)
        return picture

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._links = None
        super().changeEvent(event)

    # -- the mouse ------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._layout.hit(event.position()) if self._layout else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._layout.hit(event.position()) if self._layout else None
        if event.button() != Qt.MouseButton.LeftButton or cell is None or self._snapshot is None:
            return
        if cell[0] == 0 and self._snapshot.data.space == "plane":
            self.feature_toggled.emit(tuple(FEATURES)[cell[1]])

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        if self._snapshot is not None and cell is not None:
            last = len(self._snapshot.architecture.widths) - 1
            if cell[0] == last or (cell[0] == 0 and self._snapshot.data.space != "plane"):
                cell = None
        if cell == self._pointing.cell:
            return
        self._pointing = Pointing(cell)
        self._links = None
        is_feature = cell is not None and cell[0] == 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_feature else Qt.CursorShape.ArrowCursor)
        self.pointed_at.emit(cell)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self._words_at(QPointF(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _words_at(self, place: QPointF) -> str:
        snapshot = self._snapshot
        cell = self._layout.hit(place) if self._layout else None
        if snapshot is None or cell is None:
            return ""
        column, index = cell
        if column == 0 and snapshot.data.space == "plane":
            feature = tuple(FEATURES.values())[index]
            on = feature.name in snapshot.config.features
            return f"{feature.label}: {feature.words}.\nClick to switch it {'off' if on else 'on'}."
        if column == 0 and snapshot.data.space == "line":
            return "The number x: all that the network is told."
        if column == 0 and snapshot.data.space == "bits":
            return f"Bit {index + 1}, as −1 for 0 and 1 for 1. Its picture shows it for all patterns of bits."
        if column == 0:
            return "One of the test digits. Each of its pixels is one input."
        bias = float(Network(snapshot.architecture, snapshot.theta).b[column - 1][index])
        shown = f"{bias:+.3f}".replace("-", "−")
        if column == len(snapshot.architecture.widths) - 1:
            what = f"Output {snapshot.data.classes[index]}" if len(snapshot.data.classes) > 2 else "Output"
            return f"{what} · bias {shown} (the dot)"
        return f"Layer {column} · neuron {index + 1} · bias {shown} (the dot)\n{self._picture_words(snapshot, column)}"

    @staticmethod
    def _picture_words(snapshot: Snapshot, column: int) -> str:
        if snapshot.field is not None:
            over = {"plane": "over the plane", "line": "along x", "bits": "for all patterns of bits"}
            return f"Its picture is its activation {over[snapshot.data.space]}: blue above 0, orange below."
        if column == 1:
            return "Its picture shows its weights: ink on blue excites it, ink on orange inhibits it."
        return "Its bars are its mean activation for the digits 0 to 9."

    def count_label(self, layer: int) -> QLabel:
        """The text that counts hidden layer `layer`."""
        return self.layers[layer].count
