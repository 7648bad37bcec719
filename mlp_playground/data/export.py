"""Any data set as a CSV file, to go on with elsewhere: a row for each sample, in the numbers that it came in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from math import floor, log10
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset, Samples, Scale
from mlp_playground.data.table import unique
from mlp_playground.files import write_whole

PLAIN = str.maketrans("₁₂", "12")
GREYS = [str(level) for level in range(256)]


def write_csv(data: Dataset, path: Path) -> None:
    """Write all samples of `data`, whole or not at all: inputs, class (by name) or target, and part (train or test).

    Pixels are grey levels 0…255, the user's own data have their own names and units again, to the seven digits that the
    network's numbers have. Raises OSError.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(unique([*_names(data), _target(data), "part"]))
    for samples, part in ((data.train, "train"), (data.test, "test")):
        rows = zip(_inputs(data, samples), _targets(data, samples), strict=True)
        writer.writerows((*row, target, part) for row, target in rows)
    write_whole(path, buffer.getvalue().encode("utf-8"))


def _names(data: Dataset) -> Sequence[str]:
    if data.inputs:
        return [scale.name.translate(PLAIN) for scale in data.inputs]
    if data.space in ("plane", "line"):
        return ("x1", "x2") if data.space == "plane" else ("x",)
    return [f"{'bit' if data.space == 'bits' else 'pixel'} {k + 1}" for k in range(data.n_in)]


def _target(data: Dataset) -> str:
    if data.target is not None:
        return data.target.name
    return "y" if data.task == "regression" else "class"


def _inputs(data: Dataset, samples: Samples) -> Iterable[Iterable[str]]:
    """The inputs' texts, a row for each sample."""
    if data.image_shape is not None:
        # one picture after the other: as texts all at once the full MNIST would take gigabytes
        return (map(GREYS.__getitem__, np.rint(picture * 255).astype(np.uint8).tolist()) for picture in samples.X.T)
    if data.inputs:
        return zip(*map(_own, samples.X, data.inputs), strict=True)
    rows: list[list[str]] = samples.X.T.astype(str).tolist()
    return rows


def _targets(data: Dataset, samples: Samples) -> Iterable[str]:
    if data.task != "regression":
        return (data.classes[label] for label in samples.y.tolist())
    return _own(samples.y, data.target) if data.target is not None else samples.y.astype(str).tolist()


def _own(values: NDArray[Any], scale: Scale) -> list[str]:
    """Numbers of the network in the user's own units."""
    # float32 parts −REACH…REACH into steps of 2**-21 at most: what is finer than that is chance
    decimals = floor(21 * log10(2) + log10(abs(scale.factor)))
    texts = (repr(round(scale.back(value), decimals)) for value in values.tolist())
    return [text.removesuffix(".0") for text in texts]
