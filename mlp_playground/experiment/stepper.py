"""Learns minibatch by minibatch: what a run owns, and one step of it. It knows no thread."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from time import perf_counter

import numpy as np

from mlp_playground.experiment.batches import Batches, batch_size
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.descent import Descent, check_can_learn
from mlp_playground.experiment.divergence import Diverged, why
from mlp_playground.experiment.history import History, Metrics
from mlp_playground.experiment.streams import DROPOUT, ORDER, Streams
from mlp_playground.experiment.timeline import LIMIT, MOST, Frame, Timeline
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Gradient, Network, Tape
from mlp_playground.nn.optimizers import memory_of

CHEAP = 2e7
"""Samples × parameters that can be measured for every picture: about 2 ms."""


class Stepper:
    """A network on its way through its samples. The same config gives the same parameters, to the bit."""

    config: ExperimentConfig
    material: Material
    network: Network
    history: History
    timeline: Timeline
    epoch: int
    step_count: int
    seconds: float
    """Spent learning so far, by the wall clock: in steps alone, not in measuring, drawing or waiting."""

    _streams: Streams
    _frame_due: int

    def _use(self, config: ExperimentConfig, material: Material, theta: Array, batches: Batches | None = None) -> None:
        """Take on an experiment and its parameters, with all buffers made once, so that a step allocates nothing."""
        self.config, self.material = config, material
        self.network = Network(material.architecture, np.array(theta, np.float32))
        self._measured: tuple[int, Metrics] | None = None
        self._gradient = Gradient(material.architecture, np.float32)
        self._descent = Descent(config, material.architecture, self.network.theta)
        size = batch_size(config.training.batch_size, material.n_train)
        self._batches = batches or Batches(material.X_train, material.Y_train, size)
        self._position = 0
        tapes = {m: Tape(material.architecture, m, np.float32, config.training.dropout) for m in self._batches.sizes}
        self._minibatches = [(X, Y, tapes[X.shape[1]]) for X, Y in self._batches.views]

    @property
    def batches_per_epoch(self) -> int:
        """How many minibatches make an epoch."""
        return len(self._batches)

    @property
    def progress(self) -> float:
        """Epochs done, with the part of the present one."""
        return self.epoch + self._position / len(self._minibatches)

    def step(self) -> None:
        """Learn from one minibatch. Raises Diverged, with the last finite parameters kept."""
        once = iter((True, False))
        self.run(lambda: next(once))

    def run_epoch(self) -> None:
        """Learn from the rest of the present epoch's minibatches."""
        epoch = self.epoch
        self.run(lambda: self.epoch == epoch)

    def run(self, go_on: Callable[[], bool]) -> None:
        """Learn minibatch by minibatch as long as `go_on` says so, which is asked before each. Raises Diverged."""
        self.check_can_learn()
        # what overflows is told by `_step`, in words; once for many steps, as switching costs as much as two layers
        with np.errstate(over="ignore", invalid="ignore"):
            while go_on():
                self._step()

    def check_can_learn(self) -> None:
        """Raise InvalidValue if a layer's activation has no slope that a gradient could come through."""
        check_can_learn(self.material.architecture)

    def _step(self) -> None:
        began = perf_counter()
        if self._position == 0:
            self._batches.shuffle(self._streams.draw_from(ORDER))
        self._batches.load(self._position)
        self._learn(*self._minibatches[self._position])
        self.step_count += 1
        self._position += 1
        self.seconds += perf_counter() - began
        if self._position == len(self._minibatches):
            self._position = 0
            self.epoch += 1
            if self.history.is_due(self.epoch):
                self.history.record(self.epoch, self.measure(), self.seconds)
        if self.step_count >= self._frame_due:
            self.timeline.record(self.frame())
            self._frame_due = self.timeline.due(self.step_count)

    def _learn(self, X: Array, Y: Array, tape: Tape) -> None:
        """One step of the optimizer by the minibatch X (n_in + 1, batch) and Y (n_out, batch)."""
        network, gradient, descent = self.network, self._gradient.vector, self._descent
        if tape.dropout is not None:
            tape.dropout.draw(self._streams.draw_from(DROPOUT))
        network.forward(X, tape)
        network.backward(Y, tape, self._gradient)
        if descent.has_penalty:
            descent.add_penalty(network.theta, gradient)
        # the square is infinite or NaN as soon as one number of the way forward or back is; no optimizer has seen it
        # yet, so parameters and memory stay finite
        square = gradient.dot(gradient)
        if not isfinite(square):
            raise Diverged(why(self.config.training, self.epoch, tape, self._gradient))
        descent.step(network.theta, gradient, square, self)

    # -- looking at it --------------------------------------------------------------------------------------------

    def frame(self, *, is_edit: bool = False, whole: bool = False) -> Frame:
        """This moment, as the history keeps it: if not `whole`, the optimizer's memory only of a small network."""
        theta = frozen(self.network.theta.copy())
        keeps = whole or theta.nbytes * (1 + len(self._descent.rule.remembers)) * MOST <= LIMIT
        metrics = self._measured and self._measured[1]
        return Frame(
            self.config,
            self.material.architecture,
            theta,
            self.epoch,
            self.step_count,
            self._position,
            len(self._batches),
            frozen(self._batches.order) if self._position else None,
            memory_of(self._descent.rule) if keeps else None,
            self._streams.states(),
            None if is_cheap(self.material) else metrics,
            is_edit,
        )

    def measure(self) -> Metrics:
        """Loss and accuracy on all train and test samples, now."""
        if self._measured is None or self._measured[0] != self.step_count:
            self._measured = self.step_count, measured(self.network, self.material)
        return self._measured[1]

    def recent_metrics(self) -> Metrics:
        """Like `measure`, but where that takes many milliseconds the last measured ones of this run will do."""
        return self.measure() if is_cheap(self.material) or self._measured is None else self._measured[1]


def is_cheap(material: Material) -> bool:
    """Whether a network can be measured on all its samples for every picture."""
    return bool(material.X.shape[1] * material.architecture.n_parameters < CHEAP)


def measured(network: Network, material: Material) -> Metrics:
    """Loss and accuracy of `network` on all train and test samples."""
    head = material.architecture.the_head
    with np.errstate(over="ignore", invalid="ignore"):
        Z, n = network.predict(material.X), material.n_train
        losses, hits = head.losses(Z, material.Y), head.hits(Z, material.Y)
        return Metrics(
            float(losses[:n].mean()),
            float(losses[n:].mean()),
            None if hits is None else float(hits[:n].mean()),
            None if hits is None else float(hits[n:].mean()),
        )
