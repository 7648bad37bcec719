"""The network over its data's space, against an evaluation of single points in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import cos, exp, pi, sin, tanh

import numpy as np
import pytest

from mlp_playground.analysis import field as field_module
from mlp_playground.analysis.field import (
    THUMBNAIL,
    ClassMap,
    Field,
    Map,
    class_levels,
    feature_levels,
    feature_map,
    input_levels,
    observe_field,
    to_levels,
)
from mlp_playground.analysis.grids import bit_inputs, bit_patterns, centres, grid, line_inputs
from mlp_playground.data.dataset import Space
from mlp_playground.data.features import FEATURES as ALL
from mlp_playground.nn.network import Architecture, Network
from tests.arrays import arrays

FOLD: dict[str, Callable[[float], float]] = {
    "tanh": tanh,
    "relu": lambda z: max(0.0, z),
    "sigmoid": lambda z: 1 / (1 + exp(-z)),
    "linear": lambda z: z,
}
FEATURES = ("x1", "x2", "x1*x2", "sin(x1)")


def random_network(
    activations: tuple[str, ...] = ("tanh", "relu"),
    head: str = "binary",
    seed: int = 1,
    *,
    n_in: int = len(FEATURES),
    n_out: int = 1,
) -> Network:
    widths = (n_in, *range(3, 3 + len(activations)), n_out)
    shape = Architecture(widths, activations, head)
    return Network(shape, np.random.default_rng(seed).normal(0, 0.6, shape.n_parameters).astype(np.float32))


def linear(w1: float, w2: float, b: float, head: str = "binary") -> Network:
    return Network(Architecture((2, 1), (), head), np.array([w1, w2, b], np.float32))


def neurons(network: Network, x1: float, x2: float) -> list[list[float]]:
    """What each layer answers at one point, the logits last."""
    return layers_of(network, [x1, x2, x1 * x2, sin(x1)])


def layers_of(network: Network, inputs: Sequence[float]) -> list[list[float]]:
    """What each layer answers to `inputs`, the logits last."""
    a, layers = list(inputs), []
    for l, (W, b) in enumerate(zip(network.W, network.b, strict=True)):
        z = [sum(float(w) * x for w, x in zip(row, a, strict=True)) + float(c) for row, c in zip(W, b, strict=True)]
        a = z if l == len(network.W) - 1 else [FOLD[network.architecture.activations[l]](v) for v in z]
        layers.append(a)
    return layers


def pixel(i: int, n: int) -> float:
    """The coordinate of a pixel's centre, counted from −6."""
    return -6 + 12 * (i + 0.5) / n


def softmax(logits: Sequence[float]) -> list[float]:
    total = sum(exp(z) for z in logits)
    return [exp(z) / total for z in logits]


def everywhere(n: int, value: Callable[[float, float], float]) -> np.ndarray:
    """`value` at each pixel; rows run from the top, where x2 is large."""
    return np.array([[value(pixel(column, n), pixel(n - 1 - row, n)) for column in range(n)] for row in range(n)])


def test_centres_of_four_pixels() -> None:
    assert centres(4).tolist() == [-4.5, -1.5, 1.5, 4.5]


def test_binary_answers_are_twice_the_probability_less_one() -> None:
    network = random_network()
    expected = everywhere(24, lambda x1, x2: 2 / (1 + exp(-neurons(network, x1, x2)[-1][0])) - 1)
    field = observe_field(network, "plane", FEATURES, 24)
    assert field.answer.values == pytest.approx(expected, abs=1e-5)
    assert field.answer.scale == 1


def test_regression_answers_are_the_prediction() -> None:
    network = random_network(("sigmoid", "linear"), "regression")
    expected = everywhere(24, lambda x1, x2: neurons(network, x1, x2)[-1][0])
    assert observe_field(network, "plane", FEATURES, 24).answer.values == pytest.approx(expected, abs=2e-5)


