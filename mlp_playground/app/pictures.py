"""What goes out of the window as a picture: to a file or to the clipboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mlp_playground.app.ask_file import ask_where
from mlp_playground.app.errors import ErrorReporter
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.settings import Settings
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.still import refined
from mlp_playground.views.export import FORMATS, as_image, save_figure
from mlp_playground.views.figure_options import FigureOptions
from mlp_playground.views.figures import FIGURES, Figure, Scene, views_of
from mlp_playground.views.picture_frame import Showing
from mlp_playground.views.theme import theme_of


class Pictures(QObject):
    """Exports for the window `over` which its dialogs stand. `told` carries what was done, for the status line."""

    told = Signal(str)

    def __init__(self, over: QWidget, clock: FrameClock, errors: ErrorReporter, settings: Settings) -> None:
        super().__init__(over)
        self._over, self._clock, self._errors, self._settings = over, clock, errors, settings
        self.showing = Showing()

    def ask_export(self) -> None:
        """File → Export picture."""
        snapshot = self._clock.latest
        if snapshot is None:
            return
        start = self._settings.folder / f"{snapshot.config.data.name}.png"
        if path := ask_where(
            self._over, "Export picture", start, [f"{kind.label} (*.{kind.name})" for kind in FORMATS.values()]
        ):
            self.export(path)

    def export(self, path: Path) -> None:
        """Write the network's answer as it is on screen, whatever neuron the mouse is on."""
        snapshot = self._clock.latest
        if snapshot is None:
            return
        try:
            save_figure(path, *self._figure(snapshot))
        except (InvalidValue, OSError) as error:
            self._errors.show_problem("The picture can't be saved", str(error))
            return
        self._settings.folder = path.resolve().parent
        self.told.emit(f"Picture saved as {path}")

    def copy_picture(self) -> None:
        """Put the network's answer on the clipboard."""
        if self._clock.latest is not None:
            QGuiApplication.clipboard().setImage(as_image(*self._figure(self._clock.latest)))
            self.told.emit("Picture copied")

    def _figure(self, snapshot: Snapshot) -> tuple[Figure, Scene, FigureOptions]:
        figure = FIGURES[views_of(snapshot.data)[0]]
        width, height = figure.size
        theme = theme_of(self._over.palette())
        options = FigureOptions(width, height, dark=theme.name == "dark", colours=theme.colours)
        return figure, Scene(refined(snapshot, self.showing.extent), replace(self.showing, focus=None)), options
