"""The maps of all layers under the mouse: a sample that is pointed at in one is marked in all."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mlp_playground.analysis.layer_map import LayerMap
from mlp_playground.analysis.probe import Probe
from mlp_playground.views.canvas.navigated_view import CLICK, ZOOM, ZOOMS
from mlp_playground.views.layers.map_picture import MapShowing, map_at, paint_map, paint_marked, sample_at
from mlp_playground.views.layers.map_points import MapStamps
from mlp_playground.views.layers.map_tiles import ABOVE, Lens, tiles
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import RoundButton
from mlp_playground.views.theme import Theme, theme_of

NEAR = 12.0
"""Pixels within which the mouse is on the nearest sample."""
TIP = (
    "A sample: point to see it in all layers, click to stay with it (Esc lets it go).\n"
    "A layer: double click to enlarge, wheel to look closer, drag to move.\n"
    "Click beside samples, or press ← and →, to select the layer."
)


class MapView(QWidget):
    """Draws the maps. `pointed` carries the number of the sample under the mouse, `picked` of the one that was clicked,
    or None; `chosen` the column of a layer."""

    pointed = Signal(object)
    picked = Signal(object)
    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._found: LayerMap | None = None
        self._probe: Probe | None = None
        self._showing = MapShowing()
        self._stamps: tuple[object, MapStamps] | None = None
        self._ground: QPixmap | None = None
        self._pressed: tuple[QPointF, int | None, Lens] | None = None
        self._dragged = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("The samples as each layer has them")
        self.setToolTip(TIP)
        self.go_home = RoundButton("fit", "All layers whole again (Home)", 24)
        self.go_home.setParent(self)
        self.go_home.clicked.connect(self.show_all)
        self.go_home.hide()

    @property
    def showing(self) -> MapShowing:
        """What is drawn."""
        return self._showing

    def show_map(self, found: LayerMap, probe: Probe | None) -> None:
        """Draw this moment of the run. `probe` is what a straight cut does on each layer, where that is known."""
        before = self._found
        self._found, self._probe = found, probe
        if before is not None and len(before.sheets) != len(found.sheets):
            self.show_options(replace(self._showing, large=None, lenses={}))
        if before is not None and before.samples is not found.samples:
            self.show_options(replace(self._showing, pointed=None, picked=None))
        self._paint_anew()

    def show_options(self, showing: MapShowing) -> None:
        """Draw it so."""
        before, self._showing = self._showing, showing
        if showing != before:
            self.go_home.setVisible(bool(showing.lenses) or showing.large is not None)
            if replace(before, pointed=None, picked=None) != replace(showing, pointed=None, picked=None):
                self._paint_anew()
            self.update()

    def show_all(self) -> None:
        """All layers whole, none enlarged."""
        self.show_options(replace(self._showing, large=None, lenses={}))

    # -- painting -------------------------------------------------------------------------------------------------

    def _paint_anew(self) -> None:
        self._ground = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.go_home.move(self.width() - self.go_home.width(), self.height() - self.go_home.height())
        self._paint_anew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._paint_anew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._found is None:
            return
        area, theme = QRectF(self.rect()), theme_of(self.palette())
        if self._ground is None:
            self._ground = self._painted(self._found, theme)
        with painting(QPainter(self)) as painter:
            painter.drawPixmap(0, 0, self._ground)
            paint_marked(painter, area, self._found, theme, self._showing)

    def _painted(self, found: LayerMap, theme: Theme) -> QPixmap:
        """All but the marked samples: thousands of points, while the mouse moves over them."""
        ratio = self.devicePixelRatioF()
        ground = QPixmap(self.size() * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(Qt.GlobalColor.transparent)
        stamps = self._stamps_for(found, theme, ratio)
        with painting(QPainter(ground)) as painter:
            paint_map(painter, QRectF(self.rect()), found, self._probe, theme, self._showing, stamps)
        return ground

    def _stamps_for(self, found: LayerMap, theme: Theme, ratio: float) -> MapStamps:
        what = found.samples, theme, ratio
        if self._stamps is None or self._stamps[0] != what:
            self._stamps = what, MapStamps(*what)
        return self._stamps[1]

    # -- mouse and keys -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self._column(event.position())
        self._pressed = event.position(), column, self._showing.lens(column or 0)
        self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._point(self._sample(event.position()))
            return
        start, column, lens = self._pressed
        away = event.position() - start
        self._dragged = self._dragged or away.manhattanLength() > CLICK
        if self._dragged and column is not None and lens.times > 1:
            self._look(column, lens.moved(self._place(column), away))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._dragged or event.button() != Qt.MouseButton.LeftButton:
            return
        sample = self._sample(event.position())
        if sample is None and (column := self._column(event.position(), ABOVE)) is not None:
            self.chosen.emit(column)
        self.picked.emit(sample)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        column = self._column(event.position(), ABOVE)
        if column is not None:
            large = None if column == self._showing.large else column
            self.show_options(replace(self._showing, large=large))

    def wheelEvent(self, event: QWheelEvent) -> None:
        column = self._column(event.position())
        if column is None:
            event.ignore()
            return
        times = ZOOM ** (event.angleDelta().y() / 120)
        self._look(column, self._showing.lens(column).closer(self._place(column), times, event.position()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        chosen = self._showing.chosen or 0
        if self._found is None:
            super().keyPressEvent(event)
        elif by is not None:
            self.chosen.emit(min(max(chosen + by, 0), len(self._found.sheets) - 1))
        elif key in ZOOMS:
            place = self._place(chosen)
            self._look(chosen, self._showing.lens(chosen).closer(place, ZOOMS[key], place.center()))
        elif key == Qt.Key.Key_Home:
            self.show_all()
        elif key == Qt.Key.Key_Escape and self._showing.picked is not None:
            self.picked.emit(None)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._column(QPointF(event.pos())) is not None:
            return True  # it would hide the maps that the reader compares
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def _point(self, number: int | None) -> None:
        if number != self._showing.pointed:
            self.show_options(replace(self._showing, pointed=number))
            self.pointed.emit(number)

    def _look(self, column: int, lens: Lens) -> None:
        """See a part of a layer's map."""
        others = {k: each for k, each in self._showing.lenses.items() if k != column}
        self.show_options(replace(self._showing, lenses=others if lens == Lens() else others | {column: lens}))

    def _column(self, at: QPointF, room: float = 0.0) -> int | None:
        return None if self._found is None else map_at(QRectF(self.rect()), self._found, self._showing, at, room)

    def _place(self, column: int) -> QRectF:
        assert self._found is not None
        return tiles(QRectF(self.rect()), len(self._found.sheets), self._showing.large)[column]

    def _sample(self, at: QPointF) -> int | None:
        return None if self._found is None else sample_at(QRectF(self.rect()), self._found, self._showing, at, NEAR)
