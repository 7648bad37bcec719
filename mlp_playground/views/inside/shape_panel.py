"""The panel of shapes: the trace from samples to loss, and a place to try what would not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from mlp_playground.analysis.shapes import CLASSES, Mismatch, N, Shape, Step, Subject, parse_shape, trace
from mlp_playground.errors import InvalidValue
from mlp_playground.numerals import grouped
from mlp_playground.views.controls import Choice
from mlp_playground.views.inside.elided import Elided
from mlp_playground.views.inside.shape_table import ShapeTable
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.theme import SPACE, font

LETTER = "letter"
FITS = "Everything fits."
TRY = "Give an array another shape, and see where it no longer fits and how NumPy and PyTorch say so."
REFUSED = "Refused, the one before goes on: "


class ShapePanel(QWidget):
    """Shows the trace of a Subject. `back_wanted` says that the reader has seen enough of one that was refused."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject: Subject | None = None
        self._n_train = 0
        self._is_refused = False
        self.batch = Choice()
        self.batch.setToolTip("N is how many samples go through at once: any number, as each is a column of its own")
        self.batch.setAccessibleName("Number of samples")
        self.total = label("", 10, bold=True)
        self.verdict = Elided()
        self.table = ShapeTable()
        self.what = Choice()
        self.what.setAccessibleName("Array to change")
        self.what.setToolTip("The array whose shape to change here; the experiment itself stays as it is")
        self.shape = QLineEdit()
        self.shape.setFont(font(10))
        self.shape.setFixedHeight(28)
        self.shape.setAccessibleName("Its shape")
        self.back = flat_button("as it is", "All shapes as they are")
        self.messages = QLabel()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.batch.activated.connect(lambda _index: self._show())
        self.what.activated.connect(lambda _index: self._begin())
        self.shape.textEdited.connect(lambda _text: self._show())
        self.back.clicked.connect(self._on_back)

    def _lay_out(self) -> None:
        self.messages.setTextFormat(Qt.TextFormat.PlainText)
        self.messages.setFont(font(9))
        self.messages.setWordWrap(True)
        self.messages.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.messages.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addLayout(_row(label("N =", 9, muted=True), self.batch, self.total, self.verdict))
        left.addWidget(self.table, 1)
        title = label("What if it were …", 10, bold=True)
        title.setToolTip(TRY)
        right.addLayout(_row(title, Elided(), self.back))
        right.addLayout(_row(self.what, self.shape))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.messages)
        right.addWidget(scroll, 1)
        for column in (left, right):
            column.setSpacing(SPACE // 2)
        both = QHBoxLayout(self)
        both.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        both.setSpacing(2 * SPACE)
        both.addLayout(left, 11)
        both.addLayout(right, 4)

    def show_subject(self, subject: Subject, n_train: int, *, is_refused: bool = False) -> None:
        """Show the trace of a network and its data, or of one whose parts do not fit, which the run has refused."""
        if (subject, n_train, is_refused) == (self._subject, self._n_train, self._is_refused):
            return
        self._subject, self._n_train, self._is_refused = subject, n_train, is_refused
        chosen = self.batch.currentData()
        entries = [("any number", LETTER), (f"{grouped(subject.batch)}, a minibatch", "batch")]
        entries += [(f"{grouped(n_train)}, all training samples", "train"), ("1, a single sample", "one")]
        _fill(self.batch, entries, chosen or LETTER)
        arrays = [(_question(symbol), symbol) for symbol in usual_shapes(subject)]
        _fill(self.what, arrays, self.what.currentData() or "X")
        self._begin()

    @property
    def _numbers(self) -> dict[str, int | None]:
        assert self._subject is not None
        return {LETTER: None, "batch": self._subject.batch, "train": self._n_train, "one": 1}

    def _begin(self) -> None:
        """Offer the present shape of the chosen array."""
        assert self._subject is not None
        self.shape.setText(_typed(usual_shapes(self._subject)[self.what.currentData()]))
        self._show()

    def _on_back(self) -> None:
        self._begin()
        if self._is_refused:
            self.back_wanted.emit()

    def _show(self) -> None:
        subject = self._subject
        assert subject is not None
        symbol = self.what.currentData()
        usual = usual_shapes(subject)[symbol]
        complaint, shape = "", usual
        try:
            shape = parse_shape(self.shape.text(), usual)
        except InvalidValue as error:
            complaint = f"Type {error.allowed}."
        changed = {**subject.changed, **({symbol: shape} if shape != usual else {})}
        steps = trace(replace(subject, changed=changed))
        rest = trace(replace(subject, changed={}))[len(steps) :] if steps[-1].mismatch is not None else ()
        self.table.show_steps((*steps, *rest), len(steps), self._numbers[self.batch.currentData()])
        self.total.setText(f"{grouped(sum(step.parameters for step in (*steps, *rest)))} parameters")
        self._write(steps, complaint, is_tried=shape != usual)
        self.shape.setProperty("wrong", bool(complaint))
        self.shape.style().polish(self.shape)

    def _write(self, steps: tuple[Step, ...], complaint: str, *, is_tried: bool) -> None:
        """What fits and what does not."""
        mismatch = steps[-1].mismatch
        prefix = REFUSED if self._is_refused and not is_tried else ""
        self.verdict.show_text(prefix + (FITS if mismatch is None else mismatch.words))
        self.back.setVisible(is_tried or self._is_refused)
        if complaint:
            self.messages.setText(complaint)
        elif mismatch is not None:
            self.messages.setText(_said(mismatch))
        else:
            self.messages.setText("No error: it goes through like that, too." if is_tried else TRY)


def usual_shapes(subject: Subject) -> Mapping[str, Shape]:
    """The arrays whose shapes can be tried, as they are when all fits."""
    plain = trace(replace(subject, changed={}))
    shapes: dict[str, Shape] = {"X": (subject.n_raw, N)}
    for step in plain:
        for operand in step.operands:
            if operand.symbol[0] in "Wb":
                shapes[operand.symbol] = operand.shape
    if subject.labels:
        shapes[CLASSES] = (subject.labels,)
    return shapes


def _question(symbol: str) -> str:
    return "classes" if symbol == CLASSES else symbol


def _typed(shape: Shape) -> str:
    return ", ".join("N" if n == N else str(n) for n in shape)


def _said(mismatch: Mismatch) -> str:
    return f"{mismatch.words}\n\nNumPy (W @ A + b): {mismatch.numpy}\n\nPyTorch (A.T @ W.T + b): {mismatch.torch}"


def _fill(choice: Choice, entries: list[tuple[str, str]], chosen: str) -> None:
    if entries != [(choice.itemText(k), choice.itemData(k)) for k in range(choice.count())]:
        blocked = choice.blockSignals(True)
        choice.clear()
        for text, data in entries:
            choice.add(text, data, "")
        choice.blockSignals(blocked)
        choice.updateGeometry()
    choice.show_data(chosen if chosen in [data for _, data in entries] else entries[0][1])


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, (Elided, QLineEdit)) else 0)
    return row
