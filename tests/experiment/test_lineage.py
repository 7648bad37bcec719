"""What an edit keeps: the function where it can be kept, and always every weight between neurons that stay."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.lineage import Lineage, Origin, carry_over, unchanged
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, Network, initial, with_ones

X1 = with_ones(np.random.default_rng(7).uniform(-6, 6, (2, 50)), np.float64)


def network(hidden: tuple[int, ...], activations: tuple[str, ...], seed: int, n_in: int = 2) -> Network:
    shape = Architecture((n_in, *hidden, 1), activations, "binary")
    theta = initial(shape, ["auto"] * (len(hidden) + 1), np.random.default_rng(seed), np.float64)
    theta += np.random.default_rng(seed + 100).normal(0, 0.3, theta.size)  # biases too, as after training
    return Network(shape, theta)


def edited(old: Network, hidden: tuple[int, ...], activations: tuple[str, ...], lineage: Lineage) -> Network:
    fresh = network(hidden, activations, 50, len(lineage[0].neurons))
    theta = carry_over(lineage, (old.architecture, old.theta), (fresh.architecture, fresh.theta))
    return Network(fresh.architecture, theta)


def answers(of: Network, inputs: Array = X1) -> object:
    return pytest.approx(of.predict(inputs), rel=1e-9, abs=1e-12)


OLD = network((3, 2), ("relu", "tanh"), 1)
INPUTS, OUTPUT = Origin(0, (0, 1)), Origin(3, (0,))
FIRST, SECOND = Origin(1, (0, 1, 2)), Origin(2, (0, 1))


def test_nothing_edited_is_nothing_changed() -> None:
    new = edited(OLD, (3, 2), ("relu", "tanh"), unchanged(OLD.architecture.widths))
    assert new.theta.tobytes() == OLD.theta.tobytes()


@pytest.mark.parametrize("place", range(4))
def test_adding_a_neuron_keeps_the_function(place: int) -> None:
    neurons: list[int | None] = [0, 1, 2]
    neurons.insert(place, None)
    new = edited(OLD, (4, 2), ("relu", "tanh"), (INPUTS, Origin(1, tuple(neurons)), SECOND, OUTPUT))
    assert new.predict(X1) == answers(OLD)


def test_a_new_neuron_listens_with_fresh_weights_and_is_not_heard_yet() -> None:
    new = edited(OLD, (3, 3), ("relu", "tanh"), (INPUTS, FIRST, Origin(2, (0, 1, None)), OUTPUT))
    assert (new.blocks[1][2] == network((3, 3), ("relu", "tanh"), 50).blocks[1][2]).all()
    assert new.W[2][0, 2] == 0
    assert new.predict(X1) == answers(OLD)


def test_removing_a_neuron_keeps_all_the_others() -> None:
    new = edited(OLD, (2, 2), ("relu", "tanh"), (INPUTS, Origin(1, (0, 2)), SECOND, OUTPUT))
    assert (new.blocks[0] == OLD.blocks[0][[0, 2]]).all()
    assert (new.blocks[1] == OLD.blocks[1][:, [0, 2, 3]]).all()
    assert (new.blocks[2] == OLD.blocks[2]).all()


def test_reordered_neurons_keep_the_function() -> None:
    new = edited(OLD, (3, 2), ("relu", "tanh"), (INPUTS, Origin(1, (2, 0, 1)), Origin(2, (1, 0)), OUTPUT))
    assert new.predict(X1) == answers(OLD)
    assert (new.W[0] == OLD.W[0][[2, 0, 1]]).all()


def test_a_relu_layer_inserted_after_one_of_its_width_keeps_the_function() -> None:
    lineage = (INPUTS, FIRST, Origin(None, (None, None, None)), SECOND, OUTPUT)
    new = edited(OLD, (3, 3, 2), ("relu", "relu", "tanh"), lineage)
    assert new.predict(X1) == answers(OLD)


def test_a_linear_layer_inserted_before_the_outputs_keeps_the_function() -> None:
    lineage = (INPUTS, FIRST, SECOND, Origin(None, (None, None)), OUTPUT)
    assert edited(OLD, (3, 2, 2), ("relu", "tanh", "linear"), lineage).predict(X1) == answers(OLD)


def test_two_layers_inserted_at_once_keep_the_function() -> None:
    between = Origin(None, (None, None, None))
    new = edited(OLD, (3, 3, 3, 2), ("relu", "relu", "relu", "tanh"), (INPUTS, FIRST, between, between, SECOND, OUTPUT))
    assert new.predict(X1) == answers(OLD)


def test_a_new_layer_of_another_width_is_fresh_and_so_is_what_listens_to_it() -> None:
    lineage = (INPUTS, FIRST, Origin(None, (None,) * 4), SECOND, OUTPUT)
    new, fresh = (
        edited(OLD, (3, 4, 2), ("relu", "relu", "tanh"), lineage),
        network((3, 4, 2), ("relu", "relu", "tanh"), 50),
    )
    assert (new.blocks[0] == OLD.blocks[0]).all()
    assert (new.blocks[1] == fresh.blocks[1]).all()
    assert (new.blocks[2] == fresh.blocks[2]).all()
    assert (new.blocks[3] == OLD.blocks[2]).all()


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_removing_a_linear_layer_keeps_the_function(layer: int) -> None:
    activations = ["tanh", "relu", "sigmoid"]
    activations[layer - 1] = "linear"
    old = network((3, 4, 2), tuple(activations), 2)
    origins = [Origin(l, tuple(range(width))) for l, width in enumerate(old.architecture.widths)]
    del origins[layer], activations[layer - 1]
    hidden = tuple(len(origin.neurons) for origin in origins[1:-1])
    assert edited(old, hidden, tuple(activations), tuple(origins)).predict(X1) == answers(old)


def test_removing_all_layers_of_a_linear_network_keeps_the_function() -> None:
    old = network((3, 4), ("linear", "linear"), 3)
    assert edited(old, (), (), (INPUTS, OUTPUT)).predict(X1) == answers(old)


def test_removing_a_layer_and_adding_a_neuron_beside_it_at_once() -> None:
    old = network((3, 4, 2), ("tanh", "linear", "tanh"), 4)
    lineage = (INPUTS, Origin(1, (0, None, 1, 2)), Origin(3, (0, 1)), Origin(4, (0,)))
    assert edited(old, (4, 2), ("tanh", "tanh"), lineage).predict(X1) == answers(old)


def test_adding_a_feature_keeps_the_function() -> None:
    new = edited(OLD, (3, 2), ("relu", "tanh"), (Origin(0, (0, None, 1)), FIRST, SECOND, OUTPUT))
    wider = np.insert(X1, 1, np.random.default_rng(1).normal(size=50), axis=0)
    assert new.predict(wider) == answers(OLD)


def test_removing_a_feature_keeps_the_other_weights() -> None:
    new = edited(OLD, (3, 2), ("relu", "tanh"), (Origin(0, (1,)), FIRST, SECOND, OUTPUT))
    assert (new.blocks[0] == OLD.blocks[0][:, 1:]).all()


def test_neither_network_is_changed() -> None:
    old, fresh = network((3, 2), ("relu", "tanh"), 1), network((3, 2), ("relu", "tanh"), 50)
    kept = old.theta.copy(), fresh.theta.copy()
    new = carry_over(unchanged((2, 3, 2, 1)), (old.architecture, old.theta), (fresh.architecture, fresh.theta))
    new[:] = 9
    assert (old.theta == kept[0]).all()
    assert (fresh.theta == kept[1]).all()


@pytest.mark.parametrize(
    "lineage",
    [
        (),
        (INPUTS, FIRST, OUTPUT),
        (INPUTS, FIRST, SECOND, OUTPUT, OUTPUT),
        (INPUTS, Origin(1, (0, 1)), SECOND, OUTPUT),
        (INPUTS, Origin(1, (0, 1, 3)), SECOND, OUTPUT),
        (INPUTS, Origin(1, (0, 1, -1)), SECOND, OUTPUT),
        (INPUTS, Origin(9, (0, 1, 2)), SECOND, OUTPUT),
    ],
)
def test_a_lineage_that_does_not_fit_is_refused(lineage: Lineage) -> None:
    with pytest.raises(InvalidValue, match="lineage"):
        carry_over(lineage, (OLD.architecture, OLD.theta), (OLD.architecture, OLD.theta))
