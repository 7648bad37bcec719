"""How a network sees its data at each stage of the way: points, the plane's grid, and the next layer's lines in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.space.boundary import boundary_of, up_to_sum
from mlp_playground.analysis.space.cloud import Cloud
from mlp_playground.analysis.space.directions import SpaceWish, can_face, projections_of
from mlp_playground.analysis.space.frame import Frame, frames_of
from mlp_playground.analysis.space.projection import Projection
from mlp_playground.analysis.space.stages import Kind, Order, Stage, Step, collapsed, steps, travel
from mlp_playground.analysis.space.walls import Wall, walls_of
from mlp_playground.nn.arrays import frozen
from mlp_playground.nn.network import Network

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Place:
    """One stage: all coordinates `values` (n, N) of the points, called `axes`; and what is drawn: the `points` (3, N),
    the grid's `lines` and the `boundary` (3, …), `walls` of the next layer, and how many more there are. `can_face`:
    it can be drawn along the directions of the answer."""

    stage: Stage
    values: Floats
    axes: tuple[str, ...]
    projection: Projection
    points: Floats
    lines: Floats
    boundary: Floats
    walls: tuple[Wall, ...]
    hidden_walls: int
    frame: Frame
    can_face: bool

    def __post_init__(self) -> None:
        for each in (self.values, self.points, self.lines, self.boundary):
            frozen(each)


@dataclass(frozen=True, eq=False)
class Space:
    """All stages of one moment. `boundary_pieces` are the lengths of the boundary's lines, `right` the share of the
    points with the right answer, `collapsed` the one affine map (W, b) that is left without activations.

    `W` has the matrix of each stage that is a linear step, else None.
    """

    cloud: Cloud
    wish: SpaceWish
    places: tuple[Place, ...]
    W: tuple[Floats | None, ...]
    boundary_pieces: tuple[int, ...]
    right: float | None
    collapsed: tuple[Floats, Floats] | None


def observe_space(
    network: Network,
    cloud: Cloud,
    wish: SpaceWish | None = None,
    before: Space | None = None,
    *,
    gently: bool = False,
) -> Space:
    """Look at `network` with the points and lines of `cloud`. Main directions are turned as they were `before`, the
    moment on screen, so that nothing flips from one to the next; `gently`, for one of many moments in a row, they
    follow on those of before even where others have become the main ones."""
    wish = wish or SpaceWish()
    way = steps(network, wish.order, cloud.features)
    curve, pieces = boundary_of(way, cloud, network.architecture.n_parameters)
    corners = cloud.lines.shape[1]
    values = list(travel(way, cloud.X))
    names = [axes(step.stage, cloud, len(network.W)) for step in way]
    shown = projections_of(way, values, names, cloud, wish, _comparable(before, way, cloud, wish), gently)
    points = [each.flat(A) for each, A in zip(shown, values, strict=True)]
    frames = frames_of(way, shown, points, network.architecture)
    places = []
    rides = travel(way, np.concatenate([cloud.lines, curve], axis=1))  # thousands of points: one stage at a time
    for s, (step, ride) in enumerate(zip(way, rides, strict=True)):
        flat = shown[s].flat(ride)
        walls, hidden = walls_of(way, s, network, shown, frames[s])
        lines = flat[:, :corners], flat[:, corners:]
        what = step.stage, values[s], names[s], shown[s], points[s]
        places.append(Place(*what, *lines, walls, hidden, frames[s], can_face(way, s, wish)))
    one = collapsed(network) if wish.order is Order.NO_ACTIVATION else None
    matrices = tuple(step.W for step in way)
    return Space(cloud, wish, tuple(places), matrices, pieces, _right(network, way, values, cloud), one)


def _comparable(before: Space | None, way: Sequence[Step], cloud: Cloud, wish: SpaceWish) -> list[Projection | None]:
    """For each stage how it was drawn before, if it was there, of these data, and the reader still wants the same."""
    stages = [step.stage for step in way]
    is_other = before is None or before.cloud is not cloud or before.wish != wish
    if before is None or is_other or [p.stage for p in before.places] != stages:
        return [None] * len(way)
    return [place.projection for place in before.places]


def _right(network: Network, way: Sequence[Step], values: Sequence[Floats], cloud: Cloud) -> float | None:
    """The share of the points that are answered rightly; None where numbers are predicted."""
    head = network.architecture.the_head
    Y = head.targets(cloud.samples.y, network.architecture.widths[-1])
    return head.accuracy(values[len(up_to_sum(way)) - 1], Y)


def axes(stage: Stage, cloud: Cloud, layers: int) -> tuple[str, ...]:
    """What the numbers of a point are called at a stage of a network with so many `layers`; the output's after the
    classes where there are several."""
    if stage.kind is Kind.PLANE:
        return cloud.axes
    if stage.space == 0:
        return cloud.inputs
    if stage.space < layers:
        return tuple(f"neuron {k + 1}" for k in range(stage.width))
    if stage.width > 1:
        return cloud.data.classes
    if stage.kind is Kind.ANSWER:
        return ("answer",)
    target = cloud.data.target
    return ("sum",) if cloud.data.task != "regression" else (target.name if target else "prediction",)
