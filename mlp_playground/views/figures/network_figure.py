"""The network diagram as a figure: without its buttons, and its links as strokes that stay sharp at any size."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.views.diagram.network_layout import (
    CELL,
    FOOTER,
    GAP,
    HEADER,
    LINK_BEND,
    MOST_DRAWN,
    Layout,
    arrange,
    least_width,
)
from mlp_playground.views.diagram.network_links import Inks, link_inks
from mlp_playground.views.diagram.network_picture import Pointing, input_labels, paint_neurons
from mlp_playground.views.theme import Theme, font

NAMES = 40.0
"""Pixels below the neurons for what each layer is called."""
ABOVE = 12.0
"""Pixels above them for the padlocks."""
LARGEST = 1.6
"""How much larger than on screen a small network is drawn."""


def paint_network(painter: QPainter, area: QRectF, snapshot: Snapshot, theme: Theme, *, names: bool) -> None:
    """Features, neurons and links in `area`, with the layers' names below them or without."""
    widths = snapshot.architecture.widths
    counts = (len(input_labels(snapshot)) or widths[0], *widths[1:])
    below = NAMES if names else ABOVE
    wanted = max(min(count, MOST_DRAWN) for count in counts[1:]) * (CELL + 1.4 * GAP) + ABOVE + below
    scale = min(area.width() / least_width(len(counts) - 2), max(area.height() / wanted, 1.0), LARGEST)
    width, height = area.width() / scale, area.height() / scale
    # where the buttons are on screen nothing is kept free
    pictures = snapshot.data.image_shape is not None
    layout = arrange(width, height + HEADER + FOOTER - ABOVE - below, counts, pictures=pictures)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.topLeft())
    painter.scale(scale, scale)
    painter.translate(0, ABOVE - HEADER)
    for inks in link_inks(layout, snapshot, theme, Pointing()):
        paint_links(painter, layout, inks)
    paint_neurons(painter, layout, snapshot, theme, Pointing())
    if names:
        _paint_names(painter, layout, snapshot, theme, HEADER - ABOVE + height - below)
    painter.restore()


def paint_links(painter: QPainter, layout: Layout, inks: Inks) -> None:
    """Every link as a stroke, the strongest last."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    negative, positive = (QColor(name) for name in inks.colours)
    for k in np.argsort(np.abs(inks.inks), kind="stable").tolist():
        colour = QColor(positive if inks.inks[k] > 0 else negative)
        colour.setAlphaF(min(abs(float(inks.inks[k])), 1.0))
        pen = QPen(colour, float(inks.widths[k]))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        (x0, y0), (x1, y1) = layout.link_ends(inks.links[k])
        path, handle = QPainterPath(QPointF(x0, y0)), LINK_BEND * (x1 - x0)
        path.cubicTo(QPointF(x0 + handle, y0), QPointF(x1 - handle, y1), QPointF(x1, y1))
        painter.drawPath(path)


def _paint_names(painter: QPainter, layout: Layout, snapshot: Snapshot, theme: Theme, top: float) -> None:
    """What each column is, and of hidden layers how wide and with which activation."""
    first = "features" if snapshot.data.space == "plane" else "inputs"
    hidden = [ACTIVATIONS[name].label for name in snapshot.architecture.activations]
    pitch = layout.columns[1].x - layout.columns[0].x
    painter.setFont(font(8.5))
    for column, name in zip(layout.columns, (first, *hidden, "output"), strict=True):
        lines = name if column in (layout.columns[0], layout.columns[-1]) else f"{column.total}\n{name}"
        painter.setPen(QColor(theme.muted))
        box = QRectF(column.x - pitch / 2, top + 8, pitch, NAMES - 8)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, lines)
