"""All that the doctor may look at: the network of a moment, its health, how it answers, and how the run went."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.health import LayerHealth
from mlp_playground.analysis.neighbours import neighbours_answer
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.doctor.checkup import Checkup, check
from mlp_playground.experiment.doctor.words import percent
from mlp_playground.experiment.history import Metrics
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.timeline import Frame, Past
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.heads import Head
from mlp_playground.nn.network import Network
from mlp_playground.nn.schedules import SCHEDULES

SMALL = 0.2
"""A schedule that has brought the learning rate down to less than this share means the steps to be small."""
EPOCHS, STEPS = 5, 300
"""Fewer than both tell nothing of how a run goes: the gallery's healthy ones answer one class to all for up to 60
steps, and the loss of the first epochs goes up and down."""
SAMPLES = 10
"""Fewer than that to learn from are no ground for any judgement of how well they are learned."""
ASKED = 1000
"""Samples whose neighbours are looked for: a million distances, some 10 ms."""


@dataclass(frozen=True, eq=False)
class Case:
    """One moment of a run. `curves` (5, n) end with it (see History.table), and begin where the experiment was changed
    last: `since` are the epochs and steps of that time. `diverged` says why, if it did."""

    config: ExperimentConfig
    network: Network
    material: Material
    checkup: Checkup
    metrics: Metrics
    curves: NDArray[np.float64]
    since: tuple[float, int] = (0.0, 0)
    diverged: str = ""

    @property
    def layers(self) -> tuple[LayerHealth, ...]:
        """The hidden layers' health."""
        return self.checkup.layers[:-1]

    @property
    def head(self) -> Head:
        """What the network's last numbers mean."""
        return self.network.architecture.the_head

    @cached_property
    def chosen(self) -> NDArray[np.int64]:
        """The training samples that are looked at, at most `ASKED`."""
        n = self.material.n_train
        return np.arange(0, n, max(-(-n // ASKED), 1))

    @cached_property
    def X(self) -> Array:
        """Their inputs (n_in + 1, N) with a row of ones."""
        return np.asarray(self.material.X.T[self.chosen].T)

    @cached_property
    def Y(self) -> Array:
        """Their targets (n_out, N)."""
        return np.asarray(self.material.Y.T[self.chosen].T)

    @cached_property
    def Z(self) -> Array:
        """The network's last numbers (n_out, N) for them."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.network.predict(self.X)

    @cached_property
    def wrong(self) -> float:
        """How much of the training data it has not learned: the share of wrong answers, or for numbers the loss over
        that of answering their mean to everything."""
        accuracy = self.metrics.train_accuracy
        return self.metrics.train_loss / self.blind_loss if accuracy is None else 1 - accuracy

    @cached_property
    def neighbours_wrong(self) -> float:
        """The same of what each sample's nearest neighbours answer for it."""
        mean = neighbours_answer(self.X[:-1], self.Y)
        if self.head.task == "regression":
            return self.head.loss(mean, self.Y) / self.blind_loss
        hits = self.head.hits(mean if self.Y.shape[0] > 1 else mean - self.middle, self.Y)
        assert hits is not None
        return 1 - float(hits.mean())

    @property
    def has_begun(self) -> bool:
        """Whether it has learned long enough, and from enough, for its answers and its curves to say anything."""
        long_enough = self.epochs >= EPOCHS and self.checkup.steps - self.since[1] >= STEPS
        is_recorded = self.curves.shape[1] > 2  # of a long run there is a record every so many epochs only
        return long_enough and is_recorded and self.material.n_train >= SAMPLES

    @property
    def epochs(self) -> float:
        """For how many it has learned like this."""
        return self.checkup.epochs - self.since[0]

    @property
    def middle(self) -> float:
        """Half-way between the two targets."""
        return float(self.Y.max() + self.Y.min()) / 2

    @property
    def raw_inputs(self) -> Array:
        """What the samples are before features (n_in, N)."""
        return self.material.data.train.X[:, self.chosen]

    @property
    def wrong_words(self) -> str:
        """How much it has not learned, in words."""
        if self.head.task == "regression":
            return f"{percent(self.wrong)} of the loss of answering the mean to everything"
        return f"{percent(self.wrong)} of the training data"

    @property
    def has_small_steps(self) -> bool:
        """Whether a schedule makes the steps small on purpose, at its beginning or at its end."""
        return SCHEDULES[self.config.training.schedule].factor(self._planned) < SMALL

    @property
    def is_near_end(self) -> bool:
        """Whether a schedule has brought the steps down for good."""
        return self._planned > 0.5 and self.has_small_steps

    @property
    def _planned(self) -> float:
        """The share of the planned epochs that is done."""
        return min(self.checkup.epochs / self.config.training.planned_epochs, 1.0)

    @cached_property
    def blind_loss(self) -> float:
        """The loss of answering the mean of all numbers to everything."""
        return max(self.head.loss(np.broadcast_to(self.Y.mean(axis=1, keepdims=True), self.Y.shape), self.Y), 1e-12)


def case_of(snapshot: Snapshot, checkup: Checkup) -> Case:
    """The case of the moment on screen, of which the `checkup` is."""
    shown = snapshot.at or snapshot.present
    reason = snapshot.reason if snapshot.at is None and snapshot.state is RunState.DIVERGED else ""
    return _case(shown, snapshot.material, checkup, snapshot.metrics, snapshot.curves, snapshot.past, reason)


def case_of_run(trainer: Trainer, diverged: str = "") -> Case:
    """The case of a run at its present moment, on the thread that trains it."""
    frame, material = trainer.frame(whole=True), trainer.material
    curves, past = trainer.history.table(), trainer.timeline.past
    return _case(frame, material, check(frame, material), trainer.measure(), curves, past, diverged)


def _case(
    frame: Frame,
    material: Material,
    checkup: Checkup,
    metrics: Metrics,
    curves: NDArray[np.float64],
    past: Past,
    diverged: str,
) -> Case:
    since = _last_change(frame, past)
    those = (curves[0] >= since[0]) & (curves[0] <= frame.epoch)
    network = Network(frame.architecture, frame.theta)
    return Case(frame.config, network, material, checkup, metrics, curves[:, those], since, diverged)


def _last_change(frame: Frame, past: Past) -> tuple[float, int]:
    """Epochs and steps of the last moment that is kept before `frame` with other settings, data or network."""
    for before in reversed(past.until(frame).frames[:-1]):
        if before.config is not frame.config and before.config != frame.config:
            return before.progress, before.steps
    return 0.0, 0
