"""Where the panels stand: at their places, as the user left them, and growing with the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget

from mlp_playground.app.panels import Panel
from mlp_playground.app.settings import Settings

DEFAULT_SIZE = (1280, 800)
OUTPUT_SHARE, OUTPUT_LEAST = 0.4, 440
"""Of the window's width for the output, and pixels that it has at least."""
OUTPUT_HEIGHT, BELOW_HEIGHT = 480, 190


VERSION = 5
"""Of what is remembered: with other panels the places of old are none."""


class Layout(QObject):
    """The panels of `window`: data at the left, output at the right with the curves below, others as tabs behind."""

    def __init__(self, window: QMainWindow, settings: Settings, data: Panel, output: Panel, curves: Panel) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._data, self._output, self._curves = data, output, curves
        self._behind: list[tuple[Panel, Panel]] = []
        window.setDockNestingEnabled(True)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.resize(*DEFAULT_SIZE)

    @property
    def panels(self) -> list[Panel]:
        """All panels, for the menu."""
        return [self._data, self._output, self._curves, *(panel for panel, _ in self._behind)]

    def add(self, panel: Panel, behind: Panel) -> None:
        """One panel more, as a tab behind another one."""
        self._behind.append((panel, behind))
        for each in (panel, behind):
            for moved in (each.dockLocationChanged, each.topLevelChanged, each.visibilityChanged):
                moved.connect(self._tidy_headings, Qt.ConnectionType.UniqueConnection)

    def place(self) -> None:
        """Put every panel where it belongs."""
        window, left = self._window, Qt.DockWidgetArea.LeftDockWidgetArea
        size = window.size()
        for panel in self.panels:
            panel.setFloating(False)
            window.addDockWidget(left if panel is self._data else Qt.DockWidgetArea.RightDockWidgetArea, panel)
            panel.show()
        window.splitDockWidget(self._output, self._curves, Qt.Orientation.Vertical)
        for panel, front in self._behind:
            window.tabifyDockWidget(front, panel)
            front.raise_()
        wide = [self._data.widget().sizeHint().width(), max(round(window.width() * OUTPUT_SHARE), OUTPUT_LEAST)]
        window.resizeDocks([self._data, self._output], wide, Qt.Orientation.Horizontal)
        window.resizeDocks([self._output, self._curves], [OUTPUT_HEIGHT, BELOW_HEIGHT], Qt.Orientation.Vertical)
        # on the way panels lay below each other that are behind each other now: the window has grown for them
        if (layout := window.layout()) is not None:
            layout.activate()
        window.resize(size)

    def restore(self) -> None:
        """The window's place, size and panels as the user left them, or such as fit the screen."""
        window, settings = self._window, self._settings
        room = window.screen().availableSize()
        if not settings.geometry.isEmpty():
            window.restoreGeometry(settings.geometry)
        elif room.width() <= DEFAULT_SIZE[0] or room.height() <= DEFAULT_SIZE[1] + 40:
            window.setWindowState(Qt.WindowState.WindowMaximized)  # with its frame it would not fit
        else:
            window.resize(min(room.width() * 4 // 5, 1600), min(room.height() * 5 // 6, 1000))
        if not settings.panels.isEmpty():
            window.restoreState(settings.panels, VERSION)

    def keep(self) -> None:
        """Remember place, size and panels."""
        self._settings.geometry = self._window.saveGeometry()
        self._settings.panels = self._window.saveState(VERSION)

    @Slot()
    def _tidy_headings(self) -> None:
        for panel in self.panels:
            others = self._window.tabifiedDockWidgets(panel)
            panel.heading.beside_tab(any(not other.isHidden() for other in others))

    def grow(self, event: QResizeEvent) -> None:
        """The picture grows with the window; the diagram alone would take all the new room otherwise."""
        before = event.oldSize().width()
        share = self._output.width() / before if before > 0 else OUTPUT_SHARE
        self._window.resizeDocks([self._output], [round(share * event.size().width())], Qt.Orientation.Horizontal)
