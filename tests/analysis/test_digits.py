"""What is shown of digits, against loops over single samples."""

from __future__ import annotations

from math import exp, tanh

import numpy as np
import pytest

from mlp_playground.analysis.digits import SAMPLE, observe_digits, weight_images
from mlp_playground.nn.network import Architecture, Network, with_ones

SHAPE = (2, 3)  # pictures of six pixels are as good as of 784
CLASSES = 4


def network_and_digits(hidden: tuple[int, ...], n: int = 40) -> tuple[Network, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    shape = Architecture((6, *hidden, CLASSES), ("tanh", "relu")[: len(hidden)], "classes")
    network = Network(shape, rng.normal(0, 0.7, shape.n_parameters).astype(np.float32))
    return network, rng.uniform(0, 1, (6, n)).astype(np.float32), rng.integers(0, CLASSES - 1, n)


def layers(network: Network, x: np.ndarray) -> list[list[float]]:
    a, result = [float(v) for v in x], []
    for W, b, fold in zip(network.W, network.b, (*network.architecture.activations, "none"), strict=True):
        z = [sum(float(w) * v for w, v in zip(row, a, strict=True)) + float(c) for row, c in zip(W, b, strict=True)]
        a = [tanh(v) for v in z] if fold == "tanh" else [max(v, 0.0) for v in z] if fold == "relu" else z
        result.append(a)
    return result


@pytest.mark.parametrize("hidden", [(), (5,), (5, 3)])
def test_probabilities_are_the_softmax_of_each_digit(hidden: tuple[int, ...]) -> None:
    network, X, y = network_and_digits(hidden)
    field = observe_digits(network, with_ones(X, np.float32), y, SHAPE, 7)
    assert field.probabilities.shape == (CLASSES, 7)
    for i in range(7):
        powers = [exp(z) for z in layers(network, X[:, i])[-1]]
        assert field.probabilities[:, i] == pytest.approx([p / sum(powers) for p in powers], abs=1e-5)


def test_profiles_are_mean_activations_by_class_relative_to_the_largest() -> None:
    network, X, y = network_and_digits((5, 3))
    field = observe_digits(network, with_ones(X, np.float32), y, SHAPE, 7)
    for l, width in enumerate((5, 3)):
        assert field.profiles[l].shape == (width, CLASSES)
        activations = np.array([layers(network, X[:, i])[l] for i in range(len(y))])
        for k in range(width):
            # the last class has no sample here, and so no mean
            means = [float(activations[y == c, k].mean()) if (y == c).any() else 0.0 for c in range(CLASSES)]
            largest = max(1e-6, *(abs(m) for m in means))
            assert field.profiles[l][k] == pytest.approx([m / largest for m in means], abs=1e-4)


def test_profiles_keep_within_one() -> None:
    network, X, y = network_and_digits((5, 3))
    field = observe_digits(network, with_ones(X, np.float32), y, SHAPE, 7)
    assert all(np.abs(profile).max() <= 1 for profile in field.profiles)


def test_a_dead_neuron_has_an_empty_profile() -> None:
    network, X, y = network_and_digits((5, 3))
    network.theta[:] = 0
    field = observe_digits(network, with_ones(X, np.float32), y, SHAPE, 1)
    assert all((profile == 0).all() for profile in field.profiles)


def test_without_hidden_layers_there_are_no_profiles() -> None:
    network, X, y = network_and_digits(())
    assert observe_digits(network, with_ones(X, np.float32), y, SHAPE, 7).profiles == ()


def test_only_the_first_thousand_digits_are_looked_at() -> None:
    network, X, y = network_and_digits((5,), SAMPLE + 200)
    whole = observe_digits(network, with_ones(X, np.float32), y, SHAPE, 3)
    X[:, SAMPLE:], y[SAMPLE:] = 1e3, 0
    assert (
        observe_digits(network, with_ones(X, np.float32), y, SHAPE, 3).profiles[0].tobytes()
        == whole.profiles[0].tobytes()
    )


def test_weight_images_are_weights_as_levels_each_on_its_own_scale() -> None:
    network, _, _ = network_and_digits((5, 3))
    images = weight_images(network, SHAPE)
    assert images.shape == (5, 2, 3)
    for k in range(5):
        weights = [float(w) for w in network.W[0][k]]
        largest = max(abs(w) for w in weights)
        for p, w in enumerate(weights):
            assert int(images[k, p // 3, p % 3]) == pytest.approx(128 + 127 * w / largest, abs=0.51)


def test_a_neuron_without_weights_is_neutral() -> None:
    network, _, _ = network_and_digits((5,))
    network.theta[:] = 0
    assert (weight_images(network, SHAPE) == 128).all()


def test_all_arrays_are_read_only() -> None:
    network, X, y = network_and_digits((5, 3))
    field = observe_digits(network, with_ones(X, np.float32), y, SHAPE, 7)
    arrays: list[np.ndarray] = [field.probabilities, field.weight_images, *field.profiles]
    assert not any(array.flags.writeable for array in arrays)
