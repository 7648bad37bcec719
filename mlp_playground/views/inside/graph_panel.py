"""The computational graph of some samples: forward, back and the optimizer's turn, step by step with all numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mlp_playground.analysis.trace.graph import Op
from mlp_playground.analysis.trace.steps import Phase, Step, steps_of
from mlp_playground.experiment.graph_question import Followed, GraphQuestion
from mlp_playground.views.canvas.time_words import epoch_number
from mlp_playground.views.inside.graph_chooser import GraphChooser
from mlp_playground.views.inside.graph_player import GraphPlayer
from mlp_playground.views.inside.graph_reading import GraphReading
from mlp_playground.views.inside.graph_view import GraphView
from mlp_playground.views.inside.matrix import Entry
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.scrolled import Scrolled
from mlp_playground.views.theme import SPACE

LEAST = 150
"""Pixels of height for the graph and what is read of it; in a low drawer the rest is scrolled to."""
START = "Press → to step through it, or click a box to read its numbers. "
ANSWERS = (Op.INPUT, Op.FEATURES, Op.ADD, Op.ACTIVATION, Op.ANSWER)
"""The last of these in a layer is what its neurons say."""


class GraphPanel(QWidget):
    """Shows what was followed. Whoever steps through it, or has marked a number, holds the moment: `held_changed`.

    `check_wanted` carries the Trace, the value's name, the entry and ε; `newest_wanted` asks for the present moment,
    and `moment_told` says in words which one is shown.
    """

    held_changed = Signal(bool)
    newest_wanted = Signal()
    moment_told = Signal(str)
    check_wanted = Signal(object, str, tuple, float)

    def __init__(self) -> None:
        super().__init__()
        self._question: GraphQuestion | None = None
        self._followed: Followed | None = None
        self._chosen: Step | None = None
        self.is_held = False
        self.chooser, self.player, self.view, self.reading = GraphChooser(), GraphPlayer(), GraphView(), GraphReading()
        self.newest = flat_button("Newest", "Take the newest moment of the run, and stay at this step")
        self.reason = label("", 10, muted=True)
        self._lay_out()
        self.player.moved.connect(self._on_moved)
        self.player.began_anew.connect(self._on_began_anew)
        self.view.stepped.connect(self.player.go)
        self.view.chosen.connect(self._on_chosen)
        self.newest.clicked.connect(self.newest_wanted)
        self.reading.marked.connect(lambda: self._hold(True))
        self.reading.check_wanted.connect(self._on_check)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        for part in (self.chooser, self.player, self.newest):
            top.addWidget(part)
        top.insertStretch(1, 1)
        top.insertStretch(3, 1)
        graph = QWidget()
        column = QVBoxLayout(graph)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.view)
        column.addWidget(self.reading, 1)
        self.reason.setWordWrap(True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(Scrolled(graph, least=LEAST))
        self.pages.addWidget(self.reason)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        whole.setSpacing(SPACE // 2)
        whole.addLayout(top)
        whole.addWidget(self.pages, 1)

    # -- what is shown --------------------------------------------------------------------------------------------

    @property
    def followed(self) -> Followed | None:
        """What is on screen."""
        return self._followed

    @property
    def shown(self) -> Step | None:
        """The step whose numbers are on screen: the one that was clicked, or else the last one done."""
        if self._followed is None:
            return None
        names = self._followed.trace.graph.by_name
        if self._chosen is not None and self._chosen.name in names:
            return self._chosen
        return self.player.done[-1] if self.player.position else self.player.steps[0]

    def show_followed(self, question: GraphQuestion, followed: Followed) -> None:
        """Draw the graph of a moment with its numbers."""
        self._question, self._followed = question, followed
        self.pages.setCurrentIndex(0)
        self.chooser.show_samples(followed.samples, question.snapshot.material.n_train)
        self.player.show_steps(steps_of(followed.trace.graph, learns=followed.step is not None))
        self.view.show_trace(followed.trace)
        self._tell()

    def show_reason(self, words: str) -> None:
        """Why there is no graph."""
        self.reason.setText(words)
        self.pages.setCurrentIndex(1)

    def look_at(self, column: int, neuron: int) -> None:
        """What a layer's neuron (column 0: an input) answers, unless somebody steps through the graph just now."""
        if self._followed is None or self.player.position:
            return
        nodes = [node for node in self._followed.trace.graph.nodes if node.op in ANSWERS and node.layer == column]
        if nodes:
            self._choose(Step(Phase.FORWARD, nodes[-1].name), (neuron, 0))

    def show_moment(self, *, is_newer: bool) -> None:
        """Say which moment it is, and let the user go on to the newest, if the run has gone on since."""
        self.newest.setEnabled(self.is_held and is_newer)
        if self._question is not None:
            is_past = self._question.snapshot.at is not None
            how = "held while you look" if self.is_held else "looked back at" if is_past else "live"
            self.moment_told.emit(f"epoch {epoch_number(self._question.frame)}, {how}")

    # -- what the user does ---------------------------------------------------------------------------------------

    def _on_moved(self) -> None:
        self._chosen = None
        self._hold(self.player.position > 0)
        self._tell()

    def _on_began_anew(self) -> None:
        self._chosen = None
        self.reading.mark(None)
        self._hold(False)
        self._tell()

    def _on_chosen(self, step: Step) -> None:
        if step != self.shown:
            self._choose(step)

    def _choose(self, step: Step, entry: Entry | None = None) -> None:
        self._chosen = step
        self.player.stand_at(step)
        self._tell()
        if entry is not None:
            self.reading.mark(entry)

    def _on_check(self, name: str, entry: Entry, epsilon: float) -> None:
        assert self._followed is not None
        self._hold(True)
        self.check_wanted.emit(self._followed.trace, name, entry, epsilon)

    def _hold(self, is_held: bool) -> None:
        if is_held != self.is_held:
            self.is_held = is_held
            self.player.show_held(is_held)
            self.held_changed.emit(is_held)

    def _tell(self) -> None:
        """Everything about the step that is shown."""
        step = self.shown
        self.view.show_steps(self.player.done, step)
        if step is not None:
            assert self._question is not None
            assert self._followed is not None
            is_start = not self.player.position and self._chosen is None
            self.reading.show_step(self._question, self._followed, step, START if is_start else "")
