"""The map panel of the drawer: layers are mapped, and more slowly probed, as long as somebody looks."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlp_playground.analysis.layer_map import LayerMap
from mlp_playground.analysis.probe import Probe
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.panels import Panel
from mlp_playground.data.example import Example
from mlp_playground.experiment.map_question import MapObserver
from mlp_playground.experiment.probe_question import Probed, ProbeObserver
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.inside.map_panel import MapPanel
from mlp_playground.views.layers.map_words import example_of, number_of

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow

MAP_SHARE, PROBE_SHARE = 0.15, 0.1
"""Of the time that the workers take while the run trains."""
PAINTED = 0.1
"""Seconds between two pictures while it trains: thousands of points take a third of a frame to paint."""


class InsideMap(QObject):
    """Keeps the panel in `dock` up to date. The sample under the mouse is what every panel looks at."""

    def __init__(self, window: MainWindow, dock: Panel) -> None:
        super().__init__(window)
        self._dock, self._inspected = dock, window.inspected
        self._found: LayerMap | None = None
        self._probe: Probe | None = None
        self._shown_at = 0.0
        self.panel = MapPanel()
        self.panel.show_chosen(window.inspected.cell[0])
        self.panel.view.pointed.connect(lambda number: self._inspected.point_at(self._example(number)))
        self.panel.view.picked.connect(lambda number: self._inspected.pick(self._example(number)))
        self.panel.view.chosen.connect(self._choose)
        window.inspected.cell_changed.connect(lambda cell: self.panel.show_chosen(cell[0]))
        window.inspected.example_changed.connect(self._mark)
        self.mapped = Explainer("map", window.clock, self._question, MapObserver().observe, self, MAP_SHARE)
        self.probed = Explainer("map probe", window.clock, self._question, ProbeObserver().observe, self, PROBE_SHARE)
        self.mapped.answered.connect(self._show)
        self.probed.answered.connect(self._take_probe)
        dock.seen_changed.connect(self._on_seen)
        dock.setWidget(self.panel)
        self._on_seen(dock.is_seen)

    def _question(self, snapshot: Snapshot) -> Snapshot | None:
        return snapshot if self._dock.is_seen else None

    def _on_seen(self, is_seen: bool) -> None:
        if is_seen:
            self.mapped.ask_again()
            self.probed.ask_again()

    def _take_probe(self, answer: Answer[Snapshot, Probed]) -> None:
        if answer.error is not None:
            raise answer.error  # whoever reports what nobody caught tells it
        assert answer.value is not None
        self._probe = answer.value.now
        if answer.question.state is not RunState.RUNNING:
            self._paint()

    def _show(self, answer: Answer[Snapshot, LayerMap]) -> None:
        if answer.error is not None:
            raise answer.error
        assert answer.value is not None
        is_new = self._found is None or self._found.samples is not answer.value.samples
        self._found = answer.value
        if is_new:
            self._mark(self._inspected.example)
        if answer.question.state is not RunState.RUNNING or perf_counter() - self._shown_at > PAINTED:
            self._paint()

    def _paint(self) -> None:
        if self._found is None:
            return
        self._shown_at = perf_counter()
        probe = self._probe
        widths = tuple(sheet.width for sheet in self._found.sheets)
        is_same = probe is not None and probe.samples.data is self._found.samples.data and probe.widths == widths
        self.panel.show_map(self._found, probe if is_same else None)

    def _mark(self, example: Example | None) -> None:
        """Mark what is inspected, where it is one of the samples."""
        if self._found is not None and self.panel.view.showing.pointed is None:
            self.panel.show_picked(None if example is None else number_of(self._found.samples, example))

    def _example(self, number: int | None) -> Example | None:
        return None if number is None or self._found is None else example_of(self._found.samples, number)

    def _choose(self, column: int) -> None:
        cell = self._inspected.cell
        self._inspected.choose(cell if cell[0] == column else (column, 0))
