"""`train --data FILE.csv`: what is learned from a table, and what is said of a wrong one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from mlp_playground import cli

Capture = pytest.CaptureFixture[str]

HEADER = "height,weight,legs,wild,name\n"
ROWS = [
    "10,1.0,4,yes,Tom", "30,3.5,4,no,Rex", "20,,2,no,Tweety", "50,6.0,0,yes,Kaa", "35,2.0,4,yes,Jerry",
    "40,2.5,4,no,Ed", "12,1.5,0,no,Nagini", "28,3.0,4,no,Bo", "33,4.0,2,yes,Sam", "44,5.0,4,no,Jo", "46,5.5,2,yes,Al",
]  # fmt: skip
QUICK = ("--epochs", "2", "--batch", "2")


@pytest.fixture(autouse=True)
def zoo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table in the present folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "zoo.csv"
    path.write_text(HEADER + "\n".join(ROWS) + "\n")
    return path


def train(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = cli.main(("train", "--data", "zoo.csv", *arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def network(capsys: Capture, *arguments: str) -> str:
    """The network that is trained, of a run that went well."""
    code, out, err = train(capsys, *QUICK, *arguments)
    assert code == 0, err
    return out.splitlines()[0].split()[1].rstrip(",")


def test_the_last_column_that_can_is_predicted_from_all_numbers(capsys: Capture) -> None:
    code, out, err = train(capsys, *QUICK)
    assert code == 0
    assert err.startswith(
        "zoo.csv: 10 rows, from height, weight and legs to wild (no and yes)\n"
        "zoo.csv: 1 row is left out, as cells are missing (line 4)\n"
    )
    assert "network    3–1–1, 6 parameters" in out


def test_inputs_and_target_can_be_chosen(capsys: Capture) -> None:
    assert network(capsys, "--inputs", "height,weight") == "2–1–1"
    assert network(capsys, "--target", "legs") == "2–1–3"
    assert network(capsys, "--target", "legs", "--task", "regress") == "2–1–1"
    assert network(capsys, "--target", "weight", "--inputs", "height, legs") == "2–1–1"


def test_two_columns_have_features(capsys: Capture) -> None:
    assert network(capsys, "--inputs", "height,weight", "--features", "x1,x2,x1*x2") == "3–1–1"


def test_names_with_commas_stand_in_quotes(capsys: Capture, zoo: Path) -> None:
    zoo.write_text(zoo.read_text().replace("height,weight", '"height, cm","weight, kg"'))
    assert network(capsys, "--inputs", '"height, cm","weight, kg"') == "2–1–1"


def test_json_is_alone_on_standard_output(capsys: Capture) -> None:
    code, out, _ = train(capsys, *QUICK, "--json", "--noise", "0.1", "--test-share", "0.3", "--seed", "4")
    assert code == 0
    assert json.loads(out)["epochs"] == 2


def test_the_same_file_and_seed_give_the_same_numbers(capsys: Capture) -> None:
    def loss(seed: str) -> float:
        return float(json.loads(train(capsys, *QUICK, "--json", "--seed", seed)[1])["test_loss"])

    assert loss("1") == loss("1") != loss("2")


def test_a_picture_is_drawn(capsys: Capture, tmp_path: Path, qapp: object) -> None:
    assert train(capsys, *QUICK, "--export", "a.png")[0] == 0
    assert not QImage(str(tmp_path / "a.png")).isNull()


@pytest.mark.parametrize(
    ("arguments", "start", "allowed"),
    [
        (("--target", "age"), "--target: 'age'", "one of the columns of zoo.csv: height, weight, legs, wild and name"),
        (("--target", ""), "--target: ''", "a column's name"),
        (("--inputs", "height,age"), "--inputs: 'age'", "one of the columns of zoo.csv"),
        (("--inputs", "height"), "--inputs: 'height'", "two or more names of columns with commas between"),
        (("--inputs", "height,"), "--inputs: 'height,'", "two or more names of columns"),
        (("--inputs", 'height,"legs'), "--inputs: 'height,", "two or more names of columns"),
        (("--inputs", ""), "--inputs: ''", "two or more names of columns"),
        (("--inputs", "legs,legs"), "--inputs: 'legs, legs'", "two or more different columns of zoo.csv"),
        (("--inputs", "legs,wild"), "--target: 'wild'", "another column than the inputs"),
        (("--inputs", "legs,name"), "--data zoo.csv, column name: 'Tom in line 2'", "a number in each row"),
        (("--target", "name", "--inputs", "height,legs"), "--data zoo.csv, column name: '11 different", "with 2 to 10"),
        (("--task", "guess"), "--task: 'guess'", "classify or regress"),
        (("--task", "regress"), "--data zoo.csv, column wild: 'yes in line 2'", "a number in each row"),
        (("--samples", "50"), "--samples: 50", "left out with --data zoo.csv: the file is taken whole"),
        (("--features", "x1"), "--features: 'x1'", "left out with --data zoo.csv: it is for points in the plane"),
        (("--bits", "3"), "--bits: 3", "left out, or used with --data parity"),
        (("--until-test-accuracy", "0.9", "--target", "weight"), "--until-test-accuracy: 0.9", "left out with --data"),
        (("--loss", "classes"), "--loss: 'classes'", "auto or binary or tanh-squared for these data"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_argument_is_told_in_one_line(
    capsys: Capture, arguments: tuple[str, ...], start: str, allowed: str
) -> None:
    code, out, err = train(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"mlp-playground train: {start}")
    assert allowed in err.partition(" is not allowed; it must be ")[2]
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "--data zoo.csv: 'an empty file'"),
        (b"a,b,c\n1,2\n3,4,5\n", "--data zoo.csv: 'cells: 2 in line 2'"),
        (b"\x89PNG\0", "--data zoo.csv: 'no text'"),
        (b"a,b,c\n1,x,yes\n2,y,no\n", "--data zoo.csv: 'a beside the target c'"),
        (b"a,b,c\nz,x,yes\nw,y,no\n", "--data zoo.csv: 'no column beside the target c'"),
        (b"a,b,c\n1,2,yes\n2,1,no\n3,3,no\n", "--data zoo.csv: '3 samples'"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(capsys: Capture, zoo: Path, content: bytes, words: str) -> None:
    zoo.write_bytes(content)
    code, out, err = train(capsys)
    assert (code, out) == (2, "")
    assert err.startswith(f"mlp-playground train: {words} is not allowed; it must be ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("option", [("--target", "wild"), ("--inputs", "height,legs"), ("--task", "classify")])
@pytest.mark.parametrize("data", ["xor", "mnist"])
def test_options_for_tables_are_for_tables(capsys: Capture, option: tuple[str, str], data: str) -> None:
    code = cli.main(("train", "--data", data, *option))
    assert code == 2
    assert f"{option[0]}: " in (err := capsys.readouterr().err)
    assert "left out, or used with a CSV file as --data" in err


def test_own_data_are_a_file_and_no_name(capsys: Capture) -> None:
    assert cli.main(("train", "--data", "own")) == 2
    err = capsys.readouterr().err
    assert err.startswith("mlp-playground train: --data: 'own' is not allowed; it must be xor, ")
    assert err.endswith("or a CSV file of yours\n")
