"""The experiment as a file: JSON with a readable config, the curves, and the parameters' bytes as base64."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground import __version__
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.files import write_whole
from mlp_playground.nn.arrays import Array

FORMAT, VERSION = "mlp-playground experiment", 1
LARGEST = 100_000_000
"""Bytes. A larger file is not one of ours: ten layers of 1,024 neurons on digits take 55 MB."""

DTYPE = "float32"
"""How the parameters' bytes are to be read, little end first. As decimals they would take seconds to write."""

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
    """Write the file whole or not at all: an old one stays until the new one is complete. Raises OSError.

    A document whose parameters are not finite could not be loaded again: it raises InvalidValue.
    """
    if not np.isfinite(document.theta).all():
        raise InvalidValue("parameters", "NaN or infinity", "finite numbers")
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
        "parameters": {"dtype": DTYPE, "base64": b64encode(document.theta.astype("<f4").tobytes()).decode("ascii")},
    }
    write_whole(path, _text(content).encode("utf-8"))


def _text(content: dict[str, Any]) -> str:
    """JSON to read: a field a line, and the config's fields each on its own."""
    lines = (f"  {json.dumps(field)}: {_value(field, value)}" for field, value in content.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(field: str, value: Any) -> str:
    indent = 2 if field == "config" else None
    return json.dumps(value, allow_nan=False, indent=indent).replace("\n", "\n  ")


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
        _parameters(content.get("parameters")),
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


def _parameters(value: Any) -> Array:
    """The vector that `save` wrote as `{"dtype": "float32", "base64": "…"}`."""
    if not isinstance(value, dict) or value.keys() != {"dtype", "base64"}:
        raise InvalidValue("parameters", type(value).__name__, "an object with dtype and base64")
    if value["dtype"] != DTYPE:
        raise InvalidValue("parameters dtype", value["dtype"], DTYPE)
    text = value["base64"]
    try:
        content = b64decode(text, validate=True)
    except (TypeError, ValueError):  # not a string; not base64
        raise InvalidValue("parameters base64", text, "numbers in base64") from None
    if len(content) % 4:
        raise InvalidValue("parameters base64", f"{len(content)} bytes", "4 bytes for each number")
    theta = np.frombuffer(content, "<f4").astype(np.float32)
    if not np.isfinite(theta).all():
        raise InvalidValue("parameters", "NaN or infinity", "finite numbers")
    return theta


def _curves(value: Any) -> NDArray[np.float64]:
    try:
        table = np.array(value, np.float64)
    except (TypeError, ValueError, OverflowError):
        table = np.empty(0)
    if table.ndim != 2 or table.shape[0] != 5 or not np.isfinite(table[0]).all():
        raise InvalidValue("curves", type(value).__name__, "5 rows of numbers: epoch, losses and accuracies")
    return table
