"""The graph on paper: all of it, whose it is, and of one sample where a minibatch would be too large."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSizeF

from mlp_playground.app.scenes import prepared
from mlp_playground.experiment import graph_question
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.graph_question import Which, Wish
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.figures.export import save_figure
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figures import FIGURES
from mlp_playground.views.figures.graph_figure import LINE, fit_graph

SMALL = ExperimentConfig().changed("network", hidden=(3, 2), activations=("tanh", "relu"))
OPTIONS = FigureOptions(900, 500, dpi=96)
GRAPH = FIGURES["graph"]

pytestmark = pytest.mark.usefixtures("qapp")


def test_every_value_is_there_with_its_shape_and_whose_it_is(take: Callable[..., Snapshot], tmp_path: Path) -> None:
    scene = prepared(Scene(take(SMALL), graph=Wish(Which.SAMPLE, 4)), "graph")
    assert scene.followed is not None

    def texts(options: FigureOptions) -> set[str]:
        save_figure(tmp_path / "a.svg", GRAPH, scene, options)
        root = ElementTree.parse(tmp_path / "a.svg").getroot()
        return {"".join(each.itertext()).strip() for each in root.iter("{http://www.w3.org/2000/svg}text")}

    loss = scene.followed[1].trace.values["L"].item()
    whole = texts(OPTIONS)
    graph = {"x", "W₁", "b₃", "tanh", "ReLU′", "σ", "y", "L", "3×2", "2×1", "layer 2", "kept for the way back"}
    assert graph <= whole
    (line,) = (text for text in whole if text.startswith("Training sample 5"))
    assert line.endswith(f"; loss {loss:.4g}")
    assert line not in texts(replace(OPTIONS, axes=False))


def test_a_wide_one_is_made_smaller_and_keeps_its_proportions(take: Callable[..., Snapshot]) -> None:
    scene = prepared(Scene(take(SMALL.changed("network", hidden=(3,) * 6, activations=("softplus",) * 6))), "graph")
    large, small = (fit_graph(QSizeF(width, 400), scene, OPTIONS) for width in (4000, 600))
    assert small.width() == pytest.approx(600)
    assert large.width() <= 4000
    assert small.height() - LINE < (large.height() - LINE) / 2


def test_too_large_a_minibatch_gives_way_to_its_hardest_sample(
    take: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_question, "MOST_NUMBERS", 50)
    scene = prepared(Scene(take(SMALL), graph=Wish(Which.MINIBATCH)), "graph")
    assert scene.followed is not None
    assert scene.followed[0].wish.which is Which.HARDEST
