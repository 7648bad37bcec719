"""Follows one digit through the network: asks workers about it, and makes it the example that all panels look at."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject

from mlp_playground.analysis.digits import Misread
from mlp_playground.app.explainer import Explainer
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.inspected import Inspected
from mlp_playground.app.panels import Panel
from mlp_playground.data.example import Example
from mlp_playground.experiment.digit_choice import MANY, PICK
from mlp_playground.experiment.digit_look import (
    DigitLook,
    DigitObserver,
    DigitQuestion,
    Given,
    MisreadQuestion,
    Mixed,
    Source,
    misread_by,
    question_about,
)
from mlp_playground.experiment.document import Scalar
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.diagram.network_view import NetworkView
from mlp_playground.views.digits.digits_panel import DigitsPanel

SHARE, MISREAD_SHARE = 0.2, 0.1
"""Of the time while training, at most so much goes into one digit, and into reading all of the test set."""


class DigitLooking(QObject):
    """Connects the `panel` of digits (in `dock`) with workers, with the diagram of the `network`, whose input is the
    digit, and with what is `inspected`."""

    def __init__(
        self,
        panel: DigitsPanel,
        dock: Panel,
        network: NetworkView,
        inspected: Inspected,
        clock: FrameClock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel, self._dock, self._inspected, self._clock = panel, dock, inspected, clock
        self._network = network
        self._example: Example | None = None
        self._look = Explainer("digit", clock, self._question, DigitObserver().observe, self, SHARE)
        self._look.answered.connect(self._show_look)
        self._misread = Explainer("misread", clock, self._misread_question, misread_by, self, MISREAD_SHARE)
        self._misread.answered.connect(self._show_misread)
        self._panel.asked.connect(self._look.ask_again)
        self._panel.mode_changed.connect(self._on_mode)
        self._panel.neuron_clicked.connect(lambda layer, neuron: inspected.choose((layer + 1, neuron)))
        dock.seen_changed.connect(self._on_seen)

    def remembered(self) -> dict[str, Scalar]:
        """What a file keeps of the digit that is looked at."""
        return self._panel.choice.kept()

    def show_again(self, view: Mapping[str, Scalar]) -> None:
        """Look at what a file remembers; what it doesn't, or what there is not, stays as it is."""
        self._panel.show_choice(self._panel.choice.after(view))

    def _question(self, snapshot: Snapshot) -> DigitQuestion | None:
        source = self._panel.source
        if source is None or not self._dock.is_seen:
            return None
        return question_about(snapshot, source, self._panel.wish, drawing=self._panel.is_drawing)

    def _misread_question(self, snapshot: Snapshot) -> MisreadQuestion | None:
        wanted = self._panel.mode == PICK and self._dock.is_seen and snapshot.data.image_shape is not None
        return MisreadQuestion(snapshot.architecture, snapshot.theta, snapshot.data) if wanted else None

    def _on_mode(self, mode: str) -> None:
        self._misread.ask_again()
        if mode == MANY:
            self._let_go()

    def _on_seen(self, is_seen: bool) -> None:
        if is_seen:
            self._look.ask_again()
            self._misread.ask_again()

    def _show_look(self, answer: Answer[DigitQuestion, DigitLook]) -> None:
        question, look, latest = answer.question, answer.found, self._clock.latest
        assert latest is not None
        if latest.data.image_shape == question.shape:
            self._panel.show_look(look, question.source)
            self._inspect(look, question.source)

    def _inspect(self, look: DigitLook, source: Source) -> None:
        """All panels look at this digit; one that is the same as before is told once."""
        before, x = self._inspected.example, look.pixels.reshape(-1)
        is_same = before is self._example and before is not None and np.array_equal(before.x, x)
        if look.journey is None:
            self._let_go()
        elif not is_same:
            self._example = Example(x, self._truth(source), self._words(source))
            self._inspected.pick(self._example)
            self._network.show_digit(x)

    def _let_go(self) -> None:
        """There is no digit to look at."""
        self._example = None
        self._inspected.pick(None)
        self._network.show_digit(None)

    @staticmethod
    def _truth(source: Source) -> float | None:
        return float(source.truth) if isinstance(source, Given) and source.truth is not None else None

    def _words(self, source: Source) -> str:
        if isinstance(source, Mixed):
            return "the mixed digit"
        return f"test digit {self._panel.pick.index + 1}" if isinstance(source, Given) else "the drawn digit"

    def _show_misread(self, answer: Answer[MisreadQuestion, Misread]) -> None:
        if self._clock.latest is not None and self._clock.latest.data is answer.question.data:
            self._panel.show_misread(answer.found)
