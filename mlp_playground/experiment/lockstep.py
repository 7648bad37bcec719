"""Trains many experiments of one shape at once: seeds, learning rates or data compared in a fraction of the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import build
from mlp_playground.experiment.batches import batch_size
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Gradient, Tape
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.penalties import Penalties, weight_mask
from mlp_playground.nn.schedules import SCHEDULES
from mlp_playground.nn.stack import Stack

SAME = ("optimizer", "batch_size", "l1", "l2", "loss", "schedule", "planned_epochs", "clip_norm")
"""Training settings that experiments in lockstep share; seeds, learning rates, initializers and data may differ."""


@dataclass(frozen=True)
class StackMetrics:
    """Metrics of K networks, each (K,). For regression the accuracies are None."""

    train_loss: NDArray[np.float64]
    test_loss: NDArray[np.float64]
    train_accuracy: NDArray[np.float64] | None
    test_accuracy: NDArray[np.float64] | None


class Lockstep:
    """K runs, each to rounding what a Trainer makes of the same config, by the same calls for all.

    Raises InvalidValue for experiments that differ in the network, the number of samples or a setting of `SAME`, and
    for a minibatch of more samples than there are. A run that diverges rests at its last finite parameters; `diverged`
    (K,) says which.
    """

    def __init__(self, configs: Sequence[ExperimentConfig]) -> None:
        first = configs[0]
        materials = [build.material(config) for config in configs]
        for config, material in zip(configs, materials, strict=True):
            for name in SAME:
                ours, its = getattr(first.training, name), getattr(config.training, name)
                if ours != its:
                    raise InvalidValue(name.replace("_", " "), its, f"{ours!r} for all experiments in lockstep")
            if material.architecture != materials[0].architecture or material.n_train != materials[0].n_train:
                raise InvalidValue("network", material.architecture, "the same for all experiments in lockstep")
        self.architecture, self.epoch = materials[0].architecture, 0
        self._training, self._n_train = first.training, materials[0].n_train
        self._batch_size = batch_size(first.training.batch_size, self._n_train)
        theta = [build.first_parameters(config, self.architecture) for config in configs]
        self._stack = Stack(self.architecture, np.stack(theta))
        # samples as rows in memory, as in Batches: (K, N, n)
        self._X: Array = np.stack([material.X.T for material in materials])
        self._Y: Array = np.stack([material.Y.T for material in materials])
        self._rngs = [np.random.default_rng([config.seed, 3]) for config in configs]
        self._rates = np.array([[config.training.learning_rate] for config in configs], np.float32)
        self._prepare()

    def _prepare(self) -> None:
        training, n, k = self._training, self._n_train, len(self._rngs)
        self._rows_X, self._rows_Y = self._X[:, :n].copy(), self._Y[:, :n].copy()
        cuts = [slice(start, start + self._batch_size) for start in range(0, n, self._batch_size)]
        self._views = [(self._rows_X[:, cut].swapaxes(1, 2), self._rows_Y[:, cut].swapaxes(1, 2)) for cut in cuts]
        sizes = {X.shape[2] for X, _ in self._views}
        self._tapes = {size: Tape(self.architecture, size, np.float32, (k,)) for size in sizes}
        self._gradient = Gradient(self.architecture, np.float32, (k,))
        optimizer = OPTIMIZERS[training.optimizer]
        self._rule = optimizer.start(self._stack.theta)
        mask, decoupled = weight_mask(self.architecture, np.float32), optimizer.decouples
        self._penalties = Penalties(mask, self._stack.theta, l1=training.l1, l2=training.l2, decoupled=decoupled)
        self._factor = SCHEDULES[training.schedule].factor
        self.diverged = np.zeros(k, bool)

    @property
    def theta(self) -> Array:
        """All parameters (K, n_parameters)."""
        return self._stack.theta

    def run_epoch(self) -> None:
        """Every network learns from each of its samples once, in an order of its own."""
        for k, rng in enumerate(self._rngs):
            order = rng.permutation(self._n_train)
            np.take(self._X[k], order, axis=0, out=self._rows_X[k], mode="clip")
            np.take(self._Y[k], order, axis=0, out=self._rows_Y[k], mode="clip")
        with np.errstate(over="ignore", invalid="ignore"):
            for position, (X, Y) in enumerate(self._views):
                self._step(X, Y, (self.epoch + position / len(self._views)) / self._training.planned_epochs)
        self.epoch += 1

    def _step(self, X: Array, Y: Array, done: float) -> None:
        theta, gradient = self._stack.theta, self._gradient.vector
        tape = self._tapes[X.shape[2]]
        self._stack.forward(X, tape)
        self._stack.backward(Y, tape, self._gradient)
        self._penalties.add_gradient(theta, gradient)
        squares = np.einsum("kp,kp->k", gradient, gradient)
        if not np.isfinite(squares).all():
            self.diverged |= ~np.isfinite(squares)
        if self.diverged.any():
            gradient[self.diverged] = 0
            resting = theta[self.diverged]
        if self._training.clip_norm:
            lengths = np.sqrt(np.where(self.diverged, 0, squares))
            gradient *= np.minimum(1, self._training.clip_norm / np.maximum(lengths, 1e-30))[:, None]
        rates = self._rates * np.float32(self._factor(min(done, 1.0)))
        self._penalties.decay(theta, rates)
        self._rule.step(theta, gradient, rates)
        self._penalties.shrink(theta, rates)
        if self.diverged.any():
            theta[self.diverged] = resting

    def measure(self) -> StackMetrics:
        """Loss and accuracy of every network on its own samples, now."""
        head, n = self.architecture.the_head, self._n_train
        Y = self._Y.swapaxes(1, 2)
        with np.errstate(over="ignore", invalid="ignore"):
            Z = self._stack.predict(self._X.swapaxes(1, 2))
            losses, hits = head.losses(Z, Y).astype(np.float64), head.hits(Z, Y)
        return StackMetrics(
            losses[:, :n].mean(axis=1),
            losses[:, n:].mean(axis=1),
            None if hits is None else hits[:, :n].mean(axis=1),
            None if hits is None else hits[:, n:].mean(axis=1),
        )
