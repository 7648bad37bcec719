"""The large canvas: the network's answer everywhere, live, with the value under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from mlp_playground.data.dataset import Samples
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.field_picture import PICTURES
from mlp_playground.views.painting import painting
from mlp_playground.views.picture_frame import Showing
from mlp_playground.views.plane_picture import paint_draft
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.stroke import Dab, Stroke
from mlp_playground.views.theme import theme_of


class FieldCanvas(PointingView):
    """Draws `snapshot.field` and the samples. `pointed_at` carries what lies under the mouse in words, or nothing."""

    dabbed = Signal(Dab)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._showing = Showing()
        self._overlay: QPixmap | None = None
        self._draft: Samples | None = None
        self._stroke = Stroke(self)
        self._stroke.dabbed.connect(self.dabbed)
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
        self.update()

    def show_draft(self, samples: Samples | None) -> None:
        """Draw these points in place of the data: a drawing that nothing can be learned from yet."""
        if samples is not self._draft:
            self._draft, self._overlay = samples, None
            self.update()

    def let_draw(self, reach: float | None) -> None:
        """Let the mouse draw, with a brush that reaches so far in the plane's units (0: points); None: no more."""
        self._stroke.reach = reach
        self.setCursor(Qt.CursorShape.ArrowCursor if reach is None else Qt.CursorShape.CrossCursor)
        self.update()

    def show_options(self, showing: Showing) -> None:
        """Draw with these options."""
        if showing.test_points != self._showing.test_points:
            self._overlay = None
        self._showing = showing
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._overlay = None
        super().resizeEvent(event)

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
            if self._overlay is None:
                self._overlay = self._painted_overlay(snapshot)
            painter.drawPixmap(0, 0, self._overlay)
            picture.paint_top(painter, place, snapshot.field, theme, self._showing)
            if self._stroke.reach and self._mouse is not None:
                unit = place.width() / (2 * snapshot.field.half_width)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor(theme.text), 1, Qt.PenStyle.DotLine))
                painter.drawEllipse(QPointF(*self._mouse), self._stroke.reach * unit, self._stroke.reach * unit)

    def _painted_overlay(self, snapshot: Snapshot) -> QPixmap:
        """Points and axes as one picture: hundreds of shapes that need drawing only when data or size change."""
        ratio = self.devicePixelRatioF()
        overlay = QPixmap(self.size() * ratio)
        overlay.setDevicePixelRatio(ratio)
        overlay.fill(Qt.GlobalColor.transparent)
        with painting(QPainter(overlay)) as painter:
            picture, theme = PICTURES[snapshot.data.space], theme_of(self.palette())
            if self._draft is not None:
                paint_draft(painter, self.place(), self._draft, theme)
            else:
                plane = snapshot.field.slice if snapshot.field else None
                picture.paint_overlay(painter, self.place(), snapshot.data, theme, self._showing, plane)
        return overlay

    # -- drawing --------------------------------------------------------------------------------------------------

    def _in_plane(self, x: float, y: float) -> tuple[float, float] | None:
        """The point of the plane at a place of the widget; None where there is none."""
        snapshot, place = self._snapshot, self.place()
        if snapshot is None or snapshot.field is None or not place.contains(x, y):
            return None
        half = snapshot.field.half_width
        return (2 * (x - place.left()) / place.width() - 1) * half, (1 - 2 * (y - place.top()) / place.height()) * half

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self._in_plane(*event.position().toTuple())
        draws = event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if self._stroke.reach is None or point is None or not draws:
            super().mousePressEvent(event)
            return
        erases = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._stroke.begin(point, right=event.button() == Qt.MouseButton.RightButton, erases=erases)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._stroke.reach is not None:
            self._stroke.move(self._in_plane(*event.position().toTuple()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._stroke.end()
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._stroke.reach is not None:
            event.accept()  # the right button draws
        else:
            super().contextMenuEvent(event)

    def place(self) -> QRectF:
        """Where the picture stands without its axes, in pixels; empty without a picture."""
        if self._snapshot is None or self._snapshot.field is None:
            return QRectF()
        return PICTURES[self._snapshot.field.space].place(QRectF(self.rect()), self._snapshot.data)

    def words_at(self, x: float, y: float) -> str:
        snapshot, place = self._snapshot, self.place()
        if snapshot is None or snapshot.field is None or not place.contains(x, y):
            return ""
        across, down = (x - place.left()) / place.width(), (y - place.top()) / place.height()
        picture = PICTURES[snapshot.field.space]
        if self._draft is not None:  # the answers are to other points, and not drawn
            return ""
        return picture.words(snapshot.field, snapshot.data, self._showing, across, down)


def _drawn(snapshot: Snapshot) -> tuple[object, object]:
    """What the overlay shows: the samples, and through which plane. Both are equal only if they are the same."""
    return snapshot.data, snapshot.field.slice if snapshot.field else None
