"""Frozen neurons and those that are off, in a run: who keeps its weights, who is silent, and what the others learn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import edits
from mlp_playground.experiment.config import Cell, ExperimentConfig, parse
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.optimizers import OPTIMIZERS

BASE = parse({"network": {"hidden": [4, 3], "activations": ["relu", "tanh"]}, "seed": 1})
COLD: tuple[Cell, ...] = ((0, 1), (1, 2), (2, 0))  # of each layer one, the output's only neuron among them
CAREFUL = {"l1": 0.01, "l2": 0.05, "clip_norm": 0.5, "dropout": 0.2, "schedule": "cosine"}


def trained(config: ExperimentConfig, steps: int = 37) -> Trainer:
    trainer = Trainer(config)
    go_on(trainer, steps)
    return trainer


def go_on(trainer: Trainer, steps: int = 37) -> None:
    for _ in range(steps):
        trainer.step()


def frozen(config: ExperimentConfig, *cells: Cell) -> ExperimentConfig:
    return edits.freeze(config, cells, frozen=True).config


def off(config: ExperimentConfig, *cells: Cell) -> ExperimentConfig:
    return edits.switch_off(config, cells, off=True).config


def rows(trainer: Trainer) -> dict[Cell, bytes]:
    """Each neuron's weights and bias."""
    blocks = trainer.network.blocks
    return {(l, i): row.tobytes() for l, block in enumerate(blocks) for i, row in enumerate(block)}


# -- frozen -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [{}, CAREFUL], ids=["plain", "careful"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_frozen_neurons_keep_weights_and_bias_to_the_bit_and_learn_again_once_thawed(
    optimizer: str, settings: dict[str, Any]
) -> None:
    config = BASE.changed("training", optimizer=optimizer, **settings)
    trainer = trained(config)  # so the optimizer has gathered speed
    before = rows(trainer)
    trainer.adopt(frozen(config, *COLD))
    assert rows(trainer) == before
    go_on(trainer)
    after = rows(trainer)
    assert {cell for cell in after if after[cell] == before[cell]} == set(COLD)
    trainer.adopt(config)
    assert rows(trainer) == after
    go_on(trainer)
    last = rows(trainer)
    assert all(last[cell] != after[cell] for cell in COLD)


def test_a_frozen_neuron_from_the_first_step_on_has_its_first_weights() -> None:
    first = rows(Trainer(BASE))
    after = rows(trained(frozen(BASE, *COLD)))
    assert {cell for cell in after if after[cell] == first[cell]} == set(COLD)


def test_where_nobody_is_frozen_any_more_the_run_is_the_same() -> None:
    trainer = trained(BASE)
    trainer.adopt(frozen(BASE, *COLD))
    trainer.adopt(BASE)
    go_on(trainer)
    assert rows(trainer) == rows(trained(BASE, 74))


def test_where_all_are_frozen_nothing_changes() -> None:
    cells = [(l, i) for l, width in enumerate((4, 3, 1)) for i in range(width)]
    trainer = trained(BASE)
    theta = trainer.network.theta.tobytes()
    trainer.adopt(frozen(BASE, *cells))
    go_on(trainer)
    assert trainer.network.theta.tobytes() == theta


def test_a_weight_of_a_frozen_neuron_can_be_set_and_then_stays() -> None:
    trainer = trained(frozen(BASE, (0, 1)))
    trainer.put([Put(0, 1, 0, 5.0), Put(0, 1, None, -2.0)])
    go_on(trainer)
    assert trainer.network.W[0][1, 0] == 5
    assert trainer.network.b[0][1] == -2


