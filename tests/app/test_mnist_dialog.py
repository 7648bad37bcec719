"""Where the full MNIST comes from: a folder, a download that can be called off, or the sample."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.app import mnist_dialog as module
from mlp_playground.app.mnist_dialog import MnistDialog
from mlp_playground.data.download import OfflineError
from mlp_playground.data.mnist import FILES
from mlp_playground.errors import Cancelled

LEFT = Qt.MouseButton.LeftButton
Progress = Callable[[str, int, int], None]


class FakeDownload:
    """Stands in for `download_mnist`: says its progress, then does what the test lets it do."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.end: Callable[[], None] = lambda: None
        self.runs = 0
        self.progress: list[tuple[str, int, int]] = [("train-images-idx3-ubyte.gz", 1_500_000, 9_900_000)]

    def __call__(self, target: Path, progress: Progress, cancelled: Callable[[], bool]) -> Path:
        self.runs += 1
        for step in self.progress:
            progress(*step)
        while not self.go_on.wait(0.002):
            if cancelled():
                raise Cancelled
        self.end()
        return target


@pytest.fixture
def download(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDownload]:
    fake = FakeDownload()
    monkeypatch.setattr(module, "download_mnist", fake)
    yield fake
    fake.go_on.set()


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path, download: FakeDownload) -> MnistDialog:
    dialog = MnistDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def cancel_button(dialog: MnistDialog) -> QPushButton:
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel)


def full_folder(path: Path) -> Path:
    path.mkdir()
    for name in FILES:
        (path / name).touch()
    return path


def thread_names() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


# -- a folder ---------------------------------------------------------------------------------------------------------


def test_a_folder_with_the_four_files_is_taken(dialog: MnistDialog, tmp_path: Path, qtbot: QtBot) -> None:
    folder = full_folder(tmp_path / "mnist")
    with qtbot.waitSignal(dialog.folder_chosen) as told:
        dialog.take_folder(folder)
    assert told.args == [folder]
    assert not dialog.isVisible()


