"""The point panel: the numbers that it writes are the network's, and without a point it says how to pick one."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.space.cloud import cloud_of
from mlp_playground.analysis.space.observe import observe_space
from mlp_playground.data import toy
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.nn.network import Architecture, Network
from mlp_playground.views.space.point_panel import PointPanel
from mlp_playground.views.space.space_words import stage_title
from mlp_playground.views.theme import DARK, LIGHT, palette


def test_a_points_numbers_at_every_stage_or_how_to_pick_one(qtbot: QtBot) -> None:
    shape = Architecture((2, 5, 1), ("relu",), "binary")
    net = Network(shape, np.random.default_rng(1).normal(0, 0.8, shape.n_parameters))
    space = observe_space(net, cloud_of(toy.make("xor", 30, 0, 0.5, 0)))
    panel = PointPanel()
    qtbot.addWidget(panel)
    panel.resize(480, 140)
    panel.show()
    panel.show_point(space, None, 0)
    assert panel.ask.isVisible()
    assert not panel.table.isVisible()
    panel.show_point(space, 7, 2)
    assert not panel.ask.isVisible()
    assert panel.table.isVisible()
    assert not panel.picture.isVisible(), "a point of the plane is no picture"
    model = panel.table.numbers
    assert (model.rowCount(), model.columnCount()) == (7, 5)
    x = space.cloud.data.train.X[:, 7].astype(float)
    z = net.W[0] @ x
    a = np.maximum(z + net.b[0], 0)
    out = net.W[1] @ a
    ways = [x, z, z + net.b[0], a, out, out + net.b[1], 1 / (1 + np.exp(-out - net.b[1]))]
    for s, values in enumerate(ways):
        assert model.headerData(s, Qt.Orientation.Vertical) == stage_title(space.places[s].stage, 2)
        bold = model.data(model.index(s, 0), Qt.ItemDataRole.FontRole).bold()
        assert bold == (s == 2), "the stage in the picture"
        for k, value in enumerate(values):
            assert model.data(model.index(s, k)) == f"{value:.2f}".replace("-", "−")
            words, _, exact = model.data(model.index(s, k), Qt.ItemDataRole.ToolTipRole).rpartition(": ")
            assert words == space.places[s].axes[k]
            assert abs(float(exact) - value) < 1e-5
    assert model.data(model.index(0, 3)) is None, "the input has two numbers"
    renamed: list[int] = []
    model.headerDataChanged.connect(lambda _orientation, first, _last: renamed.append(first))
    panel.show_point(space, 7, 4)
    assert sorted(renamed) == [2, 4], "the names of the stage before and of this one are written anew"


def test_of_a_digit_its_picture_is_shown(qtbot: QtBot) -> None:
    X = np.linspace(0, 1, 9 * 20, dtype=np.float32).reshape(9, 20)
    parts = Samples(X, np.arange(20) % 4), Samples(X, np.arange(20) % 4)
    digits = Dataset("made", "classes", *parts, ("zero", "one", "two", "three"), "pictures", (3, 3))
    shape = Architecture((9, 5, 4), ("relu",), "classes")
    space = observe_space(Network(shape, np.ones(shape.n_parameters)), cloud_of(digits))
    panel = PointPanel()
    qtbot.addWidget(panel)
    panel.resize(480, 140)
    panel.show()
    for point in (11, 4):
        panel.show_point(space, point, 0)
        assert panel.picture.isVisible()
        ink = (255 * space.cloud.X[:, point]).astype(int)
        for theme, seen in ((LIGHT, 255 - ink), (DARK, ink)):
            panel.setPalette(palette(theme))
            grey = panel.picture.pixmap().toImage()
            assert [grey.pixelColor(x, y).red() for y in range(3) for x in range(3)] == seen.tolist()
