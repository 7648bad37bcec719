"""How the numbers of each layer are spread: few histograms on one axis that all layers share, to be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.layerwise import layerwise
from mlp_playground.analysis.training_pass import Chosen, finite, gradient_of
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network
from mlp_playground.registry import Registry

BINS = 40
TAIL = 0.001
"""Share of a layer's numbers at either end that the axis need not reach: one stray number would flatten all others."""
DECADES = 10
"""Powers of ten that a logarithmic axis reaches down from its end."""
ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0)

Spread = tuple[Array, ...]
"""One layer after the other, numbers of any shape."""


@dataclass(frozen=True)
class Quantity:
    """What a layer has many of: `of` gives every layer's numbers. `symbol` is how they are written. `logarithmic` ones
    are shown by their size alone, on powers of ten."""

    name: str
    label: str
    symbol: str
    words: str
    of: Callable[[Network, Chosen], Spread]
    logarithmic: bool = False


def _weights(network: Network, _chosen: Chosen) -> Spread:
    return network.W


def _sums(network: Network, chosen: Chosen) -> Spread:
    return tuple(Z for Z, _ in layerwise(network, chosen.X1[:-1]))


def _activations(network: Network, chosen: Chosen) -> Spread:
    return tuple(A for _, A in layerwise(network, chosen.X1[:-1]))


def _gradients(network: Network, chosen: Chosen) -> Spread:
    return tuple(block[:, :-1] for block in gradient_of(network, chosen.X1, chosen.Y))


QUANTITIES: Registry[Quantity] = Registry(
    "quantity",
    Quantity("weights", "weights", "W", "What a layer multiplies its inputs by.", _weights),
    Quantity(
        "sums",
        "pre-activations",
        "Z",
        "What each neuron adds up, Z = W·A + b, for every training sample, before its activation function.",
        _sums,
    ),
    Quantity(
        "activations",
        "activations",
        "A",
        "What each neuron answers, A = f(Z), for every training sample; the output's are its final answers.",
        _activations,
    ),
    Quantity(
        "gradients",
        "gradients",
        "|∂loss/∂W|",
        "How strongly the mean loss over the training samples depends on each weight at this moment, by size.\n"
        "Each mark of the axis is ten times the one before: layers that lie far apart learn at different speeds.",
        _gradients,
        logarithmic=True,
    ),
)


@dataclass(frozen=True)
class LayerSpread:
    """One layer's numbers: `shares` (BINS,) of them lie in each bin of the axis, the outermost of which have what lies
    beyond too; `zero` is the share of those that are exactly 0, which are in no bin. `mean`, `deviation`, `low` and
    `high` are of all `count`."""

    shares: NDArray[np.float64]
    zero: float
    mean: float
    deviation: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Spreads:
    """All layers' numbers of the quantity `name`, on the axis `edges` (BINS + 1,); of a logarithmic one the edges are
    sizes. `samples` of `total` training samples were passed through."""

    name: str
    edges: NDArray[np.float64]
    layers: tuple[LayerSpread, ...]
    samples: int
    total: int


def spreads(network: Network, chosen: Chosen, name: str) -> Spreads:
    """How the quantity `name` of QUANTITIES is spread in each layer. Raises InvalidValue for a name it lacks."""
    quantity = QUANTITIES[name]
    numbers = [finite(values) for values in quantity.of(network, chosen)]
    if quantity.logarithmic:
        numbers = [np.abs(values) for values in numbers]
    shown = [values[values != 0] for values in numbers]
    edges = _sizes(shown) if quantity.logarithmic else _axis(shown)
    layers = tuple(_spread(all_of, some, edges) for all_of, some in zip(numbers, shown, strict=True))
    return Spreads(name, frozen(edges), layers, chosen.X1.shape[1], chosen.total)


def round_up(size: float) -> float:
    """The next number from `size` upwards that is easily read: 1, 1.5, 2, 3, 5 or 7.5 times a power of ten."""
    power = 10.0 ** floor(log10(size))
    return next(times for times in ROUND if times * power >= size * (1 - 1e-9)) * power


def _axis(layers: Sequence[NDArray[Any]]) -> NDArray[np.float64]:
    """Evenly spaced, with 0 among them, around nearly all numbers of all layers."""
    some = [values for values in layers if len(values)]
    low = min([float(np.quantile(values, TAIL)) for values in some] + [0.0])
    high = max([float(np.quantile(values, 1 - TAIL)) for values in some] + [0.0])
    if low == high == 0:
        return np.linspace(-1, 1, BINS + 1)
    least = max(-low, high) / 50  # beside a long arm a short one is not worth a scale of its own
    low, high = round_up(-low) if -low > least else 0.0, round_up(high) if high > least else 0.0
    wide = (low + high) / (BINS - 1)  # one to spare: 0 parts two bins, as what is below it is another colour
    return np.asarray((np.arange(BINS + 1) - ceil(low / wide - 1e-9)) * wide)


def _sizes(layers: Sequence[NDArray[Any]]) -> NDArray[np.float64]:
    """Whole powers of ten around nearly all sizes of all layers."""
    some = [values for values in layers if len(values)]
    if not some:
        return np.logspace(-6, 0, BINS + 1)
    top = ceil(log10(max(float(values.max()) for values in some)) - 1e-9)
    bottom = floor(log10(min(float(np.quantile(values, 5 * TAIL)) for values in some)))
    return np.logspace(min(max(bottom, top - DECADES), top - 1), top, BINS + 1)


def _spread(numbers: NDArray[Any], shown: NDArray[Any], edges: NDArray[np.float64]) -> LayerSpread:
    if not len(numbers):
        return LayerSpread(frozen(np.zeros(BINS)), 0.0, 0.0, 0.0, 0.0, 0.0, 0)
    counts, _ = np.histogram(np.clip(shown, edges[0], edges[-1]), edges)
    return LayerSpread(
        frozen(counts / len(numbers)),
        1 - len(shown) / len(numbers),
        float(numbers.mean()),
        float(numbers.std()),
        float(numbers.min()),
        float(numbers.max()),
        len(numbers),
    )
