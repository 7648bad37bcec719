"""Undo: what is taken back leaves no trace where nothing was learned since, and else costs nothing that was learned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.data.drawing import add_points
from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import edits
from mlp_playground.experiment.change import Change, make, make_again, take_back
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, parse
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.edits import Edit
from mlp_playground.experiment.lineage import Origin
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.trainer import Trainer

BASE = parse(
    {
        "network": {"hidden": [4, 3], "activations": ["tanh", "relu"]},
        "training": {"dropout": 0.1, "l2": 0.01, "schedule": "cosine"},
    }
)
MIDDLE = 37  # steps: in the middle of the second epoch


def trained(config: ExperimentConfig, steps: int = MIDDLE) -> Trainer:
    trainer = Trainer(config)
    go_on(trainer, steps)
    return trainer


def go_on(trainer: Trainer, steps: int) -> None:
    for _ in range(steps):
        trainer.step()


def state(run: Trainer | Moment) -> tuple[object, ...]:
    """All of a run, to the bit; not its number, which tells the runs of a session apart."""
    m = run.moment() if isinstance(run, Trainer) else run
    order = None if m.order is None else m.order.tobytes()
    memory = {name: array.tobytes() for name, array in m.memory.items()}
    curves = m.curves.tobytes(), m.curve_stride
    return m.config, m.theta.tobytes(), m.epoch, m.steps, m.position, order, memory, dict(m.generators), curves


def to(before: ExperimentConfig, after: ExperimentConfig | Edit, **more: Any) -> Change:
    if isinstance(after, Edit):
        return Change("", before, after.config, after.lineage, **more)
    return Change("", before, after, **more)


def drawing(*labels: int) -> OwnData:
    own = None
    for label in labels:
        own = add_points(own, np.random.default_rng(label).normal(label, 1, (2, 20)), label)
    assert own is not None
    return own


SAVED = trained(parse({"network": {"hidden": [2], "activations": ["relu"]}}), 9).moment()

KINDS: dict[str, Callable[[ExperimentConfig], Change]] = {
    "add neuron": lambda c: to(c, edits.add_neuron(c, 0)),
    "remove neuron": lambda c: to(c, edits.remove_neuron(c, 0, 0)),
    "set width": lambda c: to(c, edits.set_width(c, 0, 2)),
    "insert first layer": lambda c: to(c, edits.insert_layer(c, 0)),
    "insert layer": lambda c: to(c, edits.insert_layer(c, 1)),
    "remove layer": lambda c: to(c, edits.remove_layer(c, 0)),
    "activation": lambda c: to(c, edits.set_activation(c, "sigmoid", 0)),
    "all activations": lambda c: to(c, edits.set_activation(c, "silu")),
    "freeze": lambda c: to(c, edits.freeze(c, [(0, 0)], frozen=True)),
    "off": lambda c: to(c, edits.switch_off(c, [(0, 1)], off=True)),
    "initializer": lambda c: to(c, c.changed("network", initializer="zeros")),
    "features": lambda c: to(c, c.changed(features=("x2", "x1^2"))),
    "no schedule": lambda c: to(c, c.changed("training", schedule="constant")),
    "sgd": lambda c: to(c, c.changed("training", optimizer="sgd")),
    "adamw": lambda c: to(c, c.changed("training", optimizer="adamw")),
    "rate": lambda c: to(c, c.changed("training", learning_rate=0.3)),
    "batch size": lambda c: to(c, c.changed("training", batch_size=30)),
    "penalty": lambda c: to(c, c.changed("training", l1=0.02, l2=0.0)),
    "dropout": lambda c: to(c, c.changed("training", dropout=0.5)),
    "clipping": lambda c: to(c, c.changed("training", clip_norm=0.01)),
    "loss": lambda c: to(c, c.changed("training", loss="tanh-squared")),
    "noise": lambda c: to(c, c.changed("data", noise=0.2)),
    "points": lambda c: to(c, c.changed("data", samples=300)),
    "test share": lambda c: to(c, c.changed("data", test_share=0.3)),
    "data seed": lambda c: to(c, c.changed("data", seed=c.data.seed + 1)),
    "data": lambda c: to(c, c.changed("data", name="circle").changed("training", loss="auto")),
    "classes": lambda c: to(c, c.changed("data", name="spiral3").changed("training", loss="auto")),
    "regression": lambda c: to(c, c.changed("data", name="plane").changed("training", loss="auto")),
    "own data": lambda c: to(c, c.changed("data", name="own", own=drawing(0, 1)).changed("training", batch_size=5)),
    "seed": lambda c: to(c, c.changed(seed=c.seed + 1)),
    "reset": lambda c: to(c, c, restarts=True),
    "weight": lambda c: to(c, c, puts=(Put(0, 0, 1, 3.0),)),
    "bias": lambda c: to(c, c, puts=(Put(len(c.network.hidden), 0, None, -2.0),)),
    "open": lambda c: to(c, SAVED.config, opens=SAVED),
}


def attempted(trainer: Trainer, kind: str) -> Change | None:
    """Make a change of that kind, or None where there can't be such a one now."""
    before = state(trainer)
    try:
        change = KINDS[kind](trainer.config)
        make(trainer, change)
    except InvalidValue:
        assert state(trainer) == before
        return None
    return change


