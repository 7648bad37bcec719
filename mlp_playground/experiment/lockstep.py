"""Trains many experiments of one shape at once: seeds, learning rates or data compared in a fraction of the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import build
from mlp_playground.experiment.batches import batch_size
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.nn.arrays import Array, Rate
from mlp_playground.nn.network import Gradient
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.penalties import Penalties, weight_mask
from mlp_playground.nn.schedules import SCHEDULES
from mlp_playground.nn.stack import Stack, StackTape

SAME = ("optimizer", "batch_size", "l1", "l2", "loss", "schedule", "planned_epochs", "clip_norm", "dropout")
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

    Raises InvalidValue for experiments that differ in the network, the number of samples or a setting of `SAME`, for
    a minibatch of more samples than there are, and for neurons that are frozen or off. A run that diverges rests at its
    last finite parameters; `diverged` (K,) says which.
    """

    def __init__(self, configs: Sequence[ExperimentConfig]) -> None:
        first = configs[0]
        materials = [build.material(config) for config in configs]
        for config, material in zip(configs, materials, strict=True):
            for mark in ("frozen", "off"):
                if cells := getattr(config.network, mark):
                    raise InvalidValue(f"neurons that are {mark}", cells, "none in lockstep")
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
        # (K, N, n_in + 1 + n_out): samples as rows, as in Batches, with their targets, so that one call gathers all
        self._samples: Array = np.ascontiguousarray([np.hstack([one.X.T, one.Y.T]) for one in materials])
        self._rngs = [np.random.default_rng([config.seed, 3]) for config in configs]
        self._mask_rngs = [np.random.default_rng([config.seed, 4]) for config in configs]
        rates = [config.training.learning_rate for config in configs]
        self._rates: Rate = rates[0] if len(set(rates)) == 1 else np.array(rates, np.float32)[:, None]
        self._prepare()

    def _prepare(self) -> None:
        training, k, n = self._training, len(self._rngs), self._n_train
        self._places = np.arange(k * self._samples.shape[1]).reshape(k, -1)[:, :n]
        self._order, self._gathered = self._places.copy(), self._samples[:, :n].copy()
        self._gradient = Gradient(self.architecture, np.float32, (k,))
        self._whole = self._gradient.vector.reshape(-1)
        cuts = [self._gathered[:, start : start + self._batch_size] for start in range(0, n, self._batch_size)]
        sizes, dropout = {rows.shape[1] for rows in cuts}, training.dropout
        tapes = {size: StackTape(self._stack, self._gradient, size, dropout) for size in sizes}
        self._minibatches = [(*self._split(rows), tapes[rows.shape[1]]) for rows in cuts]
        optimizer = OPTIMIZERS[training.optimizer]
        self._rule = optimizer.start(self._stack.theta)
        mask, decoupled = weight_mask(self.architecture, np.float32), optimizer.decouples
        self._penalties = Penalties(mask, self._stack.theta, l1=training.l1, l2=training.l2, decoupled=decoupled)
        self._factor = SCHEDULES[training.schedule].factor
        self._is_plain = not (training.l1 or training.l2 or training.clip_norm or training.schedule != "constant")
        self.diverged = np.zeros(k, bool)

    def _split(self, rows: Array) -> tuple[Array, Array]:
        """X (K, n_in + 1, N) and Y (K, n_out, N) of samples (K, N, n_in + 1 + n_out)."""
        columns = rows.swapaxes(1, 2)
        n = self.architecture.widths[0] + 1
        return columns[:, :n], columns[:, n:]

    @property
    def theta(self) -> Array:
        """All parameters (K, n_parameters)."""
        return self._stack.theta

    def run_epoch(self) -> None:
        """Every network learns from each of its samples once, in an order of its own."""
        np.copyto(self._order, self._places)
        for row, rng in zip(self._order, self._rngs, strict=True):
            rng.shuffle(row)  # as `permutation` does, which Batches calls
        rows = self._samples.reshape(-1, self._samples.shape[2])
        np.take(rows, self._order, axis=0, out=self._gathered, mode="clip")
        with np.errstate(over="ignore", invalid="ignore"):
            for position, minibatch in enumerate(self._minibatches):
                self._step(*minibatch, position)
        self.epoch += 1

    def _step(self, X: Array, Y: Array, tape: StackTape, position: int) -> None:
        theta, gradient = self._stack.theta, self._gradient.vector
        if tape.dropout is not None:
            tape.dropout.draw(*self._mask_rngs)
        tape.forward(X)
        tape.backward(Y)
        # one number for all networks: it is infinite or NaN as soon as one of them diverges
        if self._is_plain and isfinite(self._whole.dot(self._whole)):
            self._rule.step(theta, gradient, self._rates)
        else:
            self._careful_step(theta, gradient, position)

    def _careful_step(self, theta: Array, gradient: Array, position: int) -> None:
        """A step with what most runs do without: clipping, a schedule, penalties, networks that have diverged."""
        training = self._training
        self._penalties.add_gradient(theta, gradient)
        squares = np.einsum("kp,kp->k", gradient, gradient)
        self.diverged |= ~np.isfinite(squares)
        self._is_plain = self._is_plain and not self.diverged.any()
        gradient[self.diverged] = 0
        resting = theta[self.diverged]
        if training.clip_norm:
            lengths = np.sqrt(np.where(self.diverged, 0, squares))
            gradient *= np.minimum(1, training.clip_norm / np.maximum(lengths, 1e-30))[:, None]
        done = (self.epoch + position / len(self._minibatches)) / training.planned_epochs
        rates = self._rates * self._factor(min(done, 1.0))
        self._penalties.decay(theta, rates)
        self._rule.step(theta, gradient, rates)
        self._penalties.shrink(theta, rates)
        theta[self.diverged] = resting

    def measure(self) -> StackMetrics:
        """Loss and accuracy of every network on its own samples, now."""
        head, n = self.architecture.the_head, self._n_train
        X, Y = self._split(self._samples)
        with np.errstate(over="ignore", invalid="ignore"):
            Z = self._stack.predict(X)
            losses, hits = head.losses(Z, Y).astype(np.float64), head.hits(Z, Y)
        return StackMetrics(
            losses[:, :n].mean(axis=1),
            losses[:, n:].mean(axis=1),
            None if hits is None else hits[:, :n].mean(axis=1),
            None if hits is None else hits[:, n:].mean(axis=1),
        )
