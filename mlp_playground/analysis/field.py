"""What a network answers everywhere in its data's space, and each of its neurons with it: one pass over a grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from contourpy import FillType, LineType, SerialContourGenerator, ZInterp
from numpy.typing import NDArray

from mlp_playground.analysis.curve_parts import CurveParts, curve_parts
from mlp_playground.analysis.folds import Fold
from mlp_playground.analysis.grids import grid, grid_inputs, pixels, slice_inputs
from mlp_playground.analysis.mistakes import Mistakes
from mlp_playground.analysis.slice import Slice
from mlp_playground.data.dataset import Space
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.data.features import FEATURES
from mlp_playground.data.toy import LINE_END
from mlp_playground.nn.activations import Activation
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network

Levels = NDArray[np.uint8]
"""Values on the one diverging scale: 1 is fully orange, 128 neutral (value 0), 255 fully blue. Of classes: the class
times SHADES, plus how sure the network is of it, from 0 (not at all) to SHADES − 1."""

SHADES = 25
"""Steps from undecided to sure in a picture of classes: ten classes fit into a byte."""
BLOCK = 2**15
"""Numbers of a layer that are worked out at a time: they stay in the processor's cache, and whole layers of a picture
would go through memory, which takes two to three times as long."""
THUMBNAIL = 32
"""Rows and columns of a neuron's small picture."""


@dataclass(frozen=True)
class Map:
    """One neuron, or the answer, over the grid: `values` (rows, columns), from top to bottom, within ±`scale`."""

    values: NDArray[np.float32]
    scale: float

    def levels(self) -> Levels:
        """The map as colour levels (rows, columns)."""
        return to_levels(self.values, self.scale)


@dataclass(frozen=True)
class ClassMap:
    """Which of several classes wins where: `winner` (rows, columns) its number, `share` its probability.

    `probabilities` (n_classes, rows, columns) are those of all classes. Where `alone`, one class is there everywhere,
    also where it does not win.
    """

    winner: NDArray[np.uint8]
    share: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    alone: bool = False

    @property
    def n_classes(self) -> int:
        """How many classes there are."""
        return len(self.probabilities)

    @property
    def least(self) -> float:
        """The least probability that can be drawn."""
        return 0.0 if self.alone else 1 / self.n_classes

    def only(self, k: int) -> ClassMap:
        """How likely class `k` is everywhere."""
        return ClassMap(np.full_like(self.winner, k), self.probabilities[k], self.probabilities, alone=True)

    def levels(self) -> Levels:
        """The map as colour levels of classes (rows, columns)."""
        return class_levels(self.winner, self.share, self.least)


@dataclass(frozen=True)
class Difference:
    """How the answers differ from those of another moment, over the same grid (see `analysis/difference.py`).

    `map` are the answers minus the other ones. `other` are those, and `boundary` is where they are undecided.
    """

    map: Map
    other: Map | ClassMap
    boundary: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True)
class Field:
    """A network over its data's space.

    In the plane the grid are the pixels of the square `extent`, on a line one row of x from 0 to LINE_END, for bits all
    their patterns (see `bit_patterns`), for a table the same square of the plane `slice`.

    `answer` is 2p − 1 (p: probability of blue), the prediction, or for several classes a ClassMap. `boundary` are
    polylines (k, 2) in the plane's coordinates along which the network is undecided. `thumbnails[l]` (n_l, rows,
    columns) are the neurons of hidden layer l as levels, `outputs` (n_out, rows, columns) the outputs' answers: levels
    of classes where there are several. Both show the home, whatever the extent is: they are the map that one looks at
    to see where one is. `focus` is the map of the neuron `focus_cell` = (hidden layer, neuron), if one was asked for.
    `mistakes` are the samples that it gets wrong and `folds` the lines along which its neurons fold the plane, as far
    as somebody looked; `parts` are what hidden layers make a curve of. `difference` tells how another moment answered,
    if one was to be compared.
    """

    space: Space
    answer: Map | ClassMap
    boundary: tuple[NDArray[np.float64], ...]
    thumbnails: tuple[Levels, ...]
    outputs: Levels
    focus: Map | None = None
    focus_cell: tuple[int, int] | None = None
    extent: Extent = HOME
    slice: Slice | None = None
    mistakes: Mistakes | None = None
    difference: Difference | None = None
    folds: tuple[Fold, ...] | None = None
    parts: CurveParts | None = None


