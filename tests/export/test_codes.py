"""What was exported answers as the program does, on the data's own points, for networks of every kind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mlp_playground.data.deskew import deskew
from mlp_playground.data.mnist import load_sample
from mlp_playground.errors import InvalidValue
from mlp_playground.export.codes import CODES
from mlp_playground.export.subject import Subject
from mlp_playground.nn.activations import ACTIVATIONS
from tests.export.subjects import config, run, subject, subjects

CLOSE = 1e-5


@pytest.fixture(scope="module")
def cases() -> dict[str, Subject]:
    return subjects()


def points(case: Subject) -> NDArray[np.float32]:
    """Some of the network's samples, test and train (n_in, N)."""
    return np.concatenate([case.data.test.X[:, :80], case.data.train.X[:, :80]], axis=1)


def difference(case: Subject, answers: NDArray[Any]) -> float:
    """The largest difference to the program's answers (n_out, N), in the network's own scale."""
    factor = 1.0 if case.target is None else case.target.factor
    expected = case.answers(points(case))
    assert answers.shape == expected.shape
    return float(np.abs((answers - expected) * factor).max())


def saved(case: Subject, code: str, folder: Path) -> Path:
    path = folder / f"network.{CODES[code].ending}"
    CODES[code].written(case).save(path)
    return path


def test_the_program_s_answers_are_those_of_its_own_layers(cases: dict[str, Subject]) -> None:
    case = cases["table of numbers"]
    A = case.data.test.X.astype(np.float64)
    for l, fold in enumerate(case.architecture.activations):
        Z = case.network.W[l] @ A + case.network.b[l][:, None]
        A = np.empty_like(Z)
        ACTIVATIONS[fold].apply(Z, A)
    z = case.network.W[-1] @ A + case.network.b[-1][:, None]
    assert case.target is not None
    assert case.answers(case.data.test.X) == pytest.approx((z - case.target.offset) / case.target.factor, abs=1e-4)


def test_numpy_scripts_answer_as_the_program_does(cases: dict[str, Subject], tmp_path: Path) -> None:
    for name, case in cases.items():
        predict = run(saved(case, "numpy", tmp_path))["predict"]
        assert difference(case, predict(case.own(points(case)))) < CLOSE, name


def test_a_numpy_script_is_read_as_its_formulas(tmp_path: Path) -> None:
    case = subject(config("circle", (3, 2), ("tanh", "relu"), ("x1", "x1^2"), off=((1, 0),)))
    text = saved(case, "numpy", tmp_path).read_text(encoding="utf-8")
    for line in (
        "    return np.stack([x1, x1**2])",
        "    A1 = tanh(W1 @ A0 + b1)",
        "    A2 = relu(W2 @ A1 + b2)",
        "    A2[[0]] = 0  # switched off (neurons count from 0)",
        "    return sigmoid(W3 @ A2 + b3)",
    ):
        assert line in text.splitlines()
    assert max(map(len, text.splitlines())) <= 120
    assert (tmp_path / "network-weights.npz").exists() is False


def test_scripts_run_as_they_are(cases: dict[str, Subject], tmp_path: Path) -> None:
    """Also with names that would end a text or a comment, and with the file beside them wherever they are run."""
    for name, answer in (("table", "%"), ("digits", "It is a ")):
        folder = tmp_path / name
        folder.mkdir()
        path = saved(cases[name], "numpy", folder)
        environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
        made = subprocess.run(
            [sys.executable, str(path)], env=environment, cwd="/", capture_output=True, encoding="utf-8", check=False
        )
        assert (made.returncode, made.stderr) == (0, ""), name
        assert answer in made.stdout, name
    assert (tmp_path / "digits" / "network-weights.npz").exists()


