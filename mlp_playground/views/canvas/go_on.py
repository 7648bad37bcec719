"""The button that trains on from a past moment; it has its room in the layout also while the present one is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from mlp_playground.experiment.timeline import Frame
from mlp_playground.views.theme import font

GO_ON_TIP = (
    "Train on from the moment shown. Training rests here; whatever you change or train begins from this moment,"
    " and undo brings back what came after it."
)
NO_MEMORY = (
    "\nOf this moment only the weights were kept, as of all large networks and in files: the optimizer begins with an"
    " empty memory, so it goes on almost, but not exactly, as it did then."
)


class GoOn(QPushButton):
    """Comes for a past moment and goes for the present one, and nothing moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Go on from here", parent)
        self.setFont(font(9))
        room = self.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.setSizePolicy(room)
        self.hide()

    def show_moment(self, frame: Frame | None) -> None:
        """Offer to go on from `frame`; None: the present moment, from where one goes on anyway."""
        if frame is not None:
            self.setToolTip(GO_ON_TIP + (NO_MEMORY if frame.memory is None else ""))
        self.setVisible(frame is not None)
