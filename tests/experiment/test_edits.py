"""Edits of the network: widths, marks and lineage, against plain lists of neurons that carry names and marks."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import edits
from mlp_playground.experiment.config import DIGITS_DEFAULT, MAX_LAYERS, MAX_NEURONS, ExperimentConfig
from mlp_playground.experiment.edits import Edit, Gone
from mlp_playground.experiment.lineage import Lineage, composed, unchanged


def config(*hidden: int, **network: object) -> ExperimentConfig:
    return ExperimentConfig().changed("network", hidden=hidden, activations=("tanh",) * len(hidden), **network)


@dataclass
class Neuron:
    """A neuron with a name, and whether it is frozen or off."""

    name: int
    frozen: bool = False
    off: bool = False


@dataclass
class Model:
    """The same network as plain lists; the last list is the outputs."""

    layers: list[list[Neuron]]
    names: int = 0
    activations: list[str] = field(default_factory=list)

    def new(self) -> Neuron:
        self.names += 1
        return Neuron(self.names)

    def frozen(self) -> set[tuple[int, int]]:
        return {(l, i) for l, layer in enumerate(self.layers) for i, n in enumerate(layer) if n.frozen}

    def off(self) -> set[tuple[int, int]]:
        return {(l, i) for l, layer in enumerate(self.layers) for i, n in enumerate(layer) if n.off}

    def origins(self, before: list[list[int]]) -> list[list[tuple[int, int] | None]]:
        """Where each hidden neuron was when the names stood as `before`, hidden layers counting from 1."""
        places = {name: (l, i) for l, layer in enumerate(before, 1) for i, name in enumerate(layer)}
        return [[places.get(n.name) for n in layer] for layer in self.layers[:-1]]


def traced(lineage: Lineage) -> list[list[tuple[int, int] | None]]:
    return [[None if o.layer is None or n is None else (o.layer, n) for n in o.neurons] for o in lineage]


def draw_step(of: ExperimentConfig, model: Model, data: st.DataObject) -> Edit:
    """Draw an edit, make it in the model, and return what the program makes of it."""
    hidden = model.layers[:-1]
    kinds = ["frozen outputs", "insert"] if len(hidden) < MAX_LAYERS else ["frozen outputs"]
    if hidden:
        kinds += ["add", "remove", "remove last", "width", "drop", "freeze", "off", "activation", "all activations"]
    kind = data.draw(st.sampled_from(kinds))
    yes = data.draw(st.booleans())
    if kind == "frozen outputs":
        model.layers[-1][0].frozen = yes
        return edits.freeze(of, [(len(hidden), 0)], frozen=yes)
    if kind == "insert":
        position = data.draw(st.integers(0, len(hidden)))
        width = len(hidden[position - 1]) if position else edits.NEW_LAYER
        model.layers.insert(position, [model.new() for _ in range(width)])
        near = model.activations[max(position - 1, 0)] if model.activations else "tanh"
        model.activations.insert(position, near)
        return edits.insert_layer(of, position)
    if kind == "all activations":
        model.activations = ["relu"] * len(hidden)
        return edits.set_activation(of, "relu")
    layer = data.draw(st.integers(0, len(hidden) - 1))
    neurons = model.layers[layer]
    index = data.draw(st.integers(0, len(neurons) - 1))
    if kind == "add":
        neurons.append(model.new())
        return edits.add_neuron(of, layer)
    if kind in ("remove", "remove last"):
        del neurons[index if kind == "remove" else -1]
        if not neurons:
            del model.layers[layer], model.activations[layer]
        return edits.remove_neuron(of, layer, index) if kind == "remove" else edits.remove_neuron(of, layer)
    if kind == "width":
        width = data.draw(st.integers(1, 7))
        model.layers[layer] = (neurons + [model.new() for _ in range(width)])[: max(width, 0)]
        return edits.set_width(of, layer, width)
    if kind == "drop":
        del model.layers[layer], model.activations[layer]
        return edits.remove_layer(of, layer)
    if kind == "activation":
        model.activations[layer] = "sigmoid"
        return edits.set_activation(of, "sigmoid", layer)
    some = data.draw(st.sets(st.integers(0, len(neurons) - 1), min_size=1))
    cells = [(layer, i) for i in some]
    for i in some:
        setattr(neurons[i], "frozen" if kind == "freeze" else "off", yes)
    return edits.freeze(of, cells, frozen=yes) if kind == "freeze" else edits.switch_off(of, cells, off=yes)


@given(st.lists(st.integers(1, 4), max_size=4), st.integers(1, 12), st.data())
@settings(max_examples=80)
def test_widths_marks_and_lineage_are_those_of_plain_lists(hidden: list[int], count: int, data: st.DataObject) -> None:
    now = config(*hidden)
    model = Model([], activations=["tanh"] * len(hidden))
    model.layers = [[model.new() for _ in range(width)] for width in (*hidden, 1)]
    first = [[n.name for n in layer] for layer in model.layers[:-1]]
    total: Lineage = unchanged((1, *hidden))[1:]
    for _ in range(count):
        before = [[n.name for n in layer] for layer in model.layers[:-1]]
        edit = draw_step(now, model, data)
        now, total = edit.config, composed(total, edit.lineage)
        assert now.network.hidden == tuple(len(layer) for layer in model.layers[:-1])
        assert now.network.activations == tuple(model.activations)
        assert set(now.network.frozen) == model.frozen()
        assert set(now.network.off) == model.off()
        assert traced(edit.lineage) == model.origins(before)
    assert traced(total) == model.origins(first), "many edits at once are those edits one after the other"


MARKED = config(3, 2, frozen=((0, 2), (1, 0), (2, 0)), off=((0, 1), (1, 1)))
"""Frozen: the third neuron of layer 1, the first of layer 2, the output. Off: the second ones."""


@pytest.mark.parametrize(
    ("edit", "frozen", "off"),
    [
        (edits.add_neuron(MARKED, 0), ((0, 2), (1, 0), (2, 0)), ((0, 1), (1, 1))),
        (edits.remove_neuron(MARKED, 0, 0), ((0, 1), (1, 0), (2, 0)), ((0, 0), (1, 1))),
        (edits.remove_neuron(MARKED, 0), ((1, 0), (2, 0)), ((0, 1), (1, 1))),
        (edits.set_width(MARKED, 0, 1), ((1, 0), (2, 0)), ((1, 1),)),
        (edits.insert_layer(MARKED, 0), ((1, 2), (2, 0), (3, 0)), ((1, 1), (2, 1))),
        (edits.insert_layer(MARKED, 1), ((0, 2), (2, 0), (3, 0)), ((0, 1), (2, 1))),
        (edits.insert_layer(MARKED, 2), ((0, 2), (1, 0), (3, 0)), ((0, 1), (1, 1))),
        (edits.remove_layer(MARKED, 0), ((0, 0), (1, 0)), ((0, 1),)),
        (edits.remove_layer(MARKED, 1), ((0, 2), (1, 0)), ((0, 1),)),
        (edits.set_activation(MARKED, "relu"), ((0, 2), (1, 0), (2, 0)), ((0, 1), (1, 1))),
    ],
)
def test_marks_by_hand(edit: Edit, frozen: tuple[object, ...], off: tuple[object, ...]) -> None:
    assert edit.config.network.frozen == frozen
    assert edit.config.network.off == off


def test_marks_of_many_outputs_move_with_them() -> None:
    digits = DIGITS_DEFAULT.changed("network", frozen=((2, 3), (2, 9)))
    assert edits.insert_layer(digits, 2).config.network.frozen == ((3, 3), (3, 9))
    assert edits.remove_layer(digits, 0).config.network.frozen == ((1, 3), (1, 9))
    assert edits.set_width(digits, 1, 5).config.network.frozen == ((2, 3), (2, 9))


def test_marking_twice_is_marking_once_and_unmarking_the_unmarked_is_nothing() -> None:
    once = edits.freeze(config(3), [(0, 1), (0, 1)], frozen=True).config
    assert edits.freeze(once, [(0, 1)], frozen=True).config == once
    assert edits.freeze(config(3), [(0, 1)], frozen=False).config == config(3)
    assert edits.switch_off(edits.switch_off(config(3), [(0, 2)], off=True).config, [(0, 2)], off=False).config == (
        config(3)
    )


def test_marking_changes_no_neurons_place() -> None:
    edit = edits.switch_off(MARKED, [(0, 0)], off=True)
    assert edit.lineage == unchanged((1, 3, 2))[1:]


@pytest.mark.parametrize(
    "edit",
    [
        lambda: edits.remove_neuron(config(3), 0, 3),
        lambda: edits.remove_neuron(config(3), 0, -1),
        lambda: edits.remove_neuron(config(1), 0, 1),
        lambda: edits.remove_neuron(config(3), 1, 0),
        lambda: edits.add_neuron(config(3), -1),
        lambda: edits.set_width(config(3), 1, 3),
        lambda: edits.remove_layer(config(), 0),
        lambda: edits.insert_layer(config(3), 2),
        lambda: edits.insert_layer(config(3), -1),
        lambda: edits.set_activation(config(3), "relu", 1),
        lambda: edits.freeze(config(3), [(0, 3)], frozen=True),
        lambda: edits.freeze(config(3), [(0, -1)], frozen=False),
        lambda: edits.switch_off(config(3), [(0, 0), (0, 7)], off=True),
    ],
)
def test_what_is_gone_is_told_apart_from_what_is_wrong(edit: object) -> None:
    """A second click on a neuron that the first one removed must not remove the layer, nor open a dialog."""
    with pytest.raises(Gone):
        edit()  # type: ignore[operator]


@pytest.mark.parametrize(
    "edit",
    [
        lambda: edits.add_neuron(config(MAX_NEURONS), 0),
        lambda: edits.set_width(config(3), 0, 0),
        lambda: edits.set_width(config(3), 0, MAX_NEURONS + 1),
        lambda: edits.insert_layer(config(*[1] * MAX_LAYERS), 3),
        lambda: edits.set_activation(config(3), "wave"),
        lambda: edits.freeze(config(3), [(2, 0)], frozen=True),
        lambda: edits.switch_off(config(3), [(1, 0)], off=True),
    ],
)
def test_what_can_not_be_is_refused(edit: object) -> None:
    with pytest.raises(InvalidValue) as refused:
        edit()  # type: ignore[operator]
    assert not isinstance(refused.value, Gone)
    assert refused.value.allowed


def test_nothing_but_the_network_changes() -> None:
    for edit in (edits.insert_layer(MARKED, 1), edits.remove_neuron(MARKED, 0, 1), edits.set_width(MARKED, 1, 9)):
        assert edit.config.model_copy(update={"network": MARKED.network}) == MARKED
