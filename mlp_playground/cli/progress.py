"""Tells on standard error how far a long task is, now and then."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

EVERY = 0.5
"""Seconds between two lines, and before the first."""


class Progress:
    """The progress of one task, which begins now."""

    def __init__(self) -> None:
        self._told = perf_counter()

    def tell(self, words: Callable[[], str]) -> None:
        """Write what `words` gives, if it is time for a line: to find it out may take some."""
        now = perf_counter()
        if now - self._told > EVERY:
            self._told = now
            print(words(), file=sys.stderr)
