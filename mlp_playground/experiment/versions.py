"""The versions of an experiment's plain data: what an older one lacks is put in, a newer one is refused."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue

FORMAT, VERSION = "mlp-playground experiment", 3
SAVED = f"an experiment that this program saved (its format is “{FORMAT}”)"

Content = dict[str, Any]
"""What JSON gives for an object."""
Arrays = dict[str, NDArray[Any]]
"""Arrays by name, as a document keeps them: "parameters", "curves", …"""


def read_json(text: str | bytes) -> Any:
    """What the JSON `text` says. Raises ValueError for text that isn't JSON, the NaN that Python writes included."""
    try:
        return json.loads(text if isinstance(text, str) else text.decode("utf-8"), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("lists in lists without end") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number in JSON")


def upgraded(content: Content, arrays: Arrays) -> Content:
    """`content` as a program of the present version writes it; arrays that an old one kept in it go to `arrays`.

    Raises InvalidValue for a version from the future, or what no version could be.
    """
    version = content.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise InvalidValue("version", version, f"a whole number from 1 to {VERSION}")
    if version > VERSION:
        raise InvalidValue("version", version, f"at most {VERSION}; this is from a newer program")
    for old in range(version, VERSION):
        content = MIGRATIONS[old](content, arrays)
    return content


def _from_1(content: Content, arrays: Arrays) -> Content:
    """Version 1 was one JSON file, parameters and curves included, without what makes a run go on to the bit."""
    arrays |= {"parameters": _parameters(content.get("parameters")), "curves": _curves(content.get("curves"))}
    kept = {
        field: content[field] for field in ("format", "config", "epoch", "steps", "curve_stride") if field in content
    }
    return kept | {
        "version": 2,
        "saved": None,
        "position": 0,
        "generators": {},
        "view": {},
        "arrays": ["parameters", "curves"],
    }


def _from_2(content: Content, _arrays: Arrays) -> Content:
    """Version 2 counted no seconds, and kept no run beside the present one."""
    return content | {"version": 3, "trained": None, "runs": {"next_number": 1, "kept": []}}


def _parameters(value: Any) -> NDArray[np.float32]:
    """The vector that was written as `{"dtype": "float32", "base64": "…"}`, little end first."""
    if not isinstance(value, dict) or value.keys() != {"dtype", "base64"}:
        raise InvalidValue("parameters", type(value).__name__, "an object with dtype and base64")
    if value["dtype"] != "float32":
        raise InvalidValue("parameters dtype", value["dtype"], "float32")
    text = value["base64"]
    try:
        content = b64decode(text, validate=True)
    except (TypeError, ValueError):  # not a string; not base64
        raise InvalidValue("parameters base64", text, "numbers in base64") from None
    if len(content) % 4:
        raise InvalidValue("parameters base64", f"{len(content)} bytes", "4 bytes for each number")
    return np.frombuffer(content, "<f4").astype(np.float32)


def _curves(value: Any) -> NDArray[np.float64]:
    """Five rows of numbers, of which null was "no accuracy" or a loss beyond all numbers."""
    try:
        return np.array(value, np.float64)
    except (TypeError, ValueError, OverflowError):
        raise InvalidValue("curves", type(value).__name__, "5 rows of numbers: epoch, losses and accuracies") from None


MIGRATIONS: dict[int, Callable[[Content, Arrays], Content]] = {1: _from_1, 2: _from_2}
"""Version → how its plain data become those of the next one. A sample of each version stays in the tests for ever."""
