"""What the diagram says of itself: the cards that appear over neurons, links and handles."""

from __future__ import annotations

import numpy as np

from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.diagram.network_layout import Cell, Link
from mlp_playground.views.diagram.network_picture import active_inputs, input_labels

LISTED = 6
"""So many weights are written out; of more the range."""
OVER = {
    "plane": "over the plane",
    "line": "along x",
    "bits": "for all patterns of bits",
    "table": "over the plane that is drawn",
}


def number(value: float) -> str:
    """A weight or bias as it is written on screen."""
    return f"{value:+.3f}".replace("-", "−")


def cell_words(snapshot: Snapshot, cell: Cell) -> str:
    """An input's, a neuron's or an output's card."""
    column, index = cell
    if column == 0:
        return _input_words(snapshot, index)
    network = Network(snapshot.architecture, snapshot.theta)
    lines = [name_of(snapshot, cell)]
    marks = snapshot.config.network
    if (column - 1, index) in marks.off:
        lines.append("switched off: it answers 0")
    if (column - 1, index) in marks.frozen:
        lines.append("frozen: its weights and its bias don't learn")
    lines.append(f"bias {number(float(network.b[column - 1][index]))} (the dot) · double-click to type another")
    lines.append(_weights(snapshot, network, cell))
    if column < len(snapshot.architecture.widths) - 1:
        lines.append(_picture(snapshot, column))
    lines.append("Click to select it, right-click for what can be done.")
    return "\n".join(lines)


def name_of(snapshot: Snapshot, cell: Cell) -> str:
    """What a cell is called."""
    column, index = cell
    last = len(snapshot.architecture.widths) - 1
    if column == 0:
        labels = input_labels(snapshot)
        return labels[index] if labels else "the pixels"
    if column < last:
        return f"Layer {column} · neuron {index + 1}"
    return f"Output {snapshot.data.classes[index]}" if len(snapshot.data.classes) > 2 else "Output"


def link_words(snapshot: Snapshot, link: Link) -> str:
    """A link's card: from where to where, and its weight."""
    column, sender, receiver = link
    names = f"{name_of(snapshot, (column, sender))}  →  {name_of(snapshot, (column + 1, receiver))}"
    return f"{names}\nweight {number(weight_of(snapshot, link))} · double-click to type another"


def weight_of(snapshot: Snapshot, link: Link) -> float:
    """The weight of a link between two neurons, or from a feature."""
    column, _, receiver = link
    network = Network(snapshot.architecture, snapshot.theta)
    return float(network.W[column][receiver, sender_index(snapshot, link)])


def sender_index(snapshot: Snapshot, link: Link) -> int:
    """Which of the layer's inputs a link comes from: features that are off have no number."""
    column, sender, _ = link
    return active_inputs(snapshot).index(sender) if column == 0 else sender


def _input_words(snapshot: Snapshot, index: int) -> str:
    space = snapshot.data.space
    if space == "plane":
        feature = tuple(FEATURES.values())[index]
        on = feature.name in snapshot.config.features
        return f"{feature.label}: {feature.words}.\nClick to switch it {'off' if on else 'on'}."
    if space == "line":
        return "The number x: all that the network is told."
    if space == "bits":
        return f"Bit {index + 1}, as −1 for 0 and 1 for 1. Its picture shows it for all patterns of bits."
    if space == "table":
        return f"{snapshot.data.inputs[index].name}, a column of the table.\nIts picture shows it {OVER[space]}."
    return "One of the test digits. Each of its pixels is one input."


def _weights(snapshot: Snapshot, network: Network, cell: Cell) -> str:
    column, index = cell
    W = network.W[column - 1][index]
    if len(W) > LISTED:
        return f"{len(W)} weights from {number(float(W.min()))} to {number(float(W.max()))}"
    if column == 1:
        labels = input_labels(snapshot)
        names = [labels[i] for i in active_inputs(snapshot)]
    else:
        names = [f"neuron {i + 1}" for i in range(len(W))]
    return ("weights " if len(W) > 1 else "weight ") + ", ".join(
        f"{name} {number(float(w))}" for name, w in zip(names, np.asarray(W), strict=True)
    )


def _picture(snapshot: Snapshot, column: int) -> str:
    if snapshot.field is not None:
        return f"Its picture is its activation {OVER[snapshot.data.space]}: blue above 0, orange below."
    if column == 1:
        return "Its picture shows its weights: ink on blue excites it, ink on orange inhibits it."
    return "Its bars are its mean activation for the digits 0 to 9."
