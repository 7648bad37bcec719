"""Samples, and their split into train and test."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.data.dataset import Samples, split
from mlp_playground.errors import InvalidValue


def numbered(n: int) -> tuple[np.ndarray, np.ndarray]:
    """n samples whose inputs and label all say which one it is."""
    i = np.arange(n)
    return np.stack([i, -i]).astype(np.float32), i.astype(np.int64)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_samples_refuse_what_is_no_number(bad: float) -> None:
    X, y = np.zeros((2, 3), np.float32), np.zeros(3, np.float32)
    X[1, 2] = bad
    with pytest.raises(InvalidValue, match="finite numbers"):
        Samples(X, y)
    y[0] = bad
    with pytest.raises(InvalidValue, match="finite numbers"):
        Samples(np.zeros((2, 3), np.float32), y)


@pytest.mark.parametrize(("X", "y"), [((2, 3), (2,)), ((3,), (3,)), ((2, 3), (3, 1)), ((2, 3), (1, 3))])
def test_samples_refuse_shapes_that_do_not_fit(X: tuple[int, ...], y: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValue, match="X of shape"):
        Samples(np.zeros(X, np.float32), np.zeros(y, np.int64))


def test_samples_are_read_only_and_counted() -> None:
    samples = Samples(*numbered(4))
    assert len(samples) == 4
    with pytest.raises(ValueError, match="read-only"):
        samples.X[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        samples.y[0] = 1


@pytest.mark.parametrize(
    ("n", "share", "n_test"), [(500, 0.5, 250), (10, 0.25, 2), (10, 0.05, 1), (10, 0.95, 9), (2, 0.01, 1), (2, 0.99, 1)]
)
def test_split_sizes(n: int, share: float, n_test: int) -> None:
    train, test = split(*numbered(n), share, np.random.default_rng(0))
    assert (len(train), len(test)) == (n - n_test, n_test)


def test_split_loses_and_doubles_no_sample() -> None:
    train, test = split(*numbered(101), 0.3, np.random.default_rng(0))
    assert sorted([*train.y, *test.y]) == list(range(101))


def test_split_keeps_inputs_and_labels_together() -> None:
    for part in split(*numbered(50), 0.4, np.random.default_rng(1)):
        assert (part.X[0] == part.y).all()
        assert (part.X[1] == -part.y).all()


def test_split_shuffles_by_the_generator_that_is_passed() -> None:
    parts = [split(*numbered(50), 0.4, np.random.default_rng(seed))[0].y.tolist() for seed in (1, 1, 2)]
    assert parts[0] == parts[1] != parts[2]
    assert parts[0] != sorted(parts[0])


def test_split_keeps_a_samples_numbers_side_by_side() -> None:
    train, _ = split(*numbered(50), 0.4, np.random.default_rng(1))
    assert train.X.T.flags.c_contiguous
