"""A line that speaks to the learner without stopping anything: a hint, or what went wrong and what to try."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mlp_playground.views.diagram.network_layout import FOOTER
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import RoundButton, label
from mlp_playground.views.theme import RADIUS, SPACE, theme_of


class Banner(QWidget):
    """Lies over the lower edge of its parent, so that nothing moves when it comes and goes."""

    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._warns = False
        self._text = label("", 10)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = RoundButton("cross", "Hide this", 20, flat=True)
        self.close_button.clicked.connect(self._on_closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        row.addWidget(self._text, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_text(self, text: str, *, warns: bool = False) -> None:
        """Say something; nothing: go away."""
        if text == self._text.text() and warns == self._warns and self.isVisible() == bool(text):
            return
        self._text.setText(text)
        self._warns = warns
        self._dress()
        self.setVisible(bool(text))
        self.place()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._text.setStyleSheet(f"color: {theme_of(self.palette()).warning_text}" if self._warns else "")

    def place(self) -> None:
        """Stand at the parent's lower edge; the parent calls this when its size changes."""
        width = min(self._over.width() - 4 * SPACE, 560)
        height = self.heightForWidth(width)
        lowest = self._over.height() - round(FOOTER) - SPACE  # the activations' menus below stay free
        self.setGeometry((self._over.width() - width) // 2, lowest - height, width, height)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.orange if self._warns else theme.line))
            painter.setBrush(QColor(theme.warning if self._warns else theme.surface))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _on_closed(self) -> None:
        self.show_text("")
        self.dismissed.emit()
