"""`mlp-playground report`: a saved experiment as a page to hand in, without a display."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from mlp_playground.cli.export import load_qt
from mlp_playground.cli.parser import Parser
from mlp_playground.cli.wanted import check_target
from mlp_playground.errors import InvalidValue


def main(arguments: Sequence[str]) -> None:
    """Write the report of a saved experiment. Raises InvalidValue or OSError."""
    parser = Parser("report", "Write a saved experiment as a report to print and hand in, without a display.")
    parser.add_argument("file", help="a saved experiment")
    parser.add_argument("--out", "-o", required=True, help="what to write: FILE.pdf, or FILE.html as one web page")
    for name, words in (
        ("--title", "in place of the data and the network"),
        ("--name", "the pupil's name (default: a line to write on)"),
        ("--class", "their class (default: a line to write on)"),
        ("--date", "as it is to be written (default: a line to write on)"),
        ("--notes", "their own words, or @FILE with them (default: lines to write on)"),
    ):
        parser.add_argument(name, default="", help=words)
    found = parser.parse_args(arguments)
    load_qt()
    from mlp_playground.app.reporting import ReportOf, kind_of
    from mlp_playground.export.report import Fields

    file, out = Path(found.file), Path(found.out)
    try:
        kind_of(out)
    except InvalidValue as error:
        raise InvalidValue("--out", error.value, error.allowed) from error
    check_target("--out", found.out)
    if not file.is_file():
        raise InvalidValue("file", str(file), "a saved experiment")
    fields = Fields(found.title, found.name, getattr(found, "class"), found.date, _notes(found.notes))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever the user's screen is: none is needed
    from PySide6.QtGui import QGuiApplication

    from mlp_playground.app.remembered import showing_of
    from mlp_playground.experiment import document
    from mlp_playground.experiment.film import trainer_at
    from mlp_playground.experiment.snapshot import Look, observe
    from mlp_playground.experiment.still import refined
    from mlp_playground.views.figures.figure import Scene

    app = QGuiApplication.instance() or QGuiApplication([])
    saved = document.load(file)
    showing = showing_of(saved.view)
    snapshot = refined(observe(trainer_at(saved.moment), Look(folds=showing.folds, whole=True)), showing.extent)
    ReportOf(Scene(snapshot, showing)).save(out, fields)
    print(out)
    del app


def _notes(text: str) -> str:
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        raise InvalidValue("--notes", text, "a file of text (UTF-8)") from None
