"""SVG files whose texts stay texts and name the typefaces that stand in where ours is missing."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from mlp_playground.views.figures.figure_options import POINT_DPI
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import FAMILY

FALLBACKS = f"{FAMILY}, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"


def svg_bytes(about: tuple[str, str], paper: QSizeF, size: QSizeF, paint: Callable[[QPainter], object]) -> bytes:
    """A drawing on `paper`, in dots, which is `size` in millimetres; `about` is its title and what it shows."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the tiny version knows no clipping
    generator.setOutputDevice(buffer)
    generator.setResolution(POINT_DPI)
    generator.setSize(paper.toSize())
    generator.setViewBox(QRectF(0, 0, paper.width(), paper.height()))
    generator.setTitle(about[0])
    generator.setDescription(about[1])
    with painting(QPainter(generator)) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
    content = bytes(buffer.data().data()).decode()
    content = re.sub(
        r'<svg width="[^"]*" height="[^"]*"',
        f'<svg width="{size.width():.10g}mm" height="{size.height():.10g}mm"', content, count=1,
    )  # fmt: skip
    # a quotation mark within a text is escaped, so this is always the attribute
    return content.replace(f'font-family="{FAMILY}"', f'font-family="{FALLBACKS}"').encode()
