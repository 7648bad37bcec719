"""Where a network is looked at: a grid over its data's space, as the network's inputs."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.slice import Slice
from mlp_playground.data.dataset import Dataset, Space
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.data.features import expand
from mlp_playground.data.toy import HALF_WIDTH, LINE_END
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import with_ones


def centres(resolution: int, centre: float = 0.0, half_width: float = HALF_WIDTH) -> NDArray[np.float64]:
    """The coordinates of `resolution` pixels' centres along one axis, within `centre` ± `half_width`."""
    pixels = np.arange(resolution, dtype=np.float64)
    return np.asarray((pixels + 0.5) * (2 * half_width / resolution) + (centre - half_width))


def axes_of(extent: Extent, resolution: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The pixels' centres of a picture of `extent`: x₁ of each column, and x₂ of each row from the top."""
    x1, x2 = (centres(resolution, centre, extent.half_width) for centre in extent.centre)
    return x1, x2[::-1]


@lru_cache(maxsize=4)
def pixels(extent: Extent, resolution: int) -> NDArray[np.float64]:
    """The pixels' centres (2, resolution, resolution), top row first."""
    return frozen(np.stack(np.meshgrid(*axes_of(extent, resolution))))


@lru_cache(maxsize=8)
def grid_inputs(features: tuple[str, ...], resolution: int, extent: Extent = HOME) -> Array:
    """The pixels' centres as the network's inputs with a row of ones (n_in + 1, resolution²), top row first."""
    return with_ones(expand(features, pixels(extent, resolution).reshape(2, -1).astype(np.float32)), np.float32)


@lru_cache(maxsize=2)
def line_inputs(resolution: int) -> Array:
    """`resolution` evenly spaced x from 0 to LINE_END, both included, with a row of ones (2, resolution)."""
    return with_ones(np.linspace(0, LINE_END, resolution)[None], np.float32)


@lru_cache(maxsize=4)
def bit_patterns(bits: int) -> NDArray[np.int64]:
    """All patterns of 0 and 1 on a board (bits, rows, columns): the first half of the bits (and the odd one) along a
    row, the others down a column, in Gray code, so that neighbours differ in one bit (a Karnaugh map). Parity makes a
    checkerboard of it."""
    across = bits - bits // 2
    columns, rows = (_gray(count) for count in (across, bits // 2))
    board = [np.broadcast_to(bit, (rows.shape[1], columns.shape[1])) for bit in columns]
    board += [np.broadcast_to(bit[:, None], (rows.shape[1], columns.shape[1])) for bit in rows]
    return frozen(np.stack(board))


def _gray(bits: int) -> NDArray[np.int64]:
    """The Gray code's numbers as rows of bits (bits, 2^bits), the first bit changing least often (Gray, 1953)."""
    count = np.arange(2**bits)
    code = count ^ count >> 1
    return np.asarray(code >> np.arange(bits)[::-1, None] & 1)


@lru_cache(maxsize=4)
def bit_inputs(bits: int) -> Array:
    """The board of `bit_patterns` as the network's inputs −1 and 1 with a row of ones (bits + 1, 2^bits)."""
    return with_ones(bit_patterns(bits).reshape(bits, -1) * 2.0 - 1, np.float32)


@lru_cache(maxsize=4)
def slice_inputs(plane: Slice, resolution: int, extent: Extent = HOME) -> Array:
    """The pixels' centres of a table's plane as the network's inputs with a row of ones (n_in + 1, resolution²)."""
    return with_ones(plane.points(pixels(extent, resolution).reshape(2, -1)).astype(np.float32), np.float32)


def grid(
    space: Space,
    n_in: int,
    features: tuple[str, ...],
    resolution: int,
    plane: Slice | None = None,
    extent: Extent = HOME,
) -> tuple[Array, tuple[int, int]]:
    """The inputs (n_in + 1, rows · columns) for a picture of a space other than `pictures`, and (rows, columns)."""
    if space == "table":
        assert plane is not None, "of a table a plane is drawn"
        return slice_inputs(plane, resolution, extent), (resolution, resolution)
    if space == "plane":
        return grid_inputs(features, resolution, extent), (resolution, resolution)
    if space == "line":
        return line_inputs(resolution), (1, resolution)
    _, rows, columns = bit_patterns(n_in).shape
    return bit_inputs(n_in), (rows, columns)


def inputs_at(data: Dataset, plane: Slice | None, extent: Extent, across: float, down: float) -> NDArray[np.float32]:
    """The data's inputs (n_in,) at a share of a picture's width and height (0…1); in the plane before features.

    `plane` is the one that is drawn of a table. Raises ValueError for pictures, which have no such place.
    """
    if data.space == "pictures":
        raise ValueError("pictures are not drawn over a plane")
    if data.space == "line":
        x = np.array([across * LINE_END])
    elif data.space == "bits":
        patterns = bit_patterns(data.n_in)
        _, rows, columns = patterns.shape
        x = patterns[:, min(int(down * rows), rows - 1), min(int(across * columns), columns - 1)] * 2.0 - 1
    else:
        x = np.array(extent.point(across, down))
        if data.space == "table":
            assert plane is not None, "of a table a plane is drawn"
            x = plane.points(x[:, None])[:, 0]
    return x.astype(np.float32)