# -- where nothing was learned since --------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [0, 50, MIDDLE], ids=["first", "between epochs", "in an epoch"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_change_that_is_taken_back_leaves_no_trace(kind: str, steps: int) -> None:
    touched, untouched = trained(BASE, steps), trained(BASE, steps)
    change = KINDS[kind](BASE)
    make(touched, change)
    assert touched.config == change.after
    made = state(touched)
    for _ in range(2):
        take_back(touched, change)
        assert state(touched) == state(untouched)
        make_again(touched, change)
        assert state(touched) == made
    take_back(touched, change)
    go_on(touched, 30)
    go_on(untouched, 30)
    assert state(touched) == state(untouched)


@settings(max_examples=80)
@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=8), st.sampled_from([0, 3, 50, MIDDLE]))
def test_changes_that_are_taken_back_one_after_the_other_leave_no_trace(kinds: list[str], steps: int) -> None:
    touched, untouched = trained(BASE, steps), trained(BASE, steps)
    stack, states = [], [state(touched)]
    for kind in kinds:
        if (change := attempted(touched, kind)) is not None:
            stack.append(change)
            states.append(state(touched))
    for _ in range(2):
        for change, before in zip(stack[::-1], states[-2::-1], strict=True):
            take_back(touched, change)
            assert state(touched) == before
        for change, made in zip(stack, states[1:], strict=True):
            make_again(touched, change)
            assert state(touched) == made
    for change in stack[::-1]:
        take_back(touched, change)
    go_on(touched, 15)
    go_on(untouched, 15)
    assert state(touched) == state(untouched)


ACTS = st.one_of(st.sampled_from(sorted(KINDS)), st.sampled_from(["undo", "undo", "redo", "steps"]))


@settings(max_examples=80)
@given(st.lists(ACTS, max_size=30))
def test_whoever_wanders_through_the_changes_and_learns_at_the_bottom_only_finds_the_run_untouched(
    acts: list[str],
) -> None:
    touched, untouched = trained(BASE), trained(BASE)
    stack: list[Change] = []
    made = 0
    for act in acts:
        if act == "undo" and made:
            made -= 1
            take_back(touched, stack[made])
        elif act == "redo" and made < len(stack):
            make_again(touched, stack[made])
            made += 1
        elif act == "steps" and not made:
            go_on(touched, 7)
            go_on(untouched, 7)
        elif act in KINDS and (change := attempted(touched, act)) is not None:
            stack[made:] = [change]
            made += 1
        assert touched.config == (stack[made - 1].after if made else BASE)
        if not made:
            assert state(touched) == state(untouched)
    while made:
        made -= 1
        take_back(touched, stack[made])
    go_on(touched, 7)
    go_on(untouched, 7)
    assert state(touched) == state(untouched)


# -- where something was learned since --------------------------------------------------------------------------------


