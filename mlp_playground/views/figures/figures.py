"""What can be taken home as a picture: each view by name, and how it is painted on any paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QPainter

from mlp_playground.analysis.straight import why_not
from mlp_playground.data.dataset import Dataset
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.registry import Registry
from mlp_playground.views.canvas.output_words import diagram_words, output_words
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.digits.digits_view import paint_digits
from mlp_playground.views.figures import later_figures as later
from mlp_playground.views.figures.figure import Figure, Scene, fit_wide
from mlp_playground.views.figures.figure_legend import (
    Legend,
    answer_legend,
    curves_legend,
    digits_legend,
    network_legend,
)
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.network_figure import paint_network
from mlp_playground.views.figures.piece_legends import (
    graph_legend,
    journey_legend,
    neurons_legend,
    regions_legend,
    space_legend,
)
from mlp_playground.views.figures.plane_figures import fit_answer, paint_answer, paint_regions
from mlp_playground.views.figures.space_figure import fit_space, paint_space_figure
from mlp_playground.views.run_curves import CurveShowing, RunCurves, now_of, paint_runs

FILM_DPI = 90


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


def _paint_digits(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    paint_digits(painter, area, scene.snapshot, options.theme)


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
        paint_answer, _seen(answer_legend), (1200, 1120), fit_answer, _no_plane, _difference,
    ),
    Figure(
        "digits", "Digits", "test digits with the network's answers, and what its first layer looks for",
        _paint_digits, _seen(digits_legend), (1200, 1200), missing=_no_digits,
    ),
    Figure(
        "journey", "Journey", "one digit's way through the network to the answer, and which neurons speak for it",
        later.paint_journey, journey_legend, (1500, 1000), fit_wide, missing=_no_digits,
    ),
    Figure(
        "weights", "Weights", "what each neuron of the first layer looks for: its weights as a picture",
        later.paint_neurons, neurons_legend, (1500, 1000), later.fit_neurons, _no_digits,
    ),
    Figure(
        "growth", "Six neurons", "a few neurons from noise to stroke detectors; as a film, large",
        later.paint_growth, neurons_legend, (1500, 800), later.fit_growth, _no_digits,
    ),
    Figure(
        "answers", "Who answers", "dead and sleepy neurons, and which of them are on for which class",
        later.paint_answers, lambda _scene: Legend(), (1500, 700), missing=_no_layers,
    ),
    Figure(
        "regions", "Regions", "the polygons in each of which the network is one formula, over what it answers",
        paint_regions, _seen(regions_legend), (1200, 1120), fit_answer, _no_regions,
    ),
    Figure(
        "space", "Space", "the data and the plane as a layer sees them",
        paint_space_figure, space_legend, (1200, 1120), fit_space,
    ),
    Figure(
        "health", "Health", "how healthy each layer is: dead and saturated neurons, gradients and steps over time",
        later.paint_health, lambda _scene: Legend(), (1500, 900), later.fit_health,
    ),
    Figure(
        "probe", "Probe", "how well a straight cut tells the classes apart at each layer",
        later.paint_probe, lambda _scene: Legend(), (1500, 800), fit_wide,
    ),
    Figure(
        "map", "Map", "the same samples as each layer has them, from input to output",
        later.paint_map, later.map_legend, (1800, 600), later.fit_map,
    ),
    Figure(
        "confusion", "Confusion", "which classes the test samples are taken for; of numbers, predicted over true ones",
        later.paint_confusion, lambda _scene: Legend(), (1200, 800), later.fit_confusion,
    ),
    Figure(
        "graph", "Graph", "the computational graph of some samples: forward, back, and what is kept between",
        later.paint_graph, graph_legend, (1800, 640), later.fit_graph,
    ),
    Figure(
        "layer", "Layer", "a layer's weights, and how those of all layers are spread",
        later.paint_layer, later.layer_legend, (1800, 900), fit_wide,
    ),
    Figure(
        "network", "Network", "the diagram: neurons, weights and biases",
        _paint_network, _seen(network_legend), (1500, 1000), fit_wide, note=_changes,
    ),
    Figure(
        "loss", "Loss", "the loss over the epochs, train and test",
        _paint_loss, _curves_legend, (1200, 800), fit_wide,
    ),
    Figure(
        "accuracy", "Accuracy", "the share of right answers over the epochs, train and test",
        _paint_accuracy, _curves_legend, (1200, 800), fit_wide, _no_accuracy,
    ),
    Figure(
        "window", "Whole window", "the window as it is, with all its panels", _paint_window,
        lambda _scene: Legend(), (2560, 1600), of_window=True,
    ),
)  # fmt: skip
