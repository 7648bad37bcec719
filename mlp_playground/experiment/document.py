"""The experiment as a file: readable JSON with the config, the parameters and the curves."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground import __version__
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.nn.arrays import Array

FORMAT, VERSION = "mlp-playground experiment", 1
LARGEST = 200_000_000
"""Bytes. A larger file is not one of ours: ten layers of 1,024 neurons on digits take some 150 MB."""


MOST = 2**53
"""No run comes to more epochs or steps than a float64 can count."""


@dataclass(frozen=True)
class Document:
    """A saved moment of a run: `theta` (n_parameters,) float32, `curves` (5, n) as from History.table."""

    config: ExperimentConfig
    theta: Array
    epoch: int
    steps: int
    curves: NDArray[np.float64]
    curve_stride: int = 1


def save(document: Document, path: Path) -> None:
    """Write the file whole or not at all: an old one stays until the new one is complete. Raises OSError."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "config": document.config.model_dump(mode="json"),
        "epoch": document.epoch,
        "steps": document.steps,
        "curve_stride": document.curve_stride,
        # NaN ("no accuracy") and infinity (the loss of a network that diverged) are no JSON
        "curves": [[float(x) if np.isfinite(x) else None for x in row] for row in document.curves],
        # the shortest decimals that give back the same float32
        "parameters": [float(str(x)) for x in document.theta],
    }
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file, allow_nan=False)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path) -> Document:
    """Read a file that `save` wrote. Raises InvalidValue naming what is wrong with it, or OSError."""
    if path.stat().st_size > LARGEST:
        raise InvalidValue("file", path.name, "an experiment of this program; this one is too large to be one")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, or a number of thousands of digits
        raise InvalidValue("file", path.name, f"an experiment in JSON; it can't be read as such ({error})") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InvalidValue("file", path.name, f"an experiment that this program saved (its format is “{FORMAT}”)")
    if (version := _count(content, "version")) > VERSION:
        raise InvalidValue("version", version, f"at most {VERSION}; the file is from a newer program")
    return Document(
        parse(content.get("config")),
        _numbers("parameters", content.get("parameters")).astype(np.float32),
        _count(content, "epoch"),
        _count(content, "steps"),
        _curves(content.get("curves")),
        max(_count(content, "curve_stride"), 1),
    )


def _count(content: dict[str, Any], field: str) -> int:
    value = content.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise InvalidValue(field, value, f"a whole number from 0 to {MOST}")
    return value


def _numbers(field: str, value: Any) -> NDArray[np.float64]:
    try:
        array = np.array(value, np.float64)
    except (TypeError, ValueError, OverflowError):
        array = np.array(np.nan)
    with np.errstate(over="ignore"):
        fits = bool(np.isfinite(array.astype(np.float32)).all())
    if array.ndim != 1 or not fits:
        raise InvalidValue(field, type(value).__name__, "a list of finite numbers")
    return array


def _curves(value: Any) -> NDArray[np.float64]:
    try:
        table = np.array(value, np.float64)
    except (TypeError, ValueError, OverflowError):
        table = np.empty(0)
    if table.ndim != 2 or table.shape[0] != 5 or not np.isfinite(table[0]).all():
        raise InvalidValue("curves", type(value).__name__, "5 rows of numbers: epoch, losses and accuracies")
    return table


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
