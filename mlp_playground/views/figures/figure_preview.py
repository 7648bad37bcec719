"""A figure as it will be, as large as there is room for it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.views.figures.figure import Figure, Scene, paint_figure
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import SPACE, theme_of


class FigurePreview(QWidget):
    """Shows one figure. Where it has no ground, checks shine through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[Figure, Scene, FigureOptions] | None = None
        self._drawn: QPixmap | None = None
        self.setMinimumSize(320, 320)
        self.setAccessibleName("The picture as it will be")

    def show_figure(self, figure: Figure, scene: Scene, options: FigureOptions) -> None:
        """Show it so."""
        self._wanted, self._drawn = (figure, scene, options), None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 520)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drawn = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._wanted is None:
            return
        if self._drawn is None:
            self._drawn = self._painted(*self._wanted)
        theme, size = theme_of(self.palette()), QSizeF(self._drawn.deviceIndependentSize())
        corner = QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)
        with painting(QPainter(self)) as painter:
            place = QRectF(corner, size)
            if self._wanted[2].transparent:
                painter.fillRect(place, QColor(theme.surface))
                painter.fillRect(place, QBrush(QColor(theme.raised), Qt.BrushStyle.Dense4Pattern))
            painter.drawPixmap(corner, self._drawn)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _painted(self, figure: Figure, scene: Scene, options: FigureOptions) -> QPixmap:
        paper, ratio = options.paper, self.devicePixelRatioF()
        room = QSizeF(self.width() - SPACE, self.height() - SPACE)
        scale = min(room.width() / paper.width(), room.height() / paper.height())
        result = QPixmap((paper * scale * ratio).toSize())
        result.fill(Qt.GlobalColor.transparent)
        result.setDevicePixelRatio(ratio)
        with painting(QPainter(result)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scale, scale)
            paint_figure(painter, figure, scene, options)
        return result
