"""The first column is kept as one picture, which looks like the column painted anew and follows what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.diagram import network_inputs
from mlp_playground.views.diagram.network_inputs import KeptInputs
from mlp_playground.views.diagram.network_layout import Layout, arrange
from mlp_playground.views.diagram.network_picture import PaintInputs, Pointing, input_labels, paint_inputs, prepare
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import DARK, LIGHT, Theme

Take = Callable[..., Snapshot]
LOOK = Look(resolution=16, digits=2)
CONFIGS = {
    **{name: ExperimentConfig().changed("data", name=name, samples=20) for name in ("xor", "sine", "parity")},
    "mnist": DIGITS_DEFAULT.changed("data", samples=20).changed("network", hidden=(3,), activations=("relu",)),
}


def layout_of(snapshot: Snapshot) -> Layout:
    widths = snapshot.architecture.widths
    counts = (len(input_labels(snapshot)) or widths[0], *widths[1:])
    return arrange(500, 460, counts, pictures=snapshot.data.image_shape is not None)


def painted(
    paint: PaintInputs,
    snapshot: Snapshot,
    theme: Theme = LIGHT,
    pointing: Pointing = Pointing(),  # noqa: B008
    ratio: int = 1,
) -> np.ndarray:
    """The colours (height, width, 4) of a picture with the inputs on it."""
    picture = QImage(500 * ratio, 460 * ratio, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.background)
    with painting(QPainter(picture)) as painter:
        prepare(painter)
        paint(painter, layout_of(snapshot).columns[0], snapshot, theme, pointing)
    return np.array(picture.constBits(), np.int64).reshape(picture.height(), -1, 4)


def assert_same(one: np.ndarray, other: np.ndarray, snapshot: Snapshot, ratio: int = 1) -> None:
    """The same pictures; names may differ a little, as letters on nothing are smoothed otherwise than on a colour."""
    left = round(ratio * (layout_of(snapshot).columns[0].cells[0].left() - 4))
    difference = np.abs(one - other)
    assert difference[:, left:].max() <= 3 or snapshot.data.image_shape
    assert difference.max() <= 48


@pytest.fixture
def times(qapp: object, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows with each time that the inputs are painted anew."""
    found: list[object] = []

    def counted(*values: Any) -> None:
        found.append(values)
        paint_inputs(*values)

    monkeypatch.setattr(network_inputs, "paint_inputs", counted)
    return found


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("name", CONFIGS)
def test_it_looks_as_if_painted_anew_and_is_painted_once(
    take: Take, times: list[object], name: str, ratio: int
) -> None:
    kept, moment = KeptInputs(), take(CONFIGS[name], look=LOOK)
    expected = painted(paint_inputs, moment, ratio=ratio)
    assert (expected != painted(lambda *_: None, moment, ratio=ratio)).sum() > 500
    for _ in range(3):
        assert_same(painted(kept.paint, moment, ratio=ratio), expected, moment, ratio)
        moment = replace(moment, epoch=moment.epoch + 1, theta=moment.theta + 1)
    assert len(times) == 1


def test_it_follows_all_that_it_shows(take: Take, times: list[object]) -> None:
    kept, moment = KeptInputs(), take(CONFIGS["xor"], look=LOOK)
    other = replace(moment, config=moment.config.model_copy(update={"features": ("x1", "sin(x2)")}))
    for number, (shown, theme, pointing) in enumerate(
        (
            (moment, LIGHT, Pointing()),
            (moment, LIGHT, Pointing(cell=(0, 3))),
            (moment, LIGHT, Pointing(cell=(0, 4))),
            (moment, DARK, Pointing()),
            (other, DARK, Pointing()),
            (take(CONFIGS["sine"], look=LOOK), DARK, Pointing()),
        ),
        start=1,
    ):
        now = painted(kept.paint, shown, theme, pointing)
        assert_same(now, painted(paint_inputs, shown, theme, pointing), shown)
        assert len(times) == number
    painted(kept.paint, shown, theme, Pointing(cell=(1, 0)))
    assert len(times) == number, "a neuron that is pointed at is none of the inputs"
