"""Random streams: each its own, and as they were when their states are given back."""

from __future__ import annotations

import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.streams import DROPOUT, ORDER, STREAMS, Streams


def draw(streams: Streams, name: str) -> list[float]:
    return streams.draw_from(name).random(3).tolist()


def test_streams_differ_and_leave_each_other_alone() -> None:
    alone, beside = Streams(5), Streams(5)
    draw(beside, DROPOUT)
    orders = draw(alone, ORDER)
    assert orders == draw(beside, ORDER)
    assert orders != draw(alone, DROPOUT)
    assert orders != draw(Streams(6), ORDER)


def test_from_its_states_a_stream_goes_on_as_it_would_have() -> None:
    streams = Streams(5)
    draw(streams, ORDER)
    states = streams.states()
    assert streams.states() is states
    again = Streams(5, states, 2)
    following = {name: draw(streams, name) for name in STREAMS}
    assert {name: draw(again, name) for name in STREAMS} == following
    assert streams.states() != states
    # one that is missing is seeded from the epoch: neither the start's numbers nor another epoch's
    seeded = [draw(Streams(5, {}, epoch), ORDER) for epoch in (2, 3)]
    assert seeded[0] != seeded[1]
    assert draw(Streams(5), ORDER) not in seeded
    with pytest.raises(InvalidValue, match="random generator order"):
        Streams(5, {ORDER: {"bit_generator": "MT19937"}})
