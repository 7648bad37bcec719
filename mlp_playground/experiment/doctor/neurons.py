"""Illnesses that single neurons show: dead ones, saturated ones, and those that are copies of each other."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.health import LayerHealth
from mlp_playground.analysis.twins import twins
from mlp_playground.experiment.config import Cell
from mlp_playground.experiment.doctor import cures
from mlp_playground.experiment.doctor.case import Case
from mlp_playground.experiment.doctor.finding import Bars, Finding, Table
from mlp_playground.experiment.doctor.words import layer_name, layer_names, percent
from mlp_playground.numerals import counted

DEAD = 0.5
"""A layer with more dead neurons than that is ill. Healthy ones have up to 0.2 in the gallery's runs; on MNIST Adam at
0.01 leaves up to 0.36 and still learns, at 0.03 0.44 to 0.67."""
SATURATED = 0.75
"""Share of answers on the flat ends of an S-shaped curve. The gallery's healthy runs reach 0.62 once they have learned
all; first weights that are ten times too large begin at 0.8."""
NOT_LEARNED = 0.1
"""A tenth wrong (or of the loss of a blind answer): what has learned better than that is no patient, whatever its
neurons look like."""
TWINS = 0.5
"""Share of a layer's neurons that are copies: by chance there are none."""
SHOWN = 12
"""Rows and columns of a picture of weights."""


def dead_relus(case: Case) -> Finding | None:
    """More than half of a layer's neurons answer 0 to all data."""
    worst = max(range(len(case.layers)), key=lambda l: case.layers[l].dead_share, default=None)
    if worst is None or case.layers[worst].dead_share <= DEAD:
        return None
    layer = case.layers[worst]
    n, of = int(layer.dead.sum()), layer.working
    return Finding(
        "dead",
        f"{layer_name(worst)} has {percent(layer.dead_share)} dead neurons",
        (
            ("dead", f"{n} of {counted(of, 'neuron')} answer 0 to all {counted(case.material.X.shape[1], 'sample')}"),
            ("zero answers", f"{percent(layer.zeros or 0.0)} of all answers; about half is normal"),
            ("learning rate", f"{case.config.training.learning_rate:g}"),
        ),
        Bars(
            "dead neurons in each layer",
            layer_names(len(case.layers)),
            tuple(each.dead_share for each in case.layers),
            tuple(l for l, each in enumerate(case.layers) if each.dead_share > DEAD),
            DEAD,
            "half",
            percent=True,
        ),
        "A ReLU answers 0 where its sum is below 0, and there its slope is 0 too. A step that was too large has pushed "
        "these neurons so far that every sample lies on that side: no gradient comes through, so nothing can bring "
        "them back.",
        cures.another_start(case.config, cures.leaky(worst)),
        _cells(worst, layer),
    )


def _cells(layer: int, health: LayerHealth) -> tuple[Cell, ...]:
    return tuple((layer, int(neuron)) for neuron in np.flatnonzero(health.dead))


def saturation(case: Case) -> Finding | None:
    """Most answers of S-shaped neurons are on the flat ends, and the network has not learned."""
    shares = [layer.saturated or 0.0 for layer in case.layers]
    worst = max(range(len(shares)), key=shares.__getitem__, default=None)
    if worst is None or shares[worst] <= SATURATED or case.wrong < NOT_LEARNED:
        return None
    weights = case.network.W[worst]
    return Finding(
        "saturation",
        f"{layer_name(worst)} is {percent(shares[worst])} saturated",
        (
            ("saturated", f"{percent(shares[worst])} of the answers have less than 5\u202f% of the steepest slope"),
            ("weights", f"{float(np.abs(weights).mean()):.3g} in the mean, of {weights.shape[1]} inputs each"),
            ("still wrong", case.wrong_words),
        ),
        Bars(
            "saturated answers in each layer",
            layer_names(len(shares)),
            tuple(shares),
            tuple(l for l, share in enumerate(shares) if share > SATURATED),
            SATURATED,
            "75\u202f%",
            percent=True,
        ),
        "Large weights make large sums, and far from 0 an S-shaped curve is flat: its answer hardly changes, whatever "
        "the weights do. So the gradient is nearly 0, and the layer and all before it hardly learn.",
        cures.another_start(case.config, cures.straight_through()),
        ((worst, 0),),
    )


def symmetry(case: Case) -> Finding | None:
    """Neurons of a layer are copies of each other."""
    copies = [twins(case.network, l) for l in range(len(case.layers))]
    ill = [l for l, each in enumerate(copies) if each.sum() > TWINS * case.layers[l].working]
    if not ill:
        return None
    first = ill[0]
    W, n = case.network.W[first], int(copies[first].sum())
    return Finding(
        "symmetry",
        f"{layer_name(first)} has identical neurons",
        (
            ("identical", f"{n} of {counted(case.layers[first].working, 'neuron')} have a twin"),
            ("weights", "the same ones, in and out"),
        ),
        Table(
            f"weights into {layer_name(first).lower()}, a row for each neuron",
            np.array(W[:SHOWN, :SHOWN], np.float64),
            tuple(f"{i + 1}" for i in range(min(SHOWN, W.shape[0]))),
            tuple(f"w{i + 1}" for i in range(min(SHOWN, W.shape[1]))),
        ),
        "Neurons with the same weights hear the same, answer the same and get the same gradient, so they stay the same "
        "for ever: together they can do what one of them could. First weights are random to break this symmetry.",
        cures.first_weights(),
        tuple((first, int(neuron)) for neuron in np.flatnonzero(copies[first])),
    )