def test_a_script_straightens_digits_as_the_program_does(cases: dict[str, Subject], tmp_path: Path) -> None:
    raw = load_sample().test.X.T.reshape(-1, 28, 28)[:40].copy()
    raw[3] = 0
    raw[4] = 0
    raw[4, 10, 5:9] = 1
    theirs = run(saved(cases["digits"], "numpy", tmp_path))["deskew"](raw)
    deskew(raw)
    assert np.abs(theirs - raw).max() < CLOSE


def test_onnx_models_answer_as_the_program_does(cases: dict[str, Subject], tmp_path: Path) -> None:
    runtime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    for name, case in cases.items():
        content = CODES["onnx"].written(case).content
        session = runtime.InferenceSession(content, providers=["CPUExecutionProvider"])
        (answers,) = session.run(
            None, {"samples": case.own(points(case)).T.astype(np.float64 if case.scales else np.float32)}
        )
        assert difference(case, answers.T) < CLOSE, name
        assert content == CODES["onnx"].written(case).content


def test_torch_scripts_answer_as_the_program_does(cases: dict[str, Subject], tmp_path: Path) -> None:
    torch: Any = pytest.importorskip("torch", reason="PyTorch is not installed")
    for name, case in cases.items():
        predict = run(saved(case, "torch", tmp_path))["predict"]
        kind = torch.float64 if case.scales else torch.float32
        answers = predict(torch.tensor(case.own(points(case)).T, dtype=kind)).numpy()
        assert difference(case, answers.T) < CLOSE, name


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Keras's own
def test_keras_scripts_answer_as_the_program_does(cases: dict[str, Subject], tmp_path: Path) -> None:
    pytest.importorskip("keras", reason="Keras is not installed")
    for name, case in cases.items():
        predict = run(saved(case, "keras", tmp_path))["predict"]
        assert difference(case, predict(case.own(points(case)).T).T) < CLOSE, name


def test_scripts_for_other_libraries_are_python(cases: dict[str, Subject]) -> None:
    for name, case in cases.items():
        for code in ("torch", "keras"):
            compile(CODES[code].written(case).content, f"{name} {code}", "exec")


def test_arrays_say_all_that_it_takes_to_answer(cases: dict[str, Subject], tmp_path: Path) -> None:
    case = cases["tanh head, off"]
    with np.load(saved(case, "npz", tmp_path), allow_pickle=False) as arrays:
        A = points(case).astype(np.float64)
        for l in range(1, 4):
            A = np.tanh(arrays[f"W{l}"] @ A + arrays[f"b{l}"][:, None])
            A[[neuron for layer, neuron in arrays["off"] if layer == l - 1]] = 0
        assert (str(arrays["head"]), *arrays["activations"]) == ("tanh-squared", "tanh", "tanh")
    assert difference(case, A) < CLOSE
    table = cases["table of numbers"]
    with np.load(saved(table, "npz", tmp_path), allow_pickle=False) as arrays:
        own = table.own(points(table))
        assert (own - arrays["input_middle"][:, None]) * arrays["input_factor"][:, None] == pytest.approx(
            points(table), abs=1e-5
        )
        assert list(arrays["inputs"]) == list(table.inputs)


def test_the_same_network_gives_the_same_files(cases: dict[str, Subject]) -> None:
    for code in CODES.values():
        if not code.why_not(cases["digits"]):
            assert code.written(cases["digits"]) == code.written(cases["digits"])


def test_what_cannot_be_written_says_why(cases: dict[str, Subject], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidValue, match="code: 'npz' is not allowed; it must be a kind of script"):
        CODES["npz"].written(cases["bits"], recipe=True)
    with pytest.raises(InvalidValue, match="it must be that of a network that can learn: sign"):
        CODES["numpy"].written(cases["a step"], recipe=True)
    monkeypatch.setattr("mlp_playground.export.codes.find_spec", lambda _name: None)
    assert CODES["onnx"].why_not(cases["bits"]).endswith("pip install onnx")
    assert not CODES["numpy"].why_not(cases["bits"])
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert CODES["onnx"].why_not(cases["bits"]).endswith("comes without ONNX")
