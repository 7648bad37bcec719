"""The training samples that excite a neuron most: digits as pictures, others as numbered entries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.outlines import paint_levels
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import Theme, font, theme_of

PICTURE, GAP, ENTRY = 30.0, 4.0, 17.0
TIP = "The training samples for which the neuron's sum z is largest, the strongest first. Click one to look at it."


@dataclass(frozen=True)
class Best:
    """The samples: `X` (n_raw, k) their inputs, the neuron's activation for each, what each is called, and, where they
    are pictures, the pictures' shape."""

    X: NDArray[np.float32]
    activations: tuple[float, ...]
    words: tuple[str, ...]
    image_shape: tuple[int, int] | None = None


def places(area: QRectF, best: Best) -> list[QRectF]:
    """Where each of those stands that have room."""
    if best.image_shape is None:
        fit = min(int(area.height() // ENTRY), len(best.words))
        return [QRectF(area.left(), area.top() + k * ENTRY, area.width(), ENTRY) for k in range(fit)]
    across = max(int((area.width() + GAP) // (PICTURE + GAP)), 1)
    rows = max(int((area.height() + GAP) // (PICTURE + GAP)), 1)
    return [
        QRectF(area.left() + k % across * (PICTURE + GAP), area.top() + k // across * (PICTURE + GAP), PICTURE, PICTURE)
        for k in range(min(across * rows, len(best.words)))
    ]


def paint_best(painter: QPainter, area: QRectF, best: Best, theme: Theme, lit: int | None = None) -> None:
    """As many of the samples as have room."""
    painter.save()
    painter.setFont(font(8.5))
    for k, place in enumerate(places(area, best)):
        if best.image_shape is not None:
            paint_levels(painter, place, ink(best.X[:, k].reshape(best.image_shape)), theme.ink_scale, theme)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent if k == lit else theme.line), 2 if k == lit else 1))
            painter.drawRect(place)
        else:
            _paint_entry(painter, place, best, k, theme, is_lit=k == lit)
    painter.restore()


def _paint_entry(painter: QPainter, place: QRectF, best: Best, k: int, theme: Theme, *, is_lit: bool) -> None:
    number = f"{best.activations[k]:.2f}".replace("-", "−")
    room = QFontMetricsF(painter.font())
    wide = room.horizontalAdvance(number) + 6
    words = f"{k + 1}   {best.words[k]}"
    left = place.adjusted(0, 0, -wide, 0)
    painter.setPen(QColor(theme.text if is_lit else theme.muted))
    cut = room.elidedText(words, Qt.TextElideMode.ElideRight, left.width())
    painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
    painter.setPen(QColor(theme.text))
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)


class BestSamples(QWidget):
    """Draws the Best. `pointed_at` carries the number of the one under the mouse, or None, `picked` that of a clicked
    one."""

    pointed_at = Signal(object)
    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._best: Best | None = None
        self._lit: int | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(180, 50)
        self.setAccessibleName("Samples that excite the neuron most")

    def sizeHint(self) -> QSize:
        return QSize(220, 68)

    @property
    def best(self) -> Best | None:
        """What is drawn."""
        return self._best

    def show_best(self, best: Best | None) -> None:
        """Draw them; None: not known yet."""
        self._best = best
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._best is not None:
            with painting(QPainter(self)) as painter:
                paint_best(painter, QRectF(self.rect()), self._best, theme_of(self.palette()), self._lit)

    def at(self, pixel: QPointF) -> int | None:
        """The sample at a place."""
        if self._best is None:
            return None
        found = (k for k, place in enumerate(places(QRectF(self.rect()), self._best)) if place.contains(pixel))
        return next(found, None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._light(self.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._light(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        k = self.at(event.position())
        if k is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(k)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            k = self.at(QPointF(event.pos()))
            text = TIP if k is None or self._best is None else _words(self._best, k)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _light(self, k: int | None) -> None:
        if k != self._lit:
            self._lit = k
            self.setCursor(Qt.CursorShape.ArrowCursor if k is None else Qt.CursorShape.PointingHandCursor)
            self.pointed_at.emit(k)
            self.update()


def _words(best: Best, k: int) -> str:
    number = f"{best.activations[k]:.4g}".replace("-", "−")
    return f"{best.words[k]}\nactivation {number}\nClick to look at it in every panel."
