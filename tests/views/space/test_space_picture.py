"""The picture of a layer's space: everything stands where the camera puts it, at every moment, for all data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from mlp_playground.analysis.space.cloud import cloud_of
from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.journey import scene_at
from mlp_playground.analysis.space.observe import Space, observe_space
from mlp_playground.analysis.space.stages import Order
from mlp_playground.data import toy
from mlp_playground.nn.network import Architecture, Network
from mlp_playground.views.canvas.quick_paint import Stamps
from mlp_playground.views.space.camera import Camera, Turn
from mlp_playground.views.space.space_picture import SpaceShowing, paint_space, point_places, space_place, wall_at
from mlp_playground.views.space.space_points import Queue, hollow, paint_cloud, point_order
from mlp_playground.views.theme import DARK, LIGHT

Painted = Callable[..., np.ndarray]
AREA = QRectF(0, 0, 360, 320)
BARE = SpaceShowing(grid=False, walls=False, boundary=False)


def space_of(hidden: tuple[int, ...], wish: SpaceWish | None = None, data: str = "xor") -> Space:
    made = toy.make(data, 30, 0, 0.5, 0)
    head = {"regression": "regression", "classes": "classes"}.get(made.task, "binary")
    shape = Architecture((made.n_in, *hidden, 3 if head == "classes" else 1), ("relu",) * len(hidden), head)
    theta = np.random.default_rng(1).normal(0, 0.8, shape.n_parameters)
    return observe_space(Network(shape, theta), cloud_of(made), wish)


def test_the_camera_turns_and_keeps_lengths() -> None:
    area = QRectF(10, 20, 200, 100)
    rng = np.random.default_rng(0)
    v = rng.uniform(-1, 1, (3, 50))
    front = Camera(area, Turn(yaw=90, pitch=45), depth=0.0)
    assert front.unit == pytest.approx(46)
    flat = front.pixels(v)
    assert flat[:, 0] == pytest.approx(110 + 46 * v[0]), "without depth nothing turns"
    assert flat[:, 1] == pytest.approx(70 - 46 * v[1])
    assert front.at(flat[3, 0], flat[3, 1]) == pytest.approx(v[:2, 3])
    side = Camera(area, Turn(yaw=90, pitch=0), 1.0, 2.0)
    assert side.unit == pytest.approx(23), "what lies at a radius of 2 fits"
    seen = side.pixels(v)
    assert seen[:, 0] == pytest.approx(110 + 23 * v[2]), "a quarter turn brings the third direction to the right"
    assert seen[:, 2] == pytest.approx(-v[0])
    turned = Camera(area, Turn(yaw=31, pitch=-17, zoom=1.5), 1.0).pixels(v)
    lengths = np.linalg.norm((turned - [110, 70, 0]) / [46 * 1.5, 46 * 1.5, 1], axis=1)
    assert lengths == pytest.approx(np.linalg.norm(v, axis=0))
    moved = Camera(area, Turn(pan=(0.5, -0.25)), 0.0).pixels(v) - flat
    assert moved[:, :2] == pytest.approx(np.tile([50, -25], (50, 1)))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_points_are_marks_where_the_camera_puts_them(painted: Painted, theme: object) -> None:
    space = space_of((3,))
    for t in (0.0, 0.6, 3.0, 5.0):
        showing = replace(BARE, t=t)
        pixels = painted(lambda p: paint_space(p, AREA, space, showing, theme), 360, 320)  # noqa: B023
        empty = painted(
            lambda p: paint_space(p, AREA, space, replace(showing, turn=Turn(zoom=1e-3, pan=(9, 9))), theme),  # noqa: B023
            360,
            320,
        )
        for x, y, _ in point_places(AREA, space, showing):
            column, row = round(x), round(y)
            there = slice(max(row - 4, 0), row + 5), slice(max(column - 4, 0), column + 5)
            assert (pixels[there] != empty[there]).any()
    place = space_place(AREA)
    places = point_places(AREA, space, BARE)
    assert all(place.contains(x, y) for x, y, _ in places)


def test_what_is_not_wanted_is_not_drawn_and_a_pick_is_ringed(painted: Painted) -> None:
    space = space_of((2, 3))

    def drawn(**wanted: object) -> np.ndarray:
        showing = replace(BARE, **wanted)  # type: ignore[arg-type]
        return painted(lambda p: paint_space(p, AREA, space, showing, LIGHT), 360, 320)

    bare = drawn()
    assert (drawn(axes=False) != bare).any()
    for part in ("grid", "walls", "boundary"):
        assert (drawn(**{part: True}) != bare).any(), part
    assert (drawn(test_points=False) != bare).any()
    ringed = (drawn(picked=4) != bare).any(axis=2)
    rows, columns = np.nonzero(ringed)
    x, y, _ = point_places(AREA, space, BARE)[4]
    assert (columns.mean(), rows.mean()) == pytest.approx((x, y), abs=1)
    assert (drawn(picked=999) == bare).all(), "a point that there is no more"


def test_the_line_of_a_neuron_that_one_looks_at_stands_out(painted: Painted) -> None:
    space = space_of((3,))
    lines = replace(BARE, walls=True)

    def drawn(focus: tuple[int, int] | None) -> np.ndarray:
        return painted(lambda p: paint_space(p, AREA, space, replace(lines, focus=focus), LIGHT), 360, 320)

    plain, focused = drawn(None), drawn((1, 1))
    for nowhere in ((0, 1), (2, 1), (1, 7)):
        assert (drawn(nowhere) == plain).all()
    place, camera = space_place(AREA), Camera(space_place(AREA), Turn())
    for wall in scene_at(space, 0).walls:
        foot = camera.pixels(wall.corners.T)[:, :2]
        along = np.linspace(0, 1, 4001)[:, None]
        on_it = [
            (x, y) for x, y in foot[0] + along * (foot[1] - foot[0]) if place.adjusted(9, 9, -9, -9).contains(x, y)
        ]
        assert on_it
        found = [wall_at(AREA, space, lines, x, y) for x, y in on_it[:: max(len(on_it) // 9, 1)]]
        assert sum(each is not None and each.neuron == wall.neuron for each in found) > len(found) / 2
        ink = [np.abs(picture[round(y), round(x)] - 128).sum() for x, y in on_it for picture in (plain, focused)]
        before, after = sum(ink[::2]), sum(ink[1::2])
        assert (after > before) == (wall.neuron == 1), "the others step back"
    assert {wall.layer for wall in scene_at(space, 0).walls} == {1}
    assert {(wall.layer, wall.neuron) for wall in scene_at(space, 3).walls} == {(2, None)}
    assert wall_at(AREA, space, replace(lines, walls=False), *on_it[0]) is None
    assert wall_at(AREA, space, lines, 1, 1) is None


def test_every_kind_of_space_and_moment_can_be_drawn(painted: Painted) -> None:
    wishes = [SpaceWish(), SpaceWish(Order.ACTIVATION_FIRST, 3), SpaceWish(Order.NO_ACTIVATION, neurons=((1, (0, 3)),))]
    for data in ("xor", "sine", "parity", "plane"):
        for wish in wishes:
            space = space_of((5, 3), wish, data)
            for t in np.arange(0, len(space.places), 1.25):
                pixels = painted(lambda p: paint_space(p, AREA, space, SpaceShowing(float(t)), DARK), 360, 320)  # noqa: B023
                assert ((pixels != 128).any(axis=2)).sum() > 200


def test_the_same_moment_gives_the_same_pixels(painted: Painted) -> None:
    first, second = (
        painted(lambda p: paint_space(p, AREA, space_of((6, 3)), SpaceShowing(2.3), LIGHT)) for _ in range(2)
    )
    assert (first == second).all()


def test_stamps_put_down_the_same_marks_at_once(painted: Painted, qapp: object) -> None:
    spaces = [space_of((3,)), space_of((3,), None, "sine"), space_of((3,), None, "spiral3")]
    for space, ratio in zip(spaces, (1.0, 2.0, 1.0), strict=True):
        cloud = space.cloud
        stamps = Stamps(cloud.data, cloud.samples.y, hollow(cloud), LIGHT, 7.0, ratio)
        rng = np.random.default_rng(1)
        places = rng.integers(20, 340, (len(cloud.samples), 2)).astype(float)
        order = Queue(np.arange(len(places)), places, np.ones(len(places)))
        quick, slow = (
            painted(lambda p: paint_cloud(p, order, 7.0, cloud, LIGHT, each))  # noqa: B023
            for each in (stamps, None)
        )
        assert (slow != 128).any(axis=2).sum() > 1000
        differs = np.abs(quick - slow).max(axis=2) > 60
        assert differs.sum() < 0.04 * (slow != 128).any(axis=2).sum(), "but for which of two lies on top"


def test_what_is_near_lies_over_what_is_far() -> None:
    space = space_of((3,))
    scene = scene_at(space, 3)
    camera = Camera(AREA, Turn(), scene.depth, scene.radius)
    order = point_order(camera, scene, space.cloud, test_points=True)
    assert sorted(order.number.tolist()) == list(range(len(space.cloud.samples)))
    near = camera.pixels(scene.points)[order.number, 2]
    assert (np.diff(order.scale) >= 0).all()
    assert near[order.scale == order.scale.max()].min() > near[order.scale == order.scale.min()].max()
    trained = point_order(camera, scene, space.cloud, test_points=False)
    assert sorted(trained.number.tolist()) == list(range(space.cloud.n_train))
