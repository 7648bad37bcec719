"""SGD and Adam: two steps by hand, and fifty against the paper's algorithm written down as it stands there."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from mlp_playground.nn.optimizers import OPTIMIZERS


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
