"""The network as code, for the window: shown, copied, saved, verified."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from mlp_playground.app.ask_file import ask_where
from mlp_playground.app.errors import ErrorReporter
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.settings import Settings
from mlp_playground.errors import InvalidValue

if TYPE_CHECKING:
    from mlp_playground.app.code_dialog import CodeDialog


class CodeExport(QObject):
    """Code for the window `over` which its dialog stands. `told` carries what was done, for the status line."""

    told = Signal(str)

    def __init__(self, over: QWidget, clock: FrameClock, errors: ErrorReporter, settings: Settings) -> None:
        super().__init__(over)
        self._over, self._clock, self._errors, self._settings = over, clock, errors, settings
        self._chosen = "numpy", False

    def ask(self) -> CodeDialog | None:
        """File → Copy as code: the moment on screen."""
        snapshot = self._clock.latest
        if snapshot is None:
            return None
        # the writers of code are of no use to the first picture
        from mlp_playground.app.code_dialog import CodeDialog
        from mlp_playground.export.subject import Subject

        dialog = CodeDialog(Subject.of_snapshot(snapshot), self._chosen, self._over)
        dialog.copy_wanted.connect(lambda: self._copy(dialog))
        dialog.save_wanted.connect(lambda: self._ask_where(dialog))
        dialog.verify_wanted.connect(lambda: self._verify(dialog))
        dialog.finished.connect(lambda _result: self._remember(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _remember(self, dialog: CodeDialog) -> None:
        self._chosen = dialog.code.name, dialog.is_recipe

    def _copy(self, dialog: CodeDialog) -> None:
        QGuiApplication.clipboard().setText(dialog.text.toPlainText())
        beside = dialog.code.written(dialog.subject, recipe=dialog.is_recipe).beside
        more = "; the numbers in the file beside it come with Save as" if beside is not None else ""
        self.told.emit(f"{dialog.code.label} code copied{more}")

    def _ask_where(self, dialog: CodeDialog) -> None:
        code, name = dialog.code, dialog.subject.config.data.name
        what = "recipe" if dialog.is_recipe else "network"
        start = self._settings.folder / f"{name}-{what}.{code.ending}"
        path = ask_where(dialog, "Save the code", start, [f"{code.label} (*.{code.ending})"])
        if path is not None:
            self.save(path, dialog)

    def save(self, path: Path, dialog: CodeDialog) -> None:
        """Write what is chosen, with the file beside it; one that is there is asked about."""
        try:
            written = dialog.code.written(dialog.subject, recipe=dialog.is_recipe)
            beside = written.path_beside(path)
            if written.beside is not None and beside.exists() and not self._may_replace(dialog, beside):
                return
            written.save(path)
        except (InvalidValue, OSError) as error:
            self._errors.show_problem(f"{path.name} can't be saved", str(error))
            return
        self._settings.folder = path.resolve().parent
        self.told.emit(f"Saved as {path}" + (f" and {beside.name}" if written.beside is not None else ""))
        dialog.accept()

    @staticmethod
    def _may_replace(dialog: CodeDialog, path: Path) -> bool:
        question = f"{path.name}, which belongs beside it, is there already. Replace it?"
        return QMessageBox.question(dialog, "Save the code", question) is QMessageBox.StandardButton.Yes

    def _verify(self, dialog: CodeDialog) -> None:
        from mlp_playground.app.checking import Checking

        written = dialog.code.written(dialog.subject, recipe=dialog.is_recipe)
        checking = Checking(dialog.subject, written, dialog, recipe=dialog.is_recipe)
        checking.finished.connect(lambda verdict: dialog.show_verdict(verdict.words))
        checking.failed.connect(dialog.show_verdict)

        def stop() -> None:
            checking.cancel()
            dialog.show_verdict("")

        dialog.cancelled.connect(stop)
        dialog.finished.connect(lambda _result: checking.cancel())
        self._clock.stopped.connect(checking.cancel)
        dialog.show_busy(True)
        try:
            checking.start()
        except OSError as error:
            dialog.show_verdict(str(error))
