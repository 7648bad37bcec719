"""A report on paper: its parts stand below each other within the page, and nothing is cut or lost."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from mlp_playground.app.reporting import ReportOf
from mlp_playground.experiment.config import MNIST, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.export.report import Fields, Grid, Report, Section, Words
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.report_blocks import BLOCKS, Sheet
from mlp_playground.views.figures.report_pdf import FOOT, PAGE, pages_of, report_pdf
from mlp_playground.views.figures.report_pictures import Drawings
from mlp_playground.views.figures.report_preview import ReportPreview, page_images
from tests.export.subjects import config

LONG = Fields(
    "T" * 30, "N" * 10, "10b", "", "\n".join(["A line of my own words that says what I have found out."] * 60)
)


def made(experiment: ExperimentConfig) -> ReportOf:
    trainer = Trainer(experiment)
    for _ in range(2):
        trainer.run_epoch()
    return ReportOf(Scene(observe(trainer, Look())))


@pytest.fixture(scope="module")
def circle() -> ReportOf:
    return made(config("circle", (4, 3), ("relu", "tanh")))


@pytest.fixture(scope="module")
def digits() -> ReportOf:
    return made(config(MNIST, (8,)))


def ink(image: QImage) -> np.ndarray:
    """Where a page is not white (height, width)."""
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return np.asarray(
        pixels[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[..., :3].min(axis=2) < 200
    )


def test_the_same_report_gives_the_same_file_without_a_date(qapp: object, circle: ReportOf) -> None:
    first = circle.content("pdf", Fields())
    assert first == circle.content("pdf", Fields())
    assert first.startswith(b"%PDF")
    assert b"CreationDate" not in first
    assert len(re.findall(rb"/Type /Page\b", first)) == 2
    assert circle.content("html", Fields()) == circle.content("html", Fields())


def test_nothing_stands_beyond_the_margins_or_on_the_foot(qapp: object, circle: ReportOf, digits: ReportOf) -> None:
    for make in (circle, made(config("sine", (3,))), digits):
        for fields in (Fields(), LONG) if make is circle else (Fields(),):
            for image in page_images(make.report(fields), make.drawings, 1.0):
                page = ink(image)
                left, right = np.flatnonzero(page.any(axis=0))[[0, -1]]
                assert PAGE.left() - 2 <= left
                assert right <= PAGE.right() + 2
                rows = np.flatnonzero(page.any(axis=1))
                assert PAGE.top() - 2 <= rows[0]
                assert rows[-1] <= PAGE.bottom() + 3
                foot = page[round(PAGE.bottom() - FOOT) : round(PAGE.bottom() - 13)]
                assert not foot.any(), "the last part ends above the page's foot"


def test_a_long_report_goes_on_on_further_pages(qapp: object, circle: ReportOf) -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sheet = Sheet(painter, circle.drawings)
    short, long = (pages_of(circle.report(fields), sheet) for fields in (Fields(), LONG))
    painter.end()
    assert len(short) == 2
    assert len(long) > 2
    assert len([part for page in long for part in page]) == len([part for page in short for part in page]) + 59
    for page in long:
        assert sum(part.height for part in page) <= PAGE.height() - FOOT
    for page, following in pairwise(long):
        assert sum(part.height for part in page) + following[0].height > PAGE.height() - FOOT


def test_what_a_part_measures_is_what_it_paints(qapp: object, circle: ReportOf) -> None:
    """Each kind of part ends where it says, or the next one would stand on it."""
    image = QImage(round(PAGE.right()) + 60, 1200, QImage.Format.Format_RGB32)
    for section in circle.report(LONG).sections:
        for block in section.blocks[:3]:
            image.fill(0xFFFFFFFF)
            painter = QPainter(image)
            area = PAGE.adjusted(0, 0, 0, 0)
            height = BLOCKS[type(block)](Sheet(painter, circle.drawings), block, area, False)
            assert BLOCKS[type(block)](Sheet(painter, circle.drawings), block, area, True) == height
            painter.end()
            rows = np.flatnonzero(ink(image).any(axis=1))
            assert PAGE.top() - 2 <= rows[0]
            assert rows[-1] <= PAGE.top() + height


def test_long_names_of_classes_stay_in_their_cells(qapp: object, circle: ReportOf) -> None:
    grid = Grid(
        ("", "a" * 80, "b"), (("x" * 80, "1", "2"), ("y", "3", "4")), ((1.0, 0.2), (0.0, 1.0)), has_diagonal=True
    )
    report = Report(Fields(), "T", "s", (Section("S", (Words("w", "b"), grid)),))
    (page,) = page_images(report, circle.drawings, 1.0)
    assert np.flatnonzero(ink(page).any(axis=0))[-1] <= PAGE.right() + 2
    assert report_pdf(report, circle.drawings).startswith(b"%PDF")


def test_the_preview_has_as_many_pages(qtbot: QtBot, circle: ReportOf) -> None:
    preview = ReportPreview()
    qtbot.addWidget(preview)
    for fields, pages in (
        (Fields(), 2),
        (LONG, len(page_images(circle.report(LONG), circle.drawings, 0.5))),
        (Fields(), 2),
    ):
        preview.show_report(circle.report(fields), circle.drawings)
        assert len(preview.pages) == pages
        assert not preview.pages[-1].pixmap().isNull()


def test_a_moment_of_the_past_is_told_alone_whatever_it_is_compared_with(qapp: object) -> None:
    trainer = Trainer(config("circle", (4,)))
    for _ in range(3):
        trainer.run_epoch()
    past = trainer.timeline.past.frames[1]
    alone, compared = (observe(trainer, Look(at=past, compare=other)) for other in (None, trainer.frame()))
    assert compared.field is not None
    assert compared.field.difference is not None
    one, other = (ReportOf(Scene(snapshot)) for snapshot in (alone, compared))
    assert one.report(Fields()) == other.report(Fields())
    assert "learned for" in one.report(Fields()).summary or past.epoch == 0
    pictures = one.report(Fields()).pictures
    assert one.drawings.files(pictures) == other.drawings.files(pictures)


def test_pictures_of_digits_are_pixels_and_others_vectors(qapp: object, circle: ReportOf, digits: ReportOf) -> None:
    files = circle.drawings.files(circle.report(Fields()).pictures)
    assert {kind for kind, _ in files.values()} == {"image/svg+xml"}
    assert files["loss"][1].lstrip().startswith(b"<?xml")
    kinds = digits.drawings.files(digits.report(Fields()).pictures)
    pixels = {view for view, (kind, _) in kinds.items() if kind == "image/png"}
    assert pixels == {"digits", "network"}
    assert isinstance(digits.drawings, Drawings)
