"""The panel of what neurons look for: four views of it by name, or the reason why there is nothing to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mlp_playground.analysis.excitement import Cell
from mlp_playground.experiment.feature_look import FeatureLook, Part
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.registry import Registry
from mlp_playground.views.controls import CheckBox
from mlp_playground.views.digits.answers_view import AnswersView
from mlp_playground.views.digits.film_view import FilmView
from mlp_playground.views.digits.ideal_view import IdealView
from mlp_playground.views.digits.looks_view import LooksView
from mlp_playground.views.digits.scale_bar import ScaleBar
from mlp_playground.views.parts import label
from mlp_playground.views.segments import Segments
from mlp_playground.views.theme import SPACE

PICTURES_ONLY = (
    "These data are points or numbers, not pictures, so their weights are no pictures either. "
    "“Who answers” works with them; to see what neurons look for, choose the handwritten digits (MNIST) at the left."
)
LEARNED_TIP = "The weights minus those that they were at the start: the noise of the beginning is gone"
NO_LAYER = (
    "There is no hidden layer, and so no neuron that could be dead or answer one class: add a layer in the diagram."
)


def needs_pictures(snapshot: Snapshot) -> str:
    """Why a view of pictures has nothing to show, or nothing."""
    return "" if snapshot.data.image_shape is not None else PICTURES_ONLY


def needs_layers(snapshot: Snapshot) -> str:
    """Why there is nobody who answers, or nothing."""
    return "" if len(snapshot.architecture.widths) > 2 else NO_LAYER


@dataclass(frozen=True)
class FeatureView:
    """One view: its name on screen, what it shows in words, which parts of a look it draws, and what it lacks in a
    moment."""

    name: str
    label: str
    words: str
    parts: Part
    missing: Callable[[Snapshot], str] = needs_pictures


VIEWS: Registry[FeatureView] = Registry(
    "view",
    FeatureView(
        "looks", "Looks for", "What each neuron of the first layer looks for: its weights as a picture",
        Part.WEIGHTS | Part.ANSWERS | Part.EXCITED,
    ),
    FeatureView(
        "ideal", "Ideal picture", "The picture that a neuron of any layer would like best, beside digits that it likes",
        Part.EXCITED | Part.ANSWERS,
    ),
    FeatureView("film", "Film", "Six neurons over the run, from noise to stroke detectors", Part.WEIGHTS | Part.FILM),
    FeatureView(
        "answers", "Who answers", "Dead and sleepy neurons, and which of them are on for which class",
        Part.ANSWERS | Part.WEIGHTS,
        needs_layers,
    ),
)  # fmt: skip


class FeaturesPanel(QWidget):
    """`view_chosen` carries the name of a view in VIEWS. What its views tell goes on from here."""

    view_chosen = Signal(str)
    pointed_at = Signal(str)
    cell_chosen = Signal(tuple)
    sample_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.looks, self.ideal, self.film, self.answers = LooksView(), IdealView(), FilmView(), AnswersView()
        self._views: dict[str, LooksView | IdealView | FilmView | AnswersView] = {
            "looks": self.looks,
            "ideal": self.ideal,
            "film": self.film,
            "answers": self.answers,
        }
        self._scaled: dict[str, LooksView | FilmView] = {"looks": self.looks, "film": self.film}
        self.segments = Segments([(each.name, each.label, each.words) for each in VIEWS.values()])
        self.reason = label("", 10, muted=True)
        self.reason.setWordWrap(True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        for page in (*self._views.values(), self.reason):
            self._pages.addWidget(page)
        self.scale = ScaleBar()
        self.learned = CheckBox("only what it learned")
        self.learned.setToolTip(LEARNED_TIP)
        self._lay_out()
        self.segments.chosen.connect(self.view_chosen)
        for view in self._views.values():
            view.pointed_at.connect(self.pointed_at)
        for chooser in (self.looks, self.film):
            chooser.scale_changed.connect(self._show_scale)
            chooser.neuron_chosen.connect(lambda neuron: self.cell_chosen.emit((0, neuron)))
        for chosen in (self.ideal, self.answers):
            chosen.cell_chosen.connect(self.cell_chosen)
        for pictures in (self.looks, self.ideal):
            pictures.sample_chosen.connect(self.sample_chosen)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self.learned)
        row.addWidget(self.scale)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        column.setSpacing(SPACE // 2)
        column.addLayout(row)
        column.addWidget(self._pages, 1)

    def sizeHint(self) -> QSize:
        return QSize(760, 250)

    @property
    def view(self) -> FeatureView:
        """The view that was chosen."""
        return VIEWS[self.segments.name]

    def show_reason(self, reason: str) -> None:
        """Why there is nothing to see, or (nothing) show the chosen view."""
        self.reason.setText(reason)
        self._pages.setCurrentWidget(self.reason if reason else self._views[self.view.name])
        has_scale = not reason and self.view.name in self._scaled
        self.learned.setVisible(has_scale)
        self.scale.setVisible(has_scale)
        self._show_scale()

    def _show_scale(self) -> None:
        if self.view.name in self._scaled:
            self.scale.show_scale(self._scaled[self.view.name].scale)

    def show_look(self, snapshot: Snapshot, look: FeatureLook, cell: Cell) -> None:
        """Draw what was found of a moment in the chosen view."""
        self._views[self.view.name].show_look(snapshot, look, cell)
