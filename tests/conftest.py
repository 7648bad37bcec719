"""What every test relies on: no screen, nobody's real settings, and nothing left running behind a test."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

# before anything imports NumPy or Qt. One BLAS thread: sums come out the same, and two are slower beside a busy core
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a test that judges time fails where others are busy, too
settings.load_profile("any machine")

_FOLDERS = tempfile.mkdtemp(prefix="mlp-playground-tests-")
# now, not in a fixture: a module that is imported while tests are collected may ask for a folder at once
for _kind in ("CONFIG", "DATA", "CACHE", "STATE"):
    os.environ[f"XDG_{_kind}_HOME"] = os.path.join(_FOLDERS, _kind.lower())

PATIENCE = 2.0
"""Seconds that a thread gets to end after a test: a join that was asked for may still be under way."""


def pytest_configure(config: pytest.Config) -> None:
    """What Qt's offscreen platform says of itself is no fault of the program; any other warning of Qt fails a test."""
    config.addinivalue_line("qt_log_ignore", "^This plugin does not support (propagateSizeHints|raise|grabbing)")


def pytest_unconfigure() -> None:
    shutil.rmtree(_FOLDERS, ignore_errors=True)


@pytest.fixture(autouse=True, scope="module")
def _what_is_old_is_out_of_sight() -> None:
    """What imports, earlier tests and pytest's own reports have made is no later test's: looking for timers among all
    of it would take longer than the tests. The timers in it stay known."""
    _look_for_timers()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Fail a test that leaves a thread running, daemon or not."""
    before = set(threading.enumerate())
    yield
    left = _after_waiting(lambda: _threads() - before)
    assert not left, f"threads still run: {sorted(thread.name for thread in left)}"


@pytest.fixture(autouse=True)
def no_window_or_timer_is_left() -> Iterator[None]:
    """Fail a test that leaves a top-level widget, or a QTimer that ticks. Tests without Qt pay nothing."""
    before = _qt_things()
    yield
    left = _qt_things() - before
    if left:
        gc.collect()  # a closed window in a reference cycle is only waiting for this
        left = _qt_things() - before
    assert not left, f"left behind: {sorted(name for _, name in left)}"


def _threads() -> set[threading.Thread]:
    # a dummy stands for a thread that Python didn't start (Qt's pools), and stays listed when that has ended
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


def _after_waiting(left: Callable[[], set[threading.Thread]]) -> set[threading.Thread]:
    deadline = time.monotonic() + PATIENCE
    while (remaining := left()) and time.monotonic() < deadline:
        time.sleep(0.005)
    return remaining


def _qt_things() -> set[tuple[int, str]]:
    """Address and description of each top-level widget and each ticking QTimer."""
    widgets, core = sys.modules.get("PySide6.QtWidgets"), sys.modules.get("PySide6.QtCore")
    if widgets is None or core is None or widgets.QApplication.instance() is None:
        return set()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    import shiboken6

    _look_for_timers()
    ticking = [timer for timer in _timers if shiboken6.isValid(timer) and timer.isActive()]
    things = [*widgets.QApplication.topLevelWidgets(), *ticking]
    return {(shiboken6.getCppPointer(thing)[0], f"{type(thing).__name__} {thing.objectName()}") for thing in things}


_timers: weakref.WeakSet[Any] = weakref.WeakSet()
"""Every QTimer that Python knows and that was found so far."""


def _look_for_timers() -> None:
    """Find new timers: the collector sees all of their wrappers, whoever their parent is."""
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        # issubclass of type, not isinstance, which would ask proxies and mocks for their __class__
        _timers.update(thing for thing in gc.get_objects() if issubclass(type(thing), core.QTimer))
