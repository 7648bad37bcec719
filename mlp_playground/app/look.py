"""Dresses the whole application in light or dark."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from mlp_playground.views.theme import DARK, LIGHT, Theme, palette, stylesheet


def apply_theme(name: str) -> Theme:
    """Dress the whole application: `system` follows the desktop's light or dark."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    theme = DARK if name == "dark" or (name == "system" and dark) else LIGHT
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))
    return theme
