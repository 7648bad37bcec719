"""The end of a run's plan: where a schedule has brought the learning rate down, nobody should train on unawares."""

from __future__ import annotations

from math import inf

from mlp_playground.experiment.config import TrainingConfig
from mlp_playground.nn.schedules import SCHEDULES
from mlp_playground.numerals import grouped

_DONE = 1.0
"""The share of the planned epochs that is done at the end of the plan, and beyond."""


def limit(training: TrainingConfig, epoch: int) -> float:
    """The epoch at which a run that is in `epoch` should rest: the end of the plan, or at once where that is behind and
    the learning rate is 0. Infinity where nothing speaks against going on."""
    if training.schedule == "constant":
        return inf
    if epoch < training.planned_epochs:
        return training.planned_epochs
    return inf if _last_factor(training) > 0 else epoch


def words(training: TrainingConfig) -> str:
    """Why the run rests at its limit, and what lets it go on."""
    planned = training.planned_epochs
    done = "The planned epoch is" if planned == 1 else f"The planned {grouped(planned)} epochs are"
    if _last_factor(training) > 0:
        down, on = "", "Play goes on in such small steps; more epochs or the constant schedule make them larger again."
    else:
        down, on = " to 0", "More epochs or the constant schedule let it go on."
    return f"{done} done, and the learning rate has come down{down} as planned. {on}"


def _last_factor(training: TrainingConfig) -> float:
    return SCHEDULES[training.schedule].factor(_DONE)
