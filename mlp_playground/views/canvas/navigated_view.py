"""A view of a part of the plane: dragged, zoomed with the wheel or by keys, and brought home again."""

from __future__ import annotations

from math import isclose

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.data.extent import HOME, Extent
from mlp_playground.views.parts import RoundButton
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import SPACE

ZOOM = 1.25
"""How much closer a notch of the wheel goes."""
KEY_ZOOM, KEY_STEP = 1.5, 0.25
"""The same for a key, and how far an arrow moves, in half widths."""
GRIPS = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton)
"""Each of these drags the picture."""
CLICK = 4.0
"""A mouse that was pressed and moved farther than this, in pixels, drags."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
ZOOMS = {Qt.Key.Key_Plus: KEY_ZOOM, Qt.Key.Key_Equal: KEY_ZOOM, Qt.Key.Key_Minus: 1 / KEY_ZOOM}


class NavigatedView(PointingView):
    """Shows `extent` of the plane in the square `place()`.

    `extent_changed` carries the Extent that the user looks at, or None for the home. `clicked` carries the point of the
    plane at which the left button was pressed and let go again. Where there is no plane, nothing of this happens.
    """

    extent_changed = Signal(object)
    clicked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home: Extent | None = None
        self._chosen: Extent | None = None
        self._pressed: QPointF | None = None
        self._grip: tuple[float, float] | None = None
        self.by_key = False
        self.go_home = RoundButton("fit", "Show everything again (Home, or a double click)", 26)
        self.go_home.setParent(self)
        self.go_home.clicked.connect(lambda: self.look_at(None))
        self.go_home.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def extent(self) -> Extent:
        """The part of the plane that is shown."""
        return self._chosen or self._home or HOME

    @property
    def can_move(self) -> bool:
        """Whether there is a plane to move about in."""
        return self._home is not None

    def place(self) -> QRectF:
        """Where in the widget the picture stands, in pixels."""
        return QRectF(self.rect())

    def let_move(self, home: Extent | None) -> None:
        """What `home` is from now on; None: there is no plane to move about in."""
        self._home = home
        if home is None:
            self.look_at(None)
        self._place_button()

    def look_at(self, extent: Extent | None) -> None:
        """Show this part of the plane, as far as one can go; None: the home."""
        if extent is not None:
            extent = None if self._home is None else extent.near(self._home)
        if extent is not None and self._home is not None and _same(extent, self._home):
            extent = None
        if extent != self._chosen:
            self._chosen = extent
            self.extent_changed.emit(extent)
            self._place_button()
            self.update()
            self.tell_again()

    def zoom(self, factor: float, about: tuple[float, float] | None = None) -> None:
        """`factor` times closer, about a point of the plane, or (None) about the middle."""
        self.look_at(self.extent.zoomed(factor, about))

    def in_plane(self, x: float, y: float) -> tuple[float, float] | None:
        """The point of the plane at a place of the widget; None where there is none."""
        place = self.place()
        if not self.can_move or not place.contains(x, y):
            return None
        return self._point(x, y)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        place = self.place()
        return self.extent.point((x - place.left()) / place.width(), (y - place.top()) / place.height())

    # -- mouse ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in GRIPS and self.in_plane(*event.position().toTuple()) is not None:
            self._pressed, self._grip = event.position(), None
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and self._grip is None:
            away = event.position() - self._pressed
            if abs(away.x()) + abs(away.y()) > CLICK:
                self._grip = self._point(*self._pressed.toTuple())
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._grip is not None:
            x1, x2 = self._point(*event.position().toTuple())
            self.look_at(self.extent.moved(self._grip[0] - x1, self._grip[1] - x2))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and self._grip is None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(*self._point(*self._pressed.toTuple()))
        if self._grip is not None:
            self.show_cursor()
        self._pressed = self._grip = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.in_plane(*event.position().toTuple()) is not None:
            self.look_at(None)
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.setAccepted(self.can_move)  # there the right button has its own use

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if not self.can_move or notches == 0:
            event.ignore()
            return
        self.zoom(ZOOM**notches, self.in_plane(*event.position().toTuple()))
        event.accept()

    def show_cursor(self) -> None:
        """The cursor that belongs here while nobody drags."""
        self.setCursor(Qt.CursorShape.ArrowCursor)

    # -- keys -----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # arrows, + and − would else belong to whoever has them as a shortcut
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and self._goal(event) is not None:  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        goal = self._goal(event)
        if goal is None:
            super().keyPressEvent(event)
        else:
            self.look_at(goal)

    def _goal(self, event: QKeyEvent) -> Extent | None:
        """What a key goes to; None: it does nothing here."""
        plain = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        if self._home is None or event.modifiers() & ~plain:
            return None
        key = Qt.Key(event.key())
        if key in ARROWS:
            across, up = ARROWS[key]
            step = KEY_STEP * self.extent.half_width
            return self.extent.moved(across * step, up * step)
        if key in ZOOMS:
            return self.extent.zoomed(ZOOMS[key])
        return self._home if key in (Qt.Key.Key_Home, Qt.Key.Key_0) else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.by_key = False
        self.update()
        super().focusOutEvent(event)

    # -- the button -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def free_corner(self) -> QPointF:
        """The upper right corner of what the button may lie over."""
        return self.place().topRight()

    def _place_button(self) -> None:
        corner = self.free_corner()
        self.go_home.setVisible(self._chosen is not None)
        self.go_home.move(round(corner.x()) - self.go_home.width() - SPACE, round(corner.y()) + SPACE)


def _same(one: Extent, other: Extent) -> bool:
    """Whether they differ by no more than what rounding leaves of zooming in and out again."""
    tiny = 1e-6 * other.half_width
    near = all(isclose(a, b, abs_tol=tiny) for a, b in zip(one.centre, other.centre, strict=True))
    return near and isclose(one.half_width, other.half_width, rel_tol=1e-6)
