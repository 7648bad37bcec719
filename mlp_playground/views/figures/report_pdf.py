"""A report as a PDF: its parts one after the other on pages of A4, as vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter

from mlp_playground.export.report import BETWEEN, Report, Section
from mlp_playground.views.figures.figure_options import INCH, POINT_DPI
from mlp_playground.views.figures.pdf import pdf_bytes
from mlp_playground.views.figures.report_blocks import BLOCKS, GAP, TEXT, Sheet
from mlp_playground.views.figures.report_pictures import Drawings
from mlp_playground.views.theme import LIGHT, font, type_on_paper

MARGIN = 16 / INCH * POINT_DPI
PAGE = QRectF(MARGIN, MARGIN, (210 - 32) / INCH * POINT_DPI, (297 - 32) / INCH * POINT_DPI)
"""Where parts stand on a page, in dots."""
FOOT = 20.0
"""Dots of a page's last line."""
HEADING = 30.0


@dataclass(frozen=True)
class Part:
    """What stays together on one page."""

    height: float
    paint: Callable[[float], object]


def report_pdf(report: Report, drawings: Drawings) -> bytes:
    """The pages; `drawings` are its pictures."""

    def paint(painter: QPainter, writer: QPdfWriter) -> None:
        with type_on_paper():
            pages = pages_of(report, Sheet(painter, drawings))
            for number in range(len(pages)):
                if number:
                    writer.newPage()
                paint_page(painter, pages, number)

    return pdf_bytes(report.title, QPageSize(QPageSize.PageSizeId.A4), paint)


def paint_page(painter: QPainter, pages: Sequence[Sequence[Part]], number: int) -> None:
    """One of the pages, counted from 0."""
    y = PAGE.top()
    for part in pages[number]:
        part.paint(y)
        y += part.height
    painter.setFont(font(7.5))
    painter.setPen(QColor(LIGHT.muted))
    foot = QRectF(PAGE.left(), PAGE.bottom() - 12, PAGE.width(), 14)
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, "Made with MLP Playground")
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"page {number + 1} of {len(pages)}")


def pages_of(report: Report, sheet: Sheet) -> list[list[Part]]:
    """What stands on each page."""
    pages: list[list[Part]] = [[]]
    room = PAGE.height() - FOOT
    for part in _parts(report, sheet):
        if pages[-1] and part.height > room:
            pages.append([])
            room = PAGE.height() - FOOT
        pages[-1].append(part)
        room -= part.height
    return pages


def _parts(report: Report, sheet: Sheet) -> Iterator[Part]:
    yield Part(_head(report, sheet, 0, False), lambda y: _head(report, sheet, y, True))
    sections = list(report.sections)
    while sections:
        section = sections.pop(0)
        if section.half and sections and sections[0].half:
            yield _beside(sheet, section, sections.pop(0))
        else:
            yield from _below(sheet, section)


def _head(report: Report, sheet: Sheet, y: float, paint: bool) -> float:
    """The title, who wrote it, and the sentence of what came of it."""
    area, fields, top = QRectF(PAGE.left(), y, PAGE.width(), 0), report.fields, y
    y += sheet.write(area, report.title, font(17, bold=True), paint=paint) + 4
    who = (("Name", fields.name, 0.44), ("Class", fields.group, 0.22), ("Date", fields.date, 0.34))
    left, tallest = PAGE.left(), 0.0
    for name, value, share in who:
        place = QRectF(left, y, PAGE.width() * share - GAP, 0)
        height = sheet.write(place, f"{name}: {value}", font(TEXT), LIGHT.muted, paint=paint)
        if paint and not value:
            sheet.rule(y + height, left + 40, place.right(), LIGHT.muted)
        tallest, left = max(tallest, height), left + PAGE.width() * share
    y += tallest + GAP
    y += sheet.write(area.translated(0, y - area.top()), report.summary, font(TEXT), paint=paint)
    return y - top + 2 * GAP


def _title(sheet: Sheet, section: Section, area: QRectF, paint: bool) -> float:
    if paint:
        sheet.rule(area.top(), area.left(), area.right())
        sheet.write(area.adjusted(0, 5, 0, 0), section.title, font(11, bold=True))
    return HEADING


def _below(sheet: Sheet, section: Section) -> Iterator[Part]:
    """A section's parts; its heading stays with the first one."""

    def part(k: int) -> Part:
        def put(y: float, paint: bool) -> float:
            area = QRectF(PAGE.left(), y, PAGE.width(), 0)
            height = _title(sheet, section, area, paint) if k == 0 else 0.0
            block = section.blocks[k]
            return height + BLOCKS[type(block)](sheet, block, area.adjusted(0, height, 0, 0), paint)

        return Part(put(0, False), lambda y: put(y, True))

    for k in range(len(section.blocks)):
        yield part(k)


def _beside(sheet: Sheet, left: Section, right: Section) -> Part:
    """Two sections beside each other."""
    width = (PAGE.width() - BETWEEN) / 2

    def put(y: float, paint: bool) -> float:
        heights = []
        for x, section in ((PAGE.left(), left), (PAGE.left() + width + BETWEEN, right)):
            area = QRectF(x, y, width, 0)
            height = _title(sheet, section, area, paint)
            for block in section.blocks:
                height += BLOCKS[type(block)](sheet, block, area.adjusted(0, height, 0, 0), paint)
            heights.append(height)
        return max(heights)

    return Part(put(0, False), lambda y: put(y, True))
