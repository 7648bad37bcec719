"""The user's own data as plain data and arrays: what a file and a shared text keep of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.versions import Arrays, Content

X, Y = "data/X", "data/y"
"""The arrays' names in a file: (n_in, N) float32, and (N,) int64 or for regression float32."""
MOST = 10_000_000
"""Numbers in X, and samples, that a file may have."""
MOST_LISTED = 1000
"""Numbers that a shared text may have: more would not fit into a message."""


def described(own: OwnData) -> Content:
    """`own` without its samples, as JSON can have it. Raises InvalidValue for what could not be read again."""
    if max(own.samples.X.size, len(own.samples)) > MOST:
        raise InvalidValue("own data", f"{own.samples.X.size:,} numbers", f"at most {MOST:,} numbers")
    content = json.loads(json.dumps(own.description()))
    # the digest is of what will be read, as NumPy's numbers come back from JSON as Python's
    return {**content, "digest": OwnData.from_description(content, own.samples.X, own.samples.y).digest}


def arrays(own: OwnData) -> Arrays:
    """The samples of `own` under their names in a file."""
    return {X: own.samples.X, Y: own.samples.y}


def from_arrays(content: object, take: Callable[[str, int], NDArray[Any]]) -> OwnData:
    """The data that `described` told of, with the samples that `take` gives by name, of at most so many numbers.

    Raises InvalidValue if they don't fit to each other, down to the last bit.
    """
    description, digest = _without(content, "digest")
    own = OwnData.from_description(description, take(X, MOST), take(Y, MOST))
    if own.digest != digest:
        raise InvalidValue("own data digest", digest, f"that of the samples: {own.digest}")
    return own


def listed(own: OwnData) -> Content:
    """All of `own` as JSON can have it, X as a list for each sample.

    Raises InvalidValue for more than MOST_LISTED numbers.
    """
    if (numbers := own.samples.X.size + len(own.samples)) > MOST_LISTED:
        allowed = f"at most {MOST_LISTED:,} numbers to be shared as text; save a file instead"
        raise InvalidValue("own data", f"{numbers:,} numbers", allowed)
    content = {name: value for name, value in described(own).items() if name != "digest"}
    return {**content, "X": own.samples.X.T.tolist(), "y": own.samples.y.tolist()}


def from_lists(content: object) -> OwnData:
    """The data that `listed` told. Raises InvalidValue for anything else."""
    rest, rows = _without(content, "X")
    description, answers = _without(rest, "y")
    X, y = _array("X", rows), _array("y", answers)
    if (numbers := X.size + y.size) > MOST_LISTED:
        raise InvalidValue("own data", f"{numbers:,} numbers", f"at most {MOST_LISTED:,} numbers")
    inputs = description.get("inputs")
    if X.size == 0 and isinstance(inputs, list):  # no list says how long it would be
        X = X.reshape(0, len(inputs))
    is_number = description.get("task") == "regression"
    if not is_number and (y != np.trunc(y)).any():
        raise InvalidValue("own data y", "fractions", "the classes' numbers")
    with np.errstate(over="ignore", invalid="ignore"):  # what is too large becomes infinite, and is refused for it
        targets = y.astype(np.float32) if is_number else y.astype(np.int64)
        return OwnData.from_description(description, X.astype(np.float32).T, targets)


def _without(content: object, name: str) -> tuple[Content, Any]:
    """The rest of an object, and what it says for `name`."""
    if not isinstance(content, dict) or name not in content:
        raise InvalidValue("own data", type(content).__name__, f"named values, {name} among them")
    return {field: value for field, value in content.items() if field != name}, content[name]


def _array(name: str, value: object) -> NDArray[np.float64]:
    """Numbers in a list, or in lists of the same length."""
    try:
        array = np.array(value)
    except ValueError:
        array = np.empty(0, object)
    if not isinstance(value, list) or (array.size and array.dtype.kind not in "if"):
        raise InvalidValue(f"own data {name}", type(value).__name__, "lists of numbers, all of the same length")
    return array.astype(np.float64)
