"""Asks where the full MNIST is to come from: a folder of the user's, or a download with progress and cancel."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mlp_playground.data.download import OfflineError, download_mnist, mnist_folder
from mlp_playground.data.mnist import is_mnist_folder
from mlp_playground.errors import Cancelled
from mlp_playground.views.parts import label
from mlp_playground.views.theme import SPACE

QUESTION = (
    "MNIST has 60,000 handwritten digits to learn from and 10,000 to test on. This program carries 5,000 of them. "
    "All of them are four files, 11 MB together: it can download them once, or take them from a folder that you choose."
)


class Download(QObject):
    """A download on its own thread. Its signals arrive on the thread that made it."""

    progressed = Signal(str, int, int)
    finished = Signal(Path)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="download", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon; `cancelled` tells when."""
        self._stop.set()

    def wait(self, timeout: float) -> None:
        """Wait for the thread's end."""
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        try:
            folder = download_mnist(mnist_folder(), self.progressed.emit, self._stop.is_set)
        except Cancelled:
            self.cancelled.emit()
        except OfflineError as error:
            self.failed.emit(str(error))
        except Exception as error:
            self.failed.emit(f"The download failed: {error}")
        else:
            self.finished.emit(folder)


class MnistDialog(QDialog):
    """`folder_chosen` carries the folder with the four files; `sample_chosen` says that the sample will do."""

    folder_chosen = Signal(Path)
    sample_chosen = Signal()

    def __init__(self, start: Path, parent: QWidget | None = None, reason: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("MNIST (full)")
        self._start = start
        self._download: Download | None = None
        self._text = label(QUESTION)
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(460)
        self._state = label(reason, 9, muted=True)
        self._state.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setVisible(False)
        self.download = QPushButton("Download")
        self.download.setDefault(True)
        self.folder = QPushButton("Choose a folder…")
        self.sample = QPushButton("Use the 5,000")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.download.clicked.connect(self._on_download)
        self.folder.clicked.connect(self._on_folder)
        self.sample.clicked.connect(self._on_sample)
        self.buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.download, self.folder, self.sample):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(3 * SPACE,) * 4)
        column.setSpacing(2 * SPACE)
        for widget in (self._text, self._bar, self._state):
            column.addWidget(widget)
        column.addLayout(row)

    @property
    def message(self) -> str:
        """What the dialog says just now."""
        return self._state.text()

    def take_folder(self, folder: Path) -> None:
        """Use this folder if it has the files; else say which are missing."""
        if is_mnist_folder(folder):
            self.folder_chosen.emit(folder)
            self.accept()
        else:
            self._state.setText(
                f"{folder} does not have the four files: train-images-idx3-ubyte, train-labels-idx1-ubyte, "
                "t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each plain or with .gz at the end."
            )

    def _on_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "The folder with the four MNIST files", str(self._start))
        if name:
            self.take_folder(Path(name))

    def _on_sample(self) -> None:
        self.sample_chosen.emit()
        self.accept()

    def _on_download(self) -> None:
        self._download = Download(self)
        self._download.progressed.connect(self._on_progress)
        self._download.finished.connect(self._on_finished)
        self._download.failed.connect(self._on_failed)
        self._download.cancelled.connect(self._on_stopped)
        self._set_busy(True)
        self._state.setText("Looking for a server …")
        self._download.start()

    def _set_busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        self._bar.setRange(0, 0)
        for button in (self.download, self.folder, self.sample):
            button.setEnabled(not busy)

    def _on_progress(self, name: str, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        size = f" of {total / 1e6:.1f}" if total else ""
        self._state.setText(f"{name}: {done / 1e6:.1f}{size} MB")

    def _on_finished(self, folder: Path) -> None:
        self._download = None
        self.folder_chosen.emit(folder)
        self.accept()

    def _on_failed(self, reason: str) -> None:
        self._download = None
        self._set_busy(False)
        self._state.setText(reason)

    def _on_stopped(self) -> None:
        self._download = None
        self._set_busy(False)
        self._state.setText("The download was cancelled. Files that were complete are kept.")

    def reject(self) -> None:
        """Cancel: a running download first, then the dialog."""
        if self._download is not None:
            self._state.setText("Cancelling …")
            self._download.cancel()
            return
        super().reject()

    def done(self, result: int) -> None:
        """Close; never leave a download behind."""
        if self._download is not None:
            self._download.cancel()
            self._download.wait(20)
            self._download = None
        super().done(result)
