"""The space panel: a layer's space, what is drawn of it, and two ways as sliders: through the run and the network."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.observe import Space
from mlp_playground.views.canvas.class_marks import ClassMarks
from mlp_playground.views.canvas.go_on import GoOn
from mlp_playground.views.canvas.time_bar import BUTTON, TimeBar
from mlp_playground.views.controls import CheckBox
from mlp_playground.views.parts import RoundButton, label
from mlp_playground.views.scrolled import Scrolled
from mlp_playground.views.space.bend_film import BendFilm
from mlp_playground.views.space.space_choices import SpaceChoices
from mlp_playground.views.space.space_picture import SpaceShowing
from mlp_playground.views.space.space_view import SpaceView
from mlp_playground.views.space.space_words import order_words, seen_words, stage_title, stage_words
from mlp_playground.views.space.stage_bar import StageBar
from mlp_playground.views.theme import SPACE

PLAY = "Play: move the data through the network (Space)"
OPTIONS = {
    "grid": ("grid", "The plane's grid (or the curve's line, the bits' cube), bent like the data"),
    "walls": (
        "lines",
        "Where the sum of each neuron of the next layer is 0, its arrow pointing to where it is positive; "
        "at the end the line or plane that separates the classes",
    ),
    "boundary": ("boundary", "The network's boundary in the plane, carried along: it becomes straight"),
    "test_points": ("test points", "Points that were kept away from training: hollow"),
}


class SpacePanel(QWidget):
    """Shows a network's space. `wish_changed` says that another one is wanted, `pointed_at` what the mouse is on;
    `point_told` carries the Space, the number of the point that is picked (None: none) and that of the stage."""

    wish_changed = Signal(SpaceWish)
    pointed_at = Signal(str)
    point_told = Signal(object, object, int)
    title_changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._space: Space | None = None
        self.view, self.bar = SpaceView(), StageBar()
        self.time, self.go_on = TimeBar(can_compare=False), GoOn()
        self.go_on.setFixedHeight(BUTTON)
        self.choices, self.marks = SpaceChoices(), ClassMarks()
        self.play = RoundButton("play", PLAY, BUTTON)
        self.play.clicked.connect(self.toggle_play)
        self._title = ("", "")
        self.words = label("", 9)
        _lines(self.words, 2)
        self.boxes = {name: CheckBox(text) for name, (text, _) in OPTIONS.items()}
        for name, box in self.boxes.items():
            box.setToolTip(OPTIONS[name][1])
            box.setChecked(True)
            box.toggled.connect(self._on_options)
        self.film = BendFilm(self)
        self.film.moved.connect(self._on_film)
        self.film.running.connect(self._on_running)
        self._lay_out()
        self.view.showing_changed.connect(self._on_showing)
        self.view.pointed_at.connect(self.pointed_at)
        self.bar.moved.connect(self._on_moved)
        self.choices.changed.connect(self.wish_changed)

    def _lay_out(self) -> None:
        options = QWidget()
        side = QVBoxLayout(options)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(SPACE // 2)
        side.addWidget(self.choices)
        side.addSpacing(SPACE // 2)
        for box in self.boxes.values():
            side.addWidget(box)
        side.addSpacing(SPACE // 2)
        side.addWidget(self.marks, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.view, 1)
        row.addWidget(Scrolled(options, least=2 * BUTTON))
        run = QHBoxLayout()
        run.setSpacing(SPACE)
        run.addWidget(self.time, 1)
        run.addWidget(self.go_on)
        way = QHBoxLayout()
        way.setSpacing(SPACE)
        way.addWidget(self.play, 0, Qt.AlignmentFlag.AlignTop)
        way.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 0, SPACE, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addSpacing(SPACE // 2)
        column.addLayout(run)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.words)
        column.addLayout(way)

    def sizeHint(self) -> QSize:
        return QSize(470, 400)

    @property
    def wish(self) -> SpaceWish:
        """What is to be computed."""
        return self.choices.wish

    # -- showing --------------------------------------------------------------------------------------------------

    def show_space(self, space: Space) -> None:
        """Draw this moment of the run."""
        are_same = self._space is not None and self._space.cloud.data is space.cloud.data
        self._space = space
        self.view.show_space(space)
        self.bar.show_stages(tuple(place.stage for place in space.places))
        showing, last = self.view.showing, float(len(space.places) - 1)
        picked = showing.picked if are_same else None  # another point would have its number
        self.view.show_options(replace(showing, t=min(showing.t, last), picked=picked))
        self.marks.show_classes(space.cloud.data.classes if space.cloud.data.task == "classes" else ())
        self.boxes["boundary"].setVisible(space.cloud.has_plane and space.right is not None)
        self.boxes["grid"].setVisible(len(space.cloud.pieces) > 0)
        self.boxes["test_points"].setVisible(space.cloud.n_train > 0)
        self._write()

    def _write(self) -> None:
        """What is said about the stage that is nearest."""
        if self._space is None:
            return
        s = self._stage()
        place = self._space.places[s]
        self.choices.show_stage(place)
        title = stage_title(place.stage, self._space.places[-1].stage.layer), seen_words(place)
        if title != self._title:
            self._title = title
            self.title_changed.emit(*title)
        _say(self.words, order_words(self._space) or stage_words(self._space, s))
        self.point_told.emit(self._space, self.view.showing.picked, s)

    def _stage(self) -> int:
        assert self._space is not None
        return min(round(self.view.showing.t), len(self._space.places) - 1)

    def _on_showing(self, showing: SpaceShowing) -> None:
        self.bar.show_moment(showing.t)
        self._write()

    def _on_options(self) -> None:
        grid, walls, boundary, tests = (self.boxes[name].isChecked() for name in OPTIONS)
        showing = replace(self.view.showing, grid=grid, walls=walls, boundary=boundary, test_points=tests)
        self.view.show_options(showing)

    def show_focus(self, cell: tuple[int, int] | None) -> None:
        """Let the line of a neuron stand out that one looks at elsewhere: (layer, neuron), layer 0 being the inputs."""
        self.view.show_options(replace(self.view.showing, focus=cell))

    # -- moving ---------------------------------------------------------------------------------------------------

    def _on_moved(self, t: float) -> None:
        self.film.stop()
        self.view.show_options(replace(self.view.showing, t=t))

    def toggle_play(self) -> None:
        """Move through the stages, from the beginning where the end is reached; or stop."""
        if self.film.is_running:
            self.film.stop()
        elif self._space is not None:
            self.film.start(self.view.showing.t, len(self._space.places) - 1)

    def _on_film(self, t: float) -> None:
        self.view.show_options(replace(self.view.showing, t=t))

    def _on_running(self, runs: bool) -> None:
        if runs:
            self.play.show_sign("pause", "Stop the film (Space)")
        else:
            self.play.show_sign("play", PLAY)

    def step(self, by: int) -> None:
        """Go to the next stage (+1) or the one before (−1)."""
        self.bar.slider.step(by)

    def hideEvent(self, event: QHideEvent) -> None:
        self.film.stop()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_mine(event):
            event.accept()  # within this panel Space plays the film, not the run
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle_play()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


def _is_mine(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier


def _say(where: QLabel, text: str) -> None:
    """Write a text if it is another one: setting it would lay out the panel anew."""
    if where.text() != text:
        where.setText(text)


def _lines(where: QLabel, count: int) -> None:
    """Room for so many lines, whatever is written: what stands below must not move."""
    where.setWordWrap(True)
    where.setAlignment(Qt.AlignmentFlag.AlignTop)
    where.setFixedHeight(count * where.fontMetrics().lineSpacing())
