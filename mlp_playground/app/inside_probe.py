"""The probe panel of the drawer: each layer is probed by a worker as long as somebody looks."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlp_playground.app.explainer import Explainer
from mlp_playground.app.panels import Panel
from mlp_playground.experiment.probe_question import Probed, ProbeObserver
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.inside.probe_panel import ProbePanel

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow

CLASSES = "how well a straight cut tells the classes apart at each layer"
NUMBERS = "how well a weighted sum of what each layer has predicts the target"
SHARE = 0.2
"""Of the time that the worker takes while the run trains."""
SLOW = 0.25
"""Seconds between two answers on screen while it trains: numbers can't be read faster."""


class InsideProbe(QObject):
    """Keeps the panel in `dock` up to date; a layer that is clicked is looked at everywhere."""

    def __init__(self, window: MainWindow, dock: Panel) -> None:
        super().__init__(window)
        self._dock, self._shown_at = dock, 0.0
        self.panel = ProbePanel()
        self.panel.show_chosen(window.inspected.cell[0])
        self.panel.chosen.connect(window.inspected.choose_column)
        window.inspected.cell_changed.connect(lambda cell: self.panel.show_chosen(cell[0]))
        self.explainer = Explainer("probe", window.clock, self._question, ProbeObserver().observe, self, SHARE)
        self.explainer.answered.connect(self._show)
        window.pictures.offer(self.panel.view, "probe")
        dock.seen_changed.connect(self._on_seen)
        dock.setWidget(self.panel)
        self.explainer.ask_again()

    def _question(self, snapshot: Snapshot) -> Snapshot | None:
        return snapshot if self._dock.is_seen else None

    def _on_seen(self, is_seen: bool) -> None:
        if is_seen:
            self.explainer.ask_again()

    def _show(self, answer: Answer[Snapshot, Probed]) -> None:
        now = perf_counter()
        if answer.question.state is RunState.RUNNING and now - self._shown_at < SLOW:
            return  # the next one comes soon
        self._shown_at = now
        self._dock.heading.show_words("Probe", CLASSES if answer.found.now.is_share else NUMBERS)
        self.panel.show_probed(answer.found)
