"""The reader of tables: what it reads, and that whatever is wrong is told with its line."""

from __future__ import annotations

import csv
import io
from math import inf, isnan, nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mlp_playground.data import table as module
from mlp_playground.data.dialect import SEPARATORS, is_missing, number
from mlp_playground.data.table import (
    PREVIEW_CELL,
    PREVIEW_ROWS,
    Table,
    lines_named,
    listed,
    parse_table,
    read_table,
    read_text,
    unique,
)
from mlp_playground.errors import InvalidValue

PETS = "height,weight,kind\n25,4.5,cat\n60,30,dog\n24,,cat\n30,?,NA\n"


def parsed(text: str, separator: str | None = None, has_header: bool | None = None) -> Table:
    return parse_table(text, "pets.csv", separator, has_header)


def refusal(text: str, separator: str | None = None) -> InvalidValue:
    with pytest.raises(InvalidValue) as caught:
        parsed(text, separator)
    assert caught.value.field == "pets.csv"
    return caught.value


def values(table: Table, name: str) -> list[float | None]:
    return [None if isnan(value) else value for value in table.column(name).values.tolist()]


def test_a_table_is_read_by_columns() -> None:
    table = parsed(PETS)
    assert table.header == ("height", "weight", "kind")
    assert (table.separator, table.decimal, table.has_header, len(table)) == (",", ".", True, 4)
    assert [column.kind for column in table.columns] == ["numeric", "numeric", "text"]
    assert values(table, "height") == [25, 60, 24, 30]
    assert values(table, "weight") == [4.5, 30, None, None]
    kind = table.column("kind")
    assert kind.categories == ("cat", "dog")
    assert values(table, "kind") == [0, 1, 0, None]
    assert (kind.text_line, kind.text) == (2, "cat")
    assert table.preview == (("25", "4.5", "cat"), ("60", "30", "dog"), ("24", "", "cat"), ("30", "?", "NA"))


def test_missing_cells_are_told_by_the_files_lines() -> None:
    table = parsed(PETS)
    assert table.lines.tolist() == [2, 3, 4, 5]
    assert table.missing("weight") == (4, 5)
    assert table.missing("kind") == (5,)
    assert table.missing("height", "kind") == (5,)
    assert table.missing("height") == table.missing() == ()


def test_lines_are_counted_through_empty_ones_and_cells_of_several_lines() -> None:
    text = 'a,b,c\r\n\r\n1,2,"two\r\nlines"\r\n , ,\r\n"3",4,one\r\n5,,x'
    table = parsed(text)
    assert table.lines.tolist() == [3, 6, 7]
    assert table.missing("b") == (7,)
    assert table.column("c").categories == ("one", "two\r\nlines", "x")


def test_without_names_columns_have_numbers() -> None:
    table = parsed("1,2,cat\n3,4,dog\n")
    assert table.header == ("column 1", "column 2", "column 3")
    assert table.lines.tolist() == [1, 2]
    assert not table.has_header


def test_separator_and_names_can_be_said() -> None:
    assert parsed("1,2,3\n4,5,6\n", has_header=True).header == ("1", "2", "3")
    assert len(parsed("a,b,c\nd,e,f\n", has_header=False)) == 2
    assert parsed("a,b;c;d\n1,2;3;4\n", separator=";").header == ("a,b", "c", "d")


def test_decimal_commas_are_read_between_semicolons() -> None:
    table = parsed("a;b;c\n1,5;2;x\n-0,25;1.5;y\n")
    assert table.decimal == ","
    assert values(table, "a") == [1.5, -0.25]
    assert table.column("b").kind == "text", "a point parts no decimals here"
    assert (table.column("b").text_line, table.column("b").text) == (3, "1.5")


def test_infinity_is_a_number_that_can_be_told_later() -> None:
    assert parsed("a,b,c\n1,inf,2\n3,-1e999,5\n").column("b").values.tolist() == [inf, -inf]


def test_the_fast_way_and_the_careful_one_agree() -> None:
    cells = ["1", "2.5", "nan", "-1e-3"]
    fast = module._all_numbers(cells, ".")
    assert fast is not None
    assert np.array_equal(fast, np.array([number(cell, ".") for cell in cells], float), equal_nan=True)
    for odd in ("1_0", "１", "", "x"):
        assert module._all_numbers([*cells, odd], ".") is None
    assert module._all_numbers(["1"], ",") is None


def test_spaces_around_cells_do_not_count() -> None:
    table = parsed('a , b,c\n 1, 2 ,"x, y"\n3 ,4, "z"\n')
    assert table.header == ("a", "b", "c")
    assert values(table, "b") == [2, 4]
    assert table.column("c").categories == ("x, y", "z")


def test_a_column_without_anything_is_there_and_empty() -> None:
    table = parsed("a,b,c,\n1,,x,\n2,,y,\n")
    assert table.header == ("a", "b", "c", "column 4")
    assert np.isnan(table.column("b").values).all()
    assert table.column("b").kind == "numeric"


def test_an_unknown_column_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidValue, match=r"column: 'age' .* one of those of pets.csv: height, weight and kind"):
        parsed(PETS).column("age")


def test_the_preview_is_short() -> None:
    table = parsed("a,b,c\n" + f"1,2,{'x' * 500}\n" * 50)
    assert len(table.preview) == PREVIEW_ROWS
    assert table.preview[0] == ("1", "2", "x" * PREVIEW_CELL)


