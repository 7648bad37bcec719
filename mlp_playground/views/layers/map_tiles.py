"""Where the layers' maps stand beside each other, and which part of each is seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from mlp_playground.analysis.layer_map import Floats
from mlp_playground.views.theme import SPACE

ABOVE, BELOW = 18.0, 18.0
"""Pixels of the lines of text above and below each map."""
INNER = 0.94
"""What the points fill of a map's side, so that none is cut by its edge."""
CLOSEST = 40.0
LEAST = 24.0


@dataclass(frozen=True)
class Lens:
    """So many `times` closer, with the place (x, y) of the sheet, whose points lie in −1…1, in the middle."""

    times: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def pixels(self, place: QRectF, points: Floats) -> Floats:
        """Where points (2, N) of a sheet are in a map at `place`: (N, 2)."""
        unit, middle = self._unit(place), place.center()
        return np.stack([middle.x() + (points[0] - self.x) * unit, middle.y() - (points[1] - self.y) * unit], axis=1)

    def closer(self, place: QRectF, times: float, about: QPointF) -> Lens:
        """So many times closer still: what is at the pixel `about` stays there, until all is seen again."""
        to = min(self.times * times, CLOSEST)
        if to <= 1.001:
            return Lens()
        unit, away = self._unit(place), about - place.center()
        stays = self.x + away.x() / unit, self.y - away.y() / unit
        unit *= to / self.times
        return _held(Lens(to, stays[0] - away.x() / unit, stays[1] + away.y() / unit))

    def moved(self, place: QRectF, by: QPointF) -> Lens:
        """Dragged by so many pixels."""
        unit = self._unit(place)
        return _held(replace(self, x=self.x - by.x() / unit, y=self.y + by.y() / unit))

    def _unit(self, place: QRectF) -> float:
        """Pixels of one unit of the sheet."""
        return place.width() / 2 * INNER * self.times


def _held(lens: Lens) -> Lens:
    """Some of the points stay in sight."""
    reach = 1 - 1 / lens.times
    return replace(lens, x=min(max(lens.x, -reach), reach), y=min(max(lens.y, -reach), reach))


def tiles(area: QRectF, count: int, large: int | None = None) -> list[QRectF]:
    """The squares of `count` maps in `area`, with room for a line of text above and below each: as large as they can
    be, or all beside the `large` one, which has the height that there is."""
    if large is None or count == 1:
        return _grid(area, count)
    side = max(min(area.height() - ABOVE - BELOW, area.width() * 0.7), LEAST)
    first = QRectF(area.left(), area.top() + ABOVE, side, side)
    others = _grid(area.adjusted(side + 2 * SPACE, 0, 0, 0), count - 1)
    return [*others[:large], first, *others[large:]]


def _grid(area: QRectF, count: int) -> list[QRectF]:
    rows = max(range(1, count + 1), key=lambda rows: _side(area, count, rows))
    columns, side = -(-count // rows), _side(area, count, rows)
    wide, high = area.width() / columns, area.height() / rows
    wide = min(wide, side + 3 * SPACE)  # side by side, as layers are, and not all over a wide window
    return [
        QRectF(
            round(area.left() + k % columns * wide),
            round(area.top() + k // columns * high + ABOVE),
            round(side),
            round(side),
        )
        for k in range(count)
    ]


def _side(area: QRectF, count: int, rows: int) -> float:
    columns = -(-count // rows)
    return max(min(area.width() / columns - SPACE, area.height() / rows - ABOVE - BELOW), LEAST)