def test_the_top_row_is_where_x2_is_large() -> None:
    values = observe_field(linear(0, 1, 0), "plane", ("x1", "x2"), 32).answer.values
    assert (values[0] > 0.99).all()
    assert (values[-1] < -0.99).all()


def test_the_last_column_is_where_x1_is_large() -> None:
    values = observe_field(linear(1, 0, 0), "plane", ("x1", "x2"), 32).answer.values
    assert (values[:, -1] > 0.99).all()
    assert (values[:, 0] < -0.99).all()


def picked(n: int) -> list[int]:
    """The rows (or columns) of n in which, or at whose edge, the small picture's 32 rows have their centres."""
    return [int((i + 0.5) * n / 32) for i in range(32)]


def small(value: Callable[[float, float], Sequence[float]]) -> np.ndarray:
    """`value` (k numbers) at each pixel of the small picture: (k, 32, 32)."""
    x1, x2 = [pixel(i, 32) for i in range(32)], [pixel(31 - i, 32) for i in range(32)]
    return np.array([[value(across, up) for across in x1] for up in x2]).transpose(2, 0, 1)


@pytest.mark.parametrize("resolution", [16, 100])
def test_a_thumbnail_is_its_own_neuron(resolution: int) -> None:
    network = random_network(("tanh", "relu"))
    field = observe_field(network, "plane", FEATURES, resolution)
    for l, n in enumerate((3, 4)):
        assert field.thumbnails[l].shape == (n, 32, 32)
        expected = small(lambda x1, x2, l=l: neurons(network, x1, x2)[l])  # type: ignore[misc]
        scale = 1.0 if l == 0 else np.maximum(expected.max(axis=(1, 2), keepdims=True), 1e-6)
        assert field.thumbnails[l].astype(float) == pytest.approx(expected / scale * 127 + 128, abs=0.51)


def test_thumbnail_scales_are_the_bound_or_the_largest_value() -> None:
    network = random_network(("tanh", "relu", "sigmoid"))
    network.theta[:] *= 0.1  # so that no tanh and no sigmoid comes near its bound
    field = observe_field(network, "plane", FEATURES, 32)
    for l, is_bound in enumerate((True, False, True)):
        largest = small(lambda x1, x2, l=l: neurons(network, x1, x2)[l]).max(axis=(1, 2))  # type: ignore[misc]
        assert (largest < 0.95).all()
        levels = field.thumbnails[l].max(axis=(1, 2))
        if is_bound:
            assert levels == pytest.approx(largest * 127 + 128, abs=0.51)
        else:
            assert levels.tolist() == [255 if value > 0 else 128 for value in largest]


def test_a_dead_neuron_is_neutral() -> None:
    network = random_network(("relu",))
    network.theta[:] = 0
    assert (observe_field(network, "plane", FEATURES, 32).thumbnails[0] == 128).all()


def test_a_small_network_without_hidden_layers_has_no_thumbnails() -> None:
    field = observe_field(linear(1, 1, 0), "plane", ("x1", "x2"), 32, focus=(0, 0))
    assert field.thumbnails == ()
    assert field.focus is None


def test_the_focus_is_the_neuron_that_was_asked_for() -> None:
    network = random_network()
    focus = observe_field(network, "plane", FEATURES, 16, focus=(1, 2)).focus
    assert focus is not None
    assert focus.values == pytest.approx(everywhere(16, lambda x1, x2: neurons(network, x1, x2)[1][2]), abs=1e-5)
    assert focus.scale == pytest.approx(float(np.abs(focus.values).max()))


