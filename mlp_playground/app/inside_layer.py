"""Keeps the Layer panel: the weights of the layer that is looked at, and how all layers' numbers are spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlp_playground.analysis.distributions import Spreads
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.panels import Panel
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.spread_question import spreads_of
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.diagram.network_layout import Link
from mlp_playground.views.diagram.network_picture import active_inputs
from mlp_playground.views.diagram.network_words import sender_index
from mlp_playground.views.inside.layer_panel import LayerPanel
from mlp_playground.views.layers.layer_names import layer_name
from mlp_playground.views.layers.layer_weights import Spot

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow

SHARE = 0.2
"""Of the time while training, at most so much goes into the distributions."""
SMALL = 2_000
"""Weights up to which a layer's heatmap follows every picture; larger ones follow with the numbers."""


@dataclass(frozen=True)
class SpreadQuestion:
    """How the quantity `name` is spread in the layers of a moment's network."""

    snapshot: Snapshot
    name: str


def answer(question: SpreadQuestion) -> Spreads:
    """On the worker's thread."""
    return spreads_of(question.snapshot, question.name)


class InsideLayer(QObject):
    """The panel in `dock`, which follows the run while it is in front."""

    def __init__(self, window: MainWindow, dock: Panel) -> None:
        super().__init__(dock)
        self._dock, self._clock, self._inspected = dock, window.clock, window.inspected
        self._network, self._controller = window.network, window.controller
        self._name = "weights"
        self._is_lighting = False
        self._found: tuple[Snapshot, Spreads] | None = None
        self.panel = LayerPanel()
        dock.setWidget(self.panel)
        self._pictures = window.pictures
        window.pictures.offer(dock.heading, "layer")
        self.explainer = Explainer("layer", window.clock, self._question, answer, self, SHARE)
        self.explainer.answered.connect(self._on_answer)
        window.clock.snapshot_taken.connect(self._on_snapshot)
        window.clock.text_due.connect(self._on_text_due)
        window.network.link_pointed.connect(self._on_link)
        window.inspected.cell_changed.connect(self._look_again)
        dock.seen_changed.connect(self._look_again)
        self.panel.column_chosen.connect(window.inspected.choose_column)
        self.panel.quantity_chosen.connect(self._on_quantity)
        self.panel.spot_pointed.connect(self._on_pointed)
        self.panel.spot_clicked.connect(lambda spot: window.inspected.choose((self.panel.column, spot[0])))
        self.panel.number_typed.connect(self._on_typed)
        self.panel.pictures_wanted.connect(lambda: window.drawer.open("features"))
        self._look_again()

    @property
    def _column(self) -> int:
        return max(self._inspected.cell[0], 1)

    def _question(self, snapshot: Snapshot) -> SpreadQuestion | None:
        return SpreadQuestion(snapshot, self._name) if self._dock.is_seen else None

    def _look_again(self) -> None:
        if self._clock.latest is not None:
            self._show(self._clock.latest)
        self.explainer.ask_again()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        n_in, n_out = snapshot.architecture.widths[self._column - 1 : self._column + 1]
        if n_in * n_out <= SMALL:
            self._show(snapshot)

    def _on_text_due(self, snapshot: Snapshot) -> None:
        self._show(snapshot)
        if self._dock.is_seen and self._found is not None and self._found[0].architecture == snapshot.architecture:
            self.panel.show_spreads(*self._found)

    def _show(self, snapshot: Snapshot) -> None:
        if self._dock.is_seen:
            column, k = self._inspected.cell
            self._pictures.column = self._column
            self.panel.show_layer(snapshot, self._column, k if column > 0 else None)
            name = layer_name(self._column, len(snapshot.architecture.widths))
            self._dock.heading.show_words("Layer", f"{name}: {WORDS}")

    def _on_quantity(self, name: str) -> None:
        self._name, self._found = name, None
        self.panel.forget_spreads()
        self.explainer.ask_again()

    def _on_answer(self, answer: Answer[SpreadQuestion, Spreads]) -> None:
        latest, asked = self._clock.latest, answer.question.snapshot
        if latest is None or answer.question.name != self._name or latest.architecture != asked.architecture:
            return  # another network's by now; its own answer comes
        is_first, self._found = self._found is None, (asked, answer.found)
        if is_first or latest.state is not RunState.RUNNING:  # else they follow with the numbers
            self.panel.show_spreads(asked, answer.found)

    def _on_pointed(self, spot: Spot | None) -> None:
        """Light the link or neuron in the diagram that a cell of the heatmap stands for."""
        self._is_lighting = True
        self._light(spot)
        self._is_lighting = False

    def _on_link(self, link: Link | None) -> None:
        """Outline the cell of the link under the mouse."""
        snapshot = self._clock.latest
        if self._is_lighting or snapshot is None or not self._dock.is_seen:
            return
        if link is None or link[0] != self.panel.column - 1:
            self.panel.light(None)
        else:
            self.panel.light((link[2], sender_index(snapshot, link)))

    def _light(self, spot: Spot | None) -> None:
        snapshot, column = self._clock.latest, self.panel.column
        if spot is None or snapshot is None:
            self._network.light()
            return
        row, sender = spot
        is_bias = sender == snapshot.architecture.widths[column - 1]
        if is_bias or (column == 1 and snapshot.data.image_shape is not None):
            self._network.light(cell=(column, row))
        else:
            self._network.light(link=(column - 1, active_inputs(snapshot)[sender] if column == 1 else sender, row))

    def _on_typed(self, spot: Spot, value: float) -> None:
        assert self._clock.latest is not None
        layer, (row, sender) = self.panel.column - 1, spot
        if sender == self._clock.latest.architecture.widths[layer]:
            self._controller.set_bias(layer, row, value)
        else:
            self._controller.set_weight(layer, row, sender, value)


WORDS = "its weights, what it computes, and its numbers beside other layers'"
