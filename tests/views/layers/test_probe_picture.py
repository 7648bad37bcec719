"""The bars of linear probes stand for their numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF

from mlp_playground.analysis.probe import Score
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.probe_question import Probed, ProbeObserver
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.layers.layer_names import short_names
from mlp_playground.views.layers.probe_picture import ProbeShowing, column_at, paint_probe, probe_place
from mlp_playground.views.theme import LIGHT, font

AREA = QRectF(0, 0, 640, 260)


def _probed(take: Callable[..., Snapshot], *hidden: int, name: str = "xor") -> Probed:
    network = NetworkConfig(hidden=hidden, activations=("tanh",) * len(hidden))
    return ProbeObserver().observe(take(ExperimentConfig(network=network).changed("data", name=name)))


def _picture(painted: Callable[..., np.ndarray], probed: Probed, showing: ProbeShowing) -> np.ndarray:
    paint = lambda painter: paint_probe(painter, AREA, probed, LIGHT, showing)  # noqa: E731
    return painted(paint, 640, 260, LIGHT.background)


def test_a_bar_is_as_high_as_its_score(take: Callable[..., Snapshot], painted: Callable[..., np.ndarray]) -> None:
    probed = _probed(take, 4)
    scores = (0.2, 0.5, 0.9)
    now = replace(probed.now, layers=tuple(Score(s, s) for s in scores), own=Score(0.6, 0.6), guess=Score(0.1, 0.1))
    pixels, place = _picture(painted, Probed(now), ProbeShowing()), probe_place(AREA)
    blue = np.array(QColor(LIGHT.blue).getRgb()[:3])
    for column, score in enumerate(scores):
        middle = place.left() + (column + 0.5) * place.width() / 3
        of_bar = pixels[:, round(middle - 20)]
        is_blue = np.abs(of_bar - blue).sum(axis=1) < 100
        top = np.flatnonzero(is_blue)[0]
        assert top == pytest.approx(place.bottom() - score * place.height(), abs=2)
        assert column_at(AREA, 3, middle) == column
    assert column_at(AREA, 3, place.right() + 5) is None


def test_what_was_and_what_is_chosen_stand_out(
    take: Callable[..., Snapshot], painted: Callable[..., np.ndarray]
) -> None:
    probed = _probed(take, 4, 3)
    plain = _picture(painted, probed, ProbeShowing())
    chosen = _picture(painted, probed, ProbeShowing(chosen=1))
    place = probe_place(AREA)
    changed = np.flatnonzero((plain != chosen).any(axis=(0, 2)))
    assert place.left() + place.width() / 4 <= changed.min()
    assert changed.max() <= place.left() + place.width() / 2
    then = replace(probed.now, layers=(Score(0.3, 0.3),) * 4)
    start = take().past.frames[0]
    ghost = _picture(painted, Probed(probed.now, then, start), ProbeShowing())
    pink = np.abs(ghost - np.array(QColor(LIGHT.selection).getRgb()[:3])).sum(axis=2) < 60
    height = round(place.bottom() - 0.3 * place.height())
    in_bars = pink[height - 2 : height + 3].any(axis=0)
    assert not in_bars[: round(place.left() + place.width() / 4)].any(), "the input was the same"
    assert in_bars[round(place.left() + place.width() / 4) :].sum() > 100


@pytest.mark.usefixtures("qapp")
def test_every_network_can_be_drawn(take: Callable[..., Snapshot], painted: Callable[..., np.ndarray]) -> None:
    for probed in (_probed(take), _probed(take, *[2] * 10, name="sine"), _probed(take, 8, name="spiral3")):
        assert (_picture(painted, probed, ProbeShowing(chosen=1, pointed=0)) != 0xF5).any()
    metrics = QFontMetricsF(font(9))
    assert short_names(4, metrics, 200) == ["input", "layer 1", "layer 2", "output"]
    assert short_names(4, metrics, 30) == ["in", "1", "2", "out"]
