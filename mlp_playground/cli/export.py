"""`mlp-playground export`, and the pictures that other commands write: Qt without a screen."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mlp_playground.cli.film import add_length, draw_film, film_wanted, refuse_length
from mlp_playground.cli.looks import Looks, add_looks, read_looks, refuse_looks, refuse_unheard
from mlp_playground.cli.parser import Parser
from mlp_playground.cli.wanted import Wanted, check_picture, check_target, is_film
from mlp_playground.errors import InvalidValue

if TYPE_CHECKING:
    from mlp_playground.experiment.document import Document, Scalar
    from mlp_playground.experiment.runs import Run
    from mlp_playground.experiment.trainer import Trainer
    from mlp_playground.views.figures.film import Film

TABLE = "curves"
"""What a view that is a table is called."""


def main(arguments: Sequence[str]) -> None:
    """Draw a saved experiment as it is. Raises InvalidValue or OSError."""
    load_qt()
    from mlp_playground.views.figures.figures import FIGURES

    parser = Parser(
        "export",
        "Draw a saved experiment as it is, without training and without a display.",
        "Its network as code, a model or arrays: mlp-playground export FILE --code …; --code numpy --help says more.",
    )
    parser.add_argument("file", help="a saved experiment")
    views = "; ".join(f"{each.name}: {each.words}" for each in FIGURES.values() if not each.of_window)
    parser.add_argument("--view", default="", help=f"what to draw (default: the first that the data have): {views}")
    kinds = "FILE.png, FILE.svg or FILE.pdf; or a film of the run, with --view space of the bend: FILE.gif or FILE.webp"
    parser.add_argument("--out", "-o", required=True, help=f"what to write: {kinds}; or the curves, a table: FILE.csv")
    add_looks(parser)
    add_length(parser)
    found = parser.parse_args(arguments)
    if found.out.lower().endswith(".csv"):
        _export_table(found)
        return
    file, wanted = Path(found.file), Wanted(found.view, Path(found.out), "--out")
    if wanted.view:
        FIGURES[wanted.view]
    check_picture(wanted)
    looks = read_looks(found)
    refuse_unheard(found, [wanted.view])
    film = film_wanted(found, [wanted], looks)
    from mlp_playground.experiment.film import trainer_at

    saved = _loaded(file)
    draw(trainer_at(saved.moment), [wanted], looks, film, saved.view, _seen(saved))
    print(wanted.path)


def _export_table(found: Namespace) -> None:
    """Write the curves of the run, and of those kept beside it that are drawn."""
    from mlp_playground.experiment.curves_table import write_curves

    if found.view not in ("", TABLE):
        raise InvalidValue("--view", found.view, f"{TABLE}, or left out, for a table")
    refuse_looks(found, "left out, or used with a picture")
    refuse_length(found)
    check_target("--out", found.out)
    saved = _loaded(Path(found.file))
    kept = [(run.title, run.moment.curves, run.moment.seconds) for run in _seen(saved)]
    write_curves([("now", saved.moment.curves, saved.moment.seconds), *kept], Path(found.out))
    print(found.out)


def _loaded(file: Path) -> Document:
    if not file.is_file():
        raise InvalidValue("file", str(file), "a saved experiment")
    from mlp_playground.experiment import document

    return document.load(file)


def _seen(saved: Document) -> list[Run]:
    return [run for run in saved.runs.kept if run.seen]


def load_qt() -> None:
    """Load what draws, so that a missing library is told before any work. Raises OSError."""
    # first: Qt's hook on imports looks into what comes after it, and stumbles over pydantic where that is half loaded
    import mlp_playground.experiment.config

    try:
        import mlp_playground.views.figures.export  # noqa: F401
    except ImportError as error:
        raise OSError(f"pictures need Qt's system libraries: {error}") from error


def check_views(trainer: Trainer, pictures: Sequence[Wanted], looks: Looks) -> None:
    """Raise InvalidValue for a view, or a stage of one, that the trainer's experiment doesn't have."""
    from mlp_playground.experiment.space_question import last_stage
    from mlp_playground.views.figures.figures import check_view

    for wanted in pictures:
        if wanted.view:
            check_view(wanted.view, trainer.material.data, trainer.config)
    if looks.stage > 0 and looks.stage > (last := last_stage(trainer.network, trainer.material.data, trainer.config)):
        raise InvalidValue("--stage", f"{looks.stage:g}", f"a number from 0 to {last}")


def draw(
    trainer: Trainer,
    pictures: Sequence[Wanted],
    looks: Looks,
    film: Film | None = None,
    view: Mapping[str, Scalar] | None = None,
    runs: Sequence[Run] = (),
) -> None:
    """Write pictures of the trainer as it is, as a file's `view` has it, and films of its run. Its curves are drawn
    beside those of `runs`.

    Raises InvalidValue for a view that it doesn't have, or OSError.
    """
    check_views(trainer, pictures, looks)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever the user's screen is: none is needed
    from PySide6.QtGui import QGuiApplication

    from mlp_playground.app.digits import of_digits
    from mlp_playground.app.remembered import showing_of
    from mlp_playground.app.scenes import LAST_HIDDEN, prepared
    from mlp_playground.experiment.digit_choice import DigitChoice
    from mlp_playground.experiment.digit_look import DigitWish
    from mlp_playground.experiment.snapshot import Look, observe
    from mlp_playground.experiment.still import refined
    from mlp_playground.views.figures.export import save_figure
    from mlp_playground.views.figures.figure import Scene
    from mlp_playground.views.figures.figures import FIGURES, views_of

    app = QGuiApplication.instance() or QGuiApplication([])
    showing = showing_of(view or {})
    showing = replace(showing, filling=looks.filling or showing.filling)
    snapshot = refined(observe(trainer, Look(folds=showing.folds)), showing.extent)
    source = DigitChoice().after(of_digits(view or {})).source(snapshot.data)
    digit = None if source is None else DigitWish(source)
    space, seconds = replace(LAST_HIDDEN, t=looks.stage), bool((view or {}).get("curves_seconds"))
    scene = Scene(snapshot, showing, space_showing=space, runs=tuple(runs), seconds=seconds, digit=digit)
    for wanted in pictures:
        figure = FIGURES[wanted.view or views_of(trainer.material.data, trainer.config)[0]]
        ready = prepared(scene, figure.name)
        if film is not None and is_film(wanted):
            draw_film(trainer, wanted, figure, ready, looks, film)
        else:
            save_figure(wanted.path, figure, ready, looks.of(figure.size))
    del app
