"""What can be taken home as a picture: each view by name, and how it is painted on any paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from mlp_playground.data.dataset import Dataset
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.registry import Registry
from mlp_playground.views.chart import accuracy_axis, epoch_axis, loss_axis, paint_chart
from mlp_playground.views.digits_view import paint_digits
from mlp_playground.views.field_picture import PICTURES, paint_field
from mlp_playground.views.figure_legend import Legend, answer_legend, curves_legend, digits_legend, network_legend
from mlp_playground.views.figure_options import FigureOptions
from mlp_playground.views.network_figure import paint_network
from mlp_playground.views.parts import percent
from mlp_playground.views.picture_frame import AXIS_ROOM, EDGE, Showing
from mlp_playground.views.plane_axes import left_room
from mlp_playground.views.theme import SPACE, Theme, font, type_on_paper

MARGIN = 2.0 * SPACE
FILM_DPI = 90
CAPTION = 6.0 * SPACE
"""Pixels of the two lines of a title."""


@dataclass(frozen=True)
class Scene:
    """What a figure is of: a moment of a run, what the reader chose to see of it, and the window where there is one."""

    snapshot: Snapshot
    showing: Showing = field(default_factory=Showing)
    window: QWidget | None = None


@dataclass(frozen=True)
class Figure:
    """One view. `paint` fills the part of an area that `fit` gives it. `size`: pixels that suit it. `missing` says why
    some data have no such view, or nothing. One that is `of_window` shows a window as it is, and nothing around it."""

    name: str
    label: str
    words: str
    paint: Callable[[QPainter, QRectF, Scene, FigureOptions], None]
    legend: Callable[[Snapshot, Showing], Legend]
    size: tuple[int, int]
    fit: Callable[[QSizeF, Scene, FigureOptions], QSizeF] = lambda size, _scene, _options: size
    missing: Callable[[Dataset], str] = lambda _data: ""
    of_window: bool = False


def views_of(data: Dataset) -> tuple[str, ...]:
    """The names of the views that these data have, without a window."""
    return tuple(figure.name for figure in FIGURES.values() if not figure.missing(data) and not figure.of_window)


def size_of(figure: Figure, scene: Scene) -> tuple[int, int]:
    """Pixels that suit the figure of this scene: of a window twice its own, for fine screens."""
    if figure.of_window and scene.window is not None:
        return 2 * scene.window.width(), 2 * scene.window.height()
    return figure.size


def film_size(size: tuple[int, int]) -> tuple[int, int]:
    """Pixels for a film of a figure of that size: on the same paper, in so few that it plays smoothly anywhere."""
    width, height = (round(side * FILM_DPI / FigureOptions.dpi / 2) * 2 for side in size)
    return width, height


def check_view(name: str, data: Dataset, *, has_window: bool = False) -> None:
    """Raise InvalidValue, which says what there is in its place, for a view that these data don't have."""
    figure = FIGURES[name]
    why = "here is none" if figure.of_window and not has_window else figure.missing(data)
    if why:
        raise InvalidValue(FIGURES.field, name, f"one of {', '.join(views_of(data))}: {why}")


def paint_figure(painter: QPainter, figure: Figure, scene: Scene, options: FigureOptions) -> None:
    """Paint the whole figure on its paper of `options.paper` dots: ground, title, the view and its legend."""
    if figure.of_window:
        figure.paint(painter, QRectF(QPointF(), options.paper), scene, options)
        return
    with type_on_paper():
        _paint_figure(painter, figure, scene, options)


def _paint_figure(painter: QPainter, figure: Figure, scene: Scene, options: FigureOptions) -> None:
    theme, paper = options.theme, options.paper
    if not options.transparent:
        painter.fillRect(QRectF(QPointF(), paper), QColor(theme.background))
    legend = figure.legend(scene.snapshot, scene.showing) if options.legend else Legend()
    beside = legend.width + 2 * SPACE if legend.width else 0.0
    above = CAPTION if options.title else 0.0
    room = QSizeF(paper.width() - 2 * MARGIN - beside, paper.height() - 2 * MARGIN - above)
    size = figure.fit(room, scene, options)
    left = MARGIN + (room.width() - size.width()) / 2
    top = MARGIN + above + (room.height() - size.height()) / 2
    if options.title:
        place = QRectF(left, top - above, paper.width() - MARGIN - left, above)
        title, numbers = caption(scene.snapshot)
        _paint_title(painter, place, options.words or title, numbers, theme)
    figure.paint(painter, QRectF(QPointF(left, top), size), scene, options)
    legend.paint(painter, QPointF(left + size.width() + 2 * SPACE, top + EDGE), theme)


