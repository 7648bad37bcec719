"""The bar on top: play, step and reset, the epoch, the speed, and how the network learns."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.experiment.config import CLASSIFY, REGRESS, ExperimentConfig
from mlp_playground.experiment.pace import PACES
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.views.controls import Choice, Slider
from mlp_playground.views.parts import RoundButton, captioned, label
from mlp_playground.views.theme import SPACE

LEARNING_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
BATCH_SIZES = (1, 5, 10, 20, 30, 64, 128, 256, 512)
PENALTY_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
PENALTIES = (
    ("none", "none", "Weights may grow as they like."),
    ("L1", "l1", "Pulls every weight towards 0 by the same amount: many end at exactly 0."),
    ("L1 + L2", "both", "Both pulls at once, at the same rate."),
    ("L2", "l2", "Pulls large weights more than small ones: the boundary gets smoother."),
)
ACTIVATION_TIP = "Activation of all hidden layers; one layer's own is chosen below it in the diagram"


def number(value: float) -> str:
    """A rate as a learner would write it."""
    return f"{value:.10f}".rstrip("0").rstrip(".") if value >= 1e-6 else f"{value:g}"


class Transport(QWidget):
    """Shows the run's settings and emits what the user wants changed."""

    play_toggled = Signal()
    step_wanted = Signal()
    epoch_wanted = Signal()
    reset_wanted = Signal()
    pace_changed = Signal(object)
    learning_rate_changed = Signal(float)
    optimizer_changed = Signal(str)
    batch_size_changed = Signal(int)
    activation_changed = Signal(str)
    penalty_changed = Signal(str, float)
    problem_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reset = RoundButton("reset", "Start again from the same first weights (R)", 34)
        self.play = RoundButton("play", "Play: let the network learn (Space)", 52, filled=True)
        self.step = RoundButton("step", "One step: learn from one minibatch (S)", 34)
        self.epoch = RoundButton("epoch", "One epoch: learn from every point once (E)", 34)
        self.reset.clicked.connect(self.reset_wanted)
        self.play.clicked.connect(self.play_toggled)
        self.step.clicked.connect(self.step_wanted)
        self.epoch.clicked.connect(self.epoch_wanted)
        self._epoch_number = label("0", 17)
        self._epoch_number.setMinimumWidth(84)
        self._speed_words = label("", 8.5)
        self.speed = Slider(0, len(PACES) - 1, len(PACES) - 1)
        self.speed.setAccessibleName("Speed")
        self.speed.setToolTip("How fast it learns: from one minibatch a second to as fast as it goes")
        self.speed.valueChanged.connect(self._on_speed)
        self._make_choices()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row.setSpacing(SPACE)
        for button in (self.reset, self.play, self.step, self.epoch):
            row.addWidget(button)
        row.addSpacing(SPACE)
        row.addWidget(self._counter())
        row.addWidget(self._speed_box())
        row.addSpacing(SPACE)
        row.addStretch(1)
        for caption, choice in self._choices:
            row.addWidget(captioned(caption, choice))
        self._on_speed(self.speed.value(), tell=False)

    def _make_choices(self) -> None:
        self.learning_rate = Choice(*((number(rate), rate, "") for rate in LEARNING_RATES))
        self.learning_rate.setToolTip("Learning rate: how far each step goes. Too small is slow, too large overshoots.")
        self.optimizer = Choice(*((each.label, each.name, each.words) for each in OPTIMIZERS.values()))
        self.optimizer.setToolTip("Optimizer: how a gradient becomes a step")
        self.batch_size = Choice(*((str(size), size, "") for size in BATCH_SIZES))
        self.batch_size.setToolTip("Batch size: after how many samples the weights change")
        self.activation = Choice(*((each.label, each.name, each.words) for each in ACTIVATIONS.values()))
        self.activation.setToolTip(ACTIVATION_TIP)
        self.penalty = Choice(*PENALTIES)
        self.penalty.setToolTip("Regularization: holds the weights small, against learning by heart")
        self.penalty_rate = Choice(*((number(rate), rate, "") for rate in PENALTY_RATES))
        self.penalty_rate.setToolTip("How strongly the regularization pulls")
        self.problem = Choice(
            ("classify", CLASSIFY, "Which class does a sample belong to?"),
            ("regress", REGRESS, "Which number belongs to a point?"),
        )
        self.problem.setToolTip("Problem: tell classes apart, or predict a number")
        self._choices = (
            ("Learning rate", self.learning_rate),
            ("Optimizer", self.optimizer),
            ("Batch", self.batch_size),
            ("Activation", self.activation),
            ("Regularization", self.penalty),
            ("Reg. rate", self.penalty_rate),
            ("Problem", self.problem),
        )
        self.learning_rate.activated.connect(lambda: self.learning_rate_changed.emit(self.learning_rate.currentData()))
        self.optimizer.activated.connect(lambda: self.optimizer_changed.emit(self.optimizer.currentData()))
        self.batch_size.activated.connect(lambda: self.batch_size_changed.emit(self.batch_size.currentData()))
        self.activation.activated.connect(lambda: self.activation_changed.emit(self.activation.currentData()))
        self.problem.activated.connect(lambda: self.problem_changed.emit(self.problem.currentData()))
        for choice in (self.penalty, self.penalty_rate):
            choice.activated.connect(self._on_penalty)

    def _counter(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label("Epoch", 8.5, muted=True))
        column.addWidget(self._epoch_number)
        return box

    def _speed_box(self) -> QWidget:
        box = QWidget()
        box.setFixedWidth(124)
        names = QHBoxLayout()
        names.addWidget(label("Speed", 8.5, muted=True))
        names.addStretch(1)
        names.addWidget(self._speed_words)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(names)
        column.addWidget(self.speed)
        return box

    def _on_speed(self, value: int, *, tell: bool = True) -> None:
        self._speed_words.setText(PACES[value].label)
        if tell:
            self.pace_changed.emit(PACES[value])

    def _on_penalty(self) -> None:
        self.penalty_changed.emit(self.penalty.currentData(), self.penalty_rate.currentData() or 0.001)

    def show_config(self, config: ExperimentConfig) -> None:
        """Show the settings of an experiment, also such as are in no list."""
        training, network = config.training, config.network
        _show_number(self.learning_rate, training.learning_rate)
        _show_number(self.batch_size, training.batch_size)
        self.optimizer.show_data(training.optimizer)
        kinds = set(network.activations)
        self.activation.show_data(next(iter(kinds)) if len(kinds) == 1 else None)
        self.activation.setEnabled(bool(kinds))
        self.activation.setToolTip(ACTIVATION_TIP if kinds else "There is no hidden layer that could have one")
        kind = {(False, False): "none", (True, False): "l1", (False, True): "l2", (True, True): "both"}
        self.penalty.show_data(kind[bool(training.l1), bool(training.l2)])
        pulls = bool(training.l1 or training.l2)
        self.penalty_rate.setEnabled(pulls)
        self.penalty_rate.setToolTip("How strongly the regularization pulls" + ("" if pulls else ": choose one first"))
        _show_number(self.penalty_rate, training.l1 or training.l2 or 0.001)
        self.problem.show_data(config.data.problem)

    def show_state(self, snapshot: Snapshot) -> None:
        """Show whether it plays, and the epoch."""
        if snapshot.state is RunState.RUNNING:
            self.play.show_sign("pause", "Pause (Space)")
        else:
            self.play.show_sign("play", "Play: let the network learn (Space)")
        self._epoch_number.setText(f"{snapshot.epoch:,}".replace(",", "\u202f"))

    def epoch_text(self) -> str:
        """The epoch as it is written on screen."""
        return self._epoch_number.text()


def _show_number(choice: Choice, value: float) -> None:
    """Show a number; one that the list lacks joins it in its place."""
    numbers = [choice.itemData(i) for i in range(choice.count())]
    if value not in numbers:
        place = sum(other < value for other in numbers)
        blocked = choice.blockSignals(True)
        choice.insertItem(place, number(value), value)
        choice.blockSignals(blocked)
        choice.updateGeometry()
    choice.show_data(value)
