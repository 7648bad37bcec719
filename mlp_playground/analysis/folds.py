"""Where each neuron folds the plane: the line on which what it hears adds up to 0, straight in the first layer and bent
by the layers before it in the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from contourpy import LineType, contour_generator
from numpy.typing import NDArray

from mlp_playground.analysis.slice import Slice
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.extent import Extent
from mlp_playground.data.features import expand
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Architecture, Network, with_ones

FOLDING = ("relu", "leaky-relu", "selu", "sign")
"""Activations with a kink, or a jump, where their sum is 0."""
CELLS = {8: 128, 24: 80}
"""Cells of the grid's side up to so many neurons; beyond, LEAST: a few milliseconds on an ordinary laptop."""
LEAST = 64
MOST = 128
"""Neurons beyond which there are no lines in a plane: they would take longer than a picture."""
FINER = 3
"""Times so many where nothing moves."""


@dataclass(frozen=True)
class Fold:
    """Where the sum of the neuron `cell` = (hidden layer, neuron) is 0: `lines` (k, 2) in the plane's coordinates, each
    with the side on which it is above 0 to the left of who walks along it."""

    cell: tuple[int, int]
    lines: tuple[NDArray[np.float64], ...]


def why_no_folds(data: Dataset, architecture: Architecture) -> str:
    """Why a network has no fold lines in a picture of these data, or no kinks on a curve: a sentence without its full
    stop, empty where it has some."""
    if data.space not in ("plane", "table", "line"):
        return "Where a neuron bends is seen in a plane or on a line, which these data have not"
    neurons = sum(architecture.widths[1:-1])
    if neurons > MOST and data.space != "line":
        return f"Lines of {neurons} neurons could not be told apart: there are some for at most {MOST}"
    if any(name in FOLDING for name in architecture.activations):
        return ""
    names = " or ".join(ACTIVATIONS[name].label for name in FOLDING[:2])
    return f"Nothing is folded here: only neurons with a kink do it, such as {names}"


def fold_lines(
    network: Network, features: tuple[str, ...], plane: Slice | None, extent: Extent, *, fine: bool = False
) -> tuple[Fold, ...]:
    """The folds of all neurons that have one, over the part `extent` of the plane; of a table over its `plane`.

    They are found on a grid, a closer one if `fine`; one that is off has none.
    """
    architecture = network.architecture
    cells = next((cells for most, cells in CELLS.items() if sum(architecture.widths[1:-1]) <= most), LEAST)
    cells *= FINER if fine else 1
    heard = _nodes(features, plane, extent, cells)
    found = []
    for layer, (A, block) in enumerate(zip([heard, *network.layers(heard)[0]], network.blocks[:-1], strict=False)):
        if architecture.activations[layer] not in FOLDING:
            continue
        sums = (block @ A).reshape(-1, cells + 1, cells + 1)
        off = {neuron for where, neuron in architecture.off if where == layer}
        shown = ((k, Z) for k, Z in enumerate(sums) if k not in off)
        found += [Fold((layer, k), _zero_lines(Z, extent)) for k, Z in shown]
    return tuple(found)


def _axes(extent: Extent, cells: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    half = extent.half_width
    x1, x2 = (np.linspace(centre - half, centre + half, cells + 1) for centre in extent.centre)
    return x1, x2


@lru_cache(maxsize=4)
def _nodes(features: tuple[str, ...], plane: Slice | None, extent: Extent, cells: int) -> Array:
    """The network's inputs with a row of ones (n_in + 1, (cells + 1)²) at a grid's corners, the lowest row first."""
    points = np.stack([part.ravel() for part in np.meshgrid(*_axes(extent, cells))])
    inputs = expand(features, points.astype(np.float32)) if plane is None else plane.points(points)
    return with_ones(inputs.astype(np.float32), np.float32)


def _zero_lines(Z: Array, extent: Extent) -> tuple[NDArray[np.float64], ...]:
    if not np.isfinite(Z).all():  # of a network that diverged
        return ()
    lines = contour_generator(*_axes(extent, len(Z) - 1), Z, line_type=LineType.Separate).lines(0.0)
    return tuple(frozen(np.asarray(line, np.float64)) for line in lines)
