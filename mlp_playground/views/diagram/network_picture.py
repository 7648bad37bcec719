"""Paints the neurons of the network, each as a picture of what it computes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.field import Levels, feature_levels, input_levels, slice_levels
from mlp_playground.analysis.slice import home_of
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.diagram.network_layout import LEAST_MARKED, Cell, Column, Layout, Link
from mlp_playground.views.diagram.network_marks import paint_grip, paint_marks, paint_off, paint_selection, paint_stack
from mlp_playground.views.outlines import paint_levels
from mlp_playground.views.theme import Colours, Theme, font

NAME_ROOM = 50.0
"""Pixels for an input's name, on two lines where there is room; a longer one is cut, and whole in its card."""
BESIDE = 32.0
"""Pixels that a grip, rings, dots and padlocks reach beyond a column's cells, at most."""
FADED = 0.35
"""How opaque a neuron is drawn that is switched off, or rests."""


@dataclass(frozen=True)
class Pointing:
    """What the mouse is on, a neuron, a link or the handle of a column; which neuron is selected; and which ones stand
    back, as they are `resting` where the reader asks."""

    cell: Cell | None = None
    link: Link | None = None
    grip: int | None = None
    selected: Cell | None = None
    resting: frozenset[Cell] = frozenset()


def input_labels(snapshot: Snapshot) -> tuple[str, ...]:
    """What the first column stands for: all features, chosen or not, or a table's columns; for pictures nothing."""
    if snapshot.data.space == "plane":
        return tuple(feature.label for feature in FEATURES.values())
    if snapshot.data.space == "line":
        return ("x",)
    if snapshot.data.space == "table":
        return tuple(scale.name for scale in snapshot.data.inputs)
    return tuple(f"bit {k + 1}" for k in range(snapshot.data.n_in)) if snapshot.data.space == "bits" else ()


def active_inputs(snapshot: Snapshot) -> tuple[int, ...]:
    """Which cells of the first column send to the network."""
    if snapshot.data.space == "plane":
        return tuple(i for i, name in enumerate(FEATURES) if name in snapshot.config.features)
    return tuple(range(max(len(input_labels(snapshot)), 1)))


def drawn_network(snapshot: Snapshot) -> Network:
    """The network whose weights and biases are drawn: its own, or what they changed since the moment compared with."""
    change = snapshot.theta_change
    return Network(snapshot.architecture, snapshot.theta if change is None else change)


def prepare(painter: QPainter) -> None:
    """How lines and pictures are painted."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)


def paint_inputs(
    painter: QPainter,
    column: Column,
    snapshot: Snapshot,
    theme: Theme,
    pointing: Pointing,
    digit: NDArray[np.float32] | None = None,
) -> None:
    """Paint the first column: what the network hears, with its names; of pictures this `digit`, or the first."""
    labels = input_labels(snapshot)
    if not labels:
        _paint_cell(painter, column.cells[0], _digit(snapshot, digit), theme.ink_scale, theme, lit=False)
        painter.setFont(font(9))
        painter.setPen(QColor(theme.muted))
        below = column.cells[0].translated(0, column.cells[0].height() + 4).adjusted(-16, 0, 16, -40)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, f"{column.total} pixels")
        return
    if column.is_partial:
        paint_stack(painter, column, theme)
    chosen = active_inputs(snapshot)
    letters = font(9 if snapshot.data.space == "table" else 10)
    metrics = QFontMetricsF(letters)
    for index, cell in enumerate(column.cells):
        on, lit = index in chosen, (0, index) == pointing.cell
        painter.setOpacity(1.0 if on else 0.6 if lit else 0.3)
        _paint_cell(painter, cell, _input_levels(snapshot, index), theme.scale, theme, lit=lit)
        painter.setOpacity(1.0)
        painter.setFont(letters)
        painter.setPen(QColor(theme.text if on else theme.muted))
        room = min(NAME_ROOM, cell.left() - 8)
        name = _fitted(labels[index], room, 2 if cell.height() > 2 * metrics.lineSpacing() else 1, metrics)
        beside = QRectF(cell.left() - room - 8, cell.center().y() - 20, room, 40)
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)


PaintInputs = Callable[[QPainter, Column, Snapshot, Theme, Pointing], None]


def paint_neurons(
    painter: QPainter,
    layout: Layout,
    snapshot: Snapshot,
    theme: Theme,
    pointing: Pointing,
    inputs: PaintInputs = paint_inputs,
) -> None:
    """Paint features, neurons and outputs with their pictures and biases; the features as `inputs` does."""
    network = drawn_network(snapshot)
    prepare(painter)
    for column in layout.columns[1:-1]:
        if column.is_partial:
            paint_stack(painter, column, theme)
    selected = layout.cell(pointing.selected) if pointing.selected is not None else QRectF()
    has_marks = selected.width() >= LEAST_MARKED
    if has_marks:
        paint_selection(painter, selected, theme)  # below the dots and padlocks of the neurons around
    inputs(painter, layout.columns[0], snapshot, theme, pointing)
    for number, column in enumerate(layout.columns[1:-1]):
        if _is_seen(painter, column):
            _paint_hidden(painter, column, number, network, snapshot, theme, pointing)
    if _is_seen(painter, layout.columns[-1]):
        _paint_outputs(painter, layout.columns[-1], network, snapshot, theme, pointing)
    if not has_marks and not selected.isEmpty():
        paint_selection(painter, selected, theme)


def _is_seen(painter: QPainter, column: Column) -> bool:
    """Whether something of a column's cells, or of what stands beside them, lies where is painted."""
    if not painter.hasClipping():
        return True
    seen = painter.clipBoundingRect()
    left, right = min(cell.left() for cell in column.cells), max(cell.right() for cell in column.cells)
    return seen.right() > left - BESIDE and seen.left() < right + BESIDE


