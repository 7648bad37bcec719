"""The canvas of a layer's space: turned and moved with the mouse, and a point is picked by a click."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent

from mlp_playground.analysis.space.cloud import Cloud
from mlp_playground.analysis.space.observe import Space
from mlp_playground.views.canvas.navigated_view import CLICK, ZOOM, ZOOMS
from mlp_playground.views.canvas.picture_frame import point_size
from mlp_playground.views.canvas.quick_paint import Stamps
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import RoundButton
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.space.camera import Turn
from mlp_playground.views.space.space_picture import SpaceShowing, paint_space, point_places, space_place, wall_at
from mlp_playground.views.space.space_points import hollow
from mlp_playground.views.space.space_words import point_words, wall_words
from mlp_playground.views.theme import Theme, theme_of

NEAR = 14.0
"""Pixels within which a click picks the nearest point."""
DEGREES = 0.5
"""Of a turn for each pixel that the mouse is dragged."""
STEEPEST = 89.0
CLOSEST, FARTHEST = 40.0, 0.2
TIP = (
    "Click a point to follow it (Esc lets it go). Drag to move the picture; in 3-D that turns it, Shift or the right "
    "button moves it. The wheel zooms, a double click brings everything back. ← and → go step by step, Space plays."
)


class SpaceView(PointingView):
    """Draws `space` as `showing` says, which the mouse changes: `showing_changed` carries the new one. `clicked`: on a
    point, which is picked now."""

    showing_changed = Signal(SpaceShowing)
    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._space: Space | None = None
        self._showing = SpaceShowing()
        self._pressed: tuple[QPointF, Turn, bool] | None = None
        self._dragged = False
        self._stamps: tuple[object, Stamps] | None = None
        self.setMinimumSize(180, 160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The data as a layer sees them")
        self.setToolTip(TIP)
        self.go_home = RoundButton("fit", "Show everything again (Home, or a double click)", 26)
        self.go_home.setParent(self)
        self.go_home.clicked.connect(lambda: self.look_from(Turn()))
        self.go_home.hide()

    @property
    def showing(self) -> SpaceShowing:
        """What is drawn, and from where it is seen."""
        return self._showing

    def show_space(self, space: Space | None) -> None:
        """Draw this moment of the run."""
        self._space = space
        self.update()

    def show_options(self, showing: SpaceShowing) -> None:
        """Draw it so."""
        if showing != self._showing:
            self._showing = showing
            self.go_home.setVisible(showing.turn != Turn())
            self.update()
            self.showing_changed.emit(showing)

    def look_from(self, turn: Turn) -> None:
        """Turned, zoomed and moved like this."""
        self.show_options(replace(self._showing, turn=turn))

    def sizeHint(self) -> QSize:
        return QSize(360, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.go_home.move(self.width() - self.go_home.width() - 4, 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._space is not None:
            area, theme = QRectF(self.rect()), theme_of(self.palette())
            with painting(QPainter(self)) as painter:
                paint_space(
                    painter, area, self._space, self._showing, theme, self._stamps_for(self._space.cloud, theme)
                )

    def _stamps_for(self, cloud: Cloud, theme: Theme) -> Stamps:
        """The points' marks, drawn once for these data, this theme and this size."""
        what = cloud, theme, point_size(space_place(QRectF(self.rect()))), self.devicePixelRatioF()
        if self._stamps is None or self._stamps[0] != what:
            self._stamps = what, Stamps(cloud.data, cloud.samples.y, hollow(cloud), *what[1:])
        return self._stamps[1]

    # -- the mouse ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        moves = event.button() == Qt.MouseButton.RightButton or bool(
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )
        self._pressed, self._dragged = (event.position(), self._showing.turn, moves or not self._is_deep()), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._pressed is None:
            return
        start, turn, moves = self._pressed
        away = event.position() - start
        self._dragged = self._dragged or away.manhattanLength() > CLICK
        if not self._dragged:
            return
        if moves:
            side = space_place(QRectF(self.rect())).width()
            turn = replace(turn, pan=(turn.pan[0] + away.x() / side, turn.pan[1] + away.y() / side))
        else:
            pitch = min(max(turn.pitch + DEGREES * away.y(), -STEEPEST), STEEPEST)
            turn = replace(turn, yaw=turn.yaw + DEGREES * away.x(), pitch=pitch)
        self.look_from(turn)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged and event.button() == Qt.MouseButton.LeftButton:
            self.show_options(replace(self._showing, picked=self._nearest(event.position())))
            if self._showing.picked is not None:
                self.clicked.emit()
        self._pressed = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.look_from(Turn())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(ZOOM ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def _zoom(self, times: float, about: QPointF) -> None:
        """So many times closer: what is at the pixel `about` stays there."""
        turn = self._showing.turn
        zoom = min(max(turn.zoom * times, FARTHEST), CLOSEST)
        place, factor = space_place(QRectF(self.rect())), zoom / turn.zoom
        fixed = (about - place.center()) / place.width()
        pan = fixed.x() + (turn.pan[0] - fixed.x()) * factor, fixed.y() + (turn.pan[1] - fixed.y()) * factor
        self.look_from(replace(turn, zoom=zoom, pan=pan))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Home:
            self.look_from(Turn())
        elif event.key() == Qt.Key.Key_Escape and self._showing.picked is not None:
            self.show_options(replace(self._showing, picked=None))
        elif (times := ZOOMS.get(Qt.Key(event.key()))) is not None:
            self._zoom(times, space_place(QRectF(self.rect())).center())
        else:
            super().keyPressEvent(event)

    def _is_deep(self) -> bool:
        if self._space is None:
            return False
        places = self._space.places
        s = min(int(self._showing.t + 0.5), len(places) - 1)
        return places[s].projection.dimensions == 3

    def _nearest(self, at: QPointF) -> int | None:
        """The number of the point at a place of the widget; None: there is none."""
        if self._space is None:
            return None
        places = point_places(QRectF(self.rect()), self._space, self._showing)
        away = np.hypot(places[:, 0] - at.x(), places[:, 1] - at.y())
        if not self._showing.test_points and self._space.cloud.n_train:
            away[self._space.cloud.n_train :] = np.inf
        nearest = int(away.argmin())
        return nearest if away[nearest] <= NEAR else None

    def words_at(self, x: float, y: float) -> str:
        if self._space is None:
            return ""
        found = self._nearest(QPointF(x, y))
        if found is not None:
            return point_words(self._space, found)
        wall = wall_at(QRectF(self.rect()), self._space, self._showing, x, y)
        return "" if wall is None else wall_words(wall.layer, wall.neuron)
