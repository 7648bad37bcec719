"""The report, for the window: written by a pupil in a dialog, and saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mlp_playground.app.ask_file import ask_where
from mlp_playground.app.errors import ErrorReporter
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.pictures import Pictures
from mlp_playground.app.settings import Settings
from mlp_playground.errors import InvalidValue

if TYPE_CHECKING:
    from mlp_playground.app.report_dialog import ReportDialog
    from mlp_playground.export.report import Fields

KINDS = ["PDF, to print (*.pdf)", "Web page (*.html)"]


@contextmanager
def _waiting() -> Iterator[None]:
    """A report of a large network's run takes a second or two."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


class ReportExport(QObject):
    """Reports for the window `over` which the dialog stands. `told` carries what was done, for the status line.

    What was written in one report is there in the next, as long as the window is open: on a school's computer nobody
    else is to find it.
    """

    told = Signal(str)

    def __init__(
        self, over: QWidget, clock: FrameClock, errors: ErrorReporter, settings: Settings, pictures: Pictures
    ) -> None:
        super().__init__(over)
        self._over, self._clock, self._errors, self._settings = over, clock, errors, settings
        self._pictures = pictures
        self._written: Fields | None = None

    def ask(self) -> ReportDialog | None:
        """File → Report: of the moment on screen."""
        snapshot = self._clock.latest
        if snapshot is None:
            return None
        # reports are of no use to the first picture
        from mlp_playground.app.report_dialog import ReportDialog
        from mlp_playground.app.reporting import ReportOf
        from mlp_playground.export.report import Fields

        with _waiting():
            make = ReportOf(self._pictures.scene(snapshot))
            dialog = ReportDialog(make, self._written or Fields(), self._over)
        dialog.save_wanted.connect(lambda: self._ask_where(dialog))
        dialog.finished.connect(lambda _result: self._remember(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _remember(self, dialog: ReportDialog) -> None:
        self._written = dialog.fields

    def _ask_where(self, dialog: ReportDialog) -> None:
        name = self._clock.latest.config.data.name if self._clock.latest is not None else "experiment"
        path = ask_where(dialog, "Save the report", self._settings.folder / f"{name}-report.pdf", KINDS)
        if path is not None:
            self.save(path, dialog)

    def save(self, path: Path, dialog: ReportDialog) -> None:
        """Write it; if it can't be written, the user is told and the dialog stays."""
        self._clock.make_room()
        try:
            with _waiting():
                dialog.make.save(path, dialog.fields)
        except (InvalidValue, OSError) as error:
            self._errors.show_problem("The report can't be saved", str(error))
            return
        self._settings.folder = path.resolve().parent
        self.told.emit(f"Report saved as {path}")
        dialog.accept()
