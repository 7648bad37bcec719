"""How the links of the network look: their width and opacity by the size of the weight, their colour by its sign."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.diagram.network_layout import Layout, Link
from mlp_playground.views.diagram.network_marks import SOFTNESS
from mlp_playground.views.diagram.network_picture import Pointing, active_inputs, drawn_network
from mlp_playground.views.theme import Theme

THICKEST = 4.0
"""Pixels of the strongest link."""
MOST_LINKS = 1000
"""Of more links than that, the strongest are drawn: the rest would be a grey carpet, and slow."""


@dataclass(frozen=True)
class Inks:
    """Links that are drawn in the same two colours: their places, widths in pixels, and inks −1…1."""

    links: list[Link]
    widths: NDArray[np.float64]
    inks: NDArray[np.float64]
    colours: tuple[str, str]


def link_inks(layout: Layout, snapshot: Snapshot, theme: Theme, pointing: Pointing) -> tuple[Inks, Inks]:
    """How every link looks now, of very many the strongest: those without a sign, and those with one.

    All that one neuron hears from a picture is one link without a sign, and so is a weight of 0.
    """
    network = drawn_network(snapshot)
    first = 0 if snapshot.data.image_shape is None else 1
    links, values = _weights(layout, snapshot, network, first)
    if len(links) > MOST_LINKS:
        strongest = np.sort(np.argpartition(np.abs(values), -MOST_LINKS)[-MOST_LINKS:])
        links, values = [links[k] for k in strongest], values[strongest]
    has_sign = values != 0
    grey = [link for link, signed in zip(links, has_sign.tolist(), strict=True) if not signed]
    if grey:
        links, values = [links[k] for k in np.flatnonzero(has_sign)], values[has_sign]
    if first:
        heard = np.asarray(network.W[0][: len(layout.columns[1].cells)].any(axis=1))
        grey += [(0, 0, i) for i in np.flatnonzero(heard).tolist()]
    strengths = np.abs(values)
    opacity = np.minimum((0.25 + 0.65 * strengths) * _lit(links, pointing), 1)
    widths = np.maximum(THICKEST * strengths, 1.0)
    return (
        Inks(grey, np.ones(len(grey)), 0.3 * _lit(grey, pointing), (theme.muted, theme.muted)),
        Inks(links, widths, np.copysign(opacity, values), (theme.orange, theme.blue)),
    )


def _weights(
    layout: Layout, snapshot: Snapshot, network: Network, first: int
) -> tuple[list[Link], NDArray[np.float64]]:
    """The links from column `first` on, and their strengths −1…1 with the weights' signs."""
    links: list[Link] = []
    values: list[NDArray[np.float64]] = []
    off = set(snapshot.config.network.off)
    for number in range(first, len(network.W)):
        drawn = range(len(layout.columns[number].cells))
        senders = tuple(i for i in active_inputs(snapshot) if i in drawn) if number == 0 else tuple(drawn)
        receivers = range(len(layout.columns[number + 1].cells))
        W = network.W[number][: len(receivers), : len(senders)].astype(np.float64)
        strengths = np.copysign(1 - np.exp(-np.abs(W) / SOFTNESS), W)
        for place, sender in enumerate(senders):
            if (number - 1, sender) in off:
                strengths[:, place] *= 0.15  # nothing comes through
        links += [(number, sender, receiver) for receiver in receivers for sender in senders]
        values.append(strengths.ravel())
    return links, np.concatenate([np.empty(0), *values])


def _lit(links: list[Link], pointing: Pointing) -> NDArray[np.float64]:
    """How much stronger or weaker each link is drawn because of what the mouse is on."""
    if pointing.link is not None:
        return np.array([1.5 if link == pointing.link else 0.45 for link in links])
    if pointing.cell is None:
        return np.ones(len(links))
    cell = pointing.cell
    return np.array([1.3 if cell in ((c, sender), (c + 1, receiver)) else 0.35 for c, sender, receiver in links])
