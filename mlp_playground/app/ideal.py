"""Lets the ideal picture of a neuron form before the reader's eyes: a few steps uphill with each beat of the clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject

from mlp_playground.analysis.excitement import Cell
from mlp_playground.analysis.ideal import SMOOTHINGS, Climb, climb, noise
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.worker import Worker
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, Network
from mlp_playground.views.digits.ideal_view import IdealView

A_BEAT = 4
"""Steps with each beat: a picture forms within two seconds, slow enough to be followed."""
SHARE = 0.2
"""Of the time while training."""
FOLLOWING = 60
"""Steps that a picture which is done makes with another moment's network, until it is that one's."""
NOISE_STREAM = 6
"""The seed's stream of numbers that the noise is drawn from; each start has a number of its own in it."""


@dataclass(frozen=True, eq=False)
class ClimbQuestion:
    """So many steps more on the way from `start` to the ideal picture of `cell`; None: from noise number `noise`."""

    architecture: Architecture
    theta: Array
    shape: tuple[int, int]
    cell: Cell
    smoothing: str
    seed: tuple[int, ...]
    start: Climb | None = None


def climbed(question: ClimbQuestion) -> Climb:
    """A few steps more; of noise none, so that it is seen."""
    network = Network(question.architecture, question.theta)
    if question.start is None:
        return noise(network, question.cell, question.shape, np.random.default_rng(question.seed))
    return climb(network, question.start, question.cell, SMOOTHINGS[question.smoothing], A_BEAT)


class Ideal(QObject):
    """Drives `view`. A picture that is done follows the network as long as that learns; another network, neuron or
    smoothing begins anew."""

    def __init__(self, clock: FrameClock, view: IdealView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._worker: Worker[ClimbQuestion, Climb] = Worker("ideal", climbed, clock.gate)
        self._snapshot: Snapshot | None = None
        self._cell: Cell = (0, 0)
        self._climb: Climb | None = None
        self._of: Array | None = None
        self._steps = 0
        self._number = 0
        self._smoothing = "some"
        self._stopped = False
        clock.ticked.connect(self._on_tick)
        clock.stopped.connect(self._worker.close)
        view.noise_wanted.connect(self._other_noise)
        view.smoothing_chosen.connect(self._smooth)
        view.stop_wanted.connect(self._stop)

    @property
    def climb(self) -> Climb | None:
        """How far the picture is."""
        return self._climb

    def look(self, snapshot: Snapshot, cell: Cell) -> None:
        """Somebody looks at this neuron of this moment."""
        before, self._snapshot = self._snapshot, snapshot
        is_other = before is None or before.architecture != snapshot.architecture or before.data is not snapshot.data
        if is_other or cell != self._cell:
            self._cell = cell
            self._view.forget_best()
            self._begin()

    def rest(self) -> None:
        """Nobody looks."""
        self._worker.forget()
        self._snapshot = None

    def _begin(self) -> None:
        self._worker.forget()
        self._climb, self._of, self._stopped = None, None, False

    def _other_noise(self) -> None:
        self._number += 1
        self._begin()

    def _smooth(self, name: str) -> None:
        self._smoothing = name
        self._begin()

    def _stop(self, stopped: bool) -> None:
        self._stopped = stopped
        if self._climb is not None:
            self._view.show_climb(self._climb, stopped=stopped)

    def _on_tick(self) -> None:
        if self._snapshot is None:
            return
        answer = self._worker.take()
        if answer is not None:
            is_same = self._of is not None and np.array_equal(self._of, answer.question.theta)
            self._steps = (self._steps if is_same else 0) + A_BEAT
            self._climb, self._of = answer.found, answer.question.theta
            self._view.show_climb(self._climb, stopped=self._stopped)
        if not self._worker.is_busy and not self._stopped and self._has_way():
            self._ask(self._snapshot)

    def _has_way(self) -> bool:
        """Whether there is a step to make: of a picture that is done only where the network has become another one."""
        assert self._snapshot is not None
        if self._climb is None or not self._climb.is_done:
            return True
        is_same = self._of is not None and np.array_equal(self._of, self._snapshot.theta)
        return not is_same or (self._steps < FOLLOWING and not self._climb.flat)

    def _ask(self, snapshot: Snapshot) -> None:
        shape = snapshot.data.image_shape
        assert shape is not None, "there are pictures"
        self._worker.share = SHARE if snapshot.state is RunState.RUNNING else 1.0
        seed = snapshot.config.seed, NOISE_STREAM, self._number
        about = snapshot.architecture, snapshot.theta, shape
        self._worker.ask(ClimbQuestion(*about, self._cell, self._smoothing, seed, self._climb))
