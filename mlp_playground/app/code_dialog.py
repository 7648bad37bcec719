"""Shows a network as code, in the kind that is chosen, to copy, to save and to be held against the program."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mlp_playground.app.beside import lay_out, room_for
from mlp_playground.export import verify
from mlp_playground.export.codes import CODES, Code
from mlp_playground.export.subject import Subject
from mlp_playground.views.code_text import CodeText
from mlp_playground.views.controls import Choice
from mlp_playground.views.parts import captioned, label
from mlp_playground.views.theme import SPACE

FORM = 264
"""Pixels of the choices' width."""
WIDE = 0.85
"""How much of the window the dialog covers, at least."""
CONTENTS = (
    ("what it has learned", False, "The network with its weights, as they are now"),
    ("how it learns", True, "The recipe: data, first weights and training as they are set, without what was learned"),
)
VERIFY = "Run this script in a process of its own on the data's points, and compare its answers with the program's"
ONLY_NUMPY = "Only the NumPy script can be run here: the program has no other library on board"


class CodeDialog(QDialog):
    """The code of a subject, at first of the kind and with the content that are `chosen`. `copy_wanted`, `save_wanted`
    and `verify_wanted`: of what is chosen; `cancelled`: the comparison that is under way is not wanted any more."""

    copy_wanted = Signal()
    save_wanted = Signal()
    verify_wanted = Signal()
    cancelled = Signal()

    def __init__(self, subject: Subject, chosen: tuple[str, bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Copy as code")
        self.subject = subject
        self.text = CodeText()
        self.kind = Choice(*((code.label, code.name, code.words) for code in CODES.values()))
        self.content = Choice(*CONTENTS)
        self.words, self.files = label("", 9, muted=True), label("", 9, muted=True)
        self.verify, self.verdict = QPushButton("Verify"), label("", 9.5)
        self.bar = QProgressBar()
        self.copy, self.save, self.leave = QPushButton("Copy"), QPushButton("Save as…"), QPushButton("Close")
        self._is_busy = False
        self.kind.show_data(chosen[0])
        self.content.show_data(chosen[1])
        self._dress()
        self._lay_out()
        self._connect()
        self._show()
        self.copy.setFocus()
        if parent is not None:  # the more one sees of the code the better
            self.resize(QSize(round(parent.width() * WIDE), round(parent.height() * WIDE)))

    @property
    def code(self) -> Code:
        """The chosen kind."""
        return CODES[self.kind.currentData()]

    @property
    def is_recipe(self) -> bool:
        """Whether the code is to say how the network learns, and not what it has learned."""
        return bool(self.content.currentData())

    def show_busy(self, busy: bool) -> None:
        """A script is being run, or none."""
        self._is_busy = busy
        self.bar.setVisible(busy)
        self.verify.setText("Cancel" if busy else "Verify")
        for part in (self.kind, self.content, self.copy, self.save):
            part.setEnabled(not busy)
        if busy:
            self.verdict.setText("It learns first …" if self.is_recipe else "The script runs …")
        else:
            self._enable()

    def show_verdict(self, words: str) -> None:
        """What the comparison has shown."""
        self.show_busy(False)
        self.verdict.setText(words)

    def reject(self) -> None:
        """Close, or stop the comparison that is under way."""
        if self._is_busy:
            self.cancelled.emit()
        else:
            super().reject()

    def _dress(self) -> None:
        self.kind.setToolTip("For whom the network is written")
        self.content.setToolTip("The network as it is, or the way there")
        for part in (self.words, self.files, self.verdict):
            part.setWordWrap(True)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.copy.setToolTip("Put the text on the clipboard")
        self.save.setToolTip("Write it into a file, with the file beside it where there is one")
        self.save.setDefault(True)

    def _lay_out(self) -> None:
        form = QVBoxLayout()
        for part in (captioned("Write it in", self.kind), self.words, captioned("with", self.content), self.files):
            form.addWidget(part)
        form.addSpacing(SPACE)
        for part in (self.verify, self.bar, self.verdict):
            form.addWidget(part)
        form.addStretch(1)
        lay_out(self, self.text, room_for(form, FORM), (self.copy, self.save, self.leave))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._show)
        self.content.currentIndexChanged.connect(self._show)
        self.copy.clicked.connect(self.copy_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.leave.clicked.connect(self.reject)
        self.verify.clicked.connect(lambda: self.cancelled.emit() if self._is_busy else self.verify_wanted.emit())

    def _show(self) -> None:
        why = self._why_not()
        self.words.setText(f"{self.code.label}: {self.code.words}.")
        self.text.setPlainText(f"# {why}" if why else self.code.shown(self.subject, recipe=self.is_recipe))
        self.files.setText("" if why else self._files())
        self.verdict.setText("")
        self._enable()

    def _why_not(self) -> str:
        """Why what is chosen can't be written; then the other content is chosen, if that helps."""
        model = self.content.model()
        assert isinstance(model, QStandardItemModel)
        reasons = [self.code.why_not(self.subject, recipe=recipe) for _, recipe, _ in CONTENTS]
        for row, (reason, (_, _, tip)) in enumerate(zip(reasons, CONTENTS, strict=True)):
            model.item(row).setEnabled(not reason)
            model.item(row).setToolTip(f"It must be {reason}" if reason else tip)
        if reasons[self.content.currentIndex()] and not all(reasons):
            self.content.show_data(not self.is_recipe)
        return reasons[self.content.currentIndex()] and f"It must be {reasons[self.content.currentIndex()]}."

    def _files(self) -> str:
        written = self.code.written(self.subject, recipe=self.is_recipe)
        if written.beside is None:
            return f"One file of {_size(len(written.content))}."
        what = "weights" if written.kind == "weights" else "samples"
        sizes = f"{_size(len(written.content))} and {_size(len(written.beside))}"
        return f"Two files of {sizes}: the {what} are too many for the text and are saved beside it."

    def _enable(self) -> None:
        can = not self._why_not()
        self.copy.setEnabled(can)
        self.save.setEnabled(can)
        why = verify.why_not(self.subject, recipe=self.is_recipe) if self.code.name == "numpy" else ONLY_NUMPY
        self.verify.setEnabled(can and not why)
        self.verify.setToolTip(why or VERIFY)


def _size(n: int) -> str:
    return f"{n / 1e6:.1f} MB" if n >= 1e6 else f"{max(n / 1e3, 0.1):.1f} kB"
