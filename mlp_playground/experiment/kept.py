"""What a file keeps of a run's past: parameters and figures of its moments, without what it takes to repeat them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import build
from mlp_playground.experiment.config import ExperimentConfig, most_parameters, parse
from mlp_playground.experiment.history import Metrics
from mlp_playground.experiment.timeline import Frame, Past
from mlp_playground.experiment.versions import Arrays, Content
from mlp_playground.nn.arrays import frozen

LIMIT = 16 * 2**20
"""Bytes of all parameters: saved in half a second, and the whole past of most networks."""
MOST = 32
"""Stretches; more edits than that, and a file keeps what came after the last of them."""
MOST_FRAMES = 1000


@dataclass(frozen=True, eq=False)
class Stretch:
    """Moments between two changes of the experiment.

    `thetas` (n, n_parameters) float32. `places` (n, 5) int64: epoch, steps, minibatches done of the present epoch, how
    many it has, and whether it was at an edit. `metrics` (n, 4) float64 as in History.table, NaN for what is not known.
    """

    config: ExperimentConfig
    thetas: NDArray[np.float32]
    places: NDArray[np.int64]
    metrics: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Kept:
    """The stretches of a run, the oldest first, and the steps between two moments of them."""

    stretches: tuple[Stretch, ...] = ()
    stride: int = 1


def keep(past: Past, config: ExperimentConfig, limit: int = LIMIT) -> Kept:
    """What a file keeps of the past of a run that is at `config` now: the moments with the same data, evenly thinned to
    `limit` bytes, the first and the last always."""
    frames, stride = list(past.frames), past.stride
    others = [i for i, frame in enumerate(frames) if frame.config.data != config.data]
    frames = frames[others[-1] + 1 :] if others else frames
    while len(frames) > 2 and sum(frame.theta.nbytes for frame in frames) > limit:
        frames, stride = _every_other(frames), 2 * stride
    runs = [tuple(group) for _, group in groupby(frames, key=lambda frame: frame.config)]
    return Kept(tuple(_stretch(run) for run in runs[-MOST:]), stride)


def _every_other(frames: list[Frame]) -> list[Frame]:
    return [*frames[:-1][::2], frames[-1]]


def _stretch(frames: Sequence[Frame]) -> Stretch:
    places = [(f.epoch, f.steps, f.position, f.batches, f.is_edit) for f in frames]
    metrics = [_numbers(f.metrics) for f in frames]
    return Stretch(
        frames[0].config,
        frozen(np.stack([f.theta for f in frames]).astype(np.float32)),
        frozen(np.array(places, np.int64)),
        frozen(np.array(metrics, np.float64)),
    )


def _numbers(metrics: Metrics | None) -> tuple[float, ...]:
    if metrics is None:
        return (np.nan,) * 4
    accuracies = (metrics.train_accuracy, metrics.test_accuracy)
    return metrics.train_loss, metrics.test_loss, *(np.nan if a is None else a for a in accuracies)


def _metrics(row: Sequence[float]) -> Metrics | None:
    if all(np.isnan(row)):
        return None
    train, test, *accuracies = row
    train_accuracy, test_accuracy = (None if np.isnan(a) else a for a in accuracies)
    return Metrics(train, test, train_accuracy, test_accuracy)


def past_of(found: Kept, data: Dataset) -> Past:
    """The past that a file has, with the samples `data`. Raises InvalidValue for parameters that are not as many as
    their network has."""
    frames: list[Frame] = []
    for stretch in found.stretches:
        shape = build.architecture(stretch.config, data)
        if stretch.thetas.shape[1] != shape.n_parameters:
            there = f"{stretch.thetas.shape[1]:,} numbers"
            raise InvalidValue("parameters of the past", there, f"{shape.n_parameters:,} numbers in its network")
        rows = zip(stretch.thetas, stretch.places.tolist(), stretch.metrics.tolist(), strict=True)
        for theta, (epoch, steps, position, batches, is_edit), row in rows:
            own, metrics = frozen(theta.copy()), _metrics(row)
            when = epoch, steps, position, batches
            frames.append(Frame(stretch.config, shape, own, *when, None, None, {}, metrics, bool(is_edit)))
    return Past(tuple(frames), found.stride)


# -- in a file --------------------------------------------------------------------------------------------------------


def content(found: Kept) -> Content:
    """What JSON can have of it: each stretch's config without its data, which are the present ones."""
    stretches = [stretch.config.model_dump(mode="json", exclude={"data"}) for stretch in found.stretches]
    return {"stride": found.stride, "stretches": stretches}


def arrays(found: Kept) -> Arrays:
    """The numbers under their names in a file."""
    named = enumerate(found.stretches)
    return {
        f"past/{i}/{name}": getattr(stretch, name) for i, stretch in named for name in ("thetas", "places", "metrics")
    }


def from_content(
    stretches: Sequence[Content], stride: int, now: ExperimentConfig, take: Callable[[str, int], NDArray[Any]]
) -> Kept:
    """What `content` told of a run that is at `now`, with the numbers that `take` gives by name, at most so many."""
    configs = [parse({**told, "data": now.data}) for told in stretches]
    left = LIMIT // 4 + 2 * max((most_parameters(config) for config in configs), default=0)
    found = []
    for i, config in enumerate(configs):
        thetas = take(f"past/{i}/thetas", left)
        left -= thetas.size
        places, metrics = (take(f"past/{i}/{name}", MOST_FRAMES * 5) for name in ("places", "metrics"))
        found.append(Stretch(config, thetas, places, metrics))
    return Kept(tuple(found), stride)


def check(found: Kept, steps: int) -> None:
    """Raise InvalidValue for a past that no run could have which has made so many `steps`."""
    last = 0
    for stretch in found.stretches:
        n = len(stretch.thetas)
        _is("parameters", stretch.thetas, "float32", 2)
        _is("places", stretch.places, "int64", 2)
        _is("metrics", stretch.metrics, "float64", 2)
        if stretch.places.shape != (n, 5) or stretch.metrics.shape != (n, 4) or not 0 < n <= MOST_FRAMES:
            raise InvalidValue("past", f"{n:,} moments", "as many places and metrics, 5 and 4 numbers for each")
        if not np.isfinite(stretch.thetas).all():
            raise InvalidValue("parameters of the past", "NaN or infinity", "finite numbers")
        epochs, made, done, batches, edits = stretch.places.T
        fits = (epochs >= 0) & (done >= 0) & (done < batches) & (edits >= 0) & (edits <= 1)
        if not fits.all() or made[0] < last or (np.diff(made) < 0).any() or made[-1] > steps:
            raise InvalidValue("places of the past", "moments out of order", "in the order of their steps")
        last = int(made[-1])


def _is(name: str, array: NDArray[Any], dtype: str, axes: int) -> None:
    if array.dtype != dtype or array.ndim != axes:
        what = f"{array.dtype} of the shape {array.shape}"
        raise InvalidValue(f"{name} of the past", what, f"rows of {dtype} numbers")
