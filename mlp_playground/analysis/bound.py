"""How many linear regions a network could have at most: what its layers' widths alone allow."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, prod

from mlp_playground.analysis.straight import SLOPES
from mlp_playground.nn.network import Architecture


@dataclass(frozen=True)
class Cuts:
    """`neurons` lines (or planes) that cut a space of so many `dimensions`."""

    neurons: int
    dimensions: int

    @property
    def terms(self) -> tuple[int, ...]:
        """C(n, 0), C(n, 1) … C(n, d): their sum is the most pieces, reached in general position (Zaslavsky, 1975)."""
        return tuple(comb(self.neurons, k) for k in range(self.dimensions + 1))


def cuts(architecture: Architecture, dimensions: int) -> tuple[Cuts, ...]:
    """What each hidden layer that folds can do to a plane of so many `dimensions` (2, or 1 for x₁ or x₂ alone).

    A layer hears no more dimensions than the narrowest one before it has neurons. Those that are off fold nothing, and
    linear layers only narrow what follows.
    """
    result = []
    for layer, (width, name) in enumerate(zip(architecture.widths[1:-1], architecture.activations, strict=True)):
        n = width - sum(where == layer for where, _ in architecture.off)
        dimensions = min(dimensions, n)
        if SLOPES[name] is not None:
            result.append(Cuts(n, dimensions))
    return tuple(result)


def bound(layers: tuple[Cuts, ...]) -> int:
    """The most linear regions: each layer can cut every piece that it is handed into so many (Montúfar, 2017), which
    for more than one layer is far more than trained networks have."""
    return prod(sum(layer.terms) for layer in layers)
