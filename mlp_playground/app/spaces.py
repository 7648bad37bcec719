"""The panels of space and point and their worker: what a layer sees is found out as long as somebody looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.observe import Space
from mlp_playground.analysis.space.stages import Order
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.panels import Panel
from mlp_playground.experiment.document import Scalar
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.space_question import space_of
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.space.point_panel import PointPanel
from mlp_playground.views.space.space_panel import SpacePanel
from mlp_playground.views.space.space_words import point_words

ORDER, DIRECTIONS, ANSWER = "space_order", "space_directions", "space_answer"
"""What choices are called in a file."""
POINT = "one point's numbers, step by step through the network"


@dataclass(frozen=True)
class SpaceQuestion:
    """How the network of a moment bends space."""

    snapshot: Snapshot
    wish: SpaceWish


class SpaceObserver:
    """Answers on the worker's thread; remembers the moment before, from which directions go on."""

    def __init__(self) -> None:
        self._before: Space | None = None

    def observe(self, question: SpaceQuestion) -> Space:
        """The space of the snapshot's network."""
        is_passing = question.snapshot.state is RunState.RUNNING
        self._before = space_of(question.snapshot, question.wish, self._before, gently=is_passing)
        return self._before


class Spaces(QObject):
    """The panel in its `dock` and that of a picked point in `point_dock`, connected with the run. What can't be seen is
    not computed."""

    def __init__(self, clock: FrameClock, window: QMainWindow) -> None:
        super().__init__(window)
        self.panel, self.point = SpacePanel(), PointPanel()
        self.dock = Panel("space", "Space", "the data and the plane as each layer sees them", self.panel, window)
        self.point_dock = Panel("point", "Point", POINT, self.point, window)
        self.explainer = Explainer("space", clock, self._question, SpaceObserver().observe, self)
        self.explainer.answered.connect(self._show)
        self.panel.wish_changed.connect(lambda _wish: self.explainer.ask_again())
        self.panel.title_changed.connect(self.dock.heading.show_words)
        self.panel.point_told.connect(self._tell)
        self.panel.view.clicked.connect(self._bring_point)
        self._told: tuple[Space | None, int | None, int] = None, None, 0
        for dock in (self.dock, self.point_dock):
            dock.seen_changed.connect(self._on_seen)

    def remembered(self) -> dict[str, Scalar]:
        """What a file keeps of how a space is looked at."""
        wish = self.panel.wish
        chosen: dict[str, Scalar] = {ORDER: wish.order.value, DIRECTIONS: wish.directions, ANSWER: wish.answer}
        return chosen | {_name(name): box.isChecked() for name, box in self.panel.boxes.items()}

    def show_again(self, view: Mapping[str, Scalar]) -> None:
        """Look at it as a file remembers; what it doesn't, or what there is not, stays as it is."""
        wish = self.panel.wish
        orders = {order.value: order for order in Order}
        order = orders.get(str(view.get(ORDER)), wish.order)
        directions = 3 if view.get(DIRECTIONS, wish.directions) == 3 else 2
        self.panel.choices.show_wish(SpaceWish(order, directions, bool(view.get(ANSWER, wish.answer))))
        for name, box in self.panel.boxes.items():
            box.setChecked(bool(view.get(_name(name), box.isChecked())))
        self.explainer.ask_again()

    def _question(self, snapshot: Snapshot) -> SpaceQuestion | None:
        reads_numbers = self.point_dock.is_seen and self.panel.view.showing.picked is not None
        return SpaceQuestion(snapshot, self.panel.wish) if self.dock.is_seen or reads_numbers else None

    def _on_seen(self, is_seen: bool) -> None:
        if not self.dock.is_seen:
            self.panel.film.stop()
        if is_seen:
            self._tell(*self._told)
            self.explainer.ask_again()

    def _tell(self, space: Space | None, picked: int | None, stage: int) -> None:
        """Write the numbers of a point, if somebody can read them."""
        self._told = space, picked, stage
        if self.point_dock.is_seen:
            words = POINT if space is None or picked is None else f"{point_words(space, picked)}, step by step"
            if words != self.point_dock.heading.words.text():
                self.point_dock.heading.show_words("Point", words)
            self.point.show_point(space, picked, stage)

    def _bring_point(self) -> None:
        """To the front, if it is not closed."""
        if self.point_dock.toggleViewAction().isChecked():
            self.point_dock.raise_()

    def _show(self, answer: Answer[SpaceQuestion, Space]) -> None:
        self.panel.show_space(answer.found)


def _name(box: str) -> str:
    """What a box of the panel is called in a file."""
    return f"space_{box}"
