"""The signs of buttons, painted, so that they are sharp at any size and in any theme's colours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

PaintSign = Callable[[QPainter, float, float, float], None]
"""Paints a sign around the pixel (x, y) that reaches `r` pixels to each side."""


def paint_sign(painter: QPainter, sign: str, centre: QPointF, size: float, colour: QColor) -> None:
    """A sign by its name in FILLED or DRAWN, in a box of `size` pixels."""
    pen = QPen(colour, max(1.4, size / 11))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    is_filled = sign in FILLED
    painter.setPen(Qt.PenStyle.NoPen if is_filled else pen)
    painter.setBrush(colour if is_filled else Qt.BrushStyle.NoBrush)
    (FILLED if is_filled else DRAWN)[sign](painter, centre.x(), centre.y(), size / 2)


def _play(painter: QPainter, x: float, y: float, r: float) -> None:
    painter.drawPolygon(_triangle(x + r * 0.12, y, r * 0.78))


def _pause(painter: QPainter, x: float, y: float, r: float) -> None:
    for side in (-1, 1):
        painter.drawRoundedRect(QRectF(x + side * r * 0.42 - r * 0.17, y - r * 0.62, r * 0.34, r * 1.24), 1.5, 1.5)


def _step(painter: QPainter, x: float, y: float, r: float) -> None:
    painter.drawPolygon(_triangle(x - r * 0.1, y, r * 0.5))
    _stop(painter, x, y, r)


def _back(painter: QPainter, x: float, y: float, r: float) -> None:
    _step(painter, x, y, -r)


def _epoch(painter: QPainter, x: float, y: float, r: float) -> None:
    for start in (-0.5, 0.15):
        painter.drawPolygon(_triangle(x + r * start, y, r * 0.5))
    _stop(painter, x, y, r)


def _stop(painter: QPainter, x: float, y: float, r: float) -> None:
    painter.drawRect(QRectF(x + r * 0.55, y - r * 0.5, r * 0.2, r))


def _reset(painter: QPainter, x: float, y: float, r: float) -> None:
    painter.drawArc(QRectF(x - r * 0.6, y - r * 0.6, r * 1.2, r * 1.2), 60 * 16, 290 * 16)
    tip = QPointF(x + r * 0.30, y - r * 0.52)
    painter.drawPolyline([tip + QPointF(-r * 0.02, -r * 0.42), tip, tip + QPointF(r * 0.44, -r * 0.02)])


def _minus(painter: QPainter, x: float, y: float, r: float) -> None:
    painter.drawLine(QPointF(x - r * 0.6, y), QPointF(x + r * 0.6, y))


def _plus(painter: QPainter, x: float, y: float, r: float) -> None:
    _minus(painter, x, y, r)
    painter.drawLine(QPointF(x, y - r * 0.6), QPointF(x, y + r * 0.6))


def _cross(painter: QPainter, x: float, y: float, r: float) -> None:
    for down in (-1, 1):
        painter.drawLine(QPointF(x - r * 0.45, y + down * r * 0.45), QPointF(x + r * 0.45, y - down * r * 0.45))


def _fit(painter: QPainter, x: float, y: float, r: float) -> None:
    """The four corners of a frame."""
    for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        corner = QPointF(x + across * r * 0.62, y + down * r * 0.62)
        arms = QPointF(-across * r * 0.42, 0), QPointF(0, -down * r * 0.42)
        painter.drawPolyline([corner + arms[0], corner, corner + arms[1]])


def _film(painter: QPainter, x: float, y: float, r: float) -> None:
    painter.drawRoundedRect(QRectF(x - r * 1.1, y - r * 0.8, r * 2.2, r * 1.6), r * 0.3, r * 0.3)
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(_triangle(x - r * 0.05, y, r * 0.42))


def _triangle(x: float, y: float, r: float) -> QPolygonF:
    return QPolygonF([QPointF(x - r * 0.6, y - r), QPointF(x - r * 0.6, y + r), QPointF(x + r, y)])


FILLED: dict[str, PaintSign] = {"play": _play, "pause": _pause, "step": _step, "back": _back, "epoch": _epoch}
DRAWN: dict[str, PaintSign] = {
    "reset": _reset,
    "minus": _minus,
    "plus": _plus,
    "cross": _cross,
    "fit": _fit,
    "film": _film,
}
