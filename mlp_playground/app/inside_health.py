"""The health panel of the drawer: how healthy each layer is, what the doctor finds, and cures on trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from mlp_playground.app.health_watch import Examined
from mlp_playground.app.panels import Panel
from mlp_playground.app.trials import Trials
from mlp_playground.experiment.doctor.checkup import Record
from mlp_playground.experiment.doctor.finding import Finding
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.inside.health_panel import HealthPanel
from mlp_playground.views.layers.health_table import HealthTable
from mlp_playground.views.layers.health_words import health_words

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow

WHO = "health"


class InsideHealth(QObject):
    """The panel in `dock`, kept up to date while it is in front."""

    def __init__(self, window: MainWindow, dock: Panel) -> None:
        super().__init__(window)
        self._window, self._dock = window, dock
        self.panel = HealthPanel()
        self._found: Examined | None = None
        self._has_resting = False
        self.trials = Trials(window.clock, self)
        dock.setWidget(self.panel)
        window.health.examined.connect(self._show)
        self.trials.advanced.connect(self.panel.show_trial)
        self.trials.refused.connect(self.panel.trial_page.show_refusal)
        self.panel.layer_chosen.connect(lambda layer: window.inspected.choose_column(layer + 1))
        self.panel.finding_opened.connect(self._light)
        self.panel.cure_wanted.connect(self._cure)
        self.panel.trial_wanted.connect(self.trials.begin)
        self.panel.trial_closed.connect(self.trials.end)
        window.inspected.cell_changed.connect(self._follow)
        window.pictures.health_of = self._record_of
        window.pictures.offer(self.panel.grid, "health")
        dock.seen_changed.connect(self._on_seen)
        self._follow(window.inspected.cell)
        self._on_seen(dock.is_seen)

    def _on_seen(self, is_seen: bool) -> None:
        self._window.viewing.want_whole(WHO, is_seen)
        self._window.health.read(is_seen)
        self._rest(self.panel.shown if is_seen else None)

    def _show(self, found: Examined) -> None:
        if found.record is not None and self._dock.is_seen:
            self._found = found
            words = health_words(found.snapshot, len(found.findings))
            self.panel.show_health(HealthTable(found.record, found.findings), found.findings, words)
            self._rest(self.panel.shown)

    def _record_of(self, snapshot: Snapshot) -> Record | None:
        """What is known of that moment, for a picture to take home; None: not all of it."""
        found = self._found
        if found is None or found.record is None or not found.record.is_complete:
            return None
        is_same = found.snapshot.data is snapshot.data and np.array_equal(found.snapshot.theta, snapshot.theta)
        return found.record if is_same else None

    def _follow(self, cell: tuple[int, int]) -> None:
        self.panel.grid.show_chosen(cell[0] - 1 if cell[0] > 0 else None)

    def _light(self, finding: Finding | None) -> None:
        """Select what a finding is about in the diagram."""
        cells = () if finding is None else finding.cells
        if cells:
            layer, neuron = cells[0]
            self._window.inspected.choose((layer + 1, neuron))
        self._rest(finding)

    def _rest(self, finding: Finding | None) -> None:
        """Let dead neurons stand back in the diagram as long as their finding is read."""
        cells = finding.cells if finding is not None and finding.illness == "dead" else ()
        if cells or self._has_resting:  # others let neurons stand back, too
            self._has_resting = bool(cells)
            self._window.network.show_resting(frozenset((layer + 1, neuron) for layer, neuron in cells))

    def _cure(self, finding: Finding) -> None:
        self._window.controller.apply(finding.cure)
