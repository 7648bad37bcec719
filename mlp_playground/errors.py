"""The program's own errors, so that a wrong value reaches the user as one clear sentence everywhere."""

from __future__ import annotations


class InvalidValue(ValueError):
    """A value that can't be used, with what would be allowed instead.

    Its text is written for the user: `learning rate: 0 is not allowed; it must be a number above 0`.
    """

    def __init__(self, field: str, value: object, allowed: str) -> None:
        self.field, self.value, self.allowed = field, value, allowed
        super().__init__(f"{field}: {value!r} is not allowed; it must be {allowed}")


class Cancelled(Exception):
    """The user called a long task off; nothing was changed."""
