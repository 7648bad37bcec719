"""A painter that ends whatever happens: one that is left open on a broken picture takes the program down with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtGui import QPainter

P = TypeVar("P", bound=QPainter)


@contextmanager
def painting(painter: P) -> Iterator[P]:
    """Paint with `painter` in a `with` block."""
    try:
        yield painter
    finally:
        painter.end()
