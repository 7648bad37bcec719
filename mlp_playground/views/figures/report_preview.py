"""The pages of a report on screen, as they will be printed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from mlp_playground.export.report import Report
from mlp_playground.views.figures.export import set_dpi
from mlp_playground.views.figures.figure_options import INCH, POINT_DPI
from mlp_playground.views.figures.report_blocks import Sheet
from mlp_playground.views.figures.report_pdf import pages_of, paint_page
from mlp_playground.views.figures.report_pictures import Drawings
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import SPACE, type_on_paper

SCALE = 0.75
"""Pixels to a dot of the paper, on screens of ordinary fineness."""


class ReportPreview(QScrollArea):
    """Shows all pages below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The report's pages")
        self._sheets = QWidget()
        self.pages: list[QLabel] = []
        self._column = QVBoxLayout(self._sheets)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self.setWidget(self._sheets)
        self.setWidgetResizable(True)
        self.setFixedWidth(round(210 / INCH * POINT_DPI * SCALE) + 2 * SPACE)

    def show_report(self, report: Report, drawings: Drawings) -> None:
        """Paint its pages."""
        images = page_images(report, drawings, SCALE * self.devicePixelRatioF())
        for _ in images[len(self.pages) :]:
            self.pages.append(QLabel())
            self._column.addWidget(self.pages[-1])
        for page in self.pages[len(images) :]:
            page.deleteLater()
        del self.pages[len(images) :]
        for page, image in zip(self.pages, images, strict=True):
            pixels = QPixmap.fromImage(image)
            pixels.setDevicePixelRatio(self.devicePixelRatioF())
            page.setPixmap(pixels)


def page_images(report: Report, drawings: Drawings, scale: float) -> list[QImage]:
    """Each page as pixels, so many to a dot."""
    width, height = (round(side / INCH * POINT_DPI * scale) for side in (210, 297))
    images: list[QImage] = []
    n = 1
    while len(images) < n:
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        set_dpi(image, POINT_DPI)  # letters are measured on the paper, whatever the screen has
        with painting(QPainter(image)) as painter, type_on_paper():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scale, scale)
            pages = pages_of(report, Sheet(painter, drawings))
            paint_page(painter, pages, len(images))
        n = len(pages)
        images.append(image)
    return images
