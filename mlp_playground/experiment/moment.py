"""A run at one moment, complete: what undo goes back to and what a file keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.kept import Kept
from mlp_playground.experiment.timeline import Frame, Past
from mlp_playground.nn.arrays import Array, frozen

_RUNS = count(1)


def new_run_id() -> int:
    """A number that no other run of this session has."""
    return next(_RUNS)


@dataclass(frozen=True)
class Moment:
    """Whoever goes on from here does, to the bit, what the run itself would have done.

    - `theta` (n_parameters,) float32 are the parameters, `memory` the optimizer's own arrays by name.
    - `order` (n_train,) is the present epoch's sample order, of which `position` minibatches are done. None: the next
      step begins a new order.
    - `run_id` tells the runs of this session apart; 0 is one from a file, which gets its own as it goes on.
    - `generators` are the random generators' states by name, as plain data (NumPy's `bit_generator.state`). A generator
      that is missing is seeded anew from the config.
    - `curves` (5, n), `seconds` (n,) and `curve_stride` are the history (see History), `past` the frames so far. Of
      those a file has `kept`, from which they are made where its data are there.
    - `trained` are the seconds that were spent learning until now, by the wall clock: steps alone, without pauses,
      measuring and drawing. NaN, or no `seconds`: nobody counted them.

    All arrays are read-only copies.
    """

    config: ExperimentConfig
    theta: Array
    epoch: int
    steps: int
    curves: NDArray[np.float64]
    curve_stride: int = 1
    position: int = 0
    order: NDArray[np.int64] | None = None
    memory: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    generators: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    run_id: int = 0
    past: Past = field(default_factory=Past)
    kept: Kept | None = None
    seconds: NDArray[np.float64] = field(default_factory=lambda: frozen(np.empty(0)))
    trained: float = np.nan

    @property
    def n_bytes(self) -> int:
        """How much memory its own arrays take, without those of its past, which it shares with other moments."""
        order = 0 if self.order is None else self.order.nbytes
        arrays = self.theta, self.curves, self.seconds, *self.memory.values()
        return order + sum(each.nbytes for each in arrays)


def moment_of(frame: Frame, curves: NDArray[np.float64], curve_stride: int, past: Past, run_id: int = 0) -> Moment:
    """The moment that `frame` is of, with the curves and the frames up to then. Nobody counted its seconds."""
    return Moment(
        frame.config,
        frame.theta,
        frame.epoch,
        frame.steps,
        curves,
        curve_stride,
        0 if frame.order is None else frame.position,
        frame.order,
        frame.memory or {},
        frame.generators,
        run_id,
        past,
    )


def branch(
    frame: Frame, curves: NDArray[np.float64], curve_stride: int, past: Past, seconds: NDArray[np.float64] | None = None
) -> Moment:
    """Where a run goes on that leaves another one at `frame`: `curves`, `seconds` and `past` of that one are cut there.

    Where the frame has the optimizer's memory, it goes on as the other one did, to the bit; else with an empty memory,
    and where it has no sample order, from the beginning of its epoch. What was spent learning until then is taken from
    the records around it.
    """
    until = curves[0] <= frame.epoch
    start = moment_of(frame, frozen(curves[:, until].copy()), curve_stride, past.until(frame))
    if seconds is None or len(seconds) != len(until) or not len(until):
        return start
    trained = float(np.interp(frame.progress, curves[0], seconds))
    return replace(start, seconds=frozen(seconds[until].copy()), trained=trained)
