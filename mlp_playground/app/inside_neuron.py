"""Keeps the Neuron panel: what the neuron that is looked at computes, for an example, everywhere, and by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from mlp_playground.analysis.neuron import Cell, Habits, Terms, habits, terms
from mlp_playground.analysis.neuron_map import NeuronMap, neuron_map
from mlp_playground.analysis.training_pass import Chosen, training_samples
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.inspected import POINTED
from mlp_playground.app.panels import Panel
from mlp_playground.data.example import Example
from mlp_playground.data.features import expand
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Answer
from mlp_playground.nn.network import Network
from mlp_playground.views.inside.best_samples import Best
from mlp_playground.views.inside.neuron_map_view import Pictured
from mlp_playground.views.inside.neuron_panel import NeuronPanel
from mlp_playground.views.inside.neuron_words import number, title, values_words

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow

SHARE = 0.2
"""Of the time while training, at most so much goes into each of its two questions."""


@dataclass(frozen=True)
class NeuronQuestion:
    """What the neuron `cell` of a moment's network does everywhere."""

    snapshot: Snapshot
    cell: Cell


@dataclass(frozen=True)
class NeuronAnswer:
    """Its map, if it has one, what it does with the training samples, and these."""

    map: NeuronMap | None
    habits: Habits
    chosen: Chosen


@dataclass(frozen=True)
class TermsQuestion:
    """What the neuron `cell` of a moment's network does with one example."""

    snapshot: Snapshot
    cell: Cell
    example: Example


def look(question: NeuronQuestion) -> NeuronAnswer:
    """On the worker's thread."""
    snapshot, cell = question.snapshot, question.cell
    data, features = snapshot.data, snapshot.config.features
    network = Network(snapshot.architecture, snapshot.theta)
    chosen = training_samples(data, features, snapshot.architecture)
    found = habits(network, chosen, data, cell)
    columns = snapshot.field.slice.columns if snapshot.field is not None and snapshot.field.slice is not None else None
    best = chosen.samples.X[:, list(found.best)] if data.image_shape is not None else None
    return NeuronAnswer(neuron_map(network, data, features, cell, columns, best), found, chosen)


def add_up(question: TermsQuestion) -> Terms:
    """On the worker's thread."""
    snapshot, x = question.snapshot, question.example.x
    if snapshot.data.space == "plane":
        x = expand(snapshot.config.features, x[:, None])[:, 0]
    return terms(Network(snapshot.architecture, snapshot.theta), x, question.cell)


