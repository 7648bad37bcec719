"""One neuron's line, terms and habits, against worked examples and brute force."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.neuron import BEST, habits, hyperplane, terms
from mlp_playground.analysis.neuron_map import PIXELS, neuron_map
from mlp_playground.analysis.training_pass import training_samples
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network


def moment(config: ExperimentConfig, seed: int = 0) -> tuple[Network, Trainer]:
    trainer = Trainer(config)
    shape = trainer.material.architecture
    theta = np.random.default_rng(seed).normal(size=shape.n_parameters).astype(np.float32)
    return Network(shape, theta), trainer


def test_a_line_has_a_distance_and_a_direction() -> None:
    line = hyperplane(np.array([3.0, -4.0]), 10.0)
    assert line is not None
    assert (line.length, line.distance) == pytest.approx((5, -2))
    nearest = line.distance * line.direction
    assert nearest == pytest.approx([-1.2, 1.6])
    assert np.array([3, -4]) @ nearest + 10 == pytest.approx(0), "the nearest point lies on the line"
    assert line.angle == pytest.approx(np.degrees(np.arctan2(-4, 3)))
    assert hyperplane(np.zeros(3), 1.0) is None
    assert hyperplane(np.array([np.inf, 1]), 1.0) is None


def test_terms_add_up_to_what_the_network_computes() -> None:
    config = ExperimentConfig(
        features=("x1", "x2", "x1*x2"), network=NetworkConfig(hidden=(4, 3), activations=("tanh", "relu"))
    )
    network, _ = moment(config)
    x = np.array([0.5, -2.0, -1.0])
    first = terms(network, x, (1, 2))
    by_hand = [float(w) * float(a) for w, a in zip(network.W[0][2], x, strict=True)]
    assert first.products.tolist() == pytest.approx(by_hand)
    assert first.z == pytest.approx(sum(by_hand) + float(network.b[0][2]))
    assert first.answer == pytest.approx(np.tanh(first.z))
    second = terms(network, x, (2, 1))
    A1 = [terms(network, x, (1, k)).answer for k in range(4)]
    assert second.inputs.tolist() == pytest.approx(A1)
    assert second.answer == pytest.approx(max(second.z, 0))
    output = terms(network, x, (3, 0))
    assert output.answer == pytest.approx(1 / (1 + np.exp(-output.z)))
    assert output.z == pytest.approx(float(network.predict(np.append(x, 1)[:, None])[0, 0]), rel=1e-4)
    feature = terms(network, x, (0, 2))
    assert (feature.answer, len(feature.weights)) == (-1, 0)
    with pytest.raises(IndexError):
        terms(network, x, (9, 0))


def test_habits_are_told_by_class() -> None:
    config = ExperimentConfig(network=NetworkConfig(hidden=(4,), activations=("relu",)))
    network, trainer = moment(config, 2)
    data = trainer.material.data
    chosen = training_samples(data, config.features, network.architecture)
    found = habits(network, chosen, data, (1, 3))
    z = [float(network.W[0][3] @ x + network.b[0][3]) for x in data.train.X.T]
    order = sorted(range(len(z)), key=lambda i: -z[i])
    assert found.best == tuple(order[:BEST])
    assert found.activations == pytest.approx([max(z[i], 0) for i in order[:BEST]], rel=1e-5)
    for k, group in enumerate(found.groups):
        of = [value for value, label in zip(z, data.train.y, strict=True) if label == k]
        assert (group.name, group.many) == (data.classes[k], len(of))
        assert group.active == sum(value > 0 for value in of) / len(of)
        assert group.mean == pytest.approx(sum(max(value, 0) for value in of) / len(of), rel=1e-5)
        inside = [value for value in of if group.low - 1e-6 <= max(value, 0) <= group.high + 1e-6]
        assert len(inside) / len(of) >= 0.78
    assert habits(network, chosen, data, (0, 1)).best[0] == int(data.train.X[1].argmax()), "a feature's, too"
    assert len(habits(network, chosen, data, (2, 0)).groups) == 2


def test_targets_stand_in_for_classes_where_numbers_are_predicted() -> None:
    config = ExperimentConfig(data={"name": "sine"}, network=NetworkConfig(hidden=(2,), activations=("tanh",)))
    network, trainer = moment(config)
    data = trainer.material.data
    chosen = training_samples(data, config.features, network.architecture)
    found = habits(network, chosen, data, (2, 0))
    assert [group.name for group in found.groups] == ["low", "middle", "high"]
    assert sum(group.many for group in found.groups) == len(data.train)
    low = data.train.y <= np.sort(data.train.y)[found.groups[0].many - 1]
    answers = network.predict(chosen.X1)[0]
    assert found.groups[0].mean == pytest.approx(float(answers[low].mean()), rel=1e-4)


def test_an_output_of_several_is_active_where_it_wins() -> None:
    network, trainer = moment(DIGITS_DEFAULT.changed("network", hidden=(5,), activations=("relu",)))
    data = trainer.material.data
    chosen = training_samples(data, (), network.architecture, 300)
    Z = network.predict(chosen.X1)
    found = habits(network, chosen, data, (2, 7))
    wins = Z.argmax(axis=0) == 7
    for k, group in enumerate(found.groups):
        assert group.active == pytest.approx(wins[chosen.samples.y == k].mean())
    weights = neuron_map(network, data, (), (1, 4))
    assert weights is not None
    np.testing.assert_array_equal(weights.map.values.ravel(), network.W[0][4])
    best = chosen.samples.X[:, list(found.best)]
    mean = neuron_map(network, data, (), (2, 7), best=best)
    assert mean is not None
    np.testing.assert_allclose(mean.map.values.ravel(), best.mean(axis=1), rtol=1e-5)
    assert neuron_map(network, data, (), (0, 3)) is None


def test_a_map_is_the_neuron_everywhere_and_its_line_where_the_sum_is_zero() -> None:
    config = ExperimentConfig(network=NetworkConfig(hidden=(3, 2), activations=("tanh", "relu")))
    network, trainer = moment(config, 4)
    data = trainer.material.data
    for cell in ((1, 0), (2, 1)):
        seen = neuron_map(network, data, config.features, cell)
        assert seen is not None
        half = seen.extent.half_width
        x = [-half + (column + 0.5) * 2 * half / PIXELS for column in range(PIXELS)]
        for row, column in ((0, 0), (10, 70), (95, 30)):
            here = terms(network, np.array([x[column], -x[row]]), cell)
            assert seen.map.values[row, column] == pytest.approx(here.answer, abs=1e-4)
        for line in seen.lines:
            for point in line[:: max(len(line) // 5, 1)]:
                assert abs(terms(network, point, cell).z) < 0.02 * half
        assert cell == (2, 1) or len(seen.lines) == 1
    feature = neuron_map(network, data, ("x2", "x1^2"), (0, 1))
    assert feature is not None
    points = np.linspace(-half + half / PIXELS, half - half / PIXELS, PIXELS)
    np.testing.assert_allclose(feature.map.values[5], FEATURES["x1^2"].compute(points, points), rtol=1e-5)
    assert feature.lines == ()
    answer = neuron_map(network, data, config.features, (3, 0))
    assert answer is not None
    corner = terms(network, np.array([x[0], -x[0]]), (3, 0)).answer
    assert answer.map.values[0, 0] == pytest.approx(2 * corner - 1, abs=1e-4)


def test_lines_and_boards_have_their_own_maps() -> None:
    for name, kind, shape in (("sine", "line", (1, 4 * PIXELS)), ("parity", "bits", (2, 4))):
        config = ExperimentConfig(
            data={"name": name, "bits": 3}, network=NetworkConfig(hidden=(2,), activations=("tanh",))
        )
        network, trainer = moment(config)
        seen = neuron_map(network, trainer.material.data, config.features, (1, 1))
        assert seen is not None
        assert (seen.kind, seen.map.values.shape, seen.lines) == (kind, shape, ())


def test_of_samples_that_are_alike_one_is_told() -> None:
    config = ExperimentConfig(
        data={"name": "parity", "bits": 3}, network=NetworkConfig(hidden=(2,), activations=("tanh",))
    )
    network, trainer = moment(config)
    chosen = training_samples(trainer.material.data, config.features, network.architecture)
    found = habits(network, chosen, trainer.material.data, (1, 0))
    patterns = chosen.samples.X[:, list(found.best)]
    assert len({tuple(column) for column in patterns.T.tolist()}) == len(found.best) == 8
    z = network.W[0][0] @ patterns + network.b[0][0]
    assert z.tolist() == sorted(z.tolist(), reverse=True)
