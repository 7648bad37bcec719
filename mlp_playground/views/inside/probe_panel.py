"""The probe panel: one bar for each layer, a sentence that says what is seen, and how it was found out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from mlp_playground.experiment.probe_question import Probed
from mlp_playground.views.layers.probe_picture import ProbeShowing, column_at, paint_probe
from mlp_playground.views.layers.probe_words import column_words, note, sentence
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import label
from mlp_playground.views.theme import SPACE, theme_of

TIP = "Click a column, or press ← and →, to select its layer. Its numbers stand below."


class ProbeView(QWidget):
    """Draws the probes. `chosen` carries a column that was clicked, `pointed` the one under the mouse, or None."""

    chosen = Signal(int)
    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._probed: Probed | None = None
        self._showing = ProbeShowing()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(280, 130)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("How well a straight cut does at each layer")
        self.setToolTip(TIP)

    @property
    def showing(self) -> ProbeShowing:
        """Which columns stand out."""
        return self._showing

    def show_probed(self, probed: Probed) -> None:
        """Draw this moment of the run."""
        self._probed = probed
        self.update()

    def show_options(self, showing: ProbeShowing) -> None:
        """Let these columns stand out."""
        if showing != self._showing:
            self._showing = showing
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._probed is not None:
            with painting(QPainter(self)) as painter:
                paint_probe(painter, QRectF(self.rect()), self._probed, theme_of(self.palette()), self._showing)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._column(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self._column(event)
        if event.button() == Qt.MouseButton.LeftButton and column is not None:
            self.chosen.emit(column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None or self._probed is None:
            super().keyPressEvent(event)
            return
        last = len(self._probed.now.layers) - 1
        self.chosen.emit(min(max((self._showing.chosen or 0) + by, 0), last))

    def _column(self, event: QMouseEvent) -> int | None:
        if self._probed is None:
            return None
        return column_at(QRectF(self.rect()), len(self._probed.now.layers), event.position().x())

    def _point(self, column: int | None) -> None:
        if column != self._showing.pointed:
            self.show_options(replace(self._showing, pointed=column))
            self.pointed.emit(column)


class ProbePanel(QWidget):
    """The bars with their sentence above. `chosen` carries the column of a layer that was chosen here."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._probed: Probed | None = None
        self.view = ProbeView()
        self.sentence, self.note = _lines(label("", 10), 2), _lines(label("", 9, muted=True), 1)
        self.view.chosen.connect(self.chosen)
        self.view.pointed.connect(lambda _column: self._write_note())
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 0, SPACE, SPACE // 2)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.sentence)
        column.addWidget(self.view, 1)
        column.addWidget(self.note)

    def sizeHint(self) -> QSize:
        return QSize(560, 250)

    def show_probed(self, probed: Probed) -> None:
        """Show this moment of the run."""
        self._probed = probed
        self.view.show_probed(probed)
        _say(self.sentence, sentence(probed))
        self._write_note()

    def show_chosen(self, column: int) -> None:
        """Let the layer stand out that is looked at everywhere."""
        self.view.show_options(replace(self.view.showing, chosen=column))

    def _write_note(self) -> None:
        """The numbers of the column under the mouse, else how they were found out."""
        if self._probed is None:
            return
        column = self.view.showing.pointed
        is_there = column is not None and column < len(self._probed.now.layers)
        words = column_words(self._probed, column) if column is not None and is_there else note(self._probed.now)
        _say(self.note, words)


def _lines(where: QLabel, count: int) -> QLabel:
    """Room for so many lines and no more width than there is, whatever is written: nothing may move."""
    where.setWordWrap(count > 1)
    where.setAlignment(Qt.AlignmentFlag.AlignTop)
    where.setFixedHeight(count * where.fontMetrics().lineSpacing() + 1)
    where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return where


def _say(where: QLabel, text: str) -> None:
    if where.text() != text:
        where.setText(text)
        where.setToolTip(text)
