"""What is said about dead, sleepy and busy neurons."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.answers import LayerAnswers
from mlp_playground.data.dataset import Dataset
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.numerals import percent
from mlp_playground.views.digits.answers_picture import Table, counts
from mlp_playground.views.digits.feature_words import class_name, neuron_words, samples_name

BEST = 3
"""Neurons that are named of a class's."""
MOST_NAMED = 12
"""Neurons that are named in a sentence."""
RELU_WORDS = "on: its sum is above 0 · dead: 0 for every {0} · sleepy: on for less than 1 % of them"
SMOOTH_WORDS = "on: its sum is above 0 · {1} neurons answer softly below, too, so hardly any is ever dead"
TWO_SIDED_WORDS = "on: its sum is above 0 · {1} answers as loudly below 0, so no neuron is asleep"


def key_words(layer: LayerAnswers, sample: str) -> str:
    """What on, dead and sleepy mean in this layer."""
    words = TWO_SIDED_WORDS if not layer.can_sleep else RELU_WORDS if layer.activation == "relu" else SMOOTH_WORDS
    return words.format(sample, ACTIVATIONS[layer.activation].label)


def layer_words(layer: LayerAnswers) -> str:
    """A layer's dead and sleepy neurons, by their numbers where they are few."""
    words = [f"{layer.n} neurons, {counts(layer)}"]
    for name, which in (("dead", layer.dead), ("sleepy", layer.sleepy)):
        numbers = [str(k + 1) for k in np.flatnonzero(which).tolist()]
        if numbers:
            words.append(f"{name}: {', '.join(numbers[:MOST_NAMED])}{' …' if len(numbers) > MOST_NAMED else ''}")
    return " · ".join(words)


def row_words(table: Table, row: int, data: Dataset) -> str:
    """What a row says of its class."""
    on = float(table.on[row])
    share = percent(on, 0) if np.isfinite(on) else "none known"
    if not table.names:
        return f"of its neurons {share} are on, on average"
    count = round(float(table.layer.shares[row]) * table.layer.n)
    most = "1 neuron answers" if count == 1 else f"{count} neurons answer"
    best = ", ".join(str(neuron + 1) for neuron in table.best(row)[:BEST])
    words = f"{class_name(data, row)}: on average {share} of the neurons are on · {most} it most"
    return f"{words}, best of all {best} (click)" if best else words


def cell_words(table: Table, row: int, neuron: int, data: Dataset) -> str:
    """What one field of the table says of its neuron."""
    share = table.layer.on_by_class[neuron, row] if table.names else table.layer.on[neuron]
    here = f"on for {percent(float(np.nan_to_num(share)), 0)} of "
    here += f"the samples of class {class_name(data, row)}" if table.names else f"the {samples_name(data)}s"
    return f"Neuron {neuron + 1}: {here} · {neuron_words(table.layer, neuron, data)}"
