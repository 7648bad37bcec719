"""Linear fits against scikit-learn, and against their own definition."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge

from mlp_playground.analysis.linear_fit import Scaling, linear_fit, softmax_fit


def _clouds(rng: np.random.Generator, n: int, n_classes: int, apart: float) -> tuple[np.ndarray, np.ndarray]:
    y = np.arange(240) % n_classes
    return rng.normal(size=(n, 240)) + apart * rng.normal(size=(n, n_classes))[:, y], y


@pytest.mark.parametrize(("n_classes", "apart"), [(2, 1.0), (3, 0.5), (10, 8.0)])
def test_it_is_the_logistic_regression_of_scikit_learn(n_classes: int, apart: float) -> None:
    X, y = _clouds(np.random.default_rng(1), 5, n_classes, apart)
    A1 = np.concatenate([X, np.ones((1, 240))])
    W = softmax_fit(A1, y, n_classes, 0.01, 1e-7)
    # it has one row for two classes, whose length counts as that of both of ours together: |w|²/2 of each
    times = 2 if n_classes == 2 else 1
    theirs = LogisticRegression(C=times / (0.01 * 240), tol=1e-8, max_iter=5000).fit(X.T, y)
    ours = W[1:] - W[:1] if n_classes == 2 else W - W.mean(axis=0)
    bias = theirs.intercept_ if n_classes == 2 else theirs.intercept_ - theirs.intercept_.mean()
    np.testing.assert_allclose(ours[:, :-1], theirs.coef_, atol=1e-4 * np.abs(theirs.coef_).max())
    np.testing.assert_allclose(ours[:, -1], bias, atol=1e-4 * max(np.abs(bias).max(), 1))
    assert ((W @ A1).argmax(axis=0) == theirs.predict(X.T)).mean() == 1


def test_it_ends_where_the_loss_is_least() -> None:
    X, y = _clouds(np.random.default_rng(2), 4, 3, 0.7)
    A1 = np.concatenate([X, np.ones((1, 240))])

    def loss(W: np.ndarray) -> float:
        Z = W @ A1
        return float(np.mean(np.log(np.exp(Z).sum(axis=0)) - Z[y, range(240)]) + 0.02 / 2 * (W[:, :-1] ** 2).sum())

    best, rng = softmax_fit(A1, y, 3, 0.02, 1e-7), np.random.default_rng(3)
    for _ in range(20):
        assert loss(best) < loss(best + 0.05 * rng.normal(size=best.shape))
    coarse = softmax_fit(A1.astype(np.float32), y, 3, 0.02, 1e-5)
    assert coarse.dtype == np.float32
    np.testing.assert_allclose(coarse, best, atol=2e-3)


def test_numbers_that_are_of_no_use_do_no_harm() -> None:
    rng = np.random.default_rng(4)
    y = np.arange(60) % 2
    good = np.where(y == 1, 1.0, -1.0) + 0.1 * rng.normal(size=60)
    A = np.stack([np.zeros(60), good, good, np.full(60, 7.0)]).astype(np.float32)
    A1 = Scaling.of(A).rows(A)
    assert ((softmax_fit(A1, y, 2) @ A1).argmax(axis=0) == y).all()
    nothing = np.zeros((3, 60), np.float32)
    A1 = Scaling.of(nothing).rows(nothing)
    W = softmax_fit(A1, y, 3)  # a class more than there are samples of
    assert np.isfinite(W).all()
    assert np.isfinite(linear_fit(A1, good)).all()
    far = np.where(y == 1, 1e12, -1e12)[None].astype(np.float32)
    A1 = Scaling.of(far).rows(far)
    assert ((softmax_fit(A1, y, 2) @ A1).argmax(axis=0) == y).all()


def test_the_plane_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(5)
    X = rng.normal(size=(6, 80))
    y = rng.normal(size=80) + X[0]
    theirs = Ridge(alpha=0.1 * 80).fit(X.T, y)
    ours = linear_fit(np.concatenate([X, np.ones((1, 80))]), y, 0.1)
    np.testing.assert_allclose(ours, [*theirs.coef_, theirs.intercept_], atol=1e-9)


def test_scaling_keeps_what_is_small_small() -> None:
    A = np.stack([np.arange(10.0), 0.1 * np.arange(10.0) + 3])
    scaled = Scaling.of(A).rows(A)
    np.testing.assert_allclose(scaled[:2].mean(axis=1), 0, atol=1e-12)
    assert scaled[:2].var(axis=1).mean() == pytest.approx(1)
    assert scaled[0].std() == pytest.approx(10 * scaled[1].std())
    np.testing.assert_array_equal(scaled[2], 1)
