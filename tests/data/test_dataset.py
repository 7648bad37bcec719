"""Samples, and their split into train and test."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.data.dataset import Dataset, Samples, Task, split
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


def labelled(labels: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Samples whose input says which one it is."""
    return np.arange(len(labels), dtype=np.float32)[None], np.array(labels, np.int64)


def contents(*parts: Samples) -> list[tuple[float, float]]:
    """Every sample of `parts` as (input, label), in order of their inputs."""
    return sorted((float(x), float(y)) for part in parts for x, y in zip(part.X[0], part.y, strict=True))


@pytest.mark.parametrize("rare", [1, 2])
@pytest.mark.parametrize("n_test", [3, 7])
def test_split_leaves_two_labels_to_train_with(rare: int, n_test: int) -> None:
    X, y = labelled([0] * (10 - rare) + [1] * rare)
    swapped = 0
    for seed in range(40):
        train, test = split(X, y, n_test / 10, np.random.default_rng(seed))
        order = np.random.default_rng(seed).permutation(10)
        assert (len(train), len(test)) == (10 - n_test, n_test)
        assert contents(train, test) == contents(Samples(X, y))
        assert set(train.y.tolist()) == {0, 1}
        by_chance = set(y[order[n_test:]].tolist())
        swapped += by_chance == {0}
        if by_chance == {0, 1}:  # what chance has done well stays as it is
            assert train.X[0].tolist() == order[n_test:].tolist()
            assert test.X[0].tolist() == order[:n_test].tolist()
    assert 0 < swapped < 40


def test_split_changes_one_sample_of_each_part_and_no_more() -> None:
    X, y = labelled([0] * 9 + [1])
    seed = next(seed for seed in range(99) if 9 in np.random.default_rng(seed).permutation(10)[:5])
    order = np.random.default_rng(seed).permutation(10)
    train, test = split(X, y, 0.5, np.random.default_rng(seed))
    assert len(set(train.X[0].tolist()) - set(order[5:].tolist())) == 1
    assert len(set(test.X[0].tolist()) - set(order[:5].tolist())) == 1


@pytest.mark.parametrize(
    ("y", "share"),
    [(np.zeros(10, np.int64), 0.5), (np.arange(10) == 3, 0.95), (np.full(10, 0.25, np.float32), 0.5)],
    ids=["one label only", "room for one", "numbers"],
)
def test_split_goes_by_chance_where_nothing_can_be_changed(y: np.ndarray, share: float) -> None:
    X, y = labelled([0] * 10)[0], y.astype(np.int64) if y.dtype == bool else y
    train, test = split(X, y, share, np.random.default_rng(3))
    order = np.random.default_rng(3).permutation(10)
    assert [*test.X[0].tolist(), *train.X[0].tolist()] == order.tolist()


def made(task: Task, train: np.ndarray) -> Dataset:
    X = np.zeros((2, len(train)), np.float32)
    both = Samples(np.zeros((2, 2), np.float32), np.array([0, 1], np.int64))
    return Dataset("made", task, Samples(X, train), both, ("orange", "blue", "green"))


@pytest.mark.parametrize("task", ["binary", "classes"])
@pytest.mark.parametrize(
    ("labels", "found"), [([1], "blue"), ([2, 2, 2], "green"), ([0] * 500, "orange")], ids=["one", "three", "many"]
)
def test_training_samples_of_one_class_are_refused(task: Task, labels: list[int], found: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        made(task, np.array(labels, np.int64))
    assert caught.value.field == "training samples"
    assert caught.value.value == f"all of class {found}"
    assert caught.value.allowed == "of two classes or more, so that there is something to tell apart"


def test_no_training_samples_are_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^training samples: 'none' is not allowed; it must be of two classes"):
        made("binary", np.zeros(0, np.int64))


def test_two_classes_of_three_and_numbers_that_are_all_the_same_will_do() -> None:
    assert made("classes", np.array([2, 0, 2], np.int64)).n_in == 2
    assert made("regression", np.full(3, 0.5, np.float32)).n_in == 2
