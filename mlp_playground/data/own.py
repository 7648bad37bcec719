"""The user's own samples as an immutable value: drawn on the canvas, or read from a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Samples, Task


@dataclass(frozen=True, eq=False)
class OwnData:
    """Samples of the user's own, before they are split. Two with the same content are equal.

    `samples.X` (n_in, N) are scaled for the network: column · `factor` + `offset` of the table, each (n_in,).
    `inputs` are the columns' names, `classes` those of the labels 0, 1, … (none for regression), `source` says where
    they are from, in the user's words.
    """

    source: str
    task: Task
    samples: Samples
    inputs: tuple[str, ...] = ("x₁", "x₂")
    classes: tuple[str, ...] = ("orange", "blue")
    factor: tuple[float, ...] = field(default=(1.0, 1.0))
    offset: tuple[float, ...] = field(default=(0.0, 0.0))

    @cached_property
    def digest(self) -> str:
        """A name for the content: the same for the same samples, whoever made them (SHA-256)."""
        head = repr((self.source, self.task, self.inputs, self.classes, self.factor, self.offset)).encode()
        X: NDArray[np.float32] = np.ascontiguousarray(self.samples.X)
        return sha256(head + X.tobytes() + np.ascontiguousarray(self.samples.y).tobytes()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnData) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)
