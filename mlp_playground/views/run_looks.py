"""How the curves of kept runs are told apart: each look is a colour with a mark of its own."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from mlp_playground.experiment.runs import STYLES
from mlp_playground.views.chart import line_pens
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import Theme, mixed

NAMES = ("triangle", "square", "circle", "diamond", "cross", "star", "plus", "arrow down")
"""What each look's mark is called."""
RADIUS = 3.6
THIN = 1.5
"""Pixels of a kept run's line; the present one's is wider."""

_CORNERS: dict[int, tuple[tuple[float, float], ...]] = {
    0: ((0, -1.15), (1.05, 0.8), (-1.05, 0.8)),
    1: ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    3: ((0, -1.2), (1, 0), (0, 1.2), (-1, 0)),
    5: tuple(
        (sin(k * pi / 5) * r, -cos(k * pi / 5) * r) for k, r in ((k, 1.25 if k % 2 == 0 else 0.55) for k in range(10))
    ),
    7: ((0, 1.15), (1.05, -0.8), (-1.05, -0.8)),
}
_STROKES: dict[int, tuple[tuple[float, float, float, float], ...]] = {
    4: ((-0.85, -0.85, 0.85, 0.85), (-0.85, 0.85, 0.85, -0.85)),
    6: ((-1.1, 0, 1.1, 0), (0, -1.1, 0, 1.1)),
}


@lru_cache
def _polygon(shape: int) -> QPolygonF:
    return QPolygonF([QPointF(x, y) * RADIUS for x, y in _CORNERS[shape]])


def run_colour(theme: Theme, style: int) -> QColor:
    """A look's colour: that of a class which is neither orange nor blue, a little darker on light paper."""
    return mixed(theme.class_colour(2 + style % STYLES), QColor(theme.text), 0.25 if theme.name == "light" else 0.0)


def run_pens(theme: Theme, style: int | None) -> tuple[QPen, QPen]:
    """The pens of train and test, of the present run (None) or of a look: the second one is dashed."""
    pens = line_pens(theme)
    if style is None:
        return pens
    for pen in pens:
        pen.setColor(run_colour(theme, style))
        pen.setWidthF(THIN)
    return pens


def paint_run_mark(painter: QPainter, centre: QPointF, style: int, theme: Theme) -> None:
    """A look's mark, filled, with a rim in the ground's colour so that it stands out from the lines."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    colour, shape = run_colour(theme, style), style % STYLES
    if shape in _STROKES:
        for ground, width in ((True, 4.2), (False, 2.0)):
            painter.setPen(QPen(QColor(theme.background) if ground else colour, width))
            for x0, y0, x1, y1 in _STROKES[shape]:
                painter.drawLine(QPointF(x0, y0) * RADIUS, QPointF(x1, y1) * RADIUS)
    else:
        painter.setPen(QPen(QColor(theme.background), 1))
        painter.setBrush(colour)
        if shape in _CORNERS:
            painter.drawPolygon(_polygon(shape))
        else:
            painter.drawEllipse(QPointF(), RADIUS, RADIUS)
    painter.restore()


def paint_run_sample(painter: QPainter, middle: QPointF, style: int | None, theme: Theme) -> None:
    """A piece of a run's line with its mark, 16 pixels long, from its left end on."""
    pen = run_pens(theme, style)[0]
    pen.setCosmetic(False)
    painter.setPen(pen)
    painter.drawLine(middle, middle + QPointF(16, 0))
    if style is not None:
        paint_run_mark(painter, middle + QPointF(8, 0), style, theme)


def look_icon(style: int, theme: Theme) -> QIcon:
    """A look for a menu."""
    picture = QPixmap(32, 32)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    with painting(QPainter(picture)) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_run_sample(painter, QRectF(0, 0, 16, 16).center() - QPointF(8, 0), style, theme)
    return QIcon(picture)
