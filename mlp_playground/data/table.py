"""Reads a table from a text file (CSV, TSV) that somebody picked: whatever is wrong is told with its line."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dialect import (
    SEPARATORS,
    Decimal,
    find_decimal,
    find_header,
    find_separator,
    is_missing,
    number,
)
from mlp_playground.errors import InvalidValue

MAX_BYTES = 50_000_000
MAX_ROWS, MAX_COLUMNS = 100_000, 1000
MAX_CELLS = 2_000_000
"""What can still be read while somebody waits, and held: some 3 s and 300 MB."""
LEAST_COLUMNS = 3
SAMPLE_ROWS = 200
"""Rows that are looked at to find out how the table is written."""
PREVIEW_ROWS, PREVIEW_CELL = 20, 100
"""Rows, and characters of each of their cells, that are kept as they were written."""


@dataclass(frozen=True, eq=False)
class Column:
    """One column. `values` (N,) are its numbers or, of a text column, places in `categories`; NaN where a cell is
    missing. `categories` are its different texts in alphabetical order, none for numbers.

    `text_line` is the line of the first cell that is no number, `text` what stands there.
    """

    name: str
    values: NDArray[np.float64]
    categories: tuple[str, ...] = ()
    text_line: int = 0
    text: str = ""

    @property
    def kind(self) -> Literal["numeric", "text"]:
        """Numbers alone, or anything."""
        return "text" if self.categories else "numeric"


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it was read: `columns` and, for each of its N rows, the file's line (from 1) on which it begins.

    `separator`, `decimal` and `has_header` say how it was taken. `preview` are its first rows as written.
    """

    name: str
    columns: tuple[Column, ...]
    lines: NDArray[np.int64]
    preview: tuple[tuple[str, ...], ...]
    separator: str
    decimal: Decimal
    has_header: bool

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' names: those of the first row, or column 1, column 2, …"""
        return tuple(column.name for column in self.columns)

    def missing(self, *names: str) -> tuple[int, ...]:
        """The lines of the rows in which a cell of these columns is missing. Raises InvalidValue for another name."""
        gaps = [np.isnan(self.column(name).values) for name in names]
        return tuple(self.lines[np.logical_or.reduce(gaps)].tolist()) if gaps else ()

    def column(self, name: str) -> Column:
        """The column of that name. Raises InvalidValue."""
        found = next((column for column in self.columns if column.name == name), None)
        if found is None:
            raise InvalidValue("column", name, f"one of those of {self.name}: {listed(self.header, 20)}")
        return found


def read_table(path: Path, separator: str | None = None, has_header: bool | None = None) -> Table:
    """The table in a file; None: find out. Raises InvalidValue with file, line and what is allowed."""
    return parse_table(read_text(path), path.name, separator, has_header)


def read_text(path: Path) -> str:
    """A file as text: UTF-8, with or without a byte order mark, else Latin-1. Raises InvalidValue."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidValue(path.name, error.strerror or str(error), "a file that can be read") from error
    if len(content) > MAX_BYTES:
        raise InvalidValue(path.name, "more than 50 MB", "a table of at most 50 MB")
    if b"\0" in content:
        raise InvalidValue(path.name, "no text", "a table as text; a spreadsheet can save its sheets so, as CSV")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def parse_table(text: str, name: str, separator: str | None = None, has_header: bool | None = None) -> Table:
    """The table in a text; `name` is the file's, for messages. Otherwise like `read_table`."""
    separator = separator or find_separator(text)
    lines, rows = _rows(text, name, separator)
    if not rows:
        raise InvalidValue(name, "an empty file", "a table with a row for each sample")
    _check_widths(name, separator, lines, rows)
    decimal = find_decimal(rows[:SAMPLE_ROWS], separator)
    has_header = find_header(rows[:SAMPLE_ROWS], decimal) if has_header is None else has_header
    names = rows.pop(0) if has_header else [""] * len(rows[0])
    lines = lines[1:] if has_header else lines
    if not rows:
        raise InvalidValue(name, "one row of names", "a table with rows below the names of its columns")
    preview = tuple(tuple(cell[:PREVIEW_CELL] for cell in row) for row in rows[:PREVIEW_ROWS])
    columns = zip(unique(names), zip(*rows, strict=True), strict=True)
    read = tuple(_column(column, cells, decimal, lines) for column, cells in columns)
    return Table(name, read, np.array(lines), preview, separator, decimal, has_header)


