"""The same experiment for each program: a function that learns for so many epochs. A missing program gives None.

Each is used as its users would, for as little overhead as that allows, and reshuffles the samples every epoch.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from time import perf_counter
from typing import Any

import numpy as np

from mlp_playground.experiment import build
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.trainer import Trainer
from tests.benchmarks.report import Spread, spread

Advance = Callable[[int], object]
"""Learn for so many epochs more."""
ROUNDS, SECONDS = 5, 0.3


def ours(config: ExperimentConfig, *, losses: bool) -> Advance:
    """This program, measuring the loss on both halves after each epoch or never."""
    trainer = Trainer(config)

    def advance(epochs: int) -> None:
        if not losses:
            trainer.history.stride = 2**62  # the curves' next point is never due
        for _ in range(epochs):
            trainer.run_epoch()
            if losses:
                trainer.measure()

    return advance


def scikit_learn(config: ExperimentConfig, *, partial: bool) -> Advance | None:
    """MLPClassifier: `partial_fit`, which is an epoch of minibatches, or `fit` for many epochs with a warm start."""
    if not find_spec("sklearn"):
        return None
    material, training = build.material(config), config.training
    X, y = np.ascontiguousarray(material.X_train[:-1].T), material.data.train.y
    classes = np.unique(y)
    sgd = {"momentum": 0.0, "nesterovs_momentum": False} if training.optimizer == "sgd" else {}
    model = import_module("sklearn.neural_network").MLPClassifier(
        config.network.hidden,
        activation=config.network.activations[0],
        solver=training.optimizer,
        alpha=0,
        batch_size=training.batch_size,
        learning_rate_init=training.learning_rate,
        warm_start=True,
        tol=0,
        n_iter_no_change=2**31,
        random_state=config.seed,
        **sgd,
    )

    def part(epochs: int) -> None:
        for _ in range(epochs):
            model.partial_fit(X, y, classes=classes)

    def whole(epochs: int) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that max_iter was reached, which is what is wanted
            model.set_params(max_iter=epochs).fit(X, y)

    return part if partial else whole


def pytorch(config: ExperimentConfig, **options: bool) -> Advance | None:
    """The plain eager loop on the CPU; `options` are the optimizer's."""
    if not find_spec("torch"):
        return None
    torch: Any = import_module("torch")
    torch.set_num_threads(1)
    torch.manual_seed(config.seed)
    material, training = build.material(config), config.training
    folds = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}
    widths, layers = material.architecture.widths, []
    for l, (n_in, n_out) in enumerate(pairwise(widths)):
        layers.append(torch.nn.Linear(n_in, n_out))
        if l < len(config.network.hidden):
            layers.append(folds[config.network.activations[l]]())
    network = torch.nn.Sequential(*layers)
    kinds = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
    optimizer = kinds[training.optimizer](network.parameters(), lr=training.learning_rate, **options)
    X, y = torch.tensor(np.ascontiguousarray(material.X_train[:-1].T)), torch.tensor(material.data.train.y)
    loss = torch.nn.CrossEntropyLoss()
    if widths[-1] == 1:
        y, loss = y[:, None].float(), torch.nn.BCEWithLogitsLoss()

    def advance(epochs: int) -> None:
        for _ in range(epochs):
            order = torch.randperm(len(X))
            for X_, y_ in zip(X[order].split(training.batch_size), y[order].split(training.batch_size), strict=True):
                optimizer.zero_grad()
                loss(network(X_), y_).backward()
                optimizer.step()

    return advance


def epochs_per_second(contenders: list[Advance | None]) -> list[Spread | None]:
    """How fast each is. They take turns, so that what else the machine does meets all of them."""
    speeds: list[list[float]] = [[] for _ in contenders]
    epochs = [advance and max(1, round(SECONDS / timed(advance, 1))) for advance in contenders]
    for _ in range(ROUNDS):
        for advance, n, measured in zip(contenders, epochs, speeds, strict=True):
            if advance and n:
                measured.append(n / timed(advance, n))
    return [spread(measured, 0 if min(measured) >= 20 else 1) if measured else None for measured in speeds]


def timed(advance: Advance, epochs: int) -> float:
    """Seconds for so many epochs, after one to get warm if it is only one."""
    if epochs == 1:
        advance(1)
    began = perf_counter()
    advance(epochs)
    return perf_counter() - began
