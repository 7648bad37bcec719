"""Runs a generated script in a process of its own while the window lives on: with a time limit, and a way to stop."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from mlp_playground.export import verify
from mlp_playground.export.subject import Subject
from mlp_playground.export.verify import Verdict
from mlp_playground.export.written import Written


class Checking(QObject):
    """One comparison of a NumPy script with the program. One of `finished` and `failed` tells that it has ended; after
    `cancel` none does."""

    finished = Signal(Verdict)
    failed = Signal(str)

    def __init__(self, subject: Subject, script: Written, parent: QObject, *, recipe: bool) -> None:
        super().__init__(parent)
        self._subject, self._script, self._recipe = subject, script, recipe
        self._folder = tempfile.TemporaryDirectory(prefix="mlp-playground-")
        self._process = QProcess(self)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_too_long)
        self._has_ended = False

    def start(self) -> None:
        """Begin. Raises OSError if there is no room for the script."""
        folder = Path(self._folder.name)
        verify.prepare(self._subject, self._script, folder)
        program, *arguments = verify.command(folder)
        self._limit.start(1000 * (verify.SECONDS_TO_LEARN if self._recipe else verify.SECONDS))
        self._process.start(program, arguments)

    def cancel(self) -> None:
        """Stop at once, and tell nothing."""
        self._end()

    def _end(self) -> bool:
        """Whether it had not ended yet. Nothing is left behind."""
        if self._has_ended:
            return False
        self._has_ended = True
        self._limit.stop()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(5000)
        self._folder.cleanup()
        return True

    def _on_finished(self, code: int) -> None:
        if self._has_ended:
            return
        words = (
            f"The script failed: {verify.last_line(bytes(self._process.readAllStandardError().data()))}" if code else ""
        )
        found: Verdict | None = None
        try:
            found = None if words else verify.verdict(self._subject, Path(self._folder.name), recipe=self._recipe)
        except (OSError, ValueError) as error:
            words = f"The script's answers can't be read: {error}"
        self._end()
        if found is None:
            self.failed.emit(words)
        else:
            self.finished.emit(found)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._end():
            self.failed.emit(f"The script can't be run: {self._process.errorString()}")

    def _on_too_long(self) -> None:
        seconds = self._limit.interval() // 1000
        if self._end():
            self.failed.emit(f"The script took longer than {seconds} seconds and was stopped.")