def test_a_picture_that_is_worked_out_in_parts_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    network = random_network(("tanh", "relu"))
    whole = observe_field(network, "plane", FEATURES, 40, focus=(1, 2))
    monkeypatch.setattr(field_module, "BLOCK", 0)  # 256 of the 1,600 points at a time, and a rest
    parts = observe_field(network, "plane", FEATURES, 40, focus=(1, 2))
    assert isinstance(whole.answer, Map)
    assert isinstance(parts.answer, Map)
    assert whole.focus is not None
    assert parts.focus is not None
    assert parts.answer.values == pytest.approx(whole.answer.values, abs=1e-6)
    assert parts.focus.values == pytest.approx(whole.focus.values, abs=1e-5)
    assert whole.focus.values == pytest.approx(everywhere(40, lambda x1, x2: neurons(network, x1, x2)[1][2]), abs=1e-5)


@pytest.mark.parametrize("focus", [(2, 0), (0, 3), (1, 4), (-1, 0), (0, -1)])
def test_a_focus_that_is_not_there_is_left_out(focus: tuple[int, int]) -> None:
    assert observe_field(random_network(), "plane", FEATURES, 16, focus=focus).focus is None


def boundary_logits(network: Network, field: Field) -> np.ndarray:
    points = np.concatenate(field.boundary)
    return np.array([neurons(network, x1, x2)[-1][0] for x1, x2 in points])


def test_along_the_boundary_the_logit_is_zero() -> None:
    network = random_network(("tanh", "tanh"))
    field = observe_field(network, "plane", FEATURES, 256)
    logits = boundary_logits(network, field)
    everything = everywhere(32, lambda x1, x2: neurons(network, x1, x2)[-1][0])
    assert len(logits) > 50
    assert np.abs(logits).max() < 0.02 * np.abs(everything).max()


def test_the_boundary_of_a_linear_network_is_its_line() -> None:
    (line,) = observe_field(linear(1, -2, 1), "plane", ("x1", "x2"), 64).boundary
    assert line[:, 0] - 2 * line[:, 1] + 1 == pytest.approx(np.zeros(len(line)), abs=1e-5)
    assert np.ptp(line[:, 0]) == pytest.approx(12 * 63 / 64)  # from the first pixel's centre to the last one's


def test_a_network_that_always_says_blue_has_no_boundary() -> None:
    assert observe_field(linear(0, 0, 5), "plane", ("x1", "x2"), 64).boundary == ()


def test_observing_changes_nothing() -> None:
    network = random_network()
    theta = network.theta.copy()
    first = observe_field(network, "plane", FEATURES, 32)
    second = observe_field(network, "plane", FEATURES, 32)
    assert (network.theta == theta).all()
    assert first.answer.values.tobytes() == second.answer.values.tobytes()


SPACES: dict[str, tuple[Space, Network]] = {
    "plane": ("plane", random_network(("linear", "relu"))),
    "numbers": ("plane", random_network(("linear", "relu"), "regression")),
    "classes": ("plane", random_network(("linear", "relu"), "classes", n_out=3)),
    "line": ("line", random_network(("linear", "relu"), "regression", n_in=1)),
    "bits": ("bits", random_network(("linear", "relu"), n_in=5)),
}
EVERY = pytest.mark.parametrize(("space", "network"), SPACES.values(), ids=SPACES)


@EVERY
def test_all_of_a_fields_arrays_are_read_only(space: Space, network: Network) -> None:
    field = observe_field(network, space, FEATURES, 32, focus=(0, 0))
    assert field.focus is not None
    found = list(arrays(field))
    assert len(found) >= 5
    assert not any(array.flags.writeable for array in found)


@EVERY
@pytest.mark.parametrize("size", [1e30, 3e38])
def test_numbers_beyond_float32_are_shown_too(space: Space, network: Network, size: float) -> None:
    # as after a divergence: finite weights, but not their products
    large = Network(network.architecture, np.sign(network.theta) * np.float32(size))
    field = observe_field(large, space, FEATURES, 32, focus=(0, 0))
    assert field.focus is not None
    answer = field.answer.share if isinstance(field.answer, ClassMap) else field.answer.values
    assert field.answer.levels().shape == field.focus.levels().shape == answer.shape
    with np.errstate(over="ignore", invalid="ignore"):
        assert not np.isfinite(large.predict(grid(space, large.architecture.widths[0], FEATURES, 32)[0])).all()
    assert all(levels.min() >= 1 for levels in field.thumbnails)
    assert field.outputs.shape == (network.architecture.widths[-1], 32, 32)


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


