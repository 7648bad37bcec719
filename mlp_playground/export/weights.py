"""A network's parameters by the names that they have in formulas."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.export.subject import Subject


def weights(subject: Subject, *, as_columns: bool) -> dict[str, NDArray[Any]]:
    """W1 (n_out, n_in), b1, W2, … by name, float32; each b is a column (n_out, 1), or else a vector (n_out,)."""
    result: dict[str, NDArray[Any]] = {}
    for l, (W, b) in enumerate(zip(subject.network.W, subject.network.b, strict=True), 1):
        result[f"W{l}"] = W.astype(np.float32)
        result[f"b{l}"] = (b[:, None] if as_columns else b).astype(np.float32)
    return result
