"""The map panel: the maps of all layers, and beside them the sample that is looked at, the classes and the choices."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mlp_playground.analysis.layer_map import LayerMap
from mlp_playground.analysis.probe import Probe
from mlp_playground.experiment.tsne_question import Work
from mlp_playground.views.canvas.class_marks import ClassMarks
from mlp_playground.views.controls import CheckBox, Choice
from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.inside.elided import Elided
from mlp_playground.views.inside.map_view import MapView
from mlp_playground.views.layers.map_words import mistakes_words, note, progress_words, sample_words
from mlp_playground.views.outlines import paint_levels
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import flat_button, label, number_label
from mlp_playground.views.theme import SPACE, font, theme_of

DIRECTIONS, NEIGHBOURS = "directions", "neighbours"
METHODS = (
    ("spread (PCA)", DIRECTIONS, "Along the two directions in which the samples vary most (principal components)"),
    ("likeness (t-SNE)", NEIGHBOURS, "Those that are alike in a layer beside each other, of one moment of the run"),
)
SIDE = 140
"""Pixels of the column beside the maps."""
PICTURE, LINE = 52.0, 17.0


class SampleCard(QWidget):
    """The sample that is looked at: its picture, its class and the network's answer."""

    def __init__(self) -> None:
        super().__init__()
        self._found: LayerMap | None = None
        self._number: int | None = None
        self.setFixedHeight(round(PICTURE) + SPACE // 2)
        self.setAccessibleName("The sample that is looked at")

    def show_sample(self, found: LayerMap, number: int | None) -> None:
        """Show one of the samples, or (None) what there could be."""
        self._found, self._number = found, number
        self.setToolTip("" if number is None else ", ".join(sample_words(found, number)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._found is None:
            return
        theme, shape = theme_of(self.palette()), self._found.samples.data.image_shape
        with painting(QPainter(self)) as painter:
            painter.setFont(font(9))
            if self._number is None:
                painter.setPen(theme.muted)
                painter.drawText(self.rect(), Qt.TextFlag.TextWordWrap, "Point at a sample to see it in all layers")
                return
            left = 0.0
            if shape is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                levels = ink(self._found.samples.raw(self._number).reshape(shape))
                paint_levels(painter, QRectF(0, 0, PICTURE, PICTURE), levels, theme.ink_scale, theme)
                left = PICTURE + SPACE
            wrong = self._found.answers.wrong
            painter.setFont(font(9, bold=wrong is not None and bool(wrong[self._number])))
            painter.setPen(theme.text)
            for k, text in enumerate(sample_words(self._found, self._number)):
                text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(self.width() - left))
                painter.drawText(QRectF(left, k * LINE, self.width() - left, LINE), Qt.AlignmentFlag.AlignVCenter, text)


class MapPanel(QWidget):
    """The maps with what stands beside and below them. `method_chosen` carries DIRECTIONS or NEIGHBOURS; `act_wanted`:
    the button beside the progress of the latter was pressed."""

    method_chosen = Signal(str)
    act_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: LayerMap | None = None
        self.view, self.card, self.marks = MapView(), SampleCard(), ClassMarks()
        self.mistakes = CheckBox("ring mistakes")
        self.mistakes.setChecked(True)
        self.mistakes.setToolTip("A ring around each sample that the network answers wrongly")
        self.mistakes.toggled.connect(lambda on: self.view.show_options(replace(self.view.showing, mistakes=on)))
        self.count, self.note = label("", 8.5, muted=True), Elided()
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.method = Choice(*METHODS)
        self.method.setAccessibleName("How samples are laid out")
        self.method.setToolTip("How samples are laid out on the maps")
        self.method.currentIndexChanged.connect(lambda _index: self.method_chosen.emit(self.method.currentData()))
        self.progress = number_label("", "t-SNE of epoch 100: 100 %", 9)
        self.act = flat_button("Again", "")
        self.act.clicked.connect(self.act_wanted)
        self.progress.hide()
        self.act.hide()
        self.view.pointed.connect(lambda _number: self._show_card())
        self._lay_out()

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(SPACE // 2)
        side.addWidget(self.method)
        side.addWidget(self.card)
        side.addWidget(self.mistakes)
        side.addWidget(self.count)
        side.addWidget(self.marks, 1)
        beside = QWidget()
        beside.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        beside.setFixedWidth(SIDE)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(self.view, 1)
        row.addWidget(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 0, SPACE, SPACE // 2)
        column.setSpacing(SPACE // 2)
        column.addLayout(row, 1)
        below = QHBoxLayout()
        below.setSpacing(SPACE)
        below.addWidget(self.note, 1)
        below.addWidget(self.progress)
        below.addWidget(self.act)
        column.addLayout(below)

    def sizeHint(self) -> QSize:
        return QSize(620, 250)

    def show_map(self, found: LayerMap, probe: Probe | None) -> None:
        """Show this moment of the run; `probe` as for the view."""
        self._found = found
        data = found.samples.data
        self.view.show_map(found, probe)
        self.mistakes.setVisible(found.answers.wrong is not None)
        self.marks.show_classes(data.classes if data.task != "regression" else ())
        self.note.show_text(note(found))
        text = mistakes_words(found)
        if self.count.text() != text:
            self.count.setText(text)
            self.count.setToolTip(text)
        self._show_card()

    def show_progress(self, work: Work | None, *, is_on: bool) -> None:
        """How far maps of neighbours are; None: none are wanted."""
        self.progress.setVisible(work is not None)
        self.act.setVisible(work is not None)
        if work is not None:
            self.progress.setText(progress_words(work, is_on=is_on))
            text, tip = ("Stop", "Leave the maps as they are now") if is_on else ("Again", "Map this moment of the run")
            self.act.setText(text)
            self.act.setToolTip(tip)

    def show_chosen(self, column: int) -> None:
        """Let the layer stand out that is looked at everywhere."""
        self.view.show_options(replace(self.view.showing, chosen=column))

    def show_picked(self, number: int | None) -> None:
        """Mark the sample that is inspected, if it is one of these."""
        self.view.show_options(replace(self.view.showing, picked=number))
        self._show_card()

    def _show_card(self) -> None:
        showing = self.view.showing
        if self._found is not None:
            number = showing.picked if showing.pointed is None else showing.pointed
            self.card.show_sample(self._found, number)
