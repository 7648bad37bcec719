"""The toy problems against TensorFlow Playground's distributions, as its dataset.ts states them."""

from __future__ import annotations

from math import cos, hypot, pi, sin

import numpy as np
import pytest
from numpy.typing import NDArray

from mlp_playground.data.toy import HALF_WIDTH, TOYS, make

Points = tuple[NDArray[np.float64], NDArray[np.float64]]
MANY = 40_000  # a share among so many strays by at most 0.0025 (one σ)
HILLS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))


def draw(name: str, n: int, noise: float, seed: int = 0) -> Points:
    return TOYS[name].draw(np.random.default_rng(seed), n, noise)


def hill(x: float, y: float) -> float:
    heights = [sign * max(0.0, 1 - hypot(x - cx, y - cy) / 2) for cx, cy, sign in HILLS]
    return max(heights, key=abs)


def test_spiral_arms_wind_as_stated() -> None:
    X, y = draw("spiral", 200, 0)
    for label, turn in ((1, 0.0), (0, pi)):
        arm = X[:, y == label]
        r = [5 * i / 100 for i in range(100)]
        t = [1.75 * 2 * pi * i / 100 + turn for i in range(100)]
        assert arm[0] == pytest.approx([r[i] * sin(t[i]) for i in range(100)])
        assert arm[1] == pytest.approx([r[i] * cos(t[i]) for i in range(100)])


def test_spiral_noise_is_uniform_within_its_bounds() -> None:
    clean, noisy = draw("spiral", MANY, 0)[0], draw("spiral", MANY, 0.4)[0]
    off = noisy - clean
    assert np.abs(off).max() <= 0.4
    assert off.std() == pytest.approx(0.4 / 3**0.5, rel=0.02)
    assert abs(off.mean()) < 0.01


def test_circle_radii_are_uniform_in_two_bands() -> None:
    X, y = draw("circle", MANY, 0)
    r = np.hypot(*X)
    for inside, low, high in ((True, 0, 2.5), (False, 3.5, 5)):
        band = r[(y > 0) == inside]
        assert len(band) == MANY // 2
        assert low <= band.min() < band.max() <= high
        assert np.quantile(band, [0.25, 0.5, 0.75]) == pytest.approx(
            np.interp([0.25, 0.5, 0.75], [0, 1], [low, high]), abs=0.05
        )


def test_circle_directions_are_uniform() -> None:
    X, _ = draw("circle", MANY, 0)
    quadrants = np.bincount(2 * (X[0] > 0) + (X[1] > 0))
    assert quadrants / MANY == pytest.approx([0.25] * 4, abs=0.015)


@pytest.mark.parametrize(("inside", "low", "high"), [(True, 0, 2.5), (False, 3.5, 5)])
def test_circle_labels_look_at_the_noisy_distance(inside: bool, low: float, high: float) -> None:
    X, y = draw("circle", MANY, 0.4)
    # the noise itself isn't told: compare the share of blue in each band with an independent simulation
    rng = np.random.default_rng(99)
    radius, angle = rng.uniform(low, high, MANY), rng.uniform(-pi, pi, MANY)
    noisy = np.hypot(
        radius * np.cos(angle) + rng.uniform(-2, 2, MANY), radius * np.sin(angle) + rng.uniform(-2, 2, MANY)
    )
    share = float((noisy < 2.5).mean())
    assert 0.03 < share < 0.97
    assert y[(np.hypot(*X) < 3) == inside].mean() == pytest.approx(share, abs=0.015)


def test_xor_keeps_away_from_the_axes() -> None:
    X, y = draw("xor", MANY, 0)
    assert np.abs(X).min() >= 0.3
    assert np.abs(X).max() <= 5.3
    assert np.abs(X).mean() == pytest.approx(2.8, abs=0.03)
    assert (y == (X[0] * X[1] > 0)).all()


