"""Tries a cure on copies of the run, on a worker's thread, a slice at a time, so that it can be watched and ended."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.doctor.finding import Finding
from mlp_playground.experiment.doctor.trial import Bench, Trial, Wish, wish_of
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.experiment.worker import Worker

SLICE = 0.2
"""Seconds between two pictures of a trial."""
SHARE = 0.5
"""Of the time while the run itself trains."""


class _Benches:
    """On the worker's thread: the copies of the trial that was asked for last."""

    def __init__(self) -> None:
        self._wish: Wish | None = None
        self._bench: Bench | None = None

    def advance(self, wish: Wish) -> Trial:
        """Let both copies learn for a while; a new wish begins anew. Raises InvalidValue where it can't be met."""
        with np.errstate(all="ignore"):
            if self._bench is None or wish is not self._wish:
                self._bench, self._wish = None, wish
                self._bench = Bench(wish)
            trial = self._bench.advance(SLICE)
        if trial.verdict is not None:
            self._bench = None  # copies of all of MNIST are large
        return trial


class Trials(QObject):
    """One trial at a time. `advanced` carries each Trial on the way and at the end, `refused` why there can be none."""

    advanced = Signal(object)
    refused = Signal(str)

    def __init__(self, clock: FrameClock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._wish: Wish | None = None
        self._worker: Worker[Wish, Trial] = Worker("trial", _Benches().advance, clock.gate)
        clock.ticked.connect(self._take)
        clock.stopped.connect(self._worker.close)

    @property
    def is_busy(self) -> bool:
        """Whether a trial is going on."""
        return self._wish is not None

    def begin(self, finding: Finding) -> None:
        """Try its cure on the run at the moment on screen; a trial before it ends."""
        self.end()
        if self._clock.latest is not None:
            self._wish = wish_of(self._clock.latest, finding.cure)
            self._go_on()

    def end(self) -> None:
        """No more of it."""
        self._wish = None
        self._worker.forget()

    def _go_on(self) -> None:
        assert self._wish is not None
        latest = self._clock.latest
        is_running = latest is not None and latest.state is RunState.RUNNING
        self._worker.share = SHARE if is_running else 1.0
        self._worker.ask(self._wish)

    def _take(self) -> None:
        answer = self._worker.take()
        if answer is None or answer.question is not self._wish:
            return
        wish, self._wish = self._wish, None
        if isinstance(answer.error, InvalidValue):
            self.refused.emit(f"This can't be tried: {answer.error}")
            return
        trial = answer.found
        if trial.verdict is None:
            self._wish = wish
            self._go_on()
        self.advanced.emit(trial)
