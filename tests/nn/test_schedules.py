"""Learning-rate schedules at hand-picked moments, and what they all have in common."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.nn.schedules import SCHEDULES

MOMENTS = np.linspace(0, 1, 101)


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_factor_lies_within_0_and_1(name: str) -> None:
    factors = [SCHEDULES[name].factor(t) for t in MOMENTS]
    assert min(factors) >= -1e-12
    assert max(factors) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("name", "t", "factor"),
    [
        ("constant", 0.7, 1.0),
        ("step", 0.49, 1.0),
        ("step", 0.5, 0.1),
        ("step", 0.75, 0.01),
        ("linear", 0.25, 0.75),
        ("linear", 1.0, 0.0),
        ("cosine", 0.0, 1.0),
        ("cosine", 0.5, 0.5),
        ("cosine", 1 / 3, 0.75),
        ("cosine", 1.0, 0.0),
        ("warm-up", 0.0, 0.0),
        ("warm-up", 0.05, 0.5),
        ("warm-up", 0.1, 1.0),
        ("warm-up", 0.55, 0.5),
        ("warm-up", 1.0, 0.0),
    ],
)
def test_at_some_moments(name: str, t: float, factor: float) -> None:
    assert SCHEDULES[name].factor(t) == pytest.approx(factor, abs=1e-12)


def test_only_warm_up_ever_rises() -> None:
    rising = {name for name, each in SCHEDULES.items() if np.diff([each.factor(t) for t in MOMENTS]).max() > 1e-12}
    assert rising == {"warm-up"}
