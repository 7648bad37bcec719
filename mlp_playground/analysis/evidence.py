"""What an answer is made of: each logit, or one against another, as an exact sum over the neurons of any layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network

NEAR_ZERO = 1e-9
"""A sum z this near to 0 has its activation's slope there; further off, the line from 0 to its value has it exactly."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Pass:
    """One sample on its way through a network, in double precision.

    `A[l]` (n_l,) is what layer l hears (A[0] the sample), `Z` the logits (n_out,). Each hidden layer's activation is
    read as a straight line through its value: A[l + 1] = slopes[l] ∘ z + offsets[l], so that sums go on exactly.
    """

    W: tuple[Numbers, ...]
    b: tuple[Numbers, ...]
    A: tuple[Numbers, ...]
    slopes: tuple[Numbers, ...]
    offsets: tuple[Numbers, ...]
    Z: Numbers


@dataclass(frozen=True)
class Evidence:
    """How a `total`, a logit or the difference of two, comes about.

    Of each layer l, the inputs being 0, `shares[l]` (n_l,) are what its neurons add, and `biases[l]` what comes from
    biases behind it: shares[l].sum() + biases[l] = total. `links[l]` (n_(l+1), n_l) are what a hidden layer's neurons
    take from the one before it; the last layer's shares go into the total as they are.
    """

    total: float
    shares: tuple[Numbers, ...]
    biases: tuple[float, ...]
    links: tuple[Numbers, ...]


def pass_through(network: Network, x: Array) -> Pass:
    """The sample `x` (n_in,) on its way through `network`."""
    W, b = (tuple(np.asarray(each, np.float64) for each in part) for part in (network.W, network.b))
    A: list[Numbers] = [x.astype(np.float64)]
    slopes: list[Numbers] = []
    offsets: list[Numbers] = []
    for l, fold in enumerate(network.architecture.folds):
        z = (W[l] @ A[-1] + b[l])[:, np.newaxis]
        a, at_zero, slope = np.empty_like(z), np.empty_like(z), np.empty_like(z)
        fold.apply(z, a)
        fold.apply(np.zeros_like(z), at_zero)
        fold.chain(np.ones_like(z), z, a, slope)
        far = np.abs(z) > NEAR_ZERO
        np.divide(a - at_zero, z, out=slope, where=far)
        A.append(a[:, 0])
        slopes.append(slope[:, 0])
        offsets.append((a - slope * z)[:, 0])
    return Pass(W, b, tuple(A), tuple(slopes), tuple(offsets), W[-1] @ A[-1] + b[-1])


def evidence(passed: Pass, of: int, versus: int | None = None) -> Evidence:
    """What makes up the logit of class `of`, or how much larger it is than that of `versus`.

    From the last layer back, each neuron's share is handed to those it hears in proportion to what they add to its sum
    (layer-wise relevance propagation with its plainest rule, Bach et al., 2015; with ReLU the same as value times
    gradient).
    """
    v, bias = passed.W[-1][of], float(passed.b[-1][of])
    if versus is not None:
        v, bias = v - passed.W[-1][versus], bias - float(passed.b[-1][versus])
    shares, biases, links = [v * passed.A[-1]], [bias], list[Numbers]()
    for l in reversed(range(len(passed.slopes))):
        bias += float(v @ passed.offsets[l])
        steep = v * passed.slopes[l]
        bias += float(steep @ passed.b[l])
        links.append(steep[:, np.newaxis] * passed.W[l] * passed.A[l])
        v = steep @ passed.W[l]
        shares.append(v * passed.A[l])
        biases.append(bias)
    total = float(shares[0].sum()) + biases[0]
    backwards = (tuple(frozen(each) for each in reversed(part)) for part in (shares, links))
    return Evidence(total, next(backwards), tuple(reversed(biases)), next(backwards))


def looked_for(passed: Pass, layer: int, neurons: list[int]) -> Numbers:
    """What neurons of `layer` (the first hidden one is 0, the logits come last) look for around this sample: the weight
    (len(neurons), n_in) of each input in their sums, through the layers before as they answer it. With ReLU these are
    the sums' gradients."""
    V = passed.W[layer][neurons]
    for l in reversed(range(layer)):
        V = (V * passed.slopes[l]) @ passed.W[l]
    return V