@np.errstate(over="ignore", invalid="ignore")
def to_levels(values: Array, scale: float | Array) -> Levels:
    """Numbers within ±`scale` as levels 1…255; what lies outside is cut off."""
    # a network that diverged answers infinity, and NaN where infinities met: NaN is shown as neutral
    ratio = np.clip(values / scale, -1, 1)
    if np.isnan(ratio.sum()):  # in place of a look at each, as there hardly ever is one
        np.nan_to_num(ratio, copy=False)
    ratio *= 127
    ratio += 128.5  # + ½: rounds, where astype cuts off
    levels: Levels = ratio.astype(np.uint8)
    return levels


@np.errstate(over="ignore", invalid="ignore")
def class_levels(winner: NDArray[np.uint8], share: Array, least: float) -> Levels:
    """Class numbers and their probabilities, from `least` (not sure at all) to 1, as levels of classes."""
    sure = np.nan_to_num(np.clip((share - least) / (1 - least), 0, 1), copy=False)
    levels: Levels = winner * np.uint8(SHADES) + (sure * (SHADES - 1) + 0.5).astype(np.uint8)
    return levels


@lru_cache(maxsize=16)
def feature_map(name: str, resolution: int = 256, extent: Extent = HOME) -> Map:
    """One feature over the plane, its scale the largest value there."""
    values = np.array(grid_inputs((name,), resolution, extent)[0]).reshape(resolution, resolution)
    return Map(frozen(values), float(np.abs(values).max()))


@lru_cache(maxsize=4)
def feature_levels(extent: Extent = HOME) -> Levels:
    """All features over the plane as small pictures (n, 32, 32), in the order of FEATURES."""
    return frozen(np.stack([feature_map(name, THUMBNAIL, extent).levels() for name in FEATURES]))


@lru_cache(maxsize=2)
def slice_levels(plane: Slice, home: Extent = HOME) -> Levels:
    """A table's columns over its plane as small pictures (n_in, 32, 32)."""
    inputs = slice_inputs(plane, THUMBNAIL, home)[:-1].reshape(-1, THUMBNAIL, THUMBNAIL)
    return frozen(to_levels(inputs, home.half_width))


@lru_cache(maxsize=16)
def input_levels(space: Space, n_in: int) -> Levels:
    """The inputs themselves over a line or over all patterns of bits as small pictures (n_in, 32, 32)."""
    inputs, shape = grid(space, n_in, (), THUMBNAIL)
    rows, columns = _pick(shape)
    scale = LINE_END if space == "line" else 1.0
    return frozen(to_levels(inputs[:-1].reshape(-1, *shape)[:, rows, columns], scale))


@np.errstate(over="ignore", invalid="ignore")
def observe_field(
    network: Network,
    space: Space,
    features: tuple[str, ...] = (),
    resolution: int = 256,
    focus: tuple[int, int] | None = None,
    plane: Slice | None = None,
    extent: Extent | None = None,
    home: Extent = HOME,
) -> Field:
    """Look at `network` over its data's space, for a table over `plane`, and in the plane at `extent` (None: `home`).
    `focus` = (hidden layer, neuron) asks for that neuron's full map too."""
    folds, extent = network.architecture.folds, extent or home
    n_in = network.architecture.widths[0]
    inputs, shape = grid(space, n_in, features, resolution, plane, extent)
    if focus is not None and not _has(network, *focus):
        focus = None
    Z, values = _passed(network, inputs, focus)
    focused = None
    if focus is not None:
        values = values.reshape(shape)
        focused = Map(frozen(values), float(_scale(values[None], folds[focus[0]])[0]))
    lines = _boundaries(Z.reshape(len(Z), *shape), extent) if space in ("plane", "table") else ()
    answer = _answer(network, Z, shape)
    if space in ("plane", "table"):  # the small pictures take a pass of their own, of a sixty-fourth of the points
        inputs, shape = grid(space, n_in, features, THUMBNAIL, plane, home)
    layers, Z = network.layers(inputs)
    parts = curve_parts(network, inputs, layers) if space == "line" and layers else None
    small = tuple(_thumbnails(A[:-1], fold, shape) for A, fold in zip(layers, folds, strict=True))
    outputs = _output_levels(network, Z, shape)
    return Field(space, answer, lines, small, outputs, focused, focus, extent, plane, parts=parts)


def _has(network: Network, layer: int, index: int) -> bool:
    """Whether there is such a hidden neuron."""
    hidden = network.architecture.widths[1:-1]
    return 0 <= layer < len(hidden) and 0 <= index < hidden[layer]


