"""Minibatches: every sample once an epoch, with its own target, in an order that is new each time."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import batches as module
from mlp_playground.experiment.batches import Batches, batch_size


def numbered(n: int, size: int) -> Batches:
    i = np.arange(n, dtype=np.float32)
    return Batches(np.stack([i, -i, np.ones_like(i)]), 10 * i[None], size)


@pytest.mark.parametrize(("n", "size", "widths"), [(10, 5, [5, 5]), (10, 4, [4, 4, 2]), (3, 1, [1, 1, 1]), (7, 7, [7])])
def test_the_last_minibatch_may_be_smaller(n: int, size: int, widths: list[int]) -> None:
    batches = numbered(n, size)
    assert [X.shape[1] for X, _ in batches.views] == widths
    assert len(batches) == len(widths)
    assert batches.sizes == set(widths)


@pytest.mark.parametrize("size", [1, 4, 24, 25])
def test_an_epoch_has_every_sample_once_with_its_target(size: int) -> None:
    batches = numbered(25, size)
    for seed in range(3):
        batches.shuffle(np.random.default_rng(seed))
        seen = np.concatenate([X[0] for X, _ in batches.views])
        assert sorted(seen) == list(range(25))
        for X, Y in batches.views:
            assert (10 * X[0] == Y[0]).all()
            assert (-X[0] == X[1]).all()
            assert (X[2] == 1).all()


def test_the_order_is_the_generators() -> None:
    batches, orders = numbered(25, 5), []
    for seed in (1, 2, 1):
        batches.shuffle(np.random.default_rng(seed))
        orders.append(np.concatenate([X[0] for X, _ in batches.views]).tolist())
    assert orders[0] == orders[2] != orders[1]


def test_the_views_stay_the_same_objects() -> None:
    batches = numbered(9, 4)
    before = [id(X) for X, _ in batches.views]
    batches.shuffle(np.random.default_rng(0))
    assert [id(X) for X, _ in batches.views] == before


def test_large_data_are_gathered_one_minibatch_at_a_time_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = numbered(25, 4)
    monkeypatch.setattr(module, "LARGE", 10)
    parts = numbered(25, 4)
    for batches in (whole, parts):
        batches.shuffle(np.random.default_rng(5))
    for index, ((X, Y), (X_part, Y_part)) in enumerate(zip(whole.views, parts.views, strict=True)):
        parts.load(index)
        assert (X_part == X).all()
        assert (Y_part == Y).all()
    assert sum(rows.nbytes for rows in parts._rows) < sum(rows.nbytes for rows in whole._rows) / 5


@pytest.mark.parametrize(("wanted", "size"), [(1, 1), (249, 249), (250, 250), (0, 250)])
def test_the_size_is_what_was_asked_for_or_all(wanted: int, size: int) -> None:
    assert batch_size(wanted, 250) == size


def test_more_than_all_samples_are_refused() -> None:
    with pytest.raises(
        InvalidValue, match=r"^batch size: 251 .* at most 250, the number of training samples, or 0 for"
    ):
        batch_size(251, 250)
