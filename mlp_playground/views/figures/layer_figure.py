"""One layer on paper: its weights as a heatmap, and how the weights of all layers are spread beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_legend import Legend
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.layers.layer_names import layer_name
from mlp_playground.views.layers.layer_weights import scale_words, weights_of
from mlp_playground.views.layers.layer_words import layer_names, shapes, symbols
from mlp_playground.views.layers.spread_picture import Shown, paint_spreads
from mlp_playground.views.layers.weight_grid import paint_weights, whole_grid
from mlp_playground.views.theme import SPACE, font

LINE = 18.0
SHARE = 0.6
"""Of the width for the heatmap."""


def shown_column(scene: Scene) -> int:
    """The layer that is shown: the wanted one, or the nearest that there is."""
    return min(max(scene.column, 1), len(scene.snapshot.architecture.widths) - 1)


def paint_layer(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """The layer's name and formula, its heatmap, and the histograms of all layers."""
    assert scene.spreads is not None, "they were found out"
    snapshot, column, theme = scene.snapshot, shown_column(scene), options.theme
    painter.setFont(font(9))
    name = layer_name(column, len(snapshot.architecture.widths)).capitalize()
    linear, answer = symbols(snapshot, column)
    lines = f"{name}: {linear}, {answer}", shapes(snapshot, column)
    for k, text in enumerate(lines):
        painter.setPen(QColor(theme.muted if k else theme.text))
        box = QRectF(area.left(), area.top() + k * LINE, area.width(), LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
    below = area.adjusted(0, 2 * LINE + SPACE, 0, 0)
    weights, width = weights_of(snapshot, column), area.width() * SHARE - 2 * SPACE
    painter.save()
    painter.translate(below.topLeft())
    paint_weights(painter, whole_grid(weights, width, below.height()), weights, theme)
    painter.restore()
    place = QRectF(QPointF(area.left() + area.width() * SHARE, below.top()), area.bottomRight())
    paint_spreads(painter, place, Shown(scene.spreads, layer_names(snapshot), column - 1), theme)


def layer_legend(scene: Scene) -> Legend:
    """What the heatmap's colours stand for."""
    weights = weights_of(scene.snapshot, shown_column(scene))
    low, zero, high = scale_words(weights.scale, is_cut=weights.is_cut)
    return Legend(((1.0, high), (0.0, zero), (-1.0, low)), wash=0.0)