def test_a_frozen_neuron_stays_frozen_where_it_comes_to_stand() -> None:
    trainer = trained(frozen(BASE, (0, 1), (1, 2), (2, 0)))
    for edit in (edits.remove_neuron(trainer.config, 0, 0), edits.insert_layer(trainer.config, 1)):
        before = trainer.moment()
        trainer.adopt(edit.config, edit.lineage)
        kept = rows(trainer)
        go_on(trainer)
        assert {cell for cell, row in rows(trainer).items() if row == kept[cell]} == set(edit.config.network.frozen)
        trainer.go_to(before)
    assert edits.remove_neuron(trainer.config, 0, 0).config.network.frozen == ((0, 0), (1, 2), (2, 0))
    assert edits.insert_layer(trainer.config, 1).config.network.frozen == ((0, 1), (2, 2), (3, 0))
    assert edits.remove_layer(trainer.config, 0).config.network.frozen == ((0, 2), (1, 0))
    assert edits.remove_neuron(trainer.config, 0, 1).config.network.frozen == ((1, 2), (2, 0))


def test_an_output_neuron_of_other_data_may_be_frozen_in_vain() -> None:
    three = frozen(BASE.changed("data", name="spiral3"), (2, 0), (2, 2))
    trainer = trained(three)
    one = three.changed("data", name="xor")
    trainer.adopt(one)  # which has one output only
    assert trainer.config == one
    first = rows(trainer)
    go_on(trainer)
    assert {cell for cell, row in rows(trainer).items() if row == first[cell]} == {(2, 0)}


# -- off --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_neurons_that_are_off_learn_nothing_and_work_as_they_did_once_they_are_on(optimizer: str) -> None:
    config = BASE.changed("training", optimizer=optimizer)
    first = rows(Trainer(config))
    trainer = trained(off(config, (0, 1), (1, 0)))
    after = rows(trainer)
    assert {cell for cell, row in after.items() if row == first[cell]} >= {(0, 1), (1, 0)}
    for layer, neuron in ((0, 1), (1, 0)):  # what they would say is not learned either
        assert (
            trainer.network.blocks[layer + 1][:, neuron] == Trainer(config).network.blocks[layer + 1][:, neuron]
        ).all()
    trainer.adopt(config)
    assert rows(trainer) == after
    go_on(trainer)
    assert rows(trainer)[1, 0] != after[1, 0]


def test_the_run_is_that_of_a_network_without_them() -> None:
    """The same first weights in a smaller network learn the same, to rounding."""
    whole = Trainer(off(BASE, (0, 1), (0, 3), (1, 0)))
    small = Trainer(BASE.changed("network", hidden=(2, 2)))
    first, second, last = whole.network.blocks
    for mine, its in zip(
        small.network.blocks, (first[[0, 2]], second[np.ix_([1, 2], [0, 2, 4])], last[:, [1, 2, 3]]), strict=True
    ):
        mine[...] = its
    for trainer in (whole, small):
        go_on(trainer, 100)
    assert (whole.network.blocks[0][[0, 2]], whole.network.blocks[2][:, [1, 2, 3]]) == (
        pytest.approx(small.network.blocks[0], abs=1e-4),
        pytest.approx(small.network.blocks[2], abs=1e-4),
    )
    assert whole.measure().test_loss == pytest.approx(small.measure().test_loss, abs=1e-4)


def test_switching_off_changes_no_weight_and_the_answers_at_once() -> None:
    trainer = trained(BASE)
    theta, loss = trainer.network.theta.tobytes(), trainer.measure().train_loss
    trainer.adopt(off(BASE, *((0, i) for i in range(4))))
    assert trainer.network.theta.tobytes() == theta
    assert trainer.measure().train_loss != loss
    answers = trainer.network.predict(trainer.material.X)
    assert np.ptp(answers) == 0  # nothing of the points gets through
    trainer.adopt(BASE)
    assert trainer.measure().train_loss == loss
    go_on(trainer)
    assert rows(trainer) == rows(trained(BASE, 74))


