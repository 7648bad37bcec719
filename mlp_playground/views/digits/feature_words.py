"""What is said about neurons and about what they look for, in words that hold for every network and its data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.answers import NOBODY, LayerAnswers
from mlp_playground.analysis.excitement import Cell
from mlp_playground.data.dataset import Dataset
from mlp_playground.nn.network import Architecture
from mlp_playground.numerals import percent
from mlp_playground.views.scale_numbers import own_number


def samples_name(data: Dataset) -> str:
    """What a sample for testing is called."""
    return "test digit" if data.image_shape is not None else "test sample"


def class_name(data: Dataset, k: int) -> str:
    """A class in a sentence: a digit as it is, a word in quotes."""
    name = data.classes[k]
    return name if name.isdigit() else f"“{name}”"


def layer_name(architecture: Architecture, layer: int) -> str:
    """A layer's name; the output's after the hidden ones."""
    return "Output" if layer == len(architecture.activations) else f"Layer {layer + 1}"


def cell_name(architecture: Architecture, cell: Cell, data: Dataset) -> str:
    """A neuron's name; an output's is its class."""
    layer, neuron = cell
    if layer < len(architecture.activations):
        return f"Layer {layer + 1} · neuron {neuron + 1}"
    return f"Output for {class_name(data, neuron)}" if architecture.widths[-1] > 1 else "Output"


def short(value: float) -> str:
    """A number with three digits, as it stands below a picture; one that they would make 0 with its first."""
    if not np.isfinite(value):
        return "–"
    size = abs(value)
    form = ".1g" if 1e-4 <= size < 0.005 else ".2f" if size < 10 else ".1f"
    return f"{value:{form}}".replace("-", "−")


def state_words(layer: LayerAnswers, neuron: int, data: Dataset) -> str:
    """Whether a hidden neuron is dead, sleepy or on, and whom it answers most."""
    sample, on = samples_name(data), float(layer.on[neuron])
    if layer.dead[neuron]:
        return f"dead: 0 for every {sample}"
    share = "< 1\u202f%" if 0 < on < 0.005 else percent(on, 0)
    words = f"{'sleepy: ' if layer.sleepy[neuron] else ''}on for {share} of the {sample}s"
    k = int(layer.favourite[neuron])
    return words if k == NOBODY else f"answers {class_name(data, k)} most · {words}"


def told_apart_words(layer: LayerAnswers, neuron: int, data: Dataset) -> str:
    """How well a neuron tells its class apart, as a chance; nothing where that is not known."""
    k, chance = int(layer.favourite[neuron]), float(layer.told_apart[neuron])
    if k == NOBODY or not np.isfinite(chance):
        return ""
    what = "digit" if data.image_shape is not None else "sample"
    return f"{_one_of(data, k)} excites it more than another {what} {100 * chance:.0f} times of 100"


def _chance_words(layer: LayerAnswers, neuron: int, data: Dataset) -> str:
    """The same in few words."""
    k, chance = int(layer.favourite[neuron]), float(layer.told_apart[neuron])
    if k == NOBODY or not np.isfinite(chance):
        return ""
    return f"{_one_of(data, k)} excites it more than others in {percent(chance, 0)}"


def _one_of(data: Dataset, k: int) -> str:
    return f"{'a' if data.image_shape is not None else 'one of'} {class_name(data, k)}"


def neuron_words(layer: LayerAnswers, neuron: int, data: Dataset) -> str:
    """Both in one line."""
    return joined([state_words(layer, neuron, data), told_apart_words(layer, neuron, data)])


def card_words(answers: Sequence[LayerAnswers] | None, cell: Cell, data: Dataset) -> tuple[str, str]:
    """Two lines about a neuron; of an output there is nothing to say that its name doesn't."""
    layer, neuron = cell
    if answers is None or layer >= len(answers):
        return "", ""
    return state_words(answers[layer], neuron, data), _chance_words(answers[layer], neuron, data)


def profile_words(means: NDArray[np.float64], k: int, data: Dataset) -> str:
    """A neuron's mean answer to a class."""
    if not np.isfinite(means[k]):
        return f"{class_name(data, k)}: none among the {samples_name(data)}s"
    return f"mean answer to {class_name(data, k)}: {own_number(float(means[k]))}"


def digit_words(data: Dataset, index: int, z: float, a: float) -> str:
    """One of the samples that excite a neuron most."""
    what = f"{samples_name(data)} number {index + 1}"
    if data.task != "regression":
        what += f", {'a ' if data.image_shape is not None else ''}{class_name(data, int(data.test.y[index]))}"
    return f"{what}: sum z = {own_number(z)}, answer {own_number(a)}"


def joined(parts: Sequence[str]) -> str:
    """Those of the parts that there are, in one line."""
    return " · ".join(part for part in parts if part)
