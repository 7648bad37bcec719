"""What goes in and out of the window: experiments, pictures, and the folder of the full MNIST."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mlp_playground.app.controller import Controller
from mlp_playground.app.errors import ErrorReporter
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.mnist_dialog import MnistDialog
from mlp_playground.app.settings import Settings
from mlp_playground.data.download import mnist_folder
from mlp_playground.data.mnist import is_mnist_folder
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import document
from mlp_playground.experiment.config import MNIST
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.export import FORMATS, picture, save_picture
from mlp_playground.views.picture_frame import Showing
from mlp_playground.views.theme import theme_of

EXPERIMENTS = "Experiments (*.json)"


class Files(QObject):
    """Opens, saves and exports for the window `over` which its dialogs stand.

    `told` carries what was done, for the status line; `opened` says that another experiment is there.
    """

    told = Signal(str)
    opened = Signal()

    def __init__(
        self, over: QWidget, controller: Controller, clock: FrameClock, errors: ErrorReporter, settings: Settings
    ) -> None:
        super().__init__(over)
        self._over, self._controller, self._clock = over, controller, clock
        self._errors, self._settings = errors, settings
        self.showing = Showing()
        self._pending: tuple[Path, int] | None = None

    # -- experiments ----------------------------------------------------------------------------------------------

    def ask_open(self) -> None:
        """File → Open."""
        name, _ = QFileDialog.getOpenFileName(self._over, "Open an experiment", str(self._settings.folder), EXPERIMENTS)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a saved experiment; a file that can't be read changes nothing. A folder is taken for one of MNIST."""
        if path.is_dir():
            self.ask_full_mnist().take_folder(path)
            return
        try:
            saved = document.load(path)
        except (InvalidValue, OSError) as error:
            self._errors.show_problem(f"{path.name} can't be opened", str(error))
            return
        self._pending = path, self._controller.open(saved)

    def on_snapshot(self, snapshot: Snapshot) -> None:
        """A file counts as opened once the run has its data and weights, and has not refused them."""
        if self._pending is not None and snapshot.revision >= self._pending[1]:
            QTimer.singleShot(0, self, self._settle)  # a refusal is told right after the picture

    def _settle(self) -> None:
        if self._pending is not None:
            self._remember(self._pending[0])
            self._pending = None
            self.opened.emit()

    def on_refused(self) -> None:
        """What was being opened can't be."""
        self._pending = None

    def ask_save(self) -> None:
        """File → Save as."""
        start = self._settings.folder / f"{self._controller.config.data.name}.json"
        if path := self._ask_where("Save the experiment", start, [EXPERIMENTS]):
            self.save(path)

    def _ask_where(self, title: str, start: Path, kinds: list[str]) -> Path | None:
        """A file to write, with the ending of the chosen kind; Qt has asked before one that exists is replaced."""
        dialog = QFileDialog(self._over, title, str(start.parent), ";;".join(kinds))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(start.name)
        # the ending must be there before Qt looks whether the file exists
        dialog.setDefaultSuffix(_ending(kinds[0]))
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_ending(kind)))
        chosen = dialog.selectedFiles() if dialog.exec() else []
        dialog.deleteLater()
        return Path(chosen[0]) if chosen else None

    def save(self, path: Path) -> None:
        """Save the experiment as it is on screen."""
        shot = self._clock.latest
        if shot is None:
            return
        try:
            document.save(
                Document(shot.config, shot.theta, shot.epoch, shot.steps, shot.curves, shot.curve_stride), path
            )
        except (InvalidValue, OSError) as error:
            self._errors.show_problem(f"{path.name} can't be saved", str(error))
            return
        self._remember(path)
        self.told.emit(f"Saved as {path}")

    def _remember(self, path: Path) -> None:
        self._settings.remember_file(path.resolve())
        self._settings.folder = path.resolve().parent

    # -- pictures -------------------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """File → Export picture."""
        snapshot = self._clock.latest
        if snapshot is None:
            return
        start = self._settings.folder / f"{snapshot.config.data.name}.png"
        if path := self._ask_where("Export picture", start, [f"{end[1:].upper()} (*{end})" for end in FORMATS]):
            self.export(path)

    def export(self, path: Path) -> None:
        """Write the network's answer as it is on screen, whatever neuron the mouse is on."""
        snapshot = self._clock.latest
        if snapshot is None:
            return
        try:
            save_picture(path, snapshot, theme_of(self._over.palette()), self._answer())
        except (InvalidValue, OSError) as error:
            self._errors.show_problem("The picture can't be saved", str(error))
            return
        self._settings.folder = path.resolve().parent
        self.told.emit(f"Picture saved as {path}")

    def copy_picture(self) -> None:
        """Put the network's answer on the clipboard."""
        if self._clock.latest is not None:
            image = picture(self._clock.latest, theme_of(self._over.palette()), self._answer())
            QGuiApplication.clipboard().setImage(image)
            self.told.emit("Picture copied")

    def _answer(self) -> Showing:
        return replace(self.showing, focus=None)

    # -- the full MNIST -------------------------------------------------------------------------------------------

    def choose_full_mnist(self) -> None:
        """All digits: at once if they are there, else ask where from."""
        if is_mnist_folder(mnist_folder()):
            self._controller.choose_full_mnist(None)
        else:
            self.ask_full_mnist()

    def ask_full_mnist(self, reason: str = "") -> MnistDialog:
        """Ask where the digits are to come from; `reason` says what was wrong with those that were tried."""
        dialog = MnistDialog(self._settings.folder, self._over, reason)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.folder_chosen.connect(self._controller.choose_full_mnist)
        dialog.sample_chosen.connect(lambda: self._controller.choose_data(MNIST))
        dialog.open()
        return dialog


def _ending(kind: str) -> str:
    """`png` for `PNG (*.png)`."""
    return kind.rsplit("*.", 1)[1].rstrip(")")
