"""The lines and planes in a stage's space on which the next layer's neurons, or the network itself, are undecided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.space.clipping import Sums, borders, both, box, piece
from mlp_playground.analysis.space.frame import Frame
from mlp_playground.analysis.space.projection import Projection
from mlp_playground.analysis.space.stages import Kind, Step, onward, reaches_output
from mlp_playground.nn.arrays import frozen
from mlp_playground.nn.network import Network

Floats = NDArray[np.float64]

MOST = 16
"""Neurons of the next layer whose lines are drawn: of more, those that the picture shows best."""
BEYOND, MARGIN = 3.0, 1.1
"""Lines reach so many times as far as the points, as space does; planes end soon, to be seen through."""


@dataclass(frozen=True, eq=False)
class Wall:
    """A line or plane on which the sum of neuron number `neuron` of `layer` is 0, or (None) the network undecided.

    `corners` (K, 3) of the segment or polygon are drawn points, `beside` (3,) is one on the side where the neuron is
    positive. `carried` (K, 3) are the corners after the next step, where that keeps straight lines straight.
    """

    layer: int
    neuron: int | None
    corners: Floats
    beside: Floats
    carried: Floats | None

    def __post_init__(self) -> None:
        for each in (self.corners, self.beside, self.carried):
            if each is not None:
                frozen(each)


def walls_of(
    way: Sequence[Step], s: int, network: Network, shown: Sequence[Projection], frame: Frame
) -> tuple[tuple[Wall, ...], int]:
    """The lines or planes in the space of stage `s`, and how many more there are."""
    M, c = _sums(way, s, network)
    seen, frame_box = shown[s], _box(shown[s], frame)
    sums = Sums(M @ seen.basis, M @ seen.offset + c)
    wanted: list[tuple[int | None, Floats, float, Sums]]
    if reaches_output(way, s):
        wanted = [(None, normal, offset, both(frame_box, exceeds)) for normal, offset, exceeds in borders(sums)]
        if len(c) == 1:
            wanted = [(None, sums.normals[0], float(sums.offsets[0]), frame_box)]
        hidden = 0
    else:
        shares = np.linalg.norm(sums.normals, axis=1) / np.maximum(np.linalg.norm(M, axis=1), 1e-12)
        best = sorted(np.argsort(-np.round(shares, 9), kind="stable")[:MOST].tolist())
        wanted = [(neuron, sums.normals[neuron], float(sums.offsets[neuron]), frame_box) for neuron in best]
        hidden = len(c) - len(best)
    found = (_wall(way, s, shown, frame, *each) for each in wanted)
    return tuple(wall for wall in found if wall is not None), hidden


def _sums(way: Sequence[Step], s: int, network: Network) -> tuple[Floats, Floats]:
    """The sums w · x + c of the layer that comes next, in the numbers x of stage `s`: the rows of M and c, none of them
    where there is nothing to decide."""
    M, c = onward(way, s)
    head = network.architecture.the_head
    if way[s].stage.kind is Kind.PLANE or (reaches_output(way, s) and head.task == "regression"):
        return M[:0], c[:0]
    if way[s].stage.kind is Kind.ANSWER and len(c) == 1:
        undecided = np.zeros((1, 1))
        head.answer(np.zeros((1, 1)), undecided)
        c = c - undecided[0]
    return M, c


def _box(seen: Projection, frame: Frame) -> Sums:
    """Within which walls are drawn."""
    D = seen.basis.shape[1]
    side = np.full(D, BEYOND * frame.half) if seen.dimensions < 3 else np.maximum(MARGIN * frame.sides, frame.half / 4)
    return box(frame.centre[:D], side)


def _wall(
    way: Sequence[Step],
    s: int,
    shown: Sequence[Projection],
    frame: Frame,
    neuron: int | None,
    normal: Floats,
    offset: float,
    within: Sums,
) -> Wall | None:
    """The part of a line or plane that lies in view; None where it passes by."""
    found = piece(normal, offset, within, frame.centre[: len(normal)])
    if not len(found):
        return None
    corners = _three(found)
    beside = corners.mean(axis=0) + _three(normal[None])[0] * (0.1 * frame.half / np.linalg.norm(normal))
    carried = None
    if s + 1 < len(way) and way[s + 1].is_affine:
        carried = shown[s + 1].flat(way[s + 1].apply(shown[s].points(found.T))).T
    return Wall(_next_layer(way, s), neuron, corners, beside, carried)


def _next_layer(way: Sequence[Step], s: int) -> int:
    """Whose neurons' sums the affine steps after stage `s` lead to."""
    while s + 1 < len(way) and way[s + 1].is_affine:
        s += 1
    return way[s].stage.space


def _three(u: Floats) -> Floats:
    """Points (K, D) as drawn points (K, 3)."""
    result = np.zeros((len(u), 3))
    result[:, : u.shape[1]] = u
    return result