def test_the_features_small_pictures_are_their_maps() -> None:
    small = feature_levels()
    assert small.shape == (len(ALL), THUMBNAIL, THUMBNAIL)
    for levels, name in zip(small, ALL, strict=True):
        assert levels.tolist() == feature_map(name, THUMBNAIL).levels().tolist()
    assert small is feature_levels(), "made once"


# -- classes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n_out", [2, 3, 5, 10])
def test_the_answer_of_classes_is_the_likeliest_and_its_share(n_out: int) -> None:
    network = random_network(("tanh",), "classes", seed=2, n_out=n_out)
    field = observe_field(network, "plane", FEATURES, 24)
    assert isinstance(field.answer, ClassMap)
    P = np.array([everywhere(24, lambda x1, x2, k=k: softmax(neurons(network, x1, x2)[-1])[k]) for k in range(n_out)])
    assert field.answer.n_classes == n_out
    assert field.answer.share == pytest.approx(P.max(axis=0), abs=1e-5)
    first, second = np.sort(P, axis=0)[:-3:-1]
    clear = first - second > 1e-4
    assert clear.mean() > 0.99
    assert (field.answer.winner == P.argmax(axis=0))[clear].all()
    assert len(np.unique(field.answer.winner)) >= 2


def test_a_class_maps_levels_are_the_class_and_how_sure_it_is() -> None:
    winner = np.array([[0, 0, 1], [2, 2, 2]], np.uint8)
    share = np.array([[1 / 3, 1.0, 2 / 3], [0.4, 0.9, 1.0]], np.float32)
    # from one in three, which is no knowledge at all, to 1 in 24 steps
    P = np.zeros((3, 2, 3), np.float32)  # the levels are those of the winners, whatever else is likely
    assert ClassMap(winner, share, P).levels().tolist() == [[0, 24, 25 + 12], [50 + 2, 50 + 20, 50 + 24]]


def test_levels_of_ten_classes_are_told_apart_and_fit_into_a_byte() -> None:
    winner = np.arange(10, dtype=np.uint8)
    for share, shade in ((0.1, 0), (1.0, 24), (0.55, 12), (0.0, 0), (float("nan"), 0), (float("inf"), 24)):
        levels = class_levels(winner, np.full(10, share, np.float32), 0.1)
        assert levels.dtype == np.uint8
        assert levels.tolist() == [25 * k + shade for k in range(10)]


@pytest.mark.parametrize("resolution", [48, 128])
def test_along_the_boundary_of_classes_two_are_equal_and_no_other_is_ahead(resolution: int) -> None:
    shape = Architecture((2, 6, 3), ("tanh",), "classes")
    network = Network(shape, np.random.default_rng(5).normal(0, 0.8, shape.n_parameters).astype(np.float32))
    points = np.concatenate(observe_field(network, "plane", ("x1", "x2"), resolution).boundary)
    third, second, first = np.sort([layers_of(network, point)[-1] for point in points.tolist()], axis=1).T
    step = 12 / resolution
    assert len(points) > 200
    # between pixels what curves is taken for straight: an error that goes with the step's square
    alone = second - third > 0.2
    assert alone.mean() > 0.9
    assert (first - second)[alone].max() < 0.3 * step**2
    assert (first - second).max() < 0.5 * step, "where three classes meet there is a corner"