@settings(max_examples=80)
@given(st.lists(ACTS, max_size=30))
def test_with_steps_anywhere_undo_and_redo_always_find_a_way(acts: list[str]) -> None:
    """Even where a run diverges on the way, as some of these changes make it do."""
    trainer = trained(BASE)
    stack: list[Change] = []
    made = 0
    for act in acts:
        if act == "undo" and made:
            made -= 1
            take_back(trainer, stack[made])
            assert trainer.config == stack[made].before
        elif act == "redo" and made < len(stack):
            make_again(trainer, stack[made])
            assert trainer.config == stack[made].after
            made += 1
        elif act == "steps":
            with suppress(Diverged):
                go_on(trainer, 7)
        elif act in KINDS and (change := attempted(trainer, act)) is not None:
            stack[made:] = [change]
            made += 1
        assert np.isfinite(trainer.network.theta).all()


NEW_RUNS = ["data", "classes", "regression", "own data", "seed", "reset", "open"]


@pytest.mark.parametrize("kind", NEW_RUNS)
def test_a_new_run_gives_way_to_the_old_one_and_comes_back_whole(kind: str) -> None:
    trainer, old = trained(BASE), trained(BASE)
    change = KINDS[kind](BASE)
    make(trainer, change)
    number = trainer.run_id
    go_on(trainer, 11)
    new = state(trainer)
    take_back(trainer, change)
    assert state(trainer) == state(old)
    assert trainer.run_id != number
    go_on(trainer, 5)
    make_again(trainer, change)
    assert state(trainer) == new
    assert trainer.run_id == number
    take_back(trainer, change)
    go_on(old, 5)
    assert state(trainer) == state(old)


def test_a_file_that_was_opened_gives_way_to_the_one_before() -> None:
    """Runs from files have no number of their own, so they can't be told apart by it."""
    trainer, old = trained(BASE), trained(BASE)
    trainer.go_to(replace(trainer.moment(), run_id=0))
    other = replace(SAVED, run_id=0)
    change = to(BASE, other.config, opens=other)
    make(trainer, change)
    assert state(trainer) == state(SAVED)
    go_on(trainer, 11)
    new = state(trainer)
    take_back(trainer, change)
    assert state(trainer) == state(old)
    make_again(trainer, change)
    assert state(trainer) == new


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - set(NEW_RUNS)))
def test_all_other_changes_stay_in_the_run(kind: str) -> None:
    trainer = trained(BASE)
    number, curves = trainer.run_id, trainer.history.table()
    change = KINDS[kind](BASE)
    for steps, act in ((11, make), (14, take_back), (17, make_again)):
        act(trainer, change)
        before = trainer.step_count
        go_on(trainer, steps)
        assert (trainer.run_id, trainer.step_count) == (number, before + steps)
    assert trainer.history.table()[:, :2].tobytes() == curves.tobytes()


def rows(trainer: Trainer, layer: int) -> np.ndarray:
    return trainer.network.blocks[layer].copy()


def test_a_removed_neuron_comes_back_as_it_was_and_the_others_as_they_are() -> None:
    trainer = trained(BASE)
    hears, speaks = rows(trainer, 0)[1], rows(trainer, 1)[:, 1]
    change = to(BASE, edits.remove_neuron(BASE, 0, 1))
    make(trainer, change)
    go_on(trainer, 20)
    now = [rows(trainer, layer) for layer in range(3)]
    take_back(trainer, change)
    assert trainer.material.architecture.widths == (2, 4, 3, 1)
    assert (rows(trainer, 0)[1] == hears).all()
    assert (rows(trainer, 1)[:, 1] == speaks).all()
    assert (rows(trainer, 0)[[0, 2, 3]] == now[0]).all()
    assert (rows(trainer, 1)[:, [0, 2, 3, 4]] == now[1]).all()
    assert (rows(trainer, 2) == now[2]).all()
    go_on(trainer, 20)
    now = [rows(trainer, layer) for layer in range(3)]
    make_again(trainer, change)
    assert (rows(trainer, 0) == now[0][[0, 2, 3]]).all()
    assert (rows(trainer, 1) == now[1][:, [0, 2, 3, 4]]).all()
    assert (rows(trainer, 2) == now[2]).all()


