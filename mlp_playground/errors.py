"""The program's own errors, so that a wrong value reaches the user as one clear sentence everywhere."""

from __future__ import annotations

LONGEST = 80
"""Characters of a wrong value that a message shows."""


class InvalidValue(ValueError):
    """A value that can't be used, with what would be allowed instead.

    Its text is written for the user: `learning rate: 0 is not allowed; it must be a number above 0`.
    """

    def __init__(self, field: str, value: object, allowed: str) -> None:
        self.field, self.value, self.allowed = field, value, allowed
        super().__init__(f"{field}: {_shown(value)} is not allowed; it must be {allowed}")


def _shown(value: object) -> str:
    """The value as it is written in Python; its middle is left out where it would fill the dialog, as a path's end says
    more."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, lists in lists in lists
        text = type(value).__name__
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}…{text[1 - LONGEST // 2 :]}"


class Cancelled(Exception):
    """The user called a long task off; nothing was changed."""
