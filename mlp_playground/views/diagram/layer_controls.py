"""The buttons of one hidden layer in the diagram."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from mlp_playground.experiment.config import MAX_NEURONS
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.views.parts import RoundButton, flat_button

BUTTON = 22
COUNT_EDGE = 3
"""Pixels beside the count's words that belong to it: a layer's buttons stand close where there are many layers."""


class LayerControls:
    """The buttons of one hidden layer on `diagram`: − and + neurons, its count, × for the layer, and the activation's
    menu, from which `choose` gets a name of ACTIVATIONS."""

    def __init__(self, diagram: QWidget, choose: Callable[[str], object]) -> None:
        self.minus = RoundButton("minus", "Remove a neuron from this layer", BUTTON)
        self.plus = RoundButton("plus", "Add a neuron to this layer", BUTTON)
        self.cross = RoundButton("cross", "Remove this layer", 18, flat=True)
        self._words = self._name = ""
        self.count = flat_button("", "")
        self.count.setStyleSheet(f"padding: 2px {COUNT_EDGE}px;")
        self.activation = flat_button("", "This layer's activation function")
        self.activation.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.activation)
        menu.setToolTipsVisible(True)
        for name, activation in ACTIVATIONS.items():
            action = QAction(f"{activation.label}    {activation.formula}", menu)
            action.setToolTip(activation.words)
            action.triggered.connect(partial(choose, name))
            menu.addAction(action)
        self.activation.setMenu(menu)
        for widget in self.widgets():
            widget.setParent(diagram)
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
        words = self.count.fontMetrics().horizontalAdvance(self.count.text())
        # no wider than its words: it takes the clicks that are meant for the buttons below it
        width = max(words + 2 * COUNT_EDGE, 18)
        # where columns stand close, × takes its share of the middle, so that it keeps clear of the + between them
        left = centre - width // 2 - (0 if room > 110 else 10)
        self.count.setGeometry(left, 28, width, 22)
        self.cross.move(left + width, 30)
        self.activation.setText(self._fitting(round(room) - 2))
        size = self.activation.sizeHint()
        self.activation.setGeometry(centre - size.width() // 2, round(bottom) - size.height() - 4, *size.toTuple())

    def _fitting(self, room: int) -> str:
        """The activation's name with the sign of a menu, without it or cut off, whichever has room."""
        self.activation.setText("")
        edges = self.activation.sizeHint().width()
        metrics = self.activation.fontMetrics()
        whole = f"{self._name} ▼"
        if metrics.horizontalAdvance(whole) + edges <= room:
            return whole
        return metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room - edges)

    def show_layer(self, width: int, activation: str) -> None:
        """Show the layer's width and activation."""
        self._words = "1 neuron" if width == 1 else f"{width} neurons"
        self.count.setToolTip(f"{self._words}: click to type another number")
        self.plus.setEnabled(width < MAX_NEURONS)
        tip = "Remove this neuron and with it the layer" if width == 1 else "Remove a neuron from this layer"
        self.minus.setToolTip(tip)
        self._name = ACTIVATIONS[activation].label
        self.activation.setToolTip(f"{ACTIVATIONS[activation].words}\nClick to choose another activation function.")
