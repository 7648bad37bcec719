"""Films of a run and of the bend: from the first moment to the last, each picture as a still would be."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from mlp_playground.app.films import Order, bend_film, run_film
from mlp_playground.app.layer_scenes import LayersObserver
from mlp_playground.app.scenes import LAST_HIDDEN, prepared
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.film import film_of, trainer_at
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.figures.export import as_image
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figures import FIGURES
from mlp_playground.views.figures.film import FILMS, Film
from mlp_playground.views.space.camera import Turn

pytestmark = pytest.mark.usefixtures("qapp")


def never() -> bool:
    return False


def ignore(_done: int, _n: int) -> None: ...


def off(frame: Image.Image, still: QImage) -> float:
    """How far a film's picture is from a still, on average over pixels and colours."""
    pixels = np.frombuffer(still.constBits(), np.uint8).reshape(still.height(), still.width(), 4)[:, :, 2::-1]
    return float(np.abs(np.asarray(frame.convert("RGB")).astype(int) - pixels.astype(int)).mean())


def test_a_run_is_filmed_from_its_first_moment_to_the_present_one() -> None:
    trainer = Trainer(ExperimentConfig())
    for _ in range(30):
        trainer.run_epoch()
    all_of_it = film_of(trainer.timeline.past, trainer.frame(), 10_000)
    assert (all_of_it[0].steps, all_of_it[-1].steps) == (0, trainer.step_count)
    few = film_of(trainer.timeline.past, trainer.frame(), 7)
    assert len(few) == 7
    assert np.diff([frame.steps for frame in few]) == pytest.approx(trainer.step_count / 6, abs=trainer.timeline.stride)
    other = trainer_at(trainer.moment())
    assert [frame.steps for frame in film_of(other.timeline.past, other.frame(), 7)] == [frame.steps for frame in few]
    options, showing, look = FigureOptions(160, 150), Showing(), Look(resolution=32)
    before = trainer.network.theta.copy()
    order = Order(FILMS["gif"], FIGURES["boundary"], options, Film(0.5, 14))
    content = run_film(order, trainer, Scene(observe(trainer, Look(16)), showing), look, ignore, never)
    assert (trainer.network.theta == before).all()
    film = Image.open(BytesIO(content))
    assert film.n_frames == 7
    for number in (0, 6):
        film.seek(number)
        still = as_image(FIGURES["boundary"], Scene(observe(trainer, replace(look, at=few[number])), showing), options)
        assert off(film, still) < 4


def test_before_it_went_on_there_is_no_run_to_film() -> None:
    order = Order(FILMS["gif"], FIGURES["loss"], FigureOptions(160, 150), Film())
    trainer = Trainer(ExperimentConfig())
    like = Scene(observe(trainer, Look(16)))
    with pytest.raises(InvalidValue, match="a run with a history"):
        run_film(order, trainer, like, Look(32), ignore, never)


def test_the_bend_goes_from_the_first_stage_to_the_last_and_rests_at_each() -> None:
    trainer = Trainer(ExperimentConfig())
    scene = prepared(Scene(observe(trainer, Look(resolution=32)), space_showing=LAST_HIDDEN), "space")
    assert scene.space is not None
    last = len(scene.space.places) - 1
    options = FigureOptions(160, 150, dpi=48)
    content = bend_film(Order(FILMS["webp"], FIGURES["space"], options, Film(1.0, 5 * last + 1)), scene, ignore, never)
    film = Image.open(BytesIO(content))
    assert film.n_frames == 5 * last + 1 - last, "of two that are the same one stays longer"
    for number, t in ((0, 0.0), (film.n_frames - 1, float(last))):
        film.seek(number)
        showing = replace(scene.space_showing, t=t, turn=Turn())
        assert off(film, as_image(FIGURES["space"], replace(scene, space_showing=showing), options)) < 6


def test_maps_of_layers_stay_turned_from_picture_to_picture() -> None:
    network = {"hidden": (6, 6), "activations": ("tanh", "tanh")}
    trainer = Trainer(ExperimentConfig().changed("network", **network).changed("data", samples=60))
    for _ in range(20):
        trainer.run_epoch()
    layers = LayersObserver()
    scenes = [
        prepared(Scene(observe(trainer, Look(resolution=16, at=frame))), "map", layers=layers)
        for frame in film_of(trainer.timeline.past, trainer.frame(), 12)
    ]
    points = [[sheet.points for sheet in scene.layer_map.sheets] for scene in scenes if scene.layer_map is not None]
    assert len(points) == 12
    for before, after in pairwise(points):
        for u, v in zip(before, after, strict=True):
            assert (u * v).sum() > 0.5 * np.linalg.norm(u) * np.linalg.norm(v), "nothing flips"
    order = Order(FILMS["gif"], FIGURES["map"], FigureOptions(320, 160), Film(0.5, 8))
    content = run_film(order, trainer, Scene(observe(trainer, Look())), Look(), ignore, never)
    assert Image.open(BytesIO(content)).n_frames == 4
