"""What is said of linear regions: how many there could be, and what the network does in one of them."""

from __future__ import annotations

from itertools import groupby
from math import hypot, log10

import numpy as np

from mlp_playground.analysis.bound import Cuts, bound
from mlp_playground.analysis.patterns import Patterns
from mlp_playground.analysis.regions import Regions
from mlp_playground.data.dataset import Dataset, Scale
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.numerals import grouped, percent, raised
from mlp_playground.views.canvas.plane_axes import axes_of

LISTED = 24
"""Corners or neurons that are written down; of more only the first."""
BOUND_TIP = (
    "The most regions that a network of these widths could have.\n"
    "n lines cut the plane into at most C(n, 0) + C(n, 1) + C(n, 2) = 1 + n + n (n − 1) / 2 pieces:\n"
    "each line adds one, and each crossing of two lines another.\n"
    "A further layer can cut each piece anew into as many, so the product counts.\n"
    "Trained networks of several layers stay far below it."
)


def large(number: int) -> str:
    """A whole number; a huge one as a power of ten."""
    if number < 10**7:
        return grouped(number)
    power = int(log10(number))
    return f"{number / 10**power:.1f} · 10{raised(power)}"


def bound_formula(layers: tuple[Cuts, ...]) -> str:
    """How the bound comes about, with numbers and in symbols."""
    if not layers:
        return "No neuron folds the plane, so it stays one piece"
    factors = []
    for terms, group in groupby(layer.terms for layer in layers):
        times, total = len(list(group)), " + ".join(map(grouped, terms))
        factor = f"({total})" if len(layers) > 1 and len(terms) > 1 else total
        factors.append(factor + (raised(times) if times > 1 else ""))
    symbols = "Σ C(n, k)" if len(layers) == 1 else "Π Σ C(n, k)"
    highest = max(layer.dimensions for layer in layers)
    return f"At most {symbols}, k ≤ {highest}:  {' · '.join(factors)} = {large(bound(layers))}"


def grid_words(counted: Patterns) -> str:
    """Why the regions are not exact, and what was counted instead."""
    rows, columns = counted.numbers.shape
    why = "Too close together to be cut" if counted.beyond is None else f"More than {grouped(counted.beyond)} regions"
    return f"{why}: {grouped(len(counted))} patterns of active neurons counted on a grid of {rows} × {columns} points"


def plane_axes(snapshot: Snapshot) -> tuple[Scale, Scale]:
    """What the two directions of the picture are called, and their units."""
    field = snapshot.field
    return axes_of(snapshot.data) if field is None or field.slice is None else field.slice.axes


def formulas(regions: Regions, r: int, data: Dataset, axes: tuple[Scale, Scale]) -> list[str]:
    """The affine map of region `r`, one line for each output, in the user's own units."""
    return [
        f"{name} = {affine(row, axes, data.target)}"
        for name, row in zip(output_names(data), regions.maps[r], strict=True)
    ]


def output_names(data: Dataset) -> list[str]:
    """What the outputs' sums are called."""
    if data.task == "regression":
        return [data.target.name if data.target is not None else "prediction"]
    return [f"z({name})" for name in data.classes] if data.task == "classes" else ["z"]


def affine(row: np.ndarray, axes: tuple[Scale, Scale], target: Scale | None = None) -> str:
    """w₁ x₁ + w₂ x₂ + b with its numbers, from the plane's own units brought back to those of `axes` and `target`."""
    w1, w2, b = row.tolist()
    b += w1 * axes[0].offset + w2 * axes[1].offset
    w1, w2 = w1 * axes[0].factor, w2 * axes[1].factor
    if target is not None:
        w1, w2, b = w1 / target.factor, w2 / target.factor, target.back(b)
    first, second, last = number(w1), number(abs(w2)), number(abs(b))
    return f"{first} {axes[0].name} {_sign(w2)} {second} {axes[1].name} {_sign(b)} {last}"


def meaning(data: Dataset) -> str:
    """What the formula's value says."""
    if data.task == "regression":
        return ""
    if data.task == "classes":
        return "the largest z wins"
    return f"z > 0: {data.classes[1]}, z < 0: {data.classes[0]}"


def slope_words(regions: Regions, r: int) -> str:
    """How steep it is there, and how large."""
    area = float(regions.areas()[r])
    share = area / (2 * regions.extent.half_width) ** 2
    return f"slope {number(hypot(*regions.slopes()[r].tolist()))}, area {number(area)} ({percent(share)} of the view)"


def corner_words(regions: Regions, r: int, axes: tuple[Scale, Scale]) -> str:
    """Its corners, anticlockwise, in the user's own units."""
    corners = [
        "(" + ", ".join(number(scale.back(x)) for scale, x in zip(axes, corner, strict=True)) + ")"
        for corner in regions.polygon(r).tolist()
    ]
    return f"{len(corners)} corners: {_shortened(corners)}"


def active_words(regions: Regions, r: int, snapshot: Snapshot) -> list[str]:
    """The neurons that pass on what they hear, a line for each layer."""
    lines, start = [], 0
    for layer, width in enumerate(snapshot.architecture.widths[1:-1]):
        on = np.flatnonzero(regions.patterns[r, start : start + width]) + 1
        start += width
        which = f": {_shortened([str(k) for k in on.tolist()])}" if 0 < len(on) < width else ""
        lines.append(f"layer {layer + 1}: {len(on)} of {width} active{which}")
    return lines


def number(value: float) -> str:
    """Three digits that tell something."""
    text = f"{value:.3g}" if 1e-3 <= abs(value) < 1e6 or value == 0 else f"{value:.1e}"
    return text.replace("-", "−")


def _sign(value: float) -> str:
    return "−" if value < 0 else "+"


def _shortened(each: list[str]) -> str:
    return ", ".join(each[:LISTED]) + (f" … and {len(each) - LISTED} more" if len(each) > LISTED else "")
