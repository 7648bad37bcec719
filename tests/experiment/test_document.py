"""The experiment as a file: it comes back to the bit, whole or not at all, and damage is told in words."""

from __future__ import annotations

import json
import tempfile
from base64 import b64encode
from copy import deepcopy
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import document as module
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.experiment.document import FORMAT, Document, load, save
from mlp_playground.experiment.trainer import Trainer

CONFIG = parse({"network": {"hidden": [3, 2], "activations": ["relu", "tanh"]}, "training": {"l1": 0.1}, "seed": 4})


def example(theta: Any = None) -> Document:
    trainer = Trainer(CONFIG)
    for _ in range(60):
        trainer.step()
    theta = trainer.network.theta.copy() if theta is None else np.asarray(theta, np.float32)
    return Document(CONFIG, theta, trainer.epoch, trainer.step_count, trainer.history.table(), 1)


EXAMPLE = example()


def written(folder: Path, document: Document = EXAMPLE) -> Path:
    path = folder / "run.mlp"
    save(document, path)
    return path


def content(folder: Path) -> Any:
    return json.loads(written(folder).read_text(encoding="utf-8"))


def test_a_document_comes_back_to_the_bit(tmp_path: Path) -> None:
    again = load(written(tmp_path))
    assert again.config == EXAMPLE.config
    assert (again.epoch, again.steps, again.curve_stride) == (EXAMPLE.epoch, EXAMPLE.steps, 1)
    assert again.theta.dtype == np.float32
    assert again.theta.tobytes() == EXAMPLE.theta.tobytes()
    assert again.curves.tobytes() == EXAMPLE.curves.tobytes()


def test_every_kind_of_float32_comes_back_to_the_bit(tmp_path: Path) -> None:
    bits = np.random.default_rng(0).integers(0, 2**32, 20_000, dtype=np.uint64).astype(np.uint32)
    theta = bits.view(np.float32)
    theta = np.concatenate(
        [theta[np.isfinite(theta)], np.array([0.0, -0.0, 1e-45, 3.4028235e38, -3.4028235e38], np.float32)]
    )
    again = load(written(tmp_path, example(theta)))
    assert again.theta.tobytes() == theta.tobytes()


def test_no_accuracy_comes_back_as_none(tmp_path: Path) -> None:
    curves = np.array([[0.0, 1.0], [0.5, 0.25], [0.5, 0.3], [np.nan, np.nan], [np.nan, np.nan]])
    again = load(written(tmp_path, Document(CONFIG, EXAMPLE.theta, 1, 25, curves, 4)))
    assert again.curve_stride == 4
    assert np.array_equal(again.curves, curves, equal_nan=True)


def test_a_run_that_diverged_can_be_saved_too(tmp_path: Path) -> None:
    curves = np.array([[0.0, 1.0], [0.5, np.inf], [0.5, np.inf], [np.nan, np.nan], [np.nan, np.nan]])
    again = load(written(tmp_path, Document(CONFIG, EXAMPLE.theta, 1, 25, curves)))
    assert again.curves[1, 0] == 0.5
    assert not np.isfinite(again.curves[1, 1])


def test_a_run_without_curves_can_be_saved_too(tmp_path: Path) -> None:
    again = load(written(tmp_path, Document(CONFIG, EXAMPLE.theta, 1, 25, np.zeros((5, 0)))))
    assert again.curves.shape == (5, 0)


def test_saving_leaves_the_file_and_nothing_else(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["run.mlp"]


def test_a_failure_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    path = written(tmp_path)
    old = path.read_bytes()
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match=r"No space left on device: .*run\.mlp"):
        save(example(np.zeros(20)), path)
    assert path.read_bytes() == old
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.mlp"]


@pytest.mark.parametrize("odd", [np.nan, np.inf])
def test_what_could_not_be_loaded_is_not_saved(odd: float, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=r"^parameters: 'NaN or infinity'"):
        save(example([1.0, odd]), tmp_path / "run.mlp")
    assert list(tmp_path.iterdir()) == []


def test_the_config_can_be_read_by_people(tmp_path: Path) -> None:
    lines = written(tmp_path).read_text(encoding="utf-8").splitlines()
    assert '      "learning_rate": 0.01,' in lines
    assert sum(line.startswith('  "') for line in lines) == 9, "a field a line"


def test_the_parameters_are_their_bytes_little_end_first(tmp_path: Path) -> None:
    save(example([1.0, -2.0]), tmp_path / "run.mlp")
    saved = json.loads((tmp_path / "run.mlp").read_text(encoding="utf-8"))["parameters"]
    assert saved == {"dtype": "float32", "base64": b64encode(b"\0\0\x80\x3f\0\0\0\xc0").decode()}


def test_a_large_network_is_saved_quickly(tmp_path: Path) -> None:
    """As decimals these parameters took 3.6 s; now they take 0.4 s, and the bound leaves room for a slow machine."""
    document = example(np.random.default_rng(0).normal(size=10_000_000))
    before = process_time()
    path = written(tmp_path, document)
    assert process_time() - before < 2
    assert load(path).theta.tobytes() == document.theta.tobytes()


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        save(EXAMPLE, tmp_path / "nowhere" / "run.mlp")


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"run\.mlp"):
        load(tmp_path / "run.mlp")


