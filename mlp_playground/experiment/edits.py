"""Changes of the network as pure functions: the new experiment, and which of its neurons was which before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import MAX_LAYERS, MAX_NEURONS, Cell, ExperimentConfig
from mlp_playground.experiment.lineage import Lineage, Origin

NEW_LAYER = 2
"""Neurons of a layer that is added where no hidden layer stands before it."""


class Gone(InvalidValue):
    """The layer, the neuron, or the gap between two layers is not there (any more)."""


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


def set_width(config: ExperimentConfig, layer: int, width: int) -> Edit:
    """So many neurons: new ones at the end, or the last ones gone. Raises InvalidValue for 0 or past the limit."""
    before = _width(config, layer)
    if not 1 <= width <= MAX_NEURONS:
        raise InvalidValue(f"neurons of layer {layer + 1}", width, f"1 to {MAX_NEURONS}")
    return _with_width(config, layer, tuple(i if i < before else None for i in range(width)))


def remove_neuron(config: ExperimentConfig, layer: int, neuron: int | None = None) -> Edit:
    """Without neuron number `neuron` (None: the last). The last neuron of a layer takes the layer with it."""
    width = _width(config, layer)
    gone = width - 1 if neuron is None else neuron
    if not 0 <= gone < width:
        raise Gone(f"neuron of layer {layer + 1}", gone + 1, f"one of its {width}")
    if width == 1:
        return remove_layer(config, layer)
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


def freeze(config: ExperimentConfig, cells: Collection[Cell], *, frozen: bool) -> Edit:
    """Neurons (layer, neuron) whose weights don't learn, or learn again."""
    return _marked(config, "frozen", cells, wanted=frozen)


def switch_off(config: ExperimentConfig, cells: Collection[Cell], *, off: bool) -> Edit:
    """Hidden neurons (layer, neuron) that answer 0 from now on, or work again."""
    return _marked(config, "off", cells, wanted=off)


def _marked(config: ExperimentConfig, mark: Literal["frozen", "off"], cells: Collection[Cell], *, wanted: bool) -> Edit:
    """Raises InvalidValue for neurons that there are not; of the output layer only the data know how many."""
    for layer, neuron in cells:
        if layer < len(config.network.hidden) and not 0 <= neuron < _width(config, layer):
            raise Gone(f"neuron of layer {layer + 1}", neuron + 1, f"one of its {_width(config, layer)}")
    marked = set(getattr(config.network, mark))
    marked = marked | set(cells) if wanted else marked - set(cells)
    return Edit(config.changed("network", **{mark: tuple(marked)}), tuple(_origins(config)))


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
    network = config.network
    values = {mark: _moved(getattr(network, mark), origins, len(network.hidden)) for mark in ("frozen", "off")}
    return Edit(config.changed("network", hidden=hidden, activations=activations, **values), tuple(origins))


def _moved(cells: Collection[Cell], origins: Sequence[Origin], output: int) -> tuple[Cell, ...]:
    """Marked neurons at their new places, without those that are gone; `output` was the output layer's number."""
    before = set(cells)
    kept = [
        (layer, neuron)
        for layer, origin in enumerate(origins)
        for neuron, old in enumerate(origin.neurons)
        if origin.layer is not None and old is not None and (origin.layer - 1, old) in before
    ]
    return (*kept, *((len(origins), neuron) for layer, neuron in before if layer == output))
