"""The network over the plane, against an evaluation of single points in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, sin, tanh

import numpy as np
import pytest

from mlp_playground.analysis.plane import PlaneField, centres, feature_map, observe_plane, to_levels
from mlp_playground.nn.network import Architecture, Network

FOLD: dict[str, Callable[[float], float]] = {
    "tanh": tanh,
    "relu": lambda z: max(0.0, z),
    "sigmoid": lambda z: 1 / (1 + exp(-z)),
    "linear": lambda z: z,
}
FEATURES = ("x1", "x2", "x1*x2", "sin(x1)")


def random_network(activations: tuple[str, ...] = ("tanh", "relu"), head: str = "binary", seed: int = 1) -> Network:
    widths = (len(FEATURES), *range(3, 3 + len(activations)), 1)
    shape = Architecture(widths, activations, head)
    return Network(shape, np.random.default_rng(seed).normal(0, 0.6, shape.n_parameters).astype(np.float32))


def linear(w1: float, w2: float, b: float, head: str = "binary") -> Network:
    return Network(Architecture((2, 1), (), head), np.array([w1, w2, b], np.float32))


def neurons(network: Network, x1: float, x2: float) -> list[list[float]]:
    """What each layer answers at one point, the logit last."""
    a, layers = [x1, x2, x1 * x2, sin(x1)], []
    for l, (W, b) in enumerate(zip(network.W, network.b, strict=True)):
        z = [sum(float(w) * x for w, x in zip(row, a, strict=True)) + float(c) for row, c in zip(W, b, strict=True)]
        a = z if l == len(network.W) - 1 else [FOLD[network.architecture.activations[l]](v) for v in z]
        layers.append(a)
    return layers


def pixel(i: int, n: int) -> float:
    """The coordinate of a pixel's centre, counted from −6."""
    return -6 + 12 * (i + 0.5) / n


def everywhere(n: int, value: Callable[[float, float], float]) -> np.ndarray:
    """`value` at each pixel; rows run from the top, where x2 is large."""
    return np.array([[value(pixel(column, n), pixel(n - 1 - row, n)) for column in range(n)] for row in range(n)])


def test_centres_of_four_pixels() -> None:
    assert centres(4).tolist() == [-4.5, -1.5, 1.5, 4.5]


def test_binary_answers_are_twice_the_probability_less_one() -> None:
    network = random_network()
    expected = everywhere(24, lambda x1, x2: 2 / (1 + exp(-neurons(network, x1, x2)[-1][0])) - 1)
    field = observe_plane(network, FEATURES, 24)
    assert field.answer.values == pytest.approx(expected, abs=1e-5)
    assert field.answer.scale == 1


def test_regression_answers_are_the_prediction() -> None:
    network = random_network(("sigmoid", "linear"), "regression")
    expected = everywhere(24, lambda x1, x2: neurons(network, x1, x2)[-1][0])
    assert observe_plane(network, FEATURES, 24).answer.values == pytest.approx(expected, abs=2e-5)


def test_the_top_row_is_where_x2_is_large() -> None:
    values = observe_plane(linear(0, 1, 0), ("x1", "x2"), 32).answer.values
    assert (values[0] > 0.99).all()
    assert (values[-1] < -0.99).all()


def test_the_last_column_is_where_x1_is_large() -> None:
    values = observe_plane(linear(1, 0, 0), ("x1", "x2"), 32).answer.values
    assert (values[:, -1] > 0.99).all()
    assert (values[:, 0] < -0.99).all()


@pytest.mark.parametrize("resolution", [32, 64, 96, 100, 256])
def test_a_thumbnail_is_its_own_neuron(resolution: int) -> None:
    network = random_network(("tanh", "relu"))
    field = observe_plane(network, FEATURES, resolution)
    # the pixel of the full picture in which, or at whose edge, the small picture's pixel has its centre
    picked = [int((i + 0.5) * resolution / 32) for i in range(32)]
    for l, n in enumerate((3, 4)):
        assert field.thumbnails[l].shape == (n, 32, 32)
        for k, row, column in ((0, 0, 0), (n - 1, 3, 30), (1, 31, 12), (2, 17, 17)):
            x1, x2 = pixel(picked[column], resolution), pixel(resolution - 1 - picked[row], resolution)
            level = neurons(network, x1, x2)[l][k] / float(field.scales[l][k]) * 127 + 128
            assert int(field.thumbnails[l][k, row, column]) == pytest.approx(level, abs=0.51)


def test_thumbnail_scales_are_the_bound_or_the_largest_value() -> None:
    network = random_network(("tanh", "relu", "sigmoid"))
    field = observe_plane(network, FEATURES, 32)
    assert field.scales[0].tolist() == [1, 1, 1]
    assert field.scales[2].tolist() == [1] * 5
    for k in range(4):
        largest = everywhere(32, lambda x1, x2, k=k: neurons(network, x1, x2)[1][k]).max()  # type: ignore[misc]
        assert float(field.scales[1][k]) == pytest.approx(max(largest, 1e-6), rel=1e-4)


