"""A moment of a run as plain data and arrays: what a file keeps of the present one, and of each run kept beside it."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig, most_parameters
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.saved import SavedMoment, generator_content
from mlp_playground.experiment.versions import Arrays, Content

MOST_SAMPLES = 10_000_000
MOST_RECORDS = 100_000
"""Records of the curves; a History keeps a few thousand."""

Take: TypeAlias = Callable[[str, int], NDArray[Any]]
"""Gives an array by its name, of at most so many numbers."""


def content(moment: Moment) -> Content:
    """What JSON can have of it, without its config."""
    return {
        "epoch": moment.epoch,
        "steps": moment.steps,
        "position": moment.position,
        "curve_stride": moment.curve_stride,
        "trained": moment.trained if isfinite(moment.trained) else None,
        "generators": {name: generator_content(state) for name, state in moment.generators.items()},
        "arrays": list(arrays(moment)),
    }


def arrays(moment: Moment) -> Arrays:
    """The moment's arrays under the names that they have in the file."""
    optional = {"order": moment.order, "seconds": moment.seconds if moment.seconds.size else None}
    there: Arrays = {name: array for name, array in optional.items() if array is not None}
    memory = {f"memory/{name}": array for name, array in moment.memory.items()}
    return {"parameters": moment.theta, "curves": moment.curves, **there, **memory}


def from_content(config: ExperimentConfig, saved: SavedMoment, take: Take) -> Moment:
    """The moment that was told, with arrays none of which has more numbers than it could need. Raises InvalidValue."""
    most = most_parameters(config)
    memory = {name.removeprefix("memory/"): take(name, most) for name in saved.arrays if name.startswith("memory/")}
    moment = Moment(
        config,
        take("parameters", most),
        saved.epoch,
        saved.steps,
        take("curves", 5 * MOST_RECORDS),
        saved.curve_stride,
        saved.position,
        take("order", MOST_SAMPLES) if "order" in saved.arrays else None,
        memory,
        {name: generator.model_dump() for name, generator in saved.generators.items()},
        seconds=take("seconds", MOST_RECORDS) if "seconds" in saved.arrays else np.empty(0),
        trained=np.nan if saved.trained is None else saved.trained,
    )
    check(moment)
    return moment


def check(moment: Moment) -> None:
    """Raise InvalidValue for arrays that no run could have."""
    n = len(_numbers("parameters", moment.theta, "float32"))
    most = most_parameters(moment.config)
    if n > most:
        raise InvalidValue("parameters", f"{n:,} numbers", f"at most {most:,} for such a network")
    for name, array in moment.memory.items():
        # an optimizer remembers a number for each parameter, or counts its steps
        is_count = array.dtype == np.int64 and array.size == 1 and array.min() >= 0
        if not is_count and len(_numbers(f"memory {name}", array, "float32")) != n:
            raise InvalidValue(f"memory {name}", f"{len(array):,} numbers", f"{n:,} numbers, one for each parameter")
    _check_curves(moment.curves)
    _check_seconds(moment)
    _check_order(moment)


def _numbers(name: str, array: NDArray[Any], dtype: str) -> NDArray[Any]:
    if array.dtype != dtype or array.ndim != 1:
        raise InvalidValue(name, f"{array.dtype} of the shape {array.shape}", f"a row of {dtype} numbers")
    if not np.isfinite(array).all():
        raise InvalidValue(name, "NaN or infinity", "finite numbers")
    return array


def _check_curves(curves: NDArray[Any]) -> None:
    """Losses may be infinite, and accuracies NaN where there are none."""
    if curves.dtype != np.float64 or curves.ndim != 2 or len(curves) != 5 or curves.shape[1] > MOST_RECORDS:
        found = f"{curves.dtype} of the shape {curves.shape}"
        raise InvalidValue("curves", found, "5 rows of float64 numbers: epoch, losses and accuracies")
    epochs = curves[0]
    if not np.isfinite(epochs).all() or (epochs < 0).any() or (np.diff(epochs) <= 0).any():
        raise InvalidValue("curves", "epochs out of order", "in the order of their epochs, from 0 on")


def _check_seconds(moment: Moment) -> None:
    """As many as the curves have records, or none; NaN where nobody counted them."""
    seconds, n = moment.seconds, moment.curves.shape[1]
    if seconds.dtype != np.float64 or seconds.ndim != 1 or len(seconds) not in (0, n):
        found = f"{seconds.dtype} of the shape {seconds.shape}"
        raise InvalidValue("seconds", found, f"a row of float64 numbers, one for each of the {n:,} records")
    known = seconds[~np.isnan(seconds)]
    if not np.isfinite(known).all() or (known < 0).any() or (np.diff(known) < 0).any():
        raise InvalidValue("seconds", "a clock that goes back", "numbers from 0 on that never fall")


def _check_order(moment: Moment) -> None:
    order, position = moment.order, moment.position
    if order is None:
        batches = 1
    else:
        n = len(_numbers("order", order, "int64"))
        if n == 0 or order.min() < 0 or order.max() >= n or (np.bincount(order, minlength=n) != 1).any():
            raise InvalidValue("order", f"{n:,} numbers", "each training sample's number once")
        batches = -(-n // (moment.config.training.batch_size or n))
    if position >= batches:
        raise InvalidValue("position", position, f"below {batches}, the number of minibatches in an epoch")
