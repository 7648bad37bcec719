"""What one neuron answers everywhere in its data's space, with the line on which its sum is 0; of pictures, what it
looks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from contourpy import LineType, contour_generator
from numpy.typing import NDArray

from mlp_playground.analysis.distributions import round_up
from mlp_playground.analysis.field import Map
from mlp_playground.analysis.grids import grid, pixels
from mlp_playground.analysis.layerwise import at_layer
from mlp_playground.analysis.neuron import Cell
from mlp_playground.analysis.slice import Slice, home_of, slice_of
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network

PIXELS = 96
"""Of a map's side."""


@dataclass(frozen=True)
class NeuronMap:
    """A neuron's `map`: over the `plane` (of a table over its `slice`) within `extent`, along a `line` (one row), on
    the board of all `bits`, or as a picture: its `weights`, or the mean `ink` of the samples that excite it most.
    `lines` (k, 2) are where its sum is 0, in the plane's coordinates."""

    kind: Literal["plane", "line", "bits", "weights", "ink"]
    map: Map
    lines: tuple[NDArray[np.float64], ...] = ()
    extent: Extent = HOME
    slice: Slice | None = None


@np.errstate(over="ignore", invalid="ignore")
def neuron_map(
    network: Network,
    data: Dataset,
    features: tuple[str, ...],
    cell: Cell,
    columns: tuple[int, int] | None = None,
    best: NDArray[np.float32] | None = None,
) -> NeuronMap | None:
    """The map of `cell` (for a feature its index is among those that are on). `columns` are those of a table that are
    drawn; `best` (n_pixels, k) the pictures that excite it most. None where there is nothing to see: of a pixel."""
    if data.image_shape is not None:
        return _picture(network, data.image_shape, cell, best)
    plane = slice_of(data, columns)
    extent = home_of(data, plane)
    resolution = 4 * PIXELS if data.space == "line" else PIXELS
    inputs, shape = grid(data.space, network.architecture.widths[0], features, resolution, plane, extent)
    Z, shown, scale = _over(network, inputs, cell)
    shown = shown.reshape(shape).astype(np.float32)
    flat = data.space in ("plane", "table")
    lines = _zero_lines(Z.reshape(shape), extent) if flat and cell[0] > 0 else ()
    kind: Literal["plane", "line", "bits"] = "plane" if flat else "line" if data.space == "line" else "bits"
    return NeuronMap(kind, Map(frozen(shown), scale), lines, extent, plane)


def _picture(
    network: Network, shape: tuple[int, int], cell: Cell, best: NDArray[np.float32] | None
) -> NeuronMap | None:
    column, k = cell
    if column == 1:
        W = network.W[0][k].reshape(shape)
        return NeuronMap("weights", Map(frozen(W.astype(np.float32)), _largest(W)))
    if column == 0 or best is None or not best.size:
        return None
    return NeuronMap("ink", Map(frozen(best.mean(axis=1).reshape(shape).astype(np.float32)), 1.0))


def _over(network: Network, inputs: Array, cell: Cell) -> tuple[Array, Array, float]:
    """The cell's sums and what is drawn of its answers (N,), and what full colour stands for. A single output's answer
    is drawn on the scale −1…1."""
    column, k = cell
    if column == 0:
        return inputs[k], inputs[k], _largest(inputs[k])
    Z, A = at_layer(network, inputs[:-1], column - 1)
    architecture = network.architecture
    if column == len(network.blocks):
        if len(Z) > 1:
            return Z[k], A[k], 1.0
        signed = np.empty_like(Z[0])
        architecture.the_head.signed(Z[0], signed)
        return Z[0], signed, 1.0
    high = architecture.folds[column - 1].high
    return Z[k], A[k], high if high is not None else _largest(A[k])


def _largest(values: Array) -> float:
    """A round number that no size exceeds, so that a scale stays for a while; 1 where all are 0."""
    largest = float(np.nan_to_num(np.abs(values)).max())
    return round_up(largest) if largest > 1e-6 else 1.0


def _zero_lines(Z: Array, extent: Extent) -> tuple[NDArray[np.float64], ...]:
    if not np.isfinite(Z).all():  # of a network that diverged
        return ()
    x1, x2 = pixels(extent, len(Z))
    lines = contour_generator(x1, x2, Z, line_type=LineType.Separate).lines(0.0)
    return tuple(frozen(np.asarray(line, np.float64)) for line in lines)
