"""Paper to draw a digit on, with mouse, pen or finger."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mlp_playground.data.pen import PenPoint, PenStroke, Strokes
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import RADIUS, font, theme_of

NEAR = 0.012
"""A pen that moved less than this, of the paper, is not somewhere else: a line needs no more points."""
FIRST_PEN = 9
"""Hundredths of the paper's side across which the pen draws: digits of a usual size come out as thick as MNIST's."""
ERASER = 1.6
"""How much wider the eraser is than the pen."""
KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
LIGHTEST, FIRMEST = 0.5, 1.4
"""How wide the line of a pen that feels pressure is at none and at full, of the chosen width."""


class DigitPad(QWidget):
    """`drawn` carries the strokes after each move. The right button erases, as does a pen's other end."""

    drawn = Signal(tuple)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[PenStroke] = []
        self._now: list[PenPoint] = []
        self._erasing = False
        self.pen, self.erases = FIRST_PEN / 100, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # the right button erases
        self.setMinimumSize(80, 80)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("Draw a digit; the right button erases. Backspace takes a stroke back, Delete all")
        self.setAccessibleName("Paper to draw a digit on")

    def sizeHint(self) -> QSize:
        return QSize(148, 148)

    @property
    def strokes(self) -> Strokes:
        """What is drawn, with the stroke that is being drawn."""
        return (*self._strokes, *([PenStroke(tuple(self._now), self._erasing)] if self._now else []))

    @property
    def is_drawing(self) -> bool:
        """Whether the pen is on the paper."""
        return bool(self._now)

    def show_strokes(self, strokes: Strokes) -> None:
        """Another drawing, which is told as if it had been drawn."""
        self._strokes, self._now = list(strokes), []
        self.update()
        self.drawn.emit(self.strokes)

    def undo(self) -> None:
        """Take the last stroke back."""
        self.show_strokes(self.strokes[:-1])

    def clear(self) -> None:
        """Blank paper."""
        self.show_strokes(())

    @property
    def paper(self) -> QRectF:
        """The square that is drawn on, in pixels."""
        side = min(self.width(), self.height()) - 2
        return QRectF((self.width() - side) / 2, 1, side, side)

    # -- drawing --------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._begin(event.position(), erases=self.erases or event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            self._go_on(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.undo()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() == QTabletEvent.Type.TabletPress:
            is_eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._begin(event.position(), event.pressure(), erases=self.erases or is_eraser)
        elif event.type() == QTabletEvent.Type.TabletMove and self._now:
            self._go_on(event.position(), event.pressure())
        elif event.type() == QTabletEvent.Type.TabletRelease:
            self._end()
        event.accept()  # else the same would come once more as a mouse

    def _begin(self, at: QPointF, pressure: float | None = None, *, erases: bool) -> None:
        self._end()
        self._erasing = erases
        self._now = [self._point(at, pressure)]
        self._tell()

    def _go_on(self, at: QPointF, pressure: float | None = None) -> None:
        point = self._point(at, pressure)
        if self._now and abs(point[0] - self._now[-1][0]) + abs(point[1] - self._now[-1][1]) >= NEAR:
            self._now.append(point)
            self._tell()

    def _end(self) -> None:
        if self._now:
            self._strokes.append(PenStroke(tuple(self._now), self._erasing))
            self._now = []
            self.finished.emit()

    def _point(self, at: QPointF, pressure: float | None) -> PenPoint:
        place = self.paper
        x, y = (at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height()
        firm = 1.0 if pressure is None else LIGHTEST + (FIRMEST - LIGHTEST) * pressure
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0), self.pen / 2 * firm * (ERASER if self._erasing else 1)

    def _tell(self) -> None:
        self.update()
        self.drawn.emit(self.strokes)

    # -- painting -------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, place = theme_of(self.palette()), self.paper
        blank, inked = (QColor("#000000"), QColor("#ffffff"))[:: 1 if theme.name == "dark" else -1]
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blank)
            painter.drawRoundedRect(place, RADIUS, RADIUS)
            painter.setClipRect(place.adjusted(1, 1, -1, -1))
            for stroke in self.strokes:
                _paint_stroke(painter, place, stroke, blank if stroke.erases else inked)
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent if self._now else theme.muted), 1))
            painter.drawRoundedRect(place, RADIUS, RADIUS)
            if not self.strokes:
                painter.setFont(font(10))
                painter.setPen(QColor(theme.muted))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "draw a digit\nhere")


def _paint_stroke(painter: QPainter, paper: QRectF, stroke: PenStroke, colour: QColor) -> None:
    side, corner = paper.width(), paper.topLeft()
    points = [(corner + QPointF(x, y) * side, 2 * r * side) for x, y, r in stroke.points]
    if len(points) == 1:
        points *= 2
    for (start, _), (end, width) in pairwise(points):
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        if start == end:
            painter.drawPoint(start)
        else:
            painter.drawLine(start, end)
