"""What layers are called under their pictures and in sentences."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF


def layer_name(column: int, columns: int) -> str:
    """The name of a network's `column`: 0 are its inputs, the last of `columns` its output."""
    if column == 0:
        return "input"
    return "output" if column == columns - 1 else f"layer {column}"


def short_names(columns: int, metrics: QFontMetricsF, width: float) -> list[str]:
    """All names, hidden layers by their number alone where one is wider than `width` pixels."""
    names = [layer_name(column, columns) for column in range(columns)]
    if max(map(metrics.horizontalAdvance, names)) <= width:
        return names
    return ["in", *(str(column) for column in range(1, columns - 1)), "out"]


def count_of(width: int) -> str:
    """How many numbers a layer has."""
    return "1 number" if width == 1 else f"{width} numbers"
