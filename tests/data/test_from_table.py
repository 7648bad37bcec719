"""From a table to samples, with numbers worked out by hand."""

from __future__ import annotations

from math import isfinite

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.data.dataset import Scale
from mlp_playground.data.from_table import (
    Problem,
    problems,
    to_own_data,
    usual_inputs,
    usual_problem,
    usual_target,
    why_no_input,
)
from mlp_playground.data.own import OwnData
from mlp_playground.data.table import Table, parse_table
from mlp_playground.errors import InvalidValue

TEXT = """\
name,height,weight,legs,wild,note,fixed,far
Tom,10,1.0,4,yes,,7,1
Rex,30,3.5,4,no,,7,2
Tweety,20,,2,no,,7,inf
Kaa,50,6.0,0,yes,,7,4
Jerry,,2.0,4,yes,,7,5
Ed,40,2.0,4,no,,7,6
"""
BOTH = ("height", "weight")


def table(text: str = TEXT) -> Table:
    return parse_table(text, "zoo.csv")


def own(inputs: tuple[str, ...] = BOTH, target: str = "wild", problem: Problem | None = None) -> OwnData:
    return to_own_data(table(), inputs, target, problem)


def test_classes_from_texts() -> None:
    data = own()
    assert (data.source, data.task, data.space) == ("zoo.csv", "binary", "plane")
    assert (data.inputs, data.classes, data.target) == (BOTH, ("no", "yes"), "wild")
    assert data.samples.y.tolist() == [1, 0, 1, 0], "Tweety and Jerry have gaps"
    assert data.samples.X[0].tolist() == [-5, 0, 5, 2.5]
    assert data.samples.X[1].tolist() == [-5, 0, 5, -3]
    assert data.factor == (0.25, 2.0)
    assert data.offset == (-7.5, -7.0)


def test_the_rows_that_are_left_out_are_those_the_table_tells() -> None:
    assert table().missing(*BOTH, "wild") == (4, 6)


def test_classes_from_whole_numbers() -> None:
    data = own(("height", "weight"), "legs")
    assert (data.task, data.classes) == ("binary", ("0", "4")), "nobody has 2 legs and no gap"
    assert data.samples.y.tolist() == [1, 1, 0, 1]


def test_three_classes_or_more() -> None:
    rows = "\n".join(f"{i},{i * i},{'abc'[i % 3]}" for i in range(9))
    data = to_own_data(table(f"x,y,k\n{rows}\n"), ("x", "y"), "k")
    assert (data.task, data.classes) == ("classes", ("a", "b", "c"))
    assert data.samples.y.tolist() == [0, 1, 2] * 3


def test_a_number_to_predict() -> None:
    data = own(("legs", "height"), "weight")
    assert (data.task, data.classes, data.target) == ("regression", (), "weight")
    assert data.samples.y.dtype == np.float32
    assert data.samples.y.tolist() == [-1, 0, 1, pytest.approx(-0.6)]
    assert (data.target_factor, data.target_offset) == (pytest.approx(0.4), pytest.approx(-1.4))


def test_whole_numbers_can_be_predicted_too() -> None:
    data = own(BOTH, "legs", "regress")
    assert data.task == "regression"
    assert data.samples.y.tolist() == [1, 1, -1, 1]


def test_more_than_two_inputs_are_a_table() -> None:
    data = own((*BOTH, "legs"))
    assert (data.space, data.samples.X.shape) == ("table", (3, 4))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("name", ("classify",)),
        ("wild", ("classify",)),
        ("legs", ("classify", "regress")),
        ("weight", ("regress",)),
        ("height", ("classify", "regress")),
        ("note", ()),
        ("fixed", ()),
        ("far", ()),
    ],
)
def test_what_a_column_can_be_the_target_of(name: str, expected: tuple[Problem, ...]) -> None:
    column = table().column(name)
    assert problems(column) == expected
    assert usual_problem(column) == (expected or ("regress",))[0]


def test_of_too_many_texts_no_classes_are_made() -> None:
    column = table("a,b,c\n" + "".join(f"{i},{i},t{i}\n" for i in range(11))).column("c")
    assert problems(column) == ()
    assert usual_problem(column) == "classify"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("name", "has text in line 2"),
        ("height", ""),
        ("note", "is empty"),
        ("fixed", "is always the same"),
        ("far", "has an infinite number"),
    ],
)
def test_why_a_column_can_be_no_input(name: str, why: str) -> None:
    assert why_no_input(table().column(name)) == why


def test_what_is_usual() -> None:
    assert usual_target(table()) == "wild"
    assert usual_inputs(table(), "wild") == ("height", "weight", "legs")
    assert usual_inputs(table(), "legs") == BOTH
    useless = table("a,b,c\n1,1,1\n1,1,1\n")
    assert usual_target(useless) == "c"
    assert usual_inputs(useless, "c") == ()


