"""The network diagram as a picture with buttons: features, layers and links, live."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.experiment.config import MAX_LAYERS
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.views.diagram.layer_controls import LayerControls
from mlp_playground.views.diagram.link_raster import LinkRaster
from mlp_playground.views.diagram.network_inputs import KeptInputs
from mlp_playground.views.diagram.network_layout import FOOTER, HEADER, Cell, Layout, arrange, least_width
from mlp_playground.views.diagram.network_links import Inks, link_inks
from mlp_playground.views.diagram.network_picture import Pointing, input_labels, paint_neurons
from mlp_playground.views.number_field import NumberField
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import RoundButton
from mlp_playground.views.theme import theme_of

LINKS_SHARE = 0.15
"""Of the time while training, at most so much goes into drawing links; with few it is far less."""
LINKS_PAUSE = 0.05
"""Seconds between two pictures of the links while training: widths and colours change too slowly to be seen 30 times
a second, and of a small network they take as long as all of its neurons."""


class NetworkDiagram(QWidget):
    """Draws the network of a snapshot, with the buttons of its layers. Hidden layers count from 0 from the left.

    `column_chosen` carries the column whose heading was clicked. `field` is where numbers are typed; what the mouse and
    the keys do is the business of a subclass.
    """

    neuron_added = Signal(int)
    neuron_removed = Signal(int, object)
    layer_inserted = Signal(int)
    layer_removed = Signal(int)
    activation_chosen = Signal(int, str)
    column_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._layout: Layout | None = None
        self._pointing = Pointing()
        self._resting: frozenset[Cell] = frozenset()
        self._rasters: list[LinkRaster] = []
        self._inks: tuple[Inks, Inks] | None = None
        self._inputs = KeptInputs()
        self._links: list[QImage] | None = None
        self._links_due = 0.0
        self.layers: list[LayerControls] = []
        self.inserts: list[RoundButton] = []
        self.field = NumberField(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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

    def show_resting(self, cells: frozenset[Cell]) -> None:
        """Let these neurons stand back: they are not active where the reader asks."""
        if cells != self._resting:
            self._resting = cells
            self.update(self._diagram())

    def show_digit(self, pixels: NDArray[np.float32] | None) -> None:
        """Show this digit (n_pixels,) as what the network hears, where it hears pictures; None: the first of them."""
        self._inputs.digit = pixels
        if self._layout is not None:
            self.update(self._layout.columns[0].cells[0].toAlignedRect())  # a hand that draws changes it all the time

    def _diagram(self) -> QRect:
        return QRect(0, round(HEADER) - 6, self.width(), self.height() - round(HEADER + FOOTER) + 22)

    def _follow_shape(self, snapshot: Snapshot) -> None:
        hidden = snapshot.architecture.widths[1:-1]
        if len(hidden) != len(self.layers) or not self.inserts:
            self._make_controls(len(hidden))
        for controls, width, activation in zip(self.layers, hidden, snapshot.architecture.activations, strict=True):
            controls.show_layer(width, activation)
        for insert in self.inserts:
            insert.setEnabled(len(hidden) < MAX_LAYERS)
        self.setMinimumWidth(round(least_width(len(hidden))))
        self.field.close_field()
        self._arrange()

    def _make_controls(self, count: int) -> None:
        old: list[QWidget] = [widget for controls in self.layers for widget in controls.widgets()]
        for widget in (*old, *self.inserts):
            widget.hide()
            widget.deleteLater()
        self.layers = [self._layer_controls(layer) for layer in range(count)]
        self.inserts = []
        for position in range(count + 1):
            button = RoundButton("plus", "Insert a layer here", 18)
            button.setParent(self)
            button.clicked.connect(partial(self.layer_inserted.emit, position))
            button.show()
            self.inserts.append(button)

    def _layer_controls(self, layer: int) -> LayerControls:
        controls = LayerControls(self, partial(self.activation_chosen.emit, layer))
        controls.minus.clicked.connect(partial(self.neuron_removed.emit, layer, None))
        controls.plus.clicked.connect(partial(self.neuron_added.emit, layer))
        controls.cross.clicked.connect(partial(self.layer_removed.emit, layer))
        controls.count.clicked.connect(partial(self.column_chosen.emit, layer + 1))
        controls.count.clicked.connect(partial(self.ask_width, layer))
        return controls

    def _counts(self) -> tuple[int, ...]:
        """How many cells each column has."""
        assert self._snapshot is not None
        labels = input_labels(self._snapshot)
        widths = self._snapshot.architecture.widths
        return (len(labels) or widths[0], *widths[1:])

    def _arrange(self) -> None:
        snapshot = self._snapshot
        self._inks, self._links, self._rasters = None, None, []
        if snapshot is None:
            return
        pictures = snapshot.data.image_shape is not None
        self._layout = arrange(self.width(), self.height(), self._counts(), pictures=pictures)
        columns = self._layout.columns
        pitch = columns[1].x - columns[0].x
        for controls, column in zip(self.layers, columns[1:-1], strict=True):
            controls.place(column.x, self.height(), pitch)
        for insert, left, right in zip(self.inserts, columns, columns[1:], strict=False):
            insert.move(round((left.x + right.x) / 2) - 9, 31 if right.x - left.x < 92 else 6)

    def sizeHint(self) -> QSize:
        return QSize(560, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.field.finish()
        self._arrange()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._links = None
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._snapshot is None or self._layout is None:
            return
        theme = theme_of(self.palette())
        if self._links is None or self._links[-1].devicePixelRatioF() != self.devicePixelRatioF():
            began = perf_counter()
            self._links = self._drawn_links(self._layout, self._snapshot)
            done = perf_counter()
            self._links_due = done + max((done - began) / LINKS_SHARE - (done - began), LINKS_PAUSE)
        with painting(QPainter(self)) as painter:
            painter.setClipRect(event.rect())  # says which columns need not be painted
            for picture in self._links:
                painter.drawImage(0, 0, picture)
            pointing = replace(self._pointing, resting=self._resting)
            paint_neurons(painter, self._layout, self._snapshot, theme, pointing, self._inputs.paint)

    def _drawn_links(self, layout: Layout, snapshot: Snapshot) -> list[QImage]:
        self._inks = link_inks(layout, snapshot, theme_of(self.palette()), self._pointing)
        ratio = self.devicePixelRatioF()  # another one on another screen
        self._rasters = [raster for raster in self._rasters if raster.ratio == ratio]
        while len(self._rasters) < len(self._inks):
            self._rasters.append(LinkRaster(layout, self.width(), self.height(), ratio))
        return [
            raster.picture(group.links, group.widths, group.inks, (QColor(group.colours[0]), QColor(group.colours[1])))
            for raster, group in zip(self._rasters, self._inks, strict=True)
            if group.links
        ]

    def ask_width(self, layer: int) -> None:
        """Let the user type how many neurons a hidden layer is to have; here nobody takes it."""
