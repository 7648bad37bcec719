"""How pictures are to look, as options of the command line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mlp_playground.cli.parser import Parser
from mlp_playground.cli.values import Kind, number, one_of
from mlp_playground.errors import InvalidValue
from mlp_playground.views.colour_sets import COLOUR_SETS
from mlp_playground.views.figures.figure_limits import LARGEST_DPI, LARGEST_SIDE, LEAST_DPI, LEAST_SIDE

if TYPE_CHECKING:
    from mlp_playground.views.figures.figure_options import FigureOptions


@dataclass(frozen=True)
class Looks:
    """How pictures are to be, as far as it was said; the rest hangs on the view. `filling` is that of regions (none:
    the file's), `stage` the one at which a space is seen (−1: the last hidden layer's)."""

    size: tuple[int, int] | None
    has_dpi: bool
    options: FigureOptions
    filling: str | None
    stage: float

    def of(self, size: tuple[int, int]) -> FigureOptions:
        """The options for a view that has this size where none was asked for."""
        width, height = self.size or size
        return replace(self.options, width=width, height=height)

    def of_film(self, size: tuple[int, int]) -> FigureOptions:
        """The same for a film, in fewer pixels. Raises InvalidValue for more than play smoothly."""
        from mlp_playground.views.figures.figures import FILM_DPI, film_size
        from mlp_playground.views.figures.film import check_size

        width, height = self.size or film_size(size)
        try:
            check_size(width, height)
        except InvalidValue as error:
            raise InvalidValue("--size", error.value, error.allowed) from error
        return replace(self.options, width=width, height=height, dpi=self.options.dpi if self.has_dpi else FILM_DPI)


def add_looks(parser: Parser) -> None:
    """Add the options that say how a picture is to look."""
    group = parser.add_argument_group("pictures")
    group.add_argument("--size", help=f"pixels: {SIZE.allowed} (default: what suits the view)")
    group.add_argument("--dpi", help=f"pixels to an inch: with more of them letters and lines grow: {DPI.allowed}")
    group.add_argument("--colours", help=f"{', '.join(COLOUR_SETS)} (default: {next(iter(COLOUR_SETS))})")
    group.add_argument("--title", metavar="WORDS", help="words above the picture, in place of the experiment's name")
    group.add_argument("--filling", help=f"of regions: {FILLING.allowed} (default: the file's, or lines)")
    stages = "of --view space, 0 being the first step, 1.5 half way between the next two"
    group.add_argument("--stage", help=f"{stages}: {STAGE.allowed} (default: the last hidden layer)")
    for name, words in FLAGS.items():
        group.add_argument(name, action="store_true", help=words)


def read_looks(found: Namespace) -> Looks:
    """What `add_looks` found. Raises InvalidValue naming the option. Qt must have been loaded."""
    from mlp_playground.views.figures.figure_options import FigureOptions

    if found.title is not None and found.no_title:
        raise InvalidValue("--title", found.title, "left out with --no-title")
    size = None if found.size is None else SIZE.of("--size", found.size)
    dpi = FigureOptions.dpi if found.dpi is None else DPI.of("--dpi", found.dpi)
    width, height = size or (FigureOptions.width, FigureOptions.height)
    try:
        options = FigureOptions(
            width, height, dpi, axes=not found.no_axes, legend=not found.no_legend, title=not found.no_title,
            words=found.title or "", dark=found.dark, transparent=found.transparent, logarithmic=found.log,
            colours=found.colours or FigureOptions.colours,
        )  # fmt: skip
    except InvalidValue as error:
        option = f"--{error.field}" if error.field in ("dpi", "colours") else "--size"
        raise InvalidValue(option, error.value, error.allowed) from error
    filling = None if found.filling is None else FILLING.of("--filling", found.filling)
    stage = -1.0 if found.stage is None else STAGE.of("--stage", found.stage)
    return Looks(size, found.dpi is not None, options, filling, stage)


def refuse_looks(found: Namespace, allowed: str) -> None:
    """Raise InvalidValue if anything was said of how pictures are to look."""
    for option in ("--size", "--dpi", "--colours", "--title", "--filling", "--stage"):
        if (value := getattr(found, option[2:])) is not None:
            raise InvalidValue(option, value, allowed)
    for option in FLAGS:
        if getattr(found, option[2:].replace("-", "_")):
            raise InvalidValue(option, "on", allowed)


def refuse_unheard(found: Namespace, views: Sequence[str]) -> None:
    """Raise InvalidValue if something was said of a view that is none of `views`."""
    for option, view in (("--filling", "regions"), ("--stage", "space")):
        value = getattr(found, option[2:])
        if value is not None and view not in views:
            raise InvalidValue(option, value, f"left out, or used with the view {view}")


def _size(text: str) -> tuple[int, int]:
    width, times, height = text.lower().partition("x")
    if not times:
        raise ValueError(text)
    return int(width), int(height)


SIZE = Kind(f"WIDTHxHEIGHT, each {LEAST_SIDE} to {LARGEST_SIDE}, such as 1200x800", _size)
DPI = number(int, LEAST_DPI, LARGEST_DPI)
FILLING = one_of(("lines", "slope", "pattern"))
STAGE = number(float, 0, None)
FLAGS = {
    "--dark": "light on dark",
    "--transparent": "no ground: what is behind the picture shines through",
    "--no-axes": "without axes and the names of layers",
    "--no-legend": "without the legend",
    "--no-title": "without the title",
    "--log": "the loss on a logarithmic axis",
}
