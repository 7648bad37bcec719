"""Puts a report together from one moment of a run, and writes it as a file's name says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from mlp_playground.app.scenes import prepared
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.export.report import Fields, Report, Results, report_of, results_of
from mlp_playground.export.report_html import report_html
from mlp_playground.files import write_whole
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figures import views_of
from mlp_playground.views.figures.report_pdf import report_pdf
from mlp_playground.views.figures.report_pictures import Drawings


class ReportOf:
    """The reports that can be written of a scene; what takes long to find out is found out once."""

    def __init__(self, scene: Scene) -> None:
        # one moment of one run: what it is compared with would need its own words
        showing = replace(scene.showing, focus=None, cell=None)
        self._scene = replace(scene, snapshot=_alone(scene.snapshot), showing=showing, runs=(), seconds=False)
        self.drawings = Drawings(lambda view: prepared(self._scene, view))

    @cached_property
    def _results(self) -> Results:
        return results_of(self._scene.snapshot)

    def report(self, fields: Fields) -> Report:
        """With what the pupil has written."""
        snapshot = self._scene.snapshot
        return report_of(self._results, fields, views_of(snapshot.data, snapshot.config))

    def content(self, kind: str, fields: Fields) -> bytes:
        """As a file of that kind."""
        return REPORTS[kind](self.report(fields), self.drawings)

    def save(self, path: Path, fields: Fields) -> None:
        """Write it, whole or not at all. Raises InvalidValue for a name with another ending, or OSError."""
        write_whole(path, self.content(kind_of(path), fields))


def _alone(snapshot: Snapshot) -> Snapshot:
    """A moment that is compared with no other one."""
    field = snapshot.field and replace(snapshot.field, difference=None)
    return replace(snapshot, compared=None, field=field)


def _html(report: Report, drawings: Drawings) -> bytes:
    return report_html(report, drawings.files(report.pictures))


REPORTS: dict[str, Callable[[Report, Drawings], bytes]] = {"pdf": report_pdf, "html": _html}
"""How a report is written, by the ending of its file."""


def kind_of(path: Path) -> str:
    """The kind of report that a file's name asks for. Raises InvalidValue for one that there is not."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in REPORTS:
        raise InvalidValue("file", path.name, "a name that ends in .html or .pdf")
    return kind
