"""A script is run apart from the program and held against it, and what it does wrong is told."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mlp_playground import cli
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import document
from mlp_playground.experiment.config import MNIST, MNIST_FULL
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.export import verify
from mlp_playground.export.codes import CODES
from mlp_playground.export.subject import Subject
from mlp_playground.export.written import Written
from tests.export.subjects import config, subject, table


def test_a_script_is_run_in_a_process_of_its_own(tmp_path: Path) -> None:
    case = subject(config(table("regression"), (4,)))
    found = verify.verify(case, CODES["numpy"].written(case), tmp_path, recipe=False)
    assert (found.agreeing, found.n) == (60, 60)
    assert 0 < found.difference < 1e-5
    assert found.words.startswith("All 60 answers agree; the largest difference is ")
    assert "10⁻" in found.words


def test_wrong_answers_are_counted_and_measured(tmp_path: Path) -> None:
    for loss in ("binary", "tanh-squared"):
        case = subject(config("circle", (4,), training={"loss": loss}))
        verify.prepare(case, Written(b""), tmp_path)
        X = np.load(tmp_path / verify.POINTS)
        ours = case.answers(X.astype(np.float32))
        theirs = 0.9 - 0.8 * (X[:1] < 1)
        np.save(tmp_path / verify.ANSWERS, theirs)
        found = verify.verdict(case, tmp_path, recipe=False)
        threshold = 0.5 if loss == "binary" else 0.0
        assert found.agreeing == ((theirs > threshold) == (ours > threshold)).sum() < found.n == 60
        assert found.difference == pytest.approx(np.abs(theirs - ours).max())
        assert found.words.startswith(f"{found.agreeing} of 60 answers agree; the largest difference is ")
    assert replace(found, recipe=True).words.endswith("ends elsewhere.")
    np.save(tmp_path / verify.ANSWERS, np.zeros((2, 60)))
    with pytest.raises(ValueError, match="shape"):
        verify.verdict(case, tmp_path, recipe=False)


def test_a_script_that_fails_or_hangs_is_told_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = subject(config("circle", (2,)))
    with pytest.raises(OSError, match="the script failed: KeyError: 'predict'"):
        verify.verify(case, Written(b""), tmp_path, recipe=False)
    monkeypatch.setattr(verify, "SECONDS", 0.5)
    monkeypatch.setattr(verify, "command", lambda _folder: [sys.executable, "-c", "import time; time.sleep(60)"])
    with pytest.raises(OSError, match=r"longer than 0\.5 seconds"):
        verify.verify(case, Written(b""), tmp_path, recipe=False)
    full = config(MNIST, (2,)).changed("data", name=MNIST_FULL)
    with pytest.raises(InvalidValue, match="MNIST's four files"):
        verify.verify(replace(case, config=full), Written(b""), tmp_path, recipe=True)


def test_the_frozen_program_runs_scripts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert verify.command(Path("there")) == [sys.executable, cli.INNER_COMMAND, "there"]


def test_previews_show_what_a_file_of_numbers_has() -> None:
    case = subject(config(table("regression"), (4,), ("gelu",)))
    assert "#   W1             float32 4 × 4\n" in CODES["npz"].shown(case)
    assert 'W2, b2 = file["W2"], file["b2"]' in CODES["npz"].shown(case)
    pytest.importorskip("onnx")
    shown = CODES["onnx"].shown(case)
    assert "#   gemm_4 = Gemm(cast_3, W1, b1)" in shown
    compile(shown, "preview", "exec")


def test_code_is_exported_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trainer = Trainer(config("xor", (3,)))
    trainer.run_epoch()
    file, out = tmp_path / "x.mlp", tmp_path / "x.py"
    document.save(Document(trainer.moment()), file)

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = cli.main(["export", str(file), *arguments])
        except SystemExit as ending:
            code = int(ending.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    code, told, _ = run("--code", "numpy", "-o", str(out), "--verify", "--recipe")
    assert (code, told.splitlines()[0]) == (0, str(out))
    assert told.splitlines()[1].startswith("All 60 answers agree")
    assert "def train():" in out.read_text(encoding="utf-8")
    assert run("--code=torch", "--out", str(out))[0] == 0
    assert out.read_bytes() == CODES["torch"].written(Subject.of_trainer(trainer)).content
    for arguments, words in (
        (("--code", "cobol", "-o", str(out)), "must be numpy, torch, keras, onnx or npz"),
        (("--code", "npz", "-o", str(out), "--recipe"), "a kind of script"),
        (("--code", "keras", "-o", str(out), "--verify"), "used with --code numpy"),
        (("--code", "npz", "-o", str(tmp_path)), "a file, not a folder"),
        (("--code", "npz"), "required: --out/-o"),
    ):
        code, told, error = run(*arguments)
        assert (code, told) == (2, "")
        assert words in error
    assert "numpy: a script" in run("--code", "numpy", "--help")[1]