def _paint_title(painter: QPainter, place: QRectF, title: str, numbers: str, theme: Theme) -> None:
    lines = ((title, font(13, bold=True), theme.text, -4.0), (numbers, font(10), theme.muted, 18.0))
    for text, letters, colour, top in lines:
        painter.setFont(letters)
        painter.setPen(QColor(colour))
        text = QFontMetricsF(letters).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        line = QRectF(place.left(), place.top() + top, place.width(), 22)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)


def caption(snapshot: Snapshot) -> tuple[str, str]:
    """What the picture shows: the experiment, and how good the network is."""
    network = "–".join(str(width) for width in snapshot.architecture.widths)
    metrics = snapshot.metrics
    if metrics.test_accuracy is not None and metrics.train_accuracy is not None:
        good = f"train {percent(metrics.train_accuracy)}, test {percent(metrics.test_accuracy)} right"
    else:
        good = f"loss {metrics.train_loss:.4f} train, {metrics.test_loss:.4f} test"
    return f"{snapshot.data.label} · network {network}", f"epoch {snapshot.epoch} · {good}"


def _paint_answer(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    snapshot = scene.snapshot
    assert snapshot.field is not None
    showing = replace(scene.showing, focus=None, axes=options.axes)
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


def _paint_digits(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    paint_digits(painter, area, scene.snapshot, options.theme)


def _paint_network(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    paint_network(painter, area, scene.snapshot, options.theme, names=options.axes)


def _paint_loss(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    epochs, train, test, *_ = scene.snapshot.curves
    x, y = epoch_axis(epochs), loss_axis(np.concatenate([train, test]), logarithmic=options.logarithmic)
    paint_chart(painter, area, x, y, epochs, (train, test), options.theme, axes=options.axes)


def _paint_accuracy(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    epochs, _, _, train, test = scene.snapshot.curves
    x, y = epoch_axis(epochs), accuracy_axis(100 * np.concatenate([train, test]))
    paint_chart(painter, area, x, y, epochs, (100 * train, 100 * test), options.theme, axes=options.axes)


def _paint_window(painter: QPainter, area: QRectF, scene: Scene, _options: FigureOptions) -> None:
    window = scene.window
    assert window is not None, "the window is only drawn from within it"
    scale = min(area.width() / window.width(), area.height() / window.height())
    painter.save()
    painter.translate(area.center() - QPointF(window.width(), window.height()) * (scale / 2))
    painter.scale(scale, scale)
    window.render(painter, QPoint())
    painter.restore()


def _no_plane(data: Dataset) -> str:
    return f"a picture is {data.n_in} numbers, and there is no plane to draw them on" if _is_pictures(data) else ""


def _no_digits(data: Dataset) -> str:
    return "" if _is_pictures(data) else "these data are no pictures"


def _no_accuracy(data: Dataset) -> str:
    return "an answer that is a number is never simply right or wrong" if data.task == "regression" else ""


def _is_pictures(data: Dataset) -> bool:
    return data.space == "pictures"


FIGURES: Registry[Figure] = Registry(
    "view",
    Figure(
        "boundary", "Output", "what the network answers, with its boundary and the data",
        _paint_answer, answer_legend, (1200, 1120), _fit_answer, _no_plane,
    ),
    Figure(
        "digits", "Digits", "test digits with the network's answers, and what its first layer looks for",
        _paint_digits, digits_legend, (1200, 1200), missing=_no_digits,
    ),
    Figure(
        "network", "Network", "the diagram: neurons, weights and biases", _paint_network, network_legend, (1500, 1000)
    ),
    Figure("loss", "Loss", "the loss over the epochs, train and test", _paint_loss, curves_legend, (1200, 800)),
    Figure(
        "accuracy", "Accuracy", "the share of right answers over the epochs, train and test",
        _paint_accuracy, curves_legend, (1200, 800), missing=_no_accuracy,
    ),
    Figure(
        "window", "Whole window", "the window as it is, with all its panels", _paint_window,
        lambda _snapshot, _showing: Legend(), (2560, 1600), of_window=True,
    ),
)  # fmt: skip
