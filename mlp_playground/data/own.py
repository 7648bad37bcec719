"""The user's own samples as an immutable value: drawn on the canvas, or read from a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset, Samples, Scale, Space, Task, cut
from mlp_playground.errors import InvalidValue

REACH = 5.0
"""Columns of a table are scaled to −REACH…REACH: they fill the plane as the toy problems do."""
MOST_CLASSES = 10
LEAST_SAMPLES = 4
"""Fewer can't be parted into some to learn from and some to test on."""


@dataclass(frozen=True, eq=False)
class OwnData:
    """Samples of the user's own, before they are split. Two with the same content are equal.

    `samples.X` (n_in, N) are scaled for the network: column · `factor` + `offset` of the table, each (n_in,). Numbers
    to predict are scaled likewise by `target_factor` and `target_offset`. `inputs` and `target` are the columns' names,
    `classes` those of the labels 0, 1, … (none for regression), `source` says where they are from, in the user's words.
    There may be no samples yet. Raises InvalidValue where the parts don't fit together.
    """

    source: str
    task: Task
    samples: Samples = field(repr=False)
    inputs: tuple[str, ...] = ("x₁", "x₂")
    classes: tuple[str, ...] = ("orange", "blue")
    factor: tuple[float, ...] = (1.0, 1.0)
    offset: tuple[float, ...] = (0.0, 0.0)
    target: str = "class"
    target_factor: float = 1.0
    target_offset: float = 0.0

    def __post_init__(self) -> None:
        n_in, X, y = len(self.inputs), self.samples.X, self.samples.y
        if n_in < 2 or not n_in == len(self.factor) == len(self.offset) == len(X):
            counts = f"{n_in} names for {len(X)} rows, {len(self.factor)} factors and {len(self.offset)} offsets"
            raise InvalidValue("own data inputs", counts, "two inputs or more, and one of each for each of them")
        factors, offsets = (*self.factor, self.target_factor), (*self.offset, self.target_offset)
        if not all(isfinite(f) and f != 0 for f in factors) or not all(map(isfinite, offsets)):
            raise InvalidValue("own data scaling", (factors, offsets), "finite numbers, and no factor of 0")
        k = len(self.classes)
        if not {"binary": k == 2, "classes": 2 < k <= MOST_CLASSES, "regression": k == 0}.get(self.task, False):
            allowed = f"2 for binary, 3 to {MOST_CLASSES} for classes, none for regression"
            raise InvalidValue("own data classes", f"{k} for {self.task}", allowed)
        kind = np.float32 if self.task == "regression" else np.int64
        if X.dtype != np.float32 or y.dtype != kind:
            raise InvalidValue("own data samples", f"{X.dtype} and {y.dtype}", f"float32 and {np.dtype(kind)}")
        if self.task != "regression" and len(y) and not (y.min() >= 0 and y.max() < k):
            raise InvalidValue("own data labels", f"{y.min()} to {y.max()}", f"class numbers from 0 to {k - 1}")

    @property
    def space(self) -> Space:
        """Two inputs are points in the plane, more of them rows of a table."""
        return "plane" if len(self.inputs) == 2 else "table"

    @cached_property
    def digest(self) -> str:
        """A name for the content: the same for the same samples, whoever made them (SHA-256)."""
        X: NDArray[np.float32] = np.ascontiguousarray(self.samples.X)
        content = repr(sorted(self.description().items())).encode()
        return sha256(content + X.tobytes() + np.ascontiguousarray(self.samples.y).tobytes()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, OwnData) and self.digest == other.digest)

    def __hash__(self) -> int:
        return hash(self.digest)

    def description(self) -> dict[str, Any]:
        """All but the samples themselves, as plain data for JSON."""
        return {
            "source": self.source,
            "task": self.task,
            "inputs": list(self.inputs),
            "factor": list(self.factor),
            "offset": list(self.offset),
            "target": self.target,
            "classes": list(self.classes),
            "target_factor": self.target_factor,
            "target_offset": self.target_offset,
        }

    @classmethod
    def from_description(
        cls, content: object, X: NDArray[np.float32], y: NDArray[np.int64] | NDArray[np.float32]
    ) -> OwnData:
        """What `description` described, with its samples `X` (n_in, N) and `y` (N,), which become read-only.

        Raises InvalidValue for a description with other fields or types, or one that doesn't fit the samples.
        """
        if not isinstance(content, Mapping) or content.keys() != _FIELDS.keys():
            raise InvalidValue("own data", content, "described by " + ", ".join(_FIELDS))
        values = {name: _read(name, content[name], kind) for name, kind in _FIELDS.items()}
        return cls(samples=Samples(X, y), **values)


