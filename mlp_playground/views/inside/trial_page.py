"""A cure on trial: two runs side by side, how far they are, and in the end whether it helped."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mlp_playground.experiment.doctor.finding import Finding
from mlp_playground.experiment.doctor.trial import Trial
from mlp_playground.views.inside.elided import Elided
from mlp_playground.views.inside.trial_picture import paint_trial
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import SPACE, theme_of

STEPS = 1000


class TrialView(QWidget):
    """Draws a Trial."""

    def __init__(self) -> None:
        super().__init__()
        self._trial: Trial | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(500, 130)
        self.setAccessibleName("Both runs")
        self.setToolTip("On the test data: the copy with the change as a line, the original as dashes")

    def sizeHint(self) -> QSize:
        return QSize(740, 200)

    def show_trial(self, trial: Trial | None) -> None:
        """Draw it; None: nothing is known yet."""
        self._trial = trial
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._trial is not None:
            with painting(QPainter(self)) as painter:
                paint_trial(painter, QRectF(self.rect()), self._trial, theme_of(self.palette()))


class TrialPage(QWidget):
    """Shows a trial. `closed` ends or leaves it, `cure_wanted` carries the finding whose cure is to be applied."""

    closed = Signal()
    cure_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._finding: Finding | None = None
        self.title = Elided("", 10, bold=True, muted=False)
        self.verdict = Elided("", 9.5, muted=False)
        self.progress = QProgressBar()
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(120, 8)
        self.progress.setAccessibleName("How far the trial is")
        self.progress.setToolTip("How far both copies are")
        self.close_button = QPushButton("Cancel")
        self.apply_button = QPushButton("Apply to my network")
        self.apply_button.setToolTip("Make this change of your network; Ctrl+Z takes it back")
        self.view = TrialView()
        self._arrange()
        self.close_button.clicked.connect(self.closed)
        self.apply_button.clicked.connect(lambda: self.cure_wanted.emit(self._finding))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self.title, 1)
        top.addWidget(self.progress)
        top.addWidget(self.close_button)
        top.addWidget(self.apply_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addWidget(self.verdict)
        column.addWidget(self.view, 1)

    def begin(self, finding: Finding) -> None:
        """A trial of its cure begins."""
        self._finding = finding
        self.title.show_text(f"On trial: {finding.cure.words}")
        self._say("Two copies of your network are getting ready …", 0.0, is_done=False)
        self.view.show_trial(None)

    def show_trial(self, trial: Trial) -> None:
        """How far it is, or the end."""
        self.view.show_trial(trial)
        if trial.verdict is None:
            words = f"Epoch {int(trial.done)} of {trial.epochs}, both with the same seed and minibatches."
            self._say(words, trial.done / trial.epochs, is_done=False)
        else:
            self._say(trial.verdict.words, 1.0, is_done=True)

    def show_refusal(self, reason: str) -> None:
        """It can't be tried."""
        self._say(reason, 0.0, is_done=True)

    def _say(self, words: str, done: float, *, is_done: bool) -> None:
        self.verdict.show_text(words)
        self.progress.setValue(round(done * STEPS))
        self.progress.setVisible(not is_done)
        self.close_button.setText("Close" if is_done else "Cancel")
        tip = "Back to the finding" if is_done else "Stop both copies; your own network was not touched"
        self.close_button.setToolTip(tip)
