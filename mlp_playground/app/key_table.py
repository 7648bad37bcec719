"""The keys that F1 lists: those of the menus, and beside them those of the view that has the focus or the mouse."""

from __future__ import annotations

from collections.abc import Sequence

Row = tuple[str, str]
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


def key_table(of_menus: Sequence[Row]) -> str:
    """Both as one table of rich text."""
    rows = "".join(_heading(name) + _rows(of_view) for name, of_view in OF_VIEWS.items())
    left, right = (f"<td><table>{each}</table></td>" for each in (_heading("Everywhere") + _rows(of_menus), rows))
    return f"<table><tr>{left}<td width=32></td>{right}</tr></table>"


def _heading(name: str) -> str:
    return f"<tr><td colspan=2><b>{name}</b></td></tr>"


def _rows(rows: Sequence[Row]) -> str:
    cells = (f"<td width=100>{key}</td><td width=150>{words}</td>" for key, words in rows)
    return "".join(f"<tr>{each}</tr>" for each in cells)
