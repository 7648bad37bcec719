"""The film of the bend: a clock that goes through the stages, rests at each and moves gently between them."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

FRAME = 33
"""Milliseconds between two pictures."""
STAGE, REST = 1.3, 0.35
"""Seconds from one stage to the next, and how long of them it stands still."""


class BendFilm(QObject):
    """`moved` carries the moment t of the way, `running` whether it goes on."""

    moved = Signal(float)
    running = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=FRAME, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)
        self._begun = 0.0
        self._last = 0

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self._timer.isActive()

    def start(self, t: float, last: int) -> None:
        """From the moment `t` to the stage number `last`; from the beginning if that is where it stands."""
        t = 0.0 if t >= last else t
        self._last = last
        self._begun = perf_counter() - STAGE * (int(t) + unpaced(t - int(t)))
        self._timer.start()
        self.running.emit(True)

    def stop(self) -> None:
        """Stand still."""
        if self.is_running:
            self._timer.stop()
            self.running.emit(False)

    def _on_frame(self) -> None:
        passed = (perf_counter() - self._begun) / STAGE
        t = min(int(passed) + paced(passed - int(passed)), float(self._last))
        self.moved.emit(t)
        if t >= self._last:
            self.stop()


def paced(share: float) -> float:
    """How far a step has come after a `share` of its time: it rests at first, then starts and ends gently."""
    x = min(max((share - REST / STAGE) / (1 - REST / STAGE), 0.0), 1.0)
    return x * x * (3 - 2 * x)


def unpaced(way: float) -> float:
    """After which share of its time a step has come that far (by halving, as it only grows)."""
    low, high = (0.0, 1.0) if way > 0 else (0.0, 0.0)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if paced(middle) < way else (low, middle)
    return high
