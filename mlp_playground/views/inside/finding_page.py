"""One finding, whole: its evidence as a picture and as numbers, why it happens, and what helps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mlp_playground.experiment.doctor.finding import Finding
from mlp_playground.views.inside.elided import Elided
from mlp_playground.views.inside.evidence import Evidence
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.theme import SPACE


class FindingPage(QWidget):
    """Shows a finding. `left` goes back to all layers; `cure_wanted` and `trial_wanted` carry it."""

    left = Signal()
    cure_wanted = Signal(object)
    trial_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.finding: Finding | None = None
        self.back = flat_button("‹ All layers", "Back to the health of all layers (Esc)")
        self.title = Elided("", 11, bold=True, muted=False)
        self.evidence = Evidence()
        self._facts = QGridLayout()
        self.why = _text("")
        self.cure = Elided("", 9.5, bold=True, muted=False)
        self.apply_button = QPushButton("Apply")
        self.apply_button.setToolTip("Make this change of your network; Ctrl+Z takes it back")
        self.try_button = QPushButton("Try on a copy …")
        self.try_button.setToolTip(
            "Two copies go on side by side, one with the change,\nwith the same seed and minibatches. "
            "Your own network stays as it is"
        )
        self._arrange()
        self.back.clicked.connect(self.left)
        self.apply_button.clicked.connect(lambda: self.cure_wanted.emit(self.finding))
        self.try_button.clicked.connect(lambda: self.trial_wanted.emit(self.finding))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addWidget(self.title, 1)
        body = QHBoxLayout()
        body.setSpacing(2 * SPACE)
        body.addWidget(self.evidence, 4)
        body.addWidget(self._reading(), 6)
        below = QHBoxLayout()
        below.addWidget(label("What helps:", 9, muted=True))
        below.addWidget(self.cure, 1)
        below.addWidget(self.try_button)
        below.addWidget(self.apply_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addLayout(body, 1)
        column.addLayout(below)

    def _reading(self) -> QScrollArea:
        words = QWidget()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(2 * SPACE)
        self._facts.setVerticalSpacing(2)
        self._facts.setColumnStretch(1, 1)
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        column.addLayout(self._facts)
        column.addWidget(self.why)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(words)
        return scroll

    def show_finding(self, finding: Finding, *, is_gone: bool = False) -> None:
        """Show it, or the same one with newer numbers; `is_gone`: it is found no more."""
        self.finding = finding
        self.title.show_text(finding.title + (" – not any more" if is_gone else ""))
        self.evidence.show_picture(finding.picture)
        self._show_facts(finding)
        if self.why.text() != finding.why:
            self.why.setText(finding.why)
        self.cure.show_text(finding.cure.words)
        self.cure.setToolTip(f"Undo calls it “{finding.cure.name}”")

    def _show_facts(self, finding: Finding) -> None:
        texts = [text for fact in finding.facts for text in fact]
        while self._facts.count() > len(texts):
            item = self._facts.takeAt(self._facts.count() - 1)
            gone = None if item is None else item.widget()
            if gone is not None:
                gone.hide()  # until then it would lie over what takes its place
                gone.deleteLater()
        for i, text in enumerate(texts):
            self._fact(*divmod(i, 2)).setText(text)

    def _fact(self, row: int, column: int) -> QLabel:
        item = self._facts.itemAtPosition(row, column)
        if item is not None:
            found = item.widget()
            assert isinstance(found, QLabel)
            return found
        made = label("", 9, muted=True) if column == 0 else _text("")
        made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._facts.addWidget(made, row, column)
        return made


def _text(words: str) -> QLabel:
    """A paragraph that can be selected."""
    result = label(words, 9)
    result.setWordWrap(True)
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result
