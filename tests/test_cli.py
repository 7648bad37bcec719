"""The command line: every option, every wrong argument, and what comes out."""

from __future__ import annotations

import itertools
import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from mlp_playground import __version__, cli
from mlp_playground.cli import parser, progress
from mlp_playground.cli import train as module
from mlp_playground.cli.looks import FILLING
from mlp_playground.cli.values import alternatives
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment import document
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.runs import Runs, pin
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.initializers import INITIALIZERS
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.views.canvas.region_colours import FILLINGS

Capture = pytest.CaptureFixture[str]

KEYS = [
    "train_loss", "test_loss", "train_accuracy", "test_accuracy",
    "epochs", "steps", "seconds", "parameters", "seed", "diverged",
]  # fmt: skip
QUICK = ("--epochs", "2", "--samples", "60")
RUNAWAY = ("--data", "plane", "--hidden", "8,8", "--activation", "relu", "--optimizer", "sgd", "--lr", "1000")


@pytest.fixture(autouse=True)
def no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is: what is told of progress depends on nothing but the clock."""
    monkeypatch.setattr(progress, "EVERY", math.inf)


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command in this process."""
    try:
        code = cli.main(arguments)
    except SystemExit as ending:  # how argparse ends
        code = int(ending.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def result(capsys: Capture, *arguments: str) -> dict[str, Any]:
    """What `train --json` prints, of a run that went well."""
    code, out, err = run(capsys, "train", *arguments, "--json")
    assert code == 0, err
    parsed: dict[str, Any] = json.loads(out)
    return parsed


def saved(capsys: Capture, folder: Path, *arguments: str) -> document.Document:
    path = folder / "saved.mlp"
    code, _, err = run(capsys, "train", *arguments, "--save", str(path))
    assert code == 0, err
    return document.load(path)


# -- the result -------------------------------------------------------------------------------------------------------


def test_json_is_one_object_with_these_keys_and_nothing_else(capsys: Capture) -> None:
    code, out, err = run(capsys, "train", *QUICK, "--json", "--seed", "7", "--hidden", "4,3")
    assert (code, err) == (0, "")
    parsed = json.loads(out)
    assert list(parsed) == KEYS
    assert (parsed["epochs"], parsed["steps"], parsed["seed"], parsed["diverged"]) == (2, 2 * 3, 7, False)
    assert parsed["parameters"] == (2 * 4 + 4) + (4 * 3 + 3) + (3 + 1)
    assert parsed["seconds"] > 0
    assert 0 <= parsed["train_accuracy"] <= 1
    assert out.count("\n") == 1


def test_without_json_the_same_is_said_in_words(capsys: Capture) -> None:
    parsed = result(capsys, *QUICK, "--hidden", "4")
    code, out, err = run(capsys, "train", *QUICK, "--hidden", "4")
    assert (code, err) == (0, "")
    assert "2–4–1, 17 parameters" in out
    assert f"{parsed['train_loss']:.4f} train" in out
    assert f"{parsed['test_accuracy']:.1%} test" in out


def test_a_regression_has_no_accuracy(capsys: Capture) -> None:
    parsed = result(capsys, "--data", "hills", *QUICK)
    assert parsed["train_accuracy"] is None
    assert parsed["test_accuracy"] is None
    _, out, _ = run(capsys, "train", "--data", "hills", *QUICK)
    assert "right" not in out


def test_the_same_seed_twice_gives_the_same_numbers_and_another_one_others(capsys: Capture) -> None:
    def numbers(seed: str) -> dict[str, Any]:
        parsed = result(capsys, "--epochs", "5", "--hidden", "4", "--seed", seed)
        return {key: parsed[key] for key in KEYS if key != "seconds"}

    assert numbers("5") == numbers("5")
    assert numbers("5")["train_loss"] != numbers("6")["train_loss"]


def test_progress_is_told_on_standard_error_alone(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = itertools.count(0, 0.3)
    monkeypatch.setattr(progress, "perf_counter", lambda: next(ticks))
    monkeypatch.setattr(progress, "EVERY", 0.5)
    code, out, err = run(capsys, "train", "--epochs", "6", "--samples", "60", "--json")
    assert code == 0
    assert list(json.loads(out)) == KEYS
    assert "epoch 2 of 6: loss" in err
    assert "train" in err


def test_four_neurons_learn_what_one_can_not(capsys: Capture) -> None:
    common = ("--data", "xor", "--activation", "relu", "--epochs", "100", "--seed", "3")
    assert result(capsys, *common, "--hidden", "1")["test_accuracy"] < 0.85
    assert result(capsys, *common, "--hidden", "4")["test_accuracy"] > 0.97


def test_it_stops_once_enough_test_samples_are_right(capsys: Capture) -> None:
    common = ("--activation", "relu", "--hidden", "4", "--seed", "3", "--epochs", "500")
    parsed = result(capsys, *common, "--until-test-accuracy", "0.9")
    assert parsed["epochs"] < 100
    assert parsed["test_accuracy"] >= 0.9
    before = result(capsys, *common[:-1], str(parsed["epochs"] - 1))
    assert before["test_accuracy"] < 0.9, "not an epoch later than need be"


def test_digits_are_learned(capsys: Capture) -> None:
    parsed = result(capsys, "--data", "mnist", "--hidden", "32", "--epochs", "1")
    assert parsed["test_accuracy"] > 0.6
    assert parsed["parameters"] == 785 * 32 + 33 * 10


# -- every option -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "part", "expected"),
    [
        (("--data", "circle"), "data", {"name": "circle"}),
        (("--noise", "0.25"), "data", {"noise": 0.25}),
        (("--samples", "80"), "data", {"samples": 80}),
        (("--data", "spiral", "--turns", "2.5"), "data", {"name": "spiral", "turns": 2.5}),
        (("--data", "spiral5", "--turns", "0.5"), "data", {"name": "spiral5", "turns": 0.5}),
        (("--data", "parity", "--bits", "7"), "data", {"name": "parity", "bits": 7}),
        (("--data", "chirp", "--noise", "0.1", "--samples", "70"), "data", {"name": "chirp", "noise": 0.1}),
        (("--data", "spiral3", "--until-test-accuracy", "0.1"), "data", {"name": "spiral3"}),
        (("--data", "step", "--loss", "huber"), "training", {"loss": "huber"}),
        (("--test-share", "0.25"), "data", {"test_share": 0.25}),
        (("--deskew", "yes", "--data", "mnist", "--hidden", "2"), "data", {"name": "mnist", "deskew": True}),
        (("--deskew", "no", "--data", "mnist", "--hidden", "2"), "data", {"name": "mnist", "deskew": False}),
        (("--hidden", "4,3"), "network", {"hidden": (4, 3), "activations": ("tanh", "tanh")}),
        (("--hidden", "0"), "network", {"hidden": (), "activations": ()}),
        (("--hidden", "2,2", "--activation", "relu"), "network", {"activations": ("relu", "relu")}),
        (("--hidden", "2,2", "--activation", "relu,tanh"), "network", {"activations": ("relu", "tanh")}),
        (("--init", "xavier"), "network", {"initializer": "xavier"}),
        (("--optimizer", "sgd"), "training", {"optimizer": "sgd"}),
        (("--lr", "0.5"), "training", {"learning_rate": 0.5}),
        (("--batch", "7"), "training", {"batch_size": 7}),
        (("--batch", "0"), "training", {"batch_size": 0}),
        (("--l1", "0.01"), "training", {"l1": 0.01}),
        (("--l2", "0.02"), "training", {"l2": 0.02}),
        (("--l1", "0.01", "--l2", "0.02"), "training", {"l1": 0.01, "l2": 0.02}),
        (("--dropout", "0.5"), "training", {"dropout": 0.5}),
        (("--loss", "tanh-squared"), "training", {"loss": "tanh-squared"}),
        (("--schedule", "cosine"), "training", {"schedule": "cosine", "planned_epochs": 1}),
        (("--clip", "0.5"), "training", {"clip_norm": 0.5}),
        (("--init", "normal", "--init-scale", "0.1"), "network", {"initializer": "normal", "initializer_scale": 0.1}),
        (("--init", "constant", "--init-scale", "-1e-3"), "network", {"initializer_scale": -0.001}),
    ],
    ids=" ".join,
)
def test_each_option_reaches_the_experiment(
    capsys: Capture, tmp_path: Path, arguments: tuple[str, ...], part: str, expected: dict[str, object]
) -> None:
    config = saved(capsys, tmp_path, "--epochs", "1", *arguments).moment.config
    assert {key: getattr(getattr(config, part), key) for key in expected} == expected


def test_features_and_seed_reach_the_experiment(capsys: Capture, tmp_path: Path) -> None:
    config = saved(capsys, tmp_path, *QUICK, "--features", "x1*x2,x1", "--seed", "9").moment.config
    assert config.features == ("x1", "x1*x2")
    assert (config.seed, config.data.seed) == (9, 9)


def test_left_alone_everything_is_as_in_the_window(capsys: Capture, tmp_path: Path) -> None:
    from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig

    planned = ExperimentConfig().changed("training", planned_epochs=1)
    assert saved(capsys, tmp_path, "--epochs", "1").moment.config == planned
    digits = DIGITS_DEFAULT.changed("training", planned_epochs=1)
    assert saved(capsys, tmp_path, "--epochs", "1", "--data", "mnist").moment.config == digits


@pytest.mark.parametrize("name", [*TOYS, "mnist"])
def test_all_data_can_be_chosen(capsys: Capture, name: str) -> None:
    few = ("--epochs", "2", "--hidden", "4") if name == "mnist" else QUICK
    parsed = result(capsys, "--data", name, *few)
    assert (parsed["epochs"], parsed["diverged"]) == (2, False)
    assert parsed["train_loss"] < 3
    assert (parsed["test_accuracy"] is None) == (name in ("plane", "hills", "sine", "step", "chirp"))


@pytest.mark.parametrize(
    ("arguments", "widths"),
    [(("spiral3",), "2–4–3"), (("spiral5",), "2–4–5"), (("parity", "--bits", "6"), "6–4–1"), (("sine",), "1–4–1")],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_the_network_fits_the_data(capsys: Capture, arguments: tuple[str, ...], widths: str) -> None:
    code, out, err = run(capsys, "train", "--data", *arguments, *QUICK, "--hidden", "4")
    assert (code, err) == (0, "")
    assert f"{widths}, " in out


def test_training_samples_of_one_class_are_refused_in_a_sentence(capsys: Capture) -> None:
    code, out, err = run(capsys, "train", "--samples", "10", "--test-share", "0.95")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "of two classes or more, so that there is something to tell apart" in err


def test_points_are_learned_for_200_epochs_and_digits_for_those_of_their_recipe(capsys: Capture) -> None:
    assert result(capsys, "--samples", "20")["epochs"] == 200
    assert result(capsys, "--data", "mnist", "--hidden", "2")["epochs"] == 50
    _, out, _ = run(capsys, "train", "--help")
    assert "(default: 200, for MNIST 50, for the full one 6)" in " ".join(out.split())


# -- wrong arguments --------------------------------------------------------------------------------------------------


HIDDEN = "up to 10 whole numbers from 1 to 1024 with commas between, such as 8,8, or 0 for none"
LAYERS = "one name, or one for each hidden layer: there "
ONLY_SPIRALS = "left out, or used with --data spiral, spiral3 or spiral5\n"
ONLY_PARITY = "left out, or used with --data parity\n"
ONLY_THE_PLANE = "it is for points in the plane\n"


@pytest.mark.parametrize(
    ("arguments", "value", "allowed"),
    [
        (("--data", "cube"), "'cube'", f"{', '.join(TOYS)}, mnist, or a folder"),
        (("--data", ""), "''", "xor, circle"),
        (("--activation", "cubic"), "'cubic'", "tanh, relu, leaky-relu"),
        (("--activation", "relu,cubic", "--hidden", "2,2"), "'relu,cubic'", "tanh, relu"),
        (("--optimizer", "newton"), "'newton'", " or adamw"),
        (("--init", "ones"), "'ones'", "auto, he, he-uniform, xavier,"),
        (("--loss", "hinge"), "'hinge'", "auto, binary"),
        (("--schedule", "never"), "'never'", "constant, step, linear"),
        (("--features", "x1,x3"), "'x1,x3'", "one or more of: x1, x2, x1^2"),
        (("--features", ""), "''", "one or more of: x1, x2, x1^2"),
        (("--hidden", "0,3"), "'0,3'", HIDDEN),
        (("--hidden", "-1"), "'-1'", HIDDEN),
        (("--hidden", "a"), "'a'", HIDDEN),
        (("--hidden", "2.5"), "'2.5'", HIDDEN),
        (("--hidden", ""), "''", HIDDEN),
        (("--hidden", "2000"), "'2000'", HIDDEN),
        (("--hidden", ",".join("1" * 11)), "'1,1,", HIDDEN),
        (("--activation", "relu,tanh", "--hidden", "8"), "'relu,tanh'", LAYERS + "is 1 hidden layer, and these are 2"),
        (("--activation", "relu,relu,relu", "--hidden", "2,2"), "'relu,", LAYERS + "are 2 hidden layers, and these"),
        (("--activation", "relu", "--hidden", "0"), "'relu'", "left out: there is no hidden layer"),
        (("--lr", "0"), "'0'", "a number above 0 and at most 1000"),
        (("--lr", "-1"), "'-1'", "a number above 0 and at most 1000"),
        (("--lr", "-1e-3"), "'-1e-3'", "a number above 0 and at most 1000"),
        (("--lr", "nan"), "'nan'", "a number above 0 and at most 1000"),
        (("--lr", "-inf"), "'-inf'", "a number above 0 and at most 1000"),
        (("--lr", "fast"), "'fast'", "a number above 0 and at most 1000"),
        (("--batch", "-1"), "'-1'", "a whole number from 0 to 60000"),
        (("--batch", "ten"), "'ten'", "a whole number from 0 to 60000"),
        (("--batch", "251"), "251", "at most 250, the number of training samples, or 0 for all"),
        (("--batch", "4001", "--data", "mnist"), "4001", "at most 4000, the number of training samples"),
        (("--epochs", "0"), "'0'", "a whole number from 1 to 10000000"),
        (("--epochs", "1.5"), "'1.5'", "a whole number from 1 to 10000000"),
        (("--noise", "0.9"), "'0.9'", "a number from 0 to 0.5"),
        (("--noise", "-0.1"), "'-0.1'", "a number from 0 to 0.5"),
        (("--samples", "5"), "'5'", "a whole number from 10 to 10000"),
        (("--samples", "9" * 5000), "'9999", "a whole number from 10 to 10000"),
        (("--test-share", "2"), "'2'", "a number from 0.05 to 0.95"),
        (("--turns", "0.4", "--data", "spiral"), "'0.4'", "a number from 0.5 to 3"),
        (("--turns", "3.1", "--data", "spiral"), "'3.1'", "a number from 0.5 to 3"),
        (("--turns", "2"), "2", ONLY_SPIRALS),
        (("--turns", "1.75", "--data", "moons"), "1.75", ONLY_SPIRALS),
        (("--turns", "2", "--data", "plane"), "2", ONLY_SPIRALS),
        (("--turns", "2", "--data", "mnist"), "2", ONLY_SPIRALS),
        (("--turns", "2", "--data", "parity"), "2", ONLY_SPIRALS),
        (("--turns", "2", "--data", "sine"), "2", ONLY_SPIRALS),
        (("--turns", "3.5", "--data", "spiral3"), "'3.5'", "a number from 0.5 to 3"),
        (("--bits", "1", "--data", "parity"), "'1'", "a whole number from 2 to 10"),
        (("--bits", "11", "--data", "parity"), "'11'", "a whole number from 2 to 10"),
        (("--bits", "2.5", "--data", "parity"), "'2.5'", "a whole number from 2 to 10"),
        (("--bits", "4"), "4", ONLY_PARITY),
        (("--bits", "4", "--data", "spiral5"), "4", ONLY_PARITY),
        (("--bits", "4", "--data", "chirp"), "4", ONLY_PARITY),
        (("--bits", "4", "--data", "hills"), "4", ONLY_PARITY),
        (("--bits", "4", "--data", "mnist"), "4", ONLY_PARITY),
        (("--features", "x1", "--data", "parity"), "'x1'", f"left out with --data parity: {ONLY_THE_PLANE}"),
        (("--features", "x1,x2", "--data", "sine"), "'x1,x2'", f"left out with --data sine: {ONLY_THE_PLANE}"),
        (("--features", "x1^2", "--data", "step"), "'x1^2'", f"left out with --data step: {ONLY_THE_PLANE}"),
        (("--until-test-accuracy", "0.9", "--data", "sine"), "0.9", "left out with --data sine: answers are numbers"),
        (("--loss", "binary", "--data", "spiral3"), "'binary'", "auto or classes"),
        (("--loss", "classes", "--data", "parity"), "'classes'", "auto or binary or tanh-squared"),
        (("--loss", "binary", "--data", "chirp"), "'binary'", "auto or regression or huber"),
        (("--clip", "-1"), "'-1'", "a number, 0 or more"),
        (("--clip", "inf"), "'inf'", "a number, 0 or more"),
        (("--l2", "-1"), "'-1'", "a number from 0 to 100"),
        (("--l1", "x"), "'x'", "a number from 0 to 100"),
        (("--dropout", "1"), "'1'", "a number from 0 to 0.9"),
        (("--dropout", "-0.1"), "'-0.1'", "a number from 0 to 0.9"),
        (("--seed", "-3"), "'-3'", "a whole number from 0 to 4294967295"),
        (("--seed", str(2**32)), "'4294967296'", "a whole number from 0 to 4294967295"),
        (("--seed", str(10**400)), "'1000", "a whole number from 0 to 4294967295"),
        (("--init-scale", "2000", "--init", "normal"), "'2000'", "a number from -1000 to 1000"),
        (("--init-scale", "2"), "2", "left out, or used with --init normal, uniform or constant"),
        (("--init-scale", "2", "--init", "he"), "2", "left out, or used with --init normal, uniform or constant"),
        (("--loss", "classes"), "'classes'", "auto or binary or tanh-squared"),
        (("--loss", "binary", "--data", "mnist"), "'binary'", "auto or classes"),
        (("--until-test-accuracy", "98"), "'98'", "a number from 0 to 1"),
        (("--until-test-accuracy", "0.9", "--data", "plane"), "0.9", "left out with --data plane"),
        (("--until-test-accuracy", "0.9", "--data", "hills"), "0.9", "left out with --data hills"),
        (("--samples", "50", "--data", "mnist"), "50", "left out with --data mnist"),
        (("--noise", "0", "--data", "mnist"), "0", "left out with --data mnist"),
        (("--test-share", "0.5", "--data", "mnist"), "0.5", "left out with --data mnist"),
        (("--features", "x1,x2", "--data", "mnist"), "'x1,x2'", "left out with --data mnist"),
        (("--deskew", "true", "--data", "mnist"), "'true'", "yes or no"),
        (("--deskew", "yes"), "'yes'", "left out with --data xor: it is for handwritten digits"),
        (("--deskew", "no", "--data", "hills"), "'no'", "left out with --data hills: it is for handwritten digits"),
        (("--activation", "sign"), "'sign'", "one with a slope to train"),
        (("--export", "image.jpg"), "'image.jpg'", ".png, .svg, .pdf, or .gif or .webp for a film"),
        (("--export", "nowhere/image.png"), "'nowhere/image.png'", "a file in a folder that exists"),
        (
            ("--export", "boundry=a.png"),
            "'boundry=a.png'",
            "one of the views boundary, digits, ",
        ),
        (("--save", "nowhere/x.json"), "'nowhere/x.json'", "a file in a folder that exists"),
        (("--save", "."), "'.'", "a file, not a folder"),
        (("--save", ""), "''", "a file, not a folder"),
        (("--export", "a.png", "--save", "./a.png"), "'a.png'", "another file than the others"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_wrong_argument_names_option_value_and_what_is_allowed(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], value: str, allowed: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "train", *arguments)
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(f"mlp-playground train: {arguments[0]}: {value}")
    assert " is not allowed; it must be " in err
    assert allowed in err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_the_files_names_those_that_are_missing(capsys: Capture, tmp_path: Path) -> None:
    code, out, err = run(capsys, "train", "--data", str(tmp_path))
    assert (code, out) == (2, "")
    assert err.startswith(f"mlp-playground train: --data: {str(tmp_path)!r}")
    assert "train-images-idx3-ubyte" in err


def test_a_folder_with_broken_files_names_the_file(capsys: Capture, tmp_path: Path) -> None:
    from mlp_playground.data.mnist import FILES

    for name in FILES:
        (tmp_path / name).write_bytes(b"nonsense")
    code, _, err = run(capsys, "train", "--data", str(tmp_path))
    assert code == 2
    assert FILES[0] in err


@pytest.mark.parametrize(
    "arguments", [("--what",), ("--hidden",), ("--lr", "--json"), ("--hid", "3"), ("more",)], ids=" ".join
)
def test_an_unknown_argument_is_an_error(capsys: Capture, arguments: tuple[str, ...]) -> None:
    code, out, err = run(capsys, "train", *arguments)
    assert (code, out) == (2, "")
    assert arguments[0] in err


@pytest.mark.parametrize("name", ["trian", "nowhere.json", "."])
def test_a_file_that_is_none_is_an_error_before_a_window_opens(capsys: Capture, name: str) -> None:
    code, out, err = run(capsys, name)
    assert (code, out) == (2, "")
    assert name in err
    assert "train, export, report, self-test" in err


# -- failed runs ------------------------------------------------------------------------------------------------------


def test_divergence_is_exit_code_1_with_a_result_and_a_reason(capsys: Capture) -> None:
    code, out, err = run(capsys, "train", *RUNAWAY, "--json")
    assert code == 1
    parsed = json.loads(out)
    assert list(parsed) == KEYS
    assert parsed["diverged"] is True
    assert parsed["train_loss"] is None or parsed["train_loss"] > 1
    assert "diverged" in err
    assert "learning rate of 1000" in err
    code, out, err = run(capsys, "train", *RUNAWAY)
    assert code == 1
    assert "diverged" in err


def test_a_diverged_run_can_be_saved_and_drawn(capsys: Capture, tmp_path: Path, qapp: object) -> None:
    path, image = tmp_path / "a.mlp", tmp_path / "a.png"
    code, _, _ = run(capsys, "train", *RUNAWAY, "--save", str(path), "--export", str(image))
    assert code == 1
    assert not QImage(str(image)).isNull()
    assert run(capsys, "export", str(path), "--out", str(image))[0] == 0


@pytest.mark.parametrize("option", ["--save", "--export"])
def test_what_can_not_be_written_is_refused_before_the_training(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    (tmp_path / "a.png").mkdir()
    monkeypatch.setattr(module, "start", None)
    code, out, err = run(capsys, "train", option, str(tmp_path / "a.png"))
    assert (code, out) == (2, "")
    assert err.endswith("a.png' is not allowed; it must be a file, not a folder\n")

    def fail(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("mlp_playground.files.open", fail, raising=False)
    code, out, err = run(capsys, "train", option, str(tmp_path / "b.png"))
    assert (code, out) == (2, "")
    assert err.endswith("b.png' is not allowed; it must be a file that can be written (Permission denied)\n")


def test_a_disk_that_fills_is_exit_code_1_after_the_result(capsys: Capture) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    code, out, err = run(capsys, "train", *QUICK, "--json", "--save", "/dev/full")
    assert code == 1
    assert list(json.loads(out)) == KEYS
    assert err == "mlp-playground train: [Errno 28] No space left on device: '/dev/full'\n"


def test_ctrl_c_ends_it_without_a_traceback(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_train", interrupted)
    assert run(capsys, "train") == (1, "", "mlp-playground train: stopped\n")


# -- pictures and files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["xor", "mnist"])
def test_train_draws_and_saves_and_export_draws_the_same(
    capsys: Capture, tmp_path: Path, qapp: object, data: str
) -> None:
    file, endings = tmp_path / "a.mlp", (".png", ".svg", ".pdf")
    arguments = ["--data", data, "--hidden", "3", "--epochs", "1", "--save", str(file), "--size", "300x280"]
    for ending in endings:
        arguments += ["--export", str(tmp_path / f"a{ending}")]
    assert run(capsys, "train", *arguments)[0] == 0
    content = file.read_bytes()
    for ending in endings:
        again = tmp_path / f"b{ending}"
        code, out, err = run(capsys, "export", str(file), "--out", str(again), "--size", "300x280")
        assert (code, out, err) == (0, f"{again}\n", "")
        assert again.read_bytes() == (tmp_path / f"a{ending}").read_bytes()
    assert file.read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 7


def test_export_does_not_train_and_its_options_are_heard(
    capsys: Capture, tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mlp_playground.experiment.trainer import Trainer

    saved(capsys, tmp_path, *QUICK)

    def fail(_self: Trainer) -> None:
        raise AssertionError("it trains")

    monkeypatch.setattr(Trainer, "step", fail)
    svg, png = tmp_path / "a.svg", tmp_path / "a.png"
    start = ("export", str(tmp_path / "saved.mlp"), "--view", "loss")
    assert run(capsys, *start, "--title", "So it went", "--no-legend", "--log", "--out", str(svg))[0] == 0
    text = svg.read_text()
    assert "So it went" in text
    assert ">test<" not in text
    options = ("--size", "320x200", "--dpi", "200", "--dark", "--transparent", "--no-axes", "--no-title")
    assert run(capsys, *start, *options, "--out", str(png))[0] == 0
    image = QImage(str(png))
    assert (image.width(), image.height(), image.dotsPerMeterX()) == (320, 200, 7874)
    assert image.pixelColor(2, 2).alpha() == 0


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        (None, ("--out", "a.png"), "missing.mlp"),
        ("{}", ("--out", "a.png"), "an experiment that this program saved"),
        ("good", ("--out", "a.txt"), "a name that ends in .png, .svg, .pdf, or .gif or .webp for a film"),
        ("good", ("--out", "nowhere/a.png"), "a folder that exists"),
        ("good", ("--out", "a.png", "--view", "loses"), "one of boundary, digits, "),
        (
            "good",
            ("--out", "a.png", "--view", "digits"),
            "network, loss, accuracy: these data are no pictures",
        ),
        ("good", ("--out", "a.png", "--size", "12"), "--size: '12' is not allowed; it must be WIDTHxHEIGHT"),
        ("good", ("--out", "a.png", "--size", "12x900"), "--size: 12 is not allowed; it must be 64 to 20 000 pixels"),
        ("good", ("--out", "a.png", "--size", "20000x20000"), "at most 100 million pixels"),
        (
            "good",
            ("--out", "a.png", "--dpi", "5"),
            "--dpi: '5' is not allowed; it must be a whole number from 30 to 1200",
        ),
        ("good", ("--out", "a.png", "--title", "a", "--no-title"), "--title: 'a' is not allowed; it must be left out"),
        ("good", ("--out", "a.png", "--stage", "1"), "--stage: '1' is not allowed; it must be left out, or used with"),
        (
            "good",
            ("--out", "a.png", "--view", "space", "--stage", "9"),
            "'9' is not allowed; it must be a number",
        ),
        ("good", ("--out", "a.png", "--filling", "slope"), "left out, or used with the view regions"),
        ("good", (), "--out"),
    ],
)
def test_export_refuses_what_it_can_not_draw(
    capsys: Capture,
    tmp_path: Path,
    qapp: object,
    monkeypatch: pytest.MonkeyPatch,
    content: str | None,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    path = tmp_path / "missing.mlp"
    if content == "good":
        path = tmp_path / "saved.mlp"
        saved(capsys, tmp_path, *QUICK)
    elif content is not None:
        path.write_text(content)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    code, out, err = run(capsys, "export", str(path), *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert sorted(tmp_path.iterdir()) == before


def test_train_films_its_run(capsys: Capture, tmp_path: Path, qapp: object) -> None:
    for ending in ("gif", "webp"):
        path = tmp_path / f"a.{ending}"
        length = ("--seconds", "0.5", "--fps", "8", "--size", "120x110")
        code, _, err = run(capsys, "train", *QUICK, "--export", f"boundary={path}", *length)
        assert (code, err) == (0, "")
        with Image.open(path) as film:
            assert (film.size, film.n_frames) == ((120, 110), 4)


def test_a_file_is_filmed_as_far_as_it_remembers_its_run(capsys: Capture, tmp_path: Path, qapp: object) -> None:
    saved(capsys, tmp_path, *QUICK)
    for view, n in (("loss", 3), ("space", 6)):
        path = tmp_path / f"{view}.gif"
        start = ("export", str(tmp_path / "saved.mlp"), "--view", view, "--out", str(path))
        assert run(capsys, *start, "--seconds", "0.5", "--fps", "12", "--size", "120x110")[0] == 0
        with Image.open(path) as film:
            assert film.n_frames >= n
    document.save(document.Document(Trainer(ExperimentConfig()).moment()), tmp_path / "saved.mlp")
    code, _, err = run(capsys, "export", str(tmp_path / "saved.mlp"), "--out", str(tmp_path / "b.gif"))
    assert code == 2
    assert "film: '0 epochs' is not allowed; it must be a run with a history" in err
    assert not (tmp_path / "b.gif").exists()


def test_of_digits_the_one_that_was_followed_is_drawn(capsys: Capture, tmp_path: Path, qapp: object) -> None:
    whole = saved(capsys, tmp_path, "--data", "mnist", "--hidden", "0", "--epochs", "1", "--batch", "0")
    drawn = []
    for view in ({}, {"digit_mode": "pick", "digit_picked": 0}, {"digit_mode": "pick", "digit_picked": 5}):
        document.save(replace(whole, view=view), tmp_path / "b.mlp")
        to = ("--view", "journey", "--out", str(tmp_path / "b.svg"))
        assert run(capsys, "export", str(tmp_path / "b.mlp"), *to)[0] == 0
        drawn.append((tmp_path / "b.svg").read_bytes())
    assert drawn[0] == drawn[1], "the first where none was followed"
    assert drawn[2] != drawn[0]


def test_a_file_is_drawn_as_it_was_looked_at(capsys: Capture, tmp_path: Path, qapp: object) -> None:
    whole = saved(capsys, tmp_path, *QUICK)
    view = {"test_points": False, "half_width": 2.0, "centre_x1": 1.0, "centre_x2": 0.0}
    document.save(replace(whole, view=view), tmp_path / "b.mlp")
    assert run(capsys, "export", str(tmp_path / "b.mlp"), "--out", str(tmp_path / "b.svg"))[0] == 0
    texts = (tmp_path / "b.svg").read_text()
    assert ">train<" in texts
    assert ">test<" not in texts
    assert ">−6<" not in texts, "the plane's usual edge"


def test_pictures_that_can_not_be_are_told_before_the_training(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_train", None)
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "train", "--data", "mnist", "--export", "boundary=a.svg")
    assert (code, list(tmp_path.iterdir())) == (2, [])
    assert "network, loss, accuracy: a picture is 784 numbers" in err
    code, _, err = run(capsys, "train", "--export", "a.gif", "--size", "9000x900")
    assert "--size: '9000x900' is not allowed; it must be at most 1920 × 1080 pixels in a film" in err
    code, _, err = run(capsys, "train", "--export", "a.gif", "--seconds", "90")
    assert "--seconds: '90' is not allowed; it must be a number from 0.5 to 60" in err
    code, _, err = run(capsys, "train", "--export", "a.png", "--fps", "9")
    assert "--fps: '9' is not allowed; it must be left out, or used with a film: FILE.gif" in err
    for option in (("--dark",), ("--size", "90x90"), ("--title", "a"), ("--seconds", "3")):
        code, _, err = run(capsys, "train", *option)
        assert code == 2
        assert err.startswith(f"mlp-playground train: {option[0]}: ")
        assert "must be left out, or used with" in err


# -- help -------------------------------------------------------------------------------------------------------------


def test_regions_can_be_filled_by_every_name_that_the_window_has() -> None:
    assert FILLING.allowed == alternatives(tuple(FILLINGS))


def test_the_version(capsys: Capture) -> None:
    assert run(capsys, "--version") == (0, f"mlp-playground {__version__}\n", "")


def test_help_names_the_commands_and_the_allowed_values(capsys: Capture) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    for command in parser.COMMANDS:
        assert command in out
    code, out, _ = run(capsys, "train", "--help")
    assert code == 0
    for name in (*TOYS, "mnist", *ACTIVATIONS, *OPTIMIZERS, *INITIALIZERS, "x1*x2", "auto", "--turns", "--bits"):
        assert name in out
    for command in ("export", "report", "self-test"):
        code, out, _ = run(capsys, command, "--help")
        assert code == 0
        assert command in out


# -- as a process of its own ------------------------------------------------------------------------------------------


def process(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    clean = {key: value for key, value in os.environ.items() if key not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "mlp_playground", *arguments],
        cwd=folder, env={**clean, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_picture_needs_no_display(tmp_path: Path) -> None:
    for arguments in (("train", *QUICK, "--save", "a.mlp"), ("export", "a.mlp", "--out", "a.svg")):
        done = process(*arguments, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    assert "<svg" in (tmp_path / "a.svg").read_text()


def test_help_and_version_load_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys; from mlp_playground.cli import main\n"
        "try: main([sys.argv[1]])\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'PySide6', 'numpy', 'pydantic'} & set(sys.modules)))"
    )
    for argument in ("--help", "--version"):
        command = [sys.executable, "-c", program, argument]
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False).returncode == 0


def test_training_alone_loads_no_qt(tmp_path: Path) -> None:
    program = (
        "import sys; from mlp_playground.cli import main; code = main(['train', '--epochs', '1', '--json']); "
        "sys.exit(code or any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_a_file_without_a_display_is_drawn(capsys: Capture, tmp_path: Path) -> None:
    saved(capsys, tmp_path, *QUICK)
    done = process("saved.mlp", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stderr
    assert (tmp_path / "experiment.png").read_bytes().startswith(b"\x89PNG")


def test_words_go_through_a_pipe_of_any_encoding(tmp_path: Path) -> None:
    done = process("train", *QUICK, folder=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "parameters" in done.stdout


def test_curves_are_exported_as_a_table(capsys: Capture, tmp_path: Path, qapp: object) -> None:
    whole = saved(capsys, tmp_path, *QUICK)
    kept = pin(pin(Runs(), whole.moment), whole.moment)
    kept = kept.put(replace(kept.kept[0], name="first")).put(replace(kept.kept[1], seen=False))
    document.save(replace(whole, runs=kept), tmp_path / "b.mlp")
    start = ("export", str(tmp_path / "b.mlp"), "--out", str(tmp_path / "b.csv"))
    assert run(capsys, *start, "--view", "curves") == (0, f"{tmp_path / 'b.csv'}\n", "")
    rows = (tmp_path / "b.csv").read_text().splitlines()
    n = whole.moment.curves.shape[1]
    assert rows[0].startswith("run,epoch,training (s),train loss")
    assert [row.split(",")[0] for row in rows[1:]] == ["now"] * n + ["first"] * n
    for wrong, words in (
        (("--view", "loss"), "curves, or left out"),
        (("--dark",), "left out, or used with a picture"),
    ):
        code, _, err = run(capsys, *start, *wrong)
        assert code == 2
        assert words in err
    assert run(capsys, "export", str(tmp_path / "b.mlp"), "--view", "loss", "--out", str(tmp_path / "b.svg"))[0] == 0
    assert ">first<" in (tmp_path / "b.svg").read_text()
