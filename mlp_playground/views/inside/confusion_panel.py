"""Which classes are taken for which, or for numbers how far off the answers are, with what a cell means in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.analysis.confusion import Confusion, Residuals
from mlp_playground.data.dataset import Dataset
from mlp_playground.numerals import percent
from mlp_playground.views.canvas.confusion_picture import Grid, grid_of, paint_confusion
from mlp_playground.views.canvas.confusion_words import cell_words, class_words
from mlp_playground.views.canvas.residual_picture import paint_residuals
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.theme import SPACE, theme_of

SIDE = 148
"""Pixels of the column with buttons and words."""
HINT = "Point at a cell to read it; click to look at its samples."
RESIDUALS = (
    "Half: the median of how far answers are off. RMS: the root of the mean square of all errors, which the largest "
    "rule.\nR²: the share of the numbers' spread that is explained: 1 is perfect, 0 no better than their mean."
)
STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class ConfusionView(QWidget):
    """Draws what it is given. `pointed_at` carries the cell (row, column) or None, `cell_clicked` one of the classes'
    own."""

    pointed_at = Signal(object)
    cell_clicked = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.found: Confusion | Residuals | None = None
        self.pointed: tuple[int, int] | None = None
        self.shares = False
        self._names: tuple[str, ...] = ()
        self._target = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Confusion of classes")
        self.setAccessibleDescription("Arrows move from cell to cell, Enter looks at its samples")
        self.setMinimumSize(180, 88)

    def sizeHint(self) -> QSize:
        return QSize(320, 170)

    def show_found(self, found: Confusion | Residuals, data: Dataset) -> None:
        """Draw it, with the classes' names or that of the target."""
        self.found, self._names = found, data.classes
        self._target = "y" if data.target is None else data.target.name
        is_gone = self.grid is None or (self.pointed is not None and max(self.pointed) > self.grid.k)
        if is_gone:
            self._point_at(None)
        self.update()

    @property
    def grid(self) -> Grid | None:
        """Where the cells are, if there are any."""
        return grid_of(self._area(), self._names) if isinstance(self.found, Confusion) else None

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(SPACE, 0, -SPACE, -2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            if isinstance(self.found, Confusion):
                about = self._area(), self.found, self._names, theme
                paint_confusion(painter, *about, shares=self.shares, pointed=self.pointed)
            elif self.found is not None:
                paint_residuals(painter, self._area(), self.found, self._target, theme)

    # -- mouse and keys -------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._cell(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._click(self._cell(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, grid = STEPS.get(Qt.Key(event.key())), self.grid
        if step is not None and grid is not None:
            row, column = self.pointed or (0, 0)
            there = row + step[0], column + step[1]
            now = there if self.pointed is not None else (0, 0)
            self._point_at((min(max(now[0], 0), grid.k - 1), min(max(now[1], 0), grid.k - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._click(self.pointed)
        else:
            super().keyPressEvent(event)

    def _cell(self, place: QPointF) -> tuple[int, int] | None:
        grid = self.grid
        cell = None if grid is None else grid.at(place)
        return None if cell is None or grid is None or cell == (grid.k, grid.k) else cell

    def _click(self, cell: tuple[int, int] | None) -> None:
        grid = self.grid
        if cell is not None and grid is not None and max(cell) < grid.k:
            self.cell_clicked.emit(*cell)

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        if cell != self.pointed:
            self.pointed = cell
            self.pointed_at.emit(cell)
            self.update()


class ConfusionPanel(QWidget):
    """The table with its buttons and words. `part_changed`: the other samples are to be judged; `cell_clicked` carries
    a class and the class that it was taken for."""

    part_changed = Signal()
    cell_clicked = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._data: Dataset | None = None
        self.view = ConfusionView()
        self.view.pointed_at.connect(lambda _cell: self._tell())
        self.view.cell_clicked.connect(self.cell_clicked)
        self.test = flat_button("Test", "The samples that are kept to test with", checkable=True)
        self.train = flat_button("Train", "The samples that the network learns from", checkable=True)
        self.counts = flat_button("Counts", "How many samples", checkable=True)
        words = "Of each class, the share of each answer: rows add up to 100"
        self.shares = flat_button("Percent", words, checkable=True)
        self.words = label("", 8)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._one_of(self.test, self.train).buttonClicked.connect(lambda _button: self.part_changed.emit())
        self._one_of(self.counts, self.shares).buttonClicked.connect(lambda _button: self._show_kind())
        self._lay_out()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(SPACE, 0, 0, 0)
        column.setSpacing(2)
        for pair in ((self.test, self.train), (self.counts, self.shares)):
            row = QHBoxLayout()
            row.setSpacing(2)
            for button in pair:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.words, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addWidget(self.view, 1)

    def sizeHint(self) -> QSize:
        return QSize(480, 170)

    def show_found(self, found: Confusion | Residuals, data: Dataset) -> None:
        """Show what came of the samples of `data`."""
        self._data = data
        for button in (self.counts, self.shares):
            button.setVisible(isinstance(found, Confusion))
        self.view.show_found(found, data)
        self._tell()

    def samples(self, label: int, answer: int) -> list[int]:
        """The numbers of the samples behind a cell."""
        found = self.view.found
        return found.samples(label, answer).tolist() if isinstance(found, Confusion) else []

    def _one_of(self, first: QAbstractButton, second: QAbstractButton) -> QButtonGroup:
        """Two buttons of which one is down, at first the first."""
        group = QButtonGroup(self)
        first.setChecked(True)
        for button in (first, second):
            group.addButton(button)
        return group

    def _show_kind(self) -> None:
        self.view.shares = self.shares.isChecked()
        self.view.update()

    def _tell(self) -> None:
        """What the cell under the mouse says, or all of them together."""
        found, data, cell = self.view.found, self._data, self.view.pointed
        if found is None or data is None:
            return
        if isinstance(found, Residuals):
            words = residual_words(found)
        elif cell is None:
            threshold = "" if len(data.classes) > 2 else f" Above 0.5 the answer counts as “{data.classes[1]}”."
            words = f"{percent(found.accuracy)} right.{threshold} {HINT}"
        elif max(cell) == len(data.classes):
            words = class_words(data, found, min(cell))
        else:
            words = cell_words(data, found, *cell)
        if words != self.words.text():
            self.words.setText(words)
            self.words.setToolTip(RESIDUALS if isinstance(found, Residuals) else "")


def residual_words(found: Residuals) -> str:
    """Why there are no classes to confuse, and how far off the answers are."""
    off = f"Half miss by less than {found.typical:.3g}; RMS {found.rms:.3g}, R² {found.explained:.2f}."
    return f"Numbers can't be confused. On the line answers are right. {off}"