def test_xor_labels_look_at_the_noisy_point() -> None:
    X, y = draw("xor", MANY, 0.3)
    rng = np.random.default_rng(98)
    # a coordinate 0.3 + u, u in 0…5, changes its sign if the noise is beyond; the label changes if exactly one does
    flips = (0.3 + rng.uniform(0, 5, (2, MANY)) + rng.uniform(-1.5, 1.5, (2, MANY))) < 0
    wrong = (y > 0) != (X[0] * X[1] > 0)
    assert wrong.mean() == pytest.approx((flips[0] != flips[1]).mean(), abs=0.01)
    assert np.abs(X[:, wrong]).min(axis=0).max() <= 1.5  # farther from both axes no noise reaches across


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_gaussian_clouds_have_the_stated_centres_and_variances(noise: float, variance: float) -> None:
    X, y = draw("gaussian", MANY, noise)
    for label, centre in ((1, 2), (0, -2)):
        cloud = X[:, y == label]
        assert cloud.shape == (2, MANY // 2)
        assert cloud.mean(axis=1) == pytest.approx([centre, centre], abs=0.06)
        assert cloud.var(axis=1) == pytest.approx([variance, variance], rel=0.04)
        assert abs(float(np.asarray(np.corrcoef(cloud))[0, 1])) < 0.03


def test_plane_rises_by_a_tenth() -> None:
    X, y = draw("plane", 500, 0)
    assert y == pytest.approx([(x1 + x2) / 10 for x1, x2 in X.T])


def test_plane_noise_moves_the_target_not_the_point() -> None:
    X, y = draw("plane", MANY, 0.5)
    off = y - X.sum(axis=0) / 10
    assert np.abs(off).max() <= 0.6
    assert off.var() == pytest.approx(2 * 3**2 / 3 / 100, rel=0.04)  # two coordinates, uniform within ±3
    assert np.abs(X).max() <= 6


def test_hills_are_cones_of_radius_two() -> None:
    X, y = draw("hills", 2000, 0)
    assert y == pytest.approx([hill(x1, x2) for x1, x2 in X.T])
    assert y.max() > 0.8
    assert y.min() < -0.8


def test_hills_noise_is_that_of_the_looked_up_point() -> None:
    X, y = draw("hills", MANY, 0.05)
    clean = np.array([hill(x1, x2) for x1, x2 in X.T[:5000]])
    # a slope of ½ in height per unit of distance, and at most 0.3 · √2 of distance
    assert np.abs(y[:5000] - clean).max() <= 0.5 * 0.3 * 2**0.5 + 1e-9
    assert np.abs(y[:5000] - clean).mean() > 0.01


@pytest.mark.parametrize("name", ["plane", "hills"])
def test_regression_points_fill_the_canvas(name: str) -> None:
    X, _ = draw(name, MANY, 0.1)
    assert HALF_WIDTH - 0.01 < np.abs(X).max() <= HALF_WIDTH
    assert X.var() == pytest.approx(HALF_WIDTH**2 / 3, rel=0.02)


@pytest.mark.parametrize("name", TOYS)
def test_odd_numbers_of_points_are_all_drawn(name: str) -> None:
    X, y = draw(name, 11, 0.1)
    assert X.shape == (2, 11)
    assert y.shape == (11,)


@pytest.mark.parametrize("name", TOYS)
def test_the_same_seed_gives_the_same_points(name: str) -> None:
    first, again, other = make(name, 60, 0.2, 0.5, 4), make(name, 60, 0.2, 0.5, 4), make(name, 60, 0.2, 0.5, 5)
    assert first.train.X.tobytes() == again.train.X.tobytes()
    assert first.test.y.tobytes() == again.test.y.tobytes()
    # the spiral without noise is no matter of chance, but which of its points are for testing is
    assert first.train.X.tobytes() != other.train.X.tobytes()


@pytest.mark.parametrize("name", TOYS)
def test_a_dataset_says_what_it_is(name: str) -> None:
    data = make(name, 60, 0.2, 0.25, 4)
    regression = name in ("plane", "hills")
    assert data.label == TOYS[name].label
    assert data.task == ("regression" if regression else "binary")
    assert data.classes == (() if regression else ("orange", "blue"))
    assert (len(data.train), len(data.test), data.n_in) == (45, 15, 2)
    assert data.train.X.dtype == np.float32
    assert data.train.y.dtype == (np.float32 if regression else np.int64)


@pytest.mark.parametrize("name", ["xor", "circle", "spiral", "gaussian"])
def test_both_classes_are_there(name: str) -> None:
    data = make(name, 200, 0.1, 0.5, 0)
    assert set(data.train.y.tolist()) == set(data.test.y.tolist()) == {0, 1}
