"""The exact regions: they tile the square, are affine, and are all that a fine grid finds."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.regions import regions
from mlp_playground.analysis.subdivision import TooMany
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Architecture, Network

SIDE = 6.0


def network(hidden: tuple[int, ...], names: tuple[str, ...] | str = "relu", seed: int = 0, off: tuple = ()) -> Network:  # type: ignore[type-arg]
    names = (names,) * len(hidden) if isinstance(names, str) else names
    shape = Architecture((2, *hidden, 1), names, "binary", off)
    rng = np.random.default_rng(seed)
    theta = rng.normal(0, 0.7, shape.n_parameters)
    return Network(shape, theta)


def trained(hidden: tuple[int, ...], activation: str, epochs: int = 40) -> Network:
    config = ExperimentConfig().changed("data", name="circle", samples=200)
    config = config.changed("network", hidden=hidden, activations=(activation,) * len(hidden))
    trainer = Trainer(config)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer.network


def doubled(of: Network) -> Network:
    """The same network in float64."""
    return Network(of.architecture, of.theta.astype(np.float64))


def at(of: Network, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sums of the last layer (N,) and which hidden neurons are above 0 (N, hidden) at points (N, 2), layer by layer."""
    a, above = points.T.astype(np.float64), []
    for block, name in zip(of.blocks[:-1], of.architecture.activations, strict=True):
        z = block[:, :-1].astype(np.float64) @ a + block[:, -1:].astype(np.float64)
        above.append(z > 0)
        low = {"relu": 0.0, "leaky-relu": 0.01, "linear": 1.0}[name]
        a = np.where(z > 0, z, low * z)
        for layer, neuron in of.architecture.off:
            if layer == len(above) - 1:
                a[neuron] = 0
    last = of.blocks[-1].astype(np.float64)
    return (last[:, :-1] @ a + last[:, -1:])[0], np.concatenate(above).T if above else np.empty((len(points), 0), bool)


NETWORKS = {
    "none": network(()),
    "one": network((1,)),
    "eight": network((8,), seed=3),
    "8-8": network((8, 8), seed=1),
    "8-8-8": network((8, 8, 8), seed=2),
    "leaky": network((6, 5), "leaky-relu", seed=4),
    "mixed": network((5, 4, 6), ("relu", "linear", "leaky-relu"), seed=5),
    "linear": network((4, 4), "linear", seed=6),
    "off": network((6, 4), "relu", 7, ((0, 2), (1, 0))),
    "trained": doubled(trained((8, 8), "relu")),
    "trained in float32": trained((12,), "relu"),
}
EVERY = pytest.mark.parametrize("name", NETWORKS)


@EVERY
def test_the_regions_tile_the_square(name: str) -> None:
    found = regions(NETWORKS[name])
    assert found.areas().sum() == pytest.approx((2 * SIDE) ** 2, abs=1e-9)
    assert (found.areas() > 0).all()
    assert (np.abs(found.corners) <= SIDE + 1e-12).all()


@EVERY
def test_inside_each_the_network_is_its_affine_map(name: str) -> None:
    of, rng = NETWORKS[name], np.random.default_rng(0)
    found = regions(of)
    for r in range(len(found)):
        corners = found.polygon(r)
        points = rng.dirichlet(np.ones(len(corners)), 3) @ corners  # convex: every mixture of corners lies inside
        expected, above = at(of, points)
        w1, w2, b = found.maps[r, 0]
        assert points @ (w1, w2) + b == pytest.approx(expected, abs=1e-9)
        bends = [n not in ("linear",) for n in of.architecture.activations]
        wide = np.repeat(bends, of.architecture.widths[1:-1]).astype(bool)
        for layer, neuron in of.architecture.off:
            wide[sum(of.architecture.widths[1 : layer + 1]) + neuron] = False
        assert (above[:, wide] == found.patterns[r, wide]).all()


