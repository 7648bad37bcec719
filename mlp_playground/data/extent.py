"""The part of the plane that a picture shows: a square that can be moved and zoomed, and grows to hold the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.toy import HALF_WIDTH

Coordinate = TypeVar("Coordinate", float, NDArray[np.float64])

ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""What a half width that was made to fit begins with: with these an axis has round numbers at its ends."""
CLOSEST, FARTHEST = 1 / 500, 8.0
"""How far one can zoom, in half widths of the home: closer, float32 would show its steps."""


@dataclass(frozen=True)
class Extent:
    """The square `centre` ± `half_width` along both axes, in the plane's own coordinates."""

    centre: tuple[float, float] = (0.0, 0.0)
    half_width: float = HALF_WIDTH

    def point(self, across: float, down: float) -> tuple[float, float]:
        """The plane's point at a share of the square's width from the left and of its height from the top."""
        (x1, x2), half = self.centre, self.half_width
        return x1 + (2 * across - 1) * half, x2 + (1 - 2 * down) * half

    def shares(self, x1: Coordinate, x2: Coordinate) -> tuple[Coordinate, Coordinate]:
        """Where points of the plane lie as shares of the width from the left and of the height from the top."""
        (c1, c2), width = self.centre, 2 * self.half_width
        return (x1 - c1) / width + 0.5, 0.5 - (x2 - c2) / width

    def contains(self, X: NDArray[Any]) -> NDArray[np.bool_]:
        """Which of the points X (2, N) lie in the square, its edge included."""
        away = np.abs(X - np.array(self.centre)[:, None])
        return np.asarray((away <= self.half_width).all(axis=0))

    def moved(self, dx1: float, dx2: float) -> Extent:
        """The same square elsewhere."""
        return Extent((self.centre[0] + dx1, self.centre[1] + dx2), self.half_width)

    def zoomed(self, factor: float, about: tuple[float, float] | None = None) -> Extent:
        """`factor` times closer, with the plane's point `about` (None: the centre) in the same place."""
        x1, x2 = self.centre if about is None else about
        centre = x1 + (self.centre[0] - x1) / factor, x2 + (self.centre[1] - x2) / factor
        return Extent(centre, self.half_width / factor)

    def near(self, home: Extent) -> Extent:
        """This square, or the nearest one that is not too far from `home`, too close or too far away."""
        half = min(max(self.half_width, CLOSEST * home.half_width), FARTHEST * home.half_width)
        reach = FARTHEST * home.half_width
        x1, x2 = (min(max(x, c - reach), c + reach) for x, c in zip(self.centre, home.centre, strict=True))
        return Extent((x1, x2), half)


HOME = Extent()
"""What is shown of the plane as long as the data lie within."""


def fitting(X: NDArray[Any]) -> Extent:
    """The home for the points X (2, N): HOME, or the next square about the origin that they all lie in."""
    reach = float(np.abs(X).max(initial=0.0))
    if reach <= HALF_WIDTH:
        return HOME
    power = 10.0 ** np.floor(np.log10(reach))
    half = next((times * power for times in (*ROUND, 10.0) if times * power >= reach), 10 * power)
    return Extent(HOME.centre, float(half))
