"""Asks how large a figure is to be: a size that is often needed, or one of the reader's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mlp_playground.errors import InvalidValue
from mlp_playground.views.controls import Choice
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.number_field import parse_number
from mlp_playground.views.parts import captioned, label
from mlp_playground.views.theme import SPACE, font

Size = tuple[int, int, int]
"""Pixels across, down and to an inch."""

FITTING, OWN = "fitting", "own"
SIZES: dict[str, tuple[str, Size]] = {
    "slide": ("Slide, 1920 × 1080", (1920, 1080, 144)),
    "square": ("Square, 1080 × 1080", (1080, 1080, 144)),
    "column": ("Paper, one column: 8.5 cm at 300 dpi", (1004, 900, 300)),
    "page": ("Paper, full width: 17 cm at 300 dpi", (2008, 1600, 300)),
}
EDITS = {
    "width": ("Width", "Pixels from left to right"),
    "height": ("Height", "Pixels from top to bottom"),
    "dpi": ("Dots per inch", "Pixels to an inch on paper: with more of them letters and lines are larger"),
}


class FigureSize(QWidget):
    """Holds a size, which follows the view or is the reader's `own`. `changed`: it is another one, or wrong now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.named = Choice(("As suits the view", FITTING, ""))
        for name, (text, _) in SIZES.items():
            self.named.add(text, name, "")
        self.named.add("Own", OWN, "")
        self.named.setToolTip("Sizes that are often needed")
        self.edits = {name: _edit(*words) for name, words in EDITS.items()}
        self.note = label("", 9, muted=True)
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.note.setFixedHeight(2 * self.note.fontMetrics().lineSpacing() + 4)  # so that nothing moves
        self._fitting: Size = (FigureOptions.width, FigureOptions.height, FigureOptions.dpi)
        self._lay_out()
        self.named.activated.connect(self._on_named)
        for edit in self.edits.values():
            edit.textEdited.connect(self._on_typed)

    @property
    def is_own(self) -> bool:
        """Whether the size stays as it is when the view is another one."""
        return self.named.currentData() != FITTING

    @property
    def value(self) -> Size:
        """The size. Raises InvalidValue for what is no number."""
        width, height, dpi = (_number(name, edit) for name, edit in self.edits.items())
        return width, height, dpi

    def show_own(self, size: Size) -> None:
        """Show a size of the reader's own."""
        self._show(size)
        self.named.show_data(next((name for name, (_, known) in SIZES.items() if known == size), OWN))

    def show_fitting(self, size: Size) -> None:
        """Another view, which this size would suit: it is taken unless there is an own one."""
        self._fitting = size
        if not self.is_own:
            self._show(self._fitting)

    def tell(self, problem: InvalidValue | None, words: str) -> None:
        """Say what is wrong, and where; or else these words."""
        self.note.setText(words if problem is None else f"{EDITS.get(problem.field, ('Size',))[0]}: {problem.allowed}")
        for name, edit in self.edits.items():
            wrong = problem is not None and problem.field in (name, "size")
            if bool(edit.property("wrong")) != wrong:
                edit.setProperty("wrong", wrong)
                edit.style().polish(edit)

    def _show(self, size: Size) -> None:
        for edit, number in zip(self.edits.values(), size, strict=True):
            edit.setText(str(number))

    def _on_named(self) -> None:
        name = self.named.currentData()
        if name != OWN:
            self._show(self._fitting if name == FITTING else SIZES[name][1])
        self.changed.emit()

    def _on_typed(self) -> None:
        self.named.show_data(OWN)
        self.changed.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for name, edit in self.edits.items():
            row.addWidget(captioned(EDITS[name][0], edit))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(captioned("Size", self.named))
        column.addLayout(row)
        column.addWidget(self.note)


def _edit(_caption: str, tip: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setToolTip(tip)
    edit.setFixedSize(80, 28)
    edit.setFont(font(10))
    return edit


def _number(name: str, edit: QLineEdit) -> int:
    try:
        return int(parse_number(edit.text(), 1, 99_999, whole=True))
    except InvalidValue as error:
        raise InvalidValue(name, error.value, error.allowed) from None
