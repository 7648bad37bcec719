"""From a table to samples: which columns can be inputs or the target, rows with gaps left out, all scaled alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Samples, Task
from mlp_playground.data.own import MOST_CLASSES, REACH, OwnData, check_can_train
from mlp_playground.data.table import Column, Table, lines_named, listed
from mlp_playground.errors import InvalidValue

Problem = Literal["classify", "regress"]
"""What the target asks for: to tell its values apart as classes, or to predict a number."""

TARGET_REACH = 1.0
"""Numbers to predict are scaled to −TARGET_REACH…TARGET_REACH."""
WHOLE = 2.0**53
"""Beyond it not every whole number is a float64."""

Values = NDArray[np.float64]


def usual_target(table: Table) -> str:
    """The last column that can be a target; where none can, the last one."""
    usable = [column.name for column in table.columns if problems(column)]
    return (usable or table.header)[-1]


def usual_inputs(table: Table, target: str) -> tuple[str, ...]:
    """All columns but the target that can be inputs."""
    return tuple(each.name for each in table.columns if each.name != target and not why_no_input(each))


def problems(column: Column) -> tuple[Problem, ...]:
    """What a column can be the target of, the usual one first; nothing for a useless one."""
    can_classify = 2 <= len(_classes(column)) <= MOST_CLASSES
    can_regress = not why_no_input(column)
    found: tuple[Problem, ...] = ("classify",) if can_classify else ()
    return (*found, "regress") if can_regress else found


def usual_problem(column: Column) -> Problem:
    """What a target usually asks for: texts and a few whole numbers to be told apart, other numbers to be predicted."""
    return next(iter(problems(column)), "classify" if column.kind == "text" else "regress")


def why_no_input(column: Column) -> str:
    """Why a column can't be an input, in a few words; nothing if it can."""
    if column.kind == "text":
        return f"has text in line {column.text_line}"
    if np.isnan(column.values).all():
        return "is empty"
    if np.isinf(column.values).any():
        return "has an infinite number"
    return "" if _scaling(column.values, REACH) else "is always the same"


def to_own_data(table: Table, inputs: Sequence[str], target: str, problem: Problem | None = None) -> OwnData:
    """Samples from a table: `inputs` are two or more columns of numbers, `target` another column.

    To classify, the target is text or whole numbers with 2 to MOST_CLASSES different values, to regress, numbers;
    None: whichever is usual for it. Rows with a missing cell in these columns are left out (`table.missing` says on
    which lines). Of the rows that are left, each input's smallest value becomes −REACH and its largest REACH, those of
    a number to predict ∓TARGET_REACH. Raises InvalidValue naming the file, the column and what is allowed.
    """
    _check_names(table, inputs, target)
    chosen = [table.column(name) for name in inputs]
    aim = table.column(target)
    kept = ~np.logical_or.reduce([np.isnan(column.values) for column in (*chosen, aim)])
    if not kept.any():
        raise InvalidValue(table.name, "a gap in each row", "a table with rows in which no chosen cell is missing")
    scaled = [_scaled(table, column, kept, REACH) for column in chosen]
    X = np.stack([values for values, _, _ in scaled])
    factor, offset = tuple(f for _, f, _ in scaled), tuple(o for _, _, o in scaled)
    if (problem or usual_problem(aim)) == "classify":
        y, classes = _labels(table, aim, kept)
        task: Task = "binary" if len(classes) == 2 else "classes"
        own = OwnData(table.name, task, Samples(X, y), tuple(inputs), classes, factor, offset, target)
    else:
        numbers, *scaling = _scaled(table, aim, kept, TARGET_REACH)
        own = OwnData(
            table.name, "regression", Samples(X, numbers), tuple(inputs), (), factor, offset, target, *scaling
        )
    check_can_train(own)
    return own


def _check_names(table: Table, inputs: Sequence[str], target: str) -> None:
    for field, names in (("inputs", inputs), ("target", (target,))):
        for name in names:
            if name not in table.header:
                raise InvalidValue(field, name, f"one of the columns of {table.name}: {listed(table.header, 20)}")
    if len(inputs) < 2 or len(set(inputs)) < len(inputs):
        raise InvalidValue("inputs", ", ".join(inputs) or "none", f"two or more different columns of {table.name}")
    if target in inputs:
        raise InvalidValue("target", target, "another column than the inputs: it would answer itself")


def _scaled(
    table: Table, column: Column, kept: NDArray[np.bool_], reach: float
) -> tuple[NDArray[np.float32], float, float]:
    """The kept numbers (n,) scaled to −reach…reach, with factor and offset."""
    values, where = column.values[kept], f"{table.name}, column {column.name}"
    if column.kind == "text":
        raise InvalidValue(where, f"{column.text} in line {column.text_line}", "a number in each row")
    if np.isinf(values).any():
        at = lines_named(table.lines[kept][np.isinf(values)].tolist())
        raise InvalidValue(where, f"an infinite number in {at}", "a finite number in each row")
    scaling = _scaling(values, reach)
    if scaling is None:
        raise InvalidValue(where, f"always {values[0]:g}", "a column with different values: this one tells nothing")
    centre, factor = scaling
    return ((values - centre) * factor).astype(np.float32), factor, -centre * factor


def _scaling(values: Values, reach: float) -> tuple[float, float] | None:
    """The middle of finite numbers and the factor that takes their largest distance from it to `reach`; None where
    they don't differ enough for one. Missing ones don't count."""
    low, high = np.nanmin(values), np.nanmax(values)
    half = high / 2 - low / 2  # halves first: their difference always is a number
    if not half > reach / np.finfo(np.float64).max:
        return None
    return float(low / 2 + high / 2), float(reach / half)


def _labels(table: Table, column: Column, kept: NDArray[np.bool_]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The kept rows' classes (n,), and the names of those that are there."""
    values = column.values[kept]
    names = _classes(Column(column.name, values, column.categories))
    if not 2 <= len(names) <= MOST_CLASSES:
        allowed = f"a column of texts or whole numbers with 2 to {MOST_CLASSES} different ones, to be told apart"
        found = f"{len(names)} different ones" if names else "other numbers"
        raise InvalidValue(f"{table.name}, column {column.name}", found, allowed)
    return np.unique(values, return_inverse=True)[1].astype(np.int64), names


def _classes(column: Column) -> tuple[str, ...]:
    """The names of the different values, in their order; none for numbers that are not whole."""
    there = np.unique(column.values[~np.isnan(column.values)])
    if column.kind == "text":
        return tuple(column.categories[int(place)] for place in there)
    is_whole = (np.abs(there) < WHOLE).all() and (there == np.round(there)).all()
    return tuple(str(int(value)) for value in there) if is_whole else ()
