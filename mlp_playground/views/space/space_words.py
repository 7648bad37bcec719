"""What is said about a layer's space: where one is, what has just happened, and what can be seen of it."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.space.observe import Place, Space
from mlp_playground.analysis.space.projection import Choice
from mlp_playground.analysis.space.stages import Kind, Order, Stage
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.numerals import percent

MOST_NUMBERS = 8
"""Of a matrix or a point, in a line of text."""


def stage_title(stage: Stage, layers: int) -> str:
    """Where on the way one is."""
    if stage.layer == 0:
        return {Kind.PLANE: "The plane", Kind.INPUT: "Input"}[stage.kind]
    where = "Output" if stage.layer == layers else f"Layer {stage.layer}"
    return f"{where} · {'linear step' if stage.kind is Kind.LINEAR else stage.name}"


def stage_words(space: Space, s: int) -> str:
    """What has just happened at stage `s`, and what one should know of the picture."""
    place = space.places[s]
    words = [_happened(space, s)]
    if place.projection.choice is Choice.ANSWER:
        several = "Drawn along what the outputs differ in: each class has its own area."
        words.append(
            "To the right: the direction in which the output looks." if space.places[-1].stage.width == 1 else several
        )
    if place.hidden_walls:
        words.append(f"Lines of {len(place.walls)} of {len(place.walls) + place.hidden_walls} neurons.")
    return " ".join(words)


def _happened(space: Space, s: int) -> str:
    stage = space.places[s].stage
    before = space.places[max(s - 1, 0)].stage
    if stage.kind is Kind.PLANE:
        return "Points as they are drawn on the plane, with its grid."
    if stage.kind is Kind.INPUT:
        return f"The {_numbers(stage.width)} that the network is told of each {_sample(space)}."
    if stage.kind is Kind.LINEAR:
        done = "stretched and flattened" if stage.width < before.width else "stretched and sheared"
        return f"W makes {_numbers(stage.width)} of {before.width}: space is turned, {done}, no more."
    if stage.kind is Kind.BIAS:
        return "b moves everything: now each neuron's line is where its own number is 0."
    if stage.kind is Kind.ANSWER:
        return "The sum becomes a probability." if stage.width == 1 else "The sums become probabilities, together 1."
    words = next((each.words for each in ACTIVATIONS.values() if each.label == stage.name), "")
    return words if space.wish.order is Order.LINEAR_FIRST else f"{stage.name} along the axes as they are."


def _numbers(count: int) -> str:
    return "1 number" if count == 1 else f"{count} numbers"


def seen_words(place: Place) -> str:
    """How much of a stage's space is in the picture."""
    shown = place.projection
    if shown.choice is Choice.ALL:
        return f"all of this space, {_numbers(place.stage.width)} for each point"
    count = {2: "two", 3: "three"}[shown.dimensions]
    what = f"{count} numbers" if shown.choice is Choice.NEURONS else f"{count} directions"
    return f"these {what} show {percent(shown.share, 0)} of the spread"


def order_words(space: Space) -> str:
    """What the order of the steps does to the answers; nothing for the network as it is."""
    right = "" if space.right is None else f" {percent(space.right, 0)} of these points are answered rightly this way."
    if space.wish.order is Order.ACTIVATION_FIRST:
        first = space.cloud.features is None and len(space.places[0].axes) == 2
        where = "along x₁ = 0 and x₂ = 0" if first else "along the inputs' own axes"
        return f"The first fold lies {where}, whatever the weights: nothing has turned the data yet.{right}"
    if space.collapsed is not None:
        return f"Without activations all layers are one: {matrix_words(*space.collapsed)}.{right}"
    return ""


def matrix_words(W: np.ndarray, b: np.ndarray) -> str:
    """The one matrix and its bias as numbers, where they are few."""
    if W.size > MOST_NUMBERS:
        return f"one matrix of {W.shape[0]} × {W.shape[1]} numbers"
    rows = "; ".join("  ".join(number(value) for value in row) for row in W)
    return f"W = [{rows}], b = [{'  '.join(number(value) for value in b)}]"


def number(value: float) -> str:
    """A coordinate with what digits tell something."""
    return (f"{value:.2f}" if abs(value) < 1000 else f"{value:.3g}").replace("-", "−")


def point_words(space: Space, point: int) -> str:
    """Which point it is."""
    cloud = space.cloud
    kind = "training" if point < cloud.n_train else "test"
    target = cloud.samples.y[point]
    data = cloud.data
    what = f"target {number(float(target))}" if data.task == "regression" else data.classes[int(target)]
    return f"{kind} {_sample(space)} · {what}"


def wall_words(layer: int, neuron: int | None) -> str:
    """What is so along a line."""
    if neuron is None:
        return "here the network is undecided"
    return f"here the sum of neuron {neuron + 1} of layer {layer} is 0; its arrow points to where it is positive"


def _sample(space: Space) -> str:
    """What a point stands for."""
    return "digit" if space.cloud.data.image_shape else "point"
