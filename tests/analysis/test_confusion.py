"""Confusions and residuals against scikit-learn, and against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, median_absolute_error, precision_score, r2_score, recall_score
from sklearn.metrics import mean_squared_error as mse

from mlp_playground.analysis.confusion import Confusion, Residuals, confusion, residuals
from mlp_playground.data.dataset import Scale
from mlp_playground.nn.network import Architecture, Network, with_ones


def network(*widths: int, head: str, seed: int = 0) -> Network:
    shape = Architecture(widths, ("tanh",) * (len(widths) - 2), head)
    return Network(shape, np.random.default_rng(seed).normal(size=shape.n_parameters).astype(np.float32))


@pytest.mark.parametrize("hidden", [(), (1,), (5, 3)])
def test_counts_recall_and_precision_are_scikit_learns(hidden: tuple[int, ...]) -> None:
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(3, 400)).astype(np.float32), rng.integers(0, 4, 400)
    many = network(3, *hidden, 4, head="classes")
    found = confusion(many, with_ones(X, np.float32), y, 4)
    answers = many.predict(with_ones(X, np.float32)).argmax(axis=0)
    assert found.counts.tolist() == confusion_matrix(y, answers, labels=range(4)).tolist()
    assert found.recall == pytest.approx(recall_score(y, answers, average=None, labels=range(4)))
    right = precision_score(y, answers, average=None, labels=range(4), zero_division=np.nan)
    assert found.precision == pytest.approx(right, nan_ok=True)
    assert found.accuracy == pytest.approx((y == answers).mean())
    assert not found.counts.flags.writeable
    # one output: the second class above 0, which is a probability above a half
    one = network(3, *hidden, 1, head="binary")
    z = one.predict(with_ones(X, np.float32))[0]
    found = confusion(one, with_ones(X, np.float32), y % 2, 2)
    assert found.counts.tolist() == confusion_matrix(y % 2, 1 / (1 + np.exp(-z)) > 0.5).tolist()


def test_classes_without_samples_or_answers_have_no_rates() -> None:
    found = Confusion(np.array([0, 0, 2, 0, 2, 2, 0]), np.array([0, 2, 2, 0, 2, 2, 2]), 3)
    assert found.counts.tolist() == [[2, 0, 2], [0, 0, 0], [0, 0, 3]]
    assert found.samples(0, 2).tolist() == [1, 6]
    assert found.samples(1, 0).tolist() == []
    assert found.recall.tolist()[::2] == [0.5, 1]
    assert found.precision.tolist()[::2] == [1, 0.6]
    assert np.isnan([found.recall[1], found.precision[1], found.shares[1, 0]]).all()
    assert found.shares[0].tolist() == [0.5, 0, 0.5]


def test_residuals_are_in_the_users_units_and_judged_as_scikit_learn_does() -> None:
    rng = np.random.default_rng(2)
    X, y = rng.normal(size=(2, 200)).astype(np.float32), rng.uniform(-1, 1, 200).astype(np.float32)
    net = network(2, 4, 1, head="regression")
    scale = Scale("price", 0.01, -2.0)
    found = residuals(net, with_ones(X, np.float32), y, scale)
    z = net.predict(with_ones(X, np.float32))[0].astype(np.float64)
    assert found.truth == pytest.approx((y + 2.0) * 100)
    assert found.answers == pytest.approx((z + 2.0) * 100)
    assert found.explained == pytest.approx(r2_score(found.truth, found.answers))
    assert found.rms == pytest.approx(np.sqrt(mse(found.truth, found.answers)))
    assert found.typical == pytest.approx(median_absolute_error(found.truth, found.answers))
    assert np.isnan(Residuals(np.ones(3), np.zeros(3)).explained)
