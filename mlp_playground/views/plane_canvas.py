"""The large canvas: the network's answer everywhere on the plane, live, with the value under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.analysis.plane import Map
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import percent
from mlp_playground.views.plane_picture import Showing, paint_map, paint_overlay, square
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import theme_of


class PlaneCanvas(PointingView):
    """Draws `snapshot.plane` and the points. `pointed_at` carries what lies under the mouse in words, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._showing = Showing()
        self._overlay: QPixmap | None = None
        self.setMinimumSize(200, 200)
        self.setAccessibleName("Decision boundary: the network's answer over the plane")

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
        if snapshot is None or snapshot.plane is None:
            return
        with painting(QPainter(self)) as painter:
            area, theme = QRectF(self.rect()), theme_of(self.palette())
            paint_map(painter, area, snapshot.plane, snapshot.data, theme, self._showing)
            if self._overlay is None:
                self._overlay = self._painted_overlay(snapshot)
            painter.drawPixmap(0, 0, self._overlay)

    def _painted_overlay(self, snapshot: Snapshot) -> QPixmap:
        """Points and axes as one picture: hundreds of shapes that need drawing only when data or size change."""
        assert snapshot.plane is not None
        ratio = self.devicePixelRatioF()
        overlay = QPixmap(self.size() * ratio)
        overlay.setDevicePixelRatio(ratio)
        overlay.fill(Qt.GlobalColor.transparent)
        with painting(QPainter(overlay)) as painter:
            area, theme = QRectF(self.rect()), theme_of(self.palette())
            paint_overlay(painter, area, snapshot.plane.half_width, snapshot.data, theme, self._showing)
        return overlay

    def words_at(self, x: float, y: float) -> str:
        snapshot = self._snapshot
        place = square(QRectF(self.rect()))
        if snapshot is None or snapshot.plane is None or not place.contains(x, y):
            return ""
        across, down = (x - place.left()) / place.width(), (y - place.top()) / place.height()
        field = snapshot.plane
        x1, x2 = (2 * across - 1) * field.half_width, (1 - 2 * down) * field.half_width
        where = f"x₁ = {x1:.2f}   x₂ = {x2:.2f}   "
        if self._showing.focus is not None:
            return (where + f"value {_at(self._showing.focus, across, down):+.3f}").replace("-", "−")
        value = _at(field.answer, across, down)
        if snapshot.data.task == "regression":
            answer = f"prediction {value:+.2f}"
        else:
            p = (value + 1) / 2
            likely = int(p >= 0.5)
            answer = f"{percent(p if likely else 1 - p, 0)} {snapshot.data.classes[likely]}"
        return (where + answer).replace("-", "−")


def _at(shown: Map, across: float, down: float) -> float:
    """The map's value at a share of its width and height."""
    rows, columns = shown.values.shape
    return float(shown.values[min(int(down * rows), rows - 1), min(int(across * columns), columns - 1)])
