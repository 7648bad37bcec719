"""How a graph looks: what is done stands out from what comes, and the one box that is told of is filled."""

from __future__ import annotations

from collections.abc import Collection
from math import atan2, cos, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from mlp_playground.analysis.trace.steps import Step
from mlp_playground.views.layers.graph_layout import SHAPE_SIZE, SIGN_SIZE, TOP, Arrow, Box, GraphLayout
from mlp_playground.views.theme import Theme, font, mixed

HEAD = 5.0
"""Pixels of an arrow's head."""


def paint_graph(
    painter: QPainter,
    layout: GraphLayout,
    theme: Theme,
    done: Collection[Step] = (),
    shown: Step | None = None,
    hovered: Step | None = None,
) -> None:
    """Paint it at the painter's origin; `done` are the steps so far, `shown` is the one whose numbers are read."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_captions(painter, layout, theme)
    for arrow in sorted(layout.arrows, key=lambda each: each.step in done):
        _paint_arrow(painter, arrow, theme, arrow.step in done)
    chosen = layout.box_of(shown).step if shown is not None else None
    for box in layout.boxes.values():
        _paint_box(painter, box, theme, box.until in done, box.step == chosen, box.step == hovered)


def _paint_captions(painter: QPainter, layout: GraphLayout, theme: Theme) -> None:
    painter.setFont(font(8))
    for i, (name, left, right) in enumerate(layout.captions):
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(left, -1, right - left, TOP - 11), Qt.AlignmentFlag.AlignCenter, name)
        if i:
            painter.setPen(QPen(QColor(theme.line), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(round(left) + 0.5, 0), QPointF(round(left) + 0.5, TOP - 13))


def _paint_arrow(painter: QPainter, arrow: Arrow, theme: Theme, is_done: bool) -> None:
    quiet = mixed(QColor(theme.muted), QColor(theme.background), 0.4)
    colour = mixed(QColor(theme.text), QColor(theme.background), 0.25 if arrow.is_cached else 0) if is_done else quiet
    pen = QPen(colour, 1.4 if is_done and not arrow.is_cached else 1)
    if arrow.is_cached:
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(list(arrow.points))
    start, end = arrow.points[-2], arrow.points[-1]
    towards = atan2(end.y() - start.y(), end.x() - start.x())
    wings = [QPointF(end.x() - HEAD * cos(towards + s), end.y() - HEAD * sin(towards + s)) for s in (0.5, -0.5)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([end, *wings]))
    if arrow.shape:
        _paint_shape(painter, arrow, theme, is_done)


def _paint_shape(painter: QPainter, arrow: Arrow, theme: Theme, is_done: bool) -> None:
    """Above a way forward, below a way back."""
    start, end = arrow.points[0], arrow.points[-1]
    middle, goes_back = (start.x() + end.x()) / 2, end.x() < start.x()
    place = QRectF(middle - 60, start.y() + (2 if goes_back else -14), 120, 12)
    painter.setFont(font(SHAPE_SIZE))
    painter.setPen(QColor(theme.text if is_done else theme.muted))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, arrow.shape)


def _paint_box(painter: QPainter, box: Box, theme: Theme, is_done: bool, is_shown: bool, is_hovered: bool) -> None:
    fill = QColor(theme.accent if is_shown else theme.raised if is_done or is_hovered else theme.surface)
    quiet = mixed(QColor(theme.muted), QColor(theme.background), 0.4)
    ring = QColor(theme.accent) if is_shown or is_hovered else QColor(theme.text) if is_done else quiet
    painter.setPen(QPen(ring, 1.4 if is_done or is_shown else 1))
    painter.setBrush(fill)
    round_ = box.place.height() / 2 if not box.shape else 4
    painter.drawRoundedRect(box.place, round_, round_)
    painter.setPen(QColor(theme.on_accent if is_shown else theme.text))
    painter.setFont(font(SIGN_SIZE, bold=True))
    sign = box.place.adjusted(0, 1, 0, -box.place.height() / 2 + 1) if box.shape else box.place
    painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, box.sign)
    if box.shape:
        painter.setFont(font(SHAPE_SIZE))
        painter.setPen(QColor(theme.on_accent if is_shown else theme.muted))
        below = box.place.adjusted(-4, box.place.height() / 2 - 1, 4, -1)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, box.shape)
