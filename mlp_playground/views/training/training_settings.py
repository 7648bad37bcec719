"""What the bar on top has no room for: loss, schedule, clipping and dropout, and the network's first weights."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.heads import HEADS, Head
from mlp_playground.nn.initializers import AUTO, INITIALIZERS, Initializer, suited
from mlp_playground.nn.schedules import SCHEDULES, Schedule
from mlp_playground.views.controls import Choice
from mlp_playground.views.numbers import NumberChoice, NumberField, number
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import captioned, label
from mlp_playground.views.theme import SPACE, theme_of
from mlp_playground.views.training.schedule_curve import ScheduleCurve

CLIP_NORMS = (0.0, 0.1, 0.3, 1.0, 3.0, 10.0)
DROPOUTS = (0.0, 0.1, 0.2, 0.3, 0.5)
COLUMN = 288
"""Pixels of a column's width: the longest name of a loss fits in, at a reader's largest letters too."""
AUTO_WORDS = "What suits each layer's activation: He for ReLU and its kin, Xavier for S-shaped curves, LeCun for SELU."
PLANNED_TIP = "Planned epochs: the schedule is spread over them, and the run rests when they are done"
SCALE_TIP = "Scale: the standard deviation of normal, the bound of uniform, the weight itself of constant"
NOT_YET = "What was learned stays: the first weights count from the next reset, and for new neurons."


def _clip_text(norm: float) -> str:
    return number(norm) if norm else "off"


def _dropout_text(share: float) -> str:
    return f"{number(round(share * 100, 6))}\u202f%" if share else "off"


def unusual(config: ExperimentConfig) -> list[str]:
    """In words, those of the settings here that act and are not as in a new experiment with such data."""
    training, initializer, told = config.training, config.network.initializer, []
    usual = (DIGITS_DEFAULT if config.data.is_digits else ExperimentConfig()).training
    if training.loss != AUTO:
        told.append(f"loss {HEADS[training.loss].label}")
    if training.schedule != usual.schedule:
        told.append(f"schedule {SCHEDULES[training.schedule].label}")
    if training.clip_norm:
        told.append(f"clipping {_clip_text(training.clip_norm)}")
    if training.dropout:
        told.append(f"dropout {_dropout_text(training.dropout)}")
    if initializer != AUTO:
        told.append(f"initializer {INITIALIZERS[initializer].label}")
    return told


class TrainingSettings(QWidget):
    """A panel that opens below its button and goes with Escape or a click elsewhere.

    `training_changed` and `network_changed` carry a field of that part of the experiment and its new value; `closed`
    comes when the panel has gone.
    """

    training_changed = Signal(str, object)
    network_changed = Signal(str, object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAccessibleName("More settings")
        self._config, self._task = ExperimentConfig(), ""
        self._epoch = self._steps = 0
        self._button = QRect()
        self._make_controls()
        columns = QHBoxLayout(self)
        columns.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        columns.setSpacing(3 * SPACE)
        columns.addWidget(self._learning())
        columns.addWidget(self._start())
        self._connect()
        self.show_config(self._config)

    def _make_controls(self) -> None:
        self.loss = Choice()
        self.loss.setToolTip("Loss: how wrong an answer is, which the network learns to make small")
        self.schedule = Choice(*((each.label, each.name, each.words) for each in SCHEDULES.values()))
        self.schedule.setToolTip("Schedule: how the learning rate goes from the first planned epoch to the last")
        self.planned_epochs = NumberField(int, lambda n: self._config.changed("training", planned_epochs=n))
        self.curve = ScheduleCurve()
        self.curve.setToolTip("The learning rate over the planned epochs; the dot is where the run is")
        self.clip_norm = NumberChoice(*CLIP_NORMS, text=_clip_text)
        self.clip_norm.setToolTip(
            "Gradient clipping: a longer gradient is cut to this length, so that one odd minibatch does no harm"
        )
        self.dropout = NumberChoice(*DROPOUTS, text=_dropout_text)
        self.dropout.setToolTip(
            "Dropout: this share of the hidden neurons is silent in each step, so that none relies on a few others"
        )
        self.initializer = Choice(
            (AUTO, AUTO, AUTO_WORDS), *((each.label, each.name, each.words) for each in INITIALIZERS.values())
        )
        self.initializer.setToolTip("Initializer: how large the first random weights are")
        self.scale = NumberField(float, lambda x: self._config.changed("network", initializer_scale=x))
        # as high as each other, so that what stands below them is in line
        beside = [*_told(HEADS), *_told(INITIALIZERS), f"here\n{AUTO_WORDS}"]
        self._loss_note, self._initializer_note = _note(beside), _note(beside)
        self._schedule_note = _note(_told(SCHEDULES))
        self._scale_note, self._start_note = _note(["It must be"]), _note([NOT_YET])

    def _learning(self) -> QWidget:
        return _column(
            "How it learns",
            _group(captioned("Loss", self.loss), self._loss_note),
            _group(
                _pair(captioned("Schedule", self.schedule), captioned("Planned epochs", self.planned_epochs)),
                self.curve,
                self._schedule_note,
            ),
            _pair(captioned("Gradient clipping", self.clip_norm), captioned("Dropout", self.dropout)),
        )

    def _start(self) -> QWidget:
        return _column(
            "How it starts",
            _group(captioned("Initializer", self.initializer), self._initializer_note),
            _group(_pair(captioned("Scale", self.scale), QWidget()), self._scale_note),
            self._start_note,
        )

    def _connect(self) -> None:
        for name in ("loss", "schedule", "clip_norm", "dropout"):
            choice: Choice = getattr(self, name)
            choice.activated.connect(
                lambda _=0, name=name, choice=choice: self.training_changed.emit(name, choice.currentData())
            )
        self.planned_epochs.entered.connect(lambda epochs: self.training_changed.emit("planned_epochs", epochs))
        self.planned_epochs.complaint_changed.connect(self._describe)
        self.initializer.activated.connect(
            lambda: self.network_changed.emit("initializer", self.initializer.currentData())
        )
        self.scale.entered.connect(lambda scale: self.network_changed.emit("initializer_scale", scale))
        self.scale.complaint_changed.connect(self._describe)

    # -- showing --------------------------------------------------------------------------------------------------

    def show_config(self, config: ExperimentConfig) -> None:
        """Show the settings of an experiment, also such as are in no list."""
        self._config = config
        training, network = config.training, config.network
        self._offer_losses(config.data.task)
        self.loss.show_data(training.loss)
        self.schedule.show_data(training.schedule)
        self.planned_epochs.show_number(training.planned_epochs)
        is_planned = training.schedule != "constant"
        self.planned_epochs.setEnabled(is_planned)
        self.planned_epochs.setToolTip(PLANNED_TIP + ("" if is_planned else ": choose a schedule first"))
        self.clip_norm.show_number(training.clip_norm)
        self.dropout.show_number(training.dropout)
        self.initializer.show_data(network.initializer)
        self.scale.show_number(network.initializer_scale)
        scaled = [each.label for each in INITIALIZERS.values() if each.scaled]
        is_scaled = network.initializer != AUTO and INITIALIZERS[network.initializer].scaled
        self.scale.setEnabled(is_scaled)
        self.scale.setToolTip(SCALE_TIP + ("" if is_scaled else f": choose one of {', '.join(scaled)} first"))
        self._describe()

    def show_state(self, snapshot: Snapshot) -> None:
        """Show where in the plan the run is, and whether it has left its first weights behind."""
        if (self._epoch, self._steps) != (snapshot.epoch, snapshot.steps):
            self._epoch, self._steps = snapshot.epoch, snapshot.steps
            if self.isVisible():
                self._describe()

    def _offer_losses(self, task: str) -> None:
        """Those that are for such data."""
        if task == self._task:
            return
        self._task = task
        blocked = self.loss.blockSignals(True)
        self.loss.clear()
        self.loss.add("usual", AUTO, f"What fits these data: {HEADS[task].label}")
        for head in HEADS.values():
            if head.task == task:
                self.loss.add(head.label, head.name, head.words)
        self.loss.blockSignals(blocked)

    def _describe(self) -> None:
        training = self._config.training
        head = HEADS[self._task if training.loss == AUTO else training.loss]
        schedule = SCHEDULES[training.schedule]
        is_planned = training.schedule != "constant"
        self.curve.show_schedule(schedule.factor, min(self._epoch / training.planned_epochs, 1) if is_planned else None)
        _say(self._loss_note, f"{head.formula}\n{head.words}")
        _say(self._schedule_note, f"{schedule.formula}\n{schedule.words}", self.planned_epochs.complaint)
        _say(self._initializer_note, self._initializer_words())
        _say(self._scale_note, "", self.scale.complaint)
        _say(self._start_note, NOT_YET if self._steps else "")

    def _initializer_words(self) -> str:
        network = self._config.network
        if network.initializer != AUTO:
            chosen = INITIALIZERS[network.initializer]
            return f"{chosen.formula}\n{chosen.words}"
        layers = [suited(AUTO, activation).label for activation in (*network.activations, "linear")]
        return f"here: {', '.join(dict.fromkeys(layers))}\n{AUTO_WORDS}"

    # -- coming and going -----------------------------------------------------------------------------------------

    def open_below(self, button: QWidget) -> None:
        """Open at the lower right end of `button`, wholly on its screen."""
        self._button = QRect(button.mapToGlobal(QPoint(0, 0)), button.size())
        self._describe()
        self.adjustSize()
        room = button.screen().availableGeometry()
        x = min(self._button.right() + 1 - self.width(), room.right() + 1 - self.width())
        y = min(self._button.bottom() + 1 + SPACE, room.bottom() + 1 - self.height())
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()
        self.loss.setFocus(Qt.FocusReason.TabFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.rect().contains(event.position().toPoint()):
            # Qt gives the press that closes a popup to what lies below it; the button would only open it again
            on_button = self._button.contains(event.globalPosition().toPoint())
            self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay, on_button)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.planned_epochs.forget()
            self.scale.forget()
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.planned_epochs.finish()
        self.scale.finish()
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.surface))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


def _column(title: str, *groups: QWidget) -> QWidget:
    box = QWidget()
    box.setFixedWidth(COLUMN)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * SPACE)
    column.addWidget(label(title, 11, bold=True))
    for group in groups:
        column.addWidget(group)
    column.addStretch(1)
    return box


def _group(*parts: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE // 2)
    for part in parts:
        column.addWidget(part)
    return box


def _pair(left: QWidget, right: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return box


def _told(table: Mapping[str, Head] | Mapping[str, Schedule] | Mapping[str, Initializer]) -> list[str]:
    return [f"{each.formula}\n{each.words}" for each in table.values()]


def _note(texts: list[str]) -> QLabel:
    """Muted words with room for the longest of `texts`, so that nothing moves when they change."""
    note = label("", 9, muted=True)
    note.setWordWrap(True)
    note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    heights = []
    for text in texts:
        note.setText(text)
        heights.append(note.heightForWidth(COLUMN))
    note.setFixedHeight(max(heights))
    return note


def _say(note: QLabel, words: str, complaint: str = "") -> None:
    note.setText(complaint or words)
    role = "" if complaint else "muted"
    if note.property("role") != role:
        note.setProperty("role", role)
        note.style().polish(note)