@pytest.mark.parametrize(
    ("inputs", "target", "problem", "field", "words"),
    [
        (("height", "age"), "wild", None, "inputs", "'age' .* one of the columns of zoo.csv: name, height, weight"),
        (BOTH, "age", None, "target", "'age' .* one of the columns of zoo.csv: name"),
        (("height",), "wild", None, "inputs", "'height' .* two or more different columns of zoo.csv"),
        ((), "wild", None, "inputs", "'none' .* two or more different columns"),
        (("height", "height"), "wild", None, "inputs", "'height, height' .* two or more different columns"),
        (BOTH, "height", None, "target", "'height' .* another column than the inputs"),
        (("height", "name"), "wild", None, "zoo.csv, column name", "'Tom in line 2' .* a number in each row"),
        (("height", "fixed"), "wild", None, "zoo.csv, column fixed", "'always 7' .* this one tells nothing"),
        (("height", "far"), "wild", None, "zoo.csv, column far", "'an infinite number in line 4' .* a finite number"),
        (("height", "note"), "wild", None, "zoo.csv", "'a gap in each row' .* no chosen cell is missing"),
        (BOTH, "wild", "regress", "zoo.csv, column wild", "'yes in line 2' .* a number in each row"),
        (("height", "legs"), "weight", "classify", "zoo.csv, column weight", "'other numbers' .* 2 to 10 different"),
        (BOTH, "fixed", None, "zoo.csv, column fixed", "'always 7' .* different values"),
        (BOTH, "fixed", "classify", "zoo.csv, column fixed", "'1 different ones' .* 2 to 10 different"),
    ],
)
def test_what_does_not_fit_is_refused_with_file_and_column(
    inputs: tuple[str, ...], target: str, problem: Problem | None, field: str, words: str
) -> None:
    with pytest.raises(InvalidValue, match=words) as caught:
        own(inputs, target, problem)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x,y,k\n1,2,a\n2,1,b\n3,3,a\n", "'3 samples' .* at least 4"),
        ("x,y,k\n1,2,a\n2,1,a\n3,3,a\n4,4,\n5,5,b\n6,,b\n", None),
        ("x,y,k\n1,2,a\n2,1,a\n3,3,a\n4,5,a\n6,,b\n", "column k: '1 different ones'"),
        ("x,y,k\n1,2,a\n1,1,b\n1,3,a\n1,5,a\n2,,b\n", "column x: 'always 1'"),
        ("x,y,k\n" + "".join(f"{i},{i},t{i}\n" for i in range(11)), "column k: '11 different ones'"),
        ("x,y,k\n" + "".join(f"{i},{i},{i}e20\n" for i in range(9)), None),
    ],
)
def test_what_is_left_must_be_enough(text: str, words: str | None) -> None:
    if words is None:
        assert len(to_own_data(table(text), ("x", "y"), "k").samples) >= 4
        return
    with pytest.raises(InvalidValue, match=words):
        to_own_data(table(text), ("x", "y"), "k")


def test_many_names_do_not_fill_the_message() -> None:
    wide = table(",".join(f"c{i}" for i in range(400)) + "\n" + ",".join("1" * 400) + "\n")
    with pytest.raises(InvalidValue) as caught:
        to_own_data(wide, ("c1", "c2"), "d")
    assert caught.value.allowed.endswith("c18, c19 and 380 more")


FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@settings(max_examples=300)
@given(st.lists(st.tuples(FLOATS, FLOATS, FLOATS), min_size=4, max_size=12))
def test_any_numbers_fill_the_plane_and_come_back(rows: list[tuple[float, float, float]]) -> None:
    text = "x,y,z\n" + "".join(",".join(map(repr, row)) + "\n" for row in rows)
    if any(why_no_input(column) for column in table(text).columns):
        with pytest.raises(InvalidValue, match="always"):
            to_own_data(table(text), ("x", "y"), "z", "regress")
        return
    data = to_own_data(table(text), ("x", "y"), "z", "regress")
    targets = Scale(data.target, data.target_factor, data.target_offset)
    scales = [*map(Scale, data.inputs, data.factor, data.offset), targets]
    for scale, row, column, reach in zip(
        scales, (*data.samples.X, data.samples.y), zip(*rows, strict=True), (5, 5, 1), strict=True
    ):
        assert row.min() == pytest.approx(-reach, rel=1e-6)
        assert row.max() == pytest.approx(reach, rel=1e-6)
        half = max(column) / 2 - min(column) / 2
        for value, scaled in zip(column, row.tolist(), strict=True):
            back = scale.back(scaled)
            if isfinite(back):  # a number at the very end of what a float can hold may come back beyond it
                assert abs(back / 2 - value / 2) <= 1e-6 * half + 1e-12 * abs(value / 2)