def test_a_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"directory|denied"):
        load(tmp_path)


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"\xff\xfe\x00", b"[1, 2", b"hello", b"[" * 100_000, b'{"epoch": ' + b"9" * 5000 + b"}", b"\x00" * 50],
    ids=["empty", "cut off", "not UTF-8", "cut off list", "words", "deep", "huge number", "zeros"],
)
def test_what_is_no_json_is_refused(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "run.mlp"
    path.write_bytes(text)
    with pytest.raises(InvalidValue, match=r"^file: 'run\.mlp' is not allowed; it must be an experiment in JSON"):
        load(path)


@pytest.mark.parametrize("text", ["null", "3", "[]", "{}", '{"format": "other"}', '{"format": [1]}'])
def test_other_json_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "run.mlp"
    path.write_text(text)
    with pytest.raises(InvalidValue, match=f"an experiment that this program saved .*{FORMAT}"):
        load(path)


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    for end in range(0, len(whole), 97):
        path.write_bytes(whole[:end])
        with pytest.raises(InvalidValue, match=r"run\.mlp"):
            load(path)


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    newer = {**content(tmp_path), "version": 2}
    path = tmp_path / "run.mlp"
    path.write_text(json.dumps(newer))
    with pytest.raises(InvalidValue, match="version: 2 is not allowed; it must be at most 1; the file is from a newer"):
        load(path)


def test_a_file_too_large_to_be_one_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    monkeypatch.setattr(module, "LARGEST", path.stat().st_size - 1)
    with pytest.raises(InvalidValue, match="too large"):
        load(path)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("epoch", -1, "epoch: -1"),
        ("epoch", 1.5, "epoch: 1.5"),
        ("epoch", True, "epoch: True"),
        ("steps", None, "steps: None"),
        ("steps", 10**30, "steps"),
        ("curve_stride", "2", "curve_stride: '2'"),
        ("version", None, "version: None"),
        ("parameters", None, "parameters: 'NoneType'"),
        ("parameters", [1.0, 2.0], "parameters: 'list'"),
        ("parameters", {}, "parameters: 'dict'"),
        ("parameters", {"base64": "AACAPw=="}, "parameters: 'dict'"),
        ("parameters", {"dtype": "float32", "base64": "", "more": 1}, "parameters: 'dict'"),
        ("parameters", {"dtype": "float64", "base64": "AACAPw=="}, "parameters dtype: 'float64'"),
        ("parameters", {"dtype": ["float32"], "base64": "AACAPw=="}, "parameters dtype"),
        ("parameters", {"dtype": "float32", "base64": None}, "parameters base64: None"),
        ("parameters", {"dtype": "float32", "base64": [1.0]}, "parameters base64"),
        ("parameters", {"dtype": "float32", "base64": "AACAPw="}, "parameters base64: 'AACAPw='"),
        ("parameters", {"dtype": "float32", "base64": "AACA\nPw=="}, "parameters base64"),
        ("parameters", {"dtype": "float32", "base64": "AACA_w=="}, "parameters base64"),
        ("parameters", {"dtype": "float32", "base64": "ÄÖÜß"}, "parameters base64"),
        ("parameters", {"dtype": "float32", "base64": "AACA"}, "parameters base64: '3 bytes'"),
        ("parameters", {"dtype": "float32", "base64": "AADAfw=="}, "parameters: 'NaN or infinity'"),
        ("parameters", {"dtype": "float32", "base64": "AACA/w=="}, "parameters: 'NaN or infinity'"),
        ("curves", None, "curves"),
        ("curves", [[1, 2]] * 4, "curves"),
        ("curves", [[1, 2]] * 4 + [[1]], "curves"),
        ("curves", [[None]] * 5, "curves"),
        ("config", None, "experiment"),
        ("config", {"seed": -1}, "seed"),
    ],
)
def test_a_wrong_field_is_named(field: str, value: Any, named: str, tmp_path: Path) -> None:
    damaged = {**content(tmp_path), field: value}
    path = tmp_path / "run.mlp"
    path.write_text(json.dumps(damaged))
    with pytest.raises(InvalidValue, match=f"^{named}"):
        load(path)


def load_and_use(path: Path) -> None:
    """As the program does it: what `load` lets through must be refused by the trainer, or work."""
    trainer = Trainer(ExperimentConfig())
    trainer.restore(load(path))
    trainer.step()
    trainer.history.table()


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.lists(st.integers(-3, 3), max_size=3),
    st.just({}),
)
FIELDS = ["format", "version", "config", "epoch", "steps", "curve_stride", "curves", "parameters"]


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_damaged_content_is_used_or_refused(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        damaged = deepcopy(content(Path(folder)))
        for _ in range(data.draw(st.integers(1, 3))):
            field = data.draw(st.sampled_from(FIELDS))
            where, key = damaged, field
            # go down a random way into lists and objects, and damage something there
            while isinstance(where.get(key) if isinstance(where, dict) else where[key], dict | list) and data.draw(
                st.booleans()
            ):
                inner = where[key]
                if not inner:
                    break
                where, key = (
                    inner,
                    data.draw(st.sampled_from(list(inner) if isinstance(inner, dict) else range(len(inner)))),
                )
            where[key] = data.draw(ODD)
        path = Path(folder) / "run.mlp"
        path.write_text(json.dumps(damaged))
        try:
            load_and_use(path)
        except InvalidValue as error:
            assert " is not allowed; it must be " in str(error)  # noqa: PT017


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=3))
def test_damaged_bytes_are_used_or_refused(place: int, noise: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder))
        whole = path.read_bytes()
        place %= len(whole)
        path.write_bytes(whole[:place] + noise + whole[place + len(noise) :])
        try:
            load_and_use(path)
        except InvalidValue as error:
            assert " is not allowed; it must be " in str(error)  # noqa: PT017
