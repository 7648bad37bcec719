"""The experiment as a document of the window: new, open, save, and never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from mlp_playground.app.ask_file import ask_where
from mlp_playground.app.controller import Controller
from mlp_playground.app.errors import ErrorReporter
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.mnist_dialog import MnistDialog
from mlp_playground.app.settings import Settings
from mlp_playground.data.download import mnist_folder
from mlp_playground.data.mnist import is_mnist_folder
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import document
from mlp_playground.experiment.config import MNIST, MNIST_FULL, ExperimentConfig
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.gallery import Example
from mlp_playground.experiment.runs import Runs
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.views.data.gallery_dialog import GalleryDialog
from mlp_playground.views.data.table_dialog import TableDialog

EXPERIMENTS = "Experiments (*.mlp)"
OPENABLE = "Experiments and tables (*.mlp *.json *.csv *.tsv *.txt);;All files (*)"
TABLES = (".csv", ".tsv", ".txt", ".tab")
PATIENCE = 5.0
"""Seconds that saving waits for the run: it answers between two minibatches, unless it is just reading files."""


class Answer(Enum):
    """What the user wants done with changes that are not saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Pending:
    """Another experiment that the run has been sent, as revision `revision`; `steps` are those of its file."""

    revision: int
    steps: int
    path: Path | None = None
    view: Mapping[str, document.Scalar] | None = None
    runs: Runs = field(default_factory=Runs)
    then: Callable[[], None] | None = None