def _rows(text: str, name: str, separator: str) -> tuple[list[int], list[list[str]]]:
    """The lines on which the rows begin, and their cells, trimmed. Empty rows are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    cells, begin = 0, 1
    while (row := _next_row(reader, name, begin)) is not None:
        trimmed = [cell.strip() for cell in row]
        if any(trimmed):
            lines.append(begin)
            rows.append(trimmed)
        begin, cells = reader.line_num + 1, cells + len(row)
        if len(rows) > MAX_ROWS + 1 or len(row) > MAX_COLUMNS or cells > MAX_CELLS:
            allowed = f"a table of at most {MAX_ROWS:,} rows, {MAX_COLUMNS:,} columns and {MAX_CELLS:,} cells"
            raise InvalidValue(name, f"{len(rows):,} rows of {len(row):,} cells and more", allowed)
    return lines, rows


def _next_row(reader: Iterator[list[str]], name: str, line: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        allowed = "a table in which each quote that opens a cell is closed right before the next separator"
        raise InvalidValue(name, f"the cells from line {line} on ({error})", allowed) from None


def _check_widths(name: str, separator: str, lines: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
    widths = [len(row) for row in rows]
    width = Counter(widths).most_common(1)[0][0]  # a title may stand above the table
    if width < LEAST_COLUMNS:
        cells = "1 cell" if width == 1 else f"{width} cells"
        found = f"{cells} in line {lines[widths.index(width)]}, parted by {SEPARATORS[separator]}"
        raise InvalidValue(name, found, f"a table of at least {LEAST_COLUMNS} columns: two inputs and a target")
    wrong = [f"{cells} in line {line}" for cells, line in zip(widths, lines, strict=True) if cells != width]
    if wrong:
        allowed = f"{width} cells in each row, as in line {lines[widths.index(width)]}"
        raise InvalidValue(name, f"cells: {listed(wrong, 3)}", allowed)


def _column(name: str, cells: Sequence[str], decimal: Decimal, lines: Sequence[int]) -> Column:
    """A column of numbers, or with the first cell that is none one of texts."""
    values = _all_numbers(cells, decimal)
    if values is not None:
        return Column(name, values)
    values = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        value = number(cell, decimal)
        if value is not None:
            values[row] = value
        elif not is_missing(cell):
            return _text_column(name, cells, lines[row], cell)
    return Column(name, values)


def _all_numbers(cells: Sequence[str], decimal: Decimal) -> NDArray[np.float64] | None:
    """What `number` makes of each cell, ten times as fast, or None where it is not so simple."""
    together = "".join(cells)
    if decimal != "." or "_" in together or not together.isascii():
        return None
    try:
        return np.array(list(map(float, cells)))
    except ValueError:
        return None


def _text_column(name: str, cells: Sequence[str], text_line: int, text: str) -> Column:
    categories = tuple(sorted({cell for cell in cells if not is_missing(cell)}))
    places = {cell: float(place) for place, cell in enumerate(categories)}
    values = np.array([places.get(cell, np.nan) for cell in cells])
    return Column(name, values, categories, text_line, text)


def unique(names: Sequence[str]) -> list[str]:
    """The names, each in one line; one that is empty or was there before gets a number."""
    result: list[str] = []
    for place, name in enumerate(names, 1):
        plain = " ".join(name.split()) or f"column {place}"
        versions = (plain if k == 1 else f"{plain} ({k})" for k in count(1))
        result.append(next(version for version in versions if version not in result))
    return result


def listed(names: Sequence[object], most: int = 5) -> str:
    """As one says it: a, b and c; of more than `most` only so many: a, b, c and 7 more."""
    if len(names) > most:
        return f"{', '.join(map(str, names[:most]))} and {len(names) - most:,} more"
    texts = [str(name) for name in names]
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))


def lines_named(lines: Sequence[int]) -> str:
    """Where something stands: line 7, or lines 7, 9 and 12."""
    return f"line {lines[0]}" if len(lines) == 1 else f"lines {listed(lines)}"
