"""The bar on top: play, step and reset, the epoch, the speed, and how the network learns."""

from __future__ import annotations

from math import inf

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.experiment.config import CLASSIFY, REGRESS, ExperimentConfig
from mlp_playground.experiment.pace import PACES
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.numerals import grouped
from mlp_playground.views.controls import Choice, Slider
from mlp_playground.views.numbers import NumberChoice, number
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import RoundButton, captioned, flat_button, label, number_label
from mlp_playground.views.theme import SPACE, theme_of
from mlp_playground.views.training.training_settings import TrainingSettings, unusual

LEARNING_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
BATCH_SIZES = (1, 5, 10, 20, 30, 64, 128, 256, 512, 0)
"""0 is all of them at once."""
PENALTY_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
PENALTIES = (
    ("none", "none", "Weights may grow as they like."),
    ("L1", "l1", "Pulls every weight towards 0 by the same amount: many end at exactly 0."),
    ("L1 + L2", "both", "Both pulls at once, at the same rate."),
    ("L2", "l2", "Pulls large weights more than small ones: the boundary gets smoother."),
)
MORE_TIP = "More settings: loss, schedule, clipping, dropout, first weights (M)"
ACTIVATION_TIP = "Activation of all hidden layers; one layer's own is chosen below it in the diagram"


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
        self._epoch_number = number_label("0", "99\u202f999", 17)
        self._speed_words = label("", 8.5)
        self.speed = Slider(0, len(PACES) - 1, len(PACES) - 1)
        self.speed.setAccessibleName("Speed")
        self.speed.setToolTip("How fast it learns: from one minibatch a second to as fast as it goes")
        self.speed.valueChanged.connect(self._on_speed)
        self._make_choices()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        for button in (self.reset, self.play, self.step, self.epoch):
            row.addWidget(button)
        row.addSpacing(SPACE)
        row.addWidget(self._counter())
        row.addWidget(self._speed_box())
        row.addStretch(1)
        for caption, choice in self._choices:
            row.addWidget(captioned(caption, choice))
        row.addWidget(self._more_box())
        self._on_speed(self.speed.value(), tell=False)

    def _make_choices(self) -> None:
        self.learning_rate = NumberChoice(*LEARNING_RATES)
        self.learning_rate.setToolTip("Learning rate: how far each step goes. Too small is slow, too large overshoots.")
        self.optimizer = Choice(*((each.label, each.name, each.words) for each in OPTIMIZERS.values()))
        self.optimizer.setToolTip("Optimizer: how a gradient becomes a step")
        self.batch_size = NumberChoice(
            *BATCH_SIZES, text=lambda size: number(size) if size else "all", rank=lambda size: size or inf
        )
        self.batch_size.setToolTip("Batch size: after how many samples the weights change; with all, once an epoch")
        self.activation = Choice(*((each.label, each.name, each.words) for each in ACTIVATIONS.values()))
        self.activation.setToolTip(ACTIVATION_TIP)
        self.penalty = Choice(*PENALTIES)
        self.penalty.setToolTip("Regularization: holds the weights small, against learning by heart")
        self.penalty_rate = NumberChoice(*PENALTY_RATES)
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
        column.addWidget(self._epoch_number, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _speed_box(self) -> QWidget:
        box, caption = QWidget(), label("Speed", 8.5, muted=True)
        widest = max(self._speed_words.fontMetrics().horizontalAdvance(pace.label) for pace in PACES)
        box.setFixedWidth(caption.sizeHint().width() + 2 * SPACE + widest)
        names = QHBoxLayout()
        names.addWidget(caption)
        names.addStretch(1)
        names.addWidget(self._speed_words)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(names)
        column.addWidget(self.speed)
        return box

    def _more_box(self) -> QWidget:
        self.settings = TrainingSettings(self)
        self.settings.closed.connect(self._on_settings_closed)
        self.more = flat_button("More", MORE_TIP, checkable=True)
        self.more.setFixedSize(self.more.sizeHint().width(), 28)
        self.more.setAccessibleName("More settings")
        self.more.clicked.connect(self.open_settings)
        self._mark = Mark(self.more)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self.more)  # in line with the choices, which have a caption above
        return box

    def open_settings(self) -> None:
        """Open the panel with what has no room here."""
        self.more.setChecked(True)
        self.settings.open_below(self.more)

    def _on_settings_closed(self) -> None:
        self.more.setChecked(False)
        # while the panel was open, the button was not told that the mouse had left it
        here = self.more.mapFromGlobal(QCursor.pos())
        self.more.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, self.more.rect().contains(here))

    def _on_speed(self, value: int, *, tell: bool = True) -> None:
        self._speed_words.setText(PACES[value].label)
        if tell:
            self.pace_changed.emit(PACES[value])

    def _on_penalty(self) -> None:
        self.penalty_changed.emit(self.penalty.currentData(), self.penalty_rate.currentData() or 0.001)

    def show_config(self, config: ExperimentConfig) -> None:
        """Show the settings of an experiment, also such as are in no list."""
        training, network = config.training, config.network
        self.learning_rate.show_number(training.learning_rate)
        self.batch_size.show_number(training.batch_size)
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
        self.penalty_rate.show_number(training.l1 or training.l2 or 0.001)
        self.problem.show_data(config.data.problem)
        self.settings.show_config(config)
        changed = ", ".join(unusual(config))
        self._mark.setVisible(bool(changed))
        self.more.setToolTip(f"{MORE_TIP}\nnot as usual: {changed}" if changed else MORE_TIP)
        self.more.setAccessibleDescription(f"not as usual: {changed}" if changed else "")

    def show_state(self, snapshot: Snapshot) -> None:
        """Show whether it plays, and the epoch."""
        self.settings.show_state(snapshot)
        if snapshot.state is RunState.RUNNING:
            self.play.show_sign("pause", "Pause (Space)")
        elif snapshot.at is not None:
            self.play.show_sign("play", "Play: go on from the moment shown (Space)")
        else:
            self.play.show_sign("play", "Play: let the network learn (Space)")
        self._epoch_number.setText(grouped(snapshot.epoch))

    def epoch_text(self) -> str:
        """The epoch as it is written on screen."""
        return self._epoch_number.text()


class Mark(QWidget):
    """A dot on a button's upper right corner: behind it something is not as usual."""

    def __init__(self, button: QWidget) -> None:
        super().__init__(button)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(SPACE, SPACE)
        self.move(button.width() - SPACE, 2)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme_of(self.palette()).accent))
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
