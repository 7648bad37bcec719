"""How a table is written is found out from its cells."""

from __future__ import annotations

import csv
from math import inf, isnan

import pytest

from mlp_playground.data.dialect import (
    SAMPLE,
    SEPARATORS,
    Decimal,
    find_decimal,
    find_header,
    find_separator,
    first_rows,
    is_missing,
    number,
)


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1.5", ".", 1.5),
        ("-2", ".", -2),
        ("+3e-2", ".", 0.03),
        (".5", ".", 0.5),
        ("1,5", ",", 1.5),
        ("-0,25", ",", -0.25),
        ("3", ",", 3),
        ("1e400", ".", inf),
        ("-inf", ".", -inf),
        ("Infinity", ".", inf),
    ],
)
def test_numbers_are_read(cell: str, decimal: Decimal, value: float) -> None:
    assert number(cell, decimal) == value


@pytest.mark.parametrize(
    ("cell", "decimal"),
    [
        *((cell, ".") for cell in ("", "x", "1,5", "1_000", "１", "0x1f", "1 000", "1.2.3", "--1", "5%")),
        *((cell, ",") for cell in ("1.5", "1,2,3", "1.234,5", "1_0", ",", "x")),
    ],
)
def test_what_is_no_number_is_none(cell: str, decimal: Decimal) -> None:
    assert number(cell, decimal) is None


def test_nan_is_no_value() -> None:
    value = number("NaN", ".")
    assert value is not None
    assert isnan(value)


@pytest.mark.parametrize("cell", ["", "-", "?", "NA", "n/a", "NaN", "NULL", "#N/A"])
def test_what_stands_for_nothing(cell: str) -> None:
    assert is_missing(cell)


@pytest.mark.parametrize("cell", ["0", "none", "no", "--", "x"])
def test_what_is_something(cell: str) -> None:
    assert not is_missing(cell)


TABLES = {
    "names and texts": "a{0}b{0}kind\n1{0}2{0}cat\n3.5{0}4{0}dog\n",
    "numbers alone": "1{0}2{0}3\n4{0}5{0}6\n7{0}8{0}9\n",
    "gaps": "a{0}b{0}c\n1{0}{0}3\n{0}5{0}\n7{0}8{0}9\n",
    "quotes": 'a{0}"b, c; d | e"{0}c\n1{0}"2"{0}3\n"4"{0}5{0}6\n',
    "texts alone": "red{0}green{0}blue\nup{0}down{0}left\n",
    "dates": "day{0}high{0}low\n2024-01-02{0}3.5{0}1\n2024-01-03{0}4.5{0}2\n",
    "one line": "1{0}2{0}3",
    "Windows": "a{0}b{0}c\r\n1{0}2{0}3\r\n",
}


@pytest.mark.parametrize("mark", SEPARATORS)
@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_the_separator_is_found(text: str, mark: str) -> None:
    assert find_separator(text.format(mark)) == mark


@pytest.mark.parametrize(
    "text", ["1,5;2,5;3,5\n3,5;4,5;7,7\n1,2;2,3;1,1\n", "a;b;c\n1,5;2,5;x\n", "0,1;0,2;0,3\n0,4;;0,6\n"]
)
def test_decimal_commas_are_no_separators(text: str) -> None:
    assert find_separator(text) == ";"
    assert find_decimal(first_rows(text, ";"), ";") == ","


def test_the_standard_librarys_sniffer_would_take_them_for_some() -> None:
    assert csv.Sniffer().sniff("1,5;2,5;3,5\n3,5;4,5;7,7\n1,2;2,3;1,1\n", ",;\t|").delimiter == ","


def test_a_separator_within_texts_is_none() -> None:
    assert find_separator("1,2,a;b\n3,4,c;d\n5,6,e;f\n") == ","


@pytest.mark.parametrize("text", ["", "\n\n", "one column\nonly\n", '"', "\x00"])
def test_there_is_always_an_answer(text: str) -> None:
    assert find_separator(text) in SEPARATORS


def test_points_stay_points() -> None:
    assert find_decimal([["1.5", "2"], ["3.5", "1,5"]], ";") == "."
    assert find_decimal([["1,5", "2,5"]], ",") == "."
    assert find_decimal([["1,5", "2,5"]], "\t") == "."
    assert find_decimal([["1", "2"]], ";") == "."


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["a", "b"], ["1", "x"]], True),
        ([["1", "x"], ["2", "y"]], False),
        ([["a", "2020"], ["1", "2"]], True),
        ([["", "k"], ["1", "x"]], False),
        ([["a", "b"], ["x", "y"]], True),
        ([["a", "b"]], True),
        ([["1", "b"]], True),
        ([["1", "2"]], False),
        ([["a", "b"], ["", "y"], ["1", "x"]], True),
        ([["1,5", "x"], ["2,5", "y"]], False),
    ],
)
def test_a_row_of_names_is_found(rows: list[list[str]], expected: bool) -> None:
    assert find_header(rows, "," if rows[0][0] == "1,5" else ".") == expected


def test_a_row_that_is_cut_short_does_not_count() -> None:
    row = "1,2,3\n"
    text = row * (SAMPLE // len(row)) + "x" * 50
    assert {len(cells) for cells in first_rows(text, ",")} == {3}
    long = "1,2," + "3" * (SAMPLE - 3) + "\n4,5,6\n"
    assert len(first_rows(long, ",")) == 1, "the only one is better than none"
    two = "1,2,3\n4," + "5" * SAMPLE
    assert first_rows(two, ",") == [["1", "2", "3"]]
