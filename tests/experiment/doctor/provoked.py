"""Runs that are ill on purpose: for each illness an experiment, and the epoch in which it shows."""

from __future__ import annotations

from typing import Any

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.trainer import Trainer


def example(name: str, *hidden: int, activation: str = "relu", **training: Any) -> ExperimentConfig:
    config = GALLERY[name].config.changed("training", **training)
    if not hidden:
        return config
    return config.changed("network", hidden=hidden, activations=(activation,) * len(hidden))


def from_normal(config: ExperimentConfig, scale: float) -> ExperimentConfig:
    return config.changed("network", initializer="normal", initializer_scale=scale)


PROVOKED = {
    "divergence": (example("large-steps"), 4),
    "symmetry": (example("twins"), 10),
    "dead": (example("dead"), 15),
    "high-rate": (example("spiral", optimizer="sgd", learning_rate=3.0), 25),
    "saturation": (example("saturated"), 5),
    "vanishing": (example("too-deep"), 2),
    "exploding": (from_normal(example("spiral", *(16,) * 6), 1.5), 0),
    "collapse": (example("sine", 4, 4, 4, activation="sigmoid", optimizer="sgd", learning_rate=0.01), 20),
    "low-rate": (example("spiral", learning_rate=1e-5), 15),
    "small": (example("xor-one"), 60),
    "overfitting": (example("overfit"), 100),
}


def run(config: ExperimentConfig, epochs: int) -> tuple[Trainer, str]:
    trainer = Trainer(config)
    try:
        for _ in range(epochs):
            trainer.run_epoch()
    except Diverged as error:
        return trainer, str(error)
    return trainer, ""
