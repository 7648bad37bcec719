"""The parts of a curve: shares that add up to the prediction, and kinks where a neuron's own sum is 0."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.field import Map, observe_field
from mlp_playground.analysis.grids import line_inputs
from mlp_playground.experiment.build import first_parameters
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.nn.network import Architecture, Network

SINE = ExperimentConfig().changed("data", name="sine")


def network_of(hidden: tuple[int, ...], folds: tuple[str, ...], **changes: object) -> Network:
    architecture = Architecture((1, *hidden, 1), folds, "regression", **changes)  # type: ignore[arg-type]
    theta = first_parameters(SINE.changed("network", hidden=hidden, activations=folds), architecture)
    theta[:] += np.random.default_rng(2).normal(0, 0.3, len(theta)).astype(np.float32)
    return Network(architecture, theta)


@pytest.mark.parametrize("hidden", [(4,), (4, 3)])
def test_shares_and_the_bias_add_up_to_the_prediction(hidden: tuple[int, ...]) -> None:
    network = network_of(hidden, ("relu",) * len(hidden))
    field = observe_field(network, "line", (), 101)
    assert isinstance(field.answer, Map)
    assert field.parts is not None
    assert field.parts.shares.shape == (hidden[-1], 101)
    assert field.parts.shares.sum(axis=0) + field.parts.bias == pytest.approx(field.answer.values[0], abs=1e-5)
    assert field.parts.weights == pytest.approx(network.blocks[-1][0, :-1])


def test_at_a_kink_the_neurons_own_sum_is_0_and_no_kink_is_missed() -> None:
    network = network_of((6, 5), ("relu", "leaky-relu"))
    field = observe_field(network, "line", (), 2001)
    assert field.parts is not None
    (W1, W2), x = (block.astype(float) for block in network.blocks[:2]), line_inputs(200_001)[0].astype(float)
    Z1 = W1 @ np.stack([x, np.ones_like(x)])
    Z2 = W2 @ np.vstack([np.maximum(Z1, 0), np.ones_like(x)])
    expected = [
        ((layer, k), x[at])
        for layer, Z in enumerate((Z1, Z2))
        for k, z in enumerate(Z)
        for at in np.flatnonzero((z[:-1] > 0) != (z[1:] > 0))
    ]
    assert [kink.cell for kink in field.parts.kinks] == [cell for cell, _ in expected]
    assert [kink.x for kink in field.parts.kinks] == pytest.approx([place for _, place in expected], abs=1e-3)
    assert len(expected) >= 4


def test_neurons_that_bend_smoothly_or_are_off_have_no_kinks() -> None:
    def cells(network: Network) -> set[tuple[int, int]]:
        parts = observe_field(network, "line", (), 301).parts
        assert parts is not None
        return {kink.cell for kink in parts.kinks}

    everyone = cells(network_of((6, 5), ("relu", "relu")))
    assert {layer for layer, _ in cells(network_of((6, 5), ("tanh", "relu")))} <= {1}
    one = min(everyone)
    assert one not in cells(network_of((6, 5), ("relu", "relu"), off=(one,)))
    broken = network_of((6, 5), ("relu", "relu"))
    broken.theta[:] = np.nan
    assert cells(broken) == set()


def test_only_a_line_has_such_parts() -> None:
    network = Network(Architecture((2, 1), (), "binary"), np.ones(3, np.float32))
    assert observe_field(network, "plane", ("x1", "x2"), 32).parts is None
    assert observe_field(network_of((), ()), "line", (), 32).parts is None, "without hidden layers there are none"