def test_wherever_the_winner_changes_there_is_a_boundary() -> None:
    n = 64
    field = observe_field(random_network(("tanh",), "classes", seed=2, n_out=3), "plane", FEATURES, n)
    assert isinstance(field.answer, ClassMap)
    winner, points = field.answer.winner, np.concatenate(field.boundary)
    assert len(np.unique(winner)) == 3
    changes = [
        (pixel(column, n) + dx / 2, pixel(n - 1 - row, n) - dy / 2)
        for (row, column), (dx, dy) in product(product(range(n - 1), repeat=2), ((12 / n, 0), (0, 12 / n)))
        if winner[row, column] != winner[row + (dy > 0), column + (dx > 0)]
    ]
    assert len(changes) > 50
    nearest = np.sqrt(((np.array(changes)[:, None] - points) ** 2).sum(axis=2).min(axis=1))
    assert nearest.max() < 12 / n


def test_three_linear_classes_are_parted_by_three_rays() -> None:
    angles = [0.3 + 2 * pi * k / 3 for k in range(3)]
    theta = np.array([[cos(angle), sin(angle), 0] for angle in angles], np.float32).ravel()
    field = observe_field(Network(Architecture((2, 3), (), "classes"), theta), "plane", ("x1", "x2"), 256)
    points = np.concatenate(field.boundary)
    far = points[np.hypot(*points.T) > 0.2]
    off = (np.arctan2(far[:, 1], far[:, 0]) - angles[0] - pi / 3) % (2 * pi / 3)
    assert np.minimum(off, 2 * pi / 3 - off).max() < 0.05
    assert len(field.boundary) >= 3


def test_a_class_that_always_wins_has_no_boundary() -> None:
    theta = np.array([0, 0, 9, 1, 0, 0, 0, 1, 0], np.float32)
    field = observe_field(Network(Architecture((2, 3), (), "classes"), theta), "plane", ("x1", "x2"), 32)
    assert field.boundary == ()
    assert isinstance(field.answer, ClassMap)
    assert (field.answer.winner == 0).all()


# -- outputs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resolution", [32, 100])
def test_the_one_outputs_picture_is_the_answer(resolution: int) -> None:
    network = random_network()
    expected = small(lambda x1, x2: [2 / (1 + exp(-neurons(network, x1, x2)[-1][0])) - 1])
    outputs = observe_field(network, "plane", FEATURES, resolution).outputs
    assert outputs.astype(float) == pytest.approx(expected * 127 + 128, abs=0.51)


def test_an_outputs_picture_is_the_share_of_its_class() -> None:
    network = random_network(("tanh",), "classes", n_out=4)
    P = small(lambda x1, x2: softmax(neurons(network, x1, x2)[-1]))
    outputs = observe_field(network, "plane", FEATURES, 32).outputs.astype(float)
    assert outputs.shape == (4, 32, 32)
    assert outputs == pytest.approx(25 * np.arange(4)[:, None, None] + P * 24, abs=0.51)


