"""Paints the network: links by size and sign of their weight, and each neuron as a picture of what it computes."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from mlp_playground.analysis.plane import THUMBNAIL, feature_map
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.network_layout import Column, Layout
from mlp_playground.views.theme import Theme, font

THICKEST = 5.0
"""Pixels of the strongest link."""
GRADES = 10
"""Links are drawn in that many thicknesses, all of one thickness and sign at once."""
MOST_LINKS = 1500
"""Of more links than that, the strongest are drawn: the rest would be a grey carpet."""


@dataclass(frozen=True)
class Pointing:
    """What the mouse is on: (column, index), or nothing."""

    cell: tuple[int, int] | None = None


def input_names(snapshot: Snapshot) -> tuple[str, ...]:
    """What the first column stands for: all features, chosen or not; for pictures nothing."""
    return () if snapshot.data.image_shape else tuple(FEATURES)


def active_inputs(snapshot: Snapshot) -> tuple[int, ...]:
    """Which cells of the first column send to the network."""
    if snapshot.data.image_shape:
        return (0,)
    return tuple(i for i, name in enumerate(FEATURES) if name in snapshot.config.features)


def paint_network(
    painter: QPainter, layout: Layout, snapshot: Snapshot, theme: Theme, pointing: Pointing
) -> None:
    """Paint links, then neurons."""
    network = Network(snapshot.architecture, snapshot.theta)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    _paint_links(painter, layout, _weights(network, snapshot), snapshot, theme, pointing)
    _paint_inputs(painter, layout.columns[0], snapshot, theme, pointing)
    for number, column in enumerate(layout.columns[1:-1]):
        _paint_hidden(painter, column, number, network, snapshot, theme, pointing)
    _paint_outputs(painter, layout.columns[-1], network, snapshot, theme)


def strength(weight: float) -> float:
    """How strongly a link of this weight is drawn, 0…1: grows fast at first and never stops growing."""
    return 1 - exp(-abs(weight) / 1.2)


def _weights(network: Network, snapshot: Snapshot) -> list[np.ndarray]:
    """A matrix of link weights per pair of columns. Pixels share one cell: their weights become one root mean square."""
    weights = list(network.W)
    if snapshot.data.image_shape:
        first = weights[0]
        weights[0] = np.sqrt(np.square(first).sum(axis=1, keepdims=True))
    return weights


def _paint_links(
    painter: QPainter,
    layout: Layout,
    weights: list[np.ndarray],
    snapshot: Snapshot,
    theme: Theme,
    pointing: Pointing,
) -> None:
    senders_of_first = active_inputs(snapshot)
    paths: dict[tuple[int, int], QPainterPath] = {}
    links = []
    for number, W in enumerate(weights):
        left, right = layout.columns[number], layout.columns[number + 1]
        senders = senders_of_first if number == 0 else range(len(left.cells))
        for i, receiver in enumerate(right.cells):
            for j, sender in enumerate(senders):
                links.append((float(W[i, j]), left.cells[sender], receiver, (number, sender), (number + 1, i)))
    if len(links) > MOST_LINKS:
        links = sorted(links, key=lambda link: -abs(link[0]))[:MOST_LINKS]
    neutral = snapshot.data.image_shape is not None
    for weight, a, b, sent, received in links:
        grade = min(int(strength(weight) * GRADES), GRADES - 1)
        sign = 0 if neutral and sent[0] == 0 else 1 if weight > 0 else -1
        lit = pointing.cell is not None and pointing.cell in (sent, received)
        path = paths.setdefault((sign, grade + (GRADES if lit else 0)), QPainterPath())
        start, end = QPointF(a.right() + 1, a.center().y()), QPointF(b.left() - 1, b.center().y())
        bend = (end.x() - start.x()) * 0.45
        path.moveTo(start)
        path.cubicTo(start.x() + bend, start.y(), end.x() - bend, end.y(), end.x(), end.y())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    dim = pointing.cell is not None
    for (sign, grade), path in sorted(paths.items(), key=lambda item: item[0][1]):
        share = (grade % GRADES + 0.5) / GRADES
        colour = QColor(theme.muted) if sign == 0 else QColor(theme.blue if sign > 0 else theme.orange)
        lit = grade >= GRADES
        colour.setAlphaF(min((0.25 + 0.6 * share) * (1.2 if lit else 0.35 if dim else 1.0), 1.0))
        painter.setPen(QPen(colour, (0.6 if sign == 0 else 0.8) + (THICKEST if sign else 1.5) * share))
        painter.drawPath(path)


def _paint_inputs(painter: QPainter, column: Column, snapshot: Snapshot, theme: Theme, pointing: Pointing) -> None:
    names = input_names(snapshot)
    if not names:
        picture = _digit(snapshot, theme)
        _paint_cell(painter, column.cells[0], picture, theme, lit=False)
        painter.setFont(font(9))
        painter.setPen(QColor(theme.muted))
        below = column.cells[0].translated(0, column.cells[0].height() + 4).adjusted(-16, 0, 16, -40)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, f"{column.total} pixels")
        return
    chosen = active_inputs(snapshot)
    for index, (name, cell) in enumerate(zip(names, column.cells, strict=True)):
        on, lit = index in chosen, pointing.cell == (0, index)
        painter.setOpacity(1.0 if on else 0.6 if lit else 0.3)
        _paint_cell(painter, cell, theme.image(feature_map(name, THUMBNAIL).levels()), theme, lit=lit)
        painter.setOpacity(1.0)
        painter.setFont(font(10))
        painter.setPen(QColor(theme.text if on else theme.muted))
        beside = QRectF(cell.left() - 58, cell.top(), 50, cell.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, FEATURES[name].label)


def _digit(snapshot: Snapshot, theme: Theme) -> QImage:
    assert snapshot.data.image_shape is not None
    pixels = snapshot.data.test.X[:, 0].reshape(snapshot.data.image_shape)
    return grey(pixels, theme)


def grey(pixels: np.ndarray, theme: Theme) -> QImage:
    """A picture of ink 0…1: dark ink on light paper, or light on dark."""
    levels = (pixels * 255 if theme.name == "dark" else 255 - pixels * 255).astype(np.uint8)
    rows, columns = levels.shape
    return QImage(levels.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8).copy()


def _paint_hidden(
    painter: QPainter,
    column: Column,
    number: int,
    network: Network,
    snapshot: Snapshot,
    theme: Theme,
    pointing: Pointing,
) -> None:
    for index, cell in enumerate(column.cells):
        lit = pointing.cell == (number + 1, index)
        if snapshot.plane is not None:
            _paint_cell(painter, cell, theme.image(snapshot.plane.thumbnails[number][index]), theme, lit=lit)
        elif snapshot.digits is not None and number == 0:
            _paint_cell(painter, cell, theme.image(snapshot.digits.weight_images[index]), theme, lit=lit)
        elif snapshot.digits is not None:
            _paint_cell(painter, cell, None, theme, lit=lit)
            paint_bars(painter, cell.adjusted(2, 2, -2, -2), snapshot.digits.profiles[number][index], theme)
        _paint_bias(painter, cell, float(network.b[number][index]), theme)
    if column.is_partial:
        painter.setFont(font(8.5))
        painter.setPen(QColor(theme.muted))
        last = column.cells[-1]
        below = QRectF(last.center().x() - 50, last.bottom() + 4, 100, 16)
        words = f"… {len(column.cells)} of {column.total} drawn"
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)


def _paint_outputs(painter: QPainter, column: Column, network: Network, snapshot: Snapshot, theme: Theme) -> None:
    for index, cell in enumerate(column.cells):
        if snapshot.plane is not None:
            step = max(len(snapshot.plane.answer.values) // THUMBNAIL, 1)
            small = snapshot.plane.answer.levels()[step // 2 :: step, step // 2 :: step]
            _paint_cell(painter, cell, theme.image(np.ascontiguousarray(small)), theme, lit=False)
        else:
            _paint_cell(painter, cell, None, theme, lit=False)
            painter.setFont(font(11, bold=True))
            painter.setPen(QColor(theme.text))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, snapshot.data.classes[index])
        _paint_bias(painter, cell, float(network.b[-1][index]), theme)


def _paint_cell(painter: QPainter, cell: QRectF, picture: QImage | None, theme: Theme, *, lit: bool) -> None:
    round_corner = min(4.0, cell.width() / 6)
    outline = QPainterPath()
    outline.addRoundedRect(cell, round_corner, round_corner)
    if picture is None:
        painter.fillPath(outline, QColor(theme.surface))
    else:
        painter.save()
        painter.setClipPath(outline)
        painter.drawImage(cell, picture)
        painter.restore()
    thick = 2.5 if lit else 1.2 if cell.width() > 16 else 0.6
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent if lit else theme.text), thick))
    painter.drawPath(outline)


def paint_bars(painter: QPainter, place: QRectF, values: np.ndarray, theme: Theme) -> None:
    """A bar for each value −1…1 (a class's mean activation), up or down from zero."""
    lowest = min(float(values.min()), 0.0)
    highest = max(float(values.max()), 0.0)
    span = max(highest - lowest, 1e-6)
    zero = place.top() + place.height() * highest / span
    width = place.width() / len(values)
    painter.setPen(Qt.PenStyle.NoPen)
    for index, value in enumerate(values.tolist()):
        height = abs(value) / span * place.height()
        top = zero - height if value > 0 else zero
        painter.setBrush(QColor(theme.blue if value > 0 else theme.orange))
        painter.drawRect(QRectF(place.left() + index * width + 0.5, top, max(width - 1, 1), height))


def _paint_bias(painter: QPainter, cell: QRectF, bias: float, theme: Theme) -> None:
    """The bias as a dot at the neuron's lower left corner: its colour the sign, its size the amount."""
    if cell.width() < 14:
        return
    radius = 2.2 + 2.6 * strength(bias)
    painter.setPen(QPen(QColor(theme.background), 1.2))
    painter.setBrush(theme.colour(float(np.sign(bias))) if abs(bias) > 1e-6 else QColor(theme.neutral))
    painter.drawEllipse(QPointF(cell.left(), cell.bottom()), radius, radius)
