"""The computational graph of some samples: forward, back and the optimizer's turn, step by step with all numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mlp_playground.analysis.trace.check import Check
from mlp_playground.analysis.trace.graph import Op
from mlp_playground.analysis.trace.passes import Trace
from mlp_playground.analysis.trace.steps import Phase, Step, steps_of
from mlp_playground.experiment.graph_question import Followed, GraphQuestion
from mlp_playground.views.canvas.time_words import epoch_number
from mlp_playground.views.inside.graph_check import ASK, GraphCheck
from mlp_playground.views.inside.graph_chooser import GraphChooser
from mlp_playground.views.inside.graph_player import GraphPlayer
from mlp_playground.views.inside.graph_tables import meaning_of, tables_of, update_tables
from mlp_playground.views.inside.graph_update import entry_words, update_words
from mlp_playground.views.inside.graph_view import GraphView
from mlp_playground.views.inside.graph_words import step_words
from mlp_playground.views.inside.matrix import Entry, Matrix
from mlp_playground.views.inside.matrix_numbers import ROW
from mlp_playground.views.inside.matrix_view import MatrixView
from mlp_playground.views.layers.graph_names import slope, symbol
from mlp_playground.views.layers.graph_subject import subject_words
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.theme import SPACE

MOST_TABLES = 5
ANSWERS = (Op.INPUT, Op.FEATURES, Op.ADD, Op.ACTIVATION, Op.ANSWER)
"""The last of these in a layer is what its neurons say."""
START = "Press → to step through it, or click a box to read its numbers. "


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
        self._entry: Entry | None = None
        self._marked = ""
        self._told: Step | None = None
        self.is_held = False
        self.chooser, self.player, self.view, self.check = GraphChooser(), GraphPlayer(), GraphView(), GraphCheck()
        self.newest = flat_button("Newest", "Take the newest moment of the run, and stay at this step")
        self.words = label("", 9)
        self.tables = [MatrixView() for _ in range(MOST_TABLES)]
        self.reason = label("", 10, muted=True)
        self._lay_out()
        self.player.moved.connect(self._on_moved)
        self.view.stepped.connect(self.player.go)
        self.view.chosen.connect(self._on_chosen)
        self.newest.clicked.connect(self.newest_wanted)
        self.check.wanted.connect(self._on_check)
        for table in self.tables:
            table.selected.connect(lambda entry, table=table: self._on_entry(table, entry))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        for part in (self.chooser, self.player, self.newest):
            top.addWidget(part)
        top.insertStretch(1, 1)
        top.insertStretch(3, 1)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.words.setFixedHeight(2 * self.words.fontMetrics().lineSpacing())  # so that nothing moves with a step
        row = QWidget()
        tables = QHBoxLayout(row)
        tables.setContentsMargins(0, 0, 0, 0)
        tables.setSpacing(SPACE)
        for table in self.tables:
            table.hide()
            tables.addWidget(table, 1)
        tables.addStretch(0)
        room = QScrollArea()  # large matrices beside each other must not widen the window
        room.setWidget(row)
        room.setWidgetResizable(True)
        room.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setMinimumHeight(5 * ROW + 3)
        graph = QWidget()
        column = QVBoxLayout(graph)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.view)
        column.addWidget(self.words)
        column.addWidget(room, 1)
        column.addWidget(self.check)
        self.reason.setWordWrap(True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(graph)
        self.pages.addWidget(self.reason)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        whole.setSpacing(SPACE // 2)
        whole.addLayout(top)
        whole.addWidget(self.pages, 1)

    # -- what is shown --------------------------------------------------------------------------------------------

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
            self._choose(Step(Phase.FORWARD, nodes[-1].name))
            self._told, self._entry = self._chosen, (neuron, 0)
            self._tell()

    def show_check(self, trace: Trace, check: Check) -> None:
        """The answer to a check, if its numbers are still those on screen."""
        if self._followed is not None and trace is self._followed.trace:
            self.check.show_check(check)

    def show_moment(self, *, is_newer: bool) -> None:
        """Say which moment it is, and let the user go on to the newest, if the run has gone on since."""
        self.newest.setEnabled(self.is_held and is_newer)
        if self._question is not None:
            is_past = self._question.snapshot.at is not None
            how = "held while you look" if self.is_held else "looked back at" if is_past else "live"
            self.moment_told.emit(f"epoch {epoch_number(self._question.frame)}, {how}")

    # -- what the user does ---------------------------------------------------------------------------------------

    def _on_moved(self) -> None:
        self._chosen, self._entry, self._marked = None, None, ""
        self._hold(self.player.position > 0)
        self._tell()

    def _on_chosen(self, step: Step) -> None:
        if step != self.shown:
            self._choose(step)
            self._tell()

    def _choose(self, step: Step) -> None:
        self._chosen, self._entry, self._marked = step, None, ""
        self.player.stand_at(step)

    def _on_entry(self, table: MatrixView, entry: Entry) -> None:
        assert table.matrix is not None
        self._entry, self._marked = entry, table.matrix.check
        self._hold(True)
        self._show_entry()

    def _on_check(self, name: str, entry: Entry, epsilon: float) -> None:
        assert self._followed is not None
        self._hold(True)
        self.check_wanted.emit(self._followed.trace, name, entry, epsilon)

    def _hold(self, is_held: bool) -> None:
        if is_held != self.is_held:
            self.is_held = is_held
            self.held_changed.emit(is_held)

    # -- telling --------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Everything about the step that is shown."""
        step = self.shown
        self.view.show_steps(self.player.done, step)
        if step is None:
            return
        is_start = not self.player.position and self._chosen is None
        self.words.setText((START if is_start else "") + self._words(step))
        self.words.setToolTip(self._words(step))
        matrices = self._matrices(step)[:MOST_TABLES]
        if step != self._told:
            self._told = step
            self._entry, self._marked = self._first_entry(step, matrices)
        for table, matrix in zip(self.tables, matrices, strict=False):
            table.show_matrix(matrix)
        for i, table in enumerate(self.tables):
            table.setVisible(i < len(matrices))
        self._show_entry()

    def _is_update(self, step: Step) -> bool:
        """Whether it is about a parameter and what the optimizer does with it."""
        assert self._followed is not None
        graph = self._followed.trace.graph
        return step.phase is Phase.UPDATE and step.name in graph.parameters and graph.has_loss

    def _words(self, step: Step) -> str:
        assert self._question is not None
        assert self._followed is not None
        if self._is_update(step):
            return update_words(self._question, self._followed, step.name)
        words = step_words(self._followed.trace, step)
        if step.name != "x":
            return words
        no_way_back = "" if self._followed.trace.graph.has_loss else f" {self._followed.why_no_step}"
        return f"{subject_words(self._question, self._followed)}: {words}{no_way_back}"

    def _matrices(self, step: Step) -> list[Matrix]:
        assert self._question is not None
        assert self._followed is not None
        trace, snapshot = self._followed.trace, self._question.snapshot
        if self._is_update(step) and self._followed.step is not None:
            sign = symbol(trace.graph, step.name)
            return update_tables(
                self._question.frame.architecture, self._followed.step, step.name, sign, snapshot.data.image_shape
            )
        return tables_of(trace, step, meaning_of(snapshot.data, snapshot.config))

    def _first_entry(self, step: Step, matrices: list[Matrix]) -> tuple[Entry | None, str]:
        """Of an update the number that changes most, or would; else none is marked."""
        if not self._is_update(step) or len(matrices) < 3:
            return None, ""
        got, change = (np.abs(matrix.values) for matrix in matrices[1:3])
        change = change if change.any() else got
        row, column = np.unravel_index(int(change.argmax()), change.shape)
        return (int(row), int(column)), step.name

    def _show_entry(self) -> None:
        """Mark the entry in all matrices of that shape, and offer to check it."""
        shown = [table.matrix for table in self.tables if not table.isHidden() and table.matrix is not None]
        marked = next((m for m in shown if m.check and m.check == self._marked), None)
        if self._entry is not None and marked is not None and not _holds(marked, self._entry):
            self._entry = None  # of a network that has fewer now
        for table in self.tables:
            matrix = table.matrix
            fits = matrix is not None and self._entry is not None and _holds(matrix, self._entry)
            same = fits and (marked is None or matrix is None or matrix.values.shape == marked.values.shape)
            table.show_entry(self._entry if same else None)
        assert self._followed is not None
        trace, step = self._followed.trace, self.shown
        sign = slope(trace.graph, self._marked) if self._marked and trace.graph.has_loss else ""
        self.check.offer(self._marked if marked is not None else "", self._entry, sign)
        if step is not None and self._is_update(step) and self._followed.step is not None and self._entry:
            assert self._question is not None
            words = entry_words(self._question.frame.architecture, self._followed.step, step.name, self._entry)
            self.check.tell(words, words)
        else:
            self.check.tell(ASK)


def _holds(matrix: Matrix, entry: Entry) -> bool:
    return all(i < n for i, n in zip(entry, matrix.values.shape, strict=True))
