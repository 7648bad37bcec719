"""The table of health: its numbers are the checkup's, its cells stand where they are hit, and they are painted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mlp_playground.experiment.doctor.case import case_of_run
from mlp_playground.experiment.doctor.checkup import Checkups
from mlp_playground.experiment.doctor.illnesses import diagnose
from mlp_playground.experiment.doctor.words import number, percent, times
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.layers.health_measures import MEASURES
from mlp_playground.views.layers.health_picture import (
    HealthTable,
    cell_at,
    cell_place,
    cell_words,
    paint_health,
    scale_of,
)
from mlp_playground.views.theme import DARK, LIGHT

AREA = QRectF(0, 0, 520, 220)


def table(name: str, epochs: int) -> HealthTable:
    trainer, checkups = Trainer(GALLERY[name].config), Checkups()
    for _ in range(epochs):
        trainer.run_epoch()
    snapshot = observe(trainer, Look(resolution=8, whole=True))
    return HealthTable(checkups.whole_record(snapshot))


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


def test_cells_are_hit_where_they_stand_and_tell_their_numbers() -> None:
    spiral = table("spiral", 2)
    for layer in range(spiral.n_layers):
        for column in range(-1, len(spiral.columns)):
            assert cell_at(AREA, spiral, cell_place(AREA, spiral, layer, column).center()) == (layer, column)
    column = spiral.columns.index("gradient")
    heading = cell_place(AREA, spiral, 0, column).center()
    heading.setY(5)
    assert cell_at(AREA, spiral, heading) == (-1, column)
    assert cell_words(spiral, -1, column).replace("\n", " ") == MEASURES["gradient"].tip
    words = cell_words(spiral, 1, column)
    assert words.startswith(f"Layer 2, |gradient|: {number(spiral.record.now.layers[1].arriving)}")
    assert number(spiral.record.now.layers[1].gradient) in words
    gradients = spiral.values("gradient")[1]
    assert f"At epoch 0.0: {number(gradients[0])}" in cell_words(spiral, 1, column, 0.0)
    middle = int(np.abs(spiral.epochs - 1).argmin())
    assert f"At epoch 1.0: {number(gradients[middle])}" in cell_words(spiral, 1, column, 0.5)
    heading.setY(500)
    assert cell_at(AREA, spiral, heading) is None


def test_scales_hold_the_band_and_all_layers() -> None:
    values = np.array([[1e-5, 1e-3], [np.nan, 0.5]])
    low, high = scale_of(MEASURES["update"], values)
    assert low < -5
    assert high > np.log10(0.5)
    assert scale_of(MEASURES["dead"], values) == (0, 1)
    nothing = scale_of(MEASURES["gradient"], np.full((1, 1), np.nan))
    assert nothing[0] < nothing[1]


def test_it_is_painted_with_its_band_and_its_ill_cell(painted: Callable[..., np.ndarray]) -> None:
    dead = table("dead", 15)

    def paint(painter: QPainter) -> None:
        paint_health(painter, AREA, dead, LIGHT, chosen=0)

    pixels = painted(paint, 520, 220, LIGHT.background)
    warning = np.array([0xFD, 0xEC, 0xD2])
    cell = cell_place(AREA, dead, 0, 0).toRect()
    assert (pixels[cell.top() : cell.bottom(), cell.left() : cell.right()] == warning).all(axis=2).any()
    other = cell_place(AREA, dead, 0, 1).toRect()
    assert not (pixels[other.top() : other.bottom(), other.left() + 4 : other.right()] == warning).all(axis=2).any()
    painted(lambda painter: paint_health(painter, AREA, table("gaussian", 0), DARK), 520, 220)


def test_cells_that_findings_are_about_are_ill() -> None:
    trainer = Trainer(GALLERY["too-deep"].config)
    findings = diagnose(case_of_run(trainer))
    record = Checkups().whole_record(observe(trainer, Look(resolution=8)))
    table = HealthTable(record, findings)
    ill = [(name, layer) for name in table.columns for layer in range(table.n_layers) if table.is_ill(name, layer)]
    assert ill == [("gradient", 0)]
    assert not HealthTable(record).is_ill("gradient", 0)
