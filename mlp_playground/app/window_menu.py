"""The menus: every action by name, with its key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


class Menus:
    """Builds a window's menus and keeps the actions by their text, for tests and for enabling."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.actions: dict[str, QAction] = {}

    def menu(self, title: str) -> QMenu:
        """A new menu in the bar."""
        menu = self._window.menuBar().addMenu(title)
        menu.setToolTipsVisible(True)
        return menu

    def add(
        self,
        menu: QMenu,
        text: str,
        act: Callable[[], object],
        key: str | QKeySequence.StandardKey | None = None,
        tip: str = "",
        *,
        repeats: bool = False,
    ) -> QAction:
        """An entry with its shortcut; `tip` explains it in the status line, and a key held down `repeats` it."""
        action = QAction(text, self._window)
        action.setAutoRepeat(repeats)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        if tip:
            action.setStatusTip(tip)
        # Qt passes whether it is checked, which none of these is
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        self.actions[text] = action
        return action

    def add_choice(
        self, menu: QMenu, entries: dict[str, str], chosen: str, choose: Callable[[str], object]
    ) -> QActionGroup:
        """Entries of which one is chosen: name → text."""
        group = QActionGroup(menu)
        for name, text in entries.items():
            action = QAction(text, group, checkable=True, checked=name == chosen)
            action.setData(name)
            menu.addAction(action)
            self.actions[text] = action
        group.triggered.connect(lambda action: choose(action.data()))
        return group

    @staticmethod
    def fill_recent(menu: QMenu, files: list[Path], open_file: Callable[[Path], object]) -> None:
        """List the files opened last."""
        menu.clear()
        for path in files:
            action = menu.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: open_file(path))
        menu.setEnabled(bool(files))
