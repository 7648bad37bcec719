"""Says over the picture that it is one of the past, and what happens when something is done there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from mlp_playground.experiment.timeline import Frame
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import label
from mlp_playground.views.theme import RADIUS, SPACE, font, theme_of

GO_ON_TIP = "Train on from the moment shown; undo brings back what came after it"
NO_MEMORY = (
    "\nOf this moment only the weights were kept, as of all large networks and in files: the optimizer begins with an"
    " empty memory, so it goes on almost, but not exactly, as it did then."
)


class PastNote(QWidget):
    """Shares its place in the layout with the picture, at whose lower edge it lies: nothing moves as it comes and
    goes."""

    go_on_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = label("Training rests. What you change or train now goes on from this moment.", 9)
        words.setWordWrap(True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.go_on = QPushButton("Go on from here")
        self.go_on.setFont(font(9))
        self.go_on.clicked.connect(self.go_on_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE // 2, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(words, 1)
        row.addWidget(self.go_on)
        self.hide()

    def show_moment(self, frame: Frame | None) -> None:
        """Come for a past moment, go for the present one."""
        if frame is not None:
            self.go_on.setToolTip(GO_ON_TIP + (NO_MEMORY if frame.memory is None else ""))
            self.raise_()
        self.setVisible(frame is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.accent))
            painter.setBrush(QColor(theme.surface))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
