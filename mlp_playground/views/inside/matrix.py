"""A matrix to be shown: its numbers, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Entry = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Matrix:
    """`values` (rows, columns) with what they are called. `check` names what a gradient of an entry can be checked of
    (empty: of nothing). `image` is the shape of the picture that each row (or, `in_columns`, column) is. `rows` are the
    rows' names where they have any."""

    caption: str
    values: NDArray[np.float64]
    tip: str = ""
    check: str = ""
    image: tuple[int, int] | None = None
    in_columns: bool = True
    rows: tuple[str, ...] = ()

    def has(self, entry: Entry) -> bool:
        """Whether there is such an entry."""
        return all(i < n for i, n in zip(entry, self.values.shape, strict=True))


def number(value: float) -> str:
    """A number with what digits tell something, in few letters."""
    if np.isnan(value):
        return "no number"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    size = abs(value)
    text = f"{value:.4f}" if 1e-3 <= size < 10 else f"{value:.4g}" if 10 <= size < 1e4 else f"{value:.2e}"
    return text.replace("-", "−")


def entry_words(matrix: Matrix, entry: Entry) -> str:
    """An entry with all its digits."""
    value = f"{float(matrix.values[entry]):.9g}".replace("-", "−")
    name = f" ({matrix.rows[entry[0]]})" if matrix.rows else ""
    return f"{matrix.caption} [{entry[0] + 1}, {entry[1] + 1}]{name} = {value}"


def as_text(matrix: Matrix) -> str:
    """All numbers as a spreadsheet takes them: tabs between them, a line for each row."""
    return "\n".join("\t".join(f"{value:.9g}" for value in row) for row in matrix.values)
