"""The samples on a map: marks of their classes, or their names where there is room for them, and rings of mistakes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from mlp_playground.analysis.specimens import Specimens
from mlp_playground.views.canvas.picture_frame import alike, paint_marks
from mlp_playground.views.canvas.quick_paint import StampSheet
from mlp_playground.views.theme import Theme, font

Floats = NDArray[np.float64]

FEW, LARGE, SMALL = 600, 6.0, 3.6
"""Samples up to which each has its class's mark, of so many pixels; of more there are small dots, whose classes have
their names or marks in the middle."""
WIDE = 300.0
"""Pixels of a map's side, magnified, from which on there is room for names in place of marks."""
LETTERS, NAME = 8.0, 11.0
"""Points of the letters of a sample, and of its whole class."""
RING = 0.85
"""A ring's radius, in sizes of the mark that it is around."""


def mark_size(samples: Specimens) -> float:
    """How large a mark is, in pixels."""
    return LARGE if len(samples) <= FEW else SMALL


def are_named(samples: Specimens, place: QRectF, times: float) -> bool:
    """Whether samples are drawn as their classes' names: single letters, as of digits, where there is room."""
    names = samples.data.classes
    return place.width() * times >= WIDE and len(names) > 2 and max(map(len, names)) == 1


def hollow(samples: Specimens) -> NDArray[np.bool_]:
    """Which samples (N,) are drawn hollow: those to test with, where there are others."""
    return (np.arange(len(samples)) >= samples.n_train) & (samples.n_train > 0)


class MapStamps:
    """The marks, names and rings of `samples`, each drawn once, to be put down many times by a painter of pixels."""

    def __init__(self, samples: Specimens, theme: Theme, ratio: float) -> None:
        groups, names, size = alike(samples.data, samples.y, theme), samples.data.classes, mark_size(samples)
        tested = hollow(samples)
        self._order = np.argsort(~tested, kind="stable")
        kinds = np.zeros(len(samples), np.int64)
        for k, (_, _, mask) in enumerate(groups):
            kinds[mask] = 2 * k
        self._kinds = (kinds + tested)[self._order]

        def mark(painter: QPainter, stamp: int, at: QPointF) -> None:
            colour, shape, _ = groups[stamp // 2]
            _paint_marks(painter, samples, np.array([at.toTuple()]), shape, colour, theme, hollow=stamp % 2 == 1)

        def ring(painter: QPainter, _stamp: int, at: QPointF) -> None:
            _paint_rings(painter, np.array([at.toTuple()]), size, theme)

        def name(painter: QPainter, stamp: int, at: QPointF) -> None:
            colour, shape, _ = groups[stamp // 2]
            paint_name(painter, at, names[shape], colour, theme, LETTERS)

        self._marks = StampSheet(2 * len(groups), 2 * size, ratio, mark)
        self._rings = StampSheet(1, 3 * RING * size, ratio, ring)
        self._names = StampSheet(2 * len(groups) * bool(names), 2 * LETTERS, ratio, name)

    def paint(self, painter: QPainter, places: Floats, *, named: bool) -> None:
        """All samples at pixels `places` (N, 2), those to test with below the others."""
        (self._names if named else self._marks).put(painter, places[self._order], self._kinds)

    def paint_rings(self, painter: QPainter, places: Floats) -> None:
        """A ring around each of the marks at pixels `places` (n, 2)."""
        self._rings.put(painter, places, np.zeros(len(places), np.int64))


def paint_samples(
    painter: QPainter, samples: Specimens, places: Floats, theme: Theme, stamps: MapStamps | None, *, named: bool
) -> None:
    """All samples at pixels `places` (N, 2); one by one where there are no `stamps`."""
    if stamps is not None:
        stamps.paint(painter, places, named=named)
        return
    tested = hollow(samples)
    for is_hollow in (True, False):
        for colour, shape, mask in alike(samples.data, samples.y, theme):
            here = places[mask & (tested == is_hollow)]
            if named:
                for x, y in here.tolist():
                    paint_name(painter, QPointF(x, y), samples.data.classes[shape], colour, theme, LETTERS)
            else:
                _paint_marks(painter, samples, here, shape, colour, theme, hollow=is_hollow)


def _paint_marks(
    painter: QPainter, samples: Specimens, places: Floats, shape: int, colour: QColor, theme: Theme, *, hollow: bool
) -> None:
    """Samples of one class at pixels `places` (n, 2)."""
    if len(samples) <= FEW:
        paint_marks(painter, shape, places, LARGE, colour, theme, hollow=hollow)
        return
    line = QColor(theme.muted)
    line.setAlphaF(0.5)
    painter.setPen(QPen(line, 0.5))
    painter.setBrush(colour)
    for x, y in places.tolist():
        painter.drawEllipse(QPointF(x, y), SMALL / 2, SMALL / 2)


def paint_mistakes(
    painter: QPainter, samples: Specimens, places: Floats, theme: Theme, stamps: MapStamps | None
) -> None:
    """A ring around each of the marks at pixels `places` (n, 2)."""
    if stamps is not None:
        stamps.paint_rings(painter, places)
    else:
        _paint_rings(painter, places, mark_size(samples), theme)


def _paint_rings(painter: QPainter, places: Floats, size: float, theme: Theme) -> None:
    colour = QColor(theme.boundary)
    colour.setAlphaF(0.6)  # where hundreds lie together, the samples are still to be seen
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y in places.tolist():
        painter.drawEllipse(QPointF(x, y), RING * size, RING * size)


def paint_name(painter: QPainter, at: QPointF, name: str, colour: QColor, theme: Theme, size: float = NAME) -> None:
    """A class's name in the middle of a place, that can be read over points of any colour."""
    letters = font(size, bold=True)
    metrics = QFontMetricsF(letters)
    path = QPainterPath()
    path.addText(at.x() - metrics.horizontalAdvance(name) / 2, at.y() + metrics.capHeight() / 2, letters, name)
    line = QPen(QColor(theme.surface), size / 3)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, line)
    painter.fillPath(path, colour)
