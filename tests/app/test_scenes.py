"""What is found out for a picture before it is painted."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from mlp_playground.analysis.patterns import Patterns
from mlp_playground.analysis.regions import Regions
from mlp_playground.app import scenes
from mlp_playground.app.scenes import LAST_HIDDEN, prepared
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.figures.export import as_image, save_figure
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figures import FIGURES, views_of
from mlp_playground.views.space.space_picture import point_places, space_place

RELU = ExperimentConfig().changed("network", hidden=(4, 3), activations=("relu", "relu"))
OPTIONS = FigureOptions(300, 280, dpi=48)

pytestmark = pytest.mark.usefixtures("qapp")


def scene_of(config: ExperimentConfig, **showing: object) -> Scene:
    trainer = Trainer(config)
    trainer.run_epoch()
    return Scene(observe(trainer, Look(resolution=64, digits=8)), Showing(**showing), space_showing=LAST_HIDDEN)  # type: ignore[arg-type]


def test_regions_are_cut_where_they_are_drawn() -> None:
    scene = scene_of(RELU)
    assert prepared(scene, "boundary").showing.pieces is None
    for ready in (prepared(scene, "regions"), prepared(scene_of(RELU, regions=True), "boundary")):
        found = ready.showing.pieces
        assert isinstance(found, Regions)
        assert found.areas().sum() == pytest.approx(144)
        plain = as_image(FIGURES["boundary"], scene, OPTIONS)
        assert as_image(FIGURES["regions"], ready, OPTIONS) != plain
    pictures = []
    for filling in ("lines", "slope", "pattern"):
        ready = prepared(scene_of(RELU, filling=filling), "regions")
        pictures.append(as_image(FIGURES["regions"], ready, OPTIONS))
    assert all(one != other for one, other in itertools.pairwise(pictures))


def test_a_space_is_that_of_the_last_hidden_layer_unless_somebody_looks_elsewhere() -> None:
    for config in (RELU, DIGITS_DEFAULT.changed("network", hidden=(5,), activations=("relu",))):
        scene = scene_of(config)
        ready = prepared(scene, "space")
        assert ready.space is not None
        place = ready.space.places[int(ready.space_showing.t)]
        assert place.stage.layer == len(config.network.hidden)
        assert place.stage.name == "ReLU"
        places = point_places(QRectF(0, 0, 400, 400), ready.space, ready.space_showing)[:, :2]
        square = space_place(QRectF(0, 0, 400, 400))
        assert np.ptp(places, axis=0).max() == pytest.approx(0.865 * square.width(), rel=0.01), "they fill the picture"
        assert (places.min(axis=0) + np.ptp(places, axis=0) / 2).tolist() == pytest.approx(
            square.center().toTuple(), abs=1
        )
        assert as_image(FIGURES["space"], ready, OPTIONS).pixelColor(1, 1).alpha() == 255


def test_an_experiment_has_the_views_that_it_can_have() -> None:
    views = {
        "relu": views_of(scene_of(RELU).snapshot.data, RELU),
        "tanh": views_of(scene_of(RELU).snapshot.data, RELU.changed("network", activations=("tanh", "relu"))),
    }
    assert views["relu"] == (
        "boundary",
        "answers",
        "regions",
        "space",
        "health",
        "probe",
        "map",
        "confusion",
        "graph",
        "layer",
        "network",
        "loss",
        "accuracy",
    )
    assert "regions" not in views["tanh"]


def test_a_picture_of_two_moments_says_which_they_are(tmp_path: Path) -> None:
    trainer = Trainer(RELU)
    first = trainer.frame()
    trainer.run_epoch()
    scene = Scene(observe(trainer, Look(resolution=64, compare=first)))
    for view, words in (("boundary", "epoch 0"), ("network", "weight is larger")):
        save_figure(tmp_path / "a.svg", FIGURES[view], prepared(scene, view), FigureOptions(900, 800))
        text = (tmp_path / "a.svg").read_text()
        assert words in text
        assert "minus" in text
        assert "% right" not in text


def test_regions_that_are_counted_on_a_grid_are_squares_and_no_screenshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenes, "MOST_REGIONS", 2)
    for filling in ("lines", "pattern"):
        ready = prepared(scene_of(RELU, filling=filling, boundary=False, test_points=False), "regions")
        assert isinstance(ready.showing.pieces, Patterns)
        save_figure(tmp_path / "a.svg", FIGURES["regions"], ready, OPTIONS)
        assert "<image" not in (tmp_path / "a.svg").read_text()
        renderer, vectors = QSvgRenderer(str(tmp_path / "a.svg")), QImage(300, 280, QImage.Format.Format_RGB32)
        painter = QPainter(vectors)
        renderer.render(painter, QRectF(0, 0, 300, 280))
        painter.end()
        pixels = as_image(FIGURES["regions"], ready, OPTIONS)
        places = [(x, y) for x in range(20, 200, 7) for y in range(40, 240, 7)]
        near = [abs(vectors.pixelColor(*at).lightness() - pixels.pixelColor(*at).lightness()) < 40 for at in places]
        assert sum(near) > 0.93 * len(near)
