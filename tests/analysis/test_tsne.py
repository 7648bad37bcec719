"""t-SNE against scikit-learn's measure and its own maps, its gradient against differences."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.manifold import TSNE, trustworthiness

from mlp_playground.analysis.tsne import STEPS, Unfolding, beginning, divergence, gradient_of, neighbourhood, unfold


@pytest.fixture(scope="module")
def groups() -> np.ndarray:
    """Points (12, 120) in four groups."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(12, 120)) + 6 * rng.normal(size=(12, 4))[:, np.arange(120) % 4]


def _done(A: np.ndarray) -> Unfolding:
    near, state = neighbourhood(A, 20), beginning(A[:2])
    while not state.is_done:
        state = unfold(state, near, 60)
    return state


def test_the_neighbours_and_what_is_made_least_are_those_of_scikit_learn(groups: np.ndarray) -> None:
    theirs = TSNE(perplexity=20, method="exact", init="pca", random_state=0, max_iter=300).fit(groups.T)
    near = neighbourhood(groups, 20)
    assert near.P.sum() == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(near.P, near.P.T, atol=1e-9)
    assert divergence(theirs.embedding_.T, near) == pytest.approx(theirs.kl_divergence_, rel=1e-2)  # of one step before


def test_its_maps_are_as_good(groups: np.ndarray) -> None:
    ours, near = _done(groups).Y, neighbourhood(groups, 20)
    theirs = TSNE(perplexity=20, method="exact", init="pca", random_state=0).fit(groups.T)
    assert divergence(ours, near) < theirs.kl_divergence_ + 0.05
    assert trustworthiness(groups.T, ours.T, n_neighbors=10) > 0.9
    middles = np.stack([ours[:, np.arange(120) % 4 == k].mean(axis=1) for k in range(4)])
    own = np.hypot(*(ours.T[:, None] - middles[None]).transpose(2, 0, 1)).argmin(axis=1)
    assert (own == np.arange(120) % 4).all(), "groups are found"


def test_the_gradient_is_that_of_the_divergence(groups: np.ndarray) -> None:
    near, rng = neighbourhood(groups[:, :30], 8), np.random.default_rng(1)
    Y = rng.normal(size=(2, 30)).astype(np.float32)
    gradient = gradient_of(Y, near.P)
    for _ in range(5):
        way = rng.normal(size=Y.shape)
        h = 1e-2
        slope = (divergence(Y + h * way, near) - divergence(Y - h * way, near)) / (2 * h)
        assert slope == pytest.approx(float((gradient * way).sum()), rel=0.02, abs=1e-4)


def test_it_goes_on_where_it_was_and_ends(groups: np.ndarray) -> None:
    near = neighbourhood(groups)
    once = unfold(beginning(groups[:2]), near, 130)
    twice = unfold(unfold(beginning(groups[:2]), near, 90), near, 40)
    np.testing.assert_array_equal(once.Y, twice.Y)
    end = unfold(once, near, 10**6)
    assert (end.steps, end.is_done) == (STEPS, True)
    assert unfold(end, near, 5).Y is not end.Y
    np.testing.assert_array_equal(unfold(end, near, 5).Y, end.Y)
    with pytest.raises(ValueError, match="read-only"):
        end.Y[0] = 0


def test_odd_points_have_a_map_too() -> None:
    for A in (np.zeros((3, 6)), np.arange(8.0)[None], np.eye(4), np.array([[0.0, 1e12, -1e12, 5.0]])):
        near = neighbourhood(A)
        assert np.isfinite(near.P).all()
        state = unfold(beginning(np.concatenate([A, A])[:2]), near, 50)
        assert np.isfinite(state.Y).all()
