"""How the layers of a network fold a square, one after the other: its faces, on which the layers' sums are affine.

Only neurons that are above 0 at one place of the square and below it at another cut it. What the others do is known
once for each face of the layer before, so a layer costs by what it bends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.straight import SLOPES
from mlp_playground.analysis.subdivision import Floats, Indices, Subdivision
from mlp_playground.nn.network import Network

TOUCH = 1e-13
"""Of the largest sum that a neuron could have in the square: nearer to 0 than this is rounding, and on the line."""
AT_ONCE = 50000
"""Numbers that a step works on: so few stay in the processor's cache."""


def folded(
    network: Network, square: Subdivision, plane: Floats, most: int
) -> tuple[Floats, NDArray[np.bool_], Floats, Floats]:
    """Cut `square` by all hidden layers of a network whose inputs are `plane` (n_in, 3) @ (its places, 1).

    Returns the maps to the last layer's sums in each face (R, 3, n_out), as columns (w₁, w₂, b), which hidden neurons
    pass on what they hear (hidden, R), the last sums at the corners (corners, n_out) and how near to 0 each of them
    says nothing (n_out,). Raises TooMany beyond `most` faces.
    """
    blocks = [block.astype(np.float64) for block in network.blocks]
    maps = _affine(plane.T[None], blocks[0][:, :-1], blocks[0][:, -1])
    sums = _at_places(maps, np.zeros(4, np.intp), square.places)
    touch = _touch(blocks[0], np.abs(plane).sum(axis=1))
    patterns = [np.empty((0, 1), bool)]
    for layer, (name, block) in enumerate(zip(network.architecture.activations, blocks[1:], strict=True)):
        low, high = (np.full(maps.shape[2], slope) for slope in SLOPES[name] or (1.0, 1.0))
        off = [neuron for where, neuron in network.architecture.off if where == layer]
        low[off] = high[off] = 0
        least, largest = sums.min(axis=0), sums.max(axis=0)
        cuts = (low != high) & (least < -touch) & (largest > touch)
        bends = (high > 0) & (least <= touch) & (largest >= -touch)
        square.tell(sums[:, bends], touch[bends])
        for k in np.flatnonzero(cuts[bends]).tolist():
            square.cut(k, most)
        passes = (high > 0) & ((low == high) | (largest > touch))
        above = np.repeat(passes[:, None], square.n_faces, axis=1)
        W, slope = block[:, :-1], np.where(largest > touch, high, low)
        whole = ~bends & (slope != 0)
        unbent = _affine(np.compress(whole, maps, axis=2), W[:, whole] * slope[whole], block[:, -1])
        bent = _Bent(np.compress(bends, maps, axis=2), low[bends], high[bends], W[:, bends], unbent)
        sums = bent.sums(square)
        maps, above[bends] = bent.maps(square)
        touch = _touch(block, np.maximum(high * largest, -low * least).clip(0))
        patterns = [*(np.take(pattern, square.origin, axis=1) for pattern in patterns), above]
    return maps, np.concatenate(patterns), sums, touch


@dataclass(frozen=True)
class _Bent:
    """What the next layer makes of a layer's neurons that are not of one sign in all the square: their `sums_maps`
    (faces before, 3, n), slopes and weights `W` (n_out, n). `unbent` (faces before, 3, n_out) is what others add."""

    sums_maps: Floats
    low: Floats
    high: Floats
    W: Floats
    unbent: Floats

    def maps(self, square: Subdivision) -> tuple[Floats, NDArray[np.bool_]]:
        """The next layer's maps (R, 3, n_out), and which neurons pass on what they hear (n, R)."""
        n, places = len(self.low), square.middles()
        following, above = np.take(self.unbent, square.origin, axis=0), np.empty((square.n_faces, n), bool)
        for part, there in _gathered(self.sums_maps, square.origin):
            slopes = _evaluated(there, places[part])
            np.greater(slopes, 0, out=above[part])
            np.multiply(above[part], self.high - self.low, out=slopes)
            slopes += self.low
            there *= slopes[:, None]
            following[part] += (there.reshape(3 * len(there), n) @ self.W.T).reshape(-1, 3, len(self.W))
        return following, above.T | (self.low == self.high)[:, None]

    def sums(self, square: Subdivision) -> Floats:
        """The next layer's sums at the corners (corners, n_out), from what `square` knows there of these neurons: on a
        line that is 0, where a map would tell rounding."""
        sums = _at_places(self.unbent, square.origin[square.face_at_corner()], square.places)
        for part in _parts(len(sums), len(self.low)):
            z = square.functions(part)
            slopes = (z > 0) * (self.high - self.low)
            slopes += self.low
            z *= slopes
            sums[part] += z @ self.W.T
        return sums


def _at_places(maps: Floats, face: Indices, places: Floats) -> Floats:
    """The values (N, n) of each face's `maps` (R, 3, n) at `places` (N, 2) of these faces (N,)."""
    values = np.empty((len(face), maps.shape[2]))
    for part, there in _gathered(maps, face):
        values[part] = _evaluated(there, places[part])
    return values


def _evaluated(maps: Floats, places: Floats) -> Floats:
    """The values (N, n) of `maps` (N, 3, n) at `places` (N, 2)."""
    values = maps[:, 0] * places[:, :1]
    values += maps[:, 1] * places[:, 1:]
    values += maps[:, 2]
    return values


def _gathered(maps: Floats, face: Indices) -> Iterator[tuple[slice, Floats]]:
    """The `maps` (R, 3, n) of the faces (N,), some of them after the other, in the same memory: new memory costs ten
    times what is done with it."""
    parts = _parts(len(face), maps.shape[2])
    memory = np.empty((parts[0].stop, *maps.shape[1:]))
    for part in parts:
        there = memory[: part.stop - part.start]
        np.take(maps, face[part], axis=0, out=there, mode="clip")  # without a copy, as all are faces
        yield part, there


def _parts(rows: int, columns: int) -> list[slice]:
    """Some rows after the other, each of so many columns."""
    step = 1 + AT_ONCE // (1 + columns)
    return [slice(first, min(first + step, rows)) for first in range(0, rows, step)]


def _touch(block: Floats, reach: Floats) -> Floats:
    """How near to 0 each neuron's sum (n_out,) says nothing, if what it hears is at most `reach` (n_in,)."""
    return np.asarray(TOUCH * (np.abs(block[:, :-1]) @ reach + np.abs(block[:, -1])))


def _affine(maps: Floats, W: Floats, b: Floats) -> Floats:
    """W·maps + b of each face's maps (R, 3, n_in): (R, 3, n_out)."""
    sums = (maps.reshape(3 * len(maps), len(W.T)) @ W.T).reshape(-1, 3, len(W))
    sums[:, 2] += b
    return np.asarray(sums)
