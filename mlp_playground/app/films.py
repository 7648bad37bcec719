"""Two films: a figure at every moment of a run, first to last; and the bend of one moment's space."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtGui import QImage

from mlp_playground.app.scenes import prepared
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.film import film_of
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.figures.export import as_image
from mlp_playground.views.figures.figure import Figure, Scene
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.film import Film, FilmFormat, Progress, film_bytes
from mlp_playground.views.space.bend_film import paced

NO_PAST = "a run with a history, which this one does not have; the view space needs none"


@dataclass(frozen=True)
class Order:
    """What is to be filmed, and how."""

    kind: FilmFormat
    figure: Figure
    options: FigureOptions
    film: Film

    def make(
        self, paint: Callable[[int], Scene], n: int, progress: Progress, is_cancelled: Callable[[], bool]
    ) -> bytes:
        """The film of `n` scenes. Raises Cancelled."""
        options = replace(self.options, transparent=False)

        def painted(number: int) -> QImage:
            return as_image(self.figure, paint(number), options)

        return film_bytes(self.kind, painted, self.film, n, progress, is_cancelled)


def run_film(
    order: Order, trainer: Trainer, like: Scene, look: Look, progress: Progress, is_cancelled: Callable[[], bool]
) -> bytes:
    """The run up to now, as it is written into a file, each moment shown as `like` is.

    Raises Cancelled, or InvalidValue where there is no run.
    `trainer` may belong to the calling thread only; its run is not changed.
    """
    frames = film_of(trainer.timeline.past, trainer.frame(), order.film.pictures)
    if len(frames) < 2:
        raise InvalidValue("film", f"{trainer.epoch} epochs", NO_PAST)
    from mlp_playground.app.layer_scenes import LayersObserver

    layers = LayersObserver()
    journey = like.journey

    def scene(number: int) -> Scene:
        nonlocal journey
        snapshot = observe(trainer, replace(look, at=frames[number]))
        moment = replace(
            like, snapshot=snapshot, space=None, neurons=None, journey=journey, probed=None, layer_map=None, health=None
        )
        ready = prepared(moment, order.figure.name, layers=layers)
        journey = ready.journey  # its neurons keep their places in the next picture
        return ready

    return order.make(scene, len(frames), progress, is_cancelled)


def bend_film(order: Order, scene: Scene, progress: Progress, is_cancelled: Callable[[], bool]) -> bytes:
    """The way through all stages of the scene's space, which rests at each; the points stay in view. Raises
    Cancelled."""
    assert scene.space is not None, "somebody has looked at it"
    showing = replace(
        scene.space_showing, turn=replace(scene.space_showing.turn, zoom=1.0, pan=(0.0, 0.0)), picked=None
    )
    last, n = len(scene.space.places) - 1, order.film.pictures

    def at(number: int) -> Scene:
        passed = number / (n - 1) * last
        t = min(int(passed) + paced(passed - int(passed)), float(last))
        return replace(scene, space_showing=replace(showing, t=t))

    return order.make(at, n, progress, is_cancelled)
