"""Initializers: the size of the first weights, measured on matrices large enough to be sure."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.initializers import suited
from mlp_playground.nn.network import Architecture, Network, initial

FAN_IN, FAN_OUT = 400, 250
# 100,000 numbers: the sample variance of a normal strays by √(2/n) ≈ 0.45 %, so 2 % is more than four times that
TOLERANCE = 0.02


@pytest.mark.parametrize(
    ("name", "variance"),
    [
        ("he", 2 / FAN_IN),
        ("he-uniform", 2 / FAN_IN),
        ("xavier", 2 / (FAN_IN + FAN_OUT)),
        ("xavier-uniform", 2 / (FAN_IN + FAN_OUT)),
        ("lecun", 1 / FAN_IN),
        ("normal", 0.3**2),
        ("uniform", 0.3**2 / 3),
    ],
)
def test_variance_follows_the_formula(name: str, variance: float) -> None:
    W = suited(name, "tanh").draw(np.random.default_rng(1), FAN_IN, FAN_OUT, 0.3)
    assert W.shape == (FAN_OUT, FAN_IN)
    assert W.var() == pytest.approx(variance, rel=TOLERANCE)
    assert abs(W.mean()) < 4 * (variance / W.size) ** 0.5


@pytest.mark.parametrize(
    ("activation", "chosen"),
    [
        ("relu", "he"),
        ("leaky-relu", "he"),
        ("gelu", "he"),
        ("selu", "lecun"),
        ("tanh", "xavier"),
        ("sigmoid", "xavier"),
        ("linear", "xavier"),
    ],
)
def test_auto_suits_the_activation(activation: str, chosen: str) -> None:
    assert suited("auto", activation).name == chosen


def test_a_named_initializer_is_taken_whatever_the_activation() -> None:
    assert suited("he", "tanh").name == "he"


def test_an_unknown_initializer_is_refused() -> None:
    with pytest.raises(InvalidValue, match="initializer: 'ones' is not allowed; it must be one of he, he-uniform, x"):
        suited("ones", "relu")


@pytest.mark.parametrize("name", ["he-uniform", "xavier-uniform", "uniform"])
def test_uniform_weights_have_a_bound(name: str) -> None:
    W = suited(name, "tanh").draw(np.random.default_rng(1), FAN_IN, FAN_OUT, 0.3)
    bound = W.std() * 3**0.5
    assert np.abs(W).max() == pytest.approx(bound, rel=TOLERANCE)


def test_constant_and_zeros_are_what_they_say() -> None:
    assert (suited("constant", "tanh").draw(np.random.default_rng(0), 3, 2, -0.7) == np.full((2, 3), -0.7)).all()
    assert (suited("zeros", "tanh").draw(np.random.default_rng(0), 3, 2, 5.0) == np.zeros((2, 3))).all()


def test_initial_draws_each_layer_by_its_own_rule() -> None:
    shape = Architecture((300, 300, 300, 200), ("relu", "tanh"), "classes")
    network = Network(shape, initial(shape, ["auto"] * 3, np.random.default_rng(2)))
    variances = [W.var() for W in network.W]
    assert variances == pytest.approx([2 / 300, 2 / 600, 2 / 500], rel=TOLERANCE)


def test_initial_biases_are_zero() -> None:
    shape = Architecture((3, 4, 2), ("relu",), "classes")
    network = Network(shape, initial(shape, ["he", "xavier"], np.random.default_rng(3)))
    assert all((b == 0).all() for b in network.b)


def test_initial_is_float32_and_the_same_for_the_same_seed() -> None:
    shape = Architecture((2, 4, 1), ("tanh",), "binary")
    first, second = (initial(shape, ["auto"] * 2, np.random.default_rng(9)) for _ in range(2))
    assert first.dtype == np.float32
    assert first.tobytes() == second.tobytes()


def test_initial_wants_a_name_for_each_layer() -> None:
    shape = Architecture((2, 4, 1), ("tanh",), "binary")
    with pytest.raises(ValueError, match="zip"):
        initial(shape, ["auto"], np.random.default_rng(0))
