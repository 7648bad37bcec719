"""Networks of every kind to export: each head, each activation, features, tables, switched-off neurons, digits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mlp_playground.data.dataset import Samples
from mlp_playground.data.features import FEATURES
from mlp_playground.data.own import OwnData
from mlp_playground.experiment.config import MNIST, OWN, DataConfig, ExperimentConfig, NetworkConfig, TrainingConfig
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.export.subject import Subject
from mlp_playground.nn.activations import ACTIVATIONS

BAD_NAME = 'a"""\n\\b\\"; raise SystemExit #\u2028é'
"""What a table's column may be called, and no script may stumble over."""


def table(task: str = "binary", n_in: int = 4) -> OwnData:
    """60 rows whose columns were scaled, with names that are no names in Python."""
    rng = np.random.default_rng(1)
    X = rng.uniform(-5, 5, (n_in, 60)).astype(np.float32)
    y = (X[0] + X[-1] > 0).astype(np.int64) if task == "binary" else np.tanh(X[1] / 5).astype(np.float32)
    if task == "classes":
        y = np.digitize(X[0], [-2, 2]).astype(np.int64)
    classes = {"binary": ("no", BAD_NAME), "classes": ("a", "b'", BAD_NAME), "regression": ()}[task]
    names = (BAD_NAME, "b", "c", "d")[:n_in]
    factor, offset = (0.25, 1.5, -0.125, 3.0)[:n_in], (3.0, -500.25, 7.0, 0.0)[:n_in]
    target = (0.04, -1.25) if task == "regression" else (1.0, 0.0)
    return OwnData(BAD_NAME, task, Samples(X, y), names, classes, factor, offset, BAD_NAME, *target)  # type: ignore[arg-type]


def config(
    data: str | OwnData = "circle",
    hidden: tuple[int, ...] = (8, 8),
    activations: tuple[str, ...] = (),
    features: tuple[str, ...] = ("x1", "x2"),
    data_more: dict[str, Any] | None = None,
    **network: Any,
) -> ExperimentConfig:
    """An experiment; what `training` has among `network` goes there."""
    training = TrainingConfig(**network.pop("training", {}))
    named: dict[str, Any] = {"name": OWN, "own": data} if isinstance(data, OwnData) else {"name": data, "samples": 60}
    shape = NetworkConfig(hidden=hidden, activations=activations or ("tanh",) * len(hidden), **network)
    return ExperimentConfig(
        data=DataConfig(**named | (data_more or {})), features=features, network=shape, training=training, seed=3
    )


def subject(experiment: ExperimentConfig, epochs: int = 3) -> Subject:
    """A network that has learned a little, with biases that are not 0."""
    trainer = Trainer(experiment)
    if all(ACTIVATIONS[name].learns for name in experiment.network.activations):
        for _ in range(epochs):
            trainer.run_epoch()
    rng = np.random.default_rng(0)
    trainer.network.theta[:] += rng.normal(0, 0.05, trainer.network.theta.shape).astype(np.float32)
    return Subject.of_trainer(trainer)


def subjects() -> dict[str, Subject]:
    """One of each kind by name."""
    names = tuple(ACTIVATIONS)
    return {
        "no hidden layer": subject(config("gaussian", ())),
        "one neuron": subject(config("xor", (1,))),
        "every activation": subject(config("circle", (3,) * 10, names[:10])),
        "a step": subject(config("circle", (7, 4), ("sign", "gelu"))),
        "all features": subject(config("spiral3", (5,), ("relu",), tuple(FEATURES))),
        "one feature": subject(config("xor", (2,), ("selu",), ("x1*x2",))),
        "tanh head, off": subject(
            config("moons", (6, 5), off=((0, 1), (0, 4), (1, 0)), training={"loss": "tanh-squared"})
        ),
        "a curve": subject(config("sine", (8,), ("softplus",))),
        "huber": subject(config("hills", (4,), training={"loss": "huber", "dropout": 0.3})),
        "bits": subject(config("parity", (4,))),
        "table": subject(config(table("binary"), (4,))),
        "table of classes": subject(config(table("classes", 2), (4,), features=("x1", "sin(x2)"))),
        "table of numbers": subject(config(table("regression"), (4, 3), ("silu", "elu"))),
        "64-64": subject(config("spiral", (64, 64), ("relu", "relu"))),
        "digits": subject(config(MNIST, (128, 20), data_more={"deskew": True}), 0),
    }


def run(path: Path) -> dict[str, Any]:
    """The names that a script defines, its main part left out."""
    names: dict[str, Any] = {"__name__": "script", "__file__": str(path)}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    return names
