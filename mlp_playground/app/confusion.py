"""The panel of confused classes: a worker judges the answers of each moment as long as somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from mlp_playground.app.explainer import Explainer
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.panels import Panel
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.worker import Answer

if TYPE_CHECKING:
    from mlp_playground.analysis.confusion import Confusion, Residuals
    from mlp_playground.experiment.judge_question import JudgeQuestion

SHARE = 0.1
"""Of the time while training: numbers in cells can't be read faster."""

WORDS, NUMBERS = "which classes are taken for which", "how far off the answers are"


class Confusions(QObject):
    """Makes what is in `dock` when it is first seen, and keeps it up to date. `sample_wanted` carries the number of a
    sample that was taken for what the clicked cell says, each click the next one, and whether it is one of those to
    train with."""

    sample_wanted = Signal(int, bool)

    def __init__(self, clock: FrameClock, window: QMainWindow) -> None:
        super().__init__(window)
        self._clock, self._made = clock, False
        self._shown = -1
        self.dock = Panel("confusion", "Confusion", WORDS, QWidget(), window)
        self.dock.seen_changed.connect(self._on_seen)

    def _on_seen(self, is_seen: bool) -> None:
        if is_seen and not self._made:
            self._made = True
            self._make()
        if is_seen:
            self._explainer.ask_again()

    def _make(self) -> None:
        from mlp_playground.experiment.judge_question import judged
        from mlp_playground.views.inside.confusion_panel import ConfusionPanel

        self.panel = ConfusionPanel()
        self._explainer = Explainer("confusion", self._clock, self._question, judged, self, SHARE)
        self._explainer.answered.connect(self._show)
        self.panel.part_changed.connect(self._explainer.ask_again)
        self.panel.cell_clicked.connect(self._on_cell)
        self.dock.setWidget(self.panel)

    def _question(self, snapshot: Snapshot) -> JudgeQuestion | None:
        from mlp_playground.experiment.judge_question import JudgeQuestion

        return JudgeQuestion(snapshot, self.panel.train.isChecked()) if self.dock.is_seen else None

    def _on_cell(self, label: int, answer: int) -> None:
        samples = self.panel.samples(label, answer)
        if samples:
            self._shown = next((sample for sample in samples if sample > self._shown), samples[0])
            self.sample_wanted.emit(self._shown, self.panel.train.isChecked())

    def _show(self, answer: Answer[JudgeQuestion, Confusion | Residuals]) -> None:
        if answer.question.train == self.panel.train.isChecked():
            data = answer.question.snapshot.data
            self.panel.show_found(answer.found, data)
            words = WORDS if data.classes else NUMBERS
            if self.dock.heading.words.text() != words:
                self.dock.heading.show_words("Confusion", words)
