"""How a network sees its data at each stage of the way: points, the plane's grid, and the next layer's lines in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from contourpy import LineType, contour_generator
from numpy.typing import NDArray

from mlp_playground.analysis.field import margins
from mlp_playground.analysis.space.cloud import Cloud
from mlp_playground.analysis.space.frame import Frame, frames_of
from mlp_playground.analysis.space.projection import (
    AS_THEY_ARE,
    Projection,
    along,
    chosen,
    components,
    everything,
    turned,
)
from mlp_playground.analysis.space.stages import Kind, Order, Stage, Step, collapsed, steps, travel
from mlp_playground.analysis.space.walls import Wall, walls_of
from mlp_playground.data.toy import HALF_WIDTH
from mlp_playground.nn.network import Network

Floats = NDArray[np.float64]

FINE, COARSE = 121, 49
"""Corners along each side of the mesh on which the boundary is found: usual, and for large networks."""
BIG = 1e8
"""Parameters × corners from which the mesh is coarse: more would take tens of milliseconds."""


@dataclass(frozen=True)
class SpaceWish:
    """What the reader wants to see: the `order` of the steps; along how many main `directions` (2 or 3) layers of more
    neurons are drawn, and of which layers two or three `neurons` instead: (layer, (neuron, …)), the inputs being 0."""

    order: Order = Order.LINEAR_FIRST
    directions: int = 2
    neurons: tuple[tuple[int, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, eq=False)
class Place:
    """One stage: all coordinates `values` (n, N) of the points, called `axes`; and what is drawn: the `points` (3, N),
    the grid's `lines` and the `boundary` (3, …), `walls` of the next layer, and how many more there are."""

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


def observe_space(network: Network, cloud: Cloud, wish: SpaceWish | None = None, before: Space | None = None) -> Space:
    """Look at `network` with the points and lines of `cloud`. Main directions are turned as they were `before`, the
    moment on screen, so that nothing flips from one to the next."""
    wish = wish or SpaceWish()
    way = steps(network, wish.order, cloud.features)
    curve, pieces = _boundary(network, way, cloud)
    corners = cloud.lines.shape[1]
    rides = travel(way, np.concatenate([cloud.lines, curve], axis=1))
    values = travel(way, cloud.X)
    names = [axes(step.stage, cloud, len(network.W)) for step in way]
    shown = _projections(way, values, names, cloud, wish, _comparable(before, way, wish))
    points = [each.flat(A) for each, A in zip(shown, values, strict=True)]
    frames = frames_of(way, shown, points, network.architecture)
    places = []
    for s, step in enumerate(way):
        flat = shown[s].flat(rides[s])
        walls, hidden = walls_of(way, s, network, shown, frames[s])
        lines = flat[:, :corners], flat[:, corners:]
        places.append(Place(step.stage, values[s], names[s], shown[s], points[s], *lines, walls, hidden, frames[s]))
    one = collapsed(network) if wish.order is Order.NO_ACTIVATION else None
    matrices = tuple(step.W for step in way)
    return Space(cloud, wish, tuple(places), matrices, pieces, _right(network, way, values, cloud), one)


def _right(network: Network, way: Sequence[Step], values: Sequence[Floats], cloud: Cloud) -> float | None:
    """The share of the points that are answered rightly; None where numbers are predicted."""
    head = network.architecture.the_head
    Y = head.targets(cloud.samples.y, network.architecture.widths[-1])
    return head.accuracy(values[len(_up_to_sum(way)) - 1], Y)


def _up_to_sum(way: Sequence[Step]) -> Sequence[Step]:
    """The way without the last step from the sum to a probability, which is flat far from the boundary."""
    return way[:-1] if way[-1].stage.kind is Kind.ANSWER else way


def _boundary(network: Network, way: Sequence[Step], cloud: Cloud) -> tuple[Floats, tuple[int, ...]]:
    """Where the way's answer is undecided in the plane, as points (n, M) where it begins, and the lines' lengths."""
    nothing = np.zeros((len(cloud.X), 0)), ()
    if not cloud.has_plane or cloud.data.task == "regression":
        return nothing
    size = FINE if network.architecture.n_parameters * FINE**2 < BIG else COARSE
    axis = np.linspace(-HALF_WIDTH, HALF_WIDTH, size)
    u = np.stack([part.ravel() for part in np.meshgrid(axis, axis)])
    Z = travel(_up_to_sum(way), cloud.of_plane(u))[-1].reshape(-1, size, size)
    found = (contour_generator(axis, axis, margin, line_type=LineType.Separate).lines(0.0) for margin in margins(Z))
    lines = [np.asarray(line) for lines in found for line in lines]
    if not lines:
        return nothing
    return cloud.of_plane(np.concatenate(lines).T), tuple(map(len, lines))


# -- what is drawn of each stage --------------------------------------------------------------------------------------


def _comparable(before: Space | None, way: Sequence[Step], wish: SpaceWish) -> list[Projection | None]:
    """For each stage how it was drawn before, if it was there."""
    stages = [step.stage for step in way]
    if before is None or before.wish.order is not wish.order or [p.stage for p in before.places] != stages:
        return [None] * len(way)
    return [place.projection for place in before.places]


def _projections(
    way: Sequence[Step],
    values: Sequence[Floats],
    names: Sequence[tuple[str, ...]],
    cloud: Cloud,
    wish: SpaceWish,
    before: Sequence[Projection | None],
) -> list[Projection]:
    neurons = dict(wish.neurons)
    found: list[Projection] = []
    for s, (step, A) in enumerate(zip(way, values, strict=True)):
        stage = step.stage
        wanted = tuple(neuron for neuron in neurons.get(stage.space, ()) if neuron < len(A))
        if stage.kind is Kind.PLANE:
            found.append(everything(2, names[s]))
        elif len(wanted) in (2, 3) and len(A) > 2:
            found.append(chosen(A, wanted, names[s]))
        elif len(A) <= AS_THEY_ARE:
            found.append(everything(len(A), names[s]))
        elif stage.kind is Kind.BIAS:
            found.append(along(A, found[-1]))  # a shift leaves the directions as they are
        else:
            main = _main(cloud, wish.directions) if s == 0 else components(A, wish.directions)
            target = _target(A, main, before[s], found, values[s - 1] if s else None)
            found.append(main if target is None else turned(main, target))
    return found


@lru_cache(maxsize=4)
def _main(cloud: Cloud, count: int) -> Projection:
    """Of the inputs, which stay while training."""
    return components(cloud.X, count)


def _target(
    A: Floats, main: Projection, before: Projection | None, found: Sequence[Projection], last: Floats | None
) -> Floats | None:
    """V.T @ T for the axes T that those of `main` are to be turned to: as they were drawn before, else as at the stage
    before, so that the way there is short."""
    V = main.basis
    if before is not None and before.basis.shape == V.shape:
        return np.asarray(V.T @ before.basis)
    if last is None:
        return None
    if len(last) == len(A) and found[-1].basis.shape == V.shape:
        return np.asarray(V.T @ found[-1].basis)
    there, here = found[-1].flat(last)[: V.shape[1]], V.T @ A
    return np.asarray((here - here.mean(axis=1)[:, None]) @ (there - there.mean(axis=1)[:, None]).T)


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
