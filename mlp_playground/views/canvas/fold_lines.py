"""Draws where neurons fold the plane: lines in their layer's colour and dashes, with ticks where they are active."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.field import Field
from mlp_playground.data.extent import Extent
from mlp_playground.views.canvas.picture_frame import Showing, paint_label
from mlp_playground.views.canvas.plane_picture import on_screen
from mlp_playground.views.outlines import is_vectors
from mlp_playground.views.polyline import polyline, thinned
from mlp_playground.views.theme import Theme, font

DASHES = (None, (8.0, 4.0), (2.0, 3.0), (8.0, 3.0, 2.0, 3.0))
"""A layer's line and gap lengths, in pixels; after the last they begin again."""
FAINT = 0.3
"""How much is left of the other lines where one is chosen."""
TICK, BETWEEN = 5.0, 15.0
"""Pixels of a tick, and from one to the next."""
REACH = 5.0
"""Pixels from a line within which the mouse is on it."""
KEY, SAMPLE, GAP = 18.0, 20.0, 5.0
"""Pixels of the key's height, of a sample of a line in it, and around them."""
CROWD = 24
"""Lines beyond which only the chosen one has ticks: nobody could tell whose they are."""


def paint_folds(painter: QPainter, place: QRectF, extent: Extent, field: Field, theme: Theme, showing: Showing) -> None:
    """Paint the folds of `field` into the square `place`, which shows `extent`."""
    if not showing.folds or not field.folds:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(place)
    cells = [fold.cell for fold in field.folds]
    chosen = showing.cell if showing.cell in cells else None
    for fold in sorted(field.folds, key=lambda fold: fold.cell == chosen):
        is_chosen = fold.cell == chosen
        painter.setOpacity(1 if chosen is None or is_chosen else FAINT)
        pen = layer_pen(fold.cell[0], theme, 2.4 if is_chosen else 1.0)
        for line in fold.lines:
            points = on_screen(place, extent, line.T)
            # a line of one pixel is drawn faster than points are found that it could go without
            points = thinned(points) if is_chosen or is_vectors(painter) else points
            _paint_line(painter, points, pen, ticks=is_chosen or len(cells) <= CROWD)
    painter.restore()


def fold_at(place: QRectF, extent: Extent, field: Field, x: float, y: float) -> tuple[int, int] | None:
    """Whose fold passes a pixel of the square `place`, which shows `extent`: (hidden layer, neuron)."""
    nearest, found = REACH, None
    for fold in field.folds or ():
        for line in fold.lines:
            away = _distance(on_screen(place, extent, line.T), np.array([x, y]))
            if away < nearest:
                nearest, found = away, fold.cell
    return found


def _distance(points: np.ndarray, to: np.ndarray) -> float:
    """How far a point is from a line (k, 2)."""
    along, away = np.diff(points, axis=0), to - points[:-1]
    share = np.clip((away * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12), 0, 1)
    return float(np.hypot(*(away - share[:, None] * along).T).min())


def paint_fold_key(painter: QPainter, place: QRectF, field: Field, theme: Theme, showing: Showing) -> None:
    """Which of the lines in the square `place` are of which layer, in its lower left corner, as far as there is
    room; over the samples, between which nobody could read it."""
    if not showing.folds or not field.folds:
        return
    layers = sorted({fold.cell[0] for fold in field.folds})
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(8))
    advance = QFontMetricsF(painter.font()).horizontalAdvance
    names = [f"folds of layer {layer + 1}" if layer == layers[0] else f"layer {layer + 1}" for layer in layers]
    ends = np.cumsum([SAMPLE + advance(name) + 3 * GAP for name in names])
    fit = int(np.searchsorted(ends, place.width() - 2 * GAP))
    box = QRectF(place.left() + GAP, place.bottom() - GAP - KEY, ends[fit - 1] if fit else 0, KEY)
    if fit:
        paint_label(painter, box, "", theme)
    left = box.left()
    for layer, name, end in zip(layers[:fit], names, ends, strict=False):
        start = QPointF(left + GAP, box.center().y())
        painter.setPen(layer_pen(layer, theme, 1.6))
        painter.drawLine(start, start + QPointF(SAMPLE, 0))
        painter.setPen(QColor(theme.text))
        beside = QRectF(start.x() + SAMPLE + GAP, box.top(), box.width(), KEY)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, name)
        left = box.left() + float(end)
    painter.restore()


def layer_pen(layer: int, theme: Theme, width: float) -> QPen:
    """What lines of a hidden layer are drawn with."""
    pen = QPen(QColor(theme.layers[layer % len(theme.layers)]), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes := DASHES[layer % len(DASHES)]:
        pen.setDashPattern([length / width for length in dashes])
    return pen


def _paint_line(painter: QPainter, points: np.ndarray, pen: QPen, *, ticks: bool) -> None:
    painter.setPen(pen)
    painter.drawPolyline(polyline(points))
    if ticks:
        plain = QPen(pen)
        plain.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(plain)
        painter.drawLines([QLineF(*each) for each in tick_marks(points).tolist()])


def tick_marks(points: np.ndarray) -> np.ndarray:
    """Short strokes (n, 4) = (x, y, x′, y′) across a line of pixels (k, 2), to the left of who walks along it."""
    along = np.diff(points, axis=0)
    lengths = np.hypot(*along.T)
    ends = np.cumsum(lengths)
    count = max(int(ends[-1] / BETWEEN), 1)
    at = (np.arange(count) + 0.5) * (ends[-1] / count)
    piece = np.minimum(np.searchsorted(ends, at), len(along) - 1)
    ahead = along[piece] / np.maximum(lengths[piece], 1e-9)[:, None]
    feet = points[piece] + ahead * (at - ends[piece] + lengths[piece])[:, None]
    left = np.stack([ahead[:, 1], -ahead[:, 0]], axis=1)  # on a screen x₂ runs down
    return np.concatenate([feet, feet + TICK * left], axis=1)
