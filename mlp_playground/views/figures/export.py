"""Figures as files: PNG as fine as is wanted, SVG and PDF as true vectors, painted by the same code as the screen.

Texts stay texts, so that they can be searched, read aloud and put right; where Inter is missing another sans serif
stands in. The same scene gives the same bytes, so there is no date in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QHashSeed, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from mlp_playground.errors import InvalidValue
from mlp_playground.files import write_whole
from mlp_playground.registry import Registry
from mlp_playground.views.figures.figure import Figure, Scene, caption, paint_figure
from mlp_playground.views.figures.figure_options import INCH, POINT_DPI, FigureOptions
from mlp_playground.views.figures.figures import check_view
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import FAMILY

FALLBACKS = f"{FAMILY}, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li>'
    '</rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


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
    _set_dpi(image, POINT_DPI)  # letters are measured on the paper, whatever the screen has
    with painting(QPainter(image)) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(options.fineness, options.fineness)
        paint_figure(painter, figure, scene, options)
    _set_dpi(image, options.dpi)
    return image


def _set_dpi(image: QImage, dpi: float) -> None:
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
    buffer, paper = _buffer(), options.paper
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the tiny version knows no clipping
    generator.setOutputDevice(buffer)
    generator.setResolution(POINT_DPI)
    generator.setSize(paper.toSize())
    generator.setViewBox(QRectF(0, 0, paper.width(), paper.height()))
    title, numbers = caption(scene.snapshot)
    generator.setTitle(f"{title} · {figure.label}")
    generator.setDescription(f"{figure.words}; {figure.note(scene.snapshot) or numbers}")
    with painting(QPainter(generator)) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_figure(painter, figure, scene, options)
    content = bytes(buffer.data().data()).decode()
    size = options.millimetres
    content = re.sub(
        r'<svg width="[^"]*" height="[^"]*"',
        f'<svg width="{size.width():.10g}mm" height="{size.height():.10g}mm"', content, count=1,
    )  # fmt: skip
    # a quotation mark within a text is escaped, so this is always the attribute
    return content.replace(f'font-family="{FAMILY}"', f'font-family="{FALLBACKS}"').encode()


def _pdf(figure: Figure, scene: Scene, options: FigureOptions) -> bytes:
    buffer, paper = _buffer(), options.paper
    writer = QPdfWriter(buffer)
    writer.setResolution(POINT_DPI)
    points = QSizeF(options.width, options.height) * (72 / options.dpi)
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    title = f"{caption(scene.snapshot)[0]} · {figure.label}"
    writer.setTitle(title)
    writer.setCreator("MLP Playground")
    writer.setDocumentXmpMetadata(XMP.format(title=escape(title)).encode())
    writer.setDocumentId(QUuid(str(uuid5(NAMESPACE_URL, title))))
    with _steady_order(), painting(QPainter(writer)) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = writer.width() / paper.width()
        painter.scale(scale, scale)
        paint_figure(painter, figure, scene, options)
    content = bytes(buffer.data().data())
    # blanks in its place: every object in the file is found by its distance from the beginning
    return re.sub(rb"/(Creation|Mod)Date \([^)]*\)", lambda found: b" " * len(found[0]), content)


@contextmanager
def _steady_order() -> Iterator[None]:
    """Qt lists the letters that it embeds in an order that is another one in each process, but for this."""
    QHashSeed.setDeterministicGlobalSeed()
    try:
        yield
    finally:
        QHashSeed.resetRandomGlobalSeed()


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
