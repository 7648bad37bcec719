"""The chart of all visible runs on screen: a crosshair reads it off, and a drag looks closer at a part of the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.views.painting import painting
from mlp_playground.views.parts import flat_button
from mlp_playground.views.run_curves import CurveShowing, Plot, Reading, RunCurves, paint_runs, read_off
from mlp_playground.views.theme import SPACE, font, theme_of
from mlp_playground.views.training.curve_readout import Readout, paint_crosshair

UNCOUNTED = "Nobody counted the seconds of this run: its file is from an older program"
LEAST_DRAG = 8
"""Pixels below which a drag is a click."""


class CurveChart(QWidget):
    """Draws what it is given. `moment_wanted` carries an epoch of the present run that was clicked; `zoomed` that
    another part of the way is seen."""

    moment_wanted = Signal(float)
    zoomed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.showing = CurveShowing()
        self.runs: tuple[RunCurves, ...] = ()
        self.now: float | None = None
        self.plot: Plot | None = None
        self.pointed: float | None = None
        self._picture: QPixmap | None = None
        self._pressed: float | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(160, 64)
        self.readout = Readout(self)
        self.whole = flat_button("whole run", "See all of the way again (Escape)")
        self.whole.setParent(self)
        self.whole.clicked.connect(lambda: self.zoom(None))
        self.whole.hide()
        self.setAccessibleName("Curves of loss and accuracy")
        self.setAccessibleDescription("Left and right move the crosshair, Escape shows the whole run")

    def sizeHint(self) -> QSize:
        return QSize(400, 160)

    def show_runs(self, runs: Sequence[RunCurves], showing: CurveShowing, now: float | None) -> None:
        """Draw these runs; `now` is the moment that is looked at, on the x axis."""
        if showing.seconds != self.showing.seconds:
            self.pointed = None
        self.runs, self.showing, self.now = tuple(runs), showing, now
        self._picture = None
        self._place_button()
        self._tell()
        self.update()

    def _place_button(self) -> None:
        """In the corner, while only a part is seen."""
        self.whole.setVisible(self.showing.zoom is not None)
        self.whole.adjustSize()
        self.whole.move(self.width() - self.whole.width() - 2 * SPACE, 0)

    @property
    def missing(self) -> str:
        """What can't be drawn of the present run, and why; nothing usually."""
        unknown = [run for run in self.runs if run.style is None and np.isnan(run.x(self.showing)).all()]
        return UNCOUNTED if unknown and unknown[0].table.shape[1] else ""

    # -- painting -------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._picture = None
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None
        self._place_button()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        picture = self._picture or self._painted()
        with painting(QPainter(self)) as painter:
            painter.drawPixmap(0, 0, picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme = theme_of(self.palette())
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 1))
                painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
            if self.plot is not None and self.pointed is not None:
                if self._pressed is not None:
                    self._paint_drag(painter, self.plot)
                paint_crosshair(painter, self.plot, self._readings(), self.showing, self.pointed, theme)

    def _readings(self) -> list[Reading]:
        assert self.pointed is not None
        return read_off(self.runs, self.showing, self.pointed)

    def _tell(self) -> None:
        """Show what was read off, or nothing."""
        if self.plot is None or self.pointed is None:
            self.readout.hide()
        else:
            here = self.plot.point(self.pointed, self.plot.y.high).x()
            self.readout.show_above(self, here, self._readings(), self.showing, self.pointed)

    def _painted(self) -> QPixmap:
        """The curves, kept until they change: the crosshair moves much more often."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        theme = theme_of(self.palette())
        picture.fill(QColor(theme.background))
        area = QRectF(self.rect()).adjusted(SPACE, 0, 0, 0)
        with painting(QPainter(picture)) as painter:
            self.plot = paint_runs(painter, area, self.runs, self.showing, theme, now=self.now, compact=True)
            painter.setFont(font(9))
            painter.setPen(QColor(theme.muted))
            painter.drawText(self.plot.place, Qt.AlignmentFlag.AlignCenter, self.missing)
        self._picture = picture
        return picture

    def _paint_drag(self, painter: QPainter, plot: Plot) -> None:
        left, right = sorted((self._pressed or 0.0, plot.point(self.pointed or 0.0, plot.y.high).x()))
        colour = QColor(theme_of(self.palette()).accent)
        colour.setAlpha(50)
        painter.fillRect(QRectF(QPointF(left, plot.place.top()), QPointF(right, plot.place.bottom())), colour)

    # -- mouse and keys -------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.plot is not None:
            inside = self.plot.place.adjusted(-SPACE, -2 * SPACE, SPACE, 2 * SPACE).contains(event.position())
            self._point_at(self.plot.x_at(event.position().x()) if inside or self._pressed is not None else None)

    def hideEvent(self, event: QHideEvent) -> None:
        self._point_at(None)
        super().hideEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.plot is not None:
            place = self.plot.place
            self._pressed = min(max(event.position().x(), place.left()), place.right())
            self._point_at(self.plot.x_at(self._pressed))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._pressed = self._pressed, None
        if start is None or self.plot is None or event.button() != Qt.MouseButton.LeftButton:
            return
        end = event.position().x()
        if abs(end - start) >= LEAST_DRAG:
            self.zoom(sorted((self.plot.x_at(start), self.plot.x_at(end))))
        else:
            self._click(self.plot.x_at(end))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self.plot is not None:
            self._go(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.zoom(None)
            self._point_at(None)
        else:
            super().keyPressEvent(event)

    def zoom(self, part: Sequence[float] | None) -> None:
        """See a part of the way, or (None) all of it."""
        zoom = None if part is None else (part[0], max(part[1], part[0] + 1e-6))
        if zoom != self.showing.zoom:
            self.show_runs(self.runs, replace(self.showing, zoom=zoom), self.now)
            self.zoomed.emit(zoom)

    def _click(self, x: float) -> None:
        """The moment of the present run that is nearest."""
        present = next((run for run in self.runs if run.style is None), None)
        reading = None if present is None else read_off([present], self.showing, x)[0]
        if reading is not None and reading.at is not None:
            self.moment_wanted.emit(reading.at.epoch)

    def _point_at(self, x: float | None) -> None:
        if x != self.pointed:
            self.pointed = x
            self._tell()
            self.update()

    def _go(self, step: int) -> None:
        """The crosshair to the next record that can be told apart from this one."""
        assert self.plot is not None
        axis = self.plot.x
        along = np.unique(np.concatenate([run.x(self.showing) for run in self.runs]))
        along = along[np.isfinite(along) & (along >= axis.low) & (along <= axis.high)]
        if not len(along):
            return
        here = along[-1] if self.pointed is None else self.pointed
        least = (axis.high - axis.low) / max(self.plot.place.width(), 1.0)
        others = along[(along - here) * step >= least]
        self._point_at(float(here if not len(others) else others[0 if step > 0 else -1]))
