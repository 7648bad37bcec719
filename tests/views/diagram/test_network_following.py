"""The selection stays with its neuron through edits, checked against a network whose neurons have names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.experiment import edits
from mlp_playground.experiment.config import MAX_LAYERS, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.edits import Edit
from mlp_playground.views.diagram.network_following import Follower, moved
from mlp_playground.views.diagram.network_layout import Cell


def config(*hidden: int) -> ExperimentConfig:
    return ExperimentConfig().changed("network", hidden=hidden, activations=("tanh",) * len(hidden))


@dataclass
class Named:
    """Layers of neurons with names: what an edit does to them in plain lists."""

    layers: list[list[int]]
    named: int = 0

    def new(self, count: int) -> list[int]:
        self.named += count
        return list(range(self.named - count, self.named))

    def add(self, layer: int) -> None:
        self.layers[layer] += self.new(1)

    def remove(self, layer: int, neuron: int) -> None:
        del self.layers[layer][neuron]
        if not self.layers[layer]:
            del self.layers[layer]

    def insert(self, position: int) -> None:
        width = len(self.layers[position - 1]) if position else edits.NEW_LAYER
        self.layers.insert(position, self.new(width))

    def resize(self, layer: int, width: int) -> None:
        have = len(self.layers[layer])
        self.layers[layer] = self.layers[layer][:width] + self.new(max(width - have, 0))

    def drop(self, layer: int) -> None:
        del self.layers[layer]


Step = tuple[Callable[..., Edit], tuple[object, ...]]


def step_for(named: Named, data: st.DataObject) -> Step:
    """Draw an edit that can be made, and make it in the plain lists."""
    kinds = ["insert"] if len(named.layers) < MAX_LAYERS else []
    kinds += ["add", "remove", "resize", "drop", "activation"] if named.layers else []
    kind = data.draw(st.sampled_from(kinds))
    if kind == "insert":
        position = data.draw(st.integers(0, len(named.layers)))
        named.insert(position)
        return edits.insert_layer, (position,)
    layer = data.draw(st.integers(0, len(named.layers) - 1))
    neuron = data.draw(st.integers(0, len(named.layers[layer]) - 1))
    if kind == "add":
        named.add(layer)
        return edits.add_neuron, (layer,)
    if kind == "remove":
        named.remove(layer, neuron)
        return edits.remove_neuron, (layer, neuron)
    if kind == "resize":
        width = data.draw(st.integers(1, 6))
        named.resize(layer, width)
        return edits.set_width, (layer, width)
    if kind == "drop":
        named.drop(layer)
        return edits.remove_layer, (layer,)
    return edits.set_activation, ("relu", layer)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(1, 6), st.data())
@settings(max_examples=80)
def test_a_neuron_is_where_its_name_is(hidden: list[int], count: int, data: st.DataObject) -> None:
    first = config(*hidden)
    named = Named([])
    named.layers = [named.new(width) for width in hidden]
    before = [list(layer) for layer in named.layers]
    follower = Follower()
    for _ in range(count):
        make, values = step_for(named, data)
        follower.expect(first, make, *values)
    now = first
    for edit in follower._edits:
        now = edit.config
    lineage = follower.take(first.network, now.network)
    places = {name: (c, i) for c, layer in enumerate(named.layers, 1) for i, name in enumerate(layer)}
    for column, layer in enumerate(before, 1):
        for index, name in enumerate(layer):
            assert moved((column, index), lineage, first.network, now.network) == places.get(name)
    for index in range(3):
        assert moved((0, index), lineage, first.network, now.network) == (0, index)
        output = (len(hidden) + 1, index)
        assert moved(output, lineage, first.network, now.network) == (len(named.layers) + 1, index)


FOUR, FIVE = config(4), config(5)


def place(follower: Follower, cell: Cell, before: NetworkConfig, now: NetworkConfig) -> Cell | None:
    return moved(cell, follower.take(before, now), before, now)


def test_edits_are_taken_as_they_come_one_by_one_or_several_at_once() -> None:
    follower = Follower()
    follower.expect(FOUR, edits.remove_neuron, 0, 0)
    follower.expect(FOUR, edits.insert_layer, 0)
    follower.expect(FOUR, edits.remove_neuron, 1, 0)
    once = edits.remove_neuron(FOUR, 0, 0).config
    twice = edits.remove_neuron(edits.insert_layer(once, 0).config, 1, 0).config
    assert place(follower, (1, 3), FOUR.network, FOUR.network) == (1, 3), "nothing has come yet"
    assert place(follower, (1, 3), FOUR.network, once.network) == (1, 2)
    assert place(follower, (1, 2), once.network, twice.network) == (2, 1)
    assert place(follower, (2, 1), twice.network, twice.network) == (2, 1)


def test_after_an_edit_that_nobody_announced_the_place_counts() -> None:
    follower = Follower()
    assert place(follower, (1, 3), FOUR.network, FIVE.network) == (1, 3)
    assert place(follower, (2, 0), FOUR.network, config(4, 4).network) == (3, 0), "an output stays one"
    assert place(follower, (2, 1), config(3, 3).network, FOUR.network) is None, "there is one hidden layer only"
    assert place(follower, (0, 6), FOUR.network, config().network) == (0, 6)


def test_an_announced_edit_that_another_one_overtakes_is_forgotten() -> None:
    follower = Follower()
    follower.expect(FOUR, edits.remove_neuron, 0, 0)
    assert place(follower, (1, 3), FOUR.network, config(7).network) == (1, 3)
    once = edits.remove_neuron(FOUR, 0, 0).config
    assert place(follower, (1, 2), FOUR.network, once.network) == (1, 2), "it's no longer expected"


def test_what_can_not_be_is_not_expected() -> None:
    follower = Follower()
    follower.expect(FOUR, edits.remove_neuron, 0, 9)
    follower.expect(FOUR, edits.remove_layer, 3)
    follower.expect(FOUR, edits.set_width, 0, 0)
    follower.expect(FOUR, edits.remove_neuron, 0, 1)
    three = edits.remove_neuron(FOUR, 0, 1).config
    assert place(follower, (1, 3), FOUR.network, three.network) == (1, 2)


def test_marks_and_activations_between_edits_do_not_confuse() -> None:
    follower = Follower()
    follower.expect(FOUR, edits.freeze, ((0, 2),), frozen=True)
    follower.expect(FOUR, edits.remove_neuron, 0, 0)
    follower.expect(FOUR, edits.switch_off, ((0, 0),), off=True)
    done = edits.switch_off(
        edits.remove_neuron(edits.freeze(FOUR, [(0, 2)], frozen=True).config, 0, 0).config, [(0, 0)], off=True
    )
    assert place(follower, (1, 2), FOUR.network, done.config.network) == (1, 1)


def test_a_neuron_added_and_another_removed_leave_the_width_but_move_the_rest() -> None:
    follower = Follower()
    follower.expect(FOUR, edits.add_neuron, 0)
    follower.expect(FOUR, edits.remove_neuron, 0, 0)
    assert place(follower, (1, 3), FOUR.network, FOUR.network) == (1, 2)
