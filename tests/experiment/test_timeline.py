"""The timeline of a run: bounded however long the run, exact, and a place to go on from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.experiment import edits, stepper
from mlp_playground.experiment.change import Change, make, make_again, take_back
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.experiment.moment import branch
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.timeline import LIMIT, MOST, OVERHEAD, Frame, Past, Timeline
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Architecture

CAREFUL = {"schedule": "cosine", "planned_epochs": 90, "l2": 0.01, "dropout": 0.2, "batch_size": 30}
BASE = parse({"network": {"hidden": [4, 3], "activations": ["relu", "tanh"]}, "training": CAREFUL})
SHAPE = Architecture((2, 1), (), "binary")


def frame(steps: int, n: int = 1, *, is_edit: bool = False) -> Frame:
    theta = np.zeros(n, np.float32)
    return Frame(BASE, SHAPE, theta, steps // 9, steps, steps % 9, 9, None, None, {}, None, is_edit)


@settings(max_examples=60)
@given(
    lengths=st.lists(st.integers(0, 300), max_size=8),
    n=st.integers(1, 4000),
    most=st.integers(2, 40),
    room=st.integers(0, 60),
)
def test_it_stays_within_its_bounds_with_the_first_frame_and_even_steps(
    lengths: list[int], n: int, most: int, room: int
) -> None:
    """Runs of any length between edits, networks of any size, and any bounds."""
    first = frame(0, n)
    limit = first.n_bytes() + room * OVERHEAD
    timeline = Timeline(Past(), limit=limit, most=most)
    timeline.record(first)
    step, due, edited = 0, timeline.due(0), set()
    for length in lengths:
        for _ in range(length):
            step += 1
            if step == due:
                timeline.record(frame(step, n))
                due = timeline.due(step)
        timeline.record_edit(frame(step, n, is_edit=True), frame(step, n, is_edit=True))
        due = timeline.due(step)
        past = timeline.past
        steps = [each.steps for each in past.frames]
        assert past.frames[0] is first
        assert past.n_bytes == sum(each.n_bytes() for each in past.frames) <= limit
        assert len(steps) <= most
        assert steps == sorted(steps)
        assert max(steps.count(each) for each in set(steps)) <= 2  # before and after, however often it was edited
        edited.add(step)
        even = {each.steps for each in past.frames if not each.is_edit}
        assert even | edited == {*range(0, step + 1, past.stride)} | edited


def test_what_was_until_a_frame_that_is_no_longer_kept() -> None:
    frames = tuple(frame(steps) for steps in (0, 4, 8, 12))
    past, gone = Past(frames, 4), frame(10)
    assert past.until(frames[2]) == Past(frames[:3], 4)
    assert past.until(gone) == Past((*frames[:3], gone), 4)


def test_what_frames_share_counts_once() -> None:
    order = np.arange(1000)
    one = Frame(BASE, SHAPE, np.zeros(10, np.float32), 0, 1, 1, 9, order, {"m": np.zeros(10, np.float32)}, {}, None)
    assert one.n_bytes() == OVERHEAD + 4 * 10 + 4 * 10 + 8 * 1000
    assert one.n_bytes(one) == OVERHEAD + 4 * 10 + 4 * 10
    assert Past((one, one)).n_bytes == 2 * OVERHEAD + 160 + 8000


def run(steps: int, config: ExperimentConfig = BASE) -> tuple[Trainer, list[bytes]]:
    """A run with an edit of the network and one of a weight, and its parameters after each step."""
    trainer = Trainer(config)
    thetas = [trainer.network.theta.tobytes()]
    for step in range(1, steps + 1):
        trainer.step()
        thetas.append(trainer.network.theta.tobytes())
        if step == 100:
            edit = edits.add_neuron(trainer.config, 0)
            trainer.adopt(edit.config, edit.lineage)
            trainer.put([Put(0, 4, 1, 0.5)])
        if step == 333:
            trainer.put([Put(1, 0, None, -0.25)])
    return trainer, thetas


def test_each_frame_has_exactly_the_parameters_that_the_run_had() -> None:
    trainer, thetas = run(2000)
    past = trainer.timeline.past
    assert MOST / 2 < len(past.frames) <= MOST
    assert past.n_bytes < LIMIT
    edited = [each for each in past.frames if each.is_edit]
    assert [each.steps for each in edited] == [100, 100, 333, 333]
    for each in past.frames:
        if each not in edited[1::2]:  # what came of an edit no step has made
            assert each.theta.tobytes() == thetas[each.steps]
        assert len(each.theta) == each.architecture.n_parameters
        assert each.progress == each.steps / 9  # 250 points in nine minibatches
    assert [each.architecture.widths[1] for each in edited] == [4, 5, 5, 5]
    assert (edited[2].theta != edited[3].theta).sum() == 1


def test_from_any_frame_it_goes_on_to_the_bit() -> None:
    trainer, thetas = run(700)
    moment = trainer.moment()
    other = Trainer(BASE.changed("data", name="circle"))
    for each in [*moment.past.frames[::40], *[f for f in moment.past.frames if f.is_edit][1::2]]:
        other.go_to(branch(each, moment.curves, moment.curve_stride, moment.past))
        assert other.timeline.past.frames[-1] is each
        assert other.history.table()[0][-1] <= other.epoch == each.epoch
        until = 100 if each.steps < 100 else 333 if each.steps < 333 else 700
        while other.step_count < until:
            other.step()
            assert other.network.theta.tobytes() == thetas[other.step_count]
    assert other.moment().memory.keys() == moment.memory.keys()
    assert all((other.moment().memory[name] == moment.memory[name]).all() for name in moment.memory)
    assert other.moment().generators == moment.generators


def test_of_a_large_network_only_the_parameters_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepper, "LIMIT", 4 * 30 * 4 * MOST)  # 30 parameters with Adam's memory
    small, _ = run(5, parse({"network": {"hidden": [7], "activations": ["relu"]}}))
    assert small.timeline.past.frames[-1].memory is not None
    large, _ = run(5, parse({"network": {"hidden": [8], "activations": ["relu"]}}))
    last = large.timeline.past.frames[-1]
    assert last.memory is None
    moment = large.moment()
    assert set(moment.memory) == {"m", "v", "t"}
    large.go_to(branch(last, moment.curves, moment.curve_stride, moment.past))
    assert large.network.theta.tobytes() == moment.theta.tobytes()
    assert not large.moment().memory["m"].any()


def test_undo_of_going_on_from_then_brings_the_future_back() -> None:
    trainer, _ = run(400)
    future = trainer.moment()
    then = future.past.frames[20]
    start = branch(then, future.curves, future.curve_stride, future.past)
    change = Change("go on", trainer.config, then.config, opens=start)
    make(trainer, change)
    assert trainer.network.theta.tobytes() == then.theta.tobytes()
    for _ in range(50):
        trainer.step()
    other_end = trainer.moment()
    assert other_end.past.frames[:21] == future.past.frames[:21]
    for act, expected in ((take_back, future), (make_again, other_end)):
        act(trainer, change)
        found = trainer.moment()
        assert found.theta.tobytes() == expected.theta.tobytes()
        assert found.past.frames == expected.past.frames
        assert (found.steps, found.generators) == (expected.steps, expected.generators)
        assert found.curves.tobytes() == expected.curves.tobytes()


def test_another_run_has_a_timeline_of_its_own_and_small_settings_leave_it_alone() -> None:
    trainer, _ = run(60)
    before = trainer.timeline.past.frames
    trainer.adopt(trainer.config.changed("training", learning_rate=0.5))
    assert trainer.timeline.past.frames == before
    trainer.step()
    assert [each.config.training.learning_rate for each in trainer.timeline.past.frames[-2:]] == [0.01, 0.5]
    trainer.adopt(trainer.config.changed("data", noise=0.2))
    assert [each.config.data.noise for each in trainer.timeline.past.frames[-2:]] == [0.0, 0.2]
    trainer.reset()
    assert [each.steps for each in trainer.timeline.past.frames] == [0]
