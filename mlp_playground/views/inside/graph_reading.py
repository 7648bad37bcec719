"""What is read of one step of a graph: a sentence, its matrices, and one of their numbers checked or followed."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mlp_playground.analysis.trace.check import Check
from mlp_playground.analysis.trace.passes import Trace
from mlp_playground.analysis.trace.steps import Phase, Step
from mlp_playground.experiment.graph_question import Followed, GraphQuestion
from mlp_playground.views.inside.graph_check import ASK, GraphCheck
from mlp_playground.views.inside.graph_tables import meaning_of, tables_of, update_tables
from mlp_playground.views.inside.graph_update import entry_words, update_words
from mlp_playground.views.inside.graph_words import step_words
from mlp_playground.views.inside.matrix import Entry, Matrix
from mlp_playground.views.inside.matrix_numbers import ROW
from mlp_playground.views.inside.matrix_view import MatrixView
from mlp_playground.views.layers.graph_names import slope, symbol
from mlp_playground.views.layers.graph_subject import subject_words
from mlp_playground.views.parts import label
from mlp_playground.views.theme import SPACE

MOST_TABLES = 5


class GraphReading(QWidget):
    """`marked` says that the user has marked a number; `check_wanted` carries the value's name, the entry and ε."""

    marked = Signal()
    check_wanted = Signal(str, tuple, float)

    def __init__(self) -> None:
        super().__init__()
        self._about: tuple[GraphQuestion, Followed, Step] | None = None
        self._entry: Entry | None = None
        self._of = ""  # the value whose gradient can be checked at that entry
        self.words, self.check = label("", 9), GraphCheck()
        self.tables = [MatrixView() for _ in range(MOST_TABLES)]
        self._lay_out()
        self.check.wanted.connect(self.check_wanted)
        for table in self.tables:
            table.selected.connect(lambda entry, table=table: self._on_entry(table, entry))
            table.entered.connect(self.check.button.click)

    def _lay_out(self) -> None:
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.words)
        column.addWidget(room, 1)
        column.addWidget(self.check)

    # -- showing --------------------------------------------------------------------------------------------------

    def show_step(self, question: GraphQuestion, followed: Followed, step: Step, before: str = "") -> None:
        """Tell of a step, after the words `before`. A marked number stays marked while it is the same step."""
        is_other = self._about is None or self._about[2] != step
        self._about = question, followed, step
        words = self._words()
        self.words.setText(before + words)
        self.words.setToolTip(words)
        matrices = self._matrices()[:MOST_TABLES]
        if is_other:
            self._entry, self._of = self._first_entry(matrices)
        for table, matrix in zip(self.tables, matrices, strict=False):
            table.show_matrix(matrix)
        for i, table in enumerate(self.tables):
            table.setVisible(i < len(matrices))
        self._show_entry()

    def mark(self, entry: Entry | None) -> None:
        """Mark a number of what is shown, or (None) none."""
        self._entry, self._of = entry, ""
        self._show_entry()

    def show_check(self, trace: Trace, check: Check) -> None:
        """The answer to a check, if its numbers are still those on screen."""
        if self._about is not None and trace is self._about[1].trace:
            self.check.show_check(check)

    # -- what there is to read ------------------------------------------------------------------------------------

    @property
    def _is_update(self) -> bool:
        """Whether it is about a parameter and what the optimizer does with it."""
        assert self._about is not None
        _, followed, step = self._about
        graph = followed.trace.graph
        return step.phase is Phase.UPDATE and step.name in graph.parameters and graph.has_loss

    def _words(self) -> str:
        assert self._about is not None
        question, followed, step = self._about
        if self._is_update:
            return update_words(question, followed, step.name)
        words = step_words(followed.trace, step)
        if step.name != "x":
            return words
        no_way_back = "" if followed.trace.graph.has_loss else f" {followed.why_no_step}"
        return f"{subject_words(question, followed)}: {words}{no_way_back}"

    def _matrices(self) -> list[Matrix]:
        assert self._about is not None
        question, followed, step = self._about
        meaning = meaning_of(question.snapshot.data, question.snapshot.config)
        if self._is_update and followed.step is not None:
            architecture, sign = question.frame.architecture, symbol(followed.trace.graph, step.name)
            return update_tables(architecture, followed.step, step.name, sign, meaning.image)
        return tables_of(followed.trace, step, meaning)

    def _first_entry(self, matrices: list[Matrix]) -> tuple[Entry | None, str]:
        """Of an update the number that changes most, or would; else none is marked."""
        assert self._about is not None
        if not self._is_update or self._about[1].step is None:
            return None, ""
        got, change = (np.abs(matrix.values) for matrix in matrices[1:3])
        change = change if change.any() else got
        row, column = np.unravel_index(int(change.argmax()), change.shape)
        return (int(row), int(column)), self._about[2].name

    # -- one number -----------------------------------------------------------------------------------------------

    def _on_entry(self, table: MatrixView, entry: Entry) -> None:
        assert table.matrix is not None
        self._entry, self._of = entry, table.matrix.check
        self.marked.emit()
        self._show_entry()

    def _show_entry(self) -> None:
        """Mark the entry in all matrices of that shape, and offer to check it."""
        shown = [table for table in self.tables if not table.isHidden()]
        checked = next((t.matrix for t in shown if t.matrix and t.matrix.check and t.matrix.check == self._of), None)
        if self._entry is not None and checked is not None and not checked.has(self._entry):
            self._entry = None  # of a network that has fewer now
        for table in shown:
            matrix = table.matrix
            assert matrix is not None
            is_alike = checked is None or matrix.values.shape == checked.values.shape
            fits = self._entry is not None and matrix.has(self._entry)
            table.show_entry(self._entry if fits and is_alike else None)
        self._offer_check(self._of if checked is not None else "")

    def _offer_check(self, name: str) -> None:
        assert self._about is not None
        question, followed, step = self._about
        sign = slope(followed.trace.graph, name) if name else ""
        self.check.offer(name, self._entry, sign)
        words = ASK
        if self._is_update and followed.step is not None and self._entry is not None:
            words = entry_words(question.frame.architecture, followed.step, step.name, self._entry)
        self.check.tell(words, words)
