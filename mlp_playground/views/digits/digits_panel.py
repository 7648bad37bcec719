"""The output side for handwritten digits: many at once, or one that is drawn, picked or mixed, and its journey."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mlp_playground.analysis.digit_journey import Wish
from mlp_playground.analysis.digits import Misread
from mlp_playground.data.dataset import Dataset
from mlp_playground.experiment.digit_choice import DRAW, MANY, MORPH, PICK, DigitChoice
from mlp_playground.experiment.digit_look import DigitLook, DigitWish, Given, Mixed, Source
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.views.controls import Choice
from mlp_playground.views.digits.digits_view import DigitsView
from mlp_playground.views.digits.draw_source import DrawSource
from mlp_playground.views.digits.journey_view import JourneyView
from mlp_playground.views.digits.morph_source import MorphSource
from mlp_playground.views.digits.pick_source import PickSource
from mlp_playground.views.keys import FlatButton
from mlp_playground.views.parts import flat_button
from mlp_playground.views.theme import SPACE

NAMES = {
    MANY: ("Many", "Test digits with the network's answers, and what its first layer looks for"),
    DRAW: ("Draw", "Draw a digit and follow it through the network"),
    PICK: ("Test digit", "Follow a test digit through the network, or step through those that it misreads"),
    MORPH: ("Morph", "Turn one digit into another, and see where the answer flips"),
}
"""Label and tooltip of each mode."""


class DigitsPanel(QWidget):
    """`asked` comes when something else is to be found out: another digit, or another side of it. `drawing` is True
    while a pen is on the paper."""

    asked = Signal()
    mode_changed = Signal(str)
    pointed_at = Signal(str)
    neuron_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.many = DigitsView()
        self.draw, self.pick, self.morph = DrawSource(), PickSource(), MorphSource()
        self._sources = QStackedWidget()
        for source in (self.draw, self.pick, self.morph):
            self._sources.addWidget(source)
        self.journey = JourneyView(self._sources)
        self.mode, self._single = MANY, DRAW
        self._of: int | None = None
        self._data: Dataset | None = None
        self._snapshot: Snapshot | None = None
        self.buttons: dict[str, FlatButton] = {}
        self.versus = Choice(
            ("what speaks for it", False, "What speaks for the likeliest class, or for one whose bar was clicked"),
            ("rather than the next", True, "What speaks for it and against the likeliest other class"),
        )
        self.versus.setToolTip("Whose evidence is followed; a click on a bar chooses another class")
        self.versus.setAccessibleName("Evidence")
        self._lay_out()
        self._connect()
        self._show_mode()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addStrut(self.versus.sizeHint().height())  # also where it is hidden, so that nothing moves
        group = QButtonGroup(self)
        for name, (text, tip) in NAMES.items():
            button = self.buttons[name] = flat_button(text, tip, checkable=True)
            group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, name=name: self._on_button(name))
        row.addStretch(1)
        row.addWidget(self.versus)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.many)
        self._pages.addWidget(self.journey)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(row)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        for view in (self.many, self.journey, self.pick.tiles, self.morph.chart):
            view.pointed_at.connect(self.pointed_at)
        self.journey.neuron_clicked.connect(self.neuron_clicked)
        self.journey.class_clicked.connect(self._on_class)
        self.many.digit_clicked.connect(self.follow)
        self.versus.activated.connect(self.asked)
        self.draw.drawn.connect(self.asked)
        self.draw.finished.connect(self.asked)
        self.pick.picked.connect(self._on_picked)
        self.morph.moved.connect(self.asked)

    def sizeHint(self) -> QSize:
        return QSize(480, 380)

    # -- what is looked at ----------------------------------------------------------------------------------------

    @property
    def choice(self) -> DigitChoice:
        """Which digit is chosen to be followed."""
        mixes_picked = self._single == PICK
        return DigitChoice(
            self.mode, self.draw.pad.strokes, self.pick.index, mixes_picked, self.morph.end_index, self.morph.t
        )

    def show_choice(self, choice: DigitChoice) -> None:
        """Follow this digit."""
        self._single = PICK if choice.mixes_picked else DRAW
        self.draw.pad.show_strokes(choice.strokes)
        self.pick.begin_with(choice.picked)
        self.morph.begin_with(choice.end, choice.way)
        self._become(choice.mode)

    @property
    def source(self) -> Source | None:
        """The digit that is looked at; None where it is many."""
        return None if self._data is None else self.choice.source(self._data)

    @property
    def follows_one(self) -> bool:
        """Whether it shows a single digit's journey."""
        return self.mode != MANY

    @property
    def wish(self) -> Wish:
        """Whose evidence is wanted."""
        return Wish(self._of, bool(self.versus.currentData()))

    @property
    def wanted(self) -> DigitWish | None:
        """The digit with whose evidence; None where it is many."""
        source = self.source
        return None if source is None else DigitWish(source, self.wish)

    @property
    def is_drawing(self) -> bool:
        """Whether a pen is on the paper, or the slider in somebody's hand."""
        return self.draw.pad.is_drawing or self.morph.way.isSliderDown()

    def show_mode(self, mode: str) -> None:
        """Many, or one from this source."""
        if self.mode in (DRAW, PICK):
            self._single = self.mode
        self._become(mode)

    def _become(self, mode: str) -> None:
        if mode != self.mode:
            self.mode, self._of = mode, None
            self._show_mode()
            self.mode_changed.emit(mode)
        self.asked.emit()

    def follow(self, index: int) -> None:
        """Follow this test digit through the network."""
        self.pick.pick(index)
        self.show_mode(PICK)

    def _on_class(self, number: int) -> None:
        self._of = None if number == self._of else number
        self.asked.emit()

    def _on_picked(self) -> None:
        self._of = None  # of another digit the answer is what one wants to know
        self.asked.emit()

    def _on_button(self, mode: str) -> None:
        self.show_mode(mode)
        if mode == PICK:
            self.pick.tiles.setFocus()  # so that the arrow keys step on

    def _show_mode(self) -> None:
        self.buttons[self.mode].setChecked(True)
        single = self.follows_one
        self._pages.setCurrentWidget(self.journey if single else self.many)
        self.versus.setVisible(single)
        if single:
            self._sources.setCurrentWidget({DRAW: self.draw, PICK: self.pick, MORPH: self.morph}[self.mode])

    # -- showing --------------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment of many digits; one is found out about by a worker."""
        self._snapshot = snapshot
        is_other = self._data is not snapshot.data
        self._data = snapshot.data
        if is_other:
            self.pick.show_data(snapshot.data)
            self.morph.show_data(snapshot.data)
        self.many.show_snapshot(snapshot)

    def show_look(self, look: DigitLook, source: Source) -> None:
        """Draw what was found out about a digit."""
        assert self._data is not None
        truth = source.truth if isinstance(source, Given) else None
        self.journey.show_journey(look.journey, self._data.classes, truth)
        if isinstance(source, Mixed):
            self.morph.show_morph(look.morph, look.start, source.t)

    def show_misread(self, misread: Misread) -> None:
        """What the network reads in all test digits."""
        calm = self._snapshot is None or self._snapshot.state is not RunState.RUNNING
        self.pick.show_misread(misread, calm=calm)

    def show_focus(self, focus: tuple[int, int] | None) -> None:
        """Enlarge one neuron, (hidden layer, index), below many digits, or mark it on one digit's way."""
        self.many.show_focus(focus)
        self.journey.show_focus(focus)

    def tell_again(self) -> None:
        """Say anew what lies under the mouse."""
        for view in (self.many, self.journey, self.pick.tiles, self.morph.chart):
            if view.isVisible():
                view.tell_again()
