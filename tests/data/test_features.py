"""Features against the same formulas for one point at a time."""

from __future__ import annotations

from collections.abc import Callable
from math import sin

import numpy as np
import pytest

from mlp_playground.data.features import FEATURES, expand
from mlp_playground.errors import InvalidValue

POINTS = np.array([[-6.0, -0.5, 0.0, 2.0, 5.5], [3.0, -1.0, 0.0, 0.25, -6.0]], np.float32)
FORMULA: dict[str, Callable[[float, float], float]] = {
    "x1": lambda x1, _: x1,
    "x2": lambda _, x2: x2,
    "x1^2": lambda x1, _: x1**2,
    "x2^2": lambda _, x2: x2**2,
    "x1*x2": lambda x1, x2: x1 * x2,
    "sin(x1)": lambda x1, _: sin(x1),
    "sin(x2)": lambda _, x2: sin(x2),
}


def test_each_feature_has_an_independent_twin_here() -> None:
    assert list(FEATURES) == list(FORMULA)


@pytest.mark.parametrize("name", FORMULA)
def test_a_feature_follows_its_formula(name: str) -> None:
    row = expand([name], POINTS)
    assert row.shape == (1, 5)
    assert row[0] == pytest.approx([FORMULA[name](x1, x2) for x1, x2 in POINTS.T.tolist()], rel=1e-6, abs=1e-6)


def test_rows_come_in_the_order_asked_for() -> None:
    rows = expand(["x2", "x1"], POINTS)
    assert rows.dtype == np.float32
    assert (rows == POINTS[::-1]).all()


def test_expanding_copies_the_points() -> None:
    assert not np.shares_memory(expand(["x1", "x2"], POINTS), POINTS)


def test_an_unknown_feature_is_refused_with_what_there_is() -> None:
    with pytest.raises(InvalidValue, match=r"feature: 'x3' is not allowed; it must be one of x1, x2, x1\^2"):
        expand(["x1", "x3"], POINTS)
