"""How far a run goes with a schedule, and what it says when it rests."""

from __future__ import annotations

from math import inf

import pytest

from mlp_playground.experiment.config import TrainingConfig
from mlp_playground.experiment.plan import limit, words
from mlp_playground.nn.schedules import SCHEDULES

DOWN_TO_0 = ("linear", "cosine", "warm-up")


@pytest.mark.parametrize(("epoch", "end"), [(0, 20), (19, 20), (20, 20), (21, 21), (500, 500)])
@pytest.mark.parametrize("schedule", DOWN_TO_0)
def test_to_the_end_of_the_plan_and_no_further_where_nothing_is_left(schedule: str, epoch: int, end: int) -> None:
    assert limit(TrainingConfig(schedule=schedule, planned_epochs=20), epoch) == end


@pytest.mark.parametrize(("epoch", "end"), [(0, 20), (19, 20), (20, inf), (500, inf)])
def test_steps_rest_once_and_then_go_on_small(epoch: int, end: float) -> None:
    assert limit(TrainingConfig(schedule="step", planned_epochs=20), epoch) == end


@pytest.mark.parametrize("epoch", [0, 20, 500])
def test_a_constant_learning_rate_has_no_end(epoch: int) -> None:
    assert limit(TrainingConfig(planned_epochs=20), epoch) == inf


def test_each_schedule_but_the_constant_one_has_an_end() -> None:
    ends = {name: limit(TrainingConfig(schedule=name, planned_epochs=7), 0) for name in SCHEDULES}
    assert {name for name, end in ends.items() if end == inf} == {"constant"}
    assert set(ends.values()) == {7, inf}


@pytest.mark.parametrize("schedule", DOWN_TO_0)
def test_it_says_what_is_done_and_what_lets_it_go_on(schedule: str) -> None:
    said = words(TrainingConfig(schedule=schedule, planned_epochs=1500))
    assert said.startswith(
        "The planned 1\u202f500 epochs are done, and the learning rate has come down to 0 as planned."
    )
    assert "More epochs or the constant schedule" in said


def test_where_a_learning_rate_is_left_it_says_that_play_goes_on() -> None:
    said = words(TrainingConfig(schedule="step", planned_epochs=1))
    assert said.startswith("The planned epoch is done, and the learning rate has come down as planned.")
    assert "Play goes on" in said
