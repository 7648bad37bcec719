"""What the very next step of a run would change, number by number, found on a copy: the run itself is not touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.experiment.batches import batch_size
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.descent import Descent, check_can_learn
from mlp_playground.experiment.divergence import Diverged, why
from mlp_playground.experiment.streams import DROPOUT, ORDER, Streams
from mlp_playground.experiment.timeline import Frame
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Gradient, Network, Tape
from mlp_playground.nn.optimizers import memory_of, recall


@dataclass(frozen=True)
class DryStep:
    """One step from `before` to `after`; all arrays float32, read-only, (n_parameters,).

    `gradient` is that of the loss, `joined` with the penalty that joins it, and `length` the latter's. What the
    optimizer got is `joined` · `shortening`. `memory` is what it remembered before the step, `memory_after` after it,
    by name.
    """

    before: Array
    gradient: Array
    joined: Array
    length: float
    shortening: float
    learning_rate: float
    memory: Mapping[str, NDArray[Any]]
    memory_after: Mapping[str, NDArray[Any]]
    after: Array


def next_samples(frame: Frame, n_train: int) -> NDArray[np.int64]:
    """The numbers of the training samples of the minibatch that the run learns from after `frame`, in their order."""
    size = batch_size(frame.config.training.batch_size, n_train)
    if frame.order is None:  # the epoch begins, or whoever goes on here begins it anew
        return _streams(frame).draw_from(ORDER).permutation(n_train)[:size]
    return frame.order[frame.position * size : (frame.position + 1) * size]


def next_masks(frame: Frame, batch: int) -> tuple[Array, ...] | None:
    """Dropout's masks (n, batch) of the hidden layers in that step; None without dropout."""
    tape = _tape(frame, batch, silences=True)
    return None if tape.dropout is None else tuple(frozen(mask[:, 0].copy()) for mask in tape.dropout.masks)


def step_from(frame: Frame, X1: Array, Y: Array, *, silences: bool) -> DryStep:
    """The step that the run would make after `frame` from the minibatch `X1` (n_in + 1, m), with a row of ones, and
    the targets `Y` (n_out, m), float32; where the frame lacks the optimizer's memory, with an empty one.

    If it `silences` neurons, with the dropout masks of the run's next step, else without dropout. Raises Diverged where
    the step would, and InvalidValue for a network that can't learn.
    """
    check_can_learn(frame.architecture)
    theta = np.array(frame.theta, np.float32)
    network, gradient = Network(frame.architecture, theta), Gradient(frame.architecture, np.float32)
    descent = Descent(frame.config, frame.architecture, theta)
    if frame.memory:
        recall(descent.rule, frame.memory)
    memory, tape = memory_of(descent.rule), _tape(frame, X1.shape[1], silences=silences)
    begins = frame if frame.order is not None else replace(frame, position=0)
    with np.errstate(over="ignore", invalid="ignore"):
        network.forward(X1, tape)
        network.backward(Y, tape, gradient)
        of_loss = frozen(gradient.vector.copy())
        if descent.has_penalty:
            descent.add_penalty(theta, gradient.vector)
        joined = frozen(gradient.vector.copy())
        square = float(joined.dot(joined))
        if not isfinite(square):
            raise Diverged(why(frame.config.training, frame.epoch, tape, gradient))
        shortening, learning_rate = descent.shortening(square), descent.learning_rate(begins.progress)
        descent.step(theta, gradient.vector, square, begins)
    after = memory_of(descent.rule)
    return DryStep(frame.theta, of_loss, joined, sqrt(square), shortening, learning_rate, memory, after, frozen(theta))


def dry_step(frame: Frame, material: Material) -> Array | None:
    """The parameters (n_parameters,) that the run would have one minibatch after `frame`, to the bit.

    None where that can't be told, as the frame lacks the optimizer's memory. Raises as `step_from` does.
    """
    if frame.memory is None:
        return None
    chosen = next_samples(frame, material.n_train)
    return step_from(frame, material.X.T[chosen].T, material.Y.T[chosen].T, silences=True).after


def _tape(frame: Frame, batch: int, *, silences: bool) -> Tape:
    tape = Tape(frame.architecture, batch, np.float32, frame.config.training.dropout if silences else 0.0)
    if tape.dropout is not None:
        tape.dropout.draw(_streams(frame).draw_from(DROPOUT))
    return tape


def _streams(frame: Frame) -> Streams:
    return Streams(frame.config.seed, frame.generators, frame.epoch)
