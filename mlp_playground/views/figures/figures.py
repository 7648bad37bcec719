"""What can be taken home as a picture: each view by name, and how it is painted on any paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from mlp_playground.analysis.straight import why_not
from mlp_playground.data.dataset import Dataset
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.registry import Registry
from mlp_playground.views.canvas.field_picture import PICTURES, paint_field
from mlp_playground.views.canvas.output_words import diagram_words, output_words
from mlp_playground.views.canvas.picture_frame import AXIS_ROOM, EDGE, Showing
from mlp_playground.views.canvas.plane_axes import left_room
from mlp_playground.views.digits.digits_view import paint_digits
from mlp_playground.views.figures.figure import Figure, Scene
from mlp_playground.views.figures.figure_legend import (
    Legend,
    answer_legend,
    curves_legend,
    digits_legend,
    network_legend,
)
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.layer_figure import layer_legend, paint_layer
from mlp_playground.views.figures.network_figure import paint_network
from mlp_playground.views.figures.piece_legends import (
    graph_legend,
    journey_legend,
    neurons_legend,
    regions_legend,
    space_legend,
)
from mlp_playground.views.run_curves import CurveShowing, RunCurves, now_of, paint_runs
from mlp_playground.views.space.space_picture import paint_space
from mlp_playground.views.space.space_words import seen_words, stage_title
from mlp_playground.views.theme import font

FILM_DPI = 90
LINE = 18.0
"""Pixels of the line of text above a layer's space."""


def views_of(data: Dataset, config: ExperimentConfig) -> tuple[str, ...]:
    """The names of the views that an experiment has, without a window."""
    return tuple(each.name for each in FIGURES.values() if not each.missing(data, config) and not each.of_window)


def size_of(figure: Figure, scene: Scene) -> tuple[int, int]:
    """Pixels that suit the figure of this scene: of a window twice its own, for fine screens."""
    if figure.of_window and scene.window is not None:
        return 2 * scene.window.width(), 2 * scene.window.height()
    return figure.size


def film_size(size: tuple[int, int]) -> tuple[int, int]:
    """Pixels for a film of a figure of that size: on the same paper, in so few that it plays smoothly anywhere."""
    width, height = (round(side * FILM_DPI / FigureOptions.dpi / 2) * 2 for side in size)
    return width, height


def check_view(name: str, data: Dataset, config: ExperimentConfig, *, has_window: bool = False) -> None:
    """Raise InvalidValue, which says what there is in its place, for a view that an experiment doesn't have."""
    figure = FIGURES[name]
    why = "here is no window" if figure.of_window and not has_window else figure.missing(data, config)
    if why:
        raise InvalidValue(FIGURES.field, name, f"one of {', '.join(views_of(data, config))}: {why}")


