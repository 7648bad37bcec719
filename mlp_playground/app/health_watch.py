"""Looks after the run's health on a worker: now and then for the strip's sign, and more often for who looks closer."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Answer, Worker

if TYPE_CHECKING:
    from mlp_playground.experiment.doctor.checkup import Checkups, Record
    from mlp_playground.experiment.doctor.finding import Finding

SLOW, QUICK = 2.0, 0.5
"""Seconds between two looks while it trains: for the sign alone, and for numbers that somebody reads."""
SHARE, SEEN = 0.05, 0.1
"""Of the time while it trains, at most so much goes into either."""


@dataclass(frozen=True, eq=False)
class HealthQuestion:
    """How healthy the network of a snapshot is; `is_whole`: with the moments before it."""

    snapshot: Snapshot
    is_whole: bool


@dataclass(frozen=True, eq=False)
class Examined:
    """What was found. `record` is there where the moments before were asked for."""

    snapshot: Snapshot
    record: Record | None
    findings: tuple[Finding, ...]


class Examiner:
    """Answers on the worker's thread; the doctor is loaded with the first question."""

    def __init__(self) -> None:
        self._checkups: Checkups | None = None

    def examine(self, question: HealthQuestion) -> Examined:
        """The health of the snapshot's network."""
        from mlp_playground.experiment.doctor.case import case_of
        from mlp_playground.experiment.doctor.checkup import Checkups
        from mlp_playground.experiment.doctor.illnesses import diagnose

        if self._checkups is None:
            self._checkups = Checkups()
        snapshot = question.snapshot
        with np.errstate(all="ignore"):  # a network that is about to diverge is a patient, too
            record = self._checkups.record(snapshot) if question.is_whole else None
            now = self._checkups.now(snapshot) if record is None else record.now
            return Examined(snapshot, record, diagnose(case_of(snapshot, now)))


class HealthWatch(QObject):
    """`examined` carries what was found. Whoever shows all of it sets `is_read`; without, nothing is looked at before
    the first step, and little while it trains. The thread ends when the clock stops."""

    examined = Signal(object)

    def __init__(self, clock: FrameClock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock, self._is_read, self._is_awaited = clock, False, False
        self._worker: Worker[HealthQuestion, Examined] = Worker("health", Examiner().examine, clock.gate)
        self._asked: object = None
        self._asked_at = 0.0
        clock.ticked.connect(self._on_tick)
        clock.stopped.connect(self._worker.close)

    def read(self, is_read: bool) -> None:
        """Whether somebody looks at all of it."""
        self._is_read = self._is_awaited = is_read
        self._asked, self._asked_at = None, 0.0

    def _on_tick(self) -> None:
        answer = self._worker.take()
        if answer is not None:
            self._tell(answer)
        if self._clock.latest is not None and not self._worker.is_busy:
            self._look(self._clock.latest)

    def _tell(self, answer: Answer[HealthQuestion, Examined]) -> None:
        record = answer.found.record
        if record is not None and not record.is_complete:
            self._asked = None
        self.examined.emit(answer.found)

    def _look(self, snapshot: Snapshot) -> None:
        """Ask about it, if it is another one than before and it is time."""
        is_running, now = snapshot.state is RunState.RUNNING, perf_counter()
        has_diverged, is_whole = snapshot.state is RunState.DIVERGED, snapshot.present.memory is not None
        about = snapshot.steps, snapshot.revision, snapshot.at, has_diverged, is_whole
        if self._asked == about or (is_running and now - self._asked_at < (QUICK if self._is_read else SLOW)):
            return
        self._asked, self._asked_at = about, now
        if snapshot.steps or has_diverged or self._is_read:
            share = SEEN if self._is_read else SHARE
            self._worker.share = share if is_running and not self._is_awaited else 1.0
            self._is_awaited = False
            self._worker.ask(HealthQuestion(snapshot, self._is_read))
        else:
            self.examined.emit(Examined(snapshot, None, ()))
