"""The trainer owns what changes in a run: parameters, optimizer memory, sample order, curves. It knows no thread."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite, sqrt

import numpy as np

from mlp_playground.data.features import FEATURES
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import build
from mlp_playground.experiment.batches import Batches, batch_size
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.history import History, Metrics
from mlp_playground.experiment.lineage import Lineage, Origin, carry_over, unchanged
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Gradient, Network, Tape
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.penalties import Penalties, weight_mask
from mlp_playground.nn.schedules import SCHEDULES

CHEAP = 2e7
"""Samples × parameters that can be measured for every picture: about 2 ms."""


class Diverged(ArithmeticError):
    """Training left the numbers that a computer can hold. The network keeps the last finite parameters."""


class Trainer:
    """One run of one experiment, a minibatch at a time. The same config gives the same parameters, to the bit."""

    config: ExperimentConfig
    material: Material
    network: Network

    def __init__(self, config: ExperimentConfig) -> None:
        self.reset(config)

    def reset(self, config: ExperimentConfig | None = None) -> None:
        """To epoch 0 of `config` (None: of the present one), with the first weights that its seed stands for.

        Raises InvalidValue or OSError if there can't be such a run, and stays as before.
        """
        config = config or self.config
        material = _material(config)
        self._use(config, material, build.first_parameters(config, material.architecture))
        self._rng = np.random.default_rng([config.seed, 3])
        self._mask_rng = np.random.default_rng([config.seed, 4])
        self.epoch = self.step_count = 0
        self.history = History()
        self.history.record(0, self.measure())

    def restore(self, document: Document) -> None:
        """To a saved moment of a run, the optimizer without memory. Raises InvalidValue if its parameters don't fit."""
        config = document.config
        material = _material(config)
        Network(material.architecture, document.theta)  # refuses a wrong length before anything is changed
        self._use(config, material, document.theta)
        self._rng = np.random.default_rng([config.seed, 3, document.epoch])
        self._mask_rng = np.random.default_rng([config.seed, 4, document.epoch])
        self.epoch, self.step_count = document.epoch, document.steps
        self.history = History.from_table(document.curves, document.curve_stride)

    def document(self) -> Document:
        """This moment of the run, to be saved."""
        table, stride = self.history.table(), self.history.stride
        return Document(self.config, self.network.theta.copy(), self.epoch, self.step_count, table, stride)

    def adopt(self, config: ExperimentConfig, lineage: Lineage | None = None) -> None:
        """Go on with a changed experiment, or raise InvalidValue or OSError and stay as before.

        Other data or another seed begin a new run, and so does any change before the first step: at epoch 0 the
        network is always the one that the seed stands for. Else all that was learned is kept; `lineage` says which
        neuron of the new hidden layers was which (None: they stay as they are).
        """
        old = self.config
        if self.step_count == 0 or old.data != config.data or old.seed != config.seed:
            self.reset(config)
        elif (old.network, old.features, old.training.loss) == (config.network, config.features, config.training.loss):
            self._retune(config)
        else:
            material = _material(config)
            fresh = build.first_parameters(config, material.architecture)
            same = unchanged(self.material.architecture.widths)
            hidden = same[1:-1] if lineage is None else lineage
            whole = (self._inputs_origin(config), *hidden, same[-1])
            before = self.material.architecture, self.network.theta
            self._use(config, material, carry_over(whole, before, (material.architecture, fresh)))

    def _inputs_origin(self, config: ExperimentConfig) -> Origin:
        if self.material.data.space != "plane":
            return unchanged(self.material.architecture.widths)[0]
        old = self.config.features
        return Origin(
            0, tuple(old.index(name) if name in old else None for name in FEATURES if name in config.features)
        )

    def _retune(self, config: ExperimentConfig) -> None:
        """Training goes on with other settings. The optimizer keeps its memory unless it is another one."""
        batch_size(config.training.batch_size, self.material.n_train)  # refuses before anything is changed
        old, self.config = self.config, config
        if old.training.batch_size != config.training.batch_size:
            self._cut_batches()
        elif old.training.dropout != config.training.dropout:
            self._make_tapes()
        if old.training.optimizer != config.training.optimizer:
            self._rule = OPTIMIZERS[config.training.optimizer].start(self.network.theta)
        self._set_rates()

    def _set_rates(self) -> None:
        training, mask = self.config.training, weight_mask(self.material.architecture, np.float32)
        decoupled = OPTIMIZERS[training.optimizer].decouples
        self._penalties = Penalties(mask, self.network.theta, l1=training.l1, l2=training.l2, decoupled=decoupled)
        self._factor = None if training.schedule == "constant" else SCHEDULES[training.schedule].factor
        self._is_plain = not (training.l1 or training.l2 or training.clip_norm or self._factor)
        self._learning_rate = training.learning_rate

    def _use(self, config: ExperimentConfig, material: Material, theta: Array) -> None:
        """Take on an experiment and its parameters, with all buffers made once, so that a step allocates nothing."""
        self.config, self.material = config, material
        self.network = Network(material.architecture, np.array(theta, np.float32))
        self._measured: tuple[int, Metrics] | None = None
        self._gradient = Gradient(material.architecture, np.float32)
        self._rule = OPTIMIZERS[config.training.optimizer].start(self.network.theta)
        self._set_rates()
        self._cut_batches()

    def _cut_batches(self) -> None:
        size = batch_size(self.config.training.batch_size, self.material.n_train)
        self._batches = Batches(self.material.X_train, self.material.Y_train, size)
        self._make_tapes()
        self._position = 0

    def _make_tapes(self) -> None:
        architecture, dropout = self.material.architecture, self.config.training.dropout
        tapes = {m: Tape(architecture, m, np.float32, dropout) for m in self._batches.sizes}
        self._minibatches = [(X, Y, tapes[X.shape[1]]) for X, Y in self._batches.views]

    @property
    def batches_per_epoch(self) -> int:
        """How many minibatches make an epoch."""
        return len(self._batches)

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
            self._batches.shuffle(self._rng)
        self._batches.load(self._position)
        X, Y, tape = self._minibatches[self._position]
        network, gradient = self.network, self._gradient.vector
        if tape.dropout is not None:
            tape.dropout.draw(self._mask_rng)
        network.forward(X, tape)
        network.backward(Y, tape, self._gradient)
        if not self._is_plain:
            self._penalties.add_gradient(network.theta, gradient)
        # the square is infinite or NaN as soon as one number of the way forward or back is; no optimizer has seen it
        # yet, so parameters and memory stay finite
        square = gradient.dot(gradient)
        if not isfinite(square):
            raise Diverged(self._why_diverged(tape))
        if self._is_plain:
            self._rule.step(network.theta, gradient, self._learning_rate)
        else:
            self._careful_step(network.theta, gradient, square)
        self.step_count += 1
        self._position += 1
        if self._position == len(self._minibatches):
            self._position = 0
            self.epoch += 1
            if self.history.is_due(self.epoch):
                self.history.record(self.epoch, self.measure())

    def _careful_step(self, theta: Array, gradient: Array, square: float) -> None:
        """A step with what most runs do without: clipping, a schedule, penalties."""
        training = self.config.training
        if training.clip_norm and square > training.clip_norm**2:
            np.multiply(gradient, training.clip_norm / sqrt(square), gradient)
        learning_rate = training.learning_rate
        if self._factor is not None:
            done = (self.epoch + self._position / len(self._minibatches)) / training.planned_epochs
            learning_rate *= self._factor(min(done, 1.0))
        self._penalties.decay(theta, learning_rate)
        self._rule.step(theta, gradient, learning_rate)
        self._penalties.shrink(theta, learning_rate)

    def measure(self) -> Metrics:
        """Loss and accuracy on all train and test samples, now."""
        if self._measured is not None and self._measured[0] == self.step_count:
            return self._measured[1]
        head, material = self.material.architecture.the_head, self.material
        with np.errstate(over="ignore", invalid="ignore"):
            Z, n = self.network.predict(material.X), material.n_train
            losses, hits = head.losses(Z, material.Y), head.hits(Z, material.Y)
            metrics = Metrics(
                float(losses[:n].mean()),
                float(losses[n:].mean()),
                None if hits is None else float(hits[:n].mean()),
                None if hits is None else float(hits[n:].mean()),
            )
        self._measured = self.step_count, metrics
        return metrics

    def recent_metrics(self) -> Metrics:
        """Like `measure`, but where that takes many milliseconds the last measured ones of this run will do."""
        samples = self.material.X.shape[1]
        cheap = samples * self.material.architecture.n_parameters < CHEAP
        return self.measure() if cheap or self._measured is None else self._measured[1]

    def _first_to_go(self, tape: Tape) -> str:
        """The layer whose numbers were the first to leave what float32 can hold, on the way forward or then back."""
        last = len(tape.Z)
        names = [f"layer {l + 1}" for l in range(last - 1)] + ["the output layer"]
        for name, Z in zip(names, tape.Z, strict=True):
            if not np.isfinite(Z).all():
                return f"The sums of {name} were the first."
        for name, block in zip(names[::-1], self._gradient.blocks[::-1], strict=True):
            if not np.isfinite(block).all():
                return f"The gradients of {name} were the first."
        return "The gradients of all layers together were too large."

    def _why_diverged(self, tape: Tape) -> str:
        training = self.config.training
        rate = training.learning_rate
        if rate * training.l2 > 1:
            advice = f"The L2 rate of {training.l2:g} pulls the weights beyond 0 at each step: try {0.1 / rate:g}."
        else:
            advice = f"The learning rate of {rate:g} is probably too large: try {rate / 10:g}."
        what = f"In epoch {self.epoch + 1} the numbers grew beyond what a computer can hold."
        return f"{what} {self._first_to_go(tape)} {advice}"


def _material(config: ExperimentConfig) -> Material:
    """What `config` trains with. Raises as `build.material` does, and for minibatches that it can't fill."""
    material = build.material(config)
    batch_size(config.training.batch_size, material.n_train)
    return material
