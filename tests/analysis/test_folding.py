"""Folding layer by layer: neurons that cut nothing and those that do add up to what the network answers."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis import folding
from mlp_playground.analysis.folding import folded
from mlp_playground.analysis.regions import PLANE
from mlp_playground.analysis.subdivision import Subdivision
from mlp_playground.nn.network import Architecture, Network


def at(of: Network, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The sums of each layer at points (N, 2), by hand."""
    z1 = points @ of.W[0].T + of.b[0]
    h1 = np.maximum(z1, 0) * (np.arange(7) != 6)
    z2 = h1 @ of.W[1].T + of.b[1]
    h2 = np.where(z2 > 0, z2, 0.01 * z2) * (np.arange(6) != 5)
    return z1, z2, h2 @ of.W[2].T + of.b[2]


@pytest.mark.parametrize("at_once", [1, folding.AT_ONCE])
def test_every_kind_of_neuron_counts_in_every_layer(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(folding, "AT_ONCE", at_once)
    shape = Architecture((2, 7, 6, 3), ("relu", "leaky-relu"), "multiclass", ((0, 6), (1, 5)))
    of = Network(shape, np.random.default_rng(5).normal(size=shape.n_parameters))
    of.blocks[0][:3, 2] = 20, -20, 0  # the first is above 0 all over the square, the second below
    of.blocks[1][:2, 6] = 400, -400
    square = Subdivision((0.0, 0.0), 1.0)  # so that its places are the points
    maps, above, sums, touch = folded(of, square, PLANE, 1000)
    assert 10 < square.n_faces == len(maps)
    above = above.T
    assert (sums.shape, touch.shape) == ((square.n_corners, 3), (3,))
    middles, corners = square.middles(), square.places
    z1, z2, expected = at(of, middles)
    with_one = np.column_stack([middles, np.ones(len(middles))])
    assert np.einsum("rk,rko->ro", with_one, maps) == pytest.approx(expected, abs=1e-12)
    assert sums == pytest.approx(at(of, corners)[2], abs=1e-12)
    assert (above[:, :6] == (z1[:, :6] > 0)).all()
    assert (above[:, 7:12] == (z2[:, :5] > 0)).all()
    assert above[:, [0, 7]].all(), "above 0 everywhere"
    assert not above[:, [1, 8, 6, 12]].any(), "below 0 everywhere, or off"
    largest = np.abs(expected).max(axis=0)
    assert (touch > largest * folding.TOUCH).all()
    assert (touch < largest * 1e-10).all()