def test_a_dead_neuron_is_neutral() -> None:
    network = random_network(("relu",))
    network.theta[:] = 0
    assert (observe_plane(network, FEATURES, 32).thumbnails[0] == 128).all()


def test_thumbnails_can_be_left_out() -> None:
    field = observe_plane(random_network(), FEATURES, 32, thumbnails=False)
    assert field.thumbnails == field.scales == ()


def test_a_small_network_without_hidden_layers_has_no_thumbnails() -> None:
    field = observe_plane(linear(1, 1, 0), ("x1", "x2"), 32, focus=(0, 0))
    assert field.thumbnails == ()
    assert field.focus is None


def test_the_focus_is_the_neuron_that_was_asked_for() -> None:
    network = random_network()
    focus = observe_plane(network, FEATURES, 16, focus=(1, 2)).focus
    assert focus is not None
    assert focus.values == pytest.approx(everywhere(16, lambda x1, x2: neurons(network, x1, x2)[1][2]), abs=1e-5)
    assert focus.scale == pytest.approx(float(np.abs(focus.values).max()))


@pytest.mark.parametrize("focus", [(2, 0), (0, 3), (1, 4), (-1, 0), (0, -1)])
def test_a_focus_that_is_not_there_is_left_out(focus: tuple[int, int]) -> None:
    assert observe_plane(random_network(), FEATURES, 16, focus=focus).focus is None


def boundary_logits(network: Network, field: PlaneField) -> np.ndarray:
    points = np.concatenate(field.boundary)
    return np.array([neurons(network, x1, x2)[-1][0] for x1, x2 in points])


def test_along_the_boundary_the_logit_is_zero() -> None:
    network = random_network(("tanh", "tanh"))
    field = observe_plane(network, FEATURES, 256)
    logits = boundary_logits(network, field)
    everything = everywhere(32, lambda x1, x2: neurons(network, x1, x2)[-1][0])
    assert len(logits) > 50
    assert np.abs(logits).max() < 0.02 * np.abs(everything).max()


def test_the_boundary_of_a_linear_network_is_its_line() -> None:
    (line,) = observe_plane(linear(1, -2, 1), ("x1", "x2"), 64).boundary
    assert line[:, 0] - 2 * line[:, 1] + 1 == pytest.approx(np.zeros(len(line)), abs=1e-5)
    assert np.ptp(line[:, 0]) == pytest.approx(12 * 63 / 64)  # from the first pixel's centre to the last one's


def test_a_network_that_always_says_blue_has_no_boundary() -> None:
    assert observe_plane(linear(0, 0, 5), ("x1", "x2"), 64).boundary == ()


def test_observing_changes_nothing() -> None:
    network = random_network()
    theta = network.theta.copy()
    first = observe_plane(network, FEATURES, 32)
    second = observe_plane(network, FEATURES, 32)
    assert (network.theta == theta).all()
    assert first.answer.values.tobytes() == second.answer.values.tobytes()


def test_all_of_a_fields_arrays_are_read_only() -> None:
    field = observe_plane(random_network(), FEATURES, 32, focus=(0, 0))
    assert field.focus is not None
    arrays: list[np.ndarray] = [
        field.answer.values,
        field.focus.values,
        *field.boundary,
        *field.thumbnails,
        *field.scales,
    ]
    assert not any(array.flags.writeable for array in arrays)


def test_numbers_beyond_float32_are_shown_too() -> None:
    network = random_network(("linear", "relu"), "regression")
    network.theta[:] *= 1e30  # as after a divergence: finite weights, but not their products
    field = observe_plane(network, FEATURES, 32, focus=(0, 0))
    assert field.answer.levels().shape == (32, 32)
    assert all(levels.min() >= 1 for levels in field.thumbnails)


def test_levels_of_the_scale() -> None:
    values = np.array([-9.0, -2.0, -1.0, 0.0, 1.0, 2.0, 9.0], np.float32)
    assert to_levels(values, 2.0).tolist() == [1, 1, 65, 128, 192, 255, 255]


def test_levels_take_opposite_values_to_opposite_colours() -> None:
    values = np.linspace(0.001, 1, 997)
    assert (to_levels(values, 1.0).astype(int) + to_levels(-values, 1.0).astype(int) == 256).all()


def test_levels_show_what_is_no_number_as_neutral() -> None:
    assert to_levels(np.array([np.nan, np.inf, -np.inf]), 1.0).tolist() == [128, 255, 1]


def test_a_feature_map_is_the_feature_over_the_plane() -> None:
    shown = feature_map("x1*x2", 16)
    assert shown.values == pytest.approx(everywhere(16, lambda x1, x2: x1 * x2), abs=1e-5)
    assert shown.scale == pytest.approx(pixel(15, 16) ** 2)