def _paint_answer(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    snapshot = scene.snapshot
    assert snapshot.field is not None
    showing = replace(scene.showing, focus=None, cell=None, axes=options.axes)
    paint_field(painter, _with_axes(area, snapshot, options), snapshot.field, snapshot.data, options.theme, showing)


def _with_axes(area: QRectF, snapshot: Snapshot, options: FigureOptions) -> QRectF:
    """The area in which a picture that leaves room for its axes stands in `area`; without axes it fills it."""
    if options.axes:
        return area
    return area.adjusted(-AXIS_ROOM - left_room(snapshot.data), -EDGE, EDGE, AXIS_ROOM)


def _fit_answer(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    snapshot = scene.snapshot
    assert snapshot.field is not None
    area = QRectF(QPointF(), size)
    place = PICTURES[snapshot.field.space].place(_with_axes(area, snapshot, options), snapshot.data)
    right, below = (EDGE, AXIS_ROOM) if options.axes else (0.0, 0.0)
    return QSizeF(place.right() + right, place.bottom() + below)


def _paint_regions(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    _paint_answer(painter, area, replace(scene, showing=replace(scene.showing, regions=True)), options)


def _paint_space(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
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


def _paint_probe(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    from mlp_playground.views.figures.layer_figures import paint_probes

    paint_probes(painter, area, scene, options)


def _paint_confusion(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    from mlp_playground.views.figures.confusion_figure import paint_judged

    paint_judged(painter, area, scene, options)


def _fit_confusion(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    """As much as the cells take; residuals are as wide as curves."""
    from mlp_playground.views.figures.confusion_figure import size_of_cells

    return size_of_cells(size, scene) or _fit_wide(size, scene, options)


def _paint_map(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    from mlp_playground.views.figures.layer_figures import paint_maps

    paint_maps(painter, area, scene, options)


def _map_legend(scene: Scene) -> Legend:
    from mlp_playground.views.figures.layer_figures import maps_legend

    return maps_legend(scene)


def _fit_map(size: QSizeF, scene: Scene, _options: FigureOptions) -> QSizeF:
    from mlp_playground.views.figures.layer_figures import fit_maps

    return fit_maps(size, scene)


def _paint_digits(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    paint_digits(painter, area, scene.snapshot, options.theme)


def _paint_journey(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    from mlp_playground.views.digits.journey_layout import journey_place
    from mlp_playground.views.digits.journey_picture import JourneyShowing, paint_journey

    assert scene.journey is not None, "it was found out"
    journey, truth = scene.journey
    data = scene.snapshot.data
    hidden = scene.snapshot.architecture.widths[1:-1]
    place = journey_place(area, hidden, len(data.classes), has_source=False)
    paint_journey(painter, place, journey, JourneyShowing(data.classes, truth), options.theme)


def _paint_neurons(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    from mlp_playground.views.figures.neuron_figures import paint_weights

    paint_weights(painter, area, scene, options)


def _fit_neurons(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    from mlp_playground.views.figures.neuron_figures import fit_weights

    return fit_weights(size, scene, options)


def _paint_growth(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    from mlp_playground.views.figures.neuron_figures import paint_growth

    paint_growth(painter, area, scene, options)


def _paint_answers(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    from mlp_playground.views.figures.neuron_figures import paint_answers

    paint_answers(painter, area, scene, options)


def _fit_growth(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    from mlp_playground.views.figures.neuron_figures import fit_growth

    return fit_growth(size, scene, options)


def _paint_graph(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    from mlp_playground.views.figures.graph_figure import paint_graph_figure

    paint_graph_figure(painter, area, scene, options)


def _fit_graph(size: QSizeF, scene: Scene, options: FigureOptions) -> QSizeF:
    from mlp_playground.views.figures.graph_figure import fit_graph

    return fit_graph(size, scene, options)


def _paint_health(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    from mlp_playground.views.layers.health_picture import paint_health
    from mlp_playground.views.layers.health_table import HealthTable

    assert scene.health is not None, "it was found out"
    paint_health(painter, area, HealthTable(scene.health), options.theme)


def _fit_health(size: QSizeF, scene: Scene, _options: FigureOptions) -> QSizeF:
    """As high as its rows can be."""
    from mlp_playground.views.layers.health_picture import most_height

    return QSizeF(size.width(), min(size.height(), most_height(len(scene.snapshot.architecture.shapes))))


def _paint_network(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    paint_network(painter, area, scene.snapshot, options.theme, names=options.axes)


def _paint_loss(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    _paint_curves(painter, area, scene, options, CurveShowing(logarithmic=options.logarithmic, seconds=scene.seconds))


def _paint_accuracy(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    _paint_curves(painter, area, scene, options, CurveShowing(accuracy=True, seconds=scene.seconds))


def _paint_curves(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions, showing: CurveShowing) -> None:
    runs = RunCurves.of_snapshot(scene.snapshot), *(RunCurves.of_run(run) for run in scene.runs)
    now = now_of(scene.snapshot, showing)
    paint_runs(painter, area, runs, showing, options.theme, axes=options.axes, now=now)


def _paint_window(painter: QPainter, area: QRectF, scene: Scene, _options: FigureOptions) -> None:
    window = scene.window
    assert window is not None, "the window is only drawn from within it"
    scale = min(area.width() / window.width(), area.height() / window.height())
    painter.save()
    painter.translate(area.center() - QPointF(window.width(), window.height()) * (scale / 2))
    painter.scale(scale, scale)
    window.render(painter, QPoint())
    painter.restore()


def _fit_space(size: QSizeF, _scene: Scene, options: FigureOptions) -> QSizeF:
    """A square, below the two lines that say what it is."""
    above = 2 * LINE if options.axes else 0.0
    return QSizeF(min(size.width(), size.height() - above), min(size.height(), size.width() + above))


def _fit_wide(size: QSizeF, _scene: Scene, _options: FigureOptions) -> QSizeF:
    return QSizeF(size.width(), min(size.height(), 1.2 * size.width()))


def _difference(snapshot: Snapshot) -> str:
    """Which moments a picture of a difference is of."""
    is_one = snapshot.field is not None and snapshot.field.difference is not None
    return output_words(snapshot).words if is_one else ""


def _changes(snapshot: Snapshot) -> str:
    return diagram_words(snapshot) if snapshot.theta_change is not None else ""


def _no_plane(data: Dataset, _config: ExperimentConfig) -> str:
    return f"a picture is {data.n_in} numbers, and there is no plane to draw them on" if _is_pictures(data) else ""


def _no_digits(data: Dataset, _config: ExperimentConfig) -> str:
    return "" if _is_pictures(data) else "these data are no pictures"


def _no_layers(_data: Dataset, config: ExperimentConfig) -> str:
    return "" if config.network.hidden else "there is no hidden layer"


def _no_regions(data: Dataset, config: ExperimentConfig) -> str:
    return why_not(data.space, config.features, config.network.activations)


def _no_accuracy(data: Dataset, _config: ExperimentConfig) -> str:
    return "an answer that is a number is never simply right or wrong" if data.task == "regression" else ""


def _is_pictures(data: Dataset) -> bool:
    return data.space == "pictures"


def _curves_legend(scene: Scene) -> Legend:
    return curves_legend(scene.runs)


def _seen(legend: Callable[[Snapshot, Showing], Legend]) -> Callable[[Scene], Legend]:
    return lambda scene: legend(scene.snapshot, scene.showing)


FIGURES: Registry[Figure] = Registry(
    "view",
    Figure(
        "boundary", "Output", "what the network answers, with its boundary and the data",
        _paint_answer, _seen(answer_legend), (1200, 1120), _fit_answer, _no_plane, _difference,
    ),
    Figure(
        "digits", "Digits", "test digits with the network's answers, and what its first layer looks for",
        _paint_digits, _seen(digits_legend), (1200, 1200), missing=_no_digits,
    ),
    Figure(
        "journey", "Journey", "one digit's way through the network to the answer, and which neurons speak for it",
        _paint_journey, journey_legend, (1500, 1000), _fit_wide, missing=_no_digits,
    ),
    Figure(
        "weights", "Weights", "what each neuron of the first layer looks for: its weights as a picture",
        _paint_neurons, neurons_legend, (1500, 1000), _fit_neurons, _no_digits,
    ),
    Figure(
        "growth", "Six neurons", "a few neurons from noise to stroke detectors; as a film, large",
        _paint_growth, neurons_legend, (1500, 800), _fit_growth, _no_digits,
    ),
    Figure(
        "answers", "Who answers", "dead and sleepy neurons, and which of them are on for which class",
        _paint_answers, lambda _scene: Legend(), (1500, 700), missing=_no_layers,
    ),
    Figure(
        "regions", "Regions", "the polygons in each of which the network is one formula, over what it answers",
        _paint_regions, _seen(regions_legend), (1200, 1120), _fit_answer, _no_regions,
    ),
    Figure(
        "space", "Space", "the data and the plane as a layer sees them",
        _paint_space, space_legend, (1200, 1120), _fit_space,
    ),
    Figure(
        "health", "Health", "how healthy each layer is: dead and saturated neurons, gradients and steps over time",
        _paint_health, lambda _scene: Legend(), (1500, 900), _fit_health,
    ),
    Figure(
        "probe", "Probe", "how well a straight cut tells the classes apart at each layer",
        _paint_probe, lambda _scene: Legend(), (1500, 800), _fit_wide,
    ),
    Figure(
        "map", "Map", "the same samples as each layer has them, from input to output",
        _paint_map, _map_legend, (1800, 600), _fit_map,
    ),
    Figure(
        "confusion", "Confusion", "which classes the test samples are taken for; of numbers, predicted over true ones",
        _paint_confusion, lambda _scene: Legend(), (1200, 800), _fit_confusion,
    ),
    Figure(
        "graph", "Graph", "the computational graph of some samples: forward, back, and what is kept between",
        _paint_graph, graph_legend, (1800, 640), _fit_graph,
    ),
    Figure(
        "layer", "Layer", "a layer's weights, and how those of all layers are spread",
        paint_layer, layer_legend, (1800, 900), _fit_wide,
    ),
    Figure(
        "network", "Network", "the diagram: neurons, weights and biases",
        _paint_network, _seen(network_legend), (1500, 1000), _fit_wide, note=_changes,
    ),
    Figure(
        "loss", "Loss", "the loss over the epochs, train and test",
        _paint_loss, _curves_legend, (1200, 800), _fit_wide,
    ),
    Figure(
        "accuracy", "Accuracy", "the share of right answers over the epochs, train and test",
        _paint_accuracy, _curves_legend, (1200, 800), _fit_wide, _no_accuracy,
    ),
    Figure(
        "window", "Whole window", "the window as it is, with all its panels", _paint_window,
        lambda _scene: Legend(), (2560, 1600), of_window=True,
    ),
)  # fmt: skip
