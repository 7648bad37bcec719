"""Pictures whose painters are loaded when they are painted, so that the program starts sooner."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

from mlp_playground.views.figures.figure import Scene, fit_wide
from mlp_playground.views.figures.figure_legend import Legend
from mlp_playground.views.figures.figure_options import FigureOptions


def paint_probe(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """Layers with their probes."""
    from mlp_playground.views.figures.map_figures import paint_probes

    paint_probes(painter, area, scene, options)


def paint_confusion(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """The confusion matrix, or residuals."""
    from mlp_playground.views.figures.confusion_figure import paint_judged

    paint_judged(painter, area, scene, options)


def fit_confusion(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    """As much as the cells take; residuals are as wide as curves."""
    from mlp_playground.views.figures.confusion_figure import size_of_cells

    return size_of_cells(size, scene) or fit_wide(size, scene, options)


def paint_map(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """Maps of all layers."""
    from mlp_playground.views.figures.map_figures import paint_maps

    paint_maps(painter, area, scene, options)


def map_legend(scene: Scene) -> Legend:
    """Of the maps."""
    from mlp_playground.views.figures.map_figures import maps_legend

    return maps_legend(scene)


def fit_map(size: QSizeF, scene: Scene, _options: FigureOptions) -> QSizeF:
    """As much as the maps take."""
    from mlp_playground.views.figures.map_figures import fit_maps

    return fit_maps(size, scene)


def paint_journey(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """A digit's way to the answer."""
    from mlp_playground.views.digits import journey_picture
    from mlp_playground.views.digits.journey_layout import journey_place

    assert scene.journey is not None, "it was found out"
    journey, truth = scene.journey
    data = scene.snapshot.data
    hidden = scene.snapshot.architecture.widths[1:-1]
    place = journey_place(area, hidden, len(data.classes), has_source=False)
    showing = journey_picture.JourneyShowing(data.classes, truth)
    journey_picture.paint_journey(painter, place, journey, showing, options.theme)


def paint_neurons(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """The first layer's weights."""
    from mlp_playground.views.figures.neuron_figures import paint_weights

    paint_weights(painter, area, scene, options)


def fit_neurons(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    """As much as their tiles take."""
    from mlp_playground.views.figures.neuron_figures import fit_weights

    return fit_weights(size, scene, options)


def paint_growth(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """A few neurons over time."""
    from mlp_playground.views.figures import neuron_figures

    neuron_figures.paint_growth(painter, area, scene, options)


def paint_answers(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """Who answers which class."""
    from mlp_playground.views.figures import neuron_figures

    neuron_figures.paint_answers(painter, area, scene, options)


def fit_growth(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    """As much as their tiles take."""
    from mlp_playground.views.figures import neuron_figures

    return neuron_figures.fit_growth(size, scene, options)


def paint_graph(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """The computational graph."""
    from mlp_playground.views.figures.graph_figure import paint_graph_figure

    paint_graph_figure(painter, area, scene, options)


def fit_graph(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    """As much as it takes."""
    from mlp_playground.views.figures import graph_figure

    return graph_figure.fit_graph(size, scene, options)


def paint_health(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """Each layer's health over time."""
    from mlp_playground.views.layers import health_picture
    from mlp_playground.views.layers.health_table import HealthTable

    assert scene.health is not None, "it was found out"
    health_picture.paint_health(painter, area, HealthTable(scene.health), options.theme)


def fit_health(size: QSizeF, scene: Scene, _options: FigureOptions) -> QSizeF:
    """As high as its rows can be."""
    from mlp_playground.views.layers.health_picture import most_height

    return QSizeF(size.width(), min(size.height(), most_height(len(scene.snapshot.architecture.shapes))))


def paint_layer(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """A layer's weights, and how those of all layers are spread."""
    from mlp_playground.views.figures import layer_figure

    layer_figure.paint_layer(painter, area, scene, options)


def layer_legend(scene: Scene) -> Legend:
    """Of its heatmap."""
    from mlp_playground.views.figures import layer_figure

    return layer_figure.layer_legend(scene)
