"""Histograms of all layers, whose bars are as long as counting says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from mlp_playground.analysis.distributions import QUANTITIES, Spreads, spreads
from mlp_playground.analysis.training_pass import training_samples
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.layers.layer_words import layer_names
from mlp_playground.views.layers.spread_picture import (
    Shown,
    axis_room,
    column_places,
    paint_spreads,
    spread_words,
    ticks_of,
    zero_words,
)
from mlp_playground.views.theme import LIGHT

DEEP = ExperimentConfig(features=("x1", "sin(x2)"), network=NetworkConfig(hidden=(4, 3), activations=("relu", "tanh")))


def seen(snapshot: Snapshot, name: str) -> Spreads:
    chosen = training_samples(snapshot.data, snapshot.config.features, snapshot.architecture)
    return spreads(Network(snapshot.architecture, snapshot.theta), chosen, name)


@pytest.mark.parametrize("name", list(QUANTITIES))
def test_bars_are_as_long_as_the_shares(
    painted: Callable[..., np.ndarray], take: Callable[..., Snapshot], name: str
) -> None:
    found = seen(take(DEEP), name)
    shown = Shown(found, layer_names(take(DEEP)), 0)
    pixels = painted(lambda p: paint_spreads(p, QRectF(0, 0, 400, 200), shown, LIGHT), 400, 200, "#ffffff")
    columns = column_places(QRectF(0, 0, 400, 200), 3, axis_room(found))
    ink = {QColor(colour).toTuple()[:3] for colour in (LIGHT.blue, LIGHT.orange, LIGHT.accent)}
    for column, layer in zip(columns, found.layers, strict=True):
        assert layer.shares.max() > 0
        k = int(layer.shares.argmax())
        y = column.bottom() - (k + 0.5) * column.height() / len(layer.shares)
        row = [tuple(p) for p in pixels[int(y), int(column.left()) + 2 : int(column.right()) - 1].tolist()]
        assert set(row) <= ink, "the longest bar goes all the way"
    values = [value for value, _ in ticks_of(found)]
    assert len(values) >= 2
    assert min(values) >= found.edges[0] - 1e-9 * abs(found.edges[0])
    assert "Layer 1: " in spread_words("Layer 1", found, found.layers[0])


def test_zeros_are_said_in_words(take: Callable[..., Snapshot]) -> None:
    snapshot = take(DEEP)
    layer = seen(snapshot, "activations").layers[0]
    assert 0.2 < layer.zero < 0.8
    assert zero_words(layer) == f"{layer.zero * 100:.0f}\u202f% zero"
    assert "exactly 0" in spread_words("Layer 1", seen(snapshot, "activations"), layer)
    assert zero_words(seen(snapshot, "sums").layers[0]) == ""
