"""Where the panels stand: at their places, as the user left them, and growing with the window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QTabBar, QTabWidget

from mlp_playground.app.panels import Panel
from mlp_playground.app.settings import Settings

DEFAULT_SIZE = (1280, 800)
OUTPUT_SHARE, OUTPUT_LEAST = 0.4, 440
"""Of the window's width for the output, and pixels that it has at least."""
OUTPUT_HEIGHT, BELOW_HEIGHT = 480, 190
DRAWER_SHARE = 0.4
"""Of the window's height for the drawer when it opens."""


SETTLING = 1500
"""Milliseconds within which a window that was left maximized gets its size after it is shown."""

VERSION = 6
"""Of what is remembered: with other panels the places of old are none."""


class Layout(QObject):
    """The panels of `window`: data at the left, output at the right with the curves below, others as tabs behind,
    and a drawer below data and network, which is shut at first."""

    def __init__(self, window: QMainWindow, settings: Settings, data: Panel, output: Panel, curves: Panel) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._data, self._output, self._curves = data, output, curves
        self._behind: list[tuple[Panel, Panel]] = []
        self._drawer: list[Panel] = []
        self._settling = QTimer(self, singleShot=True, interval=SETTLING)
        self._is_as_left = False  # until then: a maximized window, with the panels of its full size
        self._settling.timeout.connect(self._settle)
        window.setDockNestingEnabled(True)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.resize(*DEFAULT_SIZE)

    @property
    def panels(self) -> list[Panel]:
        """All panels but those of the drawer."""
        return [self._data, self._output, self._curves, *(panel for panel, _ in self._behind)]

    def add(self, panel: Panel, behind: Panel) -> None:
        """One panel more, as a tab behind another one."""
        self._behind.append((panel, behind))
        self._watch(panel, behind)

    def add_to_drawer(self, panel: Panel) -> None:
        """One panel more for the drawer."""
        self._drawer.append(panel)
        self._watch(panel)

    def open_in_drawer(self, panel: Panel) -> None:
        """Show a panel in front; the first one opens the drawer, and gives it its height."""
        docked = [each for each in self._drawer if not each.isFloating()]
        was_shut = all(each.isHidden() for each in docked)
        panel.show()
        panel.raise_()
        if was_shut and panel in docked:
            # a dock that has just come has no height to change yet
            QTimer.singleShot(0, self, partial(self._give_height, panel))

    def _give_height(self, panel: Panel) -> None:
        self._window.resizeDocks([panel], [round(self._window.height() * DRAWER_SHARE)], Qt.Orientation.Vertical)

    def _watch(self, *panels: Panel) -> None:
        for each in panels:
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
        for panel in self._drawer:
            panel.setFloating(False)
            window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, panel)
            if panel is not self._drawer[0]:
                window.tabifyDockWidget(self._drawer[0], panel)
            panel.hide()
        wide = [self._data.widget().sizeHint().width(), max(round(window.width() * OUTPUT_SHARE), OUTPUT_LEAST)]
        window.resizeDocks([self._data, self._output], wide, Qt.Orientation.Horizontal)
        window.resizeDocks([self._output, self._curves], [OUTPUT_HEIGHT, BELOW_HEIGHT], Qt.Orientation.Vertical)
        # on the way panels lay below each other that are behind each other now: the window has grown for them
        if (layout := window.layout()) is not None:
            layout.activate()
        window.resize(size)
        self._hide_stray_tabs()

    def _hide_stray_tabs(self) -> None:
        """Where panels were put behind each other, Qt leaves bars of tabs in the window that belong to no panel any
        more, and lie over others. A bar that is in use follows when its panels are called something else."""
        titles = {panel: panel.windowTitle() for panel in (*self.panels, *self._drawer)}
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        before = [_tabs(bar) for bar in bars]
        for panel, title in titles.items():
            panel.setWindowTitle(f"{title}\u200b")
        for bar, tabs in zip(bars, before, strict=True):
            bar.setHidden(_tabs(bar) == tabs)
        for panel, title in titles.items():
            panel.setWindowTitle(title)

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
            self._hide_stray_tabs()
            self._is_as_left = window.isMaximized() or window.isFullScreen()

    def _settle(self) -> None:
        self._settling.stop()
        self._is_as_left = False

    def keep(self) -> None:
        """Remember place, size and panels."""
        self._settle()
        self._settings.geometry = self._window.saveGeometry()
        self._settings.panels = self._window.saveState(VERSION)

    @Slot()
    def _tidy_headings(self) -> None:
        for panel in (*self.panels, *self._drawer):
            others = self._window.tabifiedDockWidgets(panel)
            panel.heading.beside_tab(any(not other.isHidden() for other in others))

    def grow(self, event: QResizeEvent) -> None:
        """The picture grows with the window; the diagram alone would take all the new room otherwise. In a window that
        was left maximized it has its width already, and only the window begins smaller."""
        if self._is_as_left:
            self._settling.start()
            return
        before = event.oldSize().width()
        share = self._output.width() / before if before > 0 else OUTPUT_SHARE
        self._window.resizeDocks([self._output], [round(share * event.size().width())], Qt.Orientation.Horizontal)


def _tabs(bar: QTabBar) -> list[str]:
    return [bar.tabText(i) for i in range(bar.count())]