class InsideNeuron(QObject):
    """The panel in `dock`, which follows the run while it is in front."""

    def __init__(self, window: MainWindow, dock: Panel) -> None:
        super().__init__(dock)
        self._dock, self._clock, self._inspected = dock, window.clock, window.inspected
        self._controller = window.controller
        self._seen: tuple[NeuronQuestion, NeuronAnswer] | None = None
        self._terms: tuple[TermsQuestion, Terms] | None = None
        self.panel = NeuronPanel()
        dock.setWidget(self.panel)
        self.explainer = Explainer("neuron", window.clock, self._question, look, self, SHARE)
        self.adder = Explainer("terms", window.clock, self._terms_question, add_up, self, SHARE)
        self._connect(window)
        self._look_again()

    def _connect(self, window: MainWindow) -> None:
        self.explainer.answered.connect(self._on_seen)
        self.adder.answered.connect(self._on_terms)
        window.clock.text_due.connect(self._show)
        window.inspected.cell_changed.connect(self._look_again)
        window.inspected.example_changed.connect(self._on_example)
        self._dock.seen_changed.connect(self._look_again)
        panel = self.panel
        panel.cell_chosen.connect(window.inspected.choose)
        panel.number_typed.connect(self._on_typed)
        panel.place_pointed.connect(self._on_place)
        panel.sample_pointed.connect(self._on_sample)
        panel.sample_picked.connect(lambda k: window.inspected.pick(self._sample(k)))
        panel.terms_wanted.connect(self._write_terms)

    # -- asking ---------------------------------------------------------------------------------------------------

    def _question(self, snapshot: Snapshot) -> NeuronQuestion | None:
        return NeuronQuestion(snapshot, self._inspected.cell) if self._dock.is_seen else None

    def _terms_question(self, snapshot: Snapshot) -> TermsQuestion | None:
        example = self._inspected.example
        if not self._dock.is_seen or example is None or len(example.x) != snapshot.data.n_in:
            return None
        return TermsQuestion(snapshot, self._inspected.cell, example)

    def _look_again(self) -> None:
        if self._clock.latest is not None:
            self._show(self._clock.latest)
        self.explainer.ask_again()
        self.adder.ask_again()

    def _on_example(self) -> None:
        if self._dock.is_seen:
            self.adder.ask_again()

    # -- showing --------------------------------------------------------------------------------------------------

    def _show(self, snapshot: Snapshot) -> None:
        if self._dock.is_seen:
            self.panel.show_cell(snapshot, self._inspected.cell)
            self._dock.heading.show_words("Neuron", title(snapshot, self._inspected.cell))
            self._write_terms()
            self._write_habits()

    def _on_seen(self, answer: Answer[NeuronQuestion, NeuronAnswer]) -> None:
        if not self._is_fresh(answer.question.snapshot, answer.question.cell):
            return
        before, self._seen = self._seen, (answer.question, answer.found)
        self._draw_map()
        is_new = before is None or before[0].cell != answer.question.cell
        if is_new or answer.question.snapshot.state is not RunState.RUNNING:  # else numbers follow slowly
            self._write_habits()

    def _on_terms(self, answer: Answer[TermsQuestion, Terms]) -> None:
        asked, before = answer.question, self._terms
        if not self._is_fresh(asked.snapshot, asked.cell):
            return
        self._terms = asked, answer.found
        is_new = before is None or (before[0].cell, before[0].example) != (asked.cell, asked.example)
        if is_new or asked.snapshot.state is not RunState.RUNNING:
            self._write_terms()
        if before is None or before[0].example is not asked.example:
            self._draw_map()

    def _is_fresh(self, snapshot: Snapshot, cell: Cell) -> bool:
        """Whether an answer is about a network like that on screen, and the neuron that is looked at."""
        latest = self._clock.latest
        same = latest is not None and latest.architecture == snapshot.architecture and latest.data is snapshot.data
        return same and cell == self._inspected.cell

    def _write_terms(self) -> None:
        if self._terms is not None and self._is_fresh(self._terms[0].snapshot, self._terms[0].cell):
            asked, found = self._terms
            self.panel.show_terms(asked.snapshot, asked.example, found)

    def _write_habits(self) -> None:
        if self._seen is None or not self._is_fresh(self._seen[0].snapshot, self._seen[0].cell):
            return
        (asked, answer), data = self._seen, self._seen[0].snapshot.data
        found = answer.habits
        words = tuple(_sample_words(asked.snapshot, answer.chosen, i) for i in found.best)
        best = Best(answer.chosen.samples.X[:, list(found.best)], found.activations, words, data.image_shape)
        self.panel.show_habits(found.groups, best, are_classes=data.task != "regression")

    def _draw_map(self) -> None:
        if self._seen is None:
            return
        asked, answer = self._seen
        if answer.map is None:
            self.panel.show_map(None)
            return
        example = self._inspected.example
        x = None if example is None or len(example.x) != asked.snapshot.data.n_in else example.x
        best = answer.chosen.samples.X[:, list(answer.habits.best)]
        self.panel.show_map(Pictured(answer.map, best, x))

    # -- what the reader does -------------------------------------------------------------------------------------

    def _sample(self, k: int) -> Example:
        """One of the samples that excite it most."""
        assert self._seen is not None
        _, answer = self._seen
        i, samples = answer.habits.best[k], answer.chosen.samples
        words = f"the training sample that excites it {_ordinal(k)}most"
        return Example(samples.X[:, i], float(samples.y[i]), words)

    def _on_sample(self, k: int | None) -> None:
        self._inspected.point_at(None if k is None else self._sample(k))

    def _on_place(self, x: NDArray[np.float32] | None) -> None:
        self._inspected.point_at(None if x is None else Example(x, None, POINTED))

    def _on_typed(self, sender: int | None, value: float) -> None:
        column, k = self.panel.cell
        if sender is None:
            self._controller.set_bias(column - 1, k, value)
        else:
            self._controller.set_weight(column - 1, k, sender, value)


def _ordinal(k: int) -> str:
    return "" if k == 0 else f"{k + 1}{('nd ', 'rd ')[k - 1] if k < 3 else 'th '}"


def _sample_words(snapshot: Snapshot, chosen: Chosen, i: int) -> str:
    """A sample in a list: its numbers, and what it is."""
    data, y = snapshot.data, chosen.samples.y[i]
    values = values_words(snapshot, chosen.samples.X[:, i].tolist())
    if data.task != "regression":
        return f"{values} {data.classes[int(y)]}".strip()
    target = float(y) if data.target is None else data.target.back(float(y))
    return f"{values} → {number(target, 2)}"
