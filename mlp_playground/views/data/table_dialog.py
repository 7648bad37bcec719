"""Asks what a table's columns are: which of them the network is told, and which one it is to answer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mlp_playground.data.dialect import SEPARATORS, find_separator
from mlp_playground.data.from_table import problems, to_own_data, usual_inputs, usual_problem, usual_target
from mlp_playground.data.own import OwnData
from mlp_playground.data.table import Table, parse_table, read_text
from mlp_playground.errors import InvalidValue
from mlp_playground.views.controls import CheckBox, Choice
from mlp_playground.views.data.table_parts import InputTicks, PreviewModel, short
from mlp_playground.views.data.table_words import words
from mlp_playground.views.parts import captioned, flat_button, label
from mlp_playground.views.theme import SPACE, font

TASKS = {"classify": "classes to tell apart", "regress": "a number to predict"}
ROW = 24
"""Pixels of a row of the preview."""
ROWS = 6
"""Rows of the preview that are seen without scrolling."""
LINES = 5
"""Lines of text that there is room for below, so that nothing moves when it changes."""


class TableDialog(QDialog):
    """Shows the table in a file as it was understood, lets that be put right, and asks which columns to use.

    `chosen` carries the OwnData. Raises InvalidValue for a file that can't be read as text.
    """

    chosen = Signal(object)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._name = read_text(path), path.name
        self._table: Table | None = None
        self._own: OwnData | None = None
        self.setWindowTitle(f"Data from {path.name}")
        self.separator = Choice(*((name, mark, "") for mark, name in SEPARATORS.items()))
        self.has_header = CheckBox("The first row has the columns' names")
        self.decimal = label("", 9, muted=True)
        self.preview = QTableView()
        self._model = PreviewModel(self.preview)
        self.inputs = InputTicks()
        self.every = flat_button("all", "Tick all inputs")
        self.none = flat_button("none", "Tick no input")
        self.target, self.task = Choice(), Choice()
        self.summary = label("", 9)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Use these data")
        self._dress()
        self._lay_out()
        self.resize(self.sizeHint())
        self._connect()
        self._read(None, None)
        self.ok.setFocus()

    @property
    def own(self) -> OwnData | None:
        """The data as they are chosen now; None where they can't be used."""
        return self._own

    def _dress(self) -> None:
        self.preview.setModel(self._model)
        self.preview.setFont(font(9))
        self.preview.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.preview.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.preview.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.preview.setAccessibleName("The first rows of the table")
        for header in (self.preview.horizontalHeader(), self.preview.verticalHeader()):
            header.setFont(font(9))
            header.setSectionsClickable(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.preview.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.preview.horizontalHeader().setMaximumSectionSize(200)
        self.preview.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.preview.verticalHeader().setDefaultSectionSize(ROW)
        self.preview.setMinimumHeight((ROWS + 1) * ROW + 16)
        self.preview.setShowGrid(False)
        self.preview.setAlternatingRowColors(True)
        self.inputs.setMinimumSize(300, 130)
        self.summary.setWordWrap(True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.summary.setMinimumHeight(LINES * self.summary.fontMetrics().lineSpacing())

    def _lay_out(self) -> None:
        reading = QHBoxLayout()
        reading.setSpacing(2 * SPACE)
        parted = label("Cells are parted by a", 9)
        parted.setBuddy(self.separator)
        self.separator.setAccessibleName("What parts the cells")
        for widget in (parted, self.separator, self.has_header, self.decimal):
            reading.addWidget(widget)
        reading.addStretch(1)
        inputs = QHBoxLayout()
        inputs.addWidget(label("Inputs: what the network is told", 9, bold=True))
        inputs.addStretch(1)
        inputs.addWidget(self.every)
        inputs.addWidget(self.none)
        target = QVBoxLayout()
        target.setSpacing(SPACE)
        for control, caption in ((self.target, "Column"), (self.task, "It is")):
            target.addWidget(captioned(caption, control), 0, Qt.AlignmentFlag.AlignLeft)
        target.addStretch(1)
        columns = QGridLayout()
        columns.setHorizontalSpacing(3 * SPACE)
        columns.setVerticalSpacing(SPACE)
        columns.addLayout(inputs, 0, 0)
        columns.addWidget(label("Target: what it is to answer", 9, bold=True), 0, 1)
        columns.addWidget(self.inputs, 1, 0)
        columns.addLayout(target, 1, 1)
        columns.setColumnStretch(0, 1)
        columns.setColumnStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*(2 * SPACE,) * 4)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(reading)
        whole.addWidget(self.preview)
        whole.addLayout(columns, 1)
        whole.addWidget(self.summary)
        whole.addWidget(self.buttons)
        self.ok.setFocus()  # in a list Enter would open it

    def _connect(self) -> None:
        self.separator.activated.connect(lambda: self._read(self.separator.currentData(), None))
        self.has_header.toggled.connect(lambda on: self._read(self.separator.currentData(), on))
        self.inputs.changed.connect(self._update)
        self.every.clicked.connect(lambda: self.inputs.tick(every=True))
        self.none.clicked.connect(lambda: self.inputs.tick(every=False))
        self.target.activated.connect(self._on_target)
        self.task.activated.connect(self._update)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def sizeHint(self) -> QSize:
        return QSize(760, 640)

    def accept(self) -> None:
        """Hand over the data, if they can be used."""
        if self._own is not None:
            self.chosen.emit(self._own)
            super().accept()

    def _read(self, separator: str | None, has_header: bool | None) -> None:
        """Read the text anew; None: find out how."""
        separator = separator or find_separator(self._text)
        self.separator.show_data(separator)
        try:
            self._table = parse_table(self._text, self._name, separator, has_header)
        except InvalidValue as error:
            self._table = None
            self._refuse(error)
        table = self._table
        self._model.show_table(table)
        self.preview.resizeColumnsToContents()
        if table is not None:
            blocked = self.has_header.blockSignals(True)
            self.has_header.setChecked(table.has_header)
            self.has_header.blockSignals(blocked)
        self.decimal.setText("Decimals are written with a comma." if table and table.decimal == "," else "")
        self._offer(table)

    def _offer(self, table: Table | None) -> None:
        """Offer the table's columns, chosen as they usually are."""
        target = usual_target(table) if table else ""
        usable = [each.name for each in table.columns if problems(each)] if table else []
        _fill(self.target, {name: short(name) for name in usable or ([target] if table else [])}, target)
        self.inputs.show_table(table, usual_inputs(table, target) if table else ())
        for part in (self.inputs, self.every, self.none, self.target, self.task):
            part.setEnabled(table is not None)
        self._on_target()

    def _on_target(self) -> None:
        """Another target: it is no input, and may ask for something else."""
        if self._table is None:
            _fill(self.task, {}, "")
            return
        column = self._table.column(self.target.currentData())
        self.inputs.show_target(column.name)
        usual = usual_problem(column)
        _fill(self.task, {each: TASKS[each] for each in problems(column) or (usual,)}, usual)
        self._update()

    def _update(self) -> None:
        """Make the data of what is chosen, and say what they are, or why they can't be."""
        if self._table is None:
            return
        try:
            self._own = to_own_data(self._table, self.inputs.chosen, self.target.currentData(), self.task.currentData())
        except InvalidValue as error:
            self._refuse(error)
            return
        self._say(words(self._table, self._own), is_reason=False)

    def _refuse(self, error: InvalidValue) -> None:
        self._own = None
        self._say(str(error), is_reason=True)

    def _say(self, text: str, *, is_reason: bool) -> None:
        """What becomes of the table, or why nothing does."""
        self.summary.setText(text)
        self.summary.setFont(font(9, bold=is_reason))
        self.ok.setEnabled(not is_reason)


def _fill(choice: Choice, texts: dict[str, str], chosen: str) -> None:
    """Offer these, by their data, with one of them chosen."""
    choice.clear()
    for data, text in texts.items():
        choice.addItem(text, data)
        choice.setItemData(choice.count() - 1, data if text != data else None, Qt.ItemDataRole.ToolTipRole)
    choice.show_data(chosen)
    choice.updateGeometry()
