"""The window's panels: docks with our own headings, which can be moved, hidden and put back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from mlp_playground.views.parts import Heading, RoundButton


class PanelHeading(Heading):
    """A heading that a panel is dragged by; its cross hides the panel."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__(title, words)
        self._name, self._has_tab = title, False
        self.close_button = RoundButton("cross", f"Hide {title.lower()} (the View menu brings it back)", 20, flat=True)
        self.add(self.close_button)
        self.setToolTip("Drag to move this panel; double-click to let it float")

    def show_words(self, title: str, words: str) -> None:
        """Change what the heading says."""
        self.title.setText(title)
        self.words.setText(words)
        self.words.setToolTip(words)
        self.title.setVisible(not (self._has_tab and title == self._name))

    def beside_tab(self, has_tab: bool) -> None:
        """Where the panel has a tab with its name, the heading needs one row, and the name no second time."""
        if has_tab != self._has_tab:
            self._has_tab = has_tab
            self.put_words_beside(has_tab)
            self.show_words(self.title.text(), self.words.text())

    # the dock's own handling of drags begins where its title leaves the mouse alone
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()


class Panel(QDockWidget):
    """One panel, known by `name` in the remembered layout. `seen_changed` carries whether it can be seen."""

    seen_changed = Signal(bool)

    def __init__(self, name: str, title: str, words: str, content: QWidget, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.setObjectName(name)
        self.heading = PanelHeading(title, words)
        self.heading.close_button.clicked.connect(self.close)
        self.setTitleBarWidget(self.heading)
        self.setWidget(content)
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetFloatable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )
        self._is_seen = False
        self.visibilityChanged.connect(self._on_visible)

    @property
    def is_seen(self) -> bool:
        """Whether it is in front; behind another tab it still counts as visible to Qt."""
        return self._is_seen

    def _on_visible(self, is_seen: bool) -> None:
        if is_seen != self._is_seen:
            self._is_seen = is_seen
            self.seen_changed.emit(is_seen)