def test_a_folder_without_them_is_not_and_the_dialog_says_which_are_missing(
    dialog: MnistDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = full_folder(tmp_path / "mnist")
    (folder / FILES[2]).unlink()
    with qtbot.assertNotEmitted(dialog.folder_chosen):
        dialog.take_folder(folder)
    assert dialog.isVisible()
    assert str(folder) in dialog.message
    assert FILES[2] in dialog.message


def test_the_folder_is_asked_for(
    dialog: MnistDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = full_folder(tmp_path / "mnist")
    answers = iter(["", str(folder)])
    starts: list[str] = []

    def answer(_parent: QWidget, _title: str, start: str) -> str:
        starts.append(start)
        return next(answers)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", answer)
    qtbot.mouseClick(dialog.folder, LEFT)
    assert dialog.isVisible(), "called off"
    assert dialog.message == ""
    with qtbot.waitSignal(dialog.folder_chosen) as told:
        qtbot.mouseClick(dialog.folder, LEFT)
    assert told.args == [folder]
    assert starts == [str(tmp_path)] * 2


def test_the_sample_will_do(dialog: MnistDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.sample_chosen), qtbot.assertNotEmitted(dialog.folder_chosen):
        qtbot.mouseClick(dialog.sample, LEFT)
    assert not dialog.isVisible()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_cancel_chooses_nothing(dialog: MnistDialog, qtbot: QtBot, way: str) -> None:
    with qtbot.assertNotEmitted(dialog.folder_chosen), qtbot.assertNotEmitted(dialog.sample_chosen):
        if way == "button":
            qtbot.mouseClick(cancel_button(dialog), LEFT)
        else:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# -- a download -------------------------------------------------------------------------------------------------------


def start(dialog: MnistDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.download, LEFT)
    qtbot.waitUntil(lambda: "1.5" in dialog.message)


def test_the_progress_is_shown_and_other_ways_are_closed(dialog: MnistDialog, qtbot: QtBot) -> None:
    start(dialog, qtbot)
    assert dialog.message == "train-images-idx3-ubyte.gz: 1.5 of 9.9 MB"
    assert dialog._bar.isVisible()
    assert (dialog._bar.value(), dialog._bar.maximum()) == (1_500_000, 9_900_000)
    assert not any(button.isEnabled() for button in (dialog.download, dialog.folder, dialog.sample))
    assert cancel_button(dialog).isEnabled()
    qtbot.mouseClick(cancel_button(dialog), LEFT)
    qtbot.waitUntil(lambda: "cancelled" in dialog.message)


def test_a_server_that_does_not_tell_the_size_is_no_trouble(
    dialog: MnistDialog, download: FakeDownload, qtbot: QtBot
) -> None:
    download.progress = [("t10k-labels-idx1-ubyte.gz", 1_500_000, 0)]
    start(dialog, qtbot)
    assert dialog.message == "t10k-labels-idx1-ubyte.gz: 1.5 MB"
    assert dialog._bar.maximum() == 0, "busy, without a share"
    dialog.reject()
    qtbot.waitUntil(dialog.download.isEnabled)


def test_what_was_downloaded_is_chosen(dialog: MnistDialog, download: FakeDownload, qtbot: QtBot) -> None:
    start(dialog, qtbot)
    with qtbot.waitSignal(dialog.folder_chosen) as told:
        download.go_on.set()
    assert told.args == [module.mnist_folder()]
    assert not dialog.isVisible()


def test_cancel_ends_the_download_first_and_then_the_dialog(
    dialog: MnistDialog, download: FakeDownload, qtbot: QtBot
) -> None:
    start(dialog, qtbot)
    qtbot.mouseClick(cancel_button(dialog), LEFT)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: "cancelled" in dialog.message)
    assert not dialog._bar.isVisible()
    assert dialog.download.isEnabled()
    qtbot.waitUntil(lambda: "download" not in thread_names())
    qtbot.mouseClick(cancel_button(dialog), LEFT)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OfflineError(False, ["one: no"]), "no connection"),
        (OfflineError(True, ["one: no"]), "login"),
        (PermissionError(13, "Permission denied", "/mnist"), "The download failed"),
        (RuntimeError("something new"), "something new"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_failure_says_why_and_another_try_is_possible(
    dialog: MnistDialog, download: FakeDownload, qtbot: QtBot, error: Exception, words: str
) -> None:
    def fail() -> None:
        raise error

    download.end = fail
    start(dialog, qtbot)
    with qtbot.assertNotEmitted(dialog.folder_chosen):
        download.go_on.set()
        qtbot.waitUntil(lambda: words in dialog.message)
    assert dialog.isVisible()
    assert all(button.isEnabled() for button in (dialog.download, dialog.folder, dialog.sample))
    download.end = lambda: None
    with qtbot.waitSignal(dialog.folder_chosen):
        qtbot.mouseClick(dialog.download, LEFT)
    assert download.runs == 2


def test_closing_during_a_download_leaves_no_thread(dialog: MnistDialog, qtbot: QtBot) -> None:
    start(dialog, qtbot)
    assert "download" in thread_names()
    dialog.accept()  # whatever closes it
    assert "download" not in thread_names()
    assert not dialog.isVisible()


def test_the_windows_cross_is_cancel(dialog: MnistDialog, qtbot: QtBot) -> None:
    start(dialog, qtbot)
    dialog.close()
    qtbot.waitUntil(lambda: "cancelled" in dialog.message)
    assert "download" not in thread_names()
    dialog.close()
    assert not dialog.isVisible()


def test_progress_comes_on_the_windows_thread(
    dialog: MnistDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    monkeypatch.setattr(dialog._bar, "setValue", lambda _value: names.append(threading.current_thread().name))
    start(dialog, qtbot)
    assert set(names) == {threading.main_thread().name}
    dialog.reject()
    qtbot.waitUntil(lambda: "cancelled" in dialog.message)
