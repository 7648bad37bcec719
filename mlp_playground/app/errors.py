"""Errors reach the user as one dialog with the reason: never a dead window, a silent traceback or a flood."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

REST = 5.0
"""Seconds that an error must have been away to be shown again: one that comes with every picture is shown once."""


class ErrorReporter(QObject):
    """Catches what nobody else did, on any thread, and shows it. While a dialog is open, others only reach the log."""

    _caught = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: QMessageBox | None = None
        self._seen: dict[str, float] = {}
        self._caught.connect(self.show_error)

    def install(self) -> None:
        """Become the place where uncaught exceptions end."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    @staticmethod
    def uninstall() -> None:
        """Give Python its own handling back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        logging.getLogger(__name__).error(details)
        self._caught.emit(f"{kind.__name__}: {error}", details)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def show_error(self, reason: str, details: str = "") -> None:
        """Show an error of the program's own; its details can be unfolded and copied."""
        now = monotonic()
        last, self._seen[reason] = self._seen.get(reason, -REST), now
        if now - last < REST:
            return
        self._show(
            QMessageBox.Icon.Critical,
            "Something went wrong in the program",
            f"{reason}\n\nYour experiment is still there. You can save it and go on.",
            details,
        )

    def show_problem(self, title: str, reason: str) -> None:
        """Show why something that the user wanted can't be done."""
        self._show(QMessageBox.Icon.Warning, title, reason, "")

    def show_note(self, title: str, text: str) -> None:
        """Show something to read."""
        self._show(QMessageBox.Icon.NoIcon, title, text, "", Qt.TextFormat.RichText)

    def _show(
        self,
        icon: QMessageBox.Icon,
        title: str,
        text: str,
        details: str,
        form: Qt.TextFormat = Qt.TextFormat.PlainText,  # a file's name or a value may look like markup
    ) -> None:
        if self.dialog is not None:
            logging.getLogger(__name__).warning("%s: %s", title, text)
            return
        box = QMessageBox(icon, "MLP Playground", title, QMessageBox.StandardButton.Ok, self._window)
        box.setTextFormat(form)
        box.setInformativeText(text)
        if details:
            box.setDetailedText(details)
        box.finished.connect(self._on_closed)
        self.dialog = box
        box.open()

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
