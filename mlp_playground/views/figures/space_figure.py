"""A layer's space as a picture to take home, below what it is called."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.space.space_picture import paint_space
from mlp_playground.views.space.space_words import seen_words, stage_title
from mlp_playground.views.theme import font

LINE = 18.0
"""Pixels of each of the two lines of text above it."""


def paint_space_figure(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """The space of a layer, below what it is called."""
    space, showing = scene.space, scene.space_showing
    assert space is not None, "somebody has looked at it"
    if options.axes:
        place = space.places[min(round(showing.t), len(space.places) - 1)]
        title = stage_title(place.stage, len(scene.snapshot.architecture.widths) - 1)
        painter.setFont(font(9))
        for words, colour in ((title, options.theme.text), (seen_words(place), options.theme.muted)):
            painter.setPen(QColor(colour))
            words = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(QRectF(area.left(), area.top(), area.width(), LINE), Qt.AlignmentFlag.AlignVCenter, words)
            area = area.adjusted(0, LINE, 0, 0)
    paint_space(painter, area, space, replace(showing, axes=options.axes), options.theme)


def fit_space(size: QSizeF, _scene: Scene, options: FigureOptions) -> QSizeF:
    """A square, below the two lines that say what it is."""
    above = 2 * LINE if options.axes else 0.0
    return QSizeF(min(size.width(), size.height() - above), min(size.height(), size.width() + above))
