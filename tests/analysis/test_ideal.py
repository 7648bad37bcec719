"""The climb to a neuron's ideal picture: its gradient against finite differences, its end against what is known."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.ideal import NOISE, SMOOTHINGS, STEPS, Climb, climb, noise, slope
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.network import Architecture, Network, with_ones

SHAPE = (4, 5)


def network_of(fold: str, seed: int = 0, off: tuple[tuple[int, int], ...] = ()) -> Network:
    shape = Architecture((20, 7, 6, 3), (fold, fold), "classes", off)
    return Network(shape, np.random.default_rng(seed).normal(0, 0.5, shape.n_parameters))


@pytest.mark.parametrize("fold", [name for name, each in ACTIVATIONS.items() if each.learns])
def test_the_slope_is_that_of_finite_differences_in_every_layer(fold: str) -> None:
    network = network_of(fold, off=((0, 2),))
    x = np.random.default_rng(1).uniform(0, 1, 20)
    for layer, neuron in ((0, 3), (1, 4), (2, 1)):
        z, gradient = slope(network, x, (layer, neuron))
        if layer == 2:
            assert z == pytest.approx(float(network.predict(with_ones(x[:, None], np.float64))[neuron, 0]))
        for pixel in range(20):
            up, down = (x + sign * 1e-5 * (np.arange(20) == pixel) for sign in (1, -1))
            rise = slope(network, up, (layer, neuron))[0] - slope(network, down, (layer, neuron))[0]
            assert gradient[pixel] == pytest.approx(rise / 2e-5, abs=1e-6)


def test_a_first_layers_ideal_picture_has_ink_where_its_weights_are_positive() -> None:
    network = network_of("relu", 2)
    start = noise(network, (0, 1), SHAPE, np.random.default_rng(5))
    assert start.x.shape == SHAPE
    assert start.x.min() >= 0
    assert start.x.max() <= NOISE
    end = climb(network, start, (0, 1), SMOOTHINGS["none"], STEPS)
    w = network.W[0][1]
    sure = np.abs(w) > 0.05
    assert (end.x.ravel()[sure] == (w > 0)[sure]).all()
    assert end.z == pytest.approx(float(w[w > 0].sum() + network.b[0][1]), abs=0.3)
    assert (end.step, end.is_done, start.is_done) == (STEPS, True, False)
    assert end.heights[0] == start.z
    after = climb(network, end, (0, 1), SMOOTHINGS["none"], 5)
    assert (after.step, len(after.heights)) == (STEPS + 5, STEPS), "what it was long ago is forgotten"
    assert after.heights[:-5] == end.heights[5:]


@pytest.mark.parametrize("name", list(SMOOTHINGS))
def test_it_climbs_within_the_range_of_ink_and_is_the_same_for_the_same_noise(name: str) -> None:
    network, cell = network_of("tanh", 3), (2, 0)
    ends = [
        climb(network, noise(network, cell, SHAPE, np.random.default_rng(seed)), cell, SMOOTHINGS[name], 100)
        for seed in (7, 7, 8)
    ]
    assert ends[0].x.tobytes() == ends[1].x.tobytes() != ends[2].x.tobytes()
    assert ends[0].z > ends[0].heights[0]
    assert ends[0].z == pytest.approx(slope(network, ends[0].x.ravel(), cell)[0])
    assert 0 <= ends[0].x.min() <= ends[0].x.max() <= 1
    whole, half = ends[0], noise(network, cell, SHAPE, np.random.default_rng(7))
    for _ in range(10):
        half = climb(network, half, cell, SMOOTHINGS[name], 10)
    assert half.x.tobytes() == whole.x.tobytes(), "in parts it is the same way"
    assert half.heights == whole.heights


def test_more_smoothing_leaves_less_difference_between_neighbours() -> None:
    network, cell = network_of("relu", 4), (2, 2)
    start = noise(network, cell, SHAPE, np.random.default_rng(1))
    roughness = []
    for smoothing in SMOOTHINGS.values():
        x = climb(network, start, cell, smoothing, STEPS).x
        roughness.append(float(np.square(np.diff(x, axis=0)).sum() + np.square(np.diff(x, axis=1)).sum()))
    assert roughness[0] > roughness[1] > roughness[2]


def test_one_step_is_the_formula_written_out() -> None:
    network, cell, smoothing = network_of("tanh", 5), (1, 0), SMOOTHINGS["some"]
    start = noise(network, cell, SHAPE, np.random.default_rng(2))
    _, gradient = slope(network, start.x.ravel(), cell)
    gradient = gradient.reshape(SHAPE) / np.abs(gradient).mean()
    end = climb(network, start, cell, smoothing, 1).x
    for row in range(SHAPE[0]):
        for column in range(SHAPE[1]):
            here = float(start.x[row, column])
            near = [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
            beside = [float(start.x[r, c]) for r, c in near if 0 <= r < SHAPE[0] and 0 <= c < SHAPE[1]]
            pull = gradient[row, column] - smoothing.thrift - smoothing.decay * here
            pull += smoothing.blur * sum(other - here for other in beside)
            assert end[row, column] == pytest.approx(min(max(here + 0.03 * pull, 0), 1), abs=1e-5)


def test_where_no_pixel_matters_there_is_no_way_up() -> None:
    network = network_of("relu", 6)
    network.theta[:] = 0
    start = noise(network, (2, 0), SHAPE, np.random.default_rng(1))
    end = climb(network, start, (2, 0), SMOOTHINGS["some"], 50)
    assert end.flat
    assert end.is_done
    assert end.x.tobytes() == start.x.tobytes()
    network.theta[:] = np.nan
    assert climb(network, start, (2, 0), SMOOTHINGS["some"], 50).flat
    assert not Climb(start.x, 0.0).x.flags.writeable
