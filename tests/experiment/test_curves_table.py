"""Curves as a table: a row for each record of each run, with what is not known left empty."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from mlp_playground.experiment.curves_table import write_curves


def test_each_record_is_a_row_in_plain_numbers(tmp_path: Path) -> None:
    table = np.array([[0, 1], [0.75, 0.5], [np.inf, 0.625], [0.5, 0.875], [0.25, 1]])
    bare = np.array([[0.0], [0.5], [0.25], [np.nan], [np.nan]])
    path = tmp_path / "curves.csv"
    write_curves([("now", table, np.array([0, 1.5])), ("größer, “8”", bare, np.empty(0))], path)
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["run", "epoch", "training (s)", "train loss", "test loss", "train right (%)", "test right (%)"],
            ["now", "0", "0.0", "0.75", "inf", "50.0", "25.0"],
            ["now", "1", "1.5", "0.5", "0.625", "87.5", "100.0"],
            ["größer, “8”", "0", "", "0.5", "0.25", "", ""],
        ]
