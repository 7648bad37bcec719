"""Starts the window."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from mlp_playground import __version__
from mlp_playground.app.look import apply_theme
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.recover import offer
from mlp_playground.app.settings import Settings
from mlp_playground.views.theme import font

SWITCH_INTERVAL = 0.0005
"""Seconds after which Python lets another thread run. Drawing beside a training thread waits ten times shorter than
with Python's own 5 ms, for a few per cent of the training."""


def make_application(settings: Settings) -> QApplication:
    """The Qt application, dressed; there is one in a process."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    QCoreApplication.setApplicationName("MLP Playground")
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("mlp-playground")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    app.setFont(font())
    apply_theme(settings.theme, settings.colours)
    followed = QGuiApplication.styleHints().colorSchemeChanged
    followed.connect(lambda _scheme: apply_theme(settings.theme, settings.colours))
    return app


def run(file: Path | None = None) -> int:
    """Open the window, with `file` in it if given, and stay until it is closed."""
    settings = Settings()
    app = make_application(settings)
    try:
        window = MainWindow(settings=settings)
    except Exception as error:  # before there is a window that could tell it
        logging.getLogger(__name__).exception("the window could not be built")
        QMessageBox.critical(None, "MLP Playground", f"The window could not be opened.\n\n{error}")
        return 1
    window.errors.install()
    window.show()
    if file is not None:
        QTimer.singleShot(0, window, lambda: window.files.open(file))
    else:  # whoever asks for a file wants that one; what a crash left waits for the next start
        QTimer.singleShot(0, window, lambda: offer(window.files, window.recovery))
    # Python sees Ctrl+C only while it runs: an empty beat gives it the chance
    signal.signal(signal.SIGINT, lambda *_: window.close())
    beat = QTimer(window, interval=300)
    beat.timeout.connect(lambda: None)
    beat.start()
    result = app.exec()
    window.errors.uninstall()
    return result
