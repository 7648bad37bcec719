"""What goes out of the window as text, and comes back: the experiment without its weights, and its data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from mlp_playground.app.ask_file import ask_where
from mlp_playground.app.controller import Controller
from mlp_playground.app.errors import ErrorReporter
from mlp_playground.app.files import Files
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.settings import Settings
from mlp_playground.data.export import write_csv
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import share
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.curves_table import write_curves


class Sharing(QObject):
    """Copies, pastes and exports for the window of `files`. `told` carries what was done, for the status line."""

    told = Signal(str)

    def __init__(
        self, files: Files, controller: Controller, clock: FrameClock, errors: ErrorReporter, settings: Settings
    ) -> None:
        super().__init__(files)
        self._files, self._controller, self._clock = files, controller, clock
        self._errors, self._settings = errors, settings

    def copy_link(self) -> None:
        """Put the experiment without its weights on the clipboard, as one line."""
        self._copy(share.to_link, "Link copied: paste it into a message, or into another window of the program")

    def copy_text(self) -> None:
        """Put the experiment without its weights on the clipboard, as readable text."""
        self._copy(share.to_text, "Experiment copied as text")

    def _copy(self, told: Callable[[ExperimentConfig], str], done: str) -> None:
        try:
            text = told(self._controller.config)
        except InvalidValue as error:
            self._errors.show_problem("This experiment can't be copied as text", str(error))
            return
        QGuiApplication.clipboard().setText(text)
        self.told.emit(done)

    def paste(self) -> None:
        """Begin the experiment that the clipboard's text describes."""
        try:
            config = share.from_text(QGuiApplication.clipboard().text())
        except InvalidValue as error:
            self._errors.show_problem("There is no experiment on the clipboard", str(error))
            return
        if self._files.begin(config):
            self.told.emit("Experiment pasted")

    def ask_export_curves(self) -> None:
        """File → Export curves: the present run's and those of the kept ones that are drawn, as a table."""
        start = self._settings.folder / f"{self._controller.config.data.name}-curves.csv"
        if path := ask_where(self._files.over, "Export the curves", start, ["Tables (*.csv)"]):
            self.export_curves(path)

    def export_curves(self, path: Path) -> None:
        """Write all visible curves as a table."""
        latest = self._clock.latest
        if latest is None:
            return
        kept = [(run.title, run.moment.curves, run.moment.seconds) for run in self._files.runs().kept if run.seen]
        try:
            write_curves([("now", latest.curves, latest.seconds), *kept], path)
        except OSError as error:
            self._errors.show_problem("The curves can't be exported", str(error))
            return
        self._settings.folder = path.resolve().parent
        self.told.emit(f"Curves saved as {path}")

    def ask_export_data(self) -> None:
        """File → Export data: all samples as a table."""
        latest = self._clock.latest
        if latest is None:
            return
        start = self._settings.folder / f"{latest.config.data.name}.csv"
        if path := ask_where(self._files.over, "Export the data", start, ["Tables (*.csv)"]):
            self.export_data(path)

    def export_data(self, path: Path) -> None:
        """Write all samples as a table."""
        latest = self._clock.latest
        if latest is None:
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # the full MNIST takes some seconds
        try:
            write_csv(latest.data, path)
        except (InvalidValue, OSError) as error:
            self._errors.show_problem("The data can't be exported", str(error))
            return
        finally:
            QGuiApplication.restoreOverrideCursor()
        self._settings.folder = path.resolve().parent
        self.told.emit(f"Data saved as {path}")
