"""Keeps what is open safe from a crash: in a file of the program's own, beside whatever the user saved."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from platformdirs import user_state_path
from PySide6.QtCore import QObject, QTimer

from mlp_playground.app.controller import Controller
from mlp_playground.experiment.document import Document, Scalar
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.recovery import Recovery
from mlp_playground.experiment.runs import Runs
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Past

EVERY = 30_000
"""Milliseconds between two saves of a run that goes on."""
SOON = 400
"""Milliseconds after an edit: several quick ones are saved once."""


def recovery_folder() -> Path:
    """Where the windows of this user keep what is open."""
    return user_state_path("mlp-playground", appauthor=False) / "recovery"


class Autosave(QObject):
    """Saves every half minute while there is something new, and soon after each edit. `close` ends it.

    The run hands over its moment between two minibatches, and a thread of its own writes it: the window waits for
    neither.
    """

    def __init__(
        self,
        controller: Controller,
        recovery: Recovery,
        view: Callable[[], dict[str, Scalar]],
        runs: Callable[[], Runs],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller, self._recovery, self._view, self._runs = controller, recovery, view, runs
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="autosave")
        self._every = QTimer(self, interval=EVERY)
        self._every.timeout.connect(self._on_time)
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self.save)
        self._steps, self._saved_steps = 0, 0
        controller.undo_stack.indexChanged.connect(lambda _index: self._soon.start())
        self._every.start()

    def on_snapshot(self, snapshot: Snapshot) -> None:
        """Notice how far the run is."""
        self._steps = snapshot.present.steps

    def _on_time(self) -> None:
        if self._steps != self._saved_steps:
            self.save()

    def save(self) -> None:
        """Save now, as soon as the run comes to it."""
        self._saved_steps = self._steps
        view, runs = self._view(), self._runs()
        self._controller.capture().add_done_callback(lambda captured: self._hand_over(captured, view, runs))

    def _hand_over(self, captured: Future[Moment], view: dict[str, Scalar], runs: Runs) -> None:
        """On the run's thread: give the moment to the writer."""
        if captured.cancelled() or captured.exception() is not None:
            return
        try:
            # of the past too much would have to be written every half minute
            now = replace(captured.result(), past=Past(), kept=None)
            self._writer.submit(self._write, Document(now, view, runs=runs))
        except RuntimeError:  # the window has closed in between
            return

    def _write(self, now: Document) -> None:
        try:
            self._recovery.write(now)
        except Exception:  # a full disk must not stop the work; the next try may go well
            logging.getLogger(__name__).exception("what is open could not be kept for a crash")

    def close(self) -> None:
        """A proper end: nothing need be recovered."""
        self._every.stop()
        self._soon.stop()
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._recovery.discard()
