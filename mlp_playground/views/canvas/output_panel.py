"""The output side: the plane or the digits, the scale, and how good the network is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mlp_playground.analysis.field import ClassMap, Map, feature_map
from mlp_playground.analysis.folds import why_no_folds
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.numerals import grouped, percent
from mlp_playground.views.canvas.canvas_options import CanvasOptions
from mlp_playground.views.canvas.field_canvas import FieldCanvas
from mlp_playground.views.canvas.go_on import GoOn
from mlp_playground.views.canvas.legends import ClassLegend, ScaleLegend
from mlp_playground.views.canvas.output_words import output_words
from mlp_playground.views.canvas.picture_frame import AXIS_ROOM, Showing
from mlp_playground.views.canvas.plane_choice import PlaneChoice
from mlp_playground.views.canvas.time_bar import TimeBar
from mlp_playground.views.parts import NamedNumber
from mlp_playground.views.scrolled import Scrolled
from mlp_playground.views.theme import SPACE, font

if TYPE_CHECKING:
    from mlp_playground.views.digits.digits_panel import DigitsPanel

LEAST_SIDE = 200
"""Pixels of height for what stands beside the picture, as many as that needs; the rest is scrolled to."""


class OutputPanel(QWidget):
    """Shows a snapshot's answers. `pointed_at` carries what lies under the mouse in words; `answer_wanted` comes when a
    selected neuron's map is to make room for them again. `digits` are there since the first ones came, which
    `digits_made` tells: what they take is not loaded before."""

    pointed_at = Signal(str)
    answer_wanted = Signal()
    digits_made = Signal()
    title_changed = Signal(str, str)
    showing_changed = Signal(Showing)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = FieldCanvas()
        self.digits: DigitsPanel | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        self.canvas.pointed_at.connect(self.pointed_at)
        self.canvas.extent_changed.connect(lambda _extent: self.showing_changed.emit(self.canvas.showing))
        self._legend, self._class_legend = ScaleLegend(), ClassLegend()
        self.options = CanvasOptions()
        self.options.changed.connect(self._on_options)
        self.train_accuracy = NamedNumber("train right", "Right answers on the points it learns from", percent(1))
        self.test_accuracy = NamedNumber("test right", "Right answers on points it has never learned from", percent(1))
        self.train_loss = NamedNumber("train loss", "Mean loss on the points it learns from")
        self.test_loss = NamedNumber("test loss", "Mean loss on points it has never learned from")
        self.time, self.go_on = TimeBar(), GoOn()
        self.time.setContentsMargins(int(AXIS_ROOM), 0, 0, 0)
        self.back = QPushButton("Back to the output")
        self.back.setFont(font(9))
        self.back.setToolTip("A neuron is selected, so its map stays here. Esc leads back, too")
        self.back.clicked.connect(self.answer_wanted)
        self.back.hide()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.answer_wanted)
        self._selected: tuple[int, int] | None = None
        self.plane = PlaneChoice()
        self._focus: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._title = ("", "")
        self._lay_out()

    def _lay_out(self) -> None:
        beside = QWidget()
        side = QVBoxLayout(beside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(SPACE)
        side.addWidget(self._legend, 1)
        side.addWidget(self._class_legend, 1)
        self._class_legend.hide()
        side.addWidget(self.options)
        side.addSpacing(int(AXIS_ROOM))
        self._side = Scrolled(beside, least=LEAST_SIDE)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        picture = QGridLayout()
        picture.addWidget(self._stack, 0, 0)
        over = QVBoxLayout()
        over.addWidget(self.back)
        self._over = over
        self._place_back()
        picture.addLayout(over, 0, 0)
        row.addLayout(picture, 1)
        row.addWidget(self._side)
        figures = QHBoxLayout()
        figures.setSpacing(2 * SPACE)
        figures.setContentsMargins(int(AXIS_ROOM), 0, 0, 0)
        for figure in (self.train_accuracy, self.test_accuracy, self.train_loss, self.test_loss):
            figures.addWidget(figure)
        figures.addStretch(1)
        figures.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 0, SPACE, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(row, 1)
        column.addWidget(self.time)
        column.addLayout(figures)
        column.addWidget(self.plane)

    def sizeHint(self) -> QSize:
        return QSize(470, 400)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        kind_changed = self._snapshot is None or self._snapshot.data is not snapshot.data
        self._snapshot = snapshot
        has_field = snapshot.field is not None
        if kind_changed:
            self._turn_to(self.canvas if has_field else self._made_digits())
            self._show_side()
            self.options.show_data(snapshot.data)
            self.plane.show_columns(snapshot.data)
        for name in ("folds", "kinks"):
            self.options.allow(name, why_no_folds(snapshot.data, snapshot.architecture))
        if has_field:
            self._show_focus_map(snapshot)
            self.canvas.show_snapshot(snapshot)
        else:
            self._made_digits().show_snapshot(snapshot)
        self._name_scale(snapshot)

    def _show_side(self) -> None:
        """A single digit's journey has its own names for what it shows, and takes the room."""
        self._side.setVisible(not self._follows_one)

    @property
    def _follows_one(self) -> bool:
        """Whether it shows a single digit's journey."""
        digits = self.digits
        return digits is not None and self._stack.currentWidget() is digits and digits.follows_one

    def _turn_to(self, page: QWidget) -> None:
        """Show the plane or the digits; digits that nobody sees need no room."""
        self._stack.setCurrentWidget(page)
        if self.digits is not None:
            policy = QSizePolicy.Policy.Preferred if page is self.digits else QSizePolicy.Policy.Ignored
            self.digits.setSizePolicy(policy, policy)
            self._stack.updateGeometry()  # a hidden page does not tell
        self._place_back()

    def _place_back(self) -> None:
        """Over the plane's upper edge; of digits at the end of the row of modes, where it hides nothing."""
        of_digits = self.digits is not None and self._stack.currentWidget() is self.digits
        self.back.setText("Back" if of_digits else "Back to the output")
        side = Qt.AlignmentFlag.AlignRight if of_digits else Qt.AlignmentFlag.AlignHCenter
        self._over.setAlignment(self.back, Qt.AlignmentFlag.AlignTop | side)
        self._over.setContentsMargins(0, 0 if of_digits else 2 * SPACE, 0, 0)

    def _made_digits(self) -> DigitsPanel:
        if self.digits is None:
            from mlp_playground.views.digits.digits_panel import DigitsPanel

            self.digits = DigitsPanel()
            self._stack.addWidget(self.digits)
            self.digits.pointed_at.connect(self.pointed_at)
            self.digits.mode_changed.connect(self._on_mode)
            self.digits_made.emit()
        return self.digits

    def _on_mode(self) -> None:
        self._show_side()
        self._offer_way_back()

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Write loss and accuracy; called more rarely than pictures are drawn."""
        metrics = snapshot.metrics
        for figure, value in (
            (self.train_accuracy, metrics.train_accuracy),
            (self.test_accuracy, metrics.test_accuracy),
        ):
            figure.setVisible(value is not None)
            if value is not None:
                figure.show_text(percent(value))
        (self.canvas if snapshot.field is not None else self._made_digits()).tell_again()
        self.train_loss.show_text(_loss(metrics.train_loss))
        self.test_loss.show_text(_loss(metrics.test_loss))

    def show_focus(self, cell: tuple[int, int] | None) -> None:
        """Show one neuron instead of the answer: (column, index) with column 0 for features; None: the answer."""
        self._focus = cell
        self._offer_way_back()
        if self.digits is not None:
            self.digits.show_focus(None if cell is None or cell[0] == 0 else (cell[0] - 1, cell[1]))
        if self._snapshot is not None:
            if self._snapshot.field is not None:
                self._show_focus_map(self._snapshot)
            self._name_scale(self._snapshot)

    def show_selected(self, cell: tuple[int, int] | None) -> None:
        """Offer to go back from this cell, if its map stays when the mouse leaves it."""
        self._selected = cell
        self._offer_way_back()

    def _offer_way_back(self) -> None:
        stays = self._focus is not None and self._focus == self._selected
        self.back.setVisible(stays and not self._follows_one)

    def _show_focus_map(self, snapshot: Snapshot) -> None:
        """Hand the canvas the focused map, once there is one: until then the answer stays."""
        assert snapshot.field is not None
        shown: Map | ClassMap | None = None
        answer = snapshot.field.answer
        if self._focus is not None:
            column, index = self._focus
            if column == 0 and snapshot.data.space == "plane":
                shown = feature_map(tuple(FEATURES)[index], extent=snapshot.field.extent)
            elif snapshot.field.focus_cell == (column - 1, index):
                shown = snapshot.field.focus
            elif column == len(snapshot.field.thumbnails) + 1 and isinstance(answer, ClassMap):
                shown = answer.only(index)
        hidden = (self._focus[0] - 1, self._focus[1]) if self._focus is not None and self._focus[0] > 0 else None
        if shown is not self.canvas.showing.focus or hidden != self.canvas.showing.cell:
            self.canvas.show_options(replace(self.canvas.showing, focus=shown, cell=hidden))

    def _on_options(self) -> None:
        showing = self.options.applied(self.canvas.showing)
        self.canvas.show_options(showing)
        if self._snapshot is not None:
            self._name_scale(self._snapshot)
        self.showing_changed.emit(showing)

    def _name_scale(self, snapshot: Snapshot) -> None:
        shown = self.canvas.showing.focus if snapshot.field is not None else None
        steps = self.canvas.showing.steps
        words = output_words(snapshot, self._focus, shown, steps=steps)
        here, gone = (self._legend, self._class_legend) if words.scale else (self._class_legend, self._legend)
        gone.hide()  # first: both at once would make the window taller
        here.show()
        if words.scale:
            self._legend.show_scale(words.scale, shapes=words.shapes, steps=steps)
        else:
            only = self._focus[1] if isinstance(shown, ClassMap) and self._focus is not None else None
            self._class_legend.show_classes(snapshot.data.classes, steps=steps, only=only)
        title = words.title, words.words
        if title != self._title:
            self._title = title
            self.title_changed.emit(*title)


def _loss(value: float) -> str:
    """A loss with three digits that tell something."""
    if not value < 1e5:
        return "too large"
    if value >= 100:
        return grouped(value)
    if value >= 0.001:
        return f"{value:.3f}"
    return f"{value:.4f}" if value >= 0.0001 else "< 0.0001"
