"""The experiment as a file: a zip with readable JSON and the arrays of a run's moment. No pickle anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlp_playground import __version__
from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import kept, own_content
from mlp_playground.experiment.archive import Archive, pack
from mlp_playground.experiment.config import ExperimentConfig, checked, most_parameters, parse
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.saved import Saved, generator_content
from mlp_playground.experiment.versions import FORMAT, SAVED, VERSION, Arrays, Content, read_json, upgraded
from mlp_playground.files import write_whole

TEXT = "experiment.json"
TEXT_LONGEST = 4_000_000
LARGEST = 400_000_000
"""Bytes. Ten layers of 1,024 neurons with Adam's memory take 140 MB, and the user's own data at most 120 MB."""
MOST_SAMPLES = 10_000_000
MOST_RECORDS = 100_000
"""Records of the curves; a History keeps a few thousand."""

Scalar: TypeAlias = bool | int | float | str | None


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Document:
    """A saved moment of a run, `view` (what the window stores, to get it back) and when that was.

    `saved_at` is in UTC; None in a file of version 1, which didn't say.
    """

    moment: Moment
    view: Mapping[str, Scalar] = field(default_factory=dict)
    saved_at: datetime | None = field(default_factory=_now)


def save(document: Document, path: Path) -> None:
    """Write the file whole or not at all: an old one stays until the new one is complete. Raises OSError.

    What could not be loaded again (parameters that are not finite) raises InvalidValue.
    """
    moment, saved = document.moment, document.saved_at
    arrays = _arrays(moment)
    content = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "saved": saved and saved.astimezone(timezone.utc).isoformat(),
        "config": config_content(moment.config, own_content.described),
        "epoch": moment.epoch,
        "steps": moment.steps,
        "position": moment.position,
        "curve_stride": moment.curve_stride,
        "generators": {name: generator_content(state) for name, state in moment.generators.items()},
        "view": dict(document.view),
        "arrays": list(arrays),
    }
    past = moment.kept or kept.keep(moment.past, moment.config)
    if past.stretches:
        content["past"] = kept.content(past)
        arrays |= kept.arrays(past)
    checked(Saved, content)
    _check(moment)
    kept.check(past, moment.steps)
    if moment.config.data.own is not None:
        arrays |= own_content.arrays(moment.config.data.own)
    write_whole(path, pack({TEXT: json.dumps(content, allow_nan=False, indent=2) + "\n"}, arrays))


def load(path: Path) -> Document:
    """Read a file that `save` wrote, now or in an older version. Raises InvalidValue naming what is wrong, or OSError.

    Whether the arrays are as long as the network and its data need, only the trainer can tell.
    """
    if path.stat().st_size > LARGEST:
        raise InvalidValue("file", path.name, "an experiment of this program; this one is too large to be one")
    whole = path.read_bytes()
    archive = Archive(whole, path.name) if whole.startswith(b"PK") else None
    content = _read_content(whole if archive is None else archive.text(TEXT, TEXT_LONGEST), path.name)
    arrays: Arrays = {}
    content = upgraded(content, arrays)
    if archive is None and not arrays:
        why = "a whole experiment; this is the text that describes one, without its weights: copy it and paste it"
        raise InvalidValue("file", path.name, why)

    def take(name: str, most: int) -> NDArray[Any]:
        if archive is not None:
            return archive.array(name, most)
        if name not in arrays:
            raise InvalidValue("file", path.name, f"a whole experiment; “{name}” is missing in it")
        return arrays[name]

    saved = checked(Saved, content)
    config = config_from(content.get("config"), lambda told: own_content.from_arrays(told, take))
    moment = _moment(config, saved, take)
    _check(moment)
    if saved.past is not None:
        past = kept.from_content(saved.past.stretches, saved.past.stride, config, take)
        kept.check(past, moment.steps)
        moment = replace(moment, kept=past)
    return Document(moment, saved.view, saved.saved)


def _read_content(text: bytes, name: str) -> Content:
    try:
        content = read_json(text)
    except ValueError as error:
        raise InvalidValue("file", name, f"{SAVED}; it can't be read as one ({error})") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InvalidValue("file", name, SAVED)
    return content


# -- the experiment as plain data -----------------------------------------------------------------------------------


def config_content(config: ExperimentConfig, own: Callable[[OwnData], Content]) -> Content:
    """The config as JSON can have it; `own` tells of the user's own data."""
    content = config.model_dump(mode="json")
    if config.data.own is not None:
        content["data"]["own"] = own(config.data.own)
    return content


def config_from(content: object, own: Callable[[object], OwnData]) -> ExperimentConfig:
    """The config that `config_content` told, with the data that `own` makes of what was told of them.

    Raises InvalidValue naming the first wrong field.
    """
    data = content.get("data") if isinstance(content, dict) else None
    if isinstance(content, dict) and isinstance(data, dict) and data.get("own") is not None:
        content = {**content, "data": {**data, "own": own(data["own"])}}
    return parse(content)


# -- the arrays -----------------------------------------------------------------------------------------------------


def _arrays(moment: Moment) -> Arrays:
    """The moment's arrays under the names that they have in the file."""
    order: Arrays = {} if moment.order is None else {"order": moment.order}
    memory = {f"memory/{name}": array for name, array in moment.memory.items()}
    return {"parameters": moment.theta, "curves": moment.curves, **order, **memory}


def _moment(config: ExperimentConfig, saved: Saved, take: Callable[[str, int], NDArray[Any]]) -> Moment:
    """The moment whose arrays `take` gives by name, none with more numbers than it is told."""
    most = most_parameters(config)
    memory = {name.removeprefix("memory/"): take(name, most) for name in saved.arrays if name.startswith("memory/")}
    return Moment(
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
    )


def _check(moment: Moment) -> None:
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