_FIELDS: dict[str, tuple[type, bool]] = {
    "source": (str, False),
    "task": (str, False),
    "inputs": (str, True),
    "factor": (float, True),
    "offset": (float, True),
    "target": (str, False),
    "classes": (str, True),
    "target_factor": (float, False),
    "target_offset": (float, False),
}
"""The fields of a description: each a text or a number, or a list of them."""
_WORDS = {str: "text", float: "a number"}


def _read(name: str, value: Any, kind: tuple[type, bool]) -> Any:
    each, is_list = kind
    allowed = f"a list, each of it {_WORDS[each]}" if is_list else _WORDS[each]
    values = value if is_list else [value]
    if not isinstance(values, list | tuple):
        raise InvalidValue(f"own data {name}", value, allowed)
    try:
        read = tuple(_plain(part, each) for part in values)
    except (TypeError, OverflowError):
        raise InvalidValue(f"own data {name}", value, allowed) from None
    return read if is_list else read[0]


def _plain(value: Any, kind: type) -> Any:
    """`value` if it is of that kind. Raises TypeError, or OverflowError for an integer that no float can hold."""
    if isinstance(value, bool) or not isinstance(value, (int, float) if kind is float else kind):
        raise TypeError
    return kind(value)


def check_can_train(own: OwnData) -> None:
    """Raise InvalidValue while there are too few samples to learn from, or only one class of them."""
    y = own.samples.y
    if len(y) < LEAST_SAMPLES:
        raise InvalidValue("own data", f"{len(y)} samples", f"at least {LEAST_SAMPLES}, to learn from and to test on")
    if own.task != "regression" and (y == y[0]).all():
        found = f"all of class {own.classes[int(y[0])]}"
        raise InvalidValue("own data", found, "of two classes or more, so that there is something to tell apart")


def make(own: OwnData, noise: float, test_share: float, seed: int) -> Dataset:
    """All of the samples, split. The same arguments give the same data set.

    `noise` (0…0.5) moves each input by chance, evenly within ±noise · REACH. Which samples are kept to test is settled
    by the seed for each of them alone: those that are drawn or erased later change it for no more than one other at a
    time. Raises InvalidValue as `check_can_train` does, or where so few are left to train with that they are all of
    one class.
    """
    check_can_train(own)
    rng = np.random.default_rng([seed, 1])
    order = _lasting_order(own.samples, rng)
    X, y = own.samples.X, own.samples.y
    jitter = rng.uniform(-REACH, REACH, X.T.shape).T * noise  # sample by sample: more of them leave the others' alone
    train, test = cut((X + jitter).astype(np.float32), y, test_share, order)
    scales = tuple(map(Scale, own.inputs, own.factor, own.offset))
    target = Scale(own.target, own.target_factor, own.target_offset)
    return Dataset(own.source, own.task, train, test, own.classes, own.space, inputs=scales, target=target)


def _lasting_order(samples: Samples, rng: np.random.Generator) -> NDArray[np.int64]:
    """The samples' numbers (N,) in an order by chance, in which two keep their places whatever happens to others.

    Each sample has a random number that is computed from its content (multilinear hashing, Carter & Wegman, 1979, with
    the finalizer of SplitMix64, Steele, Lea & Flood, 2014), and copies of it further ones.
    """
    y = samples.y.view(np.uint32) if samples.y.dtype == np.float32 else samples.y
    rows = np.ascontiguousarray(samples.X.T).view(np.uint32)
    words = np.concatenate([rows, y[:, None]], axis=1).astype(np.uint64)
    keys = _mixed((words * rng.integers(1, 2**63, words.shape[1], np.uint64)).sum(axis=1, dtype=np.uint64))
    keys = _mixed(keys + _copies(keys))
    return np.argsort(keys, kind="stable")


def _mixed(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    z = (z ^ z >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ z >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ z >> np.uint64(31))


def _copies(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """How many of the same key stand before each (N,)."""
    order = np.argsort(keys, kind="stable")
    place = np.arange(len(keys))
    is_first = np.append(True, keys[order][1:] != keys[order][:-1])[: len(keys)]
    copies = np.empty(len(keys), np.uint64)
    copies[order] = place - np.maximum.accumulate(np.where(is_first, place, 0))
    return copies
