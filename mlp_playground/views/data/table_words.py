"""What becomes of a table when it is made into samples, in sentences."""

from __future__ import annotations

import numpy as np

from mlp_playground.data.dataset import Scale
from mlp_playground.data.own import REACH, OwnData
from mlp_playground.data.table import Table, lines_named, listed
from mlp_playground.numerals import grouped
from mlp_playground.views.scale_numbers import own_number

SHOWN = 10
"""Classes that are counted one by one."""


def words(table: Table, own: OwnData) -> str:
    """Which rows are used, what is learned from them, and how the numbers are scaled."""
    return "\n".join((_rows(table, own), _target(own), _inputs(own)))


def _rows(table: Table, own: OwnData) -> str:
    left_out = table.missing(*own.inputs, own.target)
    if not left_out:
        return f"All {grouped(len(table))} rows are used."
    others = "in the other one" if len(left_out) == 1 else f"in the other {grouped(len(left_out))}"
    used = f"{grouped(len(own.samples))} of {grouped(len(table))} rows are used"
    return f"{used}; {others} a cell is missing ({lines_named(left_out)})."


def _target(own: OwnData) -> str:
    if own.task == "regression":
        span = _span(Scale(own.target, own.target_factor, own.target_offset), own.samples.y)
        return f"To predict: {own.target}, {span}. It is scaled to −1…1."
    counts = np.bincount(own.samples.y, minlength=len(own.classes)).tolist()
    classes = [f"{name} ({grouped(n)})" for name, n in zip(own.classes, counts, strict=True)]
    return f"To tell apart: {listed(classes, SHOWN)}."


def _inputs(own: OwnData) -> str:
    if own.space == "table":
        scaled = f"Each input is scaled: its smallest number becomes −{REACH:g}, its largest {REACH:g}."
        seen = "the picture shows the plane along which they vary most"
        return f"{scaled} The network is told all {len(own.inputs)} of them; {seen}."
    scales = map(Scale, own.inputs, own.factor, own.offset)
    right, up = (f"{scale.name} {_span(scale, row)}" for scale, row in zip(scales, own.samples.X, strict=True))
    return f"To the right: {right}. Upwards: {up}. Both are scaled to −{REACH:g}…{REACH:g} of the plane."


def _span(scale: Scale, values: np.ndarray) -> str:
    low, high = sorted(scale.back(float(end)) for end in (values.min(), values.max()))
    return f"from {own_number(low)} to {own_number(high)}"