@EVERY
def test_a_fine_grid_finds_no_pattern_that_is_not_there(name: str) -> None:
    of = NETWORKS[name]
    found = regions(of)
    axis = np.linspace(-SIDE, SIDE, 251)[1:-1]
    points = np.stack(np.meshgrid(axis, axis), 2).reshape(-1, 2)
    bends = np.repeat([n != "linear" for n in of.architecture.activations], of.architecture.widths[1:-1]).astype(bool)
    for layer, neuron in of.architecture.off:
        bends[sum(of.architecture.widths[1 : layer + 1]) + neuron] = False  # nobody hears whether it bends
    seen = np.unique(at(of, points)[1][:, bends], axis=0)
    known = np.unique(found.patterns[:, bends], axis=0)
    assert len(known) == len(found), "no pattern twice"
    assert {row.tobytes() for row in seen} <= {row.tobytes() for row in known}
    missed = len(known) - len(seen)
    cell = (axis[1] - axis[0]) ** 2
    assert missed <= (found.areas() < 30 * cell).sum(), "only small ones can slip through the grid"


@EVERY
def test_the_boundary_is_where_the_sum_is_zero(name: str) -> None:
    of = NETWORKS[name]
    found = regions(of)
    for share in (0.0, 0.3, 1.0):
        points = found.boundary.pieces[:, 0] * (1 - share) + found.boundary.pieces[:, 1] * share
        if len(points):
            assert np.abs(at(of, points)[0]).max() < 1e-9
    for piece, r in zip(found.boundary.pieces, found.boundary.within, strict=True):
        assert found.at(*piece.mean(axis=0)) == r


@EVERY
def test_every_point_lies_in_its_region(name: str) -> None:
    found, rng = regions(NETWORKS[name]), np.random.default_rng(1)
    expected = at(NETWORKS[name], points := rng.uniform(-SIDE, SIDE, (50, 2)))[0]
    for (x1, x2), z in zip(points.tolist(), expected.tolist(), strict=True):
        r = found.at(x1, x2)
        assert r is not None
        assert found.maps[r, 0] @ (x1, x2, 1) == pytest.approx(z, abs=1e-9)
    assert found.at(SIDE + 1, 0) is None


@pytest.mark.parametrize("extent", [HOME, Extent((1.0, 2.0), 1.5), Extent((-4.0, 3.0), 5.0)])
def test_pixels_are_numbered_by_their_regions(extent: Extent) -> None:
    found, n = regions(NETWORKS["8-8"]), 60
    numbers = found.numbered(extent, n)
    for row, column in np.random.default_rng(3).integers(0, n, (200, 2)).tolist():
        r = found.at(*extent.point((column + 0.5) / n, (row + 0.5) / n))
        assert numbers[row, column] == (-1 if r is None else r)
    if extent == HOME:
        shares = np.bincount(found.numbered(HOME, 1000).ravel(), minlength=len(found)) / 1000**2
        assert shares == pytest.approx(found.areas() / 144, abs=1e-4)


def test_three_lines_by_hand() -> None:
    theta = np.array([1.0, 0, 0, 0, 1, 0, 1, 1, -2, 1, 1, 1, 0])  # x₁ = 0, x₂ = 0 and x₁ + x₂ = 2
    found = regions(Network(Architecture((2, 3, 1), ("relu",), "binary"), theta))
    assert len(found) == 7
    assert sorted(found.areas().tolist()) == pytest.approx([2.0, 8, 8, 28, 28, 34, 36])


def test_edges_part_the_regions_at_their_sides() -> None:
    found = regions(NETWORKS["8-8"])
    around = [set(map(tuple, found.polygon(r).tolist())) for r in range(len(found))]
    for (a, b), left, right in zip(found.edges.tolist(), *found.sides.tolist(), strict=True):
        assert {tuple(a), tuple(b)} <= around[left]
        if right == -1:
            assert any(abs(a[k]) == abs(b[k]) == SIDE and a[k] == b[k] for k in (0, 1))
        else:
            assert {tuple(a), tuple(b)} <= around[right]
            assert (found.patterns[left] != found.patterns[right]).sum() >= 1
    outer = found.edges[found.sides[1] == -1]
    assert np.hypot(*(outer[:, 1] - outer[:, 0]).T).sum() == pytest.approx(8 * SIDE)
    assert len(found.edges) == (len(found.corners) + len(outer)) / 2