def test_an_added_neuron_goes_and_comes_again_with_what_it_had_learned() -> None:
    trainer = trained(BASE)
    change = to(BASE, edits.add_neuron(BASE, 0))
    make(trainer, change)
    go_on(trainer, 20)
    first, second, last = (rows(trainer, layer) for layer in range(3))
    take_back(trainer, change)
    assert (rows(trainer, 0) == first[:4]).all()
    assert (rows(trainer, 1) == second[:, [0, 1, 2, 3, 5]]).all()
    assert (rows(trainer, 2) == last).all()
    go_on(trainer, 20)
    now = [rows(trainer, layer) for layer in range(3)]
    make_again(trainer, change)
    assert (rows(trainer, 0) == [*now[0], first[4]]).all()
    assert (rows(trainer, 1) == np.insert(now[1], 4, second[:, 4], axis=1)).all()
    assert (rows(trainer, 2) == now[2]).all()


def test_a_removed_layer_comes_back_as_it_was_and_those_beside_it_as_they_are() -> None:
    base = BASE.changed("network", hidden=(4, 3, 2), activations=("tanh", "relu", "tanh"))
    trainer = trained(base)
    second, third = rows(trainer, 1), rows(trainer, 2)
    change = to(base, edits.remove_layer(base, 1))
    make(trainer, change)
    go_on(trainer, 20)
    first, last = rows(trainer, 0), rows(trainer, 2)
    take_back(trainer, change)
    for layer, expected in enumerate((first, second, third, last)):
        assert (rows(trainer, layer) == expected).all()


def test_an_inserted_layer_goes_and_those_beside_it_stay_as_they_are() -> None:
    trainer = trained(BASE)
    between = rows(trainer, 1)
    change = to(BASE, edits.insert_layer(BASE, 1))
    make(trainer, change)
    go_on(trainer, 20)
    first, inserted, after, last = (rows(trainer, layer) for layer in range(4))
    take_back(trainer, change)
    for layer, expected in enumerate((first, between, last)):  # what was between is now two blocks: it is as it was
        assert (rows(trainer, layer) == expected).all()
    make_again(trainer, change)
    for layer, expected in enumerate((first, inserted, after, last)):
        assert (rows(trainer, layer) == expected).all()


def test_a_feature_that_was_off_comes_back_with_its_weights() -> None:
    trainer = trained(BASE)
    heard = rows(trainer, 0)[:, 0]
    change = to(BASE, BASE.changed(features=("x2", "x1*x2")))
    make(trainer, change)
    go_on(trainer, 20)
    now = rows(trainer, 0)
    take_back(trainer, change)
    assert (rows(trainer, 0)[:, 0] == heard).all()
    assert (rows(trainer, 0)[:, 1:] == now[:, [0, 2]]).all()


@pytest.mark.parametrize("put", [Put(0, 2, 1, 7.0), Put(1, 0, None, -7.0), Put(2, 0, 2, 0.0)], ids=str)
def test_a_weight_that_was_set_has_its_old_value_again_and_all_others_their_own(put: Put) -> None:
    trainer = trained(BASE)
    place = put.place(trainer.material.architecture)
    old = trainer.network.theta[place]
    change = to(BASE, BASE, puts=(put,))
    make(trainer, change)
    assert trainer.network.theta[place] == put.value
    go_on(trainer, 20)
    for act in (take_back, make_again, take_back):
        learned = trainer.network.theta.copy()
        act(trainer, change)
        assert trainer.network.theta[place] == (old if act is take_back else put.value)
        assert (np.delete(trainer.network.theta, place) == np.delete(learned, place)).all()
        if act is take_back:
            go_on(trainer, 3)
            old = trainer.network.theta[place]  # what it has learned when the put is made again


@pytest.mark.parametrize("kind", ["noise", "points", "test share", "data seed", "sgd", "batch size", "loss", "dropout"])
def test_what_is_no_part_of_the_network_leaves_what_was_learned(kind: str) -> None:
    trainer = trained(BASE)
    samples, change = trainer.material.X.tobytes(), KINDS[kind](BASE)
    for act in (make, take_back, make_again, take_back):
        learned = trainer.network.theta.copy()
        act(trainer, change)
        assert (trainer.network.theta == learned).all()
        go_on(trainer, 9)
    assert trainer.material.X.tobytes() == samples


