"""The one array type of the network: float32 to train, float64 to check it."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]

Rate: TypeAlias = float | Array
"""A learning rate, or a column of them for networks that train in lockstep."""

Number = TypeVar("Number", bound=np.generic)


def frozen(values: NDArray[Number]) -> NDArray[Number]:
    """`values` themselves, from now on read-only: what crosses a thread."""
    values.flags.writeable = False
    return values
