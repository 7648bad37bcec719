"""Lines of many points, as they come from a grid, with fewer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def thinned(ring: Numbers, tolerance: float) -> Numbers:
    """The ring without the points that lie on the straight line between their neighbours, as nearly as can be seen."""
    while len(ring) > 5:
        before, here, after = ring[:-2:2], ring[1:-1:2], ring[2::2]
        along, away = after - before, here - before
        cross = np.abs(along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0])
        is_needed = np.ones(len(ring), bool)
        is_needed[1:-1:2] = cross > tolerance * np.hypot(*along.T)
        if is_needed.sum() > 0.95 * len(ring):
            break
        ring = ring[is_needed]
    return ring
