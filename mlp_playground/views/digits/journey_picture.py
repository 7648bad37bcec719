"""Paints a digit's journey from left to right: its pixels, what each layer makes of them, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.digit_journey import Journey
from mlp_playground.analysis.field import Levels, to_levels
from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.digits.answer_bars import paint_answer_bars
from mlp_playground.views.digits.journey_layout import CAPTION, LINE, JourneyPlace, LayerPlace
from mlp_playground.views.digits.journey_links import Hovered, paint_links
from mlp_playground.views.outlines import paint_levels
from mlp_playground.views.theme import Theme, font

MINUS = "\u2212"


@dataclass(frozen=True)
class JourneyShowing:
    """What is known beside the journey: the classes' names, which one is right (None: nobody knows), and which neuron
    the mouse is on."""

    classes: tuple[str, ...]
    truth: int | None = None
    hovered: Hovered | None = None


def paint_journey(
    painter: QPainter, place: JourneyPlace, journey: Journey, showing: JourneyShowing, theme: Theme
) -> None:
    """The whole journey at its places."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    paint_links(painter, place, journey, showing.hovered, theme)
    _paint_inputs(painter, place, journey, showing, theme)
    for l, layer in enumerate(place.layers):
        _paint_layer(painter, layer, journey, l, showing, theme)
    words(painter, _line(place.answer, 0), "answer", theme)
    paint_answer_bars(painter, place.bars, journey, showing.classes, showing.truth, theme)
    _paint_sum(painter, place, journey, showing, theme)


def words(
    painter: QPainter, place: QRectF, text: str, theme: Theme, *, strong: bool = False, right: bool = False
) -> None:
    """A small line of text, cut where its place ends."""
    letters = font(8.5, bold=strong)
    painter.setFont(letters)
    painter.setPen(QColor(theme.text if strong else theme.muted))
    text = QFontMetricsF(letters).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)


def signed(value: float) -> str:
    """A share as it is written: with its sign, and as many decimals as tell something."""
    size = abs(value)
    text = f"{size:.2f}" if size < 9.995 else f"{size:.1f}" if size < 99.95 else f"{size:.0f}" if size < 1e5 else "huge"
    return ("+" if value > 0 else MINUS if value < 0 else "") + text if float(size) >= 0.005 else "0.00"


def claim(journey: Journey, classes: tuple[str, ...]) -> str:
    """What the evidence is for."""
    name = classes[journey.of]
    return f"for {name}" if journey.versus is None else f"for {name}, not {classes[journey.versus]}"


def _line(column: QRectF, number: int) -> QRectF:
    return QRectF(column.left(), column.top() + number * CAPTION, column.width(), CAPTION - 2)


def _above(place: QRectF, wider: float = 0.0) -> QRectF:
    return QRectF(place.left(), place.top() - CAPTION, place.width() + wider, CAPTION - 2)


def _paint_inputs(
    painter: QPainter, place: JourneyPlace, journey: Journey, showing: JourneyShowing, theme: Theme
) -> None:
    words(painter, _above(place.seen), "it sees", theme)
    _paint_framed(painter, place.seen, ink(journey.pixels), theme.ink_scale, theme)
    words(painter, _above(place.speaks), f"ink {claim(journey, showing.classes)}", theme)
    _paint_framed(painter, place.speaks, journey.speaks, theme.scale, theme)


def _paint_framed(painter: QPainter, place: QRectF, levels: Levels, colours: np.ndarray, theme: Theme) -> None:
    paint_levels(painter, place, levels, colours, theme)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRect(place)


def _paint_layer(
    painter: QPainter, place: LayerPlace, journey: Journey, l: int, showing: JourneyShowing, theme: Theme
) -> None:
    name = f"layer {l + 1}" if place.caption.width() > 50 else f"{l + 1}"
    words(painter, place.caption.adjusted(8, 0, 0, 0), name, theme)
    paint_activations(painter, place, journey.activations[l], journey.largest, theme)
    shown = journey.strongest[l][: len(place.tiles)]
    shares = journey.evidence.shares[l + 1]
    for tile, neuron, image in zip(place.tiles, shown, journey.images[l], strict=False):
        _paint_framed(painter, tile, image, theme.scale, theme)
        lit = showing.hovered == (l, neuron)
        _ring(painter, place.cell(neuron), theme, strong=lit)
        if lit:
            _ring(painter, tile, theme, strong=True)
        if place.number_width:
            beside = QRectF(tile.right() + 4, tile.top(), place.number_width, tile.height())
            words(painter, beside, signed(float(shares[neuron])), theme, strong=True)
    if showing.hovered is not None and showing.hovered[0] == l and showing.hovered[1] < place.width:
        _ring(painter, place.cell(showing.hovered[1]), theme, strong=True)
    rest = float(shares.sum() - shares[list(shown)].sum())
    if place.number_width:
        for row, (text, value) in enumerate((("others", rest), ("biases", journey.evidence.biases[l + 1]))):
            line = QRectF(place.below.left() + 8, place.below.top() + row * LINE, place.below.width() - 8, LINE)
            words(painter, line, f"{text} {signed(value)}", theme)


def _ring(painter: QPainter, place: QRectF, theme: Theme, *, strong: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent if strong else theme.text), 2 if strong else 1))
    painter.drawRect(place)


def paint_activations(painter: QPainter, place: LayerPlace, values: np.ndarray, largest: float, theme: Theme) -> None:
    """All neurons of a layer as cells, column by column as in the diagram, on the scale ±`largest`."""
    levels = to_levels(values, max(largest, 1e-9))
    full = place.width // place.rows
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    side = place.grid.width() / place.columns
    if full:
        whole = QRectF(place.grid.left(), place.grid.top(), full * side, place.grid.height())
        paint_levels(
            painter, whole, np.ascontiguousarray(levels[: full * place.rows].reshape(full, -1).T), theme.scale, theme
        )
    if rest := place.width - full * place.rows:
        last = QRectF(place.grid.left() + full * side, place.grid.top(), side, side * rest)
        paint_levels(painter, last, np.ascontiguousarray(levels[-rest:][:, np.newaxis]), theme.scale, theme)
    painter.restore()


def _paint_sum(painter: QPainter, place: JourneyPlace, journey: Journey, showing: JourneyShowing, theme: Theme) -> None:
    total = "logit" if journey.versus is None else "ahead by"
    first = QRectF(place.sum.left(), place.sum.top(), place.sum.width(), LINE)
    words(painter, first, claim(journey, showing.classes), theme)
    words(painter, first.translated(0, LINE), f"{total} {signed(journey.evidence.total)}", theme, strong=True)
    words(painter, _above(place.goal, place.sum.width() - place.goal.width()), "it looks for", theme)
    _paint_framed(painter, place.goal, journey.goal, theme.scale, theme)
