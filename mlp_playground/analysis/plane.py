"""What a network answers everywhere on the plane, and each of its neurons with it: one pass over a grid of points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from contourpy import LineType, contour_generator
from numpy.typing import NDArray

from mlp_playground.data.features import expand
from mlp_playground.data.toy import HALF_WIDTH
from mlp_playground.nn.activations import Activation
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Network, with_ones

Number = TypeVar("Number", bound=np.generic)
Levels = NDArray[np.uint8]
"""Values on the one diverging scale: 1 is fully orange, 128 neutral (value 0), 255 fully blue."""

THUMBNAIL = 32
"""Rows and columns of a neuron's small picture."""


@dataclass(frozen=True)
class Map:
    """One neuron, or the answer, over the plane: `values` (n, n), rows from top to bottom, within ±`scale`."""

    values: NDArray[np.float32]
    scale: float

    def levels(self) -> Levels:
        """The map as colour levels (n, n)."""
        return to_levels(self.values, self.scale)


@dataclass(frozen=True)
class PlaneField:
    """A network over the square −half_width…half_width.

    `answer` is 2p − 1 (p: probability of blue) or, for regression, the prediction. `boundary` are polylines (k, 2) in
    the plane's coordinates along which the answer is 0. `thumbnails[l]` (n_l, 32, 32) are the neurons of hidden
    layer l as levels, `scales[l]` (n_l,) what a full colour stands for. `focus` is the map of
    the neuron `focus_cell` = (hidden layer, neuron), if one was asked for.
    """

    half_width: float
    answer: Map
    boundary: tuple[NDArray[np.float64], ...]
    thumbnails: tuple[Levels, ...]
    scales: tuple[NDArray[np.float32], ...]
    focus: Map | None
    focus_cell: tuple[int, int] | None = None


@np.errstate(over="ignore", invalid="ignore")
def to_levels(values: Array, scale: float | Array) -> Levels:
    """Numbers within ±`scale` as levels 1…255; what lies outside is cut off."""
    # a network that diverged answers infinity, and NaN where infinities met: NaN is shown as neutral
    ratio = np.nan_to_num(np.clip(values / scale, -1, 1), copy=False)
    levels: Levels = (ratio * 127 + 128.5).astype(np.uint8)  # + ½: rounds, where astype cuts off
    return levels


def centres(resolution: int, half_width: float = HALF_WIDTH) -> NDArray[np.float64]:
    """The coordinates of `resolution` pixels' centres along one axis, from −half_width to half_width."""
    pixels = np.arange(resolution, dtype=np.float64)
    return np.asarray((pixels + 0.5) * (2 * half_width / resolution) - half_width)


@lru_cache(maxsize=8)
def grid_inputs(features: tuple[str, ...], resolution: int, half_width: float = HALF_WIDTH) -> Array:
    """The pixels' centres as the network's inputs with a row of ones (n_in + 1, resolution²), top row first."""
    axis = centres(resolution, half_width)
    x1, x2 = np.meshgrid(axis, axis[::-1])
    return with_ones(expand(features, np.stack([x1.ravel(), x2.ravel()]).astype(np.float32)), np.float32)


@lru_cache(maxsize=16)
def feature_map(name: str, resolution: int = 256) -> Map:
    """One feature over the plane, its scale the largest value there."""
    values = np.array(grid_inputs((name,), resolution)[0]).reshape(resolution, resolution)
    return Map(frozen(values), float(np.abs(values).max()))


@np.errstate(over="ignore", invalid="ignore")
def observe_plane(
    network: Network,
    features: tuple[str, ...],
    resolution: int = 256,
    focus: tuple[int, int] | None = None,
    thumbnails: bool = True,
) -> PlaneField:
    """Look at `network` over the plane. `focus` = (hidden layer, neuron) asks for that neuron's full map too."""
    folds = network.architecture.folds
    layers, Z = network.layers(grid_inputs(features, resolution))
    # the logit is 0 where p is ½, and straighter than p there: the better number to find the line on
    lines = _zero_lines(Z[0].reshape(resolution, resolution))
    answer = np.empty_like(Z[0])
    network.architecture.the_head.signed(Z[0], answer)
    small = [_thumbnails(A[:-1], fold, resolution) for A, fold in zip(layers, folds, strict=True)] if thumbnails else []
    focused = None
    if focus is not None and 0 <= focus[0] < len(layers) and 0 <= focus[1] < len(layers[focus[0]]) - 1:
        values = layers[focus[0]][focus[1]].reshape(resolution, resolution).copy()
        focused = Map(frozen(values), float(_scale(values[None], folds[focus[0]])[0]))
    return PlaneField(
        HALF_WIDTH,
        Map(frozen(answer.reshape(resolution, resolution)), 1.0),
        lines,
        tuple(levels for levels, _ in small),
        tuple(scale for _, scale in small),
        focused,
        focus if focused is not None else None,
    )


def _zero_lines(values: Array) -> tuple[NDArray[np.float64], ...]:
    axis = centres(values.shape[0])
    lines = contour_generator(axis, axis[::-1], values, line_type=LineType.Separate).lines(0.0)
    return tuple(frozen(np.asarray(line, np.float64)) for line in lines)


def _thumbnails(A: Array, fold: Activation, resolution: int) -> tuple[Levels, NDArray[np.float32]]:
    pick = ((np.arange(THUMBNAIL) + 0.5) * (resolution / THUMBNAIL)).astype(int)  # the pixels nearest to its centres
    maps = A.reshape(-1, resolution, resolution)[:, pick[:, None], pick]
    scale = _scale(maps, fold)
    levels = to_levels(maps, scale[:, None, None])
    return frozen(levels), frozen(scale)


def _scale(maps: Array, fold: Activation) -> NDArray[np.float32]:
    """What full colour stands for: an activation's own bound, or the largest value on the plane."""
    if fold.high is not None:
        return np.full(len(maps), fold.high, np.float32)
    return np.asarray(np.maximum(np.abs(maps).max(axis=(1, 2)), 1e-6), np.float32)


def frozen(values: NDArray[Number]) -> NDArray[Number]:
    """`values` themselves, from now on read-only: what crosses a thread."""
    values.flags.writeable = False
    return values
