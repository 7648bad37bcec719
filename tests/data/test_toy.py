"""The toy problems against TensorFlow Playground's distributions, as its dataset.ts states them, and our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations, pairwise
from math import cos, hypot, pi, sin

import numpy as np
import pytest
from numpy.typing import NDArray

from mlp_playground.data.toy import HALF_WIDTH, LINE_END, TOYS, make
from mlp_playground.errors import InvalidValue

Points = tuple[NDArray[np.float64], NDArray[np.float64]]
MANY = 40_000  # a share among so many strays by at most 0.0025 (one σ)
HILLS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))

KEPT = {
    ("xor", 0.0): (-372.9219, 16.5881, 5055),
    ("xor", 0.2): (-372.9219, 16.5881, 5189),
    ("circle", 0.0): (-1381.7706, -31.0475, 4290),
    ("circle", 0.2): (-1381.7706, -31.0475, 3774),
    ("spiral", 0.0): (-1060.3987, 28.4002, 5017),
    ("spiral", 0.2): (-918.9929, 27.6222, 5017),
    ("gaussian", 0.0): (-784.3294, 0.9859, 4801),
    ("gaussian", 0.2): (-1020.0832, 1.9219, 4801),
    ("plane", 0.0): (-477.0263, 17.7457, -82.6090),
    ("plane", 0.2): (-477.0263, 17.7457, -13.4044),
    ("hills", 0.0): (-477.0263, 17.7457, 21.5616),
    ("hills", 0.2): (-477.0263, 17.7457, 118.5735),
}
"""Of 200 points at seed 0: Σ i·x₁ and Σ i·y of the training points, Σ x₂ of the test points.

Sums and no checksums, as another processor's sine may differ in the last bit.
"""
OURS = ("moons", "checkerboard", "rings")
R = 10 / 3
MOONS = {1: (-R / 2, -R / 4, 1), 0: (R / 2, R / 4, -1)}
"""Centre of each class's half circle, and whether it is the upper or the lower half."""
ARMS = {"spiral": 2, "spiral3": 3, "spiral5": 5}
CURVES: dict[str, Callable[[float], float]] = {
    "sine": sin,
    "step": lambda x: -1.0 if x < pi else 1.0,
    "chirp": lambda x: sin(x**2 / 2),
}
NUMBERS = ("plane", "hills", *CURVES)
COLOURS = ("orange", "blue", "green", "purple", "yellow")


def draw(name: str, n: int, noise: float, seed: int = 0, *, turns: float = 1.75, bits: int = 4) -> Points:
    """Points of a toy problem; what it does not ask for is not told."""
    options = {"turns": turns, "bits": bits}
    wanted = {option: options[option] for option in TOYS[name].options}
    return TOYS[name].draw(np.random.default_rng(seed), n, noise, **wanted)


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


@pytest.mark.parametrize("name", ARMS)
def test_spiral_noise_is_uniform_within_its_bounds(name: str) -> None:
    clean, noisy = draw(name, MANY, 0)[0], draw(name, MANY, 0.4)[0]
    off = noisy - clean
    assert np.abs(off).max() <= 0.4
    assert off.std() == pytest.approx(0.4 / 3**0.5, rel=0.02)
    assert abs(off.mean()) < 0.01


