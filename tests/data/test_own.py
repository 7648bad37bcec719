"""The user's own data as a value, and how they are split."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mlp_playground.data.dataset import Samples, Scale, Task
from mlp_playground.data.own import OwnData, _copies, check_can_train, make
from mlp_playground.errors import InvalidValue


def points(n: int = 40, seed: int = 0) -> OwnData:
    rng = np.random.default_rng(seed)
    return OwnData("drawn", "binary", Samples(rng.normal(size=(2, n)).astype(np.float32), rng.integers(2, size=n)))


def rows(n: int = 30) -> OwnData:
    rng = np.random.default_rng(1)
    samples = Samples(rng.uniform(-5, 5, (3, n)).astype(np.float32), rng.uniform(-1, 1, n).astype(np.float32))
    scaling = (2.0, 0.5, 1.0), (-1.0, 0.0, 3.0)
    return OwnData("prices.csv", "regression", samples, ("a", "b", "c"), (), *scaling, "price", 0.01, -1.5)


def part(own: OwnData, chosen: np.ndarray) -> OwnData:
    return replace(own, samples=Samples(own.samples.X[:, chosen], own.samples.y[chosen]))


def as_set(samples: Samples) -> set[tuple[float, ...]]:
    return {(*x, y) for x, y in zip(samples.X.T.tolist(), samples.y.tolist(), strict=True)}


# -- a value ----------------------------------------------------------------------------------------------------------


def test_the_same_content_is_the_same_value() -> None:
    assert points() == points()
    assert hash(points()) == hash(points())
    assert points() is not points()
    assert {points(): 1}[points()] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"source": "other"},
        {"target": "kind"},
        {"inputs": ("a", "b")},
        {"classes": ("a", "b")},
        {"factor": (1.0, 2.0)},
        {"offset": (1.0, 0.0)},
        {"target_factor": 2.0},
        {"target_offset": 2.0},
        {"samples": points(seed=1).samples},
        {"samples": Samples(points().samples.X, 1 - points().samples.y)},
        {"task": "classes", "classes": ("orange", "blue", "green")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_other_content_is_another_value(change: dict[str, Any]) -> None:
    other = replace(points(), **change)
    assert other != points()
    assert other.digest != points().digest


def test_how_the_samples_lie_in_memory_does_not_count() -> None:
    own = points()
    other = Samples(np.asfortranarray(own.samples.X), own.samples.y.copy())
    assert replace(own, samples=other) == own


def test_it_is_equal_to_nothing_else() -> None:
    assert points() != "drawn"
    assert points() != points().description()


def test_its_text_is_short() -> None:
    assert len(repr(points(5000))) < 300


@pytest.mark.parametrize("own", [points(), points(0), rows()], ids=["points", "none", "rows"])
def test_a_description_and_the_samples_give_it_back(own: OwnData) -> None:
    content = json.loads(json.dumps(own.description(), allow_nan=False))
    assert OwnData.from_description(content, own.samples.X.copy(), own.samples.y.copy()) == own


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": 3}, "own data source"),
        ({"task": "guess"}, "own data classes"),
        ({"task": "regression"}, "own data classes"),
        ({"task": True}, "own data task"),
        ({"classes": ["a"]}, "own data classes"),
        ({"classes": [1, 2]}, "own data classes"),
        ({"classes": "ab"}, "own data classes"),
        ({"classes": [str(k) for k in range(11)], "task": "classes"}, "own data classes"),
        ({"inputs": ["a"]}, "own data inputs"),
        ({"inputs": None}, "own data inputs"),
        ({"factor": [1, 0]}, "own data scaling"),
        ({"factor": [1, float("nan")]}, "own data scaling"),
        ({"factor": [1, 10**400]}, "own data factor"),
        ({"factor": [1, "2"]}, "own data factor"),
        ({"factor": [1, 2, 3]}, "own data inputs"),
        ({"offset": [float("inf"), 0]}, "own data scaling"),
        ({"offset": 1}, "own data offset"),
        ({"target_factor": 0}, "own data scaling"),
        ({"target_factor": [1]}, "own data target_factor"),
        ({"target_offset": float("nan")}, "own data scaling"),
        ({"target": None}, "own data target"),
        ({"colour": "red"}, "own data"),
    ],
    ids=str,
)
def test_a_wrong_description_is_refused(change: dict[str, Any], field: str) -> None:
    own = points()
    with pytest.raises(InvalidValue) as caught:
        OwnData.from_description({**own.description(), **change}, own.samples.X, own.samples.y)
    assert caught.value.field == field


@pytest.mark.parametrize("content", [None, 3, [], {}, "x"])
def test_what_describes_nothing_is_refused(content: object) -> None:
    with pytest.raises(InvalidValue, match=r"^own data: .* described by source, task, inputs"):
        OwnData.from_description(content, points().samples.X, points().samples.y)


@pytest.mark.parametrize(
    ("X", "y", "field"),
    [
        (np.zeros((2, 6)), np.zeros(6, np.int64), "own data samples"),
        (np.zeros((2, 6), np.float32), np.zeros(6), "own data samples"),
        (np.zeros((2, 6), np.float32), np.full(6, 2), "own data labels"),
        (np.zeros((2, 6), np.float32), np.full(6, -1), "own data labels"),
        (np.zeros((3, 6), np.float32), np.zeros(6, np.int64), "own data inputs"),
        (np.zeros((2, 6), np.float32), np.zeros(5, np.int64), "samples"),
        (np.full((2, 6), np.nan, np.float32), np.zeros(6, np.int64), "samples"),
    ],
)
def test_samples_that_do_not_fit_are_refused(X: np.ndarray, y: np.ndarray, field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        OwnData.from_description(points().description(), X, y)
    assert caught.value.field == field


def test_one_input_is_too_few() -> None:
    samples = Samples(np.zeros((1, 3), np.float32), np.array([0, 1, 0]))
    with pytest.raises(InvalidValue, match="two inputs or more"):
        OwnData("x", "binary", samples, ("a",), factor=(1.0,), offset=(0.0,))


# -- a data set -------------------------------------------------------------------------------------------------------


def test_all_samples_are_split_and_none_is_changed() -> None:
    data = make(points(41), 0, 0.25, 3)
    assert (len(data.train), len(data.test)) == (31, 10)
    assert as_set(data.train) | as_set(data.test) == as_set(points(41).samples)
    assert data.train.X.dtype == np.float32
    assert data.train.X.T.flags.c_contiguous


def test_a_data_set_says_what_it_is() -> None:
    data = make(points(), 0, 0.5, 0)
    assert (data.label, data.task, data.space, data.classes) == ("drawn", "binary", "plane", ("orange", "blue"))
    assert data.inputs == (Scale("x₁"), Scale("x₂"))
    table = make(rows(), 0, 0.5, 0)
    assert (table.label, table.task, table.space, table.classes) == ("prices.csv", "regression", "table", ())
    assert table.inputs == (Scale("a", 2.0, -1.0), Scale("b", 0.5, 0.0), Scale("c", 1.0, 3.0))
    assert table.target == Scale("price", 0.01, -1.5)
    assert table.target.back(0.5) == 200


def test_the_seed_decides_which_samples_are_kept_to_test() -> None:
    splits = [make(points(), 0, 0.5, seed).test.X.tobytes() for seed in (0, 0, 1)]
    assert splits[0] == splits[1] != splits[2]


@pytest.mark.parametrize("seed", range(5))
def test_drawing_on_and_erasing_leave_the_other_samples_where_they_are(seed: int) -> None:
    whole = points(60)
    kept = np.delete(np.arange(60), [3, 17, 40])
    before, after = make(whole, 0, 0.5, seed), make(part(whole, kept), 0, 0.5, seed)
    moved = (as_set(before.train) & as_set(after.test)) | (as_set(before.test) & as_set(after.train))
    assert len(moved) <= 3, "at most one for each that has gone"
    shuffled = make(part(whole, np.random.default_rng(0).permutation(60)), 0, 0.5, seed)
    assert as_set(shuffled.test) == as_set(before.test)


def test_a_sample_is_kept_to_test_as_often_as_its_share_says() -> None:
    own, n = points(50), 200
    kept = [sample for seed in range(n) for sample in as_set(make(own, 0, 0.3, seed).test)]
    counts = np.array([kept.count(sample) for sample in as_set(own.samples)])
    # of a binomial distribution: mean 60, standard deviation 6.5
    assert counts.sum() == 15 * n
    assert counts.min() > 60 - 4.5 * 6.5
    assert counts.max() < 60 + 4.5 * 6.5
    assert 4 < counts.std() < 9


def test_copies_of_a_sample_are_split_like_others() -> None:
    corners = np.tile(np.array([[1, 1, -1, -1], [1, -1, 1, -1]], np.float32), 25)
    own = OwnData("XOR", "binary", Samples(corners, np.tile([0, 1, 1, 0], 25)))
    data = make(own, 0, 0.5, 0)
    for samples in (data.train, data.test):
        assert all(5 <= (corner == samples.X.T).all(axis=1).sum() <= 20 for corner in corners[:, :4].T)


def test_copies_are_counted() -> None:
    assert _copies(np.array([7, 3, 7, 7, 3, 9], np.uint64)).tolist() == [0, 0, 1, 2, 1, 0]
    assert _copies(np.array([], np.uint64)).tolist() == []


def test_noise_moves_inputs_within_its_bounds_and_no_sample_to_the_other_part() -> None:
    own = rows(400)
    still, noisy = (make(own, noise, 0.5, 0) for noise in (0, 0.1))
    assert (noisy.train.y == still.train.y).all()
    shift = (noisy.train.X - still.train.X).astype(float)
    assert np.abs(shift).max() <= 0.5 + 1e-5
    assert abs(shift.mean()) < 0.05
    assert shift.std() == pytest.approx(1 / np.sqrt(12), rel=0.05), "uniform over a width of 1"


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_too_few_samples_can_not_be_trained_with(task: Task) -> None:
    kind = np.float32 if task == "regression" else np.int64
    classes = () if task == "regression" else ("orange", "blue")
    for n in range(6):
        samples = Samples(np.arange(2 * n, dtype=np.float32).reshape(2, n), (np.arange(n) % 2).astype(kind))
        own = OwnData("few", task, samples, classes=classes)
        if n < 4:
            with pytest.raises(InvalidValue, match=f"^own data: '{n} samples' .* at least 4, to learn from"):
                make(own, 0, 0.5, 0)
        else:
            data = make(own, 0, 0.5, 0)
            assert len(data.train) + len(data.test) == n


def test_one_class_can_not_be_trained_with() -> None:
    own = points()
    one = replace(own, samples=Samples(own.samples.X, np.ones(40, np.int64)))
    with pytest.raises(InvalidValue, match=r"^own data: 'all of class blue' .* of two classes or more"):
        check_can_train(one)
    with pytest.raises(InvalidValue, match="all of class blue"):
        make(one, 0, 0.5, 0)


@pytest.mark.parametrize("seed", range(8))
def test_a_single_sample_of_a_class_is_learned_from(seed: int) -> None:
    own = points(8)
    data = make(replace(own, samples=Samples(own.samples.X, (np.arange(8) == 3).astype(np.int64))), 0, 0.5, seed)
    assert set(data.train.y.tolist()) == {0, 1}
