"""Dresses the whole application: light or dark, and in which colours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from mlp_playground.app.settings import Settings
from mlp_playground.views.style_sheet import stylesheet
from mlp_playground.views.theme import Theme, palette, themes


def apply_theme(name: str, colours: str = "standard") -> Theme:
    """Dress the whole application: `system` follows the desktop's light or dark."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    theme = themes(colours)[name == "dark" or (name == "system" and dark)]
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))
    return theme


def choose_theme(settings: Settings, name: str) -> None:
    """`system`, `light` or `dark`, from now on."""
    settings.theme = name
    apply_theme(name, settings.colours)


def choose_colours(settings: Settings, name: str) -> None:
    """One of COLOUR_SETS, from now on."""
    settings.colours = name
    apply_theme(settings.theme, name)
