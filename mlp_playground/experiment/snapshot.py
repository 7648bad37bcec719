"""A complete, frozen picture of a run at one moment: what views draw, so that they never touch the run itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.difference import difference
from mlp_playground.analysis.digits import DigitsField, observe_digits
from mlp_playground.analysis.field import Field, observe_field
from mlp_playground.analysis.folds import fold_lines, why_no_folds
from mlp_playground.analysis.mistakes import find_mistakes
from mlp_playground.analysis.slice import home_of, slice_of
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.extent import Extent
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.history import Metrics
from mlp_playground.experiment.stepper import is_cheap, measured
from mlp_playground.experiment.timeline import Frame, Past
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, Network


class RunState(Enum):
    """What a run is doing. DIVERGED: the numbers left what a computer can hold. FAILED: an error in the program."""

    PAUSED = "paused"
    RUNNING = "running"
    DIVERGED = "diverged"
    FAILED = "failed"


LIVE = 256
"""Pixels of the plane's side while it changes; more are for one that rests."""


@dataclass(frozen=True)
class Look:
    """What the visible views need.

    `resolution`: pixels of the plane's side. `focus`: (hidden layer, neuron) to enlarge. `digits`: for how many test
    digits the answers are wanted. `slice`: the two columns of a table to draw, None for its principal components.
    `extent`: the part of the plane to show, None for its home. `folds`: whether the lines are wanted on which neurons
    fold the plane. `at`: the moment of the run to look at, None for the present one. `compare`: one to compare its
    answers with. `whole`: whether `present` is to have the optimizer's memory however large the network is.
    """

    resolution: int = LIVE
    focus: tuple[int, int] | None = None
    digits: int = 48
    slice: tuple[int, int] | None = None
    extent: Extent | None = None
    folds: bool = False
    at: Frame | None = None
    compare: Frame | None = None
    whole: bool = False


@dataclass(frozen=True)
class Snapshot:
    """One moment of a run. `theta` (n_parameters,), `curves` (5, n) and `seconds` (n,) are read-only copies.

    `revision` counts the edits that are in it. `digits` is there for pictures, `field` for all else. `present` is
    how far the run is, and `past` the moments of it that were kept; `material` is what the network learns from, as
    matrices. `at` is the one that was asked for: then all else is as it was at that time, but for the history (`curves`
    and `seconds`: see History), which is whole, and what the run does now (`state` and those below). `compared` is the
    moment that it was to be compared with; `field.difference` is there if they can be.
    """

    config: ExperimentConfig
    architecture: Architecture
    data: Dataset
    theta: Array
    epoch: int
    steps: int
    metrics: Metrics
    curves: NDArray[np.float64]
    seconds: NDArray[np.float64]
    curve_stride: int
    field: Field | None
    digits: DigitsField | None
    present: Frame
    past: Past
    material: Material
    at: Frame | None = None
    compared: Frame | None = None
    state: RunState = RunState.PAUSED
    reason: str = ""
    revision: int = 0
    epochs_per_second: float = 0.0

    @property
    def theta_change(self) -> Array | None:
        """`theta` minus that of the moment it is compared with; None where there is none with the same network."""
        then = self.compared
        if then is None or then.architecture != self.architecture or then.config.features != self.config.features:
            return None
        return self.theta - then.theta


@dataclass(frozen=True)
class _Moment:
    """A network at one moment of its run, with its data."""

    config: ExperimentConfig
    material: Material
    network: Network

    @classmethod
    def of(cls, trainer: Trainer, frame: Frame | None) -> _Moment:
        """The present one (None) or a past one."""
        if frame is None:
            return cls(trainer.config, trainer.material, trainer.network)
        material = trainer.material_of(frame)
        return cls(frame.config, material, Network(material.architecture, frame.theta))

    def seen(self, look: Look, *, exact: bool) -> tuple[Field | None, DigitsField | None]:
        """What it answers; where that takes long and must not be `exact`, without its mistakes."""
        material = self.material
        if material.data.image_shape is not None:
            y = material.data.test.y.astype(np.int64)
            return None, observe_digits(self.network, material.X_test, y, material.data.image_shape, look.digits)
        # a line has few points, and bits have a board of their own size
        is_flat = material.data.space in ("plane", "table")
        cheap = affordable(material.architecture, look.resolution) if is_flat else look.resolution
        plane, space = slice_of(material.data, look.slice), material.data.space
        home, features = home_of(material.data, plane), self.config.features
        field = observe_field(self.network, space, features, cheap, look.focus, plane, look.extent, home)
        if exact or is_cheap(material):
            missed = find_mistakes(self.network, material.X, material.Y, material.n_train)
            field = replace(field, mistakes=missed)
        if look.folds and is_flat and not why_no_folds(material.data, material.architecture):
            fine = look.resolution > LIVE
            field = replace(field, folds=fold_lines(self.network, features, plane, field.extent, fine=fine))
        return field, None


def _compared(trainer: Trainer, moment: _Moment, look: Look, *, exact: bool) -> Field | None:
    """What `moment` answers, and how that differs from what another one does; None where they have no common space."""
    assert look.compare is not None
    other = _Moment.of(trainer, look.compare)
    ours, theirs = moment.material, other.material
    if (ours.data.space, ours.data.n_in) != (theirs.data.space, theirs.data.n_in):
        return None
    resolution = affordable(theirs.architecture, affordable(ours.architecture, look.resolution))
    field, _ = moment.seen(replace(look, resolution=resolution), exact=exact)
    if field is None:
        return None
    then, _ = other.seen(replace(look, resolution=resolution, focus=None, extent=field.extent), exact=False)
    return None if then is None else replace(field, difference=difference(field, then))


def observe(trainer: Trainer, look: Look, *, exact: bool = True) -> Snapshot:
    """Take a snapshot of `trainer` with what `look` asks for. The run is not changed, and may be at another moment than
    the one that is looked at.

    Not `exact`: loss and accuracy may be those of the last epoch where measuring them would hold up training. Those of
    a past moment are as they were shown at that time.
    """
    moment = _Moment.of(trainer, look.at)
    field = None if look.compare is None else _compared(trainer, moment, look, exact=exact)
    digits = None
    if field is None:
        field, digits = moment.seen(look, exact=exact)
    present = trainer.frame(whole=look.whole)
    shown = look.at or present
    if look.at is None:
        metrics = trainer.measure() if exact else trainer.recent_metrics()
    else:
        metrics = look.at.metrics or measured(moment.network, moment.material)
    return Snapshot(
        moment.config,
        moment.material.architecture,
        moment.material.data,
        shown.theta,
        shown.epoch,
        shown.steps,
        metrics,
        trainer.history.table(),
        trainer.history.seconds(),
        trainer.history.stride,
        field,
        digits,
        present,
        trainer.timeline.past,
        moment.material,
        look.at,
        look.compare,
    )


def affordable(architecture: Architecture, wanted: int) -> int:
    """The plane's resolution, halved for networks so large that a picture would take longer than a frame."""
    resolution = wanted
    # some 1e10 multiplications a second on one thread of an ordinary laptop: 2.5e8 are about 25 ms
    while resolution > 64 and resolution**2 * architecture.n_parameters > 2.5e8:
        resolution //= 2
    return resolution