def test_other_numbers_of_classes_bring_the_outputs_back_that_were_theirs() -> None:
    base = BASE.changed("data", name="own", own=drawing(0, 1, 2)).changed("training", batch_size=5)
    trainer = trained(base)
    outputs = rows(trainer, 2)
    change = to(base, base.changed("data", own=drawing(0, 1)))
    make(trainer, change)
    go_on(trainer, 20)
    hidden = rows(trainer, 0), rows(trainer, 1)
    take_back(trainer, change)
    assert trainer.material.architecture.widths == (2, 4, 3, 3)
    assert (rows(trainer, 2) == outputs).all()
    for layer, expected in enumerate(hidden):
        assert (rows(trainer, layer) == expected).all()


def test_a_network_that_was_built_before_the_first_step_keeps_what_it_learns_when_the_building_is_undone() -> None:
    first = parse({})
    trainer, stack = Trainer(first), []
    for edit in (
        lambda c: edits.insert_layer(c, 1),
        lambda c: edits.set_width(c, 0, 6),
        lambda c: edits.add_neuron(c, 1),
    ):
        stack.append(to(trainer.config, edit(trainer.config)))
        make(trainer, stack[-1])
    assert state(trainer) == state(Trainer(trainer.config))  # built without having learned, it is as if it had been so
    go_on(trainer, 60)
    learned, curves = rows(trainer, 0), trainer.history.table()
    take_back(trainer, stack[2])
    assert (trainer.step_count, trainer.history.table().tobytes()) == (60, curves.tobytes())
    assert (rows(trainer, 0) == learned).all()
    take_back(trainer, stack[1])
    take_back(trainer, stack[0])
    assert trainer.config == first
    assert (rows(trainer, 0) == learned[:1]).all()


# -- one gesture ------------------------------------------------------------------------------------------------------


def dragged(trainer: Trainer, changes: Iterable[Callable[[ExperimentConfig], Change]], steps: int = 0) -> Change:
    """Several changes that become one, as when somebody drags."""
    one: Change | None = None
    for change_of in changes:
        change = change_of(trainer.config)
        make(trainer, change)
        go_on(trainer, steps)
        if one is None:
            one = change
        else:
            one.absorb(change)
    assert one is not None
    return one


def widths(*numbers: int) -> list[Callable[[ExperimentConfig], Change]]:
    return [lambda c, width=width: to(c, edits.set_width(c, 0, width)) for width in numbers]  # type: ignore[misc]


def test_a_drag_is_taken_back_and_made_again_at_once() -> None:
    trainer, untouched = trained(BASE), trained(BASE)
    drag = dragged(trainer, widths(5, 6, 2, 1, 3))
    made = state(trainer)
    assert (drag.before, drag.after.network.hidden) == (BASE, (3, 3))
    assert drag.lineage == (Origin(1, (0, None, None)), Origin(2, (0, 1, 2)))
    for _ in range(2):
        take_back(trainer, drag)
        assert state(trainer) == state(untouched)
        make_again(trainer, drag)
        assert state(trainer) == made


def test_a_drag_while_the_run_learns_brings_back_whom_it_removed() -> None:
    trainer = trained(BASE)
    before = rows(trainer, 0)
    drag = dragged(trainer, widths(5, 2, 3, 5), steps=8)
    now = rows(trainer, 0), rows(trainer, 1)
    take_back(trainer, drag)
    assert (rows(trainer, 0) == [*now[0][:2], *before[2:]]).all()
    assert (rows(trainer, 1)[:, [0, 1, 4]] == now[1][:, [0, 1, 5]]).all()
    go_on(trainer, 8)
    make_again(trainer, drag)
    assert trainer.config == drag.after
    assert (rows(trainer, 0)[2:] == now[0][2:]).all()


def test_a_drag_of_a_weight_is_taken_back_to_where_it_began() -> None:
    trainer = trained(BASE)
    old = trainer.network.W[0][1, 0]
    puts = [lambda c, v=v: to(c, c, puts=(Put(0, 1, 0, v),)) for v in (1.0, 2.0, 3.0)]  # type: ignore[misc]
    drag = dragged(trainer, puts, steps=4)
    learned = trainer.network.theta.copy()
    take_back(trainer, drag)
    assert trainer.network.W[0][1, 0] == old
    assert (trainer.network.theta != learned).sum() == 1
    go_on(trainer, 4)
    make_again(trainer, drag)
    assert trainer.network.W[0][1, 0] == 3


