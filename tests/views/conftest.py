"""Real moments of real networks for the views to draw, with parameters that a test can choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from mlp_playground.experiment.build import first_parameters
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer


@pytest.fixture
def take() -> Callable[..., Snapshot]:
    """Takes a snapshot of `config`, with its first weights or those of `theta`."""

    def taken(
        config: ExperimentConfig | None = None,
        theta: Sequence[float] | None = None,
        look: Look | None = None,
        curves: np.ndarray | None = None,
    ) -> Snapshot:
        config = config or ExperimentConfig()
        trainer = Trainer(config)
        if theta is None:
            theta = first_parameters(config, trainer.material.architecture).tolist()
        table = trainer.history.table() if curves is None else curves
        trainer.restore(Document(config, np.array(theta, np.float32), 0, 0, table))
        return observe(trainer, look or Look(resolution=64))

    return taken
