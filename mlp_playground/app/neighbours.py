"""Maps by neighbours (t-SNE): a worker goes on a little, shows it and goes on, until it is done or nobody wants it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.tsne_question import Work, begin, go_on
from mlp_playground.experiment.worker import Worker

SHARE = 0.3
"""Of the time that it takes while the run trains."""


class Neighbours(QObject):
    """Works on the maps of one moment. `advanced` says that `work` has come further; without work there is None."""

    advanced = Signal()

    def __init__(self, clock: FrameClock, parent: QObject) -> None:
        super().__init__(parent)
        self.work: Work | None = None
        self._clock = clock
        self._is_on = False
        self._worker: Worker[Snapshot | Work, Work] = Worker("t-SNE", _step, clock.gate)
        clock.ticked.connect(self._take)
        clock.stopped.connect(self._worker.close)

    @property
    def is_on(self) -> bool:
        """Whether there is more to come."""
        return self._is_on

    def begin(self, snapshot: Snapshot) -> None:
        """Map the layers of this moment."""
        self._worker.forget()
        self.work = None
        self._ask(snapshot)

    def stop(self) -> None:
        """It stays as it is."""
        self._is_on = False
        self._worker.forget()

    def go_on(self) -> None:
        """From where it was stopped."""
        if self.work is not None and self.work.done < 1:
            self._ask(self.work)

    def _ask(self, question: Snapshot | Work) -> None:
        latest = self._clock.latest
        trains = latest is not None and latest.state is RunState.RUNNING
        self._is_on, self._worker.share = True, SHARE if trains else 1.0
        self._worker.ask(question)

    def _take(self) -> None:
        answer = self._worker.take()
        if answer is None:
            return
        self._is_on = False
        self.work = answer.found
        self.go_on()
        self.advanced.emit()


def _step(question: Snapshot | Work) -> Work:
    return go_on(question) if isinstance(question, Work) else begin(question)
