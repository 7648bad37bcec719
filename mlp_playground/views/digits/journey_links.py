"""The links of a digit's journey: what is handed on from column to column, of which only the strongest are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from mlp_playground.analysis.digit_journey import Journey
from mlp_playground.analysis.evidence import Numbers
from mlp_playground.views.digits.journey_layout import JourneyPlace, LayerPlace
from mlp_playground.views.theme import Theme

MOST_LINKS = 12
"""Between two layers; of more none could be followed."""
THICKEST = 5.0
"""Pixels of the strongest link between two columns."""
LEAST_SHARE = 0.02
"""A link that carries less than this of the strongest is not drawn."""
FADED = 0.15
"""How opaque links are that have nothing to do with the neuron that the mouse is on."""

Hovered = tuple[int, int]
"""A neuron that the mouse is on: (hidden layer, neuron)."""


@dataclass(frozen=True)
class Link:
    """From `start` to `end`, in pixels, go `value` of the evidence; `ends` are the neurons there."""

    start: QPointF
    end: QPointF
    value: float
    ends: tuple[Hovered, ...] = ()


def paint_links(
    painter: QPainter, place: JourneyPlace, journey: Journey, hovered: Hovered | None, theme: Theme
) -> None:
    """Blue and whole is for the class, orange and dashed against it; each width is relative to the largest between two
    columns. Of a neuron that the mouse is on, all links are drawn, and the others stand back."""
    columns = links_of(place, journey, hovered)
    stands_out = any(hovered in link.ends for links in columns for link in links)
    for links in columns:
        largest = max((abs(link.value) for link in links), default=0.0)
        for link in sorted(links, key=lambda each: abs(each.value)):
            if abs(link.value) > LEAST_SHARE * largest:
                painter.setOpacity(FADED if stands_out and hovered not in link.ends else 1.0)
                _paint_link(painter, link, abs(link.value) / largest, theme)
    painter.setOpacity(1.0)


def links_of(place: JourneyPlace, journey: Journey, hovered: Hovered | None = None) -> list[list[Link]]:
    """From each column to the next."""
    made_of, start, goal = journey.evidence, _right(place.speaks), _left(place.bars[journey.of])
    if not place.layers:
        return [[Link(start, goal, made_of.total)]]
    shown = [each[: len(layer.tiles)] for each, layer in zip(journey.strongest, place.layers, strict=True)]
    last = len(shown) - 1
    first = [
        Link(start, _left(place.layers[0].tiles[i]), float(made_of.shares[1][neuron]), ((0, neuron),))
        for i, neuron in enumerate(shown[0])
    ]
    between = [_between(place, l, shown, made_of.links[l + 1], hovered) for l in range(last)]
    end = [
        Link(_out_of(place.layers[last], i), goal, float(made_of.shares[-1][neuron]), ((last, neuron),))
        for i, neuron in enumerate(shown[last])
    ]
    return [first, *between, end]


def _between(
    place: JourneyPlace, l: int, shown: list[tuple[int, ...]], values: Numbers, hovered: Hovered | None
) -> list[Link]:
    """The strongest from one layer's neurons to the next one's, and before them all of the neuron that stands out."""
    before, after = place.layers[l], place.layers[l + 1]
    links = [
        Link(
            _out_of(before, i), _left(after.tiles[j]), float(values[receiver, sender]), ((l, sender), (l + 1, receiver))
        )
        for i, sender in enumerate(shown[l])
        for j, receiver in enumerate(shown[l + 1])
    ]
    links.sort(key=lambda link: (hovered not in link.ends, -abs(link.value)))
    return links[: max(MOST_LINKS, sum(hovered in link.ends for link in links))]


def _out_of(layer: LayerPlace, tile: int) -> QPointF:
    return _right(layer.tiles[tile]) + QPointF(layer.number_width, 0)


def _right(place: QRectF) -> QPointF:
    return QPointF(place.right() + 2, place.center().y())


def _left(place: QRectF) -> QPointF:
    return QPointF(place.left() - 3, place.center().y())


def _paint_link(painter: QPainter, link: Link, share: float, theme: Theme) -> None:
    colour = QColor(theme.blue if link.value > 0 else theme.orange)
    colour.setAlphaF(0.35 + 0.55 * share)
    thickest = min(THICKEST, (link.end.x() - link.start.x()) * 0.25)
    pen = QPen(colour, max(thickest * share, 1.0))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if link.value < 0:
        pen.setDashPattern([max(6 / pen.widthF(), 1.0), max(4 / pen.widthF(), 0.6)])
    path = QPainterPath(link.start)
    bend = QPointF((link.end.x() - link.start.x()) * 0.5, 0)
    path.cubicTo(link.start + bend, link.end - bend, link.end)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(path)