def _fitted(name: str, room: float, lines: int, metrics: QFontMetricsF) -> str:
    """A name on so many lines at most, none wider than `room`."""
    first, _, rest = name.partition(" ")
    if lines == 2 and rest and metrics.horizontalAdvance(name) > room:
        return "\n".join(_fitted(part, room, 1, metrics) for part in (first, rest))
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)


def _input_levels(snapshot: Snapshot, index: int) -> Levels:
    plane = snapshot.field.slice if snapshot.field is not None else None
    home = home_of(snapshot.data, plane)
    if snapshot.data.space == "plane":
        return np.asarray(feature_levels(home)[index])
    if plane is not None:
        return np.asarray(slice_levels(plane, home)[index])
    return np.asarray(input_levels(snapshot.data.space, snapshot.data.n_in)[index])


def _digit(snapshot: Snapshot, digit: NDArray[np.float32] | None) -> Levels:
    assert snapshot.data.image_shape is not None
    x = snapshot.data.test.X[:, 0] if digit is None or digit.size != snapshot.data.n_in else digit
    return ink(x.reshape(snapshot.data.image_shape))


def ink(pixels: np.ndarray) -> Levels:
    """A picture of ink 0…1 as levels of a theme's ink."""
    return np.asarray((pixels * 255).astype(np.uint8))


def _paint_hidden(
    painter: QPainter,
    column: Column,
    number: int,
    network: Network,
    snapshot: Snapshot,
    theme: Theme,
    pointing: Pointing,
) -> None:
    off = snapshot.config.network.off
    for index, cell in enumerate(column.cells):
        here = (number + 1, index)
        lit = here == pointing.cell
        is_off = (number, index) in off
        painter.setOpacity(FADED if is_off or here in pointing.resting else 1.0)
        if snapshot.field is not None:
            _paint_cell(painter, cell, snapshot.field.thumbnails[number][index], theme.scale, theme, lit=lit)
        elif snapshot.digits is not None and number == 0:
            _paint_cell(painter, cell, snapshot.digits.weight_images[index], theme.scale, theme, lit=lit)
        elif snapshot.digits is not None:
            _paint_cell(painter, cell, None, theme.scale, theme, lit=lit)
            paint_bars(painter, cell.adjusted(2, 2, -2, -2), snapshot.digits.profiles[number][index], theme)
        painter.setOpacity(1.0)
        if is_off:
            paint_off(painter, cell, theme)
        paint_marks(painter, cell, here, network, snapshot, theme)
    if number + 1 == pointing.grip:
        paint_grip(painter, column, theme)


def _paint_outputs(
    painter: QPainter, column: Column, network: Network, snapshot: Snapshot, theme: Theme, pointing: Pointing
) -> None:
    number = len(snapshot.architecture.widths) - 1
    for index, cell in enumerate(column.cells):
        lit = (number, index) == pointing.cell
        if snapshot.field is not None:
            several = len(column.cells) > 1
            colours = theme.class_scale if several else theme.scale
            _paint_cell(painter, cell, snapshot.field.outputs[index], colours, theme, lit=lit)
        else:
            _paint_cell(painter, cell, None, theme.scale, theme, lit=lit)
            painter.setFont(font(11, bold=True))
            painter.setPen(QColor(theme.text))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, snapshot.data.classes[index])
        paint_marks(painter, cell, (number, index), network, snapshot, theme)


def _paint_cell(
    painter: QPainter, cell: QRectF, levels: Levels | None, colours: Colours, theme: Theme, *, lit: bool
) -> None:
    if levels is None:
        painter.fillRect(cell, QColor(theme.surface))
    else:
        paint_levels(painter, cell, levels, colours, theme)
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
