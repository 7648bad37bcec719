"""Holds a NumPy script against the program: it runs on the data's own points, and the answers are compared.

In a process of its own, so that it can be stopped at any time, shares nothing with the program, and holds up no window.
"""

from __future__ import annotations

import contextlib
import io
import runpy
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import MNIST_FULL
from mlp_playground.export.subject import Subject
from mlp_playground.export.text import small
from mlp_playground.export.written import Written

COMMAND = "run-script"
"""The command of the program that runs the script in a folder."""
SCRIPT, POINTS, ANSWERS = "network.py", "points.npy", "answers.npy"
MOST = 2000
"""Samples that are compared: those to test on, then those to learn from."""
SECONDS, SECONDS_TO_LEARN = 30, 600
"""What a script gets, and one that has to learn first."""
GROWN = 1e-3
GROWS = (
    "It learned anew, with the settings of now: over many steps the smallest roundings grow, and a run that was edited "
    "on its way ends elsewhere."
)
"""What is said where a recipe comes out otherwise by more than that."""
ALIKE = 0.01
"""Numbers to predict agree where they differ by no more than this, on the network's scale, where targets are ±1."""


@dataclass(frozen=True)
class Verdict:
    """How many of `n` answers agree, and the largest difference, on the network's own scale; those of a `recipe` were
    learned first."""

    difference: float
    agreeing: int
    n: int
    recipe: bool = False

    @property
    def words(self) -> str:
        """In one sentence."""
        who = f"All {self.n} answers agree" if self.agreeing == self.n else f"{self.agreeing} of {self.n} answers agree"
        told = f"{who}; the largest difference is {small(self.difference)}."
        return f"{told} {GROWS}" if self.recipe and self.difference > GROWN else told


def why_not(subject: Subject, *, recipe: bool) -> str:
    """Why there is nothing to compare; nothing if there is."""
    if recipe and subject.config.data.name == MNIST_FULL:
        return "The script reads MNIST's four files from a folder beside it: run it there."
    return ""


def prepare(subject: Subject, script: Written, folder: Path) -> None:
    """Lay the script and the points, in their own units, into an empty folder. Raises OSError."""
    script.save(folder / SCRIPT)
    np.save(folder / POINTS, subject.own(_samples(subject)))


def command(folder: Path) -> list[str]:
    """The process that runs what was prepared: the program itself, which needs no other Python where it is frozen."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "mlp_playground"]
    return [*program, COMMAND, str(folder)]


def run_script(folder: Path) -> None:
    """What that process does: let the script learn if it is a recipe, ask it about the points, write its answers."""
    with contextlib.redirect_stdout(io.StringIO()):
        names = runpy.run_path(str(folder / SCRIPT), run_name="script")
        if "train" in names:
            names["train"]()
        answers = names["predict"](np.load(folder / POINTS, allow_pickle=False))
    np.save(folder / ANSWERS, np.asarray(answers, np.float64))


def verdict(subject: Subject, folder: Path, *, recipe: bool) -> Verdict:
    """How the answers that the script left there compare with the program's. Raises OSError or ValueError if there are
    none."""
    theirs = np.load(folder / ANSWERS, allow_pickle=False)
    ours = subject.answers(_samples(subject))
    if theirs.shape != ours.shape:
        raise ValueError(f"answers of shape {theirs.shape}, not {ours.shape}")
    scale = 1.0 if subject.target is None else abs(subject.target.factor)
    far = np.abs(theirs - ours) * scale
    agreeing = _agree(subject, theirs, ours, far)
    return Verdict(float(far.max(initial=0.0)), int(agreeing.sum()), len(agreeing), recipe)


def verify(subject: Subject, script: Written, folder: Path, *, recipe: bool) -> Verdict:
    """All of it, waiting for the process. Raises InvalidValue where there is nothing to compare, or OSError."""
    if why := why_not(subject, recipe=recipe):
        raise InvalidValue("script", "numpy", why)
    prepare(subject, script, folder)
    limit = SECONDS_TO_LEARN if recipe else SECONDS
    try:
        done = subprocess.run(command(folder), capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        raise OSError(f"the script took longer than {limit} seconds") from None
    if done.returncode:
        raise OSError(f"the script failed: {last_line(done.stderr)}")
    return verdict(subject, folder, recipe=recipe)


def last_line(output: bytes) -> str:
    """What a process that failed said last."""
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def _samples(subject: Subject) -> NDArray[np.float32]:
    data = subject.data
    return np.concatenate([data.test.X, data.train.X], axis=1)[:, :MOST]


def _agree(
    subject: Subject, theirs: NDArray[np.float64], ours: NDArray[np.float64], far: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """For each sample, whether both say the same (n,)."""
    if subject.data.task == "regression":
        return np.asarray((far <= ALIKE).all(axis=0))
    if subject.data.task == "classes":
        return np.asarray(theirs.argmax(axis=0) == ours.argmax(axis=0))
    threshold = 0.0 if subject.architecture.head == "tanh-squared" else 0.5
    return np.asarray((theirs[0] > threshold) == (ours[0] > threshold))
