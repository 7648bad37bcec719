"""One slot between run and window: a newer snapshot replaces an unread one, so a slow screen never falls behind."""

from __future__ import annotations

import threading
from collections.abc import Callable

from mlp_playground.experiment.snapshot import Look, Snapshot


class Mailbox:
    """The window asks, the run answers with one snapshot. Safe from both threads.

    `on_asked` is called on the asking thread, to wake a run that sleeps.
    """

    def __init__(self, on_asked: Callable[[], None] = lambda: None) -> None:
        self._lock = threading.Lock()
        self._look: Look | None = None
        self._snapshot: Snapshot | None = None
        self.on_asked = on_asked

    def ask(self, look: Look) -> None:
        """Ask for a snapshot; a former wish that was not met yet is replaced."""
        with self._lock:
            self._look = look
        self.on_asked()

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for a snapshot."""
        return self._look is not None

    def take_wish(self) -> Look | None:
        """The run's side: what is asked for, which is then no longer asked for."""
        with self._lock:
            look, self._look = self._look, None
            return look

    def put(self, snapshot: Snapshot) -> None:
        """The run's side: deliver."""
        with self._lock:
            self._snapshot = snapshot

    def take(self) -> Snapshot | None:
        """The newest snapshot, once."""
        with self._lock:
            snapshot, self._snapshot = self._snapshot, None
            return snapshot
