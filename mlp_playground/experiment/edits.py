"""Changes of the network as pure functions: the new experiment, and which of its neurons was which before."""

from __future__ import annotations

from dataclasses import dataclass

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import MAX_LAYERS, MAX_NEURONS, ExperimentConfig
from mlp_playground.experiment.lineage import Lineage, Origin

NEW_LAYER = 2
"""Neurons of a layer that is added where no hidden layer stands before it."""


class Gone(InvalidValue):
    """The layer, or the gap between two, is not there (any more)."""


@dataclass(frozen=True)
class Edit:
    """The experiment after a change and the lineage of its hidden layers."""

    config: ExperimentConfig
    lineage: Lineage


def add_neuron(config: ExperimentConfig, layer: int) -> Edit:
    """One neuron more at the end of hidden layer `layer` (from 0). Raises InvalidValue at the limit."""
    width = _width(config, layer)
    if width >= MAX_NEURONS:
        raise InvalidValue(f"neurons of layer {layer + 1}", width + 1, f"at most {MAX_NEURONS}")
    return _with_width(config, layer, (*range(width), None))


def remove_neuron(config: ExperimentConfig, layer: int, neuron: int | None = None) -> Edit:
    """Without neuron number `neuron` (None: the last). The last neuron of a layer takes the layer with it."""
    width = _width(config, layer)
    if width == 1:
        return remove_layer(config, layer)
    gone = width - 1 if neuron is None else neuron
    return _with_width(config, layer, tuple(i for i in range(width) if i != gone))


def insert_layer(config: ExperimentConfig, position: int) -> Edit:
    """A new hidden layer at `position` (0: first), as wide as the hidden layer before it, whose answers it passes on at
    first: without a change where its activation is ReLU or linear, bent a little where it is S-shaped. A first layer
    hears the features anew, so those behind it must learn again. Raises InvalidValue at the limit."""
    hidden, activations = config.network.hidden, config.network.activations
    if not 0 <= position <= len(hidden):
        raise Gone("place of a layer", position + 1, f"one of the {len(hidden) + 1} gaps")
    if len(hidden) >= MAX_LAYERS:
        raise InvalidValue("hidden layers", len(hidden) + 1, f"at most {MAX_LAYERS}")
    width = hidden[position - 1] if position else NEW_LAYER
    neighbour = activations[max(position - 1, 0)] if activations else "tanh"
    origins = _origins(config)
    origins.insert(position, Origin(None, (None,) * width))
    return _edit(
        config,
        (*hidden[:position], width, *hidden[position:]),
        (*activations[:position], neighbour, *activations[position:]),
        origins,
    )


def remove_layer(config: ExperimentConfig, layer: int) -> Edit:
    """Without hidden layer `layer`."""
    _width(config, layer)
    hidden, activations, origins = list(config.network.hidden), list(config.network.activations), _origins(config)
    del hidden[layer], activations[layer], origins[layer]
    return _edit(config, tuple(hidden), tuple(activations), origins)


def set_activation(config: ExperimentConfig, name: str, layer: int | None = None) -> Edit:
    """Activation `name` for one hidden layer, or for all."""
    if layer is not None:
        _width(config, layer)
    activations = list(config.network.activations)
    for index in range(len(activations)) if layer is None else [layer]:
        activations[index] = name
    return _edit(config, config.network.hidden, tuple(activations), _origins(config))


def _width(config: ExperimentConfig, layer: int) -> int:
    hidden = config.network.hidden
    if not 0 <= layer < len(hidden):
        raise Gone("layer", layer + 1, f"one of the {len(hidden)} hidden layers")
    return hidden[layer]


def _origins(config: ExperimentConfig) -> list[Origin]:
    return [Origin(index + 1, tuple(range(width))) for index, width in enumerate(config.network.hidden)]


def _with_width(config: ExperimentConfig, layer: int, neurons: tuple[int | None, ...]) -> Edit:
    hidden, origins = list(config.network.hidden), _origins(config)
    hidden[layer], origins[layer] = len(neurons), Origin(layer + 1, neurons)
    return _edit(config, tuple(hidden), config.network.activations, origins)


def _edit(
    config: ExperimentConfig, hidden: tuple[int, ...], activations: tuple[str, ...], origins: list[Origin]
) -> Edit:
    return Edit(config.changed("network", hidden=hidden, activations=activations), tuple(origins))
