"""The panel says what was found: counts, the bound, the region picked, or why there is nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.patterns import patterns
from mlp_playground.analysis.pieces import Question, pieces
from mlp_playground.analysis.regions import PLANE, Regions
from mlp_playground.data.extent import HOME
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.region_question import region_question, why_no_regions
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.canvas.regions_panel import ASK, RegionsPanel

Take = Callable[..., Snapshot]
CROSS = [1.0, 0, 0, 0, 1, 0, 1, -2, -3]
"""z = relu(x₁) − 2 relu(x₂) − 3."""


@pytest.fixture
def panel(qtbot: QtBot) -> RegionsPanel:
    widget = RegionsPanel()
    qtbot.addWidget(widget)
    widget.resize(470, 160)
    widget.show()
    return widget


def crossed(take: Take, name: str = "xor") -> tuple[Snapshot, Question]:
    config = ExperimentConfig().changed("data", name=name).changed("network", hidden=(2,), activations=("relu",))
    moment = take(config, CROSS)
    asked = region_question(moment)
    assert asked is not None
    return moment, asked


def test_it_says_what_was_found(panel: RegionsPanel, take: Take) -> None:
    moment, asked = crossed(take)
    found = pieces(asked)
    panel.show_pieces(moment, asked, found, None)
    assert [each.value_label.text() for each in (panel.count, panel.most, panel.sides)] == ["4", "4", "2"]
    assert panel.formula.text().endswith("1 + 2 + 1 = 4")
    assert panel.text.text() == ASK
    panel.show_pieces(moment, asked, found, (2.0, 5.0))
    first, active, *_, corners = panel.text.text().split("\n")
    assert first == "z = 1 x₁ − 2 x₂ − 3   (z > 0: blue, z < 0: orange)"
    assert active == "layer 1: 2 of 2 active"
    assert corners.startswith("4 corners: ")
    assert {"(0, 0)", "(6, 0)", "(6, 6)", "(0, 6)"} == set(corners.split(": ")[1].replace("), ", ")|").split("|"))
    panel.show_pieces(moment, asked, found, (99.0, 5.0))
    assert panel.text.text() == ASK, "no region there"


def test_of_a_grid_it_says_so(panel: RegionsPanel, take: Take) -> None:
    moment, asked = crossed(take)
    counted = patterns(Network(asked.architecture, asked.theta), PLANE, HOME, 3)
    panel.show_pieces(moment, asked, counted, (1.0, 1.0))
    assert panel.count.value_label.text() == "≥ 4"
    assert (
        panel.formula.text()
        == "More than 3 regions: 4 patterns of active neurons counted on a grid of 256 × 256 points"
    )
    assert not panel.sides.isVisible()
    assert "zoom in" in panel.text.text()


def test_numbers_to_predict_have_no_boundary(panel: RegionsPanel, take: Take) -> None:
    moment, asked = crossed(take, "hills")
    panel.show_pieces(moment, asked, pieces(asked), (2.0, -5.0))
    assert not panel.sides.isVisible()
    assert panel.text.text().startswith("prediction = 1 x₁ + 0 x₂ − 3\n")


def test_where_there_is_nothing_it_says_why(panel: RegionsPanel, take: Take) -> None:
    moment = take()  # tanh
    assert region_question(moment) is None
    panel.show_reason(why_no_regions(moment))
    assert panel.reason.isVisible()
    assert panel.reason.text().startswith("tanh bends smoothly")
    assert panel.reason.text().endswith("layers.")
    moment, asked = crossed(take)
    panel.show_pieces(moment, asked, pieces(asked), None)
    assert not panel.reason.isVisible()


def test_the_filling_is_chosen_and_has_its_legend(panel: RegionsPanel, qtbot: QtBot) -> None:
    chosen: list[str] = []
    panel.filling_chosen.connect(chosen.append)
    assert panel.filling.currentData() == "lines"
    assert not panel.wheel.isVisible()
    panel.filling.setCurrentIndex(1)
    panel.filling.activated.emit(1)
    assert chosen == ["slope"]
    panel.show_filling("slope")
    assert panel.wheel.isVisible()
    image = panel.wheel.grab().toImage()
    side = image.width()
    hues = [image.pixelColor(*place).hslHue() for place in ((side - 3, side // 2), (side // 2, 3), (3, side // 2))]
    assert np.diff(hues) % 360 == pytest.approx([90, 90], abs=15)
    assert chosen == ["slope"], "shown, not chosen"


def test_what_a_network_sees_of_the_plane_counts(take: Take) -> None:
    config = ExperimentConfig(features=("x1",)).changed("network", hidden=(5,), activations=("relu",))
    asked = region_question(take(config))
    assert asked is not None
    assert asked.dimensions == 1
    assert isinstance(pieces(asked), Regions)
    assert crossed(take)[1].dimensions == 2
