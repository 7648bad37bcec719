"""What layers and their inputs are called."""

from __future__ import annotations

from collections.abc import Callable

from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.layers.layer_words import cell_name, layer_names, neuron_names, size_words, symbols

DEEP = ExperimentConfig(features=("x1", "sin(x2)"), network=NetworkConfig(hidden=(4, 3), activations=("relu", "tanh")))


def test_layers_and_inputs_have_the_names_of_the_diagram(take: Callable[..., Snapshot]) -> None:
    snapshot = take(DEEP)
    assert [name for name, _ in layer_names(snapshot)] == ["Layer 1", "Layer 2", "Output"]
    assert neuron_names(snapshot, 0) == ("x₁", "sin x₂")
    assert neuron_names(snapshot, 2) == ("1", "2", "3")
    assert symbols(snapshot, 2) == ("Z₂ = W₂·A₁ + b₂", "A₂ = tanh(Z₂)")
    assert symbols(snapshot, 3) == ("Z₃ = W₃·A₂ + b₃", "p = σ(z)")
    assert cell_name(snapshot, 3, 0) == "the output"
    assert size_words(snapshot, 2) == "12 weights + 3 biases = 15 parameters"
    assert size_words(snapshot, 3) == "3 weights + 1 bias = 4 parameters"
    digits = take(DIGITS_DEFAULT.changed("network", hidden=(3,), activations=("relu",)))
    assert neuron_names(digits, 0)[29] == "(2, 2)"
    assert cell_name(digits, 0, 29) == "pixel (2, 2)"
    assert cell_name(digits, 2, 7) == "output 7"
