"""What an edit keeps: the function where it can be kept, and always every weight between neurons that stay.

Edits one after the other, backwards and undone are checked against a search through all neurons.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.lineage import Lineage, Origin, brought_back, carry_over, composed, inverted, unchanged
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


# -- one after the other, backwards, and undone -----------------------------------------------------------------------

Place = tuple[int, int]


@st.composite
def lineages(draw: st.DrawFn, before: tuple[int, ...]) -> Lineage:
    """Any edit of hidden layers with `before` neurons: layers and neurons go, come and change places within a layer."""
    kept = [l for l in range(1, len(before) + 1) if draw(st.integers(0, 3))]
    result: list[Origin] = []
    for layer in kept:
        if not draw(st.integers(0, 3)):
            result.append(Origin(None, (None,) * draw(st.integers(1, 3))))
        old = draw(st.permutations(range(before[layer - 1])))
        neurons: list[int | None] = list(old[: draw(st.integers(0, len(old)))])
        for _ in range(draw(st.integers(0 if neurons else 1, 2))):
            neurons.insert(draw(st.integers(0, len(neurons))), None)
        result.append(Origin(layer, tuple(neurons)))
    if not draw(st.integers(0, 3)):
        result.append(Origin(None, (None,) * draw(st.integers(1, 3))))
    return tuple(result)


WIDTHS = st.lists(st.integers(1, 4), max_size=4).map(tuple)


def widths_of(lineage: Lineage) -> tuple[int, ...]:
    return tuple(len(origin.neurons) for origin in lineage)


def came_from(lineage: Lineage) -> dict[Place, Place]:
    """For each neuron that is not new where it was before; hidden layers count from 1."""
    return {
        (layer, index): (origin.layer, old)
        for layer, origin in enumerate(lineage, 1)
        for index, old in enumerate(origin.neurons)
        if origin.layer is not None and old is not None
    }


@given(WIDTHS, st.data())
@settings(max_examples=100)
def test_two_edits_at_once_are_one_after_the_other(before: tuple[int, ...], data: st.DataObject) -> None:
    first = data.draw(lineages(before))
    then = data.draw(lineages(widths_of(first)))
    both = composed(first, then)
    assert widths_of(both) == widths_of(then)
    early, late = came_from(first), came_from(then)
    assert came_from(both) == {now: early[middle] for now, middle in late.items() if middle in early}
    for origin, last in zip(both, then, strict=True):
        wanted = None if last.layer is None else first[last.layer - 1].layer
        assert origin.layer == wanted, "a layer whose neurons are all new still stands where its layer stood"


@given(WIDTHS, st.data())
@settings(max_examples=60)
def test_composing_with_nothing_is_nothing_and_it_does_not_matter_where_one_begins(
    before: tuple[int, ...], data: st.DataObject
) -> None:
    a = data.draw(lineages(before))
    b = data.draw(lineages(widths_of(a)))
    c = data.draw(lineages(widths_of(b)))
    assert composed(unchanged((9, *before))[1:], a) == a
    assert composed(a, unchanged((9, *widths_of(a)))[1:]) == a
    assert composed(composed(a, b), c) == composed(a, composed(b, c))


@given(WIDTHS, st.data())
@settings(max_examples=100)
def test_backwards_every_neuron_that_stayed_is_found(before: tuple[int, ...], data: st.DataObject) -> None:
    lineage = data.draw(lineages(before))
    back = inverted(lineage, before)
    assert widths_of(back) == before
    assert came_from(back) == {old: now for now, old in came_from(lineage).items()}
    kept = {origin.layer: place for place, origin in enumerate(lineage, 1) if origin.layer is not None}
    assert [origin.layer for origin in back] == [kept.get(layer) for layer in range(1, len(before) + 1)]


def random_theta(widths: tuple[int, ...], seed: int) -> tuple[Architecture, Array]:
    shape = Architecture(widths, ("tanh",) * (len(widths) - 2), "binary")
    return shape, np.random.default_rng(seed).normal(size=shape.n_parameters)


@given(WIDTHS, st.data())
@settings(max_examples=80)
def test_what_comes_back_is_as_it_was_but_for_what_has_learned_since(
    before: tuple[int, ...], data: st.DataObject
) -> None:
    lineage = data.draw(lineages(before))
    then, now = random_theta((2, *before, 1), 1), random_theta((2, *widths_of(lineage), 1), 2)
    hidden = inverted(lineage, before)
    last = len(lineage) + 1
    result = Network(then[0], brought_back((Origin(0, (0, 1)), *hidden, Origin(last, (0,))), now, then))
    old, new = Network(*then), Network(*now)
    # by hand: the place now of every neuron then, inputs and output included
    there = {old_place: now_place for now_place, old_place in came_from(lineage).items()}
    there |= {(0, 0): (0, 0), (0, 1): (0, 1), (len(before) + 1, 0): (last, 0)}
    layers = {0: 0, len(before) + 1: last}
    layers |= {origin.layer: place for place, origin in enumerate(lineage, 1) if origin.layer is not None}
    for l in range(len(old.W)):
        follow = l in layers and l + 1 in layers and layers[l + 1] == layers[l] + 1
        for i in range(len(old.b[l])):
            receiver = there.get((l + 1, i)) if follow else None
            wanted = old.b[l][i] if receiver is None else new.b[layers[l]][receiver[1]]
            assert result.b[l][i] == wanted
            for j in range(old.W[l].shape[1]):
                sender = there.get((l, j)) if follow else None
                known = receiver is not None and sender is not None
                wanted = new.W[layers[l]][receiver[1], sender[1]] if known else old.W[l][i, j]  # type: ignore[index]
                assert result.W[l][i, j] == wanted


def test_an_edit_undone_at_once_is_as_if_it_had_never_been() -> None:
    then = random_theta((2, 3, 2, 1), 3)
    after, _ = random_theta((2, 2, 2, 1), 4)
    lineage = (INPUTS, Origin(1, (0, 2)), SECOND, OUTPUT)
    now = after, carry_over(lineage, then, (after, np.zeros(after.n_parameters)))
    origins = (Origin(0, (0, 1)), *inverted(lineage[1:-1], (3, 2)), Origin(3, (0,)))
    assert brought_back(origins, now, then).tobytes() == then[1].tobytes()


def test_bringing_back_changes_neither_network() -> None:
    then, now = random_theta((2, 3, 1), 3), random_theta((2, 3, 1), 4)
    kept = then[1].copy(), now[1].copy()
    result = brought_back(unchanged((2, 3, 1)), now, then)
    assert (result == now[1]).all()
    result[:] = 9
    assert (then[1] == kept[0]).all()
    assert (now[1] == kept[1]).all()


@pytest.mark.parametrize(
    "origins",
    [
        (),
        unchanged((2, 3, 1)),
        (INPUTS, Origin(1, (0, 1)), SECOND, OUTPUT),
        (INPUTS, Origin(1, (0, 1, 3)), SECOND, OUTPUT),
        (INPUTS, Origin(7, (0, None, None)), SECOND, OUTPUT),
    ],
)
def test_origins_that_do_not_fit_are_refused(origins: Lineage) -> None:
    both = random_theta((2, 3, 2, 1), 1)
    with pytest.raises(InvalidValue, match="lineage"):
        brought_back(origins, both, both)
