"""`mlp-playground export`, and the pictures that other commands write: Qt without a screen."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mlp_playground.cli.film import draw_film, is_film
from mlp_playground.cli.parser import Parser
from mlp_playground.cli.values import Kind, number
from mlp_playground.errors import InvalidValue
from mlp_playground.files import check_writable
from mlp_playground.views.colour_sets import COLOUR_SETS

if TYPE_CHECKING:
    from mlp_playground.experiment.document import Scalar
    from mlp_playground.experiment.trainer import Trainer
    from mlp_playground.views.figure_options import FigureOptions
    from mlp_playground.views.film import Film


NO_PAST = (
    "a file name that ends in .png, .svg or .pdf: a saved experiment has no history to film; `train --export` films "
    "the run that it trains"
)


@dataclass(frozen=True)
class Wanted:
    """A picture to write: which view (none: the first one that the data have), where to, and the option to blame."""

    view: str
    path: Path
    option: str


def main(arguments: Sequence[str]) -> None:
    """Draw a saved experiment as it is. Raises InvalidValue or OSError."""
    load_qt()
    from mlp_playground.views.figures import FIGURES

    parser = Parser("export", "Draw a saved experiment as it is, without training and without a display.")
    parser.add_argument("file", help="a saved experiment")
    views = "; ".join(f"{figure.name}: {figure.words}" for figure in FIGURES.values())
    parser.add_argument("--view", default="", help=f"what to draw (default: the first that the data have): {views}")
    parser.add_argument("--out", required=True, help="the picture to write: FILE.png, FILE.svg or FILE.pdf")
    add_looks(parser)
    found = parser.parse_args(arguments)
    file, wanted = Path(found.file), Wanted(found.view, Path(found.out), "--out")
    if wanted.view:
        FIGURES[wanted.view]
    check_picture(wanted, films=False)
    looks = read_looks(found)
    if not file.is_file():
        raise InvalidValue("file", str(file), "a saved experiment")
    from mlp_playground.experiment import document
    from mlp_playground.experiment.film import trainer_at

    saved = document.load(file)
    draw(trainer_at(saved.moment), [wanted], looks, view=saved.view)
    print(wanted.path)


# -- how it is to look ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Looks:
    """How pictures are to be, as far as it was said; the rest hangs on the view."""

    size: tuple[int, int] | None
    has_dpi: bool
    options: FigureOptions

    def of(self, size: tuple[int, int]) -> FigureOptions:
        """The options for a view that has this size where none was asked for."""
        from dataclasses import replace

        width, height = self.size or size
        return replace(self.options, width=width, height=height)

    def of_film(self, size: tuple[int, int]) -> FigureOptions:
        """The same for a film, in fewer pixels. Raises InvalidValue for more than play smoothly."""
        from dataclasses import replace

        from mlp_playground.views.figures import FILM_DPI, film_size
        from mlp_playground.views.film import check_size

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
    for name, words in FLAGS.items():
        group.add_argument(name, action="store_true", help=words)


def read_looks(found: Namespace) -> Looks:
    """What `add_looks` found. Raises InvalidValue naming the option. Qt must have been loaded."""
    from mlp_playground.views.figure_options import FigureOptions

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
    return Looks(size, found.dpi is not None, options)


def refuse_looks(found: Namespace, allowed: str) -> None:
    """Raise InvalidValue if anything was said of how pictures are to look."""
    for option in ("--size", "--dpi", "--colours", "--title"):
        if (value := getattr(found, option[2:])) is not None:
            raise InvalidValue(option, value, allowed)
    for option in FLAGS:
        if getattr(found, option[2:].replace("-", "_")):
            raise InvalidValue(option, "on", allowed)


def _size(text: str) -> tuple[int, int]:
    width, times, height = text.lower().partition("x")
    if not times:
        raise ValueError(text)
    return int(width), int(height)


SIZE = Kind("WIDTHxHEIGHT, such as 1200x800", _size)
DPI = number(int, 1, None)
FLAGS = {
    "--dark": "light on dark",
    "--transparent": "no ground: what is behind the picture shines through",
    "--no-axes": "without axes and the names of layers",
    "--no-legend": "without the legend",
    "--no-title": "without the title",
    "--log": "the loss on a logarithmic axis",
}


# -- where to ---------------------------------------------------------------------------------------------------------


def wanted_of(option: str, text: str) -> Wanted:
    """The picture that `VIEW=FILE`, or only `FILE`, asks for. Raises InvalidValue unless it could be written now. Qt
    must have been loaded."""
    from mlp_playground.views.figures import FIGURES

    view, equals, file = text.partition("=")
    if equals and view not in FIGURES:
        raise InvalidValue(option, text, f"VIEW=FILE with one of the views {', '.join(FIGURES)}")
    wanted = Wanted(view, Path(file), option) if equals else Wanted("", Path(text), option)
    check_picture(wanted)
    return wanted


def check_picture(wanted: Wanted, *, films: bool = True) -> None:
    """Raise InvalidValue unless the picture (or film) could be written now."""
    from mlp_playground.views.export import format_of

    if is_film(wanted) and not films:
        raise InvalidValue(wanted.option, str(wanted.path), NO_PAST)
    try:
        if not is_film(wanted):
            format_of(wanted.path)
    except InvalidValue as error:
        allowed = error.allowed.replace(" or ", ", ") + ", or .gif or .webp for a film" if films else error.allowed
        raise InvalidValue(wanted.option, str(wanted.path), allowed) from error
    check_target(wanted.option, str(wanted.path))


def check_target(option: str, path: str) -> None:
    """Raise InvalidValue, which names the option, unless the file could be written now."""
    target = Path(path)
    if not path or target.is_dir():
        raise InvalidValue(option, path, "a file, not a folder")
    if not target.parent.is_dir():
        raise InvalidValue(option, path, "a file in a folder that exists")
    try:
        check_writable(target)
    except OSError as error:
        raise InvalidValue(option, path, f"a file that can be written ({error.strerror})") from error


# -- drawing ----------------------------------------------------------------------------------------------------------


def load_qt() -> None:
    """Load what draws, so that a missing library is told before any work. Raises OSError."""
    # first: Qt's hook on imports looks into what comes after it, and stumbles over pydantic where that is half loaded
    import mlp_playground.experiment.config

    try:
        import mlp_playground.views.export  # noqa: F401
    except ImportError as error:
        raise OSError(f"pictures need Qt's system libraries: {error}") from error


def check_views(trainer: Trainer, pictures: Sequence[Wanted]) -> None:
    """Raise InvalidValue for a view that the trainer's experiment doesn't have."""
    from mlp_playground.views.figures import check_view

    for wanted in pictures:
        if wanted.view:
            check_view(wanted.view, trainer.material.data)


def draw(
    trainer: Trainer,
    pictures: Sequence[Wanted],
    looks: Looks,
    film: Film | None = None,
    view: Mapping[str, Scalar] | None = None,
) -> None:
    """Write pictures of the trainer as it is, as a file's `view` has it, and films of its run.

    Raises InvalidValue for a view that it doesn't have, or OSError.
    """
    check_views(trainer, pictures)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever the user's screen is: none is needed
    from PySide6.QtGui import QGuiApplication

    from mlp_playground.app.remembered import showing_of
    from mlp_playground.experiment.snapshot import Look, observe
    from mlp_playground.experiment.still import refined
    from mlp_playground.views.export import save_figure
    from mlp_playground.views.figures import FIGURES, Scene, views_of

    app = QGuiApplication.instance() or QGuiApplication([])
    showing = showing_of(view or {})
    scene = Scene(refined(observe(trainer, Look()), showing.extent), showing)
    for wanted in pictures:
        figure = FIGURES[wanted.view or views_of(trainer.material.data)[0]]
        if film is not None and is_film(wanted):
            draw_film(trainer, wanted, figure, looks, film)
        else:
            save_figure(wanted.path, figure, scene, looks.of(figure.size))
    del app