@pytest.mark.parametrize("name", ["xor", "sine", "parity", "spiral3"])
def test_the_pictures_show_them_neutral(name: str) -> None:
    config = off(BASE.changed("data", name=name), (0, 1), (1, 2))
    field = observe(trained(config), Look(32, (0, 1))).field
    assert field is not None
    assert field.focus is not None
    assert (field.focus.values == 0).all()
    for layer, neuron in ((0, 1), (1, 2)):
        assert (field.thumbnails[layer][neuron] == 128).all()
    assert any((thumbnail != 128).any() for layer in field.thumbnails for thumbnail in layer)


def test_the_field_is_that_of_the_network_with_them_off() -> None:
    trainer = trained(off(BASE, (0, 0), (1, 2)))
    same = Trainer(BASE)
    same.network.theta[:] = trainer.network.theta
    same.network.W[1][:, 0] = 0  # what nobody hears
    same.network.W[2][:, 2] = 0
    expected, field = (observe(each, Look(32)).field for each in (same, trainer))
    assert expected is not None
    assert field is not None
    assert (field.answer.levels() == expected.answer.levels()).all()


def test_off_with_dropout_stays_silent() -> None:
    config = off(BASE.changed("training", dropout=0.5, optimizer="sgd"), (0, 1), (1, 0))
    first, after = rows(Trainer(config)), rows(trained(config))
    assert {cell for cell, row in after.items() if row == first[cell]} >= {(0, 1), (1, 0)}
    assert after[2, 0] != first[2, 0]


def test_frozen_and_off_at_once() -> None:
    config = off(frozen(BASE, (0, 0), (0, 1)), (0, 1))
    trainer = trained(BASE)
    before = rows(trainer)
    trainer.adopt(config)
    go_on(trainer)
    assert {cell for cell, row in rows(trainer).items() if row == before[cell]} == {(0, 0), (0, 1)}


# -- by hand ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("put", "told"),
    [
        (Put(0, 4, 0, 1.0), r"^neuron: \(1, 5\) .* one that there is"),
        (Put(3, 0, 0, 1.0), "^neuron"),
        (Put(-1, 0, 0, 1.0), "^neuron"),
        (Put(0, -1, 0, 1.0), "^neuron"),
        (Put(0, 0, 2, 1.0), r"^weight of layer 1: 3 .* 1 to 2"),
        (Put(1, 0, -1, 1.0), "^weight of layer 2: 0 .* 1 to 4"),
        (Put(0, 0, 0, float("nan")), "^weight: nan"),
        (Put(0, 0, 0, float("-inf")), "^weight: -inf"),
        (Put(0, 0, None, 1e39), "^bias: 1e\\+39"),
    ],
)
def test_what_can_not_be_put_is_refused_and_nothing_is(put: Put, told: str) -> None:
    trainer = trained(BASE)
    before = rows(trainer)
    with pytest.raises(InvalidValue, match=told):
        trainer.put([Put(0, 0, 0, 9.0), put])
    assert rows(trainer) == before


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_a_put_changes_that_parameter_only_and_what_is_measured(layer: int) -> None:
    trainer = trained(BASE)
    for sender in (0, trainer.network.W[layer].shape[1] - 1, None):
        before, loss = [block.copy() for block in trainer.network.blocks], trainer.measure().train_loss
        trainer.put([Put(layer, 0, sender, 3.5)])
        before[layer][0, -1 if sender is None else sender] = 3.5
        assert all((a == b).all() for a, b in zip(trainer.network.blocks, before, strict=True))
        assert trainer.measure().train_loss != loss


def test_a_weight_that_was_set_before_the_first_step_outlives_other_changes() -> None:
    trainer = Trainer(BASE)
    trainer.put([Put(0, 1, 0, 5.0)])
    trainer.adopt(BASE.changed("training", learning_rate=0.1))
    assert trainer.network.W[0][1, 0] == 5
    edit = edits.add_neuron(trainer.config, 0)
    trainer.adopt(edit.config, edit.lineage)
    assert trainer.network.W[0][1, 0] == 5
    assert (trainer.epoch, trainer.step_count) == (0, 0)
    trainer.reset()
    assert trainer.network.W[0][1, 0] != 5
