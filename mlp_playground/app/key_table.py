"""The keys that F1 lists: those of the menus, and beside them those of the view that has the focus or the mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

Row = tuple[str, str]
Block = tuple[str, tuple[Row, ...]]
"""Where keys work, and what they do there."""
OF_VIEWS: dict[str, tuple[Row, ...]] = {
    "In the diagram": (
        ("arrows", "Select"),
        ("+ −", "Neurons more, fewer"),
        ("N", "So many neurons"),
        ("Delete", "This neuron away"),
        ("Shift+Delete", "The layer away"),
        ("Enter", "Type the bias"),
        ("F, O", "Freeze, switch off"),
        ("Shift+F", "Freeze the layer"),
        ("Esc", "Select nothing"),
    ),
    "In the picture": (
        ("wheel, + −", "Closer, farther"),
        ("drag, arrows", "Elsewhere"),
        ("Home", "Everything"),
        ("Esc", "Back to the output"),
    ),
    "With digits": (
        ("← →", "Another test digit"),
        ("right button", "Erase on the pad"),
        ("Backspace", "The last stroke away"),
        ("Delete", "Blank paper"),
    ),
    "In Graph": (("← →", "From step to step"), ("Ctrl+C", "Copy a table's numbers")),
    "In Health": (("↑ ↓", "Select a layer"), ("Esc", "Back to all layers")),
    "In Probe, Map": (
        ("← →", "Select a layer"),
        ("wheel, + −", "Closer, farther"),
        ("double click", "Enlarge a layer"),
        ("Home", "All layers whole"),
        ("Esc", "Let a sample go"),
    ),
    "In Space": (
        ("← →", "From step to step"),
        ("Space", "Play the bend"),
        ("wheel", "Closer, farther"),
        ("drag", "Turn it, or move it"),
        ("Home", "As it was"),
    ),
}


def key_table(of_menus: Mapping[str, tuple[Row, ...]]) -> str:
    """Both as one table of rich text, in three columns of about the same height."""
    columns = _columns(list({**of_menus, **OF_VIEWS}.items()))
    gap = "<td width=24></td>"
    return f"<table><tr>{gap.join(f'<td>{_column(each)}</td>' for each in columns)}</tr></table>"


def _columns(blocks: list[Block]) -> tuple[list[Block], ...]:
    """The blocks in their order, none of them broken, so that the highest column is as low as can be."""
    cuts = combinations(range(1, len(blocks)), 2)
    ways = [(blocks[:first], blocks[first:second], blocks[second:]) for first, second in cuts]
    return min(ways, key=lambda columns: max(sum(1 + len(rows) for _, rows in column) for column in columns))


def _column(blocks: list[Block]) -> str:
    return f"<table>{''.join(_heading(name) + _rows(rows) for name, rows in blocks)}</table>"


def _heading(name: str) -> str:
    return f"<tr><td colspan=2><b>{name}</b></td></tr>"


def _rows(rows: Sequence[Row]) -> str:
    cells = (f"<td width=100>{key}</td><td width=150>{words}</td>" for key, words in rows)
    return "".join(f"<tr>{each}</tr>" for each in cells)
