"""A view as a picture on any paper: its ground, its title, the view itself and what its colours mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from mlp_playground.analysis.space.observe import Space
from mlp_playground.data.dataset import Dataset
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.runs import Run
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.numerals import percent
from mlp_playground.views.canvas.picture_frame import EDGE, Showing
from mlp_playground.views.figures.figure_legend import Legend
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.space.space_picture import SpaceShowing
from mlp_playground.views.theme import SPACE, Theme, font, type_on_paper

if TYPE_CHECKING:
    from mlp_playground.analysis.confusion import Confusion, Residuals
    from mlp_playground.analysis.digit_journey import Journey
    from mlp_playground.analysis.distributions import Spreads
    from mlp_playground.analysis.layer_map import LayerMap
    from mlp_playground.experiment.digit_look import DigitWish
    from mlp_playground.experiment.doctor.checkup import Record
    from mlp_playground.experiment.feature_look import FeatureLook, FeatureWish
    from mlp_playground.experiment.graph_question import Followed, GraphQuestion, Wish
    from mlp_playground.experiment.probe_question import Probed

MARGIN = 2.0 * SPACE
CAPTION = 6.0 * SPACE
"""Pixels of the two lines of a title."""


@dataclass(frozen=True)
class Scene:
    """What a figure is of: a moment of a run and what the reader chose to see of it; the window where there is one; and
    the network's space, where somebody has looked at it; how its first layer's `features` are wanted, and its
    `neurons`; which `digit` is followed, its `journey` and its class; what is known of the layers, `probed`, mapped and
    their `health`; how the answers are `judged`; which samples the `graph` is of, and what was `followed`; and the kept
    `runs` whose curves are drawn, over `seconds` or epochs."""

    snapshot: Snapshot
    showing: Showing = field(default_factory=Showing)
    window: QWidget | None = None
    space: Space | None = None
    space_showing: SpaceShowing = field(default_factory=SpaceShowing)
    features: FeatureWish | None = None
    neurons: FeatureLook | None = None
    digit: DigitWish | None = None
    journey: tuple[Journey, int | None] | None = None
    probed: Probed | None = None
    layer_map: LayerMap | None = None
    health: Record | None = None
    judged: Confusion | Residuals | None = None
    graph: Wish | None = None
    followed: tuple[GraphQuestion, Followed] | None = None
    runs: tuple[Run, ...] = ()
    seconds: bool = False
    column: int = 1
    spreads: Spreads | None = None


@dataclass(frozen=True)
class Figure:
    """One view. `paint` fills the part of an area that `fit` gives it. `size`: pixels that suit it. `missing` says why
    an experiment has no such view, or nothing; `note` what the second line of the title says in place of how good the
    network is, where there is something to say. One that is `of_window` shows a window as it is, and nothing around
    it."""

    name: str
    label: str
    words: str
    paint: Callable[[QPainter, QRectF, Scene, FigureOptions], None]
    legend: Callable[[Scene], Legend]
    size: tuple[int, int]
    fit: Callable[[QSizeF, Scene, FigureOptions], QSizeF] = lambda size, _scene, _options: size
    missing: Callable[[Dataset, ExperimentConfig], str] = lambda _data, _config: ""
    note: Callable[[Snapshot], str] = lambda _snapshot: ""
    of_window: bool = False


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
    legend = figure.legend(scene) if options.legend else Legend()
    beside = legend.width + 2 * SPACE if legend.width else 0.0
    above = CAPTION if options.title else 0.0
    room = QSizeF(paper.width() - 2 * MARGIN - beside, paper.height() - 2 * MARGIN - above)
    size = figure.fit(room, scene, options)
    left = MARGIN + (room.width() - size.width()) / 2
    top = MARGIN + above + (room.height() - size.height()) / 2
    if options.title:
        place = QRectF(left, top - above, paper.width() - MARGIN - left, above)
        title, numbers = caption(scene.snapshot)
        _paint_title(painter, place, options.words or title, figure.note(scene.snapshot) or numbers, theme)
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


def fit_wide(size: QSizeF, _scene: Scene, _options: FigureOptions) -> QSizeF:
    """All of it, but not higher than is read well."""
    return QSizeF(size.width(), min(size.height(), 1.2 * size.width()))


def caption(snapshot: Snapshot) -> tuple[str, str]:
    """What the picture shows: the experiment, and how good the network is."""
    network = "–".join(str(width) for width in snapshot.architecture.widths)
    metrics = snapshot.metrics
    if metrics.test_accuracy is not None and metrics.train_accuracy is not None:
        good = f"train {percent(metrics.train_accuracy)}, test {percent(metrics.test_accuracy)} right"
    else:
        good = f"loss {metrics.train_loss:.4f} train, {metrics.test_loss:.4f} test"
    return f"{snapshot.data.label} · network {network}", f"epoch {snapshot.epoch} · {good}"
