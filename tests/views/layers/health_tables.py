"""Tables of health of real runs, for tests to draw and to read."""

from __future__ import annotations

from mlp_playground.experiment.doctor.checkup import Checkups
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.layers.health_table import HealthTable


def table(name: str, epochs: int) -> HealthTable:
    trainer, checkups = Trainer(GALLERY[name].config), Checkups()
    for _ in range(epochs):
        trainer.run_epoch()
    snapshot = observe(trainer, Look(resolution=8, whole=True))
    return HealthTable(checkups.whole_record(snapshot))
