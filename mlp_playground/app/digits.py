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

PREFIX = "digit_"
"""What the names of choices begin with in a file, beside those of all else."""


def of_digits(view: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """What a file remembers of the digit that was followed, as a DigitChoice names it."""
    return {name.removeprefix(PREFIX): value for name, value in view.items() if name.startswith(PREFIX)}


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
        kept = self._view if self.looking is None else self.looking.remembered()
        return {PREFIX + name: value for name, value in kept.items()}

    def show_again(self, view: Mapping[str, Scalar]) -> None:
        """Look at what a file remembers, or do so when there are digits."""
        self._view = of_digits(view)
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
