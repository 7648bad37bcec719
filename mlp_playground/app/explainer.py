"""Has a worker explain the snapshot on screen, again and again, as long as somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Answer, Worker

SOON = 4
"""Milliseconds after which an answer to what the user has just changed is looked for: a hand that draws feels more."""


class Explainer(QObject):
    """Asks `compute` with what `question` makes of each snapshot, and hands the answers out on the clock's ticks.

    `question` returns None where nothing is wanted: nobody looks, or there is nothing to explain. `answered` carries
    the Answer with its question, which says what it is about. The thread ends when the clock stops; while
    the run trains it works `share` of the time at most, but for what is asked again.
    """

    answered = Signal(Answer)

    def __init__(
        self,
        name: str,
        clock: FrameClock,
        question: Callable[[Snapshot], Any],
        compute: Callable[[Any], Any],
        parent: QObject | None = None,
        share: float = 1.0,
    ) -> None:
        super().__init__(parent)
        self._clock, self._question, self._share = clock, question, share
        self._worker: Worker[Any, Any] = Worker(name, compute, clock.gate)
        clock.snapshot_taken.connect(self._on_snapshot)
        clock.ticked.connect(self._take)
        clock.stopped.connect(self._worker.close)
        self._soon = QTimer(self, interval=SOON)
        self._soon.timeout.connect(self._on_soon)
        clock.stopped.connect(self._soon.stop)

    def ask_again(self) -> None:
        """What is wanted has changed, or somebody has begun to look: ask about the snapshot on screen."""
        if self._clock.latest is not None:
            self._ask(self._clock.latest, 1.0)  # somebody waits for it
            self._soon.start()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._ask(snapshot, self._share if snapshot.state is RunState.RUNNING else 1.0)

    def _ask(self, snapshot: Snapshot, share: float) -> None:
        self._worker.share = share
        question = self._question(snapshot)
        if question is None:
            self._worker.forget()
        else:
            self._worker.ask(question)

    def _on_soon(self) -> None:
        if not self._worker.is_busy:
            self._soon.stop()
        self._take(is_awaited=True)

    def _take(self, *, is_awaited: bool = False) -> None:
        answer = self._worker.take()
        if answer is not None:
            if is_awaited:
                self._clock.make_room()
            self.answered.emit(answer)