# -- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        to(BASE, BASE.changed("network", hidden=(5, 3))),
        Change("", BASE, BASE.changed("network", hidden=(5, 3)), (Origin(1, (0, 1, 2, 3, 7)), Origin(2, (0, 1, 2)))),
        to(BASE, BASE.changed("training", batch_size=251)),
        to(BASE, BASE.changed("training", batch_size=251), restarts=True),
        to(BASE, BASE, puts=(Put(0, 0, 0, 1.0), Put(0, 9, 0, 1.0))),
        to(BASE, BASE, puts=(Put(0, 0, 0, 1.0), Put(0, 0, 2, 1.0))),
        to(BASE, BASE, puts=(Put(0, 0, 0, 1.0), Put(7, 0, None, 1.0))),
        to(BASE, BASE, puts=(Put(0, 0, 0, float("nan")),)),
        to(BASE, BASE, puts=(Put(0, 0, None, 1e39),)),
        to(BASE, BASE.changed("training", optimizer="sgd"), puts=(Put(0, 0, -1, 1.0),)),
        to(BASE, SAVED.config, opens=Moment(SAVED.config, SAVED.theta[1:], 0, 0, SAVED.curves)),
    ],
)
def test_a_change_that_can_not_be_made_leaves_the_run_as_it_was(change: Change) -> None:
    trainer = trained(BASE)
    with pytest.raises(InvalidValue):
        make(trainer, change)
    assert change.was is None
    assert state(trainer) == state(trained(BASE))


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"reset", "open"}))
def test_a_change_whose_moments_were_let_go_of_can_still_be_taken_back_and_made_again(kind: str) -> None:
    trainer = trained(BASE)
    change = KINDS[kind](BASE)
    for act, config in ((make, change.after), (take_back, BASE), (make_again, change.after)):
        change.was = change.became = None
        act(trainer, change)
        assert trainer.config == config
        go_on(trainer, 9)


def test_a_neuron_that_was_added_goes_without_its_moment_too_and_the_others_stay() -> None:
    trainer = trained(BASE)
    change = to(BASE, edits.add_neuron(BASE, 0))
    make(trainer, change)
    go_on(trainer, 9)
    learned = rows(trainer, 0)
    change.was = None
    take_back(trainer, change)
    assert (rows(trainer, 0) == learned[:4]).all()


def test_a_run_that_diverged_is_whole_again_once_the_cause_is_taken_back() -> None:
    plane = BASE.changed("data", name="plane").changed("training", optimizer="sgd", dropout=0.0)
    trainer, untouched = trained(plane), trained(plane)
    change = to(plane, plane, puts=(Put(2, 0, 0, 3e38),))
    make(trainer, change)
    with pytest.raises(Diverged):
        trainer.step()
    take_back(trainer, change)
    assert state(trainer) == state(untouched)
    trainer.run_epoch()
    untouched.run_epoch()
    assert state(trainer) == state(untouched)


def test_after_steps_that_led_to_divergence_undo_keeps_finite_numbers() -> None:
    linear = {"hidden": (8, 8), "activations": ("linear", "linear")}
    plane = parse({"data": {"name": "plane"}, "network": linear, "training": {"optimizer": "sgd"}})
    trainer = trained(plane)
    change = to(plane, plane.changed("training", learning_rate=1000))
    make(trainer, change)
    with pytest.raises(Diverged):
        go_on(trainer, 2000)
    last = trainer.network.theta.copy()
    take_back(trainer, change)
    assert trainer.config == plane
    assert np.isfinite(last).all()
    assert (trainer.network.theta == last).all()
    reset = to(plane, plane, restarts=True)
    make(trainer, reset)
    trainer.run_epoch()
    assert state(trainer) == state(trained(plane, 25))


def test_digits_give_way_to_points_and_come_back() -> None:
    digits = DIGITS_DEFAULT.changed("network", hidden=(4,), activations=("relu",))
    trainer = trained(digits, 5)
    change = to(digits, BASE)
    make(trainer, change)
    assert state(trainer) == state(Trainer(BASE))
    go_on(trainer, 5)
    take_back(trainer, change)
    assert state(trainer) == state(trained(digits, 5))
