"""Keeps the linear regions of the network on screen: asks a worker, and hands canvas and panel what comes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from mlp_playground.analysis.pieces import Pieces, Question, pieces
from mlp_playground.analysis.regions import Regions
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.panels import Panel
from mlp_playground.experiment.region_question import region_question, why_no_regions
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.canvas.output_panel import OutputPanel
from mlp_playground.views.canvas.regions_panel import RegionsPanel

SHARE = 0.25
"""Of the time while training, at most so much goes into finding regions: thousands take as long again to be painted."""


class RegionViews(QObject):
    """Draws the regions on the canvas of `output` (in `output_dock`) while its box is checked, and tells of them in a
    panel of its own, in `dock`. `shown` carries what is known from now on: the Pieces, or None.

    A click on the canvas picks a region: from then on that in which the same point lies. `resting_changed` carries the
    neurons that are not active there, as (column, neuron).
    """

    shown = Signal(object)
    resting_changed = Signal(frozenset)

    def __init__(self, clock: FrameClock, output: OutputPanel, output_dock: Panel, window: QMainWindow) -> None:
        super().__init__(window)
        self._output, self._clock = output, clock
        self._box = output.options.box("regions")
        self._about: Question | None = None
        self._output_dock = output_dock
        self._subject = ""
        self.panel = RegionsPanel()
        self.dock = Panel(
            "regions", "Regions", "in each polygon the network is one formula, w₁ x₁ + w₂ x₂ + b", self.panel, window
        )
        clock.snapshot_taken.connect(self._on_snapshot)
        clock.text_due.connect(self._tell)
        self._explainer = Explainer("regions", clock, self._question, pieces, self, SHARE)
        self._explainer.answered.connect(self._on_answer)
        self._box.toggled.connect(self._on_wanted)
        self._box.clicked.connect(self._bring_panel)
        for dock in (output_dock, self.dock):
            dock.seen_changed.connect(self._on_wanted)
        self.panel.filling_chosen.connect(self.fill)
        output.canvas.ground_clicked.connect(self.pick)

    def fill(self, filling: str) -> None:
        """Fill the regions by this name in FILLINGS; they are drawn then, if they were not."""
        self._change(filling=filling)
        self._tell()
        self._output.showing_changed.emit(self._output.canvas.showing)
        if filling != "lines":
            self._box.setChecked(True)

    def pick(self, x1: float, x2: float) -> None:
        """Tell of the region around this point; of the one that was told of already, no more."""
        found = self._output.canvas.showing.pieces
        if not isinstance(found, Regions):
            return
        before = self._output.canvas.showing.picked
        again = before is not None and found.at(x1, x2) == found.at(*before)
        self._change(picked=None if again else (x1, x2))
        self._light()
        self._bring_panel(not again)
        self._tell()

    def _question(self, snapshot: Snapshot) -> Question | None:
        """What to ask about a snapshot; None: nobody looks, or there are no regions."""
        on_canvas = self._box.isChecked() and self._output_dock.is_seen
        return region_question(snapshot) if on_canvas or self.dock.is_seen else None

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._output.options.allow("regions", why_no_regions(snapshot))
        asked, about = self._question(snapshot), self._about
        if snapshot.config.data.name != self._subject:
            self._subject = snapshot.config.data.name
            self._change(picked=None)  # a point of other data
            self._light()
        if about is not None and (asked is None or not _same_kind(asked, about)):
            self._show(None, None)  # another network's, or through another plane

    def _on_wanted(self) -> None:
        if self._clock.latest is not None:
            self._on_snapshot(self._clock.latest)
            self._explainer.ask_again()
            self._tell()

    def _on_answer(self, answer: Answer[Question, Pieces]) -> None:
        latest, is_first = self._clock.latest, self._about is None
        assert latest is not None, "there was something to ask about"
        asked = self._question(latest)
        if asked is not None and _same_kind(asked, answer.question):
            self._show(answer.question, answer.found)
            if is_first or latest.state is not RunState.RUNNING:
                self._tell()  # numbers that change all the time follow with the other ones

    def _show(self, about: Question | None, found: Pieces | None) -> None:
        self._about = about
        self._change(pieces=found)
        self._light()
        self.shown.emit(found)

    def _tell(self) -> None:
        """Write numbers, if somebody can read them."""
        latest, showing = self._clock.latest, self._output.canvas.showing
        if latest is None or not self.dock.is_seen:
            return
        self.panel.show_filling(showing.filling)
        if self._about is not None and showing.pieces is not None:
            self.panel.show_pieces(latest, self._about, showing.pieces, showing.picked)
        elif why_no_regions(latest):
            self.panel.show_reason(why_no_regions(latest))

    def _light(self) -> None:
        """Say which neurons rest in the region that is picked."""
        found, picked = self._output.canvas.showing.pieces, self._output.canvas.showing.picked
        resting: list[tuple[int, int]] = []
        if isinstance(found, Regions) and self._about is not None and picked is not None:
            r = found.at(*picked)
            if r is not None:
                widths = self._about.architecture.widths[1:-1]
                cells = [(layer + 1, k) for layer, width in enumerate(widths) for k in range(width)]
                resting = [cells[i] for i in np.flatnonzero(~found.patterns[r]).tolist()]
        self.resting_changed.emit(frozenset(resting))

    def _bring_panel(self, on: bool) -> None:
        """To the front, if it is not closed."""
        if on and self.dock.toggleViewAction().isChecked():
            self.dock.raise_()

    def _change(self, **values: object) -> None:
        canvas = self._output.canvas
        canvas.show_options(replace(canvas.showing, **values))  # type: ignore[arg-type]


def _same_kind(one: Question, other: Question) -> bool:
    """Whether both are about networks of one architecture over one plane."""
    return one.architecture == other.architecture and (one.seen == other.seen).all()
