"""Paces in minibatches a second."""

from __future__ import annotations

from math import inf

from mlp_playground.experiment.pace import FULL_SPEED, PACES, Pace


def test_steps_a_second_do_not_depend_on_the_data() -> None:
    assert Pace("", 10).steps_per_second(25) == Pace("", 10).steps_per_second(1) == 10


def test_epochs_a_second_are_as_many_steps_as_an_epoch_has() -> None:
    assert Pace("", 4, by_epoch=True).steps_per_second(25) == 100


def test_full_speed_has_no_bound() -> None:
    assert FULL_SPEED.steps_per_second(25) == inf
    assert FULL_SPEED is PACES[-1]


def test_paces_have_names_of_their_own_and_get_faster() -> None:
    assert len({pace.label for pace in PACES}) == len(PACES)
    speeds = [pace.steps_per_second(25) for pace in PACES]
    assert speeds == sorted(speeds)
