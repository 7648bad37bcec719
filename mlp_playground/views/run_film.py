"""A figure at every moment of a run, one after the other: from its first to the present one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QImage

from mlp_playground.experiment.film import film_of
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.export import as_image
from mlp_playground.views.figure_options import FigureOptions
from mlp_playground.views.figures import Figure, Scene
from mlp_playground.views.film import Film, FilmFormat, Progress, film_bytes
from mlp_playground.views.picture_frame import Showing


def run_film(
    kind: FilmFormat, trainer: Trainer, figure: Figure, showing: Showing, look: Look, options: FigureOptions,
    film: Film, progress: Progress, is_cancelled: Callable[[], bool],
) -> bytes:  # fmt: skip
    """The film as it is written into a file. Raises Cancelled.

    `trainer` may belong to the calling thread only; its run is not changed.
    """
    frames = film_of(trainer, film.pictures)
    options = replace(options, transparent=False)

    def paint(number: int) -> QImage:
        return as_image(figure, Scene(observe(trainer, replace(look, at=frames[number])), showing), options)

    return film_bytes(kind, paint, film, len(frames), progress, is_cancelled)
