"""The picture that a neuron would like best, forming from noise, beside the test digits that it likes best."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.analysis.excitement import Cell
from mlp_playground.analysis.ideal import SMOOTHINGS, Climb
from mlp_playground.experiment.feature_look import FeatureLook
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.numerals import grouped
from mlp_playground.views.controls import Choice
from mlp_playground.views.digits.cell_choice import CellChoice
from mlp_playground.views.digits.feature_words import card_words, cell_name, samples_name, short
from mlp_playground.views.digits.ideal_picture import ClimbCurve, IdealPicture
from mlp_playground.views.digits.neuron_card import Card, NeuronCard
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.theme import SPACE

NOISE_TIP = "Begin again from other noise: does it find the same picture?"
STOP, AGAIN = ("Stop", "Leave the picture as it is now"), ("Go on", "Climb on from this picture")
SMOOTHING_TIP = "What holds the picture back. Without any it excites the neuron most, and looks like noise to us"
FLAT = (
    "No way up: no pixel of this picture changes the neuron's sum. Other noise may help, or a neuron that is not dead."
)


def climb_words(climb: Climb, best: float | None, count: int, samples: str) -> str:
    """How the picture compares with the `best` sum of so many samples."""
    if climb.flat:
        return FLAT
    if best is None:
        return ""
    these = f"any of the {grouped(count)} {samples}s"
    if climb.z > best:
        return f"Its sum is {short(climb.z)}: more than {these} reaches (at most {short(best)})."
    if not climb.is_done:
        return f"Its sum is {short(climb.z)} so far; {these} reaches at most {short(best)}."
    return f"Its sum is {short(climb.z)}: a real digit excites it more ({short(best)}). Less smoothing lets it climb."


class IdealView(QWidget):
    """`cell_chosen` carries a neuron, `smoothing_chosen` a name of SMOOTHINGS; `noise_wanted` asks for another start
    and `stop_wanted` whether to stop."""

    cell_chosen = Signal(tuple)
    smoothing_chosen = Signal(str)
    noise_wanted = Signal()
    stop_wanted = Signal(bool)
    sample_chosen = Signal(int)
    pointed_at = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.picture, self.curve, self.card = IdealPicture(), ClimbCurve(), NeuronCard()
        self.cell, self.words = CellChoice(), label("", 9)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setFixedHeight(3 * self.words.fontMetrics().lineSpacing())
        self.smoothing = Choice(*((each.label, each.name, each.words) for each in SMOOTHINGS.values()))
        self.smoothing.setToolTip(SMOOTHING_TIP)
        self.smoothing.setAccessibleName("Smoothing")
        self.smoothing.show_data("some")
        self.noise = flat_button("Other noise", NOISE_TIP)
        self.stop = flat_button(*STOP)
        self._best: tuple[float, int, str] | None = None
        self._climb: Climb | None = None
        self._stopped = False
        self._lay_out()
        self.cell.chosen.connect(self.cell_chosen)
        self.smoothing.activated.connect(lambda _index: self.smoothing_chosen.emit(self.smoothing.currentData()))
        self.noise.clicked.connect(self.noise_wanted)
        self.stop.clicked.connect(lambda: self.stop_wanted.emit(not self._stopped))
        self.card.sample_clicked.connect(self.sample_chosen)
        self.card.pointed_at.connect(self.pointed_at)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE // 2)
        buttons.addWidget(self.smoothing)
        buttons.addWidget(self.noise)
        buttons.addWidget(self.stop)
        buttons.addStretch(1)
        chooser = QHBoxLayout()
        chooser.addWidget(self.cell)
        chooser.addStretch(1)
        middle = QVBoxLayout()
        middle.setSpacing(SPACE // 2)
        middle.addLayout(chooser)
        middle.addLayout(buttons)
        middle.addWidget(self.curve, 1)
        middle.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.picture, 3)
        row.addLayout(middle, 3)
        row.addWidget(self.card, 4)
        self.card.setMinimumWidth(220)

    def show_look(self, snapshot: Snapshot, look: FeatureLook, cell: Cell) -> None:
        """What excites the neuron `cell` at this moment."""
        if look.excited is None:
            return
        best = float(look.excited.z[0]) if len(look.excited.z) else float("-inf")
        self._best = best, len(snapshot.data.test), samples_name(snapshot.data)
        name = cell_name(snapshot.architecture, cell, snapshot.data)
        self.card.show_card(
            Card(name, card_words(look.answers, cell, snapshot.data), None, look.excited, snapshot.data)
        )
        self.cell.show_cell(snapshot.architecture, cell, snapshot.data)
        self._tell()

    def show_climb(self, climb: Climb, *, stopped: bool) -> None:
        """How far the picture is."""
        self._climb, self._stopped = climb, stopped
        self.picture.show_climb(climb)
        words, tip = AGAIN if stopped else STOP
        self.stop.setText(words)
        self.stop.setToolTip(tip)
        self.stop.setEnabled(stopped or not climb.is_done)
        self._tell()

    def forget_best(self) -> None:
        """Another neuron is looked at: what is known of digits was of the one before."""
        self._best = None
        self.card.show_card(None)

    def _tell(self) -> None:
        if self._climb is None:
            return
        best = None if self._best is None else self._best[0]
        self.curve.show_climb(self._climb, best)
        words = "" if self._best is None else climb_words(self._climb, *self._best)
        if words != self.words.text():
            self.words.setText(words)
