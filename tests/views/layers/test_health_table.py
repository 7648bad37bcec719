"""The table of health: its numbers are the checkup's, and what findings are about is marked."""

from __future__ import annotations

import numpy as np

from mlp_playground.experiment.doctor.case import case_of_run
from mlp_playground.experiment.doctor.checkup import Checkups
from mlp_playground.experiment.doctor.illnesses import diagnose
from mlp_playground.experiment.doctor.words import number, percent, times
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.layers.health_measures import MEASURES
from mlp_playground.views.layers.health_table import HealthTable
from tests.views.layers.health_tables import table


def test_columns_are_those_that_some_layer_has_and_their_numbers_those_of_the_checkup() -> None:
    dead = table("dead", 15)
    assert dead.columns == ("dead", "zeros", "gradient", "update", "variance")
    layer = dead.record.now.layers[0]
    assert dead.values("dead")[0, -1] == layer.dead_share
    assert np.isnan(dead.values("dead")[1]).all(), "an output can't be dead"
    assert dead.values("gradient").shape == (2, len(dead.record.before) + 1)
    assert dead.is_ill("dead", 0)
    assert dead.words("dead", 0) == f"{round(layer.dead_share * 100)}\u202f%"
    assert dead.share("gradient", 0) == layer.arriving / dead.record.now.layers[1].arriving
    assert "saturated" in table("spiral", 0).columns
    assert table("gaussian", 1).columns == ("gradient", "update")


def test_numbers_have_two_digits() -> None:
    written = [number(value) for value in (0.0, 0.123, 12.3, 474.0, 0.00123, 1234.0, float("inf"))]
    assert written == ["0", "0.12", "12", "470", "1.2·10⁻³", "1.2·10³", "∞"]
    assert [times(ratio) for ratio in (3.14, 123.4, 930417.0, 2.5e7)] == [
        "3.1 times",
        "120 times",
        "930\u202f000 times",
        "2.5·10⁷ times",
    ]
    shares = [percent(share) for share in (0.0, 1e-4, 0.5, 0.999, 1.0, 200.0)]
    assert shares == [f"{words}\u202f%" for words in ("0", "under 1", "50", "over 99", "100", "over 10\u202f000")]
    update = MEASURES["update"].text
    assert [update(value) for value in (0.00123, 1.5e-7, 0.0, float("inf"))] == [
        "0.12\u202f%",
        "1.5·10⁻⁷",
        "0\u202f%",
        "∞",
    ]


def test_cells_that_findings_are_about_are_ill() -> None:
    trainer = Trainer(GALLERY["too-deep"].config)
    findings = diagnose(case_of_run(trainer))
    record = Checkups().whole_record(observe(trainer, Look(resolution=8)))
    table = HealthTable(record, findings)
    ill = [(name, layer) for name in table.columns for layer in range(table.n_layers) if table.is_ill(name, layer)]
    assert ill == [("gradient", 0)]
    assert not HealthTable(record).is_ill("gradient", 0)
