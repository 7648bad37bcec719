"""The map panel of the drawer: layers are mapped, and more slowly probed, as long as somebody looks."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from mlp_playground.analysis.layer_map import LayerMap
from mlp_playground.analysis.probe import Probe
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.neighbours import Neighbours
from mlp_playground.app.panels import Panel
from mlp_playground.data.example import Example
from mlp_playground.experiment.map_question import MapObserver
from mlp_playground.experiment.probe_question import Probed, ProbeObserver
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.inside.map_panel import NEIGHBOURS, MapPanel
from mlp_playground.views.layers.map_words import example_of, number_of

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow

MAP_SHARE, PROBE_SHARE = 0.1, 0.15
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
        self._probed: Snapshot | None = None
        self._shown_at, self._is_new = 0.0, True
        self._clock = window.clock
        self.panel = MapPanel()
        self.neighbours = Neighbours(window.clock, self)
        self.neighbours.advanced.connect(self._show_neighbours)
        self.panel.method_chosen.connect(self._on_method)
        self.panel.act_wanted.connect(self._act)
        window.clock.snapshot_taken.connect(self._follow)
        self.panel.show_chosen(window.inspected.cell[0])
        self.panel.view.pointed.connect(lambda number: self._inspected.point_at(self._example(number)))
        self.panel.view.picked.connect(lambda number: self._inspected.pick(self._example(number)))
        self.panel.view.chosen.connect(window.inspected.choose_column)
        window.inspected.cell_changed.connect(lambda cell: self.panel.show_chosen(cell[0]))
        window.inspected.example_changed.connect(self._mark)
        self.mapped = Explainer("map", window.clock, self._question, MapObserver().observe, self, MAP_SHARE)
        probe = ProbeObserver().observe
        self.probed = Explainer("map probe", window.clock, self._probe_question, probe, self, PROBE_SHARE)
        self.mapped.answered.connect(self._show)
        self.probed.answered.connect(self._take_probe)
        window.pictures.map_of = self._map_of
        window.pictures.offer(self.panel.view, "map")
        dock.seen_changed.connect(self._on_seen)
        dock.setWidget(self.panel)
        self._on_seen(dock.is_seen)

    @property
    def _is_of_neighbours(self) -> bool:
        return bool(self.panel.method.currentData() == NEIGHBOURS)

    def _question(self, snapshot: Snapshot) -> Snapshot | None:
        return snapshot if self._dock.is_seen and not self._is_of_neighbours else None

    def _probe_question(self, snapshot: Snapshot) -> Snapshot | None:
        """What is mapped: the moment on screen, or that of the neighbours, once."""
        if not self._is_of_neighbours:
            return self._question(snapshot)
        work = self.neighbours.work
        is_known = work is None or work.snapshot is self._probed
        return None if is_known or work is None or not self._dock.is_seen else work.snapshot

    def _on_seen(self, is_seen: bool) -> None:
        if not is_seen:
            self.neighbours.stop()
            return
        self.mapped.ask_again()
        self.probed.ask_again()
        if self._is_of_neighbours:
            self.neighbours.go_on()
        if self._clock.latest is not None:
            self._follow(self._clock.latest)

    # -- neighbours -----------------------------------------------------------------------------------------------

    def _on_method(self) -> None:
        self.neighbours.stop()
        self.panel.show_progress(None, is_on=False)
        self._probe = self._probed = None
        if self._is_of_neighbours:
            self._begin()
        else:
            self._on_seen(self._dock.is_seen)

    def _begin(self) -> None:
        """Map the moment on screen by neighbours."""
        if self._clock.latest is not None:
            self.neighbours.begin(self._clock.latest)

    def _act(self) -> None:
        if self.neighbours.is_on:
            self.neighbours.stop()
            self._show_neighbours()
        else:
            self._begin()

    def _follow(self, snapshot: Snapshot) -> None:
        """Other data or another network need other maps; of the same one the reader asks for another moment."""
        work = self.neighbours.work
        if not self._is_of_neighbours or not self._dock.is_seen or work is None:
            return
        is_same = work.snapshot.data is snapshot.data and work.snapshot.architecture == snapshot.architecture
        if not is_same or work.snapshot.config.features != snapshot.config.features:
            self._begin()

    def _map_of(self, snapshot: Snapshot) -> LayerMap | None:
        """What a picture to take home shows: the map by neighbours, if it is of that moment; else it makes its own."""
        work = self.neighbours.work
        if not self._is_of_neighbours or work is None or not np.array_equal(work.snapshot.theta, snapshot.theta):
            return None
        return work.found if work.snapshot.data is snapshot.data else None

    def _show_neighbours(self) -> None:
        work = self.neighbours.work
        if work is None:
            return
        self._take_map(work.found)
        self.panel.show_progress(work, is_on=self.neighbours.is_on)
        self.probed.ask_again()
        self._paint()

    # -- answers --------------------------------------------------------------------------------------------------

    def _take_probe(self, answer: Answer[Snapshot, Probed]) -> None:
        self._probe, self._probed = answer.found.now, answer.question
        if self._is_of_neighbours or answer.question.state is not RunState.RUNNING:
            self._paint()

    def _show(self, answer: Answer[Snapshot, LayerMap]) -> None:
        self._take_map(answer.found)
        if answer.question.state is not RunState.RUNNING or perf_counter() - self._shown_at > PAINTED:
            self._paint()

    def _take_map(self, found: LayerMap) -> None:
        self._is_new = self._is_new or self._found is None or self._found.samples is not found.samples
        self._found = found

    def _paint(self) -> None:
        if self._found is None:
            return
        self._shown_at = perf_counter()
        probe = self._probe
        widths = tuple(sheet.width for sheet in self._found.sheets)
        is_same = probe is not None and probe.samples.data is self._found.samples.data and probe.widths == widths
        self.panel.show_map(self._found, probe if is_same else None)
        if self._is_new:
            self._is_new = False
            self._mark(self._inspected.example)

    def _mark(self, example: Example | None) -> None:
        """Mark what is inspected, where it is one of the samples."""
        if self._found is not None and self.panel.view.showing.pointed is None:
            self.panel.show_picked(None if example is None else number_of(self._found.samples, example))

    def _example(self, number: int | None) -> Example | None:
        return None if number is None or self._found is None else example_of(self._found.samples, number)
