"""The large canvas: the network's answer everywhere, live, with the value under the mouse."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from mlp_playground.analysis.grids import inputs_at
from mlp_playground.analysis.slice import home_of
from mlp_playground.data.dataset import Samples
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.experiment.config import OWN
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.canvas.field_picture import PICTURES
from mlp_playground.views.canvas.fold_lines import fold_at, paint_fold_key, paint_folds
from mlp_playground.views.canvas.navigated_view import NavigatedView
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.canvas.plane_picture import NOTE, paint_draft, to_screen
from mlp_playground.views.canvas.region_picture import RegionLayer
from mlp_playground.views.canvas.stroke import Dab, Stroke
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import theme_of

Subject = tuple[str, str, object]
"""What the picture is of: the data's name and label, and a table's axes."""
NOTHING: Subject = ("", "", None)
DRAFT: Subject = ("a draft", "", None)


class FieldCanvas(NavigatedView):
    """Draws `snapshot.field` and the samples. `pointed_at` carries what lies under the mouse in words, or nothing,
    `place_pointed` the inputs (n_in,) there or None, `fold_clicked` the neuron (hidden layer, neuron) whose fold line
    was clicked, and `ground_clicked` the point of the plane where there is none.

    Where the mouse draws, it moves the picture with its middle button, or with Ctrl held.
    """

    dabbed = Signal(Dab)
    place_pointed = Signal(object)
    fold_clicked = Signal(object)
    ground_clicked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._showing = Showing()
        self._overlay: QPixmap | None = None
        self._draft: Samples | None = None
        self._subject = self._before = NOTHING
        self._least = 0.0
        self._regions = RegionLayer()
        self._stroke = Stroke(self)
        self._stroke.dabbed.connect(self.dabbed)
        self.extent_changed.connect(self._on_extent)
        self.clicked.connect(self._on_clicked)
        self.setMinimumSize(200, 200)
        self.setAccessibleName("What the network answers")

    @property
    def showing(self) -> Showing:
        """What is drawn over the map, and whose map it is."""
        return self._showing

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        if self._snapshot is None or _drawn(self._snapshot) != _drawn(snapshot):
            self._overlay = None
        self._snapshot = snapshot
        self._find_home()
        self.update()

    def _find_home(self) -> None:
        """Where the data are; of other data the user has not chosen to look elsewhere."""
        snapshot = self._snapshot
        assert snapshot is not None
        plane = snapshot.field.slice if snapshot.field is not None else None
        home = home_of(snapshot.data, plane) if snapshot.data.space in ("plane", "table") else None
        axes = plane.axes if plane is not None else None
        subject: Subject = (snapshot.config.data.name, snapshot.data.label, axes)
        if self._draft is not None:
            home, subject = HOME, DRAFT
        # a drawing is a draft before it is data, and for a moment between the two what was there before comes back
        if self._subject == DRAFT != subject and subject == self._before:
            subject = DRAFT
        if subject != self._subject and {subject[0], self._subject[0]} != {DRAFT[0], OWN}:
            self.look_at(None)
        if subject == DRAFT != self._subject:
            self._before = self._subject
        self._subject = subject
        self.let_move(home)

    def _fold_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Whose fold line is drawn at a place of the widget."""
        field = self._snapshot.field if self._snapshot is not None and self._showing.folds else None
        return None if field is None else fold_at(self.place(), self.extent, field, x, y)

    def _on_clicked(self, x1: float, x2: float) -> None:
        if (cell := self._fold_at(*to_screen(self.place(), self.extent, x1, x2).toTuple())) is not None:
            self.fold_clicked.emit(cell)
        else:
            self.ground_clicked.emit(x1, x2)

    def _on_extent(self, extent: Extent | None) -> None:
        self._overlay = None
        self._showing = replace(self._showing, extent=extent)

    def show_draft(self, samples: Samples | None) -> None:
        """Draw these points in place of the data: a drawing that nothing can be learned from yet."""
        if samples is not self._draft:
            self._draft, self._overlay = samples, None
            if self._snapshot is not None:
                self._find_home()
            self.update()

    def let_draw(self, reach: float | None, least: float = 0.0) -> None:
        """Let the mouse draw, with a brush that reaches so far in the plane's units (0: points), but at least the share
        `least` of what is shown to each side; None: no more."""
        self._stroke.reach, self._least = reach, least
        self.show_cursor()
        self.update()

    def show_cursor(self) -> None:
        draws = self._stroke.reach is not None
        self.setCursor(Qt.CursorShape.CrossCursor if draws else Qt.CursorShape.ArrowCursor)

    def show_options(self, showing: Showing) -> None:
        """Draw with these options."""
        if showing.test_points != self._showing.test_points:
            self._overlay = None
        self.look_at(showing.extent)
        self._showing = replace(showing, extent=self._showing.extent)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._overlay = None
        super().resizeEvent(event)
        self.tell_again()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._overlay = None
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        snapshot = self._snapshot
        if snapshot is None or snapshot.field is None:
            return
        picture, place = PICTURES[snapshot.field.space], self.place()
        with painting(QPainter(self)) as painter:
            theme = theme_of(self.palette())
            picture.paint_map(painter, place, snapshot.field, snapshot.data, theme, self._showing)
            self._regions.paint(painter, place, self.extent, snapshot.field, snapshot.data, theme, self._showing)
            paint_folds(painter, place, self.extent, snapshot.field, theme, self._showing)
            if self._overlay is None:
                self._overlay = self._painted_overlay(snapshot)
            painter.drawPixmap(0, 0, self._overlay)
            if self._draft is None:
                picture.paint_top(painter, place, snapshot.field, snapshot.data, theme, self._showing)
                paint_fold_key(painter, place, snapshot.field, theme, self._showing)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if self._reach and self._mouse is not None:
                radius = self._reach * place.width() / (2 * self.extent.half_width)
                painter.setPen(QPen(QColor(theme.text), 1, Qt.PenStyle.DotLine))
                painter.drawEllipse(QPointF(*self._mouse), radius, radius)
            if self.by_key:
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawRect(place)

    @property
    def _reach(self) -> float:
        """How far the brush reaches, in the plane's units; 0 for points, or where nobody draws."""
        if self._stroke.reach is None:
            return 0.0
        return max(self._stroke.reach, self._least * self.extent.half_width)

    def _painted_overlay(self, snapshot: Snapshot) -> QPixmap:
        """Points and axes as one picture: hundreds of shapes that need drawing only when data or size change."""
        ratio = self.devicePixelRatioF()
        overlay = QPixmap(self.size() * ratio)
        overlay.setDevicePixelRatio(ratio)
        overlay.fill(Qt.GlobalColor.transparent)
        with painting(QPainter(overlay)) as painter:
            picture, theme = PICTURES[snapshot.data.space], theme_of(self.palette())
            if self._draft is not None:
                paint_draft(painter, self.place(), self._draft, theme, self.extent)
            else:
                plane = snapshot.field.slice if snapshot.field else None
                picture.paint_overlay(painter, self.place(), snapshot.data, theme, self._showing, plane)
        return overlay

    # -- drawing --------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self.in_plane(*event.position().toTuple())
        held = event.modifiers()
        draws = event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if self._stroke.reach is None or point is None or not draws or held & Qt.KeyboardModifier.ControlModifier:
            super().mousePressEvent(event)
            return
        erases = bool(held & Qt.KeyboardModifier.ShiftModifier)
        right = event.button() == Qt.MouseButton.RightButton
        self._stroke.begin(point, self.extent, right=right, erases=erases)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._stroke.reach is None:
            super().mouseDoubleClickEvent(event)
        else:  # two points, drawn quickly
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._stroke.reach is not None:
            self._stroke.move(self.in_plane(*event.position().toTuple()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._stroke.end()
        super().mouseReleaseEvent(event)

    def _goal(self, event: QKeyEvent) -> Extent | None:
        is_class = event.key() == Qt.Key.Key_0 and self._stroke.reach is not None  # the key of the tenth class
        return None if is_class else super()._goal(event)

    def place(self) -> QRectF:
        """Where the picture stands without its axes, in pixels; empty without a picture."""
        if self._snapshot is None or self._snapshot.field is None:
            return QRectF()
        return PICTURES[self._snapshot.field.space].place(QRectF(self.rect()), self._snapshot.data)

    def free_corner(self) -> QPointF:
        """Below a table's note."""
        snapshot = self._snapshot
        has_note = snapshot is not None and snapshot.field is not None and snapshot.field.slice is not None
        return super().free_corner() + QPointF(0, NOTE if has_note else 0)

    def tell_again(self) -> None:
        super().tell_again()
        self.place_pointed.emit(None if self._mouse is None else self._inputs_at(*self._mouse))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.place_pointed.emit(None)

    def _inputs_at(self, x: float, y: float) -> NDArray[np.float32] | None:
        """The data's inputs at a place of the widget; None where there are none."""
        snapshot, place = self._snapshot, self.place()
        if snapshot is None or snapshot.field is None or self._draft is not None or not place.contains(x, y):
            return None
        across, down = (x - place.left()) / place.width(), (y - place.top()) / place.height()
        return inputs_at(snapshot.data, snapshot.field.slice, self.extent, across, down)

    def words_at(self, x: float, y: float) -> str:
        snapshot, place = self._snapshot, self.place()
        if snapshot is None or snapshot.field is None or not place.contains(x, y):
            return ""
        across, down = (x - place.left()) / place.width(), (y - place.top()) / place.height()
        picture = PICTURES[snapshot.field.space]
        if self._draft is not None:  # the answers are to other points, and not drawn
            return ""
        words = picture.words(snapshot.field, snapshot.data, self._showing, across, down)
        cell = self._fold_at(x, y)
        return words if cell is None else f"{words}   fold of layer {cell[0] + 1} · neuron {cell[1] + 1}"


def _drawn(snapshot: Snapshot) -> tuple[object, object]:
    """What the overlay shows: the samples, and through which plane. Both are equal only if they are the same."""
    return snapshot.data, snapshot.field.slice if snapshot.field else None
