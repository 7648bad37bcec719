"""Errors end in one dialog with the reason, wherever they happen."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.app.errors import ErrorReporter


@pytest.fixture
def reporter(qtbot: QtBot) -> Iterator[ErrorReporter]:
    """An installed reporter. The window stays alive as long as the test."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    before = sys.excepthook, threading.excepthook
    reporter = ErrorReporter(window)
    reporter.window_for_python = window  # type: ignore[attr-defined]
    reporter.install()
    yield reporter
    sys.excepthook, threading.excepthook = before
    if reporter.dialog is not None:
        reporter.dialog.accept()


def boxes() -> list[QMessageBox]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]


def raise_in_main(message: str) -> None:
    try:
        raise ValueError(message)
    except ValueError:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]


def raise_in_a_thread(message: str) -> None:
    def fail() -> None:
        raise KeyError(message)

    thread = threading.Thread(target=fail, name="worker")
    thread.start()
    thread.join()


def test_an_uncaught_exception_is_one_dialog_with_reason_and_details(
    reporter: ErrorReporter, caplog: pytest.LogCaptureFixture
) -> None:
    raise_in_main("the reason")
    assert len(boxes()) == 1
    assert reporter.dialog is boxes()[0]
    assert "ValueError: the reason" in reporter.dialog.informativeText()
    assert "raise_in_main" in reporter.dialog.detailedText()
    assert "the reason" in caplog.text


def test_an_exception_in_a_timer_reaches_the_dialog(reporter: ErrorReporter, qtbot: QtBot) -> None:
    """As Qt calls it: from the event loop, through PySide, to Python's hook."""

    def fail() -> None:
        raise ZeroDivisionError("in a slot")

    hook = sys.excepthook
    with qtbot.captureExceptions() as caught:  # pytest-qt listens at the same place
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: bool(caught))
    assert sys.excepthook == hook
    sys.excepthook(*caught[0])
    assert reporter.dialog is not None
    assert "in a slot" in reporter.dialog.informativeText()


def test_an_exception_on_another_thread_is_shown_in_the_windows(
    reporter: ErrorReporter, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    raise_in_a_thread("far away")
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    assert reporter.dialog.thread() is reporter.thread()
    assert "far away" in reporter.dialog.informativeText()


def test_many_errors_are_one_dialog_and_all_are_logged(
    reporter: ErrorReporter, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(50):
        raise_in_main(f"number {number}")
        raise_in_a_thread(f"thread {number}")
    qtbot.wait(20)
    assert len(boxes()) == 1
    assert "number 0" in boxes()[0].informativeText()
    assert sum(record.levelno == logging.ERROR for record in caplog.records) == 100


def test_after_it_was_closed_another_error_opens_a_new_one(reporter: ErrorReporter, qtbot: QtBot) -> None:
    raise_in_main("first")
    assert reporter.dialog is not None
    reporter.dialog.accept()
    assert reporter.dialog is None
    raise_in_main("second")
    assert len(boxes()) == 1
    assert "second" in boxes()[0].informativeText()


def test_an_error_that_comes_with_every_picture_does_not_come_back_at_every_click(
    reporter: ErrorReporter, qtbot: QtBot
) -> None:
    for _ in range(5):
        raise_in_main("while painting")
        if reporter.dialog is not None:
            reporter.dialog.accept()
    raise_in_main("while painting")
    assert reporter.dialog is None
    assert boxes() == []


def test_ctrl_c_is_no_error(reporter: ErrorReporter, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[object] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *a: passed.append(a[0]))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert passed == [KeyboardInterrupt]
    assert reporter.dialog is None


def test_a_thread_that_ends_itself_is_no_error(reporter: ErrorReporter, qtbot: QtBot) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    qtbot.wait(20)
    assert reporter.dialog is None


def test_uninstalled_it_gives_python_its_handling_back(reporter: ErrorReporter) -> None:
    reporter.uninstall()
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__


def test_a_problem_has_its_own_words(reporter: ErrorReporter) -> None:
    reporter.show_problem("a.json can't be opened", "it is empty")
    assert reporter.dialog is not None
    assert reporter.dialog.text() == "a.json can't be opened"
    assert reporter.dialog.informativeText() == "it is empty"
    assert reporter.dialog.icon() == QMessageBox.Icon.Warning
