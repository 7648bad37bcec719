"""What a saved experiment remembers of how it was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from mlp_playground.data.extent import Extent
from mlp_playground.experiment.document import Scalar
from mlp_playground.views.canvas.canvas_options import OPTIONS
from mlp_playground.views.canvas.output_panel import OutputPanel
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.canvas.region_colours import FILLINGS

EXTENT = ("centre_x1", "centre_x2", "half_width")


def remembered(showing: Showing) -> dict[str, Scalar]:
    """What a file keeps of what is shown."""
    result: dict[str, Scalar] = {name: getattr(showing, name) for name in OPTIONS}
    result["filling"] = showing.filling
    if showing.extent is not None:
        result.update(zip(EXTENT, (*showing.extent.centre, showing.extent.half_width), strict=True))
    return result


def showing_of(view: Mapping[str, Scalar]) -> Showing:
    """What a file remembers of what is shown, where there is no window to show it in."""
    first = Showing(extent=_extent(view))
    chosen: dict[str, Any] = {name: bool(view.get(name, getattr(first, name))) for name in OPTIONS}
    return replace(first, filling=_filling(view, first.filling), **chosen)


def show_again(output: OutputPanel, view: Mapping[str, Scalar]) -> None:
    """Show what a file remembers; of what it doesn't, the boxes stay and the plane is shown whole."""
    for name in OPTIONS:
        box = output.options.box(name)
        box.setChecked(bool(view.get(name, box.isChecked())))
    before = output.canvas.showing
    output.canvas.show_options(replace(before, extent=_extent(view), filling=_filling(view, before.filling)))
    output.showing_changed.emit(output.canvas.showing)


def _filling(view: Mapping[str, Scalar], otherwise: str) -> str:
    """What a file fills regions with, if it is something that there is."""
    filling = view.get("filling")
    return filling if isinstance(filling, str) and filling in FILLINGS else otherwise


def _extent(view: Mapping[str, Scalar]) -> Extent | None:
    """The part of the plane that a file names; None where it names none, or nothing that could be one."""
    values = [view.get(name) for name in EXTENT]
    x1, x2, half = (float(v) if isinstance(v, int | float) and isfinite(v) else None for v in values)
    return None if x1 is None or x2 is None or half is None or half <= 0 else Extent((x1, x2), half)