class Files(QObject):
    """Opens and saves for the window `over` which its dialogs stand.

    `told` carries what was done, for the status line; `opened` says that another experiment is there, `named` that the
    document's name or whether it has changes that are not saved may be others. `viewed` carries what a file
    remembers of the window, `runs_read` the runs that are kept in it (none for a new experiment), `hinted` what to
    watch in an example.
    """

    told = Signal(str)
    opened = Signal()
    named = Signal()
    viewed = Signal(dict)
    runs_read = Signal(Runs)
    hinted = Signal(str)

    def __init__(
        self, over: QWidget, controller: Controller, clock: FrameClock, errors: ErrorReporter, settings: Settings
    ) -> None:
        super().__init__(over)
        self.over, self._controller, self._clock = over, controller, clock
        self._errors, self._settings = errors, settings
        self.path: Path | None = None
        self.view: Callable[[], dict[str, document.Scalar]] = dict
        self.runs: Callable[[], Runs] = Runs
        self._pending: Pending | None = None
        self._saved_steps = 0
        controller.undo_stack.cleanChanged.connect(lambda _clean: self.named.emit())

    # -- what is open ---------------------------------------------------------------------------------------------

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost that can't be had again: edits or, of a file, training since it was saved."""
        latest = self._clock.latest
        # while it runs, it has gone on since, whatever the picture on screen says
        gone = latest is not None and (latest.present.steps != self._saved_steps or latest.state is RunState.RUNNING)
        return not self._controller.undo_stack.isClean() or (self.path is not None and gone)

    def may_leave(self) -> bool:
        """Whether the open experiment may give way: it has no changes, or the user was asked what to do with them."""
        if not self.is_changed:
            return True
        answer = self.ask_to_save()
        return answer is Answer.DISCARD or (answer is Answer.SAVE and self.save())

    def ask_to_save(self) -> Answer:
        """Ask what to do with changes that are not saved."""
        name = self.path.name if self.path else "this experiment"
        button = QMessageBox.StandardButton
        buttons = button.Save | button.Discard | button.Cancel
        title = f"Save the changes of {name}?"
        box = QMessageBox(QMessageBox.Icon.Question, "MLP Playground", title, buttons, self.over)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText("Without saving, its network, its curves and its kept runs are lost.")
        box.setDefaultButton(button.Save)
        chosen = box.exec()
        box.deleteLater()
        return {button.Save: Answer.SAVE, button.Discard: Answer.DISCARD}.get(button(chosen), Answer.CANCEL)

    def begin(self, config: ExperimentConfig) -> bool:
        """Another experiment in place of the open one, at epoch 0. Returns whether it may."""
        if not self.may_leave():
            return False
        self._pending = Pending(self._controller.start(config), 0)
        self.hinted.emit("")  # what was said of the other one
        return True

    def on_snapshot(self, snapshot: Snapshot) -> None:
        """Another experiment counts as open once the run has its data and weights, and has not refused them."""
        if self._pending is not None and snapshot.revision >= self._pending.revision:
            QTimer.singleShot(0, self, self._settle)  # a refusal is told right after the picture

    def _settle(self) -> None:
        if self._pending is None:
            return
        now, self._pending = self._pending, None
        self._controller.leave()
        self._be(now.path, now.steps)
        self.runs_read.emit(now.runs)
        if now.view is not None:
            self.viewed.emit(dict(now.view))
        if now.path is not None:
            self.opened.emit()
        if now.then is not None:
            self._controller.undo_stack.resetClean()
            now.then()

    def _be(self, path: Path | None, steps: int) -> None:
        """The open experiment is that file as it is now."""
        self.path, self._saved_steps = path, steps
        if path is not None:
            self._settings.remember_file(path.resolve())
            self._settings.folder = path.resolve().parent
        self.named.emit()

    def on_refused(self) -> None:
        """What was being opened can't be."""
        self._pending = None

    # -- open -----------------------------------------------------------------------------------------------------

    def ask_open(self) -> None:
        """File → Open."""
        name, _ = QFileDialog.getOpenFileName(self.over, "Open an experiment", str(self._settings.folder), OPENABLE)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a saved experiment, or a table as data; a file that can't be read changes nothing. A folder is taken for
        one of MNIST."""
        if path.is_dir():
            self.ask_full_mnist().take_folder(path)
            return
        if path.suffix.lower() in TABLES:
            self.open_table(path)
            return
        try:
            saved = document.load(path)
            if not self.may_leave():
                return
            if path == self.path:
                saved = document.load(path)  # the changes may just have been saved there
        except (InvalidValue, OSError) as error:
            self._errors.show_problem(f"{path.name} can't be opened", str(error))
            return
        moment = saved.moment
        self._pending = Pending(self._controller.open(moment), moment.steps, path, saved.view, saved.runs)

    def recover(self, saved: Document, then: Callable[[], None]) -> None:
        """Go on with what a window left that ended without a goodbye, as changes that are not saved. `then` is called
        when it is there; where the run can't take it, never."""
        moment = saved.moment
        self._pending = Pending(self._controller.open(moment), moment.steps, None, saved.view, saved.runs, then)

    def open_table(self, path: Path) -> TableDialog | None:
        """Ask what the columns of a table are; then they are the user's own data."""
        try:
            dialog = TableDialog(path, self.over)
        except (InvalidValue, OSError) as error:
            self._errors.show_problem(f"{path.name} can't be read as a table", str(error))
            return None
        self._settings.folder = path.resolve().parent
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(lambda own: self._controller.use_own(own, f"data {path.name}"))
        dialog.open()
        return dialog

    # -- save -----------------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """File → Save. Returns whether it is saved."""
        return self.save_as(self.path) if self.path is not None else self.ask_save()

    def ask_save(self) -> bool:
        """File → Save as. Returns whether it is saved."""
        start = self.path or self._settings.folder / f"{self._controller.config.data.name}.mlp"
        path = ask_where(self.over, "Save the experiment", start, [EXPERIMENTS])
        return path is not None and self.save_as(path)

    def save_as(self, path: Path) -> bool:
        """Write the run, complete, into that file. Returns whether it could be written; if not, the user is told."""
        try:
            moment = self._controller.capture().result(PATIENCE)
            document.save(Document(moment, self.view(), runs=self.runs()), path)
        except TooLate:
            self._errors.show_problem(f"{path.name} can't be saved now", "The run is busy reading data: try again.")
            return False
        except (InvalidValue, OSError) as error:
            self._errors.show_problem(f"{path.name} can't be saved", str(error))
            return False
        self._controller.undo_stack.setClean()
        self._be(path, moment.steps)
        self.told.emit(f"Saved as {path}")
        return True

    def ask_example(self) -> GalleryDialog:
        """File → Examples."""
        dialog = GalleryDialog(self.over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self.begin_example)
        dialog.open()
        return dialog

    def begin_example(self, example: Example) -> None:
        """Begin an example at epoch 0; all of MNIST may have to be asked for first."""
        if example.config.data.name == MNIST_FULL and not is_mnist_folder(mnist_folder()):
            self.ask_full_mnist(take=lambda folder: self._begin_with(example, folder))
        else:
            self._begin_with(example)

    def _begin_with(self, example: Example, folder: Path | None = None) -> None:
        where = None if folder in (None, mnist_folder()) else str(folder)
        if self.begin(example.config.changed("data", folder=where)):
            self.hinted.emit(f"{example.title}. {example.watch}")

    # -- the full MNIST -------------------------------------------------------------------------------------------

    def choose_full_mnist(self) -> None:
        """All digits: at once if they are there, else ask where from."""
        if is_mnist_folder(mnist_folder()):
            self._controller.choose_full_mnist(None)
        else:
            self.ask_full_mnist()

    def ask_full_mnist(self, reason: str = "", take: Callable[[Path], object] | None = None) -> MnistDialog:
        """Ask where the digits are to come from; `reason` says what was wrong with those that were tried. `take` gets
        the folder, in place of choosing the digits for the open experiment."""
        dialog = MnistDialog(self._settings.folder, self.over, reason)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.folder_chosen.connect(take or self._controller.choose_full_mnist)
        dialog.sample_chosen.connect(lambda: self._controller.choose_data(MNIST))
        dialog.open()
        return dialog