def _passed(network: Network, inputs: Array, watched: tuple[int, int] | None) -> tuple[Array, Array]:
    """The outputs' sums Z (n_out, N) for `inputs` (n_in + 1, N), and what the hidden neuron `watched` = (layer, index)
    answers (N,), if anything is asked for."""
    widths, n = network.architecture.widths, inputs.shape[1]
    Z = np.empty((widths[-1], n), network.theta.dtype)
    values = np.empty(n if watched else 0, network.theta.dtype)
    step = max(BLOCK // max(widths), 256)
    for start in range(0, n, step):
        part = slice(start, start + step)
        layers, Z[:, part] = network.layers(inputs[:, part])
        if watched is not None:
            values[part] = layers[watched[0]][watched[1]]
    return Z, values


def _answer(network: Network, Z: Array, shape: tuple[int, int]) -> Map | ClassMap:
    """The answer's map, from the outputs' sums Z (n_out, rows · columns)."""
    head, n_out = network.architecture.the_head, len(Z)
    if n_out == 1:
        signed = np.empty_like(Z[0])
        head.signed(Z[0], signed)
        return Map(frozen(signed.reshape(shape)), 1.0)
    P = np.empty_like(Z)
    head.answer(Z, P)
    P = P.reshape(n_out, *shape)
    return ClassMap(frozen(P.argmax(axis=0).astype(np.uint8)), frozen(np.asarray(P.max(axis=0))), frozen(P))


def _output_levels(network: Network, Z: Array, shape: tuple[int, int]) -> Levels:
    """The outputs' small pictures (n_out, rows, columns)."""
    head, n_out = network.architecture.the_head, len(Z)
    rows, columns = _pick(shape)
    Z = np.ascontiguousarray(Z.reshape(n_out, *shape)[:, rows, columns])
    flat = Z.reshape(n_out, -1)
    P = np.empty_like(flat)
    if n_out == 1:
        head.signed(flat, P)
        return frozen(to_levels(P.reshape(Z.shape), 1.0))
    head.answer(flat, P)
    classes = np.arange(n_out, dtype=np.uint8)[:, None, None]
    return frozen(class_levels(classes, P.reshape(Z.shape), 0.0))


def _boundaries(Z: Array, extent: Extent) -> tuple[NDArray[np.float64], ...]:
    """Where the network is undecided, from the outputs' sums Z (n_out, n, n).

    The logit is 0 where p is ½, and straighter than p there: the better number to find the line on. Of several classes
    each has the line where it draws level with the strongest other one, so every border is there twice.
    """
    return tuple(line for margin in margins(Z) for line in _zero_lines(margin, extent))


def margins(Z: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """Numbers (…) that are 0 where the network is undecided, from the outputs' sums Z (n_out, …): the one sum itself,
    or by how much each exceeds the strongest other one."""
    if len(Z) == 1:
        yield Z[0]
        return
    first, second = np.maximum(Z[0], Z[1]), np.minimum(Z[0], Z[1])
    for z in Z[2:]:  # a running best two: sorting would take longer than all the rest
        second = np.maximum(second, np.minimum(first, z))
        first = np.maximum(first, z)
    for z in Z:
        yield z - np.where(z == first, second, first)


def _zero_lines(values: Array, extent: Extent) -> tuple[NDArray[np.float64], ...]:
    x1, x2 = pixels(extent, len(values))
    # what contour_generator makes too, without its masked arrays: they take as long as finding the lines
    generator = SerialContourGenerator(
        x1,
        x2,
        values.astype(np.float64),
        ~np.isfinite(values),
        corner_mask=True,
        line_type=LineType.Separate,
        fill_type=FillType.OuterOffset,
        quad_as_tri=False,
        z_interp=ZInterp.Linear,
    )
    lines = generator.lines(0.0)
    return tuple(frozen(np.asarray(line, np.float64)) for line in lines)


def _pick(shape: tuple[int, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which rows and columns of a grid make its small picture: the nearest to THUMBNAIL evenly spread centres."""
    rows, columns = (((np.arange(THUMBNAIL) + 0.5) * (n / THUMBNAIL)).astype(np.int64) for n in shape)
    return rows[:, None], columns


def _thumbnails(A: Array, fold: Activation, shape: tuple[int, int]) -> Levels:
    rows, columns = _pick(shape)
    maps = A.reshape(-1, *shape)[:, rows, columns]
    return frozen(to_levels(maps, _scale(maps, fold)[:, None, None]))


def _scale(maps: Array, fold: Activation) -> NDArray[np.float32]:
    """What full colour stands for: an activation's own bound, or the largest value on the grid."""
    if fold.high is not None:
        return np.full(len(maps), fold.high, np.float32)
    return np.asarray(np.maximum(np.abs(maps).max(axis=(1, 2)), 1e-6), np.float32)
