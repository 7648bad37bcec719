"""Keeps the Shapes panel: the trace of the network as edited, or of an experiment that the run could not follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlp_playground.app.panels import Panel
from mlp_playground.experiment.change import Change
from mlp_playground.experiment.shape_question import misfit_of, subject_of
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.inside.shape_panel import ShapePanel

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow


class InsideShapes(QObject):
    """The panel in `dock`, which follows the experiment while it is in front."""

    def __init__(self, window: MainWindow, dock: Panel) -> None:
        super().__init__(dock)
        self._dock, self._clock, self._controller = dock, window.clock, window.controller
        self._read: Change | None = None
        self.panel = ShapePanel()
        dock.setWidget(self.panel)
        window.clock.text_due.connect(self._show)
        window.clock.refused.connect(self._look_again)
        dock.seen_changed.connect(self._look_again)
        self.panel.back_wanted.connect(self._on_read)
        self._look_again()

    def _look_again(self) -> None:
        if self._clock.latest is not None:
            self._show(self._clock.latest)

    def _on_read(self) -> None:
        self._read = self._controller.refused_change
        self._look_again()

    def _show(self, snapshot: Snapshot) -> None:
        if not self._dock.is_seen:
            return
        refused = self._controller.refused_change
        misfit = misfit_of(refused) if refused is not None and refused is not self._read else None
        subject = misfit or subject_of(snapshot)
        self.panel.show_subject(subject, len(snapshot.data.train), is_refused=misfit is not None)
