"""Data sets as CSV files, read again with the standard library and with our own reader."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mlp_playground.data import mnist, toy
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.drawing import add_points
from mlp_playground.data.export import write_csv
from mlp_playground.data.from_table import to_own_data
from mlp_playground.data.own import OwnData, make
from mlp_playground.data.table import parse_table, read_table
from mlp_playground.data.toy import TOYS


def written(data: Dataset, folder: Path) -> list[list[str]]:
    path = folder / "data.csv"
    write_csv(data, path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("xor", ["x1", "x2", "class", "part"]),
        ("spiral3", ["x1", "x2", "class", "part"]),
        ("plane", ["x1", "x2", "y", "part"]),
        ("sine", ["x", "y", "part"]),
        ("parity", ["bit 1", "bit 2", "bit 3", "bit 4", "class", "part"]),
    ],
)
def test_the_header_says_what_the_columns_are(tmp_path: Path, name: str, header: list[str]) -> None:
    assert written(toy.make(name, 20, 0.1, 0.5, 0), tmp_path)[0] == header


@pytest.mark.parametrize("name", TOYS)
def test_a_toy_problem_comes_back_to_the_bit(tmp_path: Path, name: str) -> None:
    data = toy.make(name, 60, 0.1, 0.25, 0)
    _, *rows = written(data, tmp_path)
    for samples, part in ((data.train, "train"), (data.test, "test")):
        mine = [row for row in rows if row[-1] == part]
        X = np.array([row[:-2] for row in mine], np.float32).T
        assert X.tobytes() == np.ascontiguousarray(samples.X).tobytes()
        answers = [row[-2] for row in mine]
        if data.task == "regression":
            assert np.array(answers, np.float32).tobytes() == samples.y.tobytes()
        else:
            assert answers == [data.classes[label] for label in samples.y]
    assert [row[-1] for row in rows] == ["train"] * 45 + ["test"] * 15


def test_digits_are_grey_levels(tmp_path: Path) -> None:
    sample = mnist.load_sample()
    few = [Samples(part.X[:, :5], part.y[:5]) for part in (sample.train, sample.test)]
    header, *rows = written(replace(sample, train=few[0], test=few[1]), tmp_path)
    assert header[:2] + header[-3:] == ["pixel 1", "pixel 2", "pixel 784", "class", "part"]
    pixels = np.array([row[:-2] for row in rows[:5]], int)
    assert (pixels == np.rint(few[0].X.T * 255)).all()
    assert pixels.max() > 200
    assert [int(row[-2]) for row in rows[:5]] == few[0].y.tolist()


TABLE = """\
year,"price, in $",tiny,huge,part
2019,3.5,1e-12,123456789,left
2020,0.25,3e-12,987654321,right
2021,-7,2.5e-12,555555555,left
2030,100,-4e-12,100000001,right
2035,12.75,0,-1000000,right
"""


def test_own_data_have_their_own_names_and_units(tmp_path: Path) -> None:
    table = parse_table(TABLE, "t.csv")
    own = to_own_data(table, table.header[:4], "part")
    header, *rows = written(make(own, 0, 0.5, 0), tmp_path)
    assert header == ["year", "price, in $", "tiny", "huge", "part", "part (2)"]
    read = sorted((row[:5] for row in rows), key=lambda row: row[0])
    for mine, line in zip(read, TABLE.splitlines()[1:], strict=True):
        cells = line.split(",")
        assert mine[:2] == cells[:2], "written as they came"
        assert mine[4] == cells[4]
        assert float(mine[2]) == pytest.approx(float(cells[2]), abs=1e-18)
        assert float(mine[3]) == pytest.approx(float(cells[3]), abs=100)


def test_numbers_to_predict_have_their_units_too(tmp_path: Path) -> None:
    table = parse_table(TABLE, "t.csv")
    own = to_own_data(table, ("price, in $", "huge"), "year", "regress")
    header, *rows = written(make(own, 0, 0.5, 0), tmp_path)
    assert header[-2:] == ["year", "part"]
    assert sorted(row[-2] for row in rows) == ["2019", "2020", "2021", "2030", "2035"]


def test_what_was_exported_can_be_read_again(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    drawn = add_points(add_points(None, rng.normal(2, 1, (2, 20)), 1), rng.normal(-2, 1, (2, 20)), 0)
    write_csv(make(drawn, 0, 0.5, 0), tmp_path / "a.csv")
    table = read_table(tmp_path / "a.csv")
    assert table.header == ("x1", "x2", "class", "part")
    own = to_own_data(table, ("x1", "x2"), "class")
    assert own.classes == ("blue", "orange")
    for mine, theirs in zip(points_of(own), points_of(drawn), strict=True):
        assert mine[0] == theirs[0]
        assert mine[1:] == pytest.approx(theirs[1:], abs=1e-5)


def points_of(own: OwnData) -> list[tuple[str, float, float]]:
    """Class and coordinates of each point in its own units."""
    X = (own.samples.X.T.astype(float) - own.offset) / own.factor
    return sorted((own.classes[k], *row) for k, row in zip(own.samples.y, X.tolist(), strict=True))


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.csv"
    path.write_text("old")

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mlp_playground.files.os.replace", fail)
    with pytest.raises(OSError, match=r"No space left .*data\.csv"):
        write_csv(toy.make("xor", 20, 0, 0.5, 0), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
