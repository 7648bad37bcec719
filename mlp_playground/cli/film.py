"""Films of a run from the command line: as many pictures as they take, told on standard error."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlp_playground.cli.parser import Parser
from mlp_playground.cli.progress import Progress
from mlp_playground.cli.values import number
from mlp_playground.cli.wanted import Wanted, is_film
from mlp_playground.errors import InvalidValue

if TYPE_CHECKING:
    from mlp_playground.cli.looks import Looks
    from mlp_playground.experiment.trainer import Trainer
    from mlp_playground.views.figures.figure import Figure, Scene
    from mlp_playground.views.figures.film import Film

SECONDS, RATE = number(float, 0.5, 60), number(int, 1, 50)


def add_length(parser: Parser) -> None:
    """Add the options that say how long a film takes."""
    group = parser.add_argument_group("films")
    group.add_argument("--seconds", help=f"of the whole film: {SECONDS.allowed} (default: 8)")
    group.add_argument("--fps", help=f"pictures a second: {RATE.allowed} (default: 20)")


def refuse_length(found: Namespace) -> None:
    """Raise InvalidValue if anything was said of the length of films."""
    for option in ("--seconds", "--fps"):
        if (value := getattr(found, option[2:])) is not None:
            raise InvalidValue(option, value, "left out, or used with a film: FILE.gif or FILE.webp")


def film_wanted(found: Namespace, pictures: Sequence[Wanted], looks: Looks | None) -> Film | None:
    """How long the films take, if any are wanted. Qt must have been loaded if there are pictures.

    Raises InvalidValue naming the option, also for a size that films can't have.
    """
    if looks is None or not any(is_film(wanted) for wanted in pictures):
        refuse_length(found)
        return None
    looks.of_film((1000, 1000))
    from mlp_playground.views.figures.film import Film

    seconds = Film.seconds if found.seconds is None else SECONDS.of("--seconds", found.seconds)
    rate = Film.rate if found.fps is None else RATE.of("--fps", found.fps)
    return Film(seconds, rate)


def draw_film(trainer: Trainer, wanted: Wanted, figure: Figure, scene: Scene, looks: Looks, film: Film) -> None:
    """Write the film of the trainer's run, or of the bend of the scene's space.

    Raises InvalidValue for a size that a film can't have and where there is no run yet, or OSError.
    """
    from mlp_playground.app.films import Order, bend_film, run_film
    from mlp_playground.experiment.snapshot import Look
    from mlp_playground.files import write_whole
    from mlp_playground.views.figures.film import FILMS

    kind = FILMS[wanted.path.suffix.lower().removeprefix(".")]
    order = Order(kind, figure, looks.of_film(figure.size), film)
    progress = Progress()

    def tell(done: int, n: int) -> None:
        progress.tell(lambda: f"{wanted.path.name}: {done} of {n} pictures")

    if figure.name == "space":
        content = bend_film(order, scene, tell, lambda: False)
    else:
        look = Look(extent=scene.showing.extent, folds=scene.showing.folds)
        content = run_film(order, trainer, scene, look, tell, lambda: False)
    write_whole(wanted.path, content)
