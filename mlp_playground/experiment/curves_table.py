"""The curves of runs as a table to go on with in a spreadsheet: a row for each record of each run."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from math import isnan
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlp_playground.files import write_whole

HEADER = ("run", "epoch", "training (s)", "train loss", "test loss", "train right (%)", "test right (%)")


def write_curves(runs: Sequence[tuple[str, NDArray[np.float64], NDArray[np.float64]]], path: Path) -> None:
    """Write the runs, whole or not at all: of each its title, its table (5, n) and its seconds (n,), as a History has
    them. What was not counted, or what regression lacks, is an empty cell. Raises OSError."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADER)
    for title, table, seconds in runs:
        n = table.shape[1]
        times = seconds if len(seconds) == n else np.full(n, np.nan)
        for (epoch, *losses, train, test), time in zip(table.T.tolist(), times.tolist(), strict=True):
            numbers = [round(time, 6), *losses, 100 * train, 100 * test]
            writer.writerow([title, f"{epoch:.0f}", *("" if isnan(each) else repr(each) for each in numbers)])
    write_whole(path, buffer.getvalue().encode("utf-8"))
