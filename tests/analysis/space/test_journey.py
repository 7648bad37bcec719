"""Between the stages: exact at both ends, continuous between, and a half turn goes around."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from mlp_playground.analysis.space.cloud import cloud_of
from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.journey import scene_at
from mlp_playground.analysis.space.observe import Space, observe_space
from mlp_playground.analysis.space.stages import Order
from mlp_playground.data import toy
from mlp_playground.nn.network import Architecture, Network

XOR = toy.make("xor", 40, 0, 0.5, 0)


def space_of(hidden: tuple[int, ...], W: list[list[float]] | None = None, wish: SpaceWish | None = None) -> Space:
    shape = Architecture((2, *hidden, 1), ("tanh",) * len(hidden), "binary")
    net = Network(shape, np.random.default_rng(4).normal(0, 0.8, shape.n_parameters))
    if W is not None:
        net.W[0][:] = W
    return observe_space(net, cloud_of(XOR), wish)


def unframed(space: Space, s: int, v: np.ndarray) -> np.ndarray:
    frame = space.places[s].frame
    return np.asarray(v * frame.half + frame.centre[:, None])


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("hidden", [(2, 3, 3), (5,), (1,)])
def test_stages_are_met_and_nothing_jumps_on_the_way(order: Order, hidden: tuple[int, ...]) -> None:
    space = space_of(hidden, None, SpaceWish(order))
    for s, place in enumerate(space.places):
        scene = scene_at(space, s)
        rows = [0, 2] if place.projection.dimensions == 1 else [0, 1, 2]  # beside a line they are scattered
        assert unframed(space, s, scene.points)[rows] == pytest.approx(place.points[rows], abs=1e-9)
        assert unframed(space, s, scene.lines) == pytest.approx(place.lines, abs=1e-9)
        assert (scene.place, scene.near) == (place, 1)
        assert scene.depth == (place.projection.dimensions == 3)
        if s:
            before = scene_at(space, s - 1e-7)
            assert before.points == pytest.approx(scene.points, abs=1e-4)
            assert before.boundary == pytest.approx(scene.boundary, abs=1e-3)
    moments = [scene_at(space, t).points for t in np.linspace(0, len(space.places) - 1, 40 * len(space.places))]
    assert max(np.abs(b - a).max() for a, b in pairwise(moments)) < 0.3
    end = scene_at(space, 99)
    assert end.points == pytest.approx(scene_at(space, len(space.places) - 1).points)


@pytest.mark.parametrize(
    "W", [[[-1, 0], [0, -1]], [[0, -2], [2, 0]], [[1, 0], [0, -1]], [[0.3, -0.9], [0.8, 0.4]], [[1, 0.5], [0, 1]]]
)
def test_a_linear_step_turns_and_stretches_and_never_shrinks_to_a_point(W: list[list[float]]) -> None:
    space = space_of((2,), W)
    least = np.linalg.svd(np.array(W))[1].min()
    halves = [place.frame.half for place in space.places[:2]]
    start = np.linalg.norm(np.diff(scene_at(space, 0).points), axis=0)
    for share in (0.25, 0.5, 0.75, 1 - 1e-9):
        v = scene_at(space, share).points
        assert (np.linalg.norm(np.diff(v), axis=0) >= min(least * halves[0] / halves[1], 1) * start - 1e-6).all()
    assert unframed(space, 1, v)[:2] == pytest.approx(np.array(W) @ space.places[0].points[:2], abs=1e-6)


def test_a_turn_goes_by_equal_angles() -> None:
    angle = 2.5
    W = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    space = space_of((2,), W)
    x, y, _ = np.diff(scene_at(space, 0.4).points)
    x0, y0, _ = np.diff(space.places[0].points)
    turned = np.angle((x + 1j * y) / (x0 + 1j * y0))
    assert turned == pytest.approx(np.full(len(x), 0.4 * angle))


def test_walls_go_along_with_space_and_fade_at_a_fold() -> None:
    space = space_of((2,), [[1, 0.5], [-0.5, 1]])
    start, end = scene_at(space, 0), scene_at(space, 1 - 1e-9)
    assert [wall.strong for wall in scene_at(space, 0.5).walls] == [1, 1]
    place = space.places[1]
    for wall, drawn in zip(space.places[0].walls, end.walls, strict=True):
        assert wall.carried is not None
        assert pytest.approx(wall.carried, abs=1e-6) == unframed(space, 1, drawn.corners.T).T
        (same,) = (each for each in place.walls if each.neuron == wall.neuron)
        along = same.corners[1] - same.corners[0]
        off = np.cross(wall.carried - same.corners[0], along)
        assert np.abs(off).max() < 1e-6, "where it arrives the next stage's line lies"
    assert len(start.walls) == 2
    assert [wall.strong for wall in scene_at(space, 2.25).walls] == [0.5, 0.5]
    assert scene_at(space, 2.5).walls == ()
    assert [(wall.neuron, wall.strong) for wall in scene_at(space, 2.75).walls] == [(None, 0.5)]