@pytest.mark.parametrize("turns", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("name", ARMS)
def test_spiral_arms_go_around_as_often_as_wanted(name: str, turns: float) -> None:
    X, y = draw(name, MANY, 0, turns=turns)
    for label in range(ARMS[name]):
        arm = X[:, y == label]
        angle = np.unwrap(np.arctan2(arm[0, 1:], arm[1, 1:]))
        assert (angle[-1] - angle[0]) / (2 * pi) == pytest.approx(turns, abs=0.001)
        assert np.hypot(*arm).max() == pytest.approx(5, abs=0.001)


@pytest.mark.parametrize(("name", "arms"), ARMS.items())
@pytest.mark.parametrize("turns", [0.5, 1.75])
def test_each_spiral_arm_is_the_next_one_turned_by_its_share_of_a_circle(name: str, arms: int, turns: float) -> None:
    X, y = draw(name, 40 * arms, 0, turns=turns)
    assert Counter(y.tolist()) == dict.fromkeys(range(arms), 40)
    points = X[0] + 1j * X[1]
    share = complex(cos(2 * pi / arms), sin(2 * pi / arms))
    for label in range(arms):
        assert points[y == label] * share == pytest.approx(points[y == (label + 1) % arms], abs=1e-12)
    assert X[0][y == arms - 1][1] / X[1][y == arms - 1][1] == pytest.approx(np.tan(turns * 2 * pi / 40))
    assert X[1][y == arms - 1][1] > 0, "the last arm starts upwards"


@pytest.mark.parametrize("name", ARMS)
@pytest.mark.parametrize("n", [10, 11, 13, 14])
def test_spiral_arms_share_the_points_as_evenly_as_can_be(name: str, n: int) -> None:
    sizes = Counter(draw(name, n, 0.1)[1].tolist())
    assert sorted(sizes) == list(range(ARMS[name]))
    assert max(sizes.values()) - min(sizes.values()) <= 1
    assert sizes[0] == max(sizes.values())


@pytest.mark.parametrize("name", TOYS)
def test_turns_count_for_spirals_alone(name: str) -> None:
    usual, told, other = (make(name, 60, 0.2, 0.5, 4, *turns) for turns in ((), (1.75,), (2.5,)))
    assert usual.train.X.tobytes() == told.train.X.tobytes()
    assert (usual.train.X.tobytes() == other.train.X.tobytes()) == (name not in ARMS)


@pytest.mark.parametrize("name", TOYS)
def test_bits_count_for_parity_alone(name: str) -> None:
    usual, told, other = (make(name, 60, 0.2, 0.5, 4, 1.75, *bits) for bits in ((), (4,), (5,)))
    assert usual.train.X.tobytes() == told.train.X.tobytes()
    assert (usual.train.X.tobytes() == other.train.X.tobytes()) == (name != "parity")


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


def test_moons_are_half_circles_that_reach_into_each_other() -> None:
    X, y = draw("moons", MANY, 0)
    for label, (cx, cy, up) in MOONS.items():
        moon = X[:, y == label]
        assert moon.shape == (2, MANY // 2)
        assert np.hypot(moon[0] - cx, moon[1] - cy) == pytest.approx(R)
        assert ((moon[1] - cy) * up >= 0).all()
        # even along the arc: a third of the points in each third
        along = np.arccos(np.clip((moon[0] - cx) / R, -1, 1))
        assert np.quantile(along, [1 / 3, 2 / 3]) == pytest.approx([pi / 3, 2 * pi / 3], abs=0.04)
        tip = np.array([cx + up * R, cy])
        other_x, other_y, _ = MOONS[1 - label]
        assert hypot(tip[0] - other_x, tip[1] - other_y) < R
    assert (X[0].min(), X[0].max()) == pytest.approx((-5, 5), abs=0.001)
    assert (X[1].min(), X[1].max()) == pytest.approx((-2.5, 2.5), abs=0.001)


def test_moons_noise_is_uniform_within_its_bounds() -> None:
    off = draw("moons", MANY, 0.4)[0] - draw("moons", MANY, 0)[0]
    assert np.abs(off).max() <= 1.2
    assert off.std() == pytest.approx(1.2 / 3**0.5, rel=0.02)
    assert abs(off.mean()) < 0.02


def board(X: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Column and row 0…3 of each point, by search among the lines."""
    column, row = (np.searchsorted([-2.5, 0, 2.5], x) for x in X)
    return column, row


def test_the_checkerboard_has_sixteen_fields_with_gaps_between() -> None:
    X, y = draw("checkerboard", MANY, 0)
    column, row = board(X)
    assert np.bincount(4 * row + column) / MANY == pytest.approx([1 / 16] * 16, abs=0.006)
    lines = np.array([-5, -2.5, 0, 2.5, 5])
    assert np.abs(X[:, :, None] - lines).min() == pytest.approx(0.25, abs=0.001)
    assert np.abs(X).max() == pytest.approx(4.75, abs=0.001)
    blue = {(0, 0), (0, 2), (1, 1), (1, 3), (2, 0), (2, 2), (3, 1), (3, 3)}
    assert [(c, r) in blue for c, r in zip(column.tolist(), row.tolist(), strict=True)] == (y > 0).tolist()


@pytest.mark.parametrize("noise", [0.15, 0.5])
def test_checkerboard_labels_look_at_the_noisy_point(noise: float) -> None:
    X, y = draw("checkerboard", MANY, noise)
    column, row = board(X)
    wrong = (y > 0) != ((column + row) % 2 == 0)
    rng = np.random.default_rng(97)
    reach = 2.5 * noise  # less than a field: a point can change to the next one only, and at the edge to none
    u = rng.uniform(0.25, 2.25, (2, MANY)) + rng.uniform(-reach, reach, (2, MANY))
    place = rng.integers(0, 4, (2, MANY))
    flips = ((u < 0) & (place > 0)) | ((u > 2.5) & (place < 3))
    assert wrong.mean() == pytest.approx((flips[0] != flips[1]).mean(), abs=0.01)
    assert wrong.mean() > 0.01
    from_lines = np.abs(X[:, :, None] - np.array([-2.5, 0, 2.5])).min(axis=(0, 2))
    assert from_lines[wrong].max() <= reach


def test_rings_lie_around_each_other_with_gaps_between() -> None:
    X, y = draw("rings", MANY, 0)
    r = np.hypot(*X)
    shares = []
    for low, high, label in ((0.8, 1.6, 1), (2.5, 3.3, 0), (4.2, 5.0, 1)):
        ring = (low <= r) & (r <= high)
        shares.append(ring.mean())
        assert (y[ring] == label).all()
        assert np.quantile(r[ring], [0, 0.5, 1]) == pytest.approx([low, (low + high) / 2, high], abs=0.02)
        angle = np.arctan2(*X[:, ring])
        assert np.quantile(angle, [0.25, 0.5, 0.75]) == pytest.approx([-pi / 2, 0, pi / 2], abs=0.1)
    assert shares == pytest.approx([1 / 6, 1 / 2, 1 / 3], abs=0.001)


@pytest.mark.parametrize(("low", "high"), [(0.8, 1.6), (2.5, 3.3), (4.2, 5.0)])
def test_rings_labels_look_at_the_noisy_distance(low: float, high: float) -> None:
    X, y = draw("rings", MANY, 0.4)
    rng = np.random.default_rng(96)
    radius, angle = rng.uniform(low, high, MANY), rng.uniform(-pi, pi, MANY)
    noisy = np.hypot(
        radius * np.cos(angle) + rng.uniform(-1.2, 1.2, MANY), radius * np.sin(angle) + rng.uniform(-1.2, 1.2, MANY)
    )
    share = float(((noisy < (1.6 + 2.5) / 2) | (noisy > (3.3 + 4.2) / 2)).mean())
    r = np.hypot(*X)
    assert 0.03 < share < 0.97
    assert y[(low <= r) & (r <= high)].mean() == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize("name", ["xor", "circle", *ARMS, *OURS])
def test_without_noise_the_classes_lie_apart(name: str) -> None:
    X, y = draw(name, 3000, 0)
    classes = [X[:, y == label] for label in range(ARMS.get(name, 2))]
    if name in ARMS:  # all arms begin in the middle
        classes = [arm[:, 20:] for arm in classes]
    least = {"spiral": 0.05, "spiral3": 0.05, "spiral5": 0.05, "checkerboard": 0.5, "moons": R / 2 - 1e-9}
    for one, other in combinations(classes, 2):
        nearest = np.sqrt(((one[:, :, None] - other[:, None]) ** 2).sum(axis=0).min())
        assert nearest > least.get(name, 0.55)


@pytest.mark.parametrize("name", OURS)
def test_noise_mixes_the_classes_more_and_more(name: str) -> None:
    clean, labels = draw(name, 2000, 0)

    def mixed(noise: float) -> float:
        X, y = draw(name, 1000, noise, seed=1)
        nearest = ((X[:, :, None] - clean[:, None]) ** 2).sum(axis=0).argmin(axis=1)
        return float((labels[nearest] != y).mean())

    shares = [mixed(noise) for noise in (0.0, 0.25, 0.37, 0.5)]
    assert shares[0] == 0
    assert all(first < second for first, second in pairwise(shares))
    assert 0.04 < shares[-1] < 0.35


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


def patterns(X: NDArray[np.float64]) -> list[int]:
    """Each column's bits as a number, the first bit the lowest."""
    return [sum(2**k for k, bit in enumerate(column) if bit > 0) for column in X.T.tolist()]


@pytest.mark.parametrize("bits", range(2, 11))
def test_parity_is_whether_the_count_of_ones_is_odd(bits: int) -> None:
    X, y = draw("parity", 700, 0, bits=bits)
    assert X.shape == (bits, 700)
    assert set(np.unique(X).tolist()) == {-1.0, 1.0}
    assert y.tolist() == [bin(pattern).count("1") % 2 for pattern in patterns(X)]


@pytest.mark.parametrize("bits", range(2, 11))
def test_every_pattern_of_bits_comes_equally_often(bits: int) -> None:
    whole = Counter(patterns(draw("parity", 3 * 2**bits, 0, bits=bits)[0]))
    assert whole == dict.fromkeys(range(2**bits), 3)
    rest = Counter(patterns(draw("parity", 3 * 2**bits + 3, 0, bits=bits)[0]))
    assert Counter(rest.values()) == {4: 3, 3: 2**bits - 3}


@pytest.mark.parametrize("noise", [0.2, 0.5])
def test_parity_noise_is_uniform_and_never_turns_a_bit_over(noise: float) -> None:
    clean, noisy = draw("parity", MANY, 0), draw("parity", MANY, noise)
    off = noisy[0] - clean[0]
    assert 2 * noise - 0.01 < np.abs(off).max() <= 2 * noise
    assert off.std() == pytest.approx(2 * noise / 3**0.5, rel=0.02)
    assert patterns(noisy[0]) == patterns(clean[0])
    assert (noisy[1] == clean[1]).all()


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_is_its_function(name: str) -> None:
    X, y = draw(name, 500, 0)
    assert X.shape == (1, 500)
    assert y == pytest.approx([CURVES[name](x) for x in X[0].tolist()], abs=1e-12)
    assert -1 <= y.min() < -0.99
    assert 0.99 < y.max() <= 1


@pytest.mark.parametrize("name", CURVES)
def test_a_curves_points_are_spread_evenly_over_its_line(name: str) -> None:
    x = draw(name, MANY, 0.3)[0][0]
    assert 0 <= x.min() < 0.01
    assert 2 * pi - 0.01 < x.max() <= 2 * pi == LINE_END
    assert np.bincount((x / LINE_END * 8).astype(int)) / MANY == pytest.approx([1 / 8] * 8, abs=0.01)


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("noise", [0.1, 0.5])
def test_a_curves_noise_moves_the_target_alone(name: str, noise: float) -> None:
    clean, noisy = draw(name, MANY, 0), draw(name, MANY, noise)
    off = noisy[1] - clean[1]
    assert (noisy[0] == clean[0]).all()
    assert noise - 0.001 < np.abs(off).max() <= noise
    assert off.std() == pytest.approx(noise / 3**0.5, rel=0.02)
    assert abs(off.mean()) < 0.01


@pytest.mark.parametrize(("name", "noise"), KEPT)
def test_a_seed_gives_the_points_that_it_always_gave(name: str, noise: float) -> None:
    data = make(name, 200, noise, 0.3, 0)
    i = np.arange(1, len(data.train) + 1)
    sums = (data.train.X[0] * i).sum(), data.test.X[1].sum(), (data.train.y * i).sum()
    assert sums == pytest.approx(KEPT[name, noise], abs=0.01)


@pytest.mark.parametrize("name", TOYS)
def test_odd_numbers_of_points_are_all_drawn(name: str) -> None:
    X, y = draw(name, 11, 0.1, bits=7)
    assert X.shape == (7 if name == "parity" else 1 if name in CURVES else 2, 11)
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
    data = make(name, 60, 0.2, 0.25, 4, bits=6)
    arms = ARMS.get(name, 2)
    task = "regression" if name in NUMBERS else "binary" if arms == 2 else "classes"
    classes = () if name in NUMBERS else ("even", "odd") if name == "parity" else COLOURS[:arms]
    space, n_in = ("bits", 6) if name == "parity" else ("line", 1) if name in CURVES else ("plane", 2)
    assert data.label == TOYS[name].label
    assert (data.task, data.classes, data.space, data.image_shape) == (task, classes, space, None)
    assert (len(data.train), len(data.test), data.n_in) == (45, 15, n_in)
    assert data.train.X.dtype == np.float32
    assert data.train.y.dtype == (np.float32 if name in NUMBERS else np.int64)


@pytest.mark.parametrize("name", [name for name in TOYS if name not in NUMBERS])
def test_all_classes_are_there(name: str) -> None:
    data = make(name, 200, 0.1, 0.5, 0)
    everyone = set(range(ARMS.get(name, 2)))
    assert set(data.train.y.tolist()) == set(data.test.y.tolist()) == everyone


@pytest.mark.parametrize("name", [name for name in TOYS if name not in NUMBERS])
def test_two_training_samples_are_of_two_classes_and_one_alone_is_refused(name: str) -> None:
    for seed in range(12):
        assert len(set(make(name, 10, 0, 0.8, seed).train.y.tolist())) == 2
    with pytest.raises(InvalidValue, match=r"training samples: 'all of class .*' is not allowed; it must be of two"):
        make(name, 10, 0, 0.95, 0)


@pytest.mark.parametrize("name", NUMBERS)
def test_one_training_sample_is_enough_for_numbers(name: str) -> None:
    assert len(make(name, 10, 0, 0.95, 0).train) == 1
