"""From a space with three directions to pixels: turned, and seen from far away, so that parallels stay parallel."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from PySide6.QtCore import QRectF

FILLED = 0.46
"""How much of the picture's shorter side the points reach to each side of the middle."""
FARTHEST = 100.0
"""Units beyond which nothing can be seen; Qt draws slowly what is much farther outside."""


@dataclass(frozen=True)
class Turn:
    """From where one looks: `yaw` turns about the vertical, `pitch` about the horizontal axis, in degrees; `zoom` times
    closer, and moved by `pan` in shares of the picture's shorter side."""

    yaw: float = -32.0
    pitch: float = 22.0
    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)


class Camera:
    """Puts points on the picture `area` for a `turn`, as far as there is `depth`: 0 is a plane seen from the front, and
    1 so large that points within `radius` fit, however it is turned."""

    def __init__(self, area: QRectF, turn: Turn, depth: float = 0.0, radius: float = 1.0) -> None:
        side = min(area.width(), area.height())
        self.unit = side * turn.zoom * FILLED / (1 + (radius - 1) * depth)
        self.middle = area.center().x() + turn.pan[0] * side, area.center().y() + turn.pan[1] * side
        a, b = radians(turn.yaw) * depth, radians(turn.pitch) * depth
        about_vertical = np.array([[cos(a), 0, sin(a)], [0, 1, 0], [-sin(a), 0, cos(a)]])
        about_horizontal = np.array([[1, 0, 0], [0, cos(b), -sin(b)], [0, sin(b), cos(b)]])
        self._R = about_horizontal @ about_vertical

    def pixels(self, v: np.ndarray) -> np.ndarray:
        """Where points `v` (3, N) are on screen: x, y in pixels and how near they are, in units, as (N, 3)."""
        x, y, near = self._R @ np.clip(v, -FARTHEST, FARTHEST)
        return np.stack([self.middle[0] + self.unit * x, self.middle[1] - self.unit * y, near], axis=1)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The point of the plane that a pixel shows, in units."""
        return (x - self.middle[0]) / self.unit, (self.middle[1] - y) / self.unit
