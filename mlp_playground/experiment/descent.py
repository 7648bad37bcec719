"""From a gradient to the next parameters: penalties, clipping, schedule, optimizer, and neurons that are frozen."""

from __future__ import annotations

from math import sqrt
from typing import Protocol

import numpy as np

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.put import parameters_of
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.penalties import Penalties, weight_mask
from mlp_playground.nn.schedules import SCHEDULES


def check_can_learn(architecture: Architecture) -> None:
    """Raise InvalidValue if a layer's activation has no slope that a gradient could come through."""
    for layer, fold in enumerate(architecture.folds, 1):
        if not fold.learns:
            why = "one with a slope to train: the step's is 0 everywhere, so no gradient comes through it"
            raise InvalidValue(f"activation of layer {layer}", fold.name, why)


class Progressing(Protocol):
    """Who knows the epochs done, with the part of the present one; asked only where a schedule needs it."""

    @property
    def progress(self) -> float: ...


class Descent:
    """How the run of `config` goes down from the parameters `theta` (n_parameters,). `rule` is its optimizer."""

    def __init__(self, config: ExperimentConfig, architecture: Architecture, theta: Array) -> None:
        training, mask = config.training, weight_mask(architecture, theta.dtype)
        optimizer = OPTIMIZERS[training.optimizer]
        self.rule = optimizer.start(theta)
        self.penalties = Penalties(mask, theta, l1=training.l1, l2=training.l2, decoupled=optimizer.decouples)
        self._training = training
        self._factor = None if training.schedule == "constant" else SCHEDULES[training.schedule].factor
        self._is_plain = not (training.l1 or training.l2 or training.clip_norm or self._factor)
        self.has_penalty, self._rate = bool(training.l2), training.learning_rate
        # an output neuron may be one that only other data, with more classes, have
        cells = [(layer, neuron) for layer, neuron in config.network.frozen if neuron < architecture.shapes[layer][0]]
        places = [parameters_of(architecture, layer, neuron) for layer, neuron in cells]
        self._held = np.concatenate(places) if places else None
        self.hold(theta)

    def hold(self, theta: Array) -> None:
        """Note what the frozen neurons' weights and biases are from now on."""
        self._kept = theta[self._held] if self._held is not None else None

    def add_penalty(self, theta: Array, gradient: Array) -> None:
        """Add to `gradient` what a penalty adds to it; without one that is worth no call."""
        self.penalties.add_gradient(theta, gradient)

    def shortening(self, square: float) -> float:
        """What a gradient with this square of its length is multiplied by, so that it is not too long."""
        most = self._training.clip_norm
        return most / sqrt(square) if most and square > most**2 else 1.0

    def learning_rate(self, progress: float) -> float:
        """The schedule's learning rate after so many epochs, with the part of the present one."""
        rate = self._rate
        if self._factor is not None:
            rate *= self._factor(min(progress / self._training.planned_epochs, 1.0))
        return rate

    def step(self, theta: Array, gradient: Array, square: float, run: Progressing) -> None:
        """One step of `theta`, in place. `square` is that of the gradient's length, with its penalty, and `run` knows
        how far it is; `gradient` is used as scratch."""
        if self._is_plain:
            self.rule.step(theta, gradient, self._rate)
        else:
            self._careful_step(theta, gradient, square, self.learning_rate(run.progress))
        if self._held is not None:
            theta[self._held] = self._kept

    def _careful_step(self, theta: Array, gradient: Array, square: float, learning_rate: float) -> None:
        """A step with what most runs do without."""
        shorter = self.shortening(square)
        if shorter < 1:
            np.multiply(gradient, shorter, gradient)
        self.penalties.decay(theta, learning_rate)
        self.rule.step(theta, gradient, learning_rate)
        self.penalties.shrink(theta, learning_rate)
