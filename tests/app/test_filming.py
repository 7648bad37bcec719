"""A film's thread: whatever happens on it, whoever waits for the film is told that it has ended."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mlp_playground.app.filming import Filming
from mlp_playground.errors import InvalidValue


def test_it_ends_with_a_file_with_a_reason_or_with_an_error_that_is_reported(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: reported.append(args.exc_type))
    path, parent = tmp_path / "a.gif", QObject()

    def made(*_how: object) -> bytes:
        return b"GIF"

    def refused(*_how: object) -> bytes:
        raise InvalidValue("film", "0 epochs", "longer")

    def broken(*_how: object) -> bytes:
        raise ZeroDivisionError

    for make, end in ((refused, "failed"), (broken, "cancelled"), (made, "finished")):
        filming = Filming(path, make, parent)
        with qtbot.waitSignal(getattr(filming, end)):
            filming.start()
        filming.end()
        assert path.exists() == (make is made)
    assert reported == [ZeroDivisionError]
