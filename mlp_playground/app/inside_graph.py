"""The graph panel of the drawer: a worker follows samples through the moment on screen, or the one that is held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer

from mlp_playground.analysis.trace.check import Check, check_gradient
from mlp_playground.analysis.trace.passes import Trace
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.panels import Panel
from mlp_playground.data.example import Example
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.graph_question import Followed, GraphQuestion, Which, Wish, follow
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Answer, Worker
from mlp_playground.views.inside.graph_panel import GraphPanel
from mlp_playground.views.inside.matrix import Entry

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow

SHARE = 0.15
"""Of the time that the worker takes while the run trains."""
PATIENCE = 500
"""Milliseconds after which a first answer that is not there is worth a word."""
WAIT = "Looking through the training samples for the one with the largest loss …"
WORDS = "forward, back, and the optimizer's step, with every number"
SLOW = 0.25
"""Seconds between two answers on screen while it trains: numbers can't be read faster."""


@dataclass(frozen=True, eq=False)
class _ToCheck:
    trace: Trace
    name: str
    entry: Entry
    epsilon: float

    def check(self) -> Check:
        return check_gradient(self.trace, self.name, self.entry, self.epsilon)


class InsideGraph(QObject):
    """Keeps the panel in `dock` up to date: with each moment of the run, until the user steps through one of them."""

    def __init__(self, window: MainWindow, dock: Panel) -> None:
        super().__init__(window)
        self._dock, self._clock, self._viewing = dock, window.clock, window.viewing
        self._pictures = window.pictures
        self._inspected, self._example, self._shown_at = window.inspected, window.inspected.example, 0.0
        self._held: Snapshot | None = None
        self._shown: Snapshot | None = None
        self._shown_wish = Wish()
        self.panel = GraphPanel()
        self.panel.chooser.wish_changed.connect(self._on_wish)
        self.panel.held_changed.connect(self._on_held)
        self.panel.moment_told.connect(lambda words: dock.heading.show_words("Graph", f"{words} · {WORDS}"))
        self.panel.newest_wanted.connect(self._take_newest)
        self.panel.check_wanted.connect(lambda *about: self._checker.ask(_ToCheck(*about)))
        self._inspected.example_changed.connect(self._on_example)
        self._inspected.cell_changed.connect(lambda cell: self.panel.look_at(*cell))
        self._checker: Worker[_ToCheck, Check] = Worker("gradient check", _ToCheck.check, self._clock.gate)
        self._clock.ticked.connect(self._take_check)
        self._clock.stopped.connect(self._checker.close)
        self.explainer = Explainer("graph", self._clock, self._question, follow, self, SHARE)
        self.explainer.answered.connect(self._show)
        self._clock.text_due.connect(self._show_moment)
        self._pictures.offer(dock.heading, "graph")
        dock.seen_changed.connect(self._on_seen)
        dock.setWidget(self.panel)
        patience = QTimer(self, interval=PATIENCE, singleShot=True)
        patience.timeout.connect(self._say_wait)
        self._clock.stopped.connect(patience.stop)
        patience.start()
        self._on_seen(True)

    # -- asking ---------------------------------------------------------------------------------------------------

    def _question(self, snapshot: Snapshot) -> GraphQuestion | None:
        if not self._dock.is_seen:
            return None
        moment, wish = self._held or snapshot, self._wish()
        if self._held is not None and self._shown is moment and self._shown_wish == wish:
            return None
        return GraphQuestion(moment, wish)

    def _wish(self) -> Wish:
        """What is to be followed."""
        wish = self.panel.chooser.wish
        return replace(wish, example=self._example) if wish.which is Which.EXAMPLE else wish

    def _on_wish(self, _wish: Wish) -> None:
        self._example = self._inspected.example
        self.explainer.ask_again()

    def _on_example(self, example: Example | None) -> None:
        if self._held is None:
            self._example = example
            if self.panel.chooser.wish.which is Which.EXAMPLE:
                self.explainer.ask_again()

    def _on_held(self, is_held: bool) -> None:
        self._held = self._shown if is_held else None
        self._example = (is_held and self._shown_wish.example) or self._inspected.example
        self.explainer.ask_again()
        self._show_moment()

    def _take_newest(self) -> None:
        self._held, self._example = self._clock.latest, self._inspected.example
        self.explainer.ask_again()

    def _on_seen(self, is_seen: bool) -> None:
        self._viewing.want_whole("graph", is_seen)
        if is_seen:
            self.explainer.ask_again()

    def _say_wait(self) -> None:
        if self._shown is None:
            self.panel.show_reason(WAIT)

    # -- showing --------------------------------------------------------------------------------------------------

    def _show(self, answer: Answer[GraphQuestion, Followed]) -> None:
        question, now = answer.question, perf_counter()
        if self._held is not None and (question.snapshot is not self._held or question.wish != self._wish()):
            return  # of a moment or a point that went by while the user began to step
        if self._held is None and question.snapshot.state is RunState.RUNNING and now - self._shown_at < SLOW:
            return  # the next one comes soon
        self._shown_at, self._shown, self._shown_wish = now, question.snapshot, question.wish
        self._pictures.graph = question.wish  # a picture to take home shows what the panel does
        if isinstance(answer.error, InvalidValue):
            self.panel.show_reason(str(answer.error))
        else:
            self.panel.show_followed(question, answer.found)
            if question.wish.which is Which.HARDEST:
                self._shown_wish = self.panel.chooser.wish  # it has a number now
        self._show_moment()

    def _show_moment(self, _snapshot: Snapshot | None = None) -> None:
        latest, shown = self._clock.latest, self._shown
        is_newer = latest is not None and shown is not None and not _is_same(latest, shown)
        self.panel.show_moment(is_newer=is_newer)

    def _take_check(self) -> None:
        answer = self._checker.take()
        if answer is None:
            return
        self.panel.reading.show_check(answer.question.trace, answer.found)


def _is_same(one: Snapshot, other: Snapshot) -> bool:
    """Whether both are of one moment of a run: nothing was learned, changed or set by hand between them."""
    there = (one.steps, one.config) == (other.steps, other.config)
    return there and np.array_equal(one.theta, other.theta)
