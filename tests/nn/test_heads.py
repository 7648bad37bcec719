"""The heads: losses against their textbook formulas, answers, and numbers far outside of what is usual."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mlp_playground.nn.heads import HEADS


def test_binary_loss_by_hand() -> None:
    # σ(0) = ½ costs log 2; σ(log 3) = ¾ for the wrong class costs log 4
    loss = HEADS["binary"].loss(np.array([[0.0, math.log(3)]]), np.array([[1.0, 0.0]]))
    assert loss == pytest.approx((math.log(2) + math.log(4)) / 2)


def test_classes_loss_by_hand() -> None:
    # e^z = 1, 2, 5: shares 1/8, 2/8, 5/8
    Z, Y = np.log([[1.0], [2.0], [5.0]]), np.array([[0.0], [1.0], [0.0]])
    assert HEADS["classes"].loss(Z, Y) == pytest.approx(math.log(4))


def test_regression_loss_by_hand() -> None:
    loss = HEADS["regression"].loss(np.array([[3.0, 0.0]]), np.array([[1.0, 0.5]]))
    assert loss == pytest.approx((0.5 * 4 + 0.5 * 0.25) / 2)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("z", "y", "loss"), [(1e4, 1, 0), (-1e4, 0, 0), (1e4, 0, 1e4), (-1e4, 1, 1e4)])
def test_binary_loss_of_huge_logits(z: float, y: float, loss: float, dtype: type) -> None:
    assert HEADS["binary"].loss(np.array([[z]], dtype), np.array([[y]], dtype)) == loss


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("right", "loss"), [(0, 0), (1, 1e4), (2, 2e4)])
def test_classes_loss_of_huge_logits(right: int, loss: float, dtype: type) -> None:
    Y: np.ndarray = np.zeros((3, 1), dtype)
    Y[right] = 1
    assert HEADS["classes"].loss(np.array([[1e4], [0], [-1e4]], dtype), Y) == loss


def test_regression_loss_of_huge_outputs() -> None:
    assert HEADS["regression"].loss(np.array([[1e4, -1e4]]), np.zeros((1, 2))) == 5e7


@pytest.mark.parametrize("name", HEADS)
def test_gradients_of_huge_logits_are_finite(name: str) -> None:
    Z = np.array([[1e4, -1e4], [-1e4, 1e4]], np.float32)
    out = np.empty_like(Z)
    HEADS[name].gradient(Z, np.array([[0, 0], [1, 1]], np.float32), out)
    assert np.isfinite(out).all()


def test_softmax_of_each_sample_sums_to_one() -> None:
    Z = np.random.default_rng(0).normal(0, 50, (10, 300))
    P = np.empty_like(Z)
    HEADS["classes"].answer(Z, P)
    assert P.sum(axis=0) == pytest.approx(np.ones(300))
    assert P.min() >= 0


def test_softmax_does_not_change_the_logits() -> None:
    Z = np.array([[1.0], [2.0]])
    HEADS["classes"].answer(Z, np.empty_like(Z))
    assert Z.tolist() == [[1], [2]]


def test_softmax_does_not_mind_a_shift() -> None:
    Z, P, Q = np.array([[1.0], [2.0], [-1.0]]), np.empty((3, 1)), np.empty((3, 1))
    HEADS["classes"].answer(Z, P)
    HEADS["classes"].answer(Z + 1000, Q)
    assert pytest.approx(Q) == P


def test_binary_answer_is_the_probability_of_one() -> None:
    P = np.empty((1, 2))
    HEADS["binary"].answer(np.array([[0.0, math.log(3)]]), P)
    assert P[0] == pytest.approx([0.5, 0.75])


def test_regression_answers_the_number_itself() -> None:
    P = np.empty((1, 2))
    HEADS["regression"].answer(np.array([[-7.5, 2.0]]), P)
    assert P.tolist() == [[-7.5, 2.0]]


def test_accuracy_is_the_share_of_right_answers() -> None:
    binary = HEADS["binary"].accuracy(np.array([[1.0, -1.0, 2.0, -3.0]]), np.array([[1.0, 1.0, 1.0, 0.0]]))
    classes = HEADS["classes"].accuracy(np.array([[1.0, 5.0], [3.0, 2.0]]), np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert (binary, classes) == (0.75, 1.0)


def test_regression_has_no_accuracy() -> None:
    assert HEADS["regression"].accuracy(np.zeros((1, 3)), np.zeros((1, 3))) is None


def test_class_targets_are_one_hot() -> None:
    Y = HEADS["classes"].targets(np.array([2, 0]), 3)
    assert Y.tolist() == [[0, 1], [0, 0], [1, 0]]


@pytest.mark.parametrize("name", ["binary", "regression"])
def test_single_targets_are_a_row(name: str) -> None:
    assert HEADS[name].targets(np.array([1, 0, 1]), 1).tolist() == [[1, 0, 1]]
