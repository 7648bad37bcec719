"""Films of a run from the command line: as many pictures as they take, told on standard error."""

from __future__ import annotations

import sys
from argparse import Namespace
from time import perf_counter
from typing import TYPE_CHECKING

from mlp_playground.cli.parser import Parser
from mlp_playground.cli.values import number
from mlp_playground.errors import InvalidValue

if TYPE_CHECKING:
    from mlp_playground.cli.export import Looks, Wanted
    from mlp_playground.experiment.trainer import Trainer
    from mlp_playground.views.figures import Figure
    from mlp_playground.views.film import Film

TELL_EVERY = 0.5
"""Seconds between two lines of progress."""
SECONDS, RATE = number(float, 0.5, 60), number(int, 1, 50)


def add_length(parser: Parser) -> None:
    """Add the options that say how long a film takes."""
    group = parser.add_argument_group("films")
    group.add_argument("--seconds", help=f"of the whole run in the film: {SECONDS.allowed} (default: 8)")
    group.add_argument("--fps", help=f"pictures a second: {RATE.allowed} (default: 20)")


def is_film(wanted: Wanted) -> bool:
    """Whether the file's name asks for a film. Qt must have been loaded."""
    from mlp_playground.views.film import FILMS

    return wanted.path.suffix.lower().removeprefix(".") in FILMS


def refuse_length(found: Namespace) -> None:
    """Raise InvalidValue if anything was said of the length of films."""
    for option in ("--seconds", "--fps"):
        if (value := getattr(found, option[2:])) is not None:
            raise InvalidValue(option, value, "left out, or used with --export FILE.gif or FILE.webp")


def read_length(found: Namespace) -> Film:
    """What `add_length` found. Raises InvalidValue naming the option. Qt must have been loaded."""
    from mlp_playground.views.film import Film

    seconds = Film.seconds if found.seconds is None else SECONDS.of("--seconds", found.seconds)
    rate = Film.rate if found.fps is None else RATE.of("--fps", found.fps)
    return Film(seconds, rate)


def draw_film(trainer: Trainer, wanted: Wanted, figure: Figure, looks: Looks, film: Film) -> None:
    """Write the film of the trainer's run. Raises InvalidValue for a size that a film can't have, or OSError."""
    from mlp_playground.experiment.snapshot import Look
    from mlp_playground.files import write_whole
    from mlp_playground.views.film import FILMS
    from mlp_playground.views.picture_frame import Showing
    from mlp_playground.views.run_film import run_film

    kind = FILMS[wanted.path.suffix.lower().removeprefix(".")]
    told = perf_counter()

    def tell(done: int, n: int) -> None:
        nonlocal told
        if perf_counter() - told > TELL_EVERY:
            told = perf_counter()
            print(f"{wanted.path.name}: {done} of {n} pictures", file=sys.stderr)

    options = looks.of_film(figure.size)
    write_whole(wanted.path, run_film(kind, trainer, figure, Showing(), Look(), options, film, tell, lambda: False))
