"""A stroke of the mouse over the plane as a row of dabs, not more of them than can be followed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from mlp_playground.data.extent import HOME, Extent

REST = 60
"""Milliseconds between two dabs: each makes new data, which the run takes in."""
NEAR = 0.02
"""A mouse that moved less than this, in half widths of what is shown, is not somewhere else."""


@dataclass(frozen=True)
class Dab:
    """The brush at a point (x1, x2) of the plane, of which the user sees `within`. All dabs of a stroke have the same
    `gesture`."""

    x1: float
    x2: float
    right: bool
    erases: bool
    gesture: int
    within: Extent = HOME


class Stroke(QObject):
    """`dabbed` carries a Dab when the button goes down, and along the way while it is down.

    `reach` is the brush's spread in the plane's units, 0 for single points; None while nobody draws.
    """

    dabbed = Signal(Dab)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.reach: float | None = None
        self._gesture = 0
        self._right = self._erases = self._is_down = False
        self._within = HOME
        self._place: tuple[float, float] | None = None
        self._told: tuple[float, float] | None = None
        self._rest = QTimer(self, interval=REST)
        self._rest.timeout.connect(self._tell)

    def begin(self, place: tuple[float, float], within: Extent = HOME, *, right: bool, erases: bool) -> None:
        """A button went down there, in the shown part of the plane."""
        self._gesture += 1
        self._within = within
        self._right, self._erases, self._is_down = right, erases, True
        self._place, self._told = place, None
        self._tell()
        self._rest.start()

    def move(self, place: tuple[float, float] | None) -> None:
        """The mouse is there, or (None) outside of the plane."""
        if self._is_down:
            self._place = place

    def end(self) -> None:
        """The button is up again."""
        if self._is_down:
            self._tell()
        self._is_down = False
        self._rest.stop()

    def _tell(self) -> None:
        place, told = self._place, self._told
        near = NEAR * self._within.half_width
        if place is None or (told is not None and abs(place[0] - told[0]) + abs(place[1] - told[1]) < near):
            return
        self._told = place
        self.dabbed.emit(Dab(*place, self._right, self._erases, self._gesture, self._within))
