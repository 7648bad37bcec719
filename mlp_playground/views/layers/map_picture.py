"""Draws the maps of all layers side by side: the same samples in each, told apart by colour and by mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.layer_map import LayerMap
from mlp_playground.analysis.probe import Probe
from mlp_playground.views.canvas.picture_frame import paint_marks
from mlp_playground.views.layers.layer_names import layer_name
from mlp_playground.views.layers.map_points import (
    FEW,
    MapStamps,
    are_named,
    paint_mistakes,
    paint_name,
    paint_samples,
)
from mlp_playground.views.layers.map_tiles import ABOVE, BELOW, Lens, tiles
from mlp_playground.views.layers.map_words import are_too_many, cut_words, seen_share
from mlp_playground.views.theme import Theme, font

GLYPH = 2
"""Letters of a class's name that still stand for it in a map."""


@dataclass(frozen=True)
class MapShowing:
    """What the reader chose to see. `pointed` is the sample under the mouse, `picked` the one that is inspected (or
    None), `chosen` the layer that is looked at everywhere, `large` the one that is enlarged, and `lenses` say of which
    layers only a part is seen."""

    pointed: int | None = None
    picked: int | None = None
    chosen: int | None = None
    large: int | None = None
    mistakes: bool = True
    lenses: Mapping[int, Lens] = field(default_factory=dict)

    def lens(self, column: int) -> Lens:
        """How the map of a layer is seen."""
        return self.lenses.get(column, Lens())


def paint_map(
    painter: QPainter, area: QRectF, found: LayerMap, probe: Probe | None, theme: Theme, showing: MapShowing,
    stamps: MapStamps | None = None,
) -> None:  # fmt: skip
    """Draw all maps into `area`, in pixels, with what a straight cut does on each layer where that is known; points by
    `stamps` where there are any, as on a screen."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for column, place in enumerate(tiles(area, len(found.sheets), showing.large)):
        _paint_ground(painter, place, theme, is_chosen=column == showing.chosen)
        _paint_captions(painter, place, found, probe, column, theme, showing)
        painter.setClipRect(place)
        lens, wrong = showing.lens(column), found.answers.wrong
        places = lens.pixels(place, found.sheets[column].points)
        named = are_named(found.samples, place, lens.times)
        paint_samples(painter, found.samples, places, theme, stamps, named=named)
        if showing.mistakes and wrong is not None and not are_too_many(wrong):
            paint_mistakes(painter, found.samples, places[wrong], theme, stamps)
        if not named:
            _paint_classes(painter, found, places, theme)
        painter.setClipping(False)
    painter.restore()


def paint_marked(painter: QPainter, area: QRectF, found: LayerMap, theme: Theme, showing: MapShowing) -> None:
    """The samples that the reader looks at, in all maps: over what `paint_map` draws."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for column, place in enumerate(tiles(area, len(found.sheets), showing.large)):
        painter.setClipRect(place)
        places = showing.lens(column).pixels(place, found.sheets[column].points)
        for number, width in ((showing.picked, 2.0), (showing.pointed, 3.0)):
            if number is not None and number < len(places):
                _paint_marked(painter, QPointF(*places[number]), width, theme)
    painter.restore()


def sample_at(area: QRectF, found: LayerMap, showing: MapShowing, at: QPointF, reach: float) -> int | None:
    """The number of the sample nearest to a pixel of `area`, at most `reach` pixels away."""
    column = map_at(area, found, showing, at)
    if column is None:
        return None
    place = tiles(area, len(found.sheets), showing.large)[column]
    places = showing.lens(column).pixels(place, found.sheets[column].points)
    away = np.hypot(places[:, 0] - at.x(), places[:, 1] - at.y())
    nearest = int(away.argmin())
    return nearest if away[nearest] <= reach else None


def map_at(area: QRectF, found: LayerMap, showing: MapShowing, at: QPointF, room: float = 0.0) -> int | None:
    """The layer whose map is at a pixel of `area`; `room` pixels of its captions count too."""
    for column, place in enumerate(tiles(area, len(found.sheets), showing.large)):
        if place.adjusted(0, -room, 0, room).contains(at):
            return column
    return None


def _paint_ground(painter: QPainter, place: QRectF, theme: Theme, *, is_chosen: bool) -> None:
    painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.line), 1.5 if is_chosen else 1))
    painter.setBrush(QColor(theme.surface))
    painter.drawRect(place)


def _paint_captions(
    painter: QPainter, place: QRectF, found: LayerMap, probe: Probe | None, column: int, theme: Theme,
    showing: MapShowing,
) -> None:  # fmt: skip
    """The layer's name and how much of its spread is seen above, and what a straight cut does below."""
    above = QRectF(place.left(), place.top() - ABOVE, place.width(), ABOVE - 2)
    below = QRectF(place.left(), place.bottom() + 2, place.width(), BELOW - 2)
    bold, plain = font(9, bold=True), font(8.5)
    name = layer_name(column, len(found.sheets))
    painter.setFont(bold)
    painter.setPen(QColor(theme.accent if column == showing.chosen else theme.text))
    painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, name)
    painter.setFont(plain)
    painter.setPen(QColor(theme.muted))
    room = place.width() - QFontMetricsF(bold).horizontalAdvance(name) - 8
    metrics = QFontMetricsF(plain)
    words = next((w for w in seen_share(found.sheets[column]) if metrics.horizontalAdvance(w) <= room), "")
    painter.drawText(above, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
    if probe is not None and column < len(probe.layers):
        told = cut_words(probe, column)
        words = next((w for w in told if metrics.horizontalAdvance(w) <= place.width()), told[-1])
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)


def _paint_classes(painter: QPainter, found: LayerMap, places: NDArray[np.float64], theme: Theme) -> None:
    """Of many samples each class's name, or else its mark, where the middle one of its samples is."""
    data, y = found.samples.data, found.samples.y
    if data.task == "regression" or len(y) <= FEW:
        return
    for k, name in enumerate(data.classes):
        if not (mine := y == k).any():
            continue
        middle = np.median(places[mine], axis=0)
        if len(name) <= GLYPH:
            paint_name(painter, QPointF(*middle), name, QColor(theme.text), theme)
        else:
            paint_marks(painter, k, middle[None], 13, theme.class_colour(k), theme, hollow=False)


def _paint_marked(painter: QPainter, at: QPointF, width: float, theme: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, pen in ((theme.surface, width + 3), (theme.selection, width)):
        painter.setPen(QPen(QColor(colour), pen))
        painter.drawEllipse(at, 7, 7)
