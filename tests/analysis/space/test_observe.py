"""The whole space of a moment: what is drawn of it is where the network itself says, at every stage."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mlp_playground.analysis.space.boundary import boundary_of, up_to_sum
from mlp_playground.analysis.space.cloud import cloud_of
from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.observe import Place, Space, observe_space
from mlp_playground.analysis.space.projection import Choice
from mlp_playground.analysis.space.stages import Kind, Order, arrive, steps, travel
from mlp_playground.data import toy
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.nn.network import Architecture, Network, with_ones
from tests.arrays import arrays

XOR = toy.make("xor", 60, 0, 0.5, 0)
ORDERS = pytest.mark.parametrize("order", list(Order))


def network(hidden: tuple[int, ...], n_in: int = 2, n_out: int = 1, head: str = "binary", seed: int = 0) -> Network:
    shape = Architecture((n_in, *hidden, n_out), ("relu",) * len(hidden), head)
    return Network(shape, np.random.default_rng(seed).normal(0, 0.8, shape.n_parameters))


def place(space: Space, layer: int, kind: Kind) -> tuple[int, Place]:
    return next((s, p) for s, p in enumerate(space.places) if (p.stage.layer, p.stage.kind) == (layer, kind))


def rest(net: Network, order: Order, s: int, A: np.ndarray) -> list[np.ndarray]:
    """What comes after stage `s` for points `A` there."""
    return list(travel(steps(net, order)[s + 1 :], A))


def digits(n: int = 30, classes: int = 4) -> Dataset:
    rng = np.random.default_rng(0)
    parts = [Samples(rng.random((9, n)).astype(np.float32), np.arange(n) % classes) for _ in range(2)]
    return Dataset("made", "classes", *parts, tuple("abcd"), "pictures", (3, 3))


@ORDERS
@pytest.mark.parametrize(("hidden", "directions"), [((2,), 2), ((3, 2), 2), ((8, 6), 2), ((8, 6), 3)])
def test_lines_are_where_the_next_neurons_are_zero(order: Order, hidden: tuple[int, ...], directions: int) -> None:
    net = network(hidden)
    way = steps(net, order)
    space = observe_space(net, cloud_of(XOR), SpaceWish(order, directions))
    count = 0
    for s, each in enumerate(space.places):
        for wall in each.walls:
            D = each.projection.basis.shape[1]
            ends = np.stack([*wall.corners, wall.beside], axis=1)[:D]
            sums, *after = [each.projection.points(ends), *rest(net, order, s, each.projection.points(ends))]
            for values, step in zip(after, way[s + 1 :], strict=True):
                if not step.is_affine:
                    break
                sums = values
            zero = 0.5 if each.stage.kind is Kind.ANSWER else 0.0
            value = sums[wall.neuron or 0] - zero
            assert value[:-1] == pytest.approx(np.zeros(len(wall.corners)), abs=1e-9 * max(1, np.abs(sums).max()))
            assert value[-1] > 0, "the mark is on the positive side"
            count += 1
            if wall.carried is not None and directions == 2:
                nearest = each.projection.points(wall.corners.T[:D])
                moved = space.places[s + 1].projection.flat(way[s + 1].apply(nearest))
                assert pytest.approx(moved) == wall.carried.T
    assert count >= len(space.places)
    _, last = place(space, len(hidden) + 1, Kind.BIAS)
    assert [wall.neuron for wall in last.walls] == [None], "at the end one point separates"


def test_of_classes_the_borders_are_where_two_are_equal_and_no_other_is_larger() -> None:
    net = network((2,), 9, 4, "classes", seed=3)
    space = observe_space(net, cloud_of(digits()))
    s, last = place(space, 1, Kind.FOLD)
    assert last.walls
    for wall in last.walls:
        middle = wall.corners.mean(axis=0)[:2, None]
        logits = np.sort(rest(net, Order.LINEAR_FIRST, s, middle)[1][:, 0])
        assert logits[-1] == pytest.approx(logits[-2])
    rng = np.random.default_rng(0)
    u = rng.uniform(-1, 1, (2, 20_000)) * last.frame.half + last.frame.centre[:2, None]
    best = rest(net, Order.LINEAR_FIRST, s, u)[1].argmax(axis=0)
    touching = set()
    for wall in last.walls:
        away = (wall.beside - wall.corners.mean(axis=0))[:2, None] * 1e-4
        pair = rest(net, Order.LINEAR_FIRST, s, wall.corners.mean(axis=0)[:2, None] + away * [-1, 1])[1].argmax(axis=0)
        touching.add(frozenset(pair.tolist()))
    assert {each for pair in touching for each in pair} >= set(best.tolist()), "every class that wins has a border"
    assert all(len(pair) == 2 for pair in touching)


@ORDERS
def test_the_boundary_rides_along_to_where_the_network_is_undecided(order: Order) -> None:
    net = network((4, 3), seed=6)
    space = observe_space(net, cloud_of(XOR), SpaceWish(order))
    assert sum(space.boundary_pieces) == space.places[0].boundary.shape[1] > 20
    _, last = place(space, 3, Kind.BIAS)
    sums = last.projection.points(last.boundary[:2])
    off = np.abs(sums[0]) / np.abs(last.values).max()
    assert off.max() < 1e-4, "exact enough to be straight where the line is, also after kinks"
    assert np.median(off) < 1e-12
    _, input_place = place(space, 0, Kind.INPUT)
    if order is Order.NO_ACTIVATION:
        (line,) = input_place.walls
        away = line.beside - line.corners[0]
        normal = np.array([-(line.corners[1] - line.corners[0])[1], (line.corners[1] - line.corners[0])[0]])
        normal /= np.linalg.norm(normal) * np.sign(normal @ away[:2])
        off = normal @ (input_place.boundary[:2] - line.corners[0][:2, None])
        assert np.abs(off).max() < 1e-6, "the one matrix draws the very same boundary"
        assert space.collapsed is not None
    else:
        assert space.collapsed is None


def test_a_smooth_boundary_is_as_exact_as_its_numbers() -> None:
    shape = Architecture((2, 6, 5, 1), ("tanh",) * 2, "binary")
    for seed in range(2):
        net = Network(shape, np.random.default_rng(seed).normal(0, 1.5, shape.n_parameters))
        way = steps(net)
        points, _ = boundary_of(way, cloud_of(XOR), shape.n_parameters)
        assert points.shape[1] > 100
        assert np.abs(arrive(up_to_sum(way), points)).max() < 1e-12


def test_the_share_of_right_answers_is_the_networks_own() -> None:
    net = network((4, 3), seed=7)
    space = observe_space(net, cloud_of(XOR))
    X1 = with_ones(np.concatenate([XOR.train.X, XOR.test.X], axis=1), np.float64)
    y = np.concatenate([XOR.train.y, XOR.test.y])
    assert space.right == pytest.approx(((net.predict(X1)[0] > 0) == y).mean())
    sine = toy.make("sine", 40, 0, 0.5, 0)
    curve = observe_space(network((4,), 1, 1, "regression"), cloud_of(sine))
    assert curve.right is None
    assert not any(len(p.walls) for p in curve.places[-2:])


def test_directions_follow_the_moment_before_and_the_stage_before() -> None:
    net, cloud = network((8, 8), seed=2), cloud_of(XOR)
    first = observe_space(net, cloud)
    assert first.places[1].projection.choice is Choice.COMPONENTS
    rng = np.random.default_rng(0)
    space = first
    for _ in range(20):  # as learning goes: a little at a time
        net.theta += rng.normal(0, 0.01, len(net.theta))
        after = observe_space(net, cloud, None, space, gently=True)
        for old, new in zip(space.places, after.places, strict=True):
            assert np.linalg.norm(new.projection.basis - old.projection.basis) < 0.5
        space = after
    for _ in range(30):  # and where it stays, what is drawn becomes the best that there is
        space = observe_space(net, cloud, None, space, gently=True)
    for old, fresh in zip(space.places, observe_space(net, cloud).places, strict=True):
        assert old.projection.share == pytest.approx(fresh.projection.share, rel=0.01)
    still = observe_space(net, cloud, None, space)
    for old, fresh in zip(still.places, observe_space(net, cloud).places, strict=True):
        assert old.projection.share == pytest.approx(fresh.projection.share), "at rest they are the main ones"
    again = observe_space(net, cloud, None, still)
    for old, new in zip(still.places, again.places, strict=True):
        assert new.points == pytest.approx(old.points), "while nothing is learned nothing moves"
    other = observe_space(network((8, 5)), cloud, None, space)
    assert len(other.places) == len(space.places)
    assert other.places[-4].stage.width == 5


def test_chosen_neurons_and_names() -> None:
    net, cloud = network((8, 3)), cloud_of(XOR)
    wish = SpaceWish(neurons=((1, (6, 2)), (2, (0, 2)), (0, (0, 1))))
    space = observe_space(net, cloud, wish)
    for kind in (Kind.LINEAR, Kind.BIAS, Kind.FOLD):
        _, seen = place(space, 1, kind)
        assert seen.projection.axes == ("neuron 7", "neuron 3")
        assert seen.points[:2] == pytest.approx(seen.values[[6, 2]])
    assert place(space, 2, Kind.FOLD)[1].projection.axes == ("neuron 1", "neuron 3")
    assert place(space, 0, Kind.INPUT)[1].projection.axes == ("x₁", "x₂")
    assert place(space, 3, Kind.ANSWER)[1].axes == ("answer",)
    gone = observe_space(net, cloud, replace(wish, neurons=((1, (20, 2)),)))
    assert place(gone, 1, Kind.FOLD)[1].projection.choice is Choice.COMPONENTS


def test_steps_without_a_bound_share_their_frame() -> None:
    space = observe_space(network((3, 3)), cloud_of(XOR))
    frames = {(p.stage.layer, p.stage.kind): p.frame for p in space.places}
    assert frames[1, Kind.LINEAR] is frames[1, Kind.BIAS] is frames[1, Kind.FOLD]
    assert frames[1, Kind.FOLD] is not frames[2, Kind.LINEAR]
    for each in space.places:
        assert (np.abs(each.points - each.frame.centre[:, None]) <= each.frame.half + 1e-9).all()


def test_more_neurons_than_can_be_told_apart_are_counted() -> None:
    space = observe_space(network((40,)), cloud_of(XOR))
    first = space.places[0]
    assert first.hidden_walls == 24
    assert len(first.walls) <= 16
    assert len({wall.neuron for wall in first.walls}) == len(first.walls)


@pytest.mark.parametrize("directions", [2, 3])
def test_before_the_output_the_line_stands_upright_between_what_it_tells_apart(directions: int) -> None:
    net = network((8, 6), seed=4)
    space = observe_space(net, cloud_of(XOR), SpaceWish(directions=directions))
    s, last = place(space, 2, Kind.FOLD)
    assert last.can_face
    assert last.projection.choice is Choice.ANSWER
    assert [each.can_face for each in space.places].count(True) == 1
    (wall,) = last.walls
    across = wall.corners[:, 0]
    assert across == pytest.approx(np.full(len(across), across[0]))
    sums = space.places[s + 2].values[0]
    assert (last.points[0] > across[0]).tolist() == (sums > 0).tolist(), "exactly as the network decides"
    flat = observe_space(net, cloud_of(XOR), SpaceWish(directions=directions, answer=False))
    assert place(flat, 2, Kind.FOLD)[1].projection.choice is Choice.COMPONENTS


def test_of_three_classes_each_area_is_one_class_and_more_need_more_directions() -> None:
    data = digits(60, 3)
    net = network((7,), 9, 3, "classes", seed=3)
    space = observe_space(net, cloud_of(data))
    s, last = place(space, 1, Kind.FOLD)
    assert last.projection.choice is Choice.ANSWER
    rng = np.random.default_rng(0)
    away = rng.normal(size=(7, 60))
    away -= last.projection.basis @ (last.projection.basis.T @ away)
    shifted = last.values + away  # to any place that is drawn at the same spot
    best = [rest(net, Order.LINEAR_FIRST, s, A)[1].argmax(axis=0).tolist() for A in (last.values, shifted)]
    assert best[0] == best[1]
    four = network((7,), 9, 4, "classes")
    for directions, fits in ((2, False), (3, True)):
        seen = observe_space(four, cloud_of(digits()), SpaceWish(directions=directions))
        assert place(seen, 1, Kind.FOLD)[1].can_face is fits


def test_of_a_network_that_diverged_all_stays_finite() -> None:
    for value in (3e38, np.inf, np.nan):
        net = network((5, 3))
        net.theta *= value
        for order in Order:
            space = observe_space(net, cloud_of(XOR), SpaceWish(order, 3))
            for each in observe_space(net, cloud_of(XOR), SpaceWish(order, 3), space).places:
                assert np.isfinite(each.points).all()
                assert np.isfinite(each.lines).all()
                assert all(np.isfinite(wall.corners).all() for wall in each.walls)
                assert each.frame.half > 0


@ORDERS
def test_what_a_worker_hands_over_is_read_only(order: Order) -> None:
    found = list(arrays(observe_space(network((5, 3)), cloud_of(XOR), SpaceWish(order))))
    assert len(found) > 50
    assert not any(each.flags.writeable for each in found)
