"""Keeps the linear regions of the network on screen: asks a worker, and hands canvas and panel what comes of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from mlp_playground.analysis.pieces import Pieces, Question, pieces
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.experiment.region_question import region_question, why_no_regions
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.output_panel import OutputPanel


class RegionViews(QObject):
    """Draws the regions on the canvas of `output` while its box is checked. `shown` carries what is drawn from now on:
    the Pieces, or None."""

    shown = Signal(object)

    def __init__(self, clock: FrameClock, output: OutputPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._output, self._clock = output, clock
        self._about: Question | None = None
        clock.snapshot_taken.connect(self._on_snapshot)
        self._explainer = Explainer("regions", clock, self._question, pieces, self)
        self._explainer.answered.connect(self._on_answer)
        output.options["regions"].toggled.connect(self._on_wanted)

    def _question(self, snapshot: Snapshot) -> Question | None:
        """What to ask about a snapshot; None: nobody looks, or there are no regions."""
        return region_question(snapshot) if self._output.options["regions"].isChecked() else None

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._output.options.allow("regions", why_no_regions(snapshot))
        asked, about = self._question(snapshot), self._about
        if about is not None and (asked is None or not _same_kind(asked, about)):
            self._show(None, None)  # another network's, or through another plane

    def _on_wanted(self) -> None:
        if self._clock.latest is not None:
            self._on_snapshot(self._clock.latest)
            self._explainer.ask_again()

    def _on_answer(self, answer: Answer[Question, Pieces]) -> None:
        if answer.error is not None:
            raise answer.error
        latest = self._clock.latest
        asked = self._question(latest) if latest is not None else None
        if asked is not None and _same_kind(asked, answer.question):
            self._show(answer.question, answer.value)

    def _show(self, about: Question | None, found: Pieces | None) -> None:
        self._about = about
        canvas = self._output.canvas
        canvas.show_options(replace(canvas.showing, pieces=found))
        self.shown.emit(found)


def _same_kind(one: Question, other: Question) -> bool:
    """Whether both are about networks of one architecture over one plane."""
    return one.architecture == other.architecture and (one.seen == other.seen).all()
