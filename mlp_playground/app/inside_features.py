"""The panel of what neurons look for, connected with the run: what is asked of a worker is what its view draws."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlp_playground.analysis.excitement import Cell
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.ideal import Ideal
from mlp_playground.app.wiring import look_at_sample
from mlp_playground.experiment.feature_look import FeatureLook, FeatureObserver, FeatureQuestion, FeatureWish
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.digits.features_panel import FeaturesPanel

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow
    from mlp_playground.app.panels import Panel

SHARE = 0.2
"""Of the time while training, at most so much goes into looking at neurons."""
SLOW = 0.25
"""Seconds between two looks on screen while it trains: they can't be read faster."""


class InsideFeatures(QObject):
    """The panel in its `dock`. What can't be seen is not computed."""

    def __init__(self, window: MainWindow, dock: Panel) -> None:
        super().__init__(dock)
        self._dock, self._clock, self._inspected = dock, window.clock, window.inspected
        self.panel = FeaturesPanel()
        self._pictures, self._wish = window.pictures, FeatureWish()
        self._shown: tuple[object, float] = None, 0.0
        self.explainer = Explainer("features", window.clock, self._question, FeatureObserver().look, self, SHARE)
        self.ideal = Ideal(window.clock, self.panel.ideal, self)
        dock.setWidget(self.panel)
        self.explainer.answered.connect(self._show)
        window.clock.snapshot_taken.connect(self._on_snapshot)
        window.inspected.cell_changed.connect(self._on_cell)
        dock.seen_changed.connect(lambda _is_seen: self._look_again())
        self._connect_panel(window)
        latest = window.clock.latest
        if latest is not None and self.panel.view.missing(latest):
            self.panel.segments.show_name("answers")  # the one that all data have
        self._look_again()

    def _connect_panel(self, window: MainWindow) -> None:
        panel = self.panel
        panel.view_chosen.connect(lambda _name: self._look_again())
        panel.cell_chosen.connect(lambda cell: self._inspected.choose((cell[0] + 1, cell[1])))
        panel.sample_chosen.connect(lambda number: look_at_sample(window, number, False))
        panel.pointed_at.connect(window.status.show_pointed)
        panel.learned.toggled.connect(lambda on: self._want(learned=on))
        for widget, view in ((panel.looks.gallery, "weights"), (panel.film, "growth"), (panel.answers, "answers")):
            window.pictures.offer(widget, view)
        panel.answers.layer_chosen.connect(self._tell_of)
        panel.looks.sorting_chosen.connect(lambda name: self._want(sorting=name))
        panel.film.filmed_chosen.connect(lambda neurons: self._want(filmed=neurons))

    def _cell(self, snapshot: Snapshot) -> Cell:
        """The neuron that is looked at; where that is an input, the first one of the first layer."""
        column, neuron = self._inspected.cell
        widths = snapshot.architecture.widths
        column = min(max(column, 1), len(widths) - 1)
        return column - 1, min(neuron, widths[column] - 1) if self._inspected.cell[0] else 0

    def _question(self, snapshot: Snapshot) -> FeatureQuestion | None:
        view = self.panel.view
        if not self._dock.is_seen or view.missing(snapshot):
            return None
        return FeatureQuestion(snapshot, view.parts, self._cell(snapshot), self._wish)

    def _look_again(self) -> None:
        if self._clock.latest is not None:
            self._on_snapshot(self._clock.latest)
            self.explainer.ask_again()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        if not self._dock.is_seen:
            self.ideal.rest()
            return
        view = self.panel.view
        self.panel.show_reason(view.missing(snapshot))
        self._dock.heading.show_words("Features", view.words)
        if view.name == "ideal" and not view.missing(snapshot):
            self.ideal.look(snapshot, self._cell(snapshot))
        else:
            self.ideal.rest()

    def _on_cell(self, _cell: tuple[int, int]) -> None:
        self._look_again()

    def _show(self, answer: Answer[FeatureQuestion, FeatureLook]) -> None:
        asked = answer.question
        latest = self._clock.latest
        assert latest is not None, "there was something to ask about"
        # while the answer was on its way another view, network or data may have been chosen
        if asked.parts == self.panel.view.parts and asked.snapshot.data is latest.data and self._is_due(asked):
            self.panel.show_look(asked.snapshot, answer.found, asked.cell)

    def _is_due(self, asked: FeatureQuestion) -> bool:
        """While the run trains the same things are shown anew only now and then; what somebody asked for, at once."""
        now, (what, when) = perf_counter(), self._shown
        about = asked.parts, asked.cell, asked.wish, asked.snapshot.architecture
        if about == what and asked.snapshot.state is RunState.RUNNING and now - when < SLOW:
            return False
        self._shown = about, now
        return True

    def _tell_of(self, layer: int) -> None:
        self._wish = replace(self._wish, layer=layer)
        self._pictures.features = self._wish

    def _want(self, **values: object) -> None:
        self._wish = replace(self._wish, **values)  # type: ignore[arg-type]
        self._pictures.features = self._wish  # a picture to take home shows what the panel does
        self.explainer.ask_again()
