"""Learns minibatch by minibatch: what a run owns, and one step of it. It knows no thread."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite, sqrt

import numpy as np

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.batches import Batches, batch_size
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.divergence import Diverged, why
from mlp_playground.experiment.history import History, Metrics
from mlp_playground.experiment.put import parameters_of
from mlp_playground.experiment.streams import DROPOUT, ORDER, Streams
from mlp_playground.experiment.timeline import LIMIT, MOST, Frame, Timeline
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Gradient, Network, Tape
from mlp_playground.nn.optimizers import OPTIMIZERS, memory_of
from mlp_playground.nn.penalties import Penalties, weight_mask
from mlp_playground.nn.schedules import SCHEDULES

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

    _streams: Streams
    _frame_due: int

    def _use(self, config: ExperimentConfig, material: Material, theta: Array, batches: Batches | None = None) -> None:
        """Take on an experiment and its parameters, with all buffers made once, so that a step allocates nothing."""
        self.config, self.material = config, material
        self.network = Network(material.architecture, np.array(theta, np.float32))
        self._measured: tuple[int, Metrics] | None = None
        self._gradient = Gradient(material.architecture, np.float32)
        self._rule = OPTIMIZERS[config.training.optimizer].start(self.network.theta)
        self._set_rates()
        self._hold()
        size = batch_size(config.training.batch_size, material.n_train)
        self._batches = batches or Batches(material.X_train, material.Y_train, size)
        self._position = 0
        tapes = {m: Tape(material.architecture, m, np.float32, config.training.dropout) for m in self._batches.sizes}
        self._minibatches = [(X, Y, tapes[X.shape[1]]) for X, Y in self._batches.views]

    def _hold(self) -> None:
        """Note where the frozen neurons' weights and biases are, and what they are."""
        shape = self.material.architecture
        # an output neuron may be one that only other data, with more classes, have
        cells = [(layer, neuron) for layer, neuron in self.config.network.frozen if neuron < shape.shapes[layer][0]]
        places = [parameters_of(shape, layer, neuron) for layer, neuron in cells]
        self._held = np.concatenate(places) if places else None
        self._kept = self.network.theta[self._held] if self._held is not None else None

    def _set_rates(self) -> None:
        training, mask = self.config.training, weight_mask(self.material.architecture, np.float32)
        decoupled = OPTIMIZERS[training.optimizer].decouples
        self._penalties = Penalties(mask, self.network.theta, l1=training.l1, l2=training.l2, decoupled=decoupled)
        self._factor = None if training.schedule == "constant" else SCHEDULES[training.schedule].factor
        self._is_plain = not (training.l1 or training.l2 or training.clip_norm or self._factor)
        self._learning_rate = training.learning_rate

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
        for layer, fold in enumerate(self.material.architecture.folds, 1):
            if not fold.learns:
                why = "one with a slope to train: the step's is 0 everywhere, so no gradient comes through it"
                raise InvalidValue(f"activation of layer {layer}", fold.name, why)

    def _step(self) -> None:
        if self._position == 0:
            self._batches.shuffle(self._streams.draw_from(ORDER))
        self._batches.load(self._position)
        self._learn(*self._minibatches[self._position])
        self.step_count += 1
        self._position += 1
        if self._position == len(self._minibatches):
            self._position = 0
            self.epoch += 1
            if self.history.is_due(self.epoch):
                self.history.record(self.epoch, self.measure())
        if self.step_count >= self._frame_due:
            self.timeline.record(self.frame())
            self._frame_due = self.timeline.due(self.step_count)

    def _learn(self, X: Array, Y: Array, tape: Tape) -> None:
        """One step of the optimizer by the minibatch X (n_in + 1, batch) and Y (n_out, batch)."""
        network, gradient = self.network, self._gradient.vector
        if tape.dropout is not None:
            tape.dropout.draw(self._streams.draw_from(DROPOUT))
        network.forward(X, tape)
        network.backward(Y, tape, self._gradient)
        if not self._is_plain:
            self._penalties.add_gradient(network.theta, gradient)
        # the square is infinite or NaN as soon as one number of the way forward or back is; no optimizer has seen it
        # yet, so parameters and memory stay finite
        square = gradient.dot(gradient)
        if not isfinite(square):
            raise Diverged(why(self.config.training, self.epoch, tape, self._gradient))
        if self._is_plain:
            self._rule.step(network.theta, gradient, self._learning_rate)
        else:
            self._careful_step(network.theta, gradient, square)
        if self._held is not None:
            network.theta[self._held] = self._kept

    def _careful_step(self, theta: Array, gradient: Array, square: float) -> None:
        """A step with what most runs do without: clipping, a schedule, penalties."""
        training = self.config.training
        if training.clip_norm and square > training.clip_norm**2:
            np.multiply(gradient, training.clip_norm / sqrt(square), gradient)
        learning_rate = training.learning_rate
        if self._factor is not None:
            learning_rate *= self._factor(min(self.progress / training.planned_epochs, 1.0))
        self._penalties.decay(theta, learning_rate)
        self._rule.step(theta, gradient, learning_rate)
        self._penalties.shrink(theta, learning_rate)

    # -- looking at it --------------------------------------------------------------------------------------------

    def frame(self, *, is_edit: bool = False, whole: bool = False) -> Frame:
        """This moment, as the history keeps it: if not `whole`, the optimizer's memory only of a small network."""
        theta = frozen(self.network.theta.copy())
        keeps = whole or theta.nbytes * (1 + len(self._rule.remembers)) * MOST <= LIMIT
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
            memory_of(self._rule) if keeps else None,
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
