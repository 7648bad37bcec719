"""The large canvas: the network's answer everywhere, live, with the value under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.field_picture import PICTURES
from mlp_playground.views.painting import painting
from mlp_playground.views.picture_frame import Showing
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import theme_of


class FieldCanvas(PointingView):
    """Draws `snapshot.field` and the samples. `pointed_at` carries what lies under the mouse in words, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._showing = Showing()
        self._overlay: QPixmap | None = None
        self.setMinimumSize(200, 200)
        self.setAccessibleName("What the network answers")

    @property
    def showing(self) -> Showing:
        """What is drawn over the map, and whose map it is."""
        return self._showing

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        if self._snapshot is None or self._snapshot.data is not snapshot.data:
            self._overlay = None
        self._snapshot = snapshot
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

    def _painted_overlay(self, snapshot: Snapshot) -> QPixmap:
        """Points and axes as one picture: hundreds of shapes that need drawing only when data or size change."""
        ratio = self.devicePixelRatioF()
        overlay = QPixmap(self.size() * ratio)
        overlay.setDevicePixelRatio(ratio)
        overlay.fill(Qt.GlobalColor.transparent)
        with painting(QPainter(overlay)) as painter:
            picture, theme = PICTURES[snapshot.data.space], theme_of(self.palette())
            picture.paint_overlay(painter, self.place(), snapshot.data, theme, self._showing)
        return overlay

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
        return picture.words(snapshot.field, snapshot.data, self._showing, across, down)
