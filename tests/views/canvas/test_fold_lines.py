"""Fold lines in a picture: where they are, whose they are, and which side is the active one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mlp_playground.analysis.field import Field
from mlp_playground.analysis.folds import Fold
from mlp_playground.data.dataset import Samples
from mlp_playground.data.extent import HOME
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.canvas.field_picture import paint_field
from mlp_playground.views.canvas.fold_lines import BETWEEN, TICK, fold_at, paint_fold_key, paint_folds, tick_marks
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.theme import LIGHT

Painted = Callable[..., np.ndarray]
PLACE = QRectF(0, 0, 360, 360)
UPWARDS, ACROSS = np.array([[0.0, -6.0], [0.0, 6.0]]), np.array([[-6.0, 3.0], [6.0, 3.0]])


@pytest.fixture
def field(take: Callable[..., Snapshot]) -> Field:
    """A neuron of layer 1 folds along the x₂ axis and is active at its left, one of layer 2 along x₂ = 3, above it."""
    found = take(ExperimentConfig()).field
    assert found is not None
    return replace(found, folds=(Fold((0, 0), (UPWARDS,)), Fold((1, 0), (ACROSS,))))


def ink(painted: Painted, field: Field, showing: Showing) -> np.ndarray:
    """How far each pixel (360, 360) is from the ground."""

    def paint(painter: QPainter) -> None:
        paint_folds(painter, PLACE, HOME, field, LIGHT, showing)
        paint_fold_key(painter, PLACE, field, LIGHT, showing)

    return np.asarray(255 * 3 - painted(paint, ground="#ffffff").sum(axis=2))


def test_a_line_stands_where_it_is_with_ticks_on_its_active_side(painted: Painted, field: Field) -> None:
    seen = ink(painted, field, Showing(folds=True))
    upper = seen[100:300]
    assert (upper[:, 179:182].max(axis=1) > 200).all(), "the line itself"
    assert (upper[:, 175:178] > 200).any(axis=1).mean() == pytest.approx(1.3 / BETWEEN, abs=0.15), "ticks at its left"
    assert not (upper[:, 183:190] > 100).any(), "none at its right"
    assert (seen[85:88, 10:170] > 100).any(), "above the other one"
    assert not (seen[93:99, 10:170] > 100).any()
    assert not ink(painted, field, Showing(folds=False)).any()


def test_where_a_neuron_is_chosen_the_others_are_faint(painted: Painted, field: Field) -> None:
    plain = ink(painted, field, Showing(folds=True))
    chosen = ink(painted, field, Showing(folds=True, cell=(0, 0)))
    assert chosen[100:300].sum() > 1.3 * plain[100:300].sum()
    assert chosen[80:100, 200:].sum() < 0.5 * plain[80:100, 200:].sum()
    assert (ink(painted, field, Showing(folds=True, cell=(4, 4))) == plain).all(), "a neuron without a line"


def test_a_key_tells_layers_apart(painted: Painted, field: Field) -> None:
    both = ink(painted, field, Showing(folds=True))[330:358, :160]
    alone = ink(painted, replace(field, folds=field.folds and field.folds[:1]), Showing(folds=True))[330:358, :160]
    assert alone[:, 10:100].any()
    assert not alone[:, 145:].any(), "one layer takes less room"
    assert both[:, 145:].any()


def test_the_key_can_be_read_between_samples(painted: Painted, take: Callable[..., Snapshot], field: Field) -> None:
    below = take(ExperimentConfig()).data
    crowd = Samples(np.tile([[-5.0], [-5.5]], 250) + np.linspace(0, 4, 250) * [[1.0], [0.0]], np.arange(250) % 2)
    without, over = (replace(below, train=each, test=each) for each in (below.train, crowd))
    keys = [
        painted(lambda p, data=data: paint_field(p, PLACE, field, data, LIGHT, Showing(folds=True)))[314:326, 40:100]
        for data in (without, over)
    ]
    assert np.abs(keys[0] - keys[1].astype(float)).max() < 64, "they shine through at most"


def test_ticks_are_evenly_spread_and_stand_across() -> None:
    points = np.array([[0.0, 0.0], [30.0, 40.0], [30.0, 140.0]])
    marks = tick_marks(points)
    assert len(marks) == int(150 / BETWEEN)
    feet, tips = marks[:, :2], marks[:, 2:]
    assert np.hypot(*(tips - feet).T) == pytest.approx(TICK)
    along = np.where(feet[:, 0] < 30, np.hypot(*feet.T), 10 + feet[:, 1])
    assert np.diff(along) == pytest.approx(BETWEEN)
    assert (tips - feet)[-1] == pytest.approx([TICK, 0]), "who walks down a screen has its right side at the left"
    assert len(tick_marks(np.array([[0.0, 0.0], [1.0, 0.0]]))) == 1


def test_the_mouse_is_on_the_nearest_line_or_on_none(field: Field) -> None:
    for place, cell in (((182, 200), (0, 0)), ((60, 92), (1, 0)), ((175, 91), (1, 0)), ((200, 200), None)):
        assert fold_at(PLACE, HOME, field, *place) == cell
    assert fold_at(PLACE, HOME.moved(6, 0), field, 2, 200) == (0, 0)
    assert fold_at(PLACE, HOME, replace(field, folds=None), 180, 200) is None
