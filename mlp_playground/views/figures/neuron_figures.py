"""What neurons look for, on paper: all of the first layer, or a few over the run; and whom each layer's answer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from mlp_playground.experiment.feature_look import FeatureLook
from mlp_playground.views.digits.answers_sheet import Sheet, paint_sheet
from mlp_playground.views.digits.film_picture import Strip, StripPlaces, moment_grid, paint_moment, paint_strip
from mlp_playground.views.digits.tiles import GAP, Grid, grid_for
from mlp_playground.views.digits.weight_gallery import Shown, paint_gallery
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions

LEAST, LARGEST = 6.0, 200.0
"""Dots of a neuron's picture on paper."""


def paint_weights(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """All neurons, in the order that the reader wants."""
    look = _known(scene)
    assert look.weights is not None
    assert look.order is not None
    shown = Shown(look.weights, look.order, scene.snapshot.data)
    paint_gallery(painter, area.topLeft(), _grid(area.size(), scene), shown, options.theme)


def fit_weights(size: QSizeF, scene: Scene, _options: FigureOptions) -> QSizeF:
    """As much as the rows and columns of all neurons take."""
    count, grid = scene.snapshot.architecture.widths[1], _grid(size, scene)
    return QSizeF(min(count, grid.columns) * grid.side - GAP, grid.height(count) - GAP)


def paint_growth(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """Of a run as it is now the sheet with its moments; of a past moment, as in a film, the neurons large."""
    strip = _strip(scene)
    if scene.snapshot.at is None:
        paint_strip(painter, area, strip, options.theme)
    else:
        paint_moment(painter, area, strip, _moment(scene, strip), options.theme)


def fit_growth(size: QSizeF, scene: Scene, _options: FigureOptions) -> QSizeF:
    """As much as the pictures take."""
    area, strip = QRectF(QPointF(), size), _strip(scene)
    if scene.snapshot.at is None:
        places = StripPlaces(area, strip)
        last = places.tile(places.rows - 1, len(places.columns) - 1)
        return QSizeF(last.right(), size.height())
    grid = moment_grid(area, strip)
    return QSizeF(grid.columns * grid.side, grid.height(len(strip.names)))


def paint_answers(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """The layers, and the one that the reader has chosen in full."""
    look = _known(scene)
    assert look.answers is not None
    sheet = Sheet(look.answers, look.columns, scene.snapshot.data)
    paint_sheet(painter, area, sheet.of_layer(scene.features.layer if scene.features else 0), options.theme)


def _known(scene: Scene) -> FeatureLook:
    assert scene.neurons is not None, "somebody has looked at them"
    return scene.neurons


def _grid(size: QSizeF, scene: Scene) -> Grid:
    return grid_for(scene.snapshot.architecture.widths[1], size.width(), size.height(), LEAST, LARGEST)


def _strip(scene: Scene) -> Strip:
    look = _known(scene)
    assert look.film is not None
    return Strip.of(look.film, look.moments, scene.snapshot.data)


def _moment(scene: Scene, strip: Strip) -> int:
    """The number of the moment that was kept nearest to the scene's."""
    steps = scene.snapshot.steps
    return min(range(len(strip.moments)), key=lambda number: abs(strip.moments[number].steps - steps))
