"""The drawer below the network: panels that open a layer or neuron, made when they are first seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QToolBar, QWidget

from mlp_playground.app.panels import Panel
from mlp_playground.views.counting_button import CountingButton
from mlp_playground.views.keys import FlatButton
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.theme import SPACE

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow


@dataclass(frozen=True)
class Inside:
    """One panel of the drawer. `make` builds what is in its dock, keeps it up to date and returns who does that; it is
    called when the panel is first seen, so that what nobody opens costs nothing. Where it `counts`, its button has room
    for how many things wait behind it."""

    name: str
    title: str
    words: str
    key: str
    make: Callable[[MainWindow, Panel], QObject]
    counts: bool = False


def _layer(window: MainWindow, dock: Panel) -> QObject:
    from mlp_playground.app.inside_layer import InsideLayer

    return InsideLayer(window, dock)


def _neuron(window: MainWindow, dock: Panel) -> QObject:
    from mlp_playground.app.inside_neuron import InsideNeuron

    return InsideNeuron(window, dock)


def _health(window: MainWindow, dock: Panel) -> QObject:
    from mlp_playground.app.inside_health import InsideHealth

    return InsideHealth(window, dock)


def _probe(window: MainWindow, dock: Panel) -> QObject:
    from mlp_playground.app.inside_probe import InsideProbe

    return InsideProbe(window, dock)


def _graph(window: MainWindow, dock: Panel) -> QObject:
    from mlp_playground.app.inside_graph import InsideGraph

    return InsideGraph(window, dock)


def _features(window: MainWindow, dock: Panel) -> QObject:
    from mlp_playground.app.inside_features import InsideFeatures

    return InsideFeatures(window, dock)


def _map(window: MainWindow, dock: Panel) -> QObject:
    from mlp_playground.app.inside_map import InsideMap

    return InsideMap(window, dock)


def _shapes(window: MainWindow, dock: Panel) -> QObject:
    from mlp_playground.app.inside_shapes import InsideShapes

    return InsideShapes(window, dock)


HEALTH = "dead and saturated neurons, gradients and steps, layer by layer, and a doctor who reads them"
INSIDE: tuple[Inside, ...] = (
    Inside("layer", "Layer", "its weights, what it computes, and its numbers beside other layers'", "Ctrl+1", _layer),
    Inside("neuron", "Neuron", "its map and line, its sum term by term, and what excites it", "Ctrl+2", _neuron),
    Inside("health", "Health", HEALTH, "Ctrl+3", _health, counts=True),
    Inside("probe", "Probe", "how well a straight cut tells the classes apart at each layer", "Ctrl+4", _probe),
    Inside("graph", "Graph", "forward, back, and the optimizer's step, with every number", "Ctrl+5", _graph),
    Inside(
        "shapes",
        "Shapes",
        "what is multiplied with what, from samples to loss, and what would not fit",
        "Ctrl+6",
        _shapes,
    ),
    Inside("features", "Features", "what neurons look for, and which class they answer", "Ctrl+7", _features),
    Inside("map", "Map", "the same samples as each layer has them, from input to output", "Ctrl+8", _map),
)


class Drawer(QObject):
    """The docks of `table` in `window`, and a strip with a button for each that is above the status line."""

    def __init__(self, window: MainWindow, table: Sequence[Inside]) -> None:
        super().__init__(window)
        self._window, self.table = window, tuple(table)
        self.docks: dict[str, Panel] = {}
        self.makers: dict[str, QObject] = {}
        self.buttons: dict[str, FlatButton] = {}
        self._strip = QToolBar("Inside the box")
        self._strip.setObjectName("inside")
        self._strip.setMovable(False)
        self._strip.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._strip.toggleViewAction().setVisible(False)
        name = label("Inside the box", 9, muted=True)
        name.setContentsMargins(SPACE, 0, SPACE, 0)
        self._strip.addWidget(name)
        for each in self.table:
            self._add(each)
        window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self._strip)
        self._strip.setVisible(bool(self.table))

    def toggle(self, name: str) -> None:
        """Open a panel in front; close it if it was there."""
        if self.docks[name].is_seen:
            self.docks[name].close()
        else:
            self.open(name)

    def open(self, name: str) -> None:
        """A panel in front, also where it is there."""
        self._window.layout_of_panels.open_in_drawer(self.docks[name])

    def tell(self, name: str, lines: Sequence[str]) -> None:
        """What waits behind a button that counts, a line for each."""
        button = self.buttons.get(name)
        if isinstance(button, CountingButton):
            button.show_count(len(lines))
            each = next(each for each in self.table if each.name == name)
            button.setToolTip("\n".join([_tip(each), *(f"• {line}" for line in lines)]))

    def _add(self, each: Inside) -> None:
        dock = Panel(each.name, each.title, each.words, QWidget(), self._window)
        button = flat_button(each.title, _tip(each), checkable=True, made=CountingButton() if each.counts else None)
        button.clicked.connect(partial(self._on_clicked, each.name))
        dock.seen_changed.connect(partial(self._on_seen, each))
        self.docks[each.name], self.buttons[each.name] = dock, button
        self._strip.addWidget(button)
        self._window.layout_of_panels.add_to_drawer(dock)

    def _on_clicked(self, name: str) -> None:
        self.toggle(name)
        self.buttons[name].setChecked(self.docks[name].is_seen)

    def _on_seen(self, each: Inside, is_seen: bool) -> None:
        self.buttons[each.name].setChecked(is_seen)
        if is_seen and each.name not in self.makers:
            self.makers[each.name] = each.make(self._window, self.docks[each.name])


def _tip(each: Inside) -> str:
    return f"{each.words} ({each.key})"
