"""What widths allow: the sums of binomials, what narrows them, and that networks stay within them."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.bound import Cuts, bound, cuts
from mlp_playground.analysis.regions import regions
from mlp_playground.data.extent import Extent
from mlp_playground.nn.network import Architecture, Network

RELU = ("relu",) * 4


def shape(*hidden: int, names: tuple[str, ...] = RELU, off: tuple[tuple[int, int], ...] = ()) -> Architecture:
    return Architecture((2, *hidden, 1), names[: len(hidden)], "binary", off)


@pytest.mark.parametrize(("neurons", "most"), [(1, 2), (3, 7), (8, 37), (24, 301), (100, 5051)])
def test_one_layer_has_as_many_as_lines_can_cut(neurons: int, most: int) -> None:
    (layer,) = cuts(shape(neurons), 2)
    assert layer.terms == (1, neurons, neurons * (neurons - 1) // 2)[: neurons + 1]
    assert bound((layer,)) == most
    if neurons <= 24:  # in a square so large that all crossings lie in it, random lines reach it
        theta = np.random.default_rng(0).normal(0, 0.7, shape(neurons).n_parameters)
        assert len(regions(Network(shape(neurons), theta), extent=Extent(half_width=1000.0))) == most


def test_layers_multiply_and_narrow() -> None:
    assert bound(cuts(shape(8, 8), 2)) == 37 * 37
    assert bound(cuts(shape(3, 1, 8), 2)) == 7 * 2 * 9, "behind one neuron there is a line, and 8 points cut it into 9"
    assert bound(cuts(shape(8, 8), 1)) == 9 * 9, "of x₁ alone"
    assert bound(cuts(shape(), 2)) == 1
    assert cuts(shape(4, 1, 5, names=("relu", "linear", "leaky-relu")), 2) == (Cuts(4, 2), Cuts(5, 1))
    assert cuts(shape(4, 4, off=((0, 1), (1, 0), (1, 3))), 2) == (Cuts(3, 2), Cuts(2, 2))
    assert bound(cuts(shape(2, 4, off=((0, 0), (0, 1))), 2)) == 1, "who hears nothing cuts nothing"


def test_networks_stay_within_it() -> None:
    for hidden in ((3, 3), (8, 8), (8, 2, 8), (5, 1, 6)):
        for seed in range(4):
            theta = np.random.default_rng(seed).normal(0, 0.7, shape(*hidden).n_parameters)
            assert 1 < len(regions(Network(shape(*hidden), theta))) <= bound(cuts(shape(*hidden), 2))
