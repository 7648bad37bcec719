"""The computational graph on paper: its whole way, with whose it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from mlp_playground.analysis.trace.steps import steps_of
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.layers.graph_layout import GraphLayout, lay_out
from mlp_playground.views.layers.graph_picture import paint_graph
from mlp_playground.views.layers.graph_subject import subject_words
from mlp_playground.views.theme import font

HIGH = 240.0
"""Dots that the picture is high at most: further apart its rows would not belong together."""
LINE = 24.0
"""Dots of the words above it."""


def paint_graph_figure(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """All its steps done; smaller where it is wider than the area."""
    assert scene.followed is not None, "it was found out"
    question, followed = scene.followed
    if options.axes:
        loss = followed.trace.values.get("L")
        value = "" if loss is None else f"; loss {loss.item():.4g}"
        painter.setFont(font(10))
        painter.setPen(QColor(options.theme.text))
        line = QRectF(area.left(), area.top(), area.width(), LINE - 6)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, subject_words(question, followed) + value)
    layout, scale = _layout(area.size(), scene, options)
    painter.save()
    painter.translate(area.left(), area.top() + _above(options))
    painter.scale(scale, scale)
    graph = followed.trace.graph
    paint_graph(painter, layout, options.theme, steps_of(graph, learns=graph.has_loss))
    painter.restore()


def fit_graph(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    """What it takes with the line above."""
    layout, scale = _layout(size, scene, options)
    return QSizeF(layout.width * scale, layout.height * scale + _above(options))


def _layout(size: QSizeF, scene: Scene, options: FigureOptions) -> tuple[GraphLayout, float]:
    """The layout, and how much smaller than itself it is to be."""
    assert scene.followed is not None, "it was found out"
    layout = lay_out(scene.followed[1].trace, size.width(), min(size.height() - _above(options), HIGH))
    return layout, min(1.0, size.width() / layout.width)


def _above(options: FigureOptions) -> float:
    return LINE if options.axes else 0.0
