"""`train --data FILE.csv`: a table of the user's own, and which of its columns are what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mlp_playground.data.from_table import to_own_data, usual_inputs, usual_target
from mlp_playground.data.own import OwnData
from mlp_playground.data.table import Table, lines_named, listed, read_table
from mlp_playground.errors import InvalidValue

OPTIONS = ("--target", "--inputs", "--task")
"""The options that are for tables alone."""
SHOWN = 20
"""Names of columns that are listed before the rest is only counted."""


def read_own(path: Path, given: Mapping[str, Any]) -> tuple[OwnData, tuple[str, ...]]:
    """The samples in a file, as the options ask for, and lines that tell what was made of it. Raises InvalidValue."""
    try:
        table = read_table(path)
        target = given.get("--target") or usual_target(table)
        inputs = given.get("--inputs") or _inputs(table, target)
        own = to_own_data(table, inputs, target, given.get("--task"))
    except InvalidValue as error:
        options = {"inputs": "--inputs", "target": "--target", "own data": f"--data {path.name}"}
        option = options.get(error.field, f"--data {error.field}")
        raise InvalidValue(option, error.value, error.allowed) from error
    return own, tuple(f"{table.name}: {words}" for words in _words(table, own))


def _inputs(table: Table, target: str) -> tuple[str, ...]:
    """All columns of numbers but the target."""
    inputs = usual_inputs(table, target)
    if len(inputs) < 2:
        found = f"{listed(inputs) or 'no column'} beside the target {target}"
        raise InvalidValue(table.name, found, "a table with two columns of different numbers or more to predict from")
    return inputs


def _words(table: Table, own: OwnData) -> Iterator[str]:
    what = listed(own.classes, SHOWN) if own.classes else "a number"
    yield f"{len(own.samples):,} rows, from {listed(own.inputs, SHOWN)} to {own.target} ({what})"
    if left_out := table.missing(*own.inputs, own.target):
        rows = "1 row is" if len(left_out) == 1 else f"{len(left_out):,} rows are"
        yield f"{rows} left out, as cells are missing ({lines_named(left_out)})"
