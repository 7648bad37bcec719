"""Numbers that were predicted over those that were true, on any painter: on the slanted line every answer is right."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlp_playground.analysis.confusion import Residuals
from mlp_playground.views.chart import Axis, Curve, paint_chart, round_numbers
from mlp_playground.views.polyline import polyline
from mlp_playground.views.theme import Theme

DOT = 4.0
"""Pixels of a sample's dot."""


def residual_axes(found: Residuals, name: str) -> tuple[Axis, Axis]:
    """One range for both, so that the line of right answers runs from corner to corner."""
    values = np.concatenate([found.truth, found.answers])
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    margin = 0.04 * (high - low) or 0.5
    low, high = low - margin, high + margin
    ticks = round_numbers(low, high)
    return Axis(f"true {name}", low, high, ticks), Axis(f"predicted {name}", low, high, ticks)


def paint_residuals(painter: QPainter, area: QRectF, found: Residuals, name: str, theme: Theme) -> None:
    """A dot for each sample, and a line for the answers that would be right."""
    x, y = residual_axes(found, name)
    ends = np.array([x.low, x.high])
    right = Curve(ends, ends, QPen(QColor(theme.muted), 1.2))
    place = paint_chart(painter, area, x, y, [right], theme, axes=True)
    known = np.isfinite(found.answers)
    across = place.left() + x.share(found.truth[known]) * place.width()
    up = place.bottom() - y.share(found.answers[known]) * place.height()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(place.adjusted(-DOT, -DOT, DOT, DOT), Qt.ClipOperation.IntersectClip)
    colour = QColor(theme.blue)
    colour.setAlpha(150)
    pen = QPen(colour, DOT)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(polyline(np.stack([across, up], axis=1)))
    painter.restore()
