"""Two copies of a run go on side by side, one of them with a cure: so one sees whether it helps."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from mlp_playground.experiment.build import Material
from mlp_playground.experiment.change import make
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.doctor.finding import Cure
from mlp_playground.experiment.doctor.verdict import Verdict, verdict
from mlp_playground.experiment.moment import Moment, moment_of
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.timeline import Past
from mlp_playground.experiment.trainer import Trainer

LEAST, MOST = 60, 300
"""Epochs of a trial: as many as the run has had, within these."""
SECONDS = 4.0
"""For each of the two; where that is not enough for so many epochs, fewer will do."""
STEP, MULTIPLICATIONS = 6e-5, 5e10
"""Seconds for a minibatch of a small network, and what an ordinary processor multiplies in a second in a large one."""
SIDE = 96
"""Pixels of a map's side: it is shown at about that size."""


@dataclass(frozen=True, eq=False)
class Wish:
    """Try `cure` on the run at `moment`, which learns from `material`."""

    moment: Moment
    material: Material
    cure: Cure


@dataclass(frozen=True, eq=False)
class Half:
    """One of the two runs: its `snapshot` with curves, and for digits the share of right answers of each class on the
    test samples (n_classes,). `diverged`: it could not go on."""

    snapshot: Snapshot
    by_class: NDArray[np.float64] | None
    diverged: bool


@dataclass(frozen=True, eq=False)
class Trial:
    """How far it is: `done` of `epochs`. The `verdict` is there at the end."""

    original: Half
    treated: Half
    start: float
    done: float
    epochs: int
    verdict: Verdict | None


class Bench:
    """Both runs, which go on in turns. Raises InvalidValue where the cure can't be applied. For one thread."""

    def __init__(self, wish: Wish) -> None:
        moment = wish.moment
        self._runs = [Trainer(moment.config, wish.material) for _ in range(2)]
        change = wish.cure.change(moment.config)
        if not change.restarts:
            for run in self._runs:
                run.go_to(moment)
        make(self._runs[1], change)
        self._diverged = [False, False]
        self._start = self._runs[0].progress
        self.epochs = n_epochs(moment.config, self._runs[1].material, moment.epoch)

    @property
    def is_done(self) -> bool:
        """Whether both have had all their epochs."""
        return all(self._left(i) <= 0 for i in range(2))

    def _left(self, i: int) -> float:
        return 0.0 if self._diverged[i] else self._start + self.epochs - self._runs[i].progress

    def advance(self, seconds: float = inf) -> Trial:
        """Let both learn for some time, in turns of an epoch."""
        end = perf_counter() + seconds
        while not self.is_done and perf_counter() < end:
            self._learn(max(range(2), key=self._left), end)
        halves = [self._half(i) for i in range(2)]
        done = self.epochs - max(0.0, *(self._left(i) for i in range(2)))  # one that began within an epoch ends it
        final = verdict(*((half.snapshot, half.diverged) for half in halves)) if self.is_done else None
        return Trial(halves[0], halves[1], self._start, done, self.epochs, final)

    def _learn(self, i: int, end: float) -> None:
        """To the end of its epoch, or until it is time."""
        run = self._runs[i]
        epoch = run.epoch
        try:
            run.run(lambda: run.epoch == epoch and perf_counter() < end)
        except Diverged:
            self._diverged[i] = True

    def _half(self, i: int) -> Half:
        run = self._runs[i]
        return Half(observe(run, Look(resolution=SIDE, digits=0)), _by_class(run), self._diverged[i])


def wish_of(snapshot: Snapshot, cure: Cure) -> Wish:
    """Try it on the run at the moment on screen."""
    frame = snapshot.at or snapshot.present
    curves = snapshot.curves[:, snapshot.curves[0] <= frame.epoch]
    return Wish(moment_of(frame, curves, snapshot.curve_stride, Past()), snapshot.material, cure)


def n_epochs(config: ExperimentConfig, material: Material, so_far: int) -> int:
    """How many epochs a trial of such a run has that has had `so_far`."""
    size = config.training.batch_size or material.n_train
    n_steps = -(-material.n_train // size)
    step = STEP + 6 * size * material.architecture.n_parameters / MULTIPLICATIONS
    return int(max(min(max(so_far, LEAST), MOST, SECONDS / (n_steps * step)), 3))


def _by_class(run: Trainer) -> NDArray[np.float64] | None:
    """The share of right answers of each class among the test digits."""
    data = run.material.data
    if data.image_shape is None:
        return None
    answers = run.network.predict(run.material.X_test).argmax(axis=0)
    right = answers == data.test.y
    counts = np.bincount(data.test.y.astype(np.int64), minlength=len(data.classes))
    hits = np.bincount(data.test.y[right].astype(np.int64), minlength=len(data.classes))
    return np.asarray(hits / np.maximum(counts, 1), np.float64)
