"""The straight pieces that a network is made of: its exact regions, or a count on a grid if there are too many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlp_playground.analysis.patterns import Patterns, patterns
from mlp_playground.analysis.regions import Regions, regions
from mlp_playground.analysis.subdivision import Floats, TooMany
from mlp_playground.data.extent import Extent
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, Network

MOST = 10_000
"""Regions beyond which they are counted and not cut: it would take longer than the tenth of a second between two
pictures, and they would be as small as pixels."""

Pieces = Regions | Patterns


@dataclass(frozen=True, eq=False)
class Question:
    """A network with its parameters `theta`, read-only, whose inputs are `seen` (n_in, 3) @ (x₁, x₂, 1), and the square
    `extent` in which its pieces are asked for."""

    architecture: Architecture
    theta: Array
    seen: Floats
    extent: Extent
    most: int = MOST

    @property
    def dimensions(self) -> int:
        """Of what the network sees of the plane: 2, or 1 where it hears x₁ or x₂ alone."""
        return int(np.linalg.matrix_rank(self.seen[:, :2]))


def pieces(question: Question) -> Pieces:
    """The exact regions, or the patterns of a grid where there are more than wanted or float64 can't cut so finely."""
    network, asked = Network(question.architecture, question.theta), question
    try:
        return regions(network, asked.seen, asked.extent, asked.most)
    except TooMany:
        return patterns(network, asked.seen, asked.extent, asked.most)
    except ArithmeticError:
        return patterns(network, asked.seen, asked.extent)
