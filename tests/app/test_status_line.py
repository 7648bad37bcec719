"""The status line: a run's speed is said so that it says something, however slow it is."""

from __future__ import annotations

from mlp_playground.app.status_line import speed_words


def test_a_slow_run_is_told_by_its_epochs() -> None:
    said = {speed: speed_words(speed).replace("\u202f", " ") for speed in (1234.5, 10.4, 2.34, 0.5, 0.04, 0.0)}
    assert list(said.values()) == [
        "1 234 epochs/s",
        "10 epochs/s",
        "2.3 epochs/s",
        "0.5 epochs/s",
        "25 s per epoch",
        "0.0 epochs/s",
    ]
