"""Brings snapshots to the screen: one timer for pictures, fewer beats for text, and a gate that gives drawing room."""

from __future__ import annotations

from collections import deque
from threading import Event
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

from mlp_playground.experiment.runner import Runner
from mlp_playground.experiment.snapshot import Look, RunState, Snapshot

FRAME = 33
"""Milliseconds between two pictures: 30 a second."""
LATE = 4
"""Milliseconds after which a picture that was not ready in time is looked for again: the next beat would be late by a
whole one, which a busy machine would do often and the eye sees."""
DIGITS_EVERY = 3
"""With handwritten digits only every third of these: looking at hundreds of pictures takes the trainer's time."""
TEXT_EVERY = 5
"""Numbers change with every fifth picture: they can't be read faster, and text is costly to paint."""

_DRAWN = QEvent.Type(QEvent.registerEventType())
_PAINTED = QEvent.Type(QEvent.registerEventType())


class FrameClock(QObject):
    """Asks the runner for snapshots and hands them out in the window's thread.

    `snapshot_taken` is for pictures, `text_due` for numbers, `refused` carries why an edit could not be made. While
    nothing runs and nobody asks, nothing is computed. `ticked` comes with every beat, after the pictures, and
    `stopped` when there will be no more.
    """

    ticked = Signal()
    stopped = Signal()
    snapshot_taken = Signal(Snapshot)
    text_due = Signal(Snapshot)
    refused = Signal(str)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._look = Look()
        self._timer = QTimer(self, interval=FRAME, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._late = QTimer(self, interval=LATE, timerType=Qt.TimerType.PreciseTimer, singleShot=True)
        self._late.timeout.connect(self._take)
        self._beat = self._ticks = self._next_ask = 0
        self._wanting = self._asked = False
        self._awaited = 0
        self._latest: Snapshot | None = None
        self._times: deque[float] = deque(maxlen=30)

    @property
    def gate(self) -> Event:
        """Closed while the window draws: whoever computes on another thread waits for it."""
        return self._runner.gate

    @property
    def latest(self) -> Snapshot | None:
        """The snapshot on screen."""
        return self._latest

    def start(self) -> None:
        """Begin to ask and to hand out."""
        self._ask()
        self._timer.start()

    def stop(self) -> None:
        """No more pictures."""
        self._timer.stop()
        self._late.stop()
        self._runner.gate.set()
        self.stopped.emit()

    def set_look(self, look: Look) -> None:
        """What the visible views need from now on."""
        if look != self._look:
            self._look = look
            self._ask()

    def expect(self, revision: int) -> None:
        """A command was sent: keep asking until a snapshot has it."""
        self._awaited = max(self._awaited, revision)
        self._ask()

    def make_room(self) -> None:
        """Something for which somebody waits is about to be shown: until it is painted, the window has the interpreter
        to itself."""
        self._runner.gate.clear()
        self._when_painted(_PAINTED)

    def frames_per_second(self) -> float:
        """Pictures a second, lately."""
        if len(self._times) < 2 or perf_counter() - self._times[-1] > 1:
            return 0.0
        return (len(self._times) - 1) / (self._times[-1] - self._times[0])

    def _ask(self) -> None:
        self._asked = True
        self._runner.mailbox.ask(self._look)

    def _on_tick(self) -> None:
        self._ticks += 1
        self._take()
        if self._wanting and self._ticks >= self._next_ask:
            self._wanting = False
            self._ask()
        # a refusal makes the window go back to the experiment on screen, so that must be one with all that was accepted
        if self._latest is None or self._latest.revision >= self._awaited:
            while not self._runner.rejected.empty():
                self.refused.emit(self._runner.rejected.get())
        self.ticked.emit()

    def _take(self) -> None:
        """Hand the newest picture out; while it trains and there is none yet, look again soon."""
        snapshot = self._runner.mailbox.take()
        if snapshot is not None:
            self._asked = False
            self._hand_out(snapshot)
        elif self._asked and self._latest is not None and self._latest.state is RunState.RUNNING:
            self._late.start()

    def _hand_out(self, snapshot: Snapshot) -> None:
        # the trainer waits until everything is painted: two threads that both want the interpreter slow each other
        # down more than the pause costs
        self._runner.gate.clear()
        changed = self._latest is None or self._latest.state is not snapshot.state
        self._latest = snapshot
        self._times.append(perf_counter())
        self._beat += 1
        self.snapshot_taken.emit(snapshot)
        if changed or snapshot.state is not RunState.RUNNING or self._beat % TEXT_EVERY == 0:
            self.text_due.emit(snapshot)
        self._when_painted(_DRAWN)

    def _when_painted(self, event: QEvent.Type) -> None:
        # lower than the paint events that the views ask for before the next event, so it comes back after them
        QCoreApplication.postEvent(self, QEvent(event), Qt.EventPriority.LowEventPriority.value - 1)

    def event(self, event: QEvent) -> bool:
        if event.type() == _PAINTED:
            self._runner.gate.set()
            return True
        if event.type() == _DRAWN:
            self._runner.gate.set()
            assert self._latest is not None
            if self._latest.state is RunState.RUNNING or self._latest.revision < self._awaited:
                if self._latest.digits is None:
                    self._ask()
                else:
                    self._wanting, self._next_ask = True, self._ticks + DIGITS_EVERY - 1
            return True
        return super().event(event)