def test_what_has_no_regions_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"activation: 'relu, tanh'.* ReLU, leaky ReLU or linear"):
        regions(network((3, 3), ("relu", "tanh")))
    three = Network(Architecture((3, 2, 1), ("relu",), "binary"), np.zeros(11))
    with pytest.raises(InvalidValue, match=r"inputs: 3 .* 2"):
        regions(three)


def test_too_many_are_told_before_they_are_found() -> None:
    with pytest.raises(TooMany):
        regions(network((16, 16), seed=1), most=100)


def test_a_plane_through_other_inputs_and_another_square() -> None:
    shape = Architecture((4, 5, 3, 1), ("relu", "relu"), "binary")
    of = Network(shape, np.random.default_rng(8).normal(size=shape.n_parameters))
    plane = np.random.default_rng(9).normal(size=(4, 3))
    found = regions(of, plane, Extent((1.0, -2.0), 0.5))
    assert len(found) > 3
    assert found.areas().sum() == pytest.approx(1, abs=1e-12)
    points = np.random.default_rng(10).uniform((0.5, -2.5), (1.5, -1.5), (40, 2))
    expected = at(of, (plane @ np.c_[points, np.ones(40)].T).T)[0]
    for point, z in zip(points, expected, strict=True):
        r = found.at(*point)
        assert r is not None
        assert found.maps[r, 0] @ (*point, 1) == pytest.approx(z, abs=1e-9)
    assert found.at(0, 0) is None
    strips = regions(network((1, 4), seed=2), np.array([[1.0, 0, 0], [0, 0, 0.5]]))
    assert (np.diff(strips.starts) == 4).all(), "of x₁ alone the regions are upright strips"


@pytest.mark.parametrize("kind", ["whole numbers", "no biases", "twins", "tiny"])
def test_lines_through_one_point_or_on_one_another_do_no_harm(kind: str) -> None:
    for seed in range(12):
        rng = np.random.default_rng(seed)
        shape = Architecture((2, 6, 5, 4, 1), ("relu",) * 3, "binary")
        of = Network(shape, rng.integers(-2, 3, shape.n_parameters) * 1.0)
        if kind != "whole numbers":
            of.theta[:] = rng.normal(size=shape.n_parameters) * (1e-9 if kind == "tiny" else 1)
        for b, block in zip(of.b, of.blocks, strict=True):
            if kind == "no biases":
                b[:] = 0
            if kind == "twins" and len(block) > 1:
                block[1] = block[0] * 3
        found = regions(of)
        assert found.areas().sum() == pytest.approx((2 * SIDE) ** 2, abs=1e-9)
        middles = np.array([found.polygon(r).mean(axis=0) for r in range(len(found))])
        sums = np.einsum("rk,rk->r", found.maps[:, 0], np.c_[middles, np.ones(len(found))])
        assert sums == pytest.approx(at(of, middles)[0], abs=1e-9)


def test_one_layer_closes_the_circle_with_an_even_number_of_sides_and_at_most_two_for_each_neuron() -> None:
    for neurons in (1, 2, 3, 4, 8, 16):
        for seed in (0, 1, 4):
            config = ExperimentConfig(seed=seed).changed("data", name="circle")
            config = config.changed("network", hidden=(neurons,), activations=("relu",))
            trainer = Trainer(config.changed("training", optimizer="adam", batch_size=32))
            for _ in range(100):
                trainer.run_epoch()
            boundary = regions(doubled(trainer.network)).boundary
            if neurons < 3:
                assert boundary.loops == 0, "one or two lines close nothing"
            else:
                assert boundary.loops == len(boundary.lines) == 1
                assert boundary.straight % 2 == 0
                assert 4 <= boundary.straight <= len(boundary) <= 2 * neurons


def test_a_network_of_zeros_is_one_region() -> None:
    shape = Architecture((2, 4, 1), ("relu",), "binary")
    found = regions(Network(shape, np.zeros(shape.n_parameters)))
    assert len(found) == 1
    assert len(found.boundary) == 0
