"""Figures as files: PNG as fine as is wanted, SVG and PDF as true vectors, painted by the same code as the screen.

Texts stay texts, so that they can be searched, read aloud and put right; where Inter is missing another sans serif
stands in. The same scene gives the same bytes, so there is no date in them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter

from mlp_playground.errors import InvalidValue
from mlp_playground.files import write_whole
from mlp_playground.registry import Registry
from mlp_playground.views.figures.figure import Figure, Scene, caption, paint_figure
from mlp_playground.views.figures.figure_options import INCH, POINT_DPI, FigureOptions
from mlp_playground.views.figures.figures import check_view
from mlp_playground.views.figures.pdf import pdf_bytes
from mlp_playground.views.figures.svg import svg_bytes
from mlp_playground.views.painting import painting


@dataclass(frozen=True)
class Format:
    """One kind of picture file: its name, which is the files' ending too, and how a figure becomes one. `is_vectors`:
    nothing in it is made of pixels."""

    name: str
    label: str
    written: Callable[[Figure, Scene, FigureOptions], bytes]
    is_vectors: bool = True


def save_figure(path: Path, figure: Figure, scene: Scene, options: FigureOptions) -> None:
    """Write a figure as the ending of `path` says, whole or not at all.

    Raises InvalidValue for another ending, or where the scene's data have no such view, and OSError if the file can't
    be written.
    """
    kind = format_of(path)
    check_view(figure.name, scene.snapshot.data, scene.snapshot.config, has_window=scene.window is not None)
    write_whole(path, kind.written(figure, scene, options))


def format_of(path: Path) -> Format:
    """The format that a file's name ends in. Raises InvalidValue for one that we can't write."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        endings = [f".{name}" for name in FORMATS]
        raise InvalidValue("file", path.name, f"a name that ends in {', '.join(endings[:-1])} or {endings[-1]}")
    return FORMATS[ending]


def as_image(figure: Figure, scene: Scene, options: FigureOptions) -> QImage:
    """The figure in pixels; a transparent one has an alpha channel."""
    form = QImage.Format.Format_ARGB32 if options.transparent else QImage.Format.Format_RGB32
    image = QImage(options.width, options.height, form)
    image.fill(Qt.GlobalColor.transparent)
    set_dpi(image, POINT_DPI)  # letters are measured on the paper, whatever the screen has
    with painting(QPainter(image)) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(options.fineness, options.fineness)
        paint_figure(painter, figure, scene, options)
    set_dpi(image, options.dpi)
    return image


def set_dpi(image: QImage, dpi: float) -> None:
    """Say how many pixels an inch of the picture has."""
    image.setDotsPerMeterX(round(dpi / INCH * 1000))
    image.setDotsPerMeterY(round(dpi / INCH * 1000))


def _png(figure: Figure, scene: Scene, options: FigureOptions) -> bytes:
    return png_bytes(as_image(figure, scene, options))


def png_bytes(image: QImage) -> bytes:
    """The picture as a PNG. Raises OSError if there is not enough memory for it."""
    buffer = _buffer()
    if not (writer := QImageWriter(buffer, b"png")).write(image):
        raise OSError(f"the picture can't be made: {writer.errorString()}")
    return bytes(buffer.data().data())


def _svg(figure: Figure, scene: Scene, options: FigureOptions) -> bytes:
    title, numbers = caption(scene.snapshot)
    about = f"{title} · {figure.label}", f"{figure.words}; {figure.note(scene.snapshot) or numbers}"
    return svg_bytes(about, options.paper, options.millimetres, lambda p: paint_figure(p, figure, scene, options))


def _pdf(figure: Figure, scene: Scene, options: FigureOptions) -> bytes:
    points = QSizeF(options.width, options.height) * (72 / options.dpi)
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)

    def paint(painter: QPainter, writer: QPdfWriter) -> None:
        scale = writer.width() / options.paper.width()
        painter.scale(scale, scale)
        paint_figure(painter, figure, scene, options)

    return pdf_bytes(f"{caption(scene.snapshot)[0]} · {figure.label}", size, paint)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


FORMATS: Registry[Format] = Registry(
    "format",
    Format("png", "PNG, pixels", _png, is_vectors=False),
    Format("svg", "SVG, vectors", _svg),
    Format("pdf", "PDF, vectors", _pdf),
)
