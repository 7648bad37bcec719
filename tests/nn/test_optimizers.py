"""Optimizers: two steps by hand, Adam's fifty against the paper's algorithm, and memory that is kept and given back."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.optimizers import OPTIMIZERS, memory_of, recall


def test_two_sgd_steps_by_hand() -> None:
    theta = np.array([1.0, -2.0])
    rule = OPTIMIZERS["sgd"].start(theta)
    rule.step(theta, np.array([0.5, 4.0]), 0.1)
    assert theta == pytest.approx([0.95, -2.4])
    rule.step(theta, np.array([-1.0, 0.0]), 0.5)
    assert theta == pytest.approx([1.45, -2.4])


def test_two_adam_steps_by_hand() -> None:
    theta = np.array([1.0])
    rule = OPTIMIZERS["adam"].start(theta)
    rule.step(theta, np.array([0.5]), 0.1)
    # m̂ = g and v̂ = g²: the first step is the learning rate, whatever the gradient
    assert theta[0] == pytest.approx(0.9, abs=1e-8)
    rule.step(theta, np.array([-1.0]), 0.1)
    # m = 0.9 · 0.05 − 0.1 = −0.055, m̂ = −0.055 / 0.19; v = 0.999 · 0.00025 + 0.001 = 0.00124975, v̂ = v / 0.001999
    assert theta[0] == pytest.approx(0.9 + 0.1 * (0.055 / 0.19) / sqrt(0.00124975 / 0.001999), abs=1e-8)


def test_adam_is_the_papers_algorithm_for_fifty_steps() -> None:
    rng = np.random.default_rng(5)
    theta = rng.normal(size=20)
    rule = OPTIMIZERS["adam"].start(theta)
    expected, m, v = theta.copy(), np.zeros(20), np.zeros(20)
    for t in range(1, 51):
        g = rng.normal(size=20) * 10.0 ** rng.integers(-6, 3, 20)
        # Kingma and Ba (2015), algorithm 1
        m = 0.9 * m + (1 - 0.9) * g
        v = 0.999 * v + (1 - 0.999) * g**2
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        expected -= 0.01 * m_hat / (np.sqrt(v_hat) + 1e-8)
        rule.step(theta, g, 0.01)
        assert theta == pytest.approx(expected, rel=1e-11, abs=1e-13)


def test_adam_stays_where_there_was_never_a_gradient() -> None:
    theta = np.array([3.0], np.float32)
    rule = OPTIMIZERS["adam"].start(theta)
    for _ in range(3):
        rule.step(theta, np.zeros(1, np.float32), 1.0)
    assert theta[0] == 3


FIRST = {"sgd": 1.0, "momentum": 1.0, "nesterov": 1.9, "rmsprop": 10.0, "adagrad": 1.0, "adam": 1.0, "adamw": 1.0}
"""How many learning rates the first step goes for the gradient 1: g + 0.9 v for Nesterov, g / √0.01 for RMSProp."""


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_parameters_are_changed_in_place_and_keep_their_type(name: str) -> None:
    theta = np.ones(3, np.float32)
    where = theta.ctypes.data
    OPTIMIZERS[name].start(theta).step(theta, np.ones(3, np.float32), 0.25)
    assert theta.ctypes.data == where
    assert theta.dtype == np.float32
    assert theta == pytest.approx(np.full(3, 1 - 0.25 * FIRST[name]), rel=1e-6)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_run_has_a_memory_of_its_own(name: str) -> None:
    first, second = np.zeros(1), np.zeros(1)
    worn = OPTIMIZERS[name].start(first)
    worn.step(first, np.array([100.0]), 0.1)
    OPTIMIZERS[name].start(second).step(second, np.array([1.0]), 0.1)
    assert second[0] == pytest.approx(-0.1 * FIRST[name])


def test_two_momentum_steps_by_hand() -> None:
    theta = np.array([1.0])
    rule = OPTIMIZERS["momentum"].start(theta)
    rule.step(theta, np.array([2.0]), 0.1)
    assert theta[0] == pytest.approx(0.8)
    rule.step(theta, np.array([-1.0]), 0.1)  # v = 0.9 · 2 − 1 = 0.8
    assert theta[0] == pytest.approx(0.72)


def test_two_nesterov_steps_by_hand() -> None:
    theta = np.array([1.0])
    rule = OPTIMIZERS["nesterov"].start(theta)
    rule.step(theta, np.array([2.0]), 0.1)  # v = 2; 2 + 0.9 · 2 = 3.8
    assert theta[0] == pytest.approx(0.62)
    rule.step(theta, np.array([-1.0]), 0.1)  # v = 0.8; −1 + 0.9 · 0.8 = −0.28
    assert theta[0] == pytest.approx(0.648)


def test_two_adagrad_steps_by_hand() -> None:
    theta = np.array([1.0])
    rule = OPTIMIZERS["adagrad"].start(theta)
    rule.step(theta, np.array([3.0]), 0.1)
    assert theta[0] == pytest.approx(0.9)
    rule.step(theta, np.array([4.0]), 0.1)  # √(9 + 16) = 5
    assert theta[0] == pytest.approx(0.82)


def test_two_rmsprop_steps_by_hand() -> None:
    theta = np.array([1.0])
    rule = OPTIMIZERS["rmsprop"].start(theta)
    rule.step(theta, np.array([1.0]), 0.01)  # v = 0.01
    assert theta[0] == pytest.approx(0.9)
    rule.step(theta, np.array([-2.0]), 0.01)  # v = 0.99 · 0.01 + 0.01 · 4 = 0.0499
    assert theta[0] == pytest.approx(0.9 + 0.02 / sqrt(0.0499))


def test_adam_lets_go_of_means_that_have_faded_away() -> None:
    theta = np.zeros(2, np.float32)
    rule = OPTIMIZERS["adam"].start(theta)
    rule.step(theta, np.array([1.0, 1.0], np.float32), 0.1)
    smallest = []
    for _ in range(1500):  # the first one hears nothing more, the second one does
        rule.step(theta, np.array([0.0, 1e-20], np.float32), 0.1)
        smallest.append(abs(float(rule.m[0])))  # type: ignore[attr-defined]
    assert min(m for m in smallest if m) > np.finfo(np.float32).tiny, "no denormal numbers"
    assert smallest[-1] == 0
    assert float(rule.m[1]) == pytest.approx(1e-20)  # type: ignore[attr-defined]


# -- memory -----------------------------------------------------------------------------------------------------------

REMEMBERED = {
    "sgd": set(),
    "momentum": {"v"},
    "nesterov": {"v"},
    "rmsprop": {"v"},
    "adagrad": {"v"},
    "adam": {"m", "v", "t"},
    "adamw": {"m", "v", "t"},
}


def gradients(count: int, shape: tuple[int, ...] = (12,)) -> list[np.ndarray]:
    return [g.astype(np.float32) for g in np.random.default_rng(8).normal(size=(count, *shape))]


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("before", [0, 1, 7])
@pytest.mark.parametrize("shape", [(12,), (3, 12)], ids=["one", "lockstep"])
def test_a_run_that_was_given_its_memory_back_goes_on_to_the_bit(
    name: str, before: int, shape: tuple[int, ...]
) -> None:
    steps = gradients(12, shape)
    whole, cut = np.ones(shape, np.float32), np.ones(shape, np.float32)
    rule = OPTIMIZERS[name].start(whole)
    for g in steps:
        rule.step(whole, g.copy(), 0.05)
    first = OPTIMIZERS[name].start(cut)
    for g in steps[:before]:
        first.step(cut, g.copy(), 0.05)
    second = OPTIMIZERS[name].start(cut)
    recall(second, memory_of(first))
    for g in steps[before:]:
        second.step(cut, g.copy(), 0.05)
    assert cut.tobytes() == whole.tobytes()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_memory_is_a_read_only_copy_under_its_names(name: str) -> None:
    theta = np.ones(12, np.float32)
    rule = OPTIMIZERS[name].start(theta)
    for g in gradients(3):
        rule.step(theta, g.copy(), 0.1)
    memory = memory_of(rule)
    assert set(memory) == REMEMBERED[name]
    kept = {key: value.copy() for key, value in memory.items()}
    rule.step(theta, np.ones(12, np.float32), 0.1)
    for key, value in memory.items():
        assert value.shape == ((1,) if key == "t" else (12,))
        assert (value == kept[key]).all(), "what was kept does not go on"
        with pytest.raises(ValueError, match="read-only"):
            value[0] = 7
    if "t" in memory:
        assert memory["t"].tolist() == [3]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_recalled_memory_is_the_rules_own(name: str) -> None:
    theta = np.ones(12, np.float32)
    rule = OPTIMIZERS[name].start(theta)
    rule.step(theta, gradients(1)[0], 0.1)
    given = {key: value.copy() for key, value in memory_of(rule).items()}
    kept = {key: value.copy() for key, value in given.items()}
    heir = OPTIMIZERS[name].start(theta)
    recall(heir, given)
    heir.step(theta, np.ones(12, np.float32), 0.1)
    assert all((given[key] == kept[key]).all() for key in kept)
    for value in given.values():
        value[:] = 99
    assert not any((value == 99).any() for value in memory_of(heir).values())


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("adam", {"m": None}),
        ("adam", {"more": np.zeros(12, np.float32)}),
        ("adam", {"m": np.zeros(11, np.float32)}),
        ("adam", {"v": np.zeros((12, 1), np.float32)}),
        ("adam", {"t": np.zeros(2, np.int64)}),
        ("adam", {"t": np.array([-1])}),
        ("adam", {"t": np.array([1.5])}),
        ("adam", {"v": np.array(["a"] * 12)}),
        ("momentum", {"v": np.zeros(13, np.float32)}),
        ("sgd", {"v": np.zeros(12, np.float32)}),
    ],
)
def test_memory_that_does_not_fit_is_refused_and_changes_nothing(
    name: str, change: dict[str, np.ndarray | None]
) -> None:
    theta = np.ones(12, np.float32)
    worn, fresh = OPTIMIZERS[name].start(theta), OPTIMIZERS[name].start(theta)
    worn.step(theta, gradients(1)[0], 0.1)
    wrong = {key: value for key, value in ({**memory_of(worn), **change}).items() if value is not None}
    with pytest.raises(InvalidValue, match="optimizer memory"):
        recall(fresh, wrong)
    assert all(not value.any() for value in memory_of(fresh).values())
