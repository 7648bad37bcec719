"""The curves of a run: bounded, evenly spaced, and with their beginning."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.experiment.history import History, Metrics


def metrics(epoch: int) -> Metrics:
    return Metrics(1 / (epoch + 1), 2 / (epoch + 1), epoch / 1000, None)


def recorded(epochs: int, limit: int) -> History:
    history = History(limit)
    for epoch in range(epochs):
        if history.is_due(epoch):
            history.record(epoch, metrics(epoch))
    return history


def test_records_come_back_as_a_table() -> None:
    table = recorded(3, 100).table()
    assert table[:4].tolist() == [[0, 1, 2], [1, 1 / 2, 1 / 3], [2, 1, 2 / 3], [0, 0.001, 0.002]]
    assert np.isnan(table[4]).all()  # no accuracy


def test_an_empty_history_is_an_empty_table() -> None:
    assert History().table().shape == (5, 0)


@pytest.mark.parametrize("epochs", [1, 15, 16, 17, 100, 1000, 12_345])
def test_a_long_run_is_thinned_evenly_and_keeps_its_first_record(epochs: int) -> None:
    table = recorded(epochs, 16).table()
    assert 1 <= table.shape[1] <= 16
    assert table[0, 0] == 0
    assert len(set(np.diff(table[0]))) <= 1
    assert table[0, -1] > epochs - 1 - 2 * max(1, epochs / 8)  # and reaches near the present
    assert table[1].tolist() == [1 / (epoch + 1) for epoch in table[0]]


def test_an_epoch_is_recorded_once() -> None:
    history = recorded(5, 100)
    history.record(4, metrics(400))
    history.record(2, metrics(400))
    assert history.table().tobytes() == recorded(5, 100).table().tobytes()


def test_an_epoch_that_is_not_due_is_passed_over() -> None:
    history = recorded(16, 16)
    assert history.stride == 2
    history.record(17, metrics(17))
    assert 17 not in history.table()[0]


def test_seconds_stay_with_their_records() -> None:
    history = History(16)
    for epoch in range(100):
        if history.is_due(epoch):
            history.record(epoch, metrics(epoch), epoch / 4)
    assert history.seconds().tolist() == (history.table()[0] / 4).tolist()
    again = History.from_table(history.table(), history.stride, history.seconds())
    assert again.seconds().tolist() == history.seconds().tolist()
    assert np.isnan(History.from_table(history.table(), history.stride).seconds()).all()


def test_a_table_is_a_read_only_copy() -> None:
    history = recorded(3, 100)
    table = history.table()
    with pytest.raises(ValueError, match="read-only"):
        table[0, 0] = 9
    history.record(3, metrics(3))
    assert table.shape == (5, 3)


def test_a_history_goes_on_from_its_table() -> None:
    whole, first = recorded(300, 4096), recorded(200, 4096)
    again = History.from_table(first.table(), first.stride)
    for epoch in range(200, 300):
        again.record(epoch, metrics(epoch))
    assert again.table().tobytes() == whole.table().tobytes()


def test_a_table_longer_than_is_kept_here_goes_on_and_is_thinned() -> None:
    n = 10_000
    epochs = np.arange(n, dtype=np.float64)
    history = History.from_table(np.stack([epochs, *[1 / (epochs + 1)] * 4]), 1)
    assert history.table().shape == (5, n)
    history.record(n, metrics(n))
    assert history.stride == 2
    assert history.table()[0].tolist() == list(range(0, n + 1, 2))
    assert history.table()[1, -1] == 1 / (n + 1)
