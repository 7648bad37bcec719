"""PDF files with a title and without a date: the same pages give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QHashSeed, QIODevice, QMarginsF, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from mlp_playground.views.figures.figure_options import POINT_DPI
from mlp_playground.views.painting import painting

XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li>'
    '</rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def pdf_bytes(title: str, size: QPageSize, paint: Callable[[QPainter, QPdfWriter], object]) -> bytes:
    """A file of pages of that size without margins, which `paint` fills in dots of POINT_DPI."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(POINT_DPI)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(title)
    writer.setCreator("MLP Playground")
    writer.setDocumentXmpMetadata(XMP.format(title=escape(title)).encode())
    writer.setDocumentId(QUuid(str(uuid5(NAMESPACE_URL, title))))
    with _steady_order(), painting(QPainter(writer)) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, writer)
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
