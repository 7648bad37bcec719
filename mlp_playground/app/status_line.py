"""The line at the window's lower edge: how fast the run is, and what lies under the mouse."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar

from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.numerals import grouped
from mlp_playground.views.canvas.time_words import past_words
from mlp_playground.views.parts import Steady

SLOW = 0.5
"""Epochs a second below which so few digits say nothing."""
RESTING_WORDS = "move the mouse over a neuron to see what it computes"


def speed_words(epochs_per_second: float) -> str:
    """How fast it trains; of a slow run how long an epoch takes."""
    if 0 < epochs_per_second < SLOW:
        return f"{grouped(1 / epochs_per_second)} s per epoch"
    return f"{grouped(epochs_per_second, 0 if epochs_per_second >= 10 else 1)} epochs/s"


class StatusLine:
    """Writes into `bar`."""

    def __init__(self, bar: QStatusBar) -> None:
        self._bar = bar
        self._run, self._pointed = Steady(), QLabel(RESTING_WORDS)
        bar.addWidget(self._run)
        bar.addPermanentWidget(self._pointed)

    def show_run(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """How fast it trains, or why it does not."""
        if snapshot.state is not RunState.RUNNING:
            self._run.setText(snapshot.state.value if snapshot.at is None else past_words(snapshot))
            return
        self._run.setText(f"{speed_words(snapshot.epochs_per_second)} · {frames_per_second:.0f} frames/s")

    def show_wait(self, words: str) -> None:
        """What the run is busy with before it can go on."""
        self._run.setText(words)

    def show_pointed(self, words: str) -> None:
        """What lies under the mouse; nothing there: what the mouse could do."""
        self._pointed.setText(words or RESTING_WORDS)

    def tell(self, words: str) -> None:
        """What has happened, for a few seconds."""
        self._bar.showMessage(words, 5000)