# -- bits -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", range(2, 11))
def test_the_board_has_every_pattern_once_and_neighbours_differ_in_one_bit(bits: int) -> None:
    board = bit_patterns(bits)
    assert board.shape == (bits, 2 ** (bits // 2), 2 ** (bits - bits // 2))
    assert sorted(map(tuple, board.reshape(bits, -1).T.tolist())) == sorted(product((0, 1), repeat=bits))
    for axis in (1, 2):
        # also across the board's edge: there too a Karnaugh map goes on
        assert (np.abs(board - np.roll(board, 1, axis)).sum(axis=0) == 1).all()


@pytest.mark.parametrize("bits", range(2, 11))
def test_the_first_half_of_the_bits_runs_along_the_board_and_the_rest_down(bits: int) -> None:
    board, half = bit_patterns(bits), bits - bits // 2
    assert (board[:half] == board[:half, :1]).all()
    assert (board[half:] == board[half:, :, :1]).all()
    assert (board[:, 0, 0] == 0).all()
    changes = np.abs(np.diff(board[:half, 0], axis=1)).sum(axis=1)
    assert changes.tolist() == [1 if k == 0 else 2**k for k in range(half)], "the first bit changes least often"


def test_the_board_is_read_only_and_its_inputs_are_minus_one_and_one() -> None:
    assert not bit_patterns(3).flags.writeable
    inputs = bit_inputs(3)
    assert inputs.dtype == np.float32
    assert (inputs[:-1].reshape(3, 2, 4) == np.where(bit_patterns(3) == 1, 1, -1)).all()
    assert (inputs[-1] == 1).all()


@pytest.mark.parametrize("bits", [2, 3, 6])
def test_over_bits_each_field_is_the_answer_to_its_pattern(bits: int) -> None:
    network = random_network(("tanh",), n_in=bits)
    field = observe_field(network, "bits", ("x1",), 256, focus=(0, 2))
    board = bit_patterns(bits)
    answers = np.empty(board.shape[1:])
    neuron = np.empty(board.shape[1:])
    for place in np.ndindex(answers.shape):
        layers = layers_of(network, [2.0 * bit - 1 for bit in board[(slice(None), *place)].tolist()])
        neuron[place], answers[place] = layers[0][2], 2 / (1 + exp(-layers[-1][0])) - 1
    assert not isinstance(field.answer, ClassMap)
    assert field.answer.values == pytest.approx(answers, abs=1e-5)
    assert field.focus is not None
    assert field.focus.values == pytest.approx(neuron, abs=1e-5)
    assert (field.space, field.boundary) == ("bits", ())
    rows, columns = (picked(n) for n in answers.shape)
    levels = neuron[np.ix_(rows, columns)] * 127 + 128
    assert field.thumbnails[0][2].astype(float) == pytest.approx(levels, abs=0.51)


# -- the line ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resolution", [2, 33, 256])
def test_the_line_runs_from_0_to_one_turn_with_both_ends(resolution: int) -> None:
    inputs = line_inputs(resolution)
    assert inputs[0] == pytest.approx([2 * pi * i / (resolution - 1) for i in range(resolution)], abs=1e-6)
    assert inputs[0, 0] == 0
    assert (inputs[1] == 1).all()
    assert inputs.shape == (2, resolution)


def test_over_the_line_the_answer_is_the_prediction_for_each_x() -> None:
    network = random_network(("tanh", "relu"), "regression", n_in=1)
    field = observe_field(network, "line", ("x2",), 40, focus=(1, 3))
    layers = [layers_of(network, [2 * pi * i / 39]) for i in range(40)]
    assert not isinstance(field.answer, ClassMap)
    assert field.answer.values.shape == (1, 40)
    assert field.answer.values[0] == pytest.approx([each[-1][0] for each in layers], abs=1e-5)
    assert field.focus is not None
    assert field.focus.values[0] == pytest.approx([each[1][3] for each in layers], abs=1e-5)
    assert (field.space, field.boundary) == ("line", ())
    expected = np.array([layers[i][0][1] for i in picked(40)]) * 127 + 128
    for row in field.thumbnails[0][1].astype(float):
        assert row == pytest.approx(expected, abs=0.51)


# -- inputs -----------------------------------------------------------------------------------------------------------


def test_the_lines_input_rises_from_neutral_to_full_blue() -> None:
    (levels,) = input_levels("line", 1)
    assert levels.shape == (32, 32)
    assert levels[0].tolist() == [int(128.5 + 127 * i / 31) for i in range(32)]
    assert (levels == levels[0]).all()


@pytest.mark.parametrize("bits", [2, 5, 10])
def test_a_bits_picture_is_blue_where_it_is_one(bits: int) -> None:
    levels = input_levels("bits", bits)
    board = bit_patterns(bits)
    rows, columns = picked(board.shape[1]), picked(board.shape[2])
    assert levels.shape == (bits, 32, 32)
    assert (levels == np.where(board[:, rows][:, :, columns] == 1, 255, 1)).all()
    assert not levels.flags.writeable
