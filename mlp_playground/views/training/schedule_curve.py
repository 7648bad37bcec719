"""A schedule as a small curve: the learning rate over the planned epochs, and where the run is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlp_playground.views.painting import painting
from mlp_playground.views.theme import SPACE, theme_of

HEIGHT = 56


class ScheduleCurve(QWidget):
    """Draws `factor(t)` for t in 0…1, from nothing at the lower line to the full learning rate at the upper one."""

    def __init__(self) -> None:
        super().__init__()
        self._factor: Callable[[float], float] = lambda _: 1.0
        self._done: float | None = None
        self.setFixedHeight(HEIGHT)

    def show_schedule(self, factor: Callable[[float], float], done: float | None) -> None:
        """Show a schedule and the share 0…1 of the plan that is done; None: there is no plan."""
        self._factor, self._done = factor, done
        self.update()

    def place_of(self, t: float) -> QPointF:
        """Where the curve is at `t`, in pixels."""
        ground = self._ground()
        return QPointF(ground.left() + t * ground.width(), ground.bottom() - self._factor(t) * ground.height())

    def _ground(self) -> QRectF:
        # room for the dot at either end, and lines in the middle of their pixels
        return QRectF(self.rect()).adjusted(4.5, SPACE + 0.5, -4.5, -SPACE - 0.5)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, ground = theme_of(self.palette()), self._ground()
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(ground.bottomLeft(), ground.bottomRight())
            painter.setPen(QPen(QColor(theme.line), 1, Qt.PenStyle.DotLine))
            painter.drawLine(ground.topLeft(), ground.topRight())
            painter.setPen(QPen(QColor(theme.accent if self._done is not None else theme.muted), 1.8))
            steps = max(round(ground.width()), 1)
            painter.drawPolyline([self.place_of(step / steps) for step in range(steps + 1)])
            if self._done is not None:
                painter.setPen(QPen(QColor(theme.surface), 1.5))
                painter.setBrush(QColor(theme.accent))
                painter.drawEllipse(self.place_of(self._done), 4.5, 4.5)
