"""The program's own check must see what is there, and must not see what is not."""

from __future__ import annotations

from dataclasses import replace
from math import pi

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.field import Map
from mlp_playground.analysis.grids import centres
from mlp_playground.app.self_test import count_regions, wait_until, xor_with_four
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.canvas.field_canvas import FieldCanvas
from mlp_playground.views.canvas.picture_frame import Showing


@pytest.fixture
def canvas(qtbot: QtBot) -> FieldCanvas:
    widget = FieldCanvas()
    qtbot.addWidget(widget)
    widget.resize(434, 434)
    widget.show_options(Showing(test_points=False, boundary=False))
    return widget


def answering(values: np.ndarray) -> Snapshot:
    """A snapshot whose answer over the plane is `values`."""
    snapshot = observe(Trainer(ExperimentConfig()), Look(16))
    assert snapshot.field is not None
    return replace(snapshot, field=replace(snapshot.field, answer=Map(values.astype(np.float32), 1.0)))


@pytest.mark.parametrize("sectors", [2, 4, 6, 10])
def test_sectors_are_counted(canvas: FieldCanvas, sectors: int) -> None:
    axis = centres(256)
    x1, x2 = np.meshgrid(axis, axis[::-1])
    angle = np.arctan2(x2, x1) + 0.1
    canvas.show_snapshot(answering(np.where(np.sin(angle * sectors / 2) > 0, 1.0, -1.0)))
    assert count_regions(canvas) == sectors


def test_one_colour_has_no_borders(canvas: FieldCanvas) -> None:
    for value in (1.0, -1.0, 0.0):
        canvas.show_snapshot(answering(np.full((64, 64), value)))
        assert count_regions(canvas) == 0


def test_soft_borders_are_counted_once(canvas: FieldCanvas) -> None:
    axis = centres(256)
    x1, x2 = np.meshgrid(axis, axis[::-1])
    canvas.show_snapshot(answering(np.sin(2 * np.arctan2(x2, x1) + pi / 7)))
    assert count_regions(canvas) == 4


def test_waiting_ends_when_it_is_so_or_when_time_is_up(qtbot: QtBot) -> None:
    seen: list[int] = []
    assert wait_until(lambda: len(seen) > 3 or bool(seen.append(1)))
    assert not wait_until(lambda: False, seconds=0.05)


def test_the_way_that_it_trains_leads_to_100_percent() -> None:
    trainer = Trainer(xor_with_four())
    for _ in range(400):
        trainer.run_epoch()
        if trainer.measure().train_accuracy == 1.0:
            return
    raise AssertionError("XOR was not learned")
