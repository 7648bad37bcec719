"""What the colours of a row of weight pictures mean, in a line."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.views.digits.tiles import SCALE_WIDTH, paint_scale_bar
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import theme_of

SCALE_TIP = (
    "A pixel's weight: ink there excites the neuron where it is blue, and inhibits it where it is orange.\n"
    "One weight in 200 is larger than the scale shows"
)


class ScaleBar(QWidget):
    """The scale of all pictures; `show_scale(None)` where each has its own."""

    def __init__(self) -> None:
        super().__init__()
        self._scale: float | None = None
        self.setFixedSize(round(SCALE_WIDTH), 20)
        self.setToolTip(SCALE_TIP)

    def show_scale(self, scale: float | None) -> None:
        """It ends at ±`scale`."""
        if scale != self._scale:
            self._scale = scale
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._scale is not None:
            with painting(QPainter(self)) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_scale_bar(painter, QRectF(self.rect()), self._scale, theme_of(self.palette()))
