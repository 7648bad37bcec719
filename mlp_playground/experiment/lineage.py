"""Which neuron of an edited network was which before, so that an edit keeps everything that was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, blocks


@dataclass(frozen=True)
class Origin:
    """Where a layer of neurons comes from: the old layer's number, and for each neuron its old index or None (new).

    Layers are counted from the inputs (0) over the hidden ones to the outputs. A wholly new layer has `layer` None.
    """

    layer: int | None
    neurons: tuple[int | None, ...]


Lineage = tuple[Origin, ...]


def unchanged(widths: Sequence[int]) -> Lineage:
    """The lineage of a network in which every neuron stays what it was."""
    return tuple(Origin(layer, tuple(range(width))) for layer, width in enumerate(widths))


def carry_over(lineage: Lineage, old: tuple[Architecture, Array], new: tuple[Architecture, Array]) -> Array:
    """Parameters of the new network with all that the old one knew; `new`'s own vector gives the new neurons' weights.

    A new neuron listens with fresh weights and speaks with weight 0, so the answers do not jump. A new layer between
    hidden ones of its own width starts as the identity. Where layers went, their matrices are multiplied into the next
    one: all they did stays, but for the fold. Raises InvalidValue for a lineage that doesn't fit the two networks.
    """
    _check(lineage, old[0].widths, new[0].widths)
    theta: Array = new[1].copy()
    old_blocks = blocks(*old)
    above: Origin = lineage[0]
    for index, (block, origin) in enumerate(zip(blocks(new[0], theta), lineage[1:], strict=True)):
        if origin.layer is None:
            square = block.shape[0] == block.shape[1] - 1
            if square and index > 0:
                block[...] = np.eye(block.shape[0], block.shape[1])
                continue  # the next layer hears what the one before says, as far as this one's fold lets it
            above = origin
            continue
        if above.layer is not None and above.layer < origin.layer:
            _copy(_composed(old_blocks[above.layer : origin.layer]), block, above.neurons, origin.neurons)
        above = origin
    return theta


def composed(first: Lineage, then: Lineage) -> Lineage:
    """The lineage of two edits of the hidden layers, one after the other: where those of the last network come from.

    Hidden layers count from 1, as in `unchanged(…)[1:-1]`.
    """
    result = []
    for origin in then:
        if origin.layer is None:
            result.append(origin)
            continue
        earlier = first[origin.layer - 1]
        neurons = tuple(None if n is None or earlier.layer is None else earlier.neurons[n] for n in origin.neurons)
        result.append(Origin(earlier.layer, neurons))
    return tuple(result)


def inverted(lineage: Lineage, widths: Sequence[int]) -> Lineage:
    """Where the neurons of the old hidden layers (with `widths` neurons) are in the new network, if they still are."""
    result = [Origin(None, (None,) * width) for width in widths]
    for place, origin in enumerate(lineage, 1):
        if origin.layer is not None:
            now: list[int | None] = [None] * widths[origin.layer - 1]
            for index, neuron in enumerate(origin.neurons):
                if neuron is not None:
                    now[neuron] = index
            result[origin.layer - 1] = Origin(place, tuple(now))
    return tuple(result)


def brought_back(origins: Lineage, now: tuple[Architecture, Array], then: tuple[Architecture, Array]) -> Array:
    """Parameters for the network as it was `then`, with what it has learned since where that is to be had.

    `origins` says for every layer of `then`, inputs and outputs included, where its neurons are `now`. Weights between
    neurons that both are there, in layers that still follow each other, are those of now, and so are the biases of such
    layers; all else is as it was. Raises InvalidValue for origins that don't fit.
    """
    _check(origins, now[0].widths, then[0].widths)
    theta: Array = then[1].copy()
    present = blocks(*now)
    for block, senders, receivers in zip(blocks(then[0], theta), origins[:-1], origins[1:], strict=True):
        if senders.layer is None or receivers.layer != senders.layer + 1:
            continue
        source = present[senders.layer]
        for i, receiver in enumerate(receivers.neurons):
            if receiver is None:
                continue
            block[i, -1] = source[receiver, -1]
            for j, sender in enumerate(senders.neurons):
                if sender is not None:
                    block[i, j] = source[receiver, sender]
    return theta


def _check(lineage: Lineage, old: Sequence[int], new: Sequence[int]) -> None:
    widths = tuple(len(origin.neurons) for origin in lineage)
    if widths != tuple(new):
        raise InvalidValue("lineage", widths, f"an origin for each neuron of layers with {tuple(new)} neurons")
    for origin in lineage:
        if origin.layer is not None:
            width = old[origin.layer] if 0 <= origin.layer < len(old) else 0
            if not all(neuron is None or 0 <= neuron < width for neuron in origin.neurons):
                raise InvalidValue("lineage", origin, f"of neurons that a network with {tuple(old)} neurons has")


def _composed(chain: Sequence[Array]) -> Array:
    """One block [W b] that does what the blocks of `chain` do one after the other, without folds between."""
    result = np.asarray(chain[0])
    for block in chain[1:]:
        W, b = block[:, :-1], block[:, -1:]
        result = np.asarray(W @ result)
        result[:, -1:] += b
    return result


def _copy(source: Array, block: Array, senders: Sequence[int | None], receivers: Sequence[int | None]) -> None:
    for i, receiver in enumerate(receivers):
        if receiver is None:
            continue
        block[i, -1] = source[receiver, -1]
        block[i, :-1] = [0 if sender is None else source[receiver, sender] for sender in senders]
