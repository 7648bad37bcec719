"""How a table is written: what stands between its cells, how its decimals are marked, and whether it begins with names.

csv.Sniffer would take the decimal commas of "1,5;2,5" for separators; here the cells themselves are looked at.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Literal

Decimal = Literal[".", ","]
DECIMALS: tuple[Decimal, Decimal] = (".", ",")
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""What can stand between cells, and what it is called."""
MISSING = {"", "-", "?", "na", "n/a", "nan", "null", "#n/a"}
"""What stands in a cell that has no value, in small letters."""
SAMPLE = 100_000
"""Characters from the beginning that are looked at."""
SAMPLE_ROWS = 200

Rows = Sequence[Sequence[str]]


def number(cell: str, decimal: Decimal) -> float | None:
    """The number in a cell, ±infinity included, or None for anything else."""
    if decimal == ",":
        if "." in cell:
            return None
        cell = cell.replace(",", ".", 1)
    try:
        value = float(cell)
    except ValueError:
        return None
    # Python reads 1_000 and the digits of all scripts, which no spreadsheet would
    return value if "_" not in cell and cell.isascii() else None


def is_missing(cell: str) -> bool:
    """Whether there is no value in a cell."""
    return len(cell) <= 4 and cell.lower() in MISSING


def first_rows(text: str, separator: str) -> list[list[str]]:
    """The rows at the beginning of a table with that separator, their cells trimmed; empty rows are left out."""
    # lenient: wrong quotes are told by whoever reads the whole table
    sample = text[:SAMPLE].replace("\0", " ")  # Python 3.10 reads no line with one, not even wrongly
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, skipinitialspace=True)
    trimmed = ([cell.strip() for cell in row] for row in reader)
    rows = list(islice(filter(any, trimmed), SAMPLE_ROWS))
    return rows[:-1] if len(text) > SAMPLE and len(rows) > 1 else rows  # the last one may be cut short


def find_separator(text: str) -> str:
    """The separator that makes the most regular table of the text, with the most numbers in it."""
    return max(SEPARATORS, key=lambda separator: _regularity(first_rows(text, separator), separator))


def _regularity(rows: Rows, separator: str) -> tuple[float, int]:
    """How likely these are cells: rows of one width, with numbers in them; then how many cells to a row."""
    if not rows:
        return 0.0, 0
    width, count = Counter(map(len, rows)).most_common(1)[0]
    decimal = find_decimal(rows, separator)
    cells = [cell for row in rows for cell in row]
    numbers = sum(number(cell, decimal) is not None for cell in cells)
    return (count / len(rows)) * (1 + numbers / len(cells)) if width > 1 else 0.0, width


def find_decimal(rows: Rows, separator: str) -> Decimal:
    """Decimals have commas where semicolons part the cells and more numbers are written with a comma than a point."""
    if separator != ";":
        return "."
    with_point, with_comma = (_count_decimals(rows, mark) for mark in DECIMALS)
    return "," if with_comma > with_point else "."


def _count_decimals(rows: Rows, mark: Decimal) -> int:
    return sum(mark in cell and number(cell, mark) is not None for row in rows for cell in row)


def find_header(rows: Rows, decimal: Decimal) -> bool:
    """Whether the first of these rows of one width is one of names: a text stands above a column of numbers, or in a
    table of texts alone it is one too."""
    first, columns = rows[0], zip(*rows[1:], strict=True)
    above = [name for name, column in zip(first, columns, strict=False) if _is_numeric(column, decimal)]
    return any(not is_missing(name) and number(name, decimal) is None for name in above or first)


def _is_numeric(cells: Sequence[str], decimal: Decimal) -> bool:
    there = [cell for cell in cells if not is_missing(cell)]
    return bool(there) and all(number(cell, decimal) is not None for cell in there)
