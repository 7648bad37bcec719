"""Other data for an experiment: what no longer fits them gives way to what always does."""

from __future__ import annotations

from mlp_playground.data.own import OwnData
from mlp_playground.experiment.config import DIGITS_EPOCHS, OWN, ExperimentConfig
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import AUTO


def with_data(base: ExperimentConfig, **values: object) -> ExperimentConfig:
    """`base` with other data. Raises InvalidValue where there are no such data."""
    config = base.changed("data", **values)
    return config.changed(
        "training",
        loss=_fitting_loss(config),
        batch_size=_fitting_batch(config),
        planned_epochs=_fitting_plan(config, base.data.name),
    )


def with_own(base: ExperimentConfig, own: OwnData) -> ExperimentConfig:
    """`base` with the user's own data, which stay where they are: noise that was meant for others does not move them.

    Raises InvalidValue where there are no such data.
    """
    noise = base.data.noise if base.data.name == OWN else 0.0
    return with_data(base, name=OWN, own=own, noise=noise)


def _fitting_loss(config: ExperimentConfig) -> str:
    """The chosen loss, or the usual one where that is for another kind of data."""
    loss = config.training.loss
    return loss if loss == AUTO or HEADS[loss].task == config.data.task else AUTO


def _fitting_plan(config: ExperimentConfig, before: str) -> int:
    """The planned epochs, or those of the recipe for these digits where they were those for the others."""
    planned = config.training.planned_epochs
    return DIGITS_EPOCHS.get(config.data.name, planned) if DIGITS_EPOCHS.get(before) == planned else planned


def _fitting_batch(config: ExperimentConfig) -> int:
    """The chosen batch size, or all training samples at once where there are fewer."""
    size, n_train = config.training.batch_size, config.data.n_train
    return size if n_train is None or size <= n_train else 0
