"""One example: what a panel follows through the network, number by number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Example:
    """Inputs `x` (n_in,), before features, with the `target` as in `Samples.y`; None: nobody knows the right answer.

    `words` say what it is, as in “test digit 7”.
    """

    x: NDArray[np.float32]
    target: float | None
    words: str
