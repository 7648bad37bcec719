"""Follows digits as soon as there are some: what that takes is loaded then, so that the first picture comes sooner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlp_playground.experiment.document import Scalar

if TYPE_CHECKING:
    from mlp_playground.app.digit_looking import DigitLooking
    from mlp_playground.app.main_window import MainWindow
    from mlp_playground.experiment.digit_look import DigitWish

MODE, DRAWING, PICKED = "digit_mode", "digit_drawing", "digit_picked"
"""What choices are called in a file."""


class Digits(QObject):
    """`looking` is there as long as `window` has shown digits."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.looking: DigitLooking | None = None
        self._view: dict[str, Scalar] = {}
        window.output.digits_made.connect(self._make)

    @property
    def wanted(self) -> DigitWish | None:
        """The digit that is followed, if one is."""
        digits = self._window.output.digits
        return None if digits is None else digits.wanted

    def remembered(self) -> dict[str, Scalar]:
        """What a file keeps of the digit that is looked at."""
        return self._view if self.looking is None else self.looking.remembered()

    def show_again(self, view: Mapping[str, Scalar]) -> None:
        """Look at what a file remembers, or do so when there are digits."""
        self._view = {name: view[name] for name in (MODE, DRAWING, PICKED) if name in view}
        if self.looking is not None:
            self.looking.show_again(self._view)

    def _make(self) -> None:
        from mlp_playground.app.digit_looking import DigitLooking

        window, panel = self._window, self._window.output.digits
        assert panel is not None, "it was made"
        self.looking = DigitLooking(panel, window.output_dock, window.network, window.inspected, window.clock, self)
        self.looking.show_again(self._view)
        window.pictures.offer(panel.many, "digits")
        window.pictures.offer(panel.journey, "journey")
