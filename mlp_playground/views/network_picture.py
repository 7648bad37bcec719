"""Paints the network: links by size and sign of their weight, and each neuron as a picture of what it computes."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from mlp_playground.analysis.field import THUMBNAIL, Levels, feature_map, input_levels
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.network_layout import Column, Layout
from mlp_playground.views.theme import Theme, font

THICKEST = 4.0
"""Pixels of the strongest link."""
SOFTNESS = 2.0
"""The weight at which a link has 63 % of the full thickness."""
MOST_LINKS = 600
"""Of more links than that, the strongest are drawn: the rest would be a grey carpet, and slow."""


@dataclass(frozen=True)
class Pointing:
    """What the mouse is on: (column, index), or nothing."""

    cell: tuple[int, int] | None = None


def input_labels(snapshot: Snapshot) -> tuple[str, ...]:
    """What the first column stands for: all features, chosen or not; for pictures nothing."""
    if snapshot.data.space == "plane":
        return tuple(feature.label for feature in FEATURES.values())
    if snapshot.data.space == "line":
        return ("x",)
    return tuple(f"bit {k + 1}" for k in range(snapshot.data.n_in)) if snapshot.data.space == "bits" else ()


def active_inputs(snapshot: Snapshot) -> tuple[int, ...]:
    """Which cells of the first column send to the network."""
    if snapshot.data.space == "plane":
        return tuple(i for i, name in enumerate(FEATURES) if name in snapshot.config.features)
    return tuple(range(max(len(input_labels(snapshot)), 1)))


def paint_neurons(painter: QPainter, layout: Layout, snapshot: Snapshot, theme: Theme, pointing: Pointing) -> None:
    """Paint features, neurons and outputs with their pictures and biases."""
    network = Network(snapshot.architecture, snapshot.theta)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    _paint_inputs(painter, layout.columns[0], snapshot, theme, pointing)
    for number, column in enumerate(layout.columns[1:-1]):
        _paint_hidden(painter, column, number, network, snapshot, theme, pointing)
    _paint_outputs(painter, layout.columns[-1], network, snapshot, theme)


def strength(weight: float) -> float:
    """How strongly a link of this weight is drawn, 0…1: grows fast at first and never stops growing."""
    return 1 - exp(-abs(weight) / SOFTNESS)


def _weights(snapshot: Snapshot) -> list[np.ndarray]:
    """A matrix of link weights per pair of columns. Pixels share one cell, and their weights become one."""
    weights = list(Network(snapshot.architecture, snapshot.theta).W)
    if snapshot.data.image_shape:
        first = weights[0]  # all that one neuron hears from the picture: the length of its weights
        weights[0] = np.linalg.norm(first, axis=1, keepdims=True)
    return weights


def paint_links(painter: QPainter, layout: Layout, snapshot: Snapshot, theme: Theme, pointing: Pointing) -> None:
    """Paint the links, the weakest first, so that the strong ones lie on top."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    weights = _weights(snapshot)
    inputs = active_inputs(snapshot)
    pixels = snapshot.data.image_shape is not None
    links: list[tuple[float, int, int, int]] = []
    for number, W in enumerate(weights):
        senders = list(inputs) if number == 0 else list(range(len(layout.columns[number].cells)))
        shown = W[: len(layout.columns[number + 1].cells), : len(senders)]
        strengths = 1 - np.exp(-np.abs(shown) / SOFTNESS)
        for i, row in enumerate((np.sign(shown) * strengths).tolist()):
            links += [(value, number, senders[j], i) for j, value in enumerate(row)]
    links.sort(key=lambda link: abs(link[0]))
    pen = QPen()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    colours = QColor(theme.orange), QColor(theme.blue), QColor(theme.muted)
    for value, number, sender, receiver in links[-MOST_LINKS:]:
        from_pixels = pixels and number == 0
        share = abs(value)
        colour = colours[2] if from_pixels else colours[value > 0]
        alpha = 0.3 if from_pixels else 0.25 + 0.65 * share
        if pointing.cell is not None:
            lit = pointing.cell in ((number, sender), (number + 1, receiver))
            alpha = min(alpha * 1.3, 1.0) if lit else alpha * 0.35
        colour.setAlphaF(alpha)
        pen.setColor(colour)
        # one pixel is a hairline, which is drawn four times faster than anything thicker
        pen.setWidthF(1.0 if from_pixels or share < 0.25 else THICKEST * share)
        painter.setPen(pen)
        painter.drawPath(layout.link(number, sender, receiver))


def _paint_inputs(painter: QPainter, column: Column, snapshot: Snapshot, theme: Theme, pointing: Pointing) -> None:
    labels = input_labels(snapshot)
    if not labels:
        picture = _digit(snapshot, theme)
        _paint_cell(painter, column.cells[0], picture, theme, lit=False)
        painter.setFont(font(9))
        painter.setPen(QColor(theme.muted))
        below = column.cells[0].translated(0, column.cells[0].height() + 4).adjusted(-16, 0, 16, -40)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, f"{column.total} pixels")
        return
    chosen = active_inputs(snapshot)
    for index, (label, cell) in enumerate(zip(labels, column.cells, strict=True)):
        on, lit = index in chosen, pointing.cell == (0, index)
        painter.setOpacity(1.0 if on else 0.6 if lit else 0.3)
        _paint_cell(painter, cell, theme.image(_input_levels(snapshot, index)), theme, lit=lit)
        painter.setOpacity(1.0)
        painter.setFont(font(10))
        painter.setPen(QColor(theme.text if on else theme.muted))
        beside = QRectF(cell.left() - 58, cell.top(), 50, cell.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)


def _input_levels(snapshot: Snapshot, index: int) -> Levels:
    if snapshot.data.space == "plane":
        return feature_map(tuple(FEATURES)[index], THUMBNAIL).levels()
    return np.asarray(input_levels(snapshot.data.space, snapshot.data.n_in)[index])


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
        if snapshot.field is not None:
            _paint_cell(painter, cell, theme.image(snapshot.field.thumbnails[number][index]), theme, lit=lit)
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
        if snapshot.field is not None:
            several = len(column.cells) > 1
            levels = snapshot.field.outputs[index]
            _paint_cell(painter, cell, (theme.class_image if several else theme.image)(levels), theme, lit=False)
        else:
            _paint_cell(painter, cell, None, theme, lit=False)
            painter.setFont(font(11, bold=True))
            painter.setPen(QColor(theme.text))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, snapshot.data.classes[index])
        _paint_bias(painter, cell, float(network.b[-1][index]), theme)


def _paint_cell(painter: QPainter, cell: QRectF, picture: QImage | None, theme: Theme, *, lit: bool) -> None:
    if picture is None:
        painter.fillRect(cell, QColor(theme.surface))
    else:
        painter.drawImage(cell, picture)
    # the corners are hidden by the line: cutting them out of every picture would take longer than all the rest
    corner = min(2.5, cell.width() / 8)
    thick = 2.5 if lit else 1.4 if cell.width() > 16 else 0.6
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent if lit else theme.text), thick))
    painter.drawRoundedRect(cell, corner, corner)


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