# -- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found", "allowed"),
    [
        ("", "an empty file", "a table with a row for each sample"),
        ("\n \n\t\t\n", "an empty file", "a table with a row for each sample"),
        ("a,b,c\n", "one row of names", "a table with rows below the names of its columns"),
        ("a,b,c\n1,2\n3,4,5\n", "cells: 2 in line 2", "3 cells in each row, as in line 1"),
        ("My pets\n\na,b,c\n1,2,3\n", "cells: 1 in line 1", "3 cells in each row, as in line 3"),
        (
            "a,b,c\n" + "1,2,3\n" * 9 + "1\n" * 5,
            "cells: 1 in line 11, 1 in line 12, 1 in line 13 and 2 more",
            "3 cells",
        ),
        ("a,b\n1,2\n", "2 cells in line 1, parted by comma", "a table of at least 3 columns: two inputs and a target"),
        ("hello\nworld\n", "1 cell in line 1, parted by comma", "a table of at least 3 columns"),
        ('a,b,c\n1,2,"x\n3,4,y\n', "the cells from line 2 on (", "a table in which each quote that opens a cell"),
        ('a,b,c\n1,"2"x,3\n', "the cells from line 2 on (", "a table in which each quote that opens a cell"),
        (f"a,b,c\n1,2,{'x' * 200_000}\n", "the cells from line 2 on (", "a table in which each quote"),
    ],
)
def test_a_wrong_table_is_refused_with_line_and_reason(text: str, found: str, allowed: str) -> None:
    error = refusal(text)
    assert str(error.value).startswith(found)
    assert error.allowed.startswith(allowed)


@pytest.mark.parametrize(
    ("name", "limit", "text"),
    [
        ("MAX_ROWS", 3, "a,b,c\n" + "1,2,3\n" * 4),
        ("MAX_COLUMNS", 4, "1,2,3,4,5\n"),
        ("MAX_CELLS", 11, "a,b,c\n" + "1,2,3\n" * 3),
    ],
)
def test_more_than_can_be_held_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, limit: int, text: str) -> None:
    monkeypatch.setattr(module, name, limit)
    assert "a table of at most" in refusal(text).allowed


def test_as_much_as_can_be_held_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in (("MAX_ROWS", 3), ("MAX_COLUMNS", 3), ("MAX_CELLS", 12)):
        monkeypatch.setattr(module, name, limit)
    assert len(parsed("a,b,c\n" + "1,2,3\n" * 3)) == 3


# -- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "größen.csv"
    path.write_bytes("Größe,b,Tür\n1,2,auf\n3,4,über\n".encode(encoding))
    table = read_table(path)
    assert (table.name, table.header) == ("größen.csv", ("Größe", "b", "Tür"))
    assert table.column("Tür").categories == ("auf", "über")


@pytest.mark.parametrize(
    ("content", "allowed"),
    [(b"PK\x03\x04\x00\x00", "a table as text; a spreadsheet can save"), (b"x" * 12, "a table of at most 50 MB")],
)
def test_what_is_no_table_at_all_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, allowed: str
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 11)
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(InvalidValue, match=r"^a\.csv: ") as caught:
        read_text(tmp_path / "a.csv")
    assert caught.value.allowed.startswith(allowed)


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InvalidValue, match=f"^{path.name}: .* must be a file that can be read$"):
            read_table(path)


# -- words ------------------------------------------------------------------------------------------------------------


def test_names_are_unique_and_in_one_line() -> None:
    assert unique(["a", "", "a", "a  \n b", "a (2)", "a"]) == ["a", "column 2", "a (2)", "a b", "a (2) (2)", "a (3)"]
    assert unique(["column 2", ""]) == ["column 2", "column 2 (2)"]


def test_lists_are_written_as_one_says_them() -> None:
    assert [listed("abc"[:n]) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]
    assert listed(()) == ""
    assert listed(range(7), 3) == "0, 1, 2 and 4 more"
    assert lines_named([7]) == "line 7"
    assert lines_named([7, 9, 12]) == "lines 7, 9 and 12"


# -- any text ---------------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(st.text(st.sampled_from("ab1.,;|\t\"'\r\n _é")) | st.text(max_size=80))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    try:
        table = parsed(text)
    except InvalidValue:
        return
    n = len(table)
    assert n >= 1
    assert len(set(table.header)) == len(table.columns) >= 3
    assert all(column.values.shape == (n,) for column in table.columns)
    assert (np.diff(table.lines) > 0).all()
    assert 1 <= table.lines[0] <= table.lines[-1] <= text.count("\n") + text.count("\r") + 1


CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=6) | st.sampled_from(
    ["1", "2.5", "-3e2", "nan", "?", "a,b", "a;b", 'say "x"', "two\nlines"]
)


@settings(max_examples=300)
@given(
    st.integers(3, 5).flatmap(lambda k: st.lists(st.lists(CELLS, min_size=k, max_size=k), min_size=1, max_size=6)),
    st.sampled_from(sorted(SEPARATORS)),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_what_was_written_is_read(rows: list[list[str]], separator: str, end: str, quote: bool) -> None:
    """Against the standard library's writer and a plain loop over the cells."""
    trimmed = [[cell.strip() for cell in row] for row in rows]
    assume(any(map(any, trimmed)))
    buffer = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL
    # what begins with a space and a quote would have to be in quotes, which the writer doesn't know
    csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting).writerows(trimmed)
    table = parse_table(buffer.getvalue(), "x", separator, has_header=False)
    kept = [row for row in trimmed if any(row)]
    assert len(table) == len(kept)
    for column, cells in zip(table.columns, zip(*kept, strict=True), strict=True):
        there = [None if is_missing(cell) else cell for cell in cells]
        numbers = [nan if cell is None else number(cell, table.decimal) for cell in there]
        if None in numbers:
            texts = [None if isnan(v) else column.categories[int(v)] for v in column.values]
            assert texts == there
        else:
            assert np.array_equal(column.values, np.array(numbers, float), equal_nan=True)
