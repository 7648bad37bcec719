"""The report of an experiment for a pupil to hand in: what is in it, in words and numbers, on screen or paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlp_playground.experiment.doctor.case import case_of
from mlp_playground.experiment.doctor.checkup import check
from mlp_playground.experiment.doctor.finding import Finding
from mlp_playground.experiment.doctor.illnesses import diagnose
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.export.report_facts import (
    confusion,
    hints,
    layers,
    results_table,
    settings,
    summary,
)
from mlp_playground.export.report_history import changes


@dataclass(frozen=True)
class Fields:
    """What the pupil writes: `notes` are their own words, `group` is their class. The date is theirs too, so that the
    same experiment gives the same file."""

    title: str = ""
    name: str = ""
    group: str = ""
    date: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph; `bold` words stand before it."""

    text: str
    bold: str = ""
    muted: bool = False


@dataclass(frozen=True)
class Facts:
    """Names and what they are, one below the other."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table: its first column has names, the others numbers. `shades` (rows, columns − 1) 0…1 colour its cells, those
    of the diagonal in another colour where it `has_diagonal`."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shades: tuple[tuple[float, ...], ...] = ()
    has_diagonal: bool = False


@dataclass(frozen=True)
class Picture:
    """A view by the name of its figure, `size` dots of 1/96 inch wide and high, with a line of words below."""

    view: str
    words: str
    size: tuple[int, int]
    legend: bool = True


@dataclass(frozen=True)
class Pictures:
    """Pictures in columns beside each other; those of a column have the same width."""

    columns: tuple[tuple[Picture, ...], ...]


@dataclass(frozen=True)
class Lines:
    """Empty lines to write on by hand."""

    n: int = 4


Block = Words | Facts | Grid | Pictures | Lines


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; `half`: it takes half of the width, beside its neighbour."""

    title: str
    blocks: tuple[Block, ...]
    half: bool = False


@dataclass(frozen=True)
class Report:
    """All of it, in order."""

    fields: Fields
    title: str
    summary: str
    sections: tuple[Section, ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All that it has."""
        blocks = (block for section in self.sections for block in section.blocks)
        columns = (column for block in blocks if isinstance(block, Pictures) for column in block.columns)
        return tuple(picture for column in columns for picture in column)


WHOLE, LARGE, CURVES, BETWEEN = (672, 300), (408, 300), 240, 24
"""Dots of a picture that is as wide as a page, of the answers, of the curves beside them, and between the two."""
LAYER = 46
"""Dots of a layer's health."""
PICTURE_WORDS = {
    "boundary": "What the network answers, with the data",
    "digits": "Test digits with the network's answers, and what its first layer looks for",
    "loss": "Loss: training (line), test (dashes)",
    "accuracy": "Right: training (line), test (dashes)",
    "network": "Thick links are strong weights; a neuron's picture is what it answers.",
    "health": "Each layer, as it is now and as it came to be; grey bands are healthy.",
}
MEANING = Words(
    "Dead neurons answer 0 to all data; of all answers of a ReLU about half are 0, and saturated ones are on the flat "
    "ends of a curve. Gradient: the mean |∂loss/∂z|, beside it the share of the largest layer's. Update: ‖ΔW‖ / ‖W‖ of "
    "the next step. Variance: that of the answers over that of what the layer hears.",
    muted=True,
)


@dataclass(frozen=True)
class Results:
    """A moment of a run, with what the doctor finds."""

    snapshot: Snapshot
    findings: tuple[Finding, ...]


def results_of(snapshot: Snapshot) -> Results:
    """What there is to tell of the moment that a snapshot shows."""
    checkup = check(snapshot.at or snapshot.present, snapshot.material)
    return Results(snapshot, diagnose(case_of(snapshot, checkup)))


def report_of(results: Results, fields: Fields, views: Sequence[str]) -> Report:
    """The report of a moment. `views` are the figures that its data have."""
    snapshot = results.snapshot
    network = Pictures(((Picture("network", PICTURE_WORDS["network"], WHOLE),),))
    changed = changes(snapshot)
    by_hand = (Section("What was changed on the way", (Facts(changed),)),) if changed else ()
    told = tuple(Words(text, bold) for bold, text in hints(results.findings))
    sections = (
        Section("What it answers, and how it learned", (_answers(views),)),
        Section("The experiment", (Facts(settings(snapshot)),), half=True),
        Section("The results", _results(snapshot), half=True),
        _own_words(fields),
        *by_hand,
        Section("The network", (network, Grid(*layers(snapshot)))),
        Section("Its health", (*told, *_over_time(snapshot, views))),
    )
    title, words = summary(snapshot)
    return Report(fields, fields.title or title, words, sections)


def _answers(views: Sequence[str]) -> Pictures:
    """The answers at the left, the curves at the right."""
    answers = next(name for name in ("boundary", "digits") if name in views)
    names = [name for name in ("loss", "accuracy") if name in views]
    height = (LARGE[1] - BETWEEN) // len(names) if len(names) > 1 else LARGE[1]
    curves = tuple(Picture(name, PICTURE_WORDS[name], (CURVES, height), legend=False) for name in names)
    return Pictures(((Picture(answers, PICTURE_WORDS[answers], LARGE),), curves))


def _over_time(snapshot: Snapshot, views: Sequence[str]) -> tuple[Block, ...]:
    """Each layer's health since the run began."""
    height = LAYER * (len(snapshot.architecture.shapes) + 1)
    picture = Picture("health", PICTURE_WORDS["health"], (WHOLE[0], height), legend=False)
    return (Pictures(((picture,),)), MEANING) if "health" in views else ()


def _results(snapshot: Snapshot) -> tuple[Block, ...]:
    found = confusion(snapshot)
    table: tuple[Block, ...] = (Grid(*results_table(snapshot)),)
    if found is None:
        return table
    header, rows, shades = found
    words = "Which class the test samples are of (rows), and which the network says (columns):"
    return *table, Words(words, muted=True), Grid(header, rows, shades, has_diagonal=True)


def _own_words(fields: Fields) -> Section:
    notes = tuple(Words(part.strip()) for part in fields.notes.split("\n") if part.strip())
    return Section("What I found out", notes or (Lines(),))
