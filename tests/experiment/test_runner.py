"""The runner on its real thread: commands, edits, failures, and the promise that watching changes nothing."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import edits, plan
from mlp_playground.experiment import runner as module
from mlp_playground.experiment.change import Change
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, parse
from mlp_playground.experiment.edits import Edit
from mlp_playground.experiment.lineage import Lineage, Origin
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.pace import FULL_SPEED, Pace
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.runner import Runner
from mlp_playground.experiment.snapshot import Look, RunState, Snapshot
from mlp_playground.experiment.trainer import Trainer

XOR = parse({"network": {"hidden": [4], "activations": ["relu"]}})  # 25 minibatches an epoch
RUNAWAY = (
    XOR.changed("data", name="plane")
    .changed("network", hidden=(8, 8), activations=("relu", "relu"))
    .changed("training", optimizer="sgd", learning_rate=1000)
)
LOOK = Look(resolution=16)
PATIENCE = 20.0  # seconds after which a test gives up; none of them needs more than a few hundredths

Start = Callable[[ExperimentConfig], Runner]


@pytest.fixture(autouse=True)
def _turns_as_short_as_the_programs() -> Iterator[None]:
    """As the program does: else a thread that calls NumPy keeps the test waiting for a tenth of a second each time."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    yield
    sys.setswitchinterval(usual)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts runners, and ends them after the test."""
    runners: list[Runner] = []

    def started(config: ExperimentConfig) -> Runner:
        runners.append(Runner(config))
        runners[-1].start()
        return runners[-1]

    yield started
    ended = [runner.close() for runner in runners]
    assert all(ended)


def look(runner: Runner, until: Callable[[Snapshot], bool] = lambda _: True) -> Snapshot:
    """Ask, as the window does, until a snapshot is as wanted."""
    deadline = time.monotonic() + PATIENCE
    runner.mailbox.ask(LOOK)
    while time.monotonic() < deadline:
        if (snapshot := runner.mailbox.take()) is not None:
            if until(snapshot):
                return snapshot
            runner.mailbox.ask(LOOK)
        time.sleep(0.0005)
    raise TimeoutError


def after(runner: Runner, revision: int) -> Snapshot:
    return look(runner, lambda snapshot: snapshot.revision >= revision)


def rejection(runner: Runner) -> str:
    return runner.rejected.get(timeout=PATIENCE)


def nothing_is_rejected(runner: Runner) -> bool:
    try:
        runner.rejected.get_nowait()
    except Empty:
        return True
    return False


def to(config: ExperimentConfig, lineage: Lineage | None = None) -> Change:
    return Change("", XOR, config, lineage)


def resetting(config: ExperimentConfig) -> Change:
    return Change("reset", config, config, restarts=True)


def opening(moment: Moment) -> Change:
    return Change("", XOR, moment.config, opens=moment)


def alone(config: ExperimentConfig, steps: int) -> Trainer:
    trainer = Trainer(config)
    for _ in range(steps):
        trainer.step()
    return trainer


def raising(error: Exception) -> Callable[..., None]:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise error

    return fail


# -- commands -------------------------------------------------------------------------------------------------------


def test_a_run_starts_paused_at_its_first_weights(start: Start) -> None:
    snapshot = look(start(XOR))
    assert (snapshot.state, snapshot.steps, snapshot.revision) == (RunState.PAUSED, 0, 0)
    assert snapshot.theta.tobytes() == Trainer(XOR).network.theta.tobytes()


def test_play_trains_until_paused(start: Start) -> None:
    runner = start(XOR)
    runner.play()
    playing = look(runner, lambda snapshot: snapshot.steps > 30)
    assert playing.state is RunState.RUNNING
    paused = after(runner, runner.pause())
    assert paused.state is RunState.PAUSED
    assert paused.steps >= playing.steps
    assert look(runner).steps == paused.steps


def test_the_speed_is_told_while_running(start: Start) -> None:
    runner = start(XOR)
    runner.play()
    assert look(runner, lambda snapshot: snapshot.epochs_per_second > 0).state is RunState.RUNNING
    assert after(runner, runner.pause()).epochs_per_second == 0


def test_step_learns_from_one_minibatch_and_pauses(start: Start) -> None:
    runner = start(XOR)
    assert after(runner, runner.step()).steps == 1
    runner.play()
    look(runner, lambda snapshot: snapshot.steps > 10)
    first = after(runner, runner.step())
    assert first.state is RunState.PAUSED
    assert after(runner, runner.step()).steps == first.steps + 1


def test_step_epoch_finishes_the_epoch(start: Start) -> None:
    runner = start(XOR)
    runner.step()
    snapshot = after(runner, runner.step_epoch())
    assert (snapshot.epoch, snapshot.steps, snapshot.state) == (1, 25, RunState.PAUSED)
    assert after(runner, runner.step_epoch()).steps == 50


def test_reset_goes_back_to_the_first_weights(start: Start) -> None:
    runner = start(XOR)
    first = look(runner)
    runner.play()
    look(runner, lambda snapshot: snapshot.steps > 10)
    again = after(runner, runner.make(resetting(XOR)))
    assert (again.state, again.epoch, again.steps) == (RunState.PAUSED, 0, 0)
    assert again.theta.tobytes() == first.theta.tobytes()


def test_commands_are_obeyed_in_their_order(start: Start) -> None:
    runner = start(XOR)
    for _ in range(10):
        runner.step()
    runner.step_epoch()
    assert after(runner, runner.step()).steps == 26


def test_opening_goes_to_the_saved_moment(start: Start) -> None:
    saved = alone(DIGITS_DEFAULT, 3)
    runner = start(XOR)
    runner.play()
    opened = after(runner, runner.make(opening(saved.moment())))
    assert (opened.state, opened.steps, opened.config) == (RunState.PAUSED, 3, DIGITS_DEFAULT)
    assert opened.theta.tobytes() == saved.network.theta.tobytes()


# -- revisions ------------------------------------------------------------------------------------------------------


def test_each_command_has_the_next_revision(start: Start) -> None:
    runner = start(XOR)
    assert [runner.pause(), runner.step(), runner.set_pace(Pace("", 5)), runner.make(to(XOR))] == [1, 2, 3, 4]
    assert after(runner, 4).revision == 4


def test_a_snapshot_of_a_revision_has_its_edit(start: Start) -> None:
    runner = start(XOR)
    runner.play()
    for hundredth in range(1, 9):
        changed = XOR.changed("training", learning_rate=hundredth / 100)
        revision = runner.make(to(changed))
        snapshot = look(runner)
        assert (snapshot.config == changed) == (snapshot.revision >= revision)
        assert after(runner, revision).config == changed


def test_commands_from_many_threads_each_have_a_number_of_their_own(start: Start) -> None:
    runner, numbers = start(XOR), []

    def send() -> None:
        numbers.extend([runner.step() for _ in range(200)])

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 801))
    assert after(runner, 800).steps == 800


# -- edits ----------------------------------------------------------------------------------------------------------


def test_an_edit_while_playing_goes_on_playing(start: Start) -> None:
    runner = start(XOR)
    runner.play()
    look(runner, lambda snapshot: snapshot.steps > 10)
    revision = runner.make(to(XOR.changed("network", hidden=(5,)), (Origin(1, (0, 1, 2, 3, None)),)))
    edited = after(runner, revision)
    assert edited.architecture.widths == (2, 5, 1)
    assert edited.state is RunState.RUNNING
    assert look(runner, lambda snapshot: snapshot.steps > edited.steps).steps > edited.steps
    assert nothing_is_rejected(runner)


def test_an_edit_while_paused_stays_paused(start: Start) -> None:
    runner = start(XOR)
    runner.step()
    edited = after(runner, runner.make(to(XOR.changed("network", activations=("tanh",)))))
    assert (edited.state, edited.steps) == (RunState.PAUSED, 1)


def test_an_edit_that_cannot_be_made_is_told_and_changes_nothing(start: Start, tmp_path: Path) -> None:
    runner = start(XOR)
    runner.step()
    before = after(runner, runner.step())
    revision = runner.make(to(XOR.changed("data", name="mnist-full", folder=str(tmp_path))))
    assert "MNIST folder" in rejection(runner)
    later = after(runner, revision)
    assert (later.config, later.state, later.steps, later.reason) == (XOR, RunState.PAUSED, 2, "")
    assert later.theta.tobytes() == before.theta.tobytes()


def test_a_rejected_edit_does_not_stop_a_run(start: Start) -> None:
    runner = start(XOR)
    runner.play()
    look(runner, lambda snapshot: snapshot.steps > 10)
    revision = runner.make(to(XOR.changed("network", hidden=(9,)), (Origin(7, (0,) * 9),)))
    assert "lineage" in rejection(runner)
    later = after(runner, revision)
    assert (later.state, later.config) == (RunState.RUNNING, XOR)


def test_files_that_cannot_be_read_are_told_like_a_wrong_value(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = start(XOR)
    after(runner, runner.step())
    monkeypatch.setattr(Trainer, "adopt", raising(PermissionError(13, "Permission denied", "train-images")))
    later = after(runner, runner.make(to(XOR.changed(seed=1))))
    assert "Permission denied" in rejection(runner)
    assert (later.state, later.config) == (RunState.PAUSED, XOR)


def test_a_document_that_does_not_fit_is_told_and_changes_nothing(start: Start) -> None:
    runner = start(XOR)
    runner.step()
    revision = runner.make(opening(Moment(XOR, np.zeros(3, np.float32), 0, 0, np.zeros((5, 0)))))
    assert "a vector of 17 numbers" in rejection(runner)
    assert after(runner, revision).steps == 1


# -- a beginning that fails -----------------------------------------------------------------------------------------


@pytest.fixture
def missing(tmp_path: Path) -> ExperimentConfig:
    return XOR.changed("data", name="mnist-full", folder=str(tmp_path))


def test_a_beginning_without_data_is_told(start: Start, missing: ExperimentConfig) -> None:
    assert "MNIST folder" in rejection(start(missing))


def test_a_run_without_data_does_not_spin_when_it_is_looked_at(start: Start, missing: ExperimentConfig) -> None:
    runner = start(missing)
    rejection(runner)
    runner.mailbox.ask(LOOK)
    turns = 0
    drain = runner._drain

    def counted() -> None:
        nonlocal turns
        turns += 1
        drain()

    runner._drain = counted  # type: ignore[method-assign]
    time.sleep(0.05)
    assert turns < 5


def test_a_run_without_data_can_be_given_other_data(start: Start, missing: ExperimentConfig) -> None:
    runner = start(missing)
    rejection(runner)
    assert after(runner, runner.make(to(XOR))).config == XOR
    assert after(runner, runner.step()).steps == 1


def test_a_run_without_data_can_open_a_document(start: Start, missing: ExperimentConfig) -> None:
    runner = start(missing)
    rejection(runner)
    saved = alone(XOR, 30)
    opened = after(runner, runner.make(opening(saved.moment())))
    assert (opened.config, opened.steps) == (XOR, 30)


def test_an_unexpected_error_at_the_beginning_is_told(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Trainer", raising(RuntimeError("out of luck")))
    assert rejection(start(XOR)) == "RuntimeError: out of luck"


# -- failures -------------------------------------------------------------------------------------------------------


def test_an_unexpected_error_is_a_state_with_its_reason(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = start(XOR)
    after(runner, runner.step())
    monkeypatch.setattr(Trainer, "_step", raising(RuntimeError("out of luck")))
    runner.play()
    failed = look(runner, lambda snapshot: snapshot.state is RunState.FAILED)
    assert (failed.reason, failed.steps) == ("RuntimeError: out of luck", 1)


def test_a_failed_run_can_be_played_again(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = start(XOR)
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "_step", raising(RuntimeError("out of luck")))
        runner.play()
        look(runner, lambda snapshot: snapshot.state is RunState.FAILED)
    runner.play()
    again = look(runner, lambda snapshot: snapshot.steps > 10)
    assert (again.state, again.reason) == (RunState.RUNNING, "")


def test_a_picture_that_fails_is_told_with_the_last_one(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    runner = start(XOR)
    before = after(runner, runner.step())
    monkeypatch.setattr(module, "observe", raising(RuntimeError("no picture")))
    for _ in range(3):
        failed = look(runner)
        assert (failed.state, failed.reason) == (RunState.FAILED, "RuntimeError: no picture")
        assert failed.theta is before.theta
    assert len(caplog.records) == 1  # a failure that repeats fills no log


def test_a_first_picture_that_fails_is_told_without_one(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "observe", raising(RuntimeError("no picture")))
    runner = start(XOR)
    runner.mailbox.ask(LOOK)
    assert rejection(runner) == "RuntimeError: no picture"


def test_a_run_that_explodes_says_so_and_can_be_looked_at(start: Start) -> None:
    runner = start(RUNAWAY)
    runner.play()
    diverged = look(runner, lambda snapshot: snapshot.state is RunState.DIVERGED)
    assert "The learning rate of 1000 is probably too large" in diverged.reason
    assert np.isfinite(diverged.theta).all()
    assert diverged.field is not None


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_run_that_exploded_goes_on_after_an_edit(start: Start, optimizer: str) -> None:
    runner = start(RUNAWAY)
    runner.play()
    look(runner, lambda snapshot: snapshot.state is RunState.DIVERGED)
    tame = RUNAWAY.changed("training", learning_rate=1e-12, optimizer=optimizer)
    edited = after(runner, runner.make(to(tame)))
    assert (edited.state, edited.reason) == (RunState.PAUSED, "")
    later = after(runner, runner.make(resetting(tame)))
    runner.play()
    assert look(runner, lambda snapshot: snapshot.steps > 100).state is RunState.RUNNING
    assert later.steps == 0


def test_a_diverged_step_is_told_too(start: Start) -> None:
    runner = start(RUNAWAY)
    for _ in range(200):
        runner.step()
    diverged = look(runner, lambda snapshot: snapshot.revision == 200)
    assert diverged.state is RunState.DIVERGED


# -- gate and pace --------------------------------------------------------------------------------------------------


def test_a_closed_gate_holds_training_up(start: Start) -> None:
    runner = start(XOR)
    runner.play()
    look(runner, lambda snapshot: snapshot.steps > 10)
    runner.gate.clear()
    closed = time.monotonic()
    first = look(runner).steps
    time.sleep(0.25)
    later = look(runner).steps
    # it waits a tenth of a second before each step (not for ever: the window may have died), instead of some 30 µs
    assert later - first <= (time.monotonic() - closed) / 0.1 + 1
    runner.gate.set()
    assert look(runner, lambda snapshot: snapshot.steps > later + 50).state is RunState.RUNNING


def test_a_picture_does_not_wait_for_the_end_of_a_turn_and_learning_not_for_the_end_of_looking(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SLICE", 60.0)
    runner = start(ExperimentConfig())
    runner.play()
    first = look(runner, lambda snapshot: snapshot.state is RunState.RUNNING)
    done = [look(runner).steps for _ in range(5)]
    assert first.steps < done[0], "one picture after the other, and some steps between"
    assert sorted(set(done)) == done


def test_a_slow_pace_is_not_overtaken(start: Start) -> None:
    runner = start(XOR)
    runner.set_pace(Pace("", 200))
    begin = time.perf_counter()
    runner.play()
    for goal in (1, 5, 20):
        steps = look(runner, lambda snapshot, goal=goal: snapshot.steps >= goal).steps  # type: ignore[misc]
        assert steps <= (time.perf_counter() - begin) * 200 + 1


def test_a_pace_by_epochs_counts_epochs(start: Start) -> None:
    runner = start(XOR)
    runner.set_pace(Pace("", 8, by_epoch=True))
    begin = time.perf_counter()
    runner.play()
    epoch = look(runner, lambda snapshot: snapshot.epoch >= 1).epoch
    assert epoch <= (time.perf_counter() - begin) * 8 + 1


def test_at_a_very_slow_pace_commands_are_still_obeyed_at_once(start: Start) -> None:
    runner = start(XOR)
    runner.set_pace(Pace("", 0.001))
    runner.play()
    assert look(runner, lambda snapshot: snapshot.steps == 1).state is RunState.RUNNING
    assert after(runner, runner.pause()).steps == 1
    assert after(runner, runner.step()).steps == 2


def test_full_speed_comes_back_after_a_slow_pace(start: Start) -> None:
    runner = start(XOR)
    runner.set_pace(Pace("", 0.001))
    runner.play()
    look(runner, lambda snapshot: snapshot.steps == 1)
    runner.set_pace(Pace("", 0))
    assert look(runner, lambda snapshot: snapshot.steps > 100).state is RunState.RUNNING


# -- watching changes nothing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_the_parameters_do_not_depend_on_pauses_and_looks(start: Start, seed: int) -> None:
    chance, runner = random.Random(seed), start(XOR)
    acts: list[Callable[[], object]] = [
        runner.play,
        runner.play,
        runner.pause,
        runner.step,
        runner.step_epoch,
        runner.gate.clear,
        runner.gate.set,
        lambda: runner.set_pace(Pace("", chance.choice([0, 2000]))),
        lambda: runner.make(to(XOR)),
        lambda: look(runner),
        lambda: runner.mailbox.ask(Look(64, (0, 1))),
    ]
    for _ in range(60):
        chance.choice(acts)()
        time.sleep(chance.choice([0, 0, 0.001, 0.004]))
    runner.gate.set()
    last = after(runner, runner.pause())
    assert last.steps > 20
    expected = alone(XOR, last.steps)
    assert last.theta.tobytes() == expected.network.theta.tobytes()
    assert last.curves.tobytes() == expected.history.table().tobytes()
    assert last.epoch == expected.epoch


def some_change(chance: random.Random, config: ExperimentConfig) -> Change:
    """A change of any kind, for undo."""
    neuron = chance.randrange(config.network.hidden[0])
    kinds: list[Callable[[], Edit | ExperimentConfig]] = [
        lambda: edits.add_neuron(config, 0),
        lambda: edits.remove_neuron(config, 0, neuron),
        lambda: edits.insert_layer(config, 1),
        lambda: edits.set_activation(config, "tanh", 0),
        lambda: edits.freeze(config, [(0, neuron)], frozen=True),
        lambda: edits.switch_off(config, [(0, neuron)], off=True),
        lambda: config.changed("training", optimizer=chance.choice(["sgd", "adamw"]), batch_size=chance.choice([5, 0])),
        lambda: config.changed("training", dropout=0.5, schedule="step", l1=0.01),
        lambda: config.changed("data", noise=chance.random() / 2),
        lambda: config.changed("data", name="circle"),
        lambda: config.changed(seed=5, features=("x1^2", "x2")),
        lambda: config,
    ]
    made = chance.choice(kinds)()
    if isinstance(made, Edit):
        return Change("", config, made.config, made.lineage)
    puts = (Put(0, neuron, 0, 4.0),) if made is config and chance.random() < 0.5 else ()
    return Change("", config, made, puts=puts, restarts=made is config and not puts)


@pytest.mark.parametrize("seed", range(6))
def test_the_parameters_do_not_depend_on_the_number_of_edits_undone(start: Start, seed: int) -> None:
    """Played, paused, looked at and saved at random; edited at random where it rests, and all edits are undone."""
    chance = random.Random(seed)
    config = XOR.changed("training", dropout=0.1, schedule="step", l2=0.001)
    runner, undone = start(config), 0
    for _ in range(8):
        for act in chance.choices([runner.play, runner.step, runner.step_epoch, lambda: look(runner)], k=3):
            act()
            time.sleep(chance.choice([0, 0.001, 0.004]))
        runner.set_pace(Pace("", chance.choice([0, 3000])))
        before = after(runner, runner.pause())
        stack: list[Change] = []
        for _ in range(chance.randrange(6)):
            stack.append(some_change(chance, stack[-1].after if stack else config))
            runner.make(stack[-1])
            if chance.random() < 0.3:
                runner.take_back(stack[-1])
                runner.make_again(stack[-1])
            if chance.random() < 0.3:
                look(runner)
        for change in reversed(stack):
            runner.take_back(change)
        rested = after(runner, runner.pause())
        undone += len(stack)
        assert (rested.config, rested.steps, rested.epoch) == (config, before.steps, before.epoch)
        assert rested.theta.tobytes() == before.theta.tobytes()
        assert runner.capture().result(PATIENCE).steps == before.steps
    assert undone > 5
    assert nothing_is_rejected(runner)
    last = after(runner, runner.step_epoch())
    assert last.steps > 20
    expected = alone(config, last.steps)
    assert last.theta.tobytes() == expected.network.theta.tobytes()
    assert last.curves.tobytes() == expected.history.table().tobytes()
    moment = runner.capture().result(PATIENCE)
    assert dict(moment.generators) == dict(expected.moment().generators)
    assert {name: m.tobytes() for name, m in moment.memory.items()} == {
        name: m.tobytes() for name, m in expected.moment().memory.items()
    }


# -- moments and undo -------------------------------------------------------------------------------------------------


def test_a_moment_can_be_had_while_it_runs_and_goes_on_to_the_bit(start: Start) -> None:
    runner = start(XOR)
    runner.play()
    look(runner, lambda snapshot: snapshot.steps > 30)
    moment = runner.capture().result(PATIENCE)
    assert look(runner).state is RunState.RUNNING
    later = after(runner, runner.pause())
    other = Trainer(XOR.changed(seed=4))
    other.go_to(moment)
    while other.step_count < later.steps:
        other.step()
    assert other.network.theta.tobytes() == later.theta.tobytes()


def test_where_there_is_no_run_there_is_no_moment(start: Start, missing: ExperimentConfig) -> None:
    runner = start(missing)
    with pytest.raises(InvalidValue, match="could not be read"):
        runner.capture().result(PATIENCE)


def test_undo_while_playing_goes_on_playing(start: Start) -> None:
    runner = start(XOR)
    runner.play()
    look(runner, lambda snapshot: snapshot.steps > 10)
    edit = edits.remove_neuron(XOR, 0, 1)
    change = Change("", XOR, edit.config, edit.lineage)
    made = after(runner, runner.make(change))
    back = after(runner, runner.take_back(change))
    again = after(runner, runner.make_again(change))
    for snapshot, width in ((made, 3), (back, 4), (again, 3)):
        assert (snapshot.state, snapshot.architecture.widths) == (RunState.RUNNING, (2, width, 1))
    assert made.steps <= back.steps <= again.steps
    assert look(runner, lambda snapshot: snapshot.steps > again.steps).state is RunState.RUNNING
    assert nothing_is_rejected(runner)


@pytest.mark.parametrize("widths", [(6, 5, 2), (2, 3, 6), (9, 1, 8, 2)], ids=str)
def test_a_drag_that_is_one_change_before_the_run_comes_to_it(widths: tuple[int, ...]) -> None:
    """The window merges what it has sent; the run, which is busy, goes through each of them as it was sent."""
    runner = Runner(XOR)
    for _ in range(30):
        runner.step()
    drag: Change | None = None
    config = XOR
    for width in widths:
        edit = edits.set_width(config, 0, width)
        change = Change("", config, edit.config, edit.lineage)
        runner.make(change)
        if drag is None:
            drag = change
        else:
            drag.absorb(change)
        config = edit.config
    assert drag is not None
    runner.start()
    try:
        made = after(runner, 30 + len(widths))
        assert nothing_is_rejected(runner)
        assert (made.config, made.steps) == (config, 30)
        back = after(runner, runner.take_back(drag))
        assert (back.config, back.theta.tobytes()) == (XOR, alone(XOR, 30).network.theta.tobytes())
        assert after(runner, runner.make_again(drag)).theta.tobytes() == made.theta.tobytes()
    finally:
        assert runner.close()


def test_where_there_was_no_run_undo_leads_back_to_none(start: Start, missing: ExperimentConfig) -> None:
    runner = start(missing)
    rejection(runner)
    change = Change("", missing, XOR)
    after(runner, runner.make(change))
    stepped = after(runner, runner.step())
    assert (change.was, change.became) == (None, None)
    later = after(runner, runner.take_back(change))
    assert "MNIST folder" in rejection(runner)
    assert (later.config, later.theta.tobytes()) == (XOR, stepped.theta.tobytes())


def test_a_reset_that_is_undone_while_it_plays_is_the_old_run_paused(start: Start) -> None:
    runner = start(XOR)
    runner.step_epoch()
    before = after(runner, runner.step())
    change = resetting(XOR)
    runner.make(change)
    runner.play()
    look(runner, lambda snapshot: snapshot.steps > 3)
    back = after(runner, runner.take_back(change))
    assert (back.state, back.steps) == (RunState.PAUSED, 26)
    assert back.theta.tobytes() == before.theta.tobytes()


def test_an_edit_of_a_diverged_run_that_is_undone_is_told_no_reason(start: Start) -> None:
    runner = start(RUNAWAY)
    runner.play()
    look(runner, lambda snapshot: snapshot.state is RunState.DIVERGED)
    tame = Change("", RUNAWAY, RUNAWAY.changed("training", learning_rate=0.01))
    runner.make(tame)
    back = after(runner, runner.take_back(tame))
    assert (back.state, back.reason, back.config) == (RunState.PAUSED, "", RUNAWAY)


# -- the end --------------------------------------------------------------------------------------------------------


def test_close_before_the_start_has_nothing_to_wait_for() -> None:
    assert Runner(XOR).close()


@pytest.mark.parametrize("playing", [True, False])
def test_close_ends_the_thread_and_may_be_repeated(playing: bool) -> None:
    runner = Runner(XOR)
    runner.start()
    if playing:
        runner.play()
    look(runner)
    assert runner.close()
    assert runner.close()
    assert not any(thread.name == "trainer" for thread in threading.enumerate())


def test_close_opens_a_closed_gate() -> None:
    runner = Runner(XOR)
    runner.start()
    runner.play()
    runner.gate.clear()
    look(runner)
    assert runner.close()


def test_close_waits_for_a_slow_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def slow(*_: object, **__: object) -> None:
        begun.set()
        time.sleep(0.2)
        raise InvalidValue("a", "b", "c")

    monkeypatch.setattr(module, "observe", slow)
    runner = Runner(XOR)
    runner.start()
    runner.mailbox.ask(LOOK)
    assert begun.wait(PATIENCE)
    assert not runner.close(timeout=0.01)
    assert runner.close()


def test_close_ends_an_epoch_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def slow(_: Trainer) -> None:
        begun.set()
        time.sleep(0.01)

    monkeypatch.setattr(Trainer, "_step", slow)  # which never comes to the end of its epoch
    runner = Runner(XOR)
    runner.start()
    runner.step_epoch()
    assert begun.wait(PATIENCE)
    assert runner.close()


def test_close_is_not_missed_by_a_thread_that_is_about_to_sleep() -> None:
    runner = Runner(XOR)

    class Wake(threading.Event):
        """Lets `close` act at the worst moment: after the thread asked whether to go on, before it clears the event."""

        def clear(self) -> None:
            runner._closing = True
            self.set()
            super().clear()

    runner._wake = Wake()
    runner.start()
    runner._thread.join(PATIENCE)
    assert not runner._thread.is_alive()


# -- the end of the plan --------------------------------------------------------------------------------------------

PLANNED = XOR.changed("training", schedule="linear", planned_epochs=3)
STEPPED = PLANNED.changed("training", schedule="step")


@pytest.mark.parametrize("pace", [FULL_SPEED, Pace("", 2000), Pace("", 300, by_epoch=True)], ids=str)
@pytest.mark.parametrize("config", [PLANNED, STEPPED], ids=["linear", "step"])
def test_at_the_end_of_the_plan_it_pauses_by_itself(start: Start, config: ExperimentConfig, pace: Pace) -> None:
    runner = start(config)
    runner.set_pace(pace)
    runner.play()
    done = look(runner, lambda snapshot: bool(snapshot.reason))
    assert (done.state, done.epoch, done.steps) == (RunState.PAUSED, 3, 75)
    assert done.reason == plan.words(config.training)
    assert done.theta.tobytes() == alone(config, 75).network.theta.tobytes()
    assert nothing_is_rejected(runner)


def test_with_a_constant_learning_rate_it_never_pauses_by_itself(start: Start) -> None:
    runner = start(PLANNED.changed("training", schedule="constant"))
    runner.play()
    assert look(runner, lambda snapshot: snapshot.epoch > 6).state is RunState.RUNNING


@pytest.mark.parametrize("command", [Runner.play, Runner.step, Runner.step_epoch])
def test_beyond_the_plan_nothing_is_trained_at_a_learning_rate_of_0(
    start: Start, command: Callable[[Runner], int]
) -> None:
    runner = start(PLANNED)
    before = after(runner, runner.make(opening(alone(PLANNED, 75).moment())))
    assert (before.epoch, before.reason) == (3, "")
    refused = after(runner, command(runner))
    assert (refused.state, refused.epoch, refused.steps) == (RunState.PAUSED, 3, 75)
    assert refused.reason == plan.words(PLANNED.training)
    assert refused.theta.tobytes() == before.theta.tobytes()


def test_an_epoch_on_its_own_that_ends_the_plan_says_so(start: Start) -> None:
    runner = start(PLANNED)
    runner.step_epoch()
    assert after(runner, runner.step_epoch()).reason == ""
    done = after(runner, runner.step_epoch())
    assert (done.epoch, done.reason) == (3, plan.words(PLANNED.training))


def test_where_a_learning_rate_is_left_play_goes_on_as_if_it_had_not_paused(start: Start) -> None:
    runner = start(STEPPED)
    runner.play()
    look(runner, lambda snapshot: bool(snapshot.reason))
    runner.play()
    beyond = look(runner, lambda snapshot: snapshot.epoch > 5)
    assert (beyond.state, beyond.reason) == (RunState.RUNNING, "")
    paused = after(runner, runner.pause())
    assert paused.theta.tobytes() == alone(STEPPED, paused.steps).network.theta.tobytes()


@pytest.mark.parametrize("change", [{"planned_epochs": 6}, {"schedule": "constant"}], ids=str)
def test_more_epochs_or_the_constant_schedule_let_it_go_on(start: Start, change: dict[str, object]) -> None:
    runner = start(PLANNED)
    runner.play()
    look(runner, lambda snapshot: bool(snapshot.reason))
    changed = after(runner, runner.make(to(PLANNED.changed("training", **change))))
    assert (changed.state, changed.reason) == (RunState.PAUSED, "")
    runner.play()
    assert look(runner, lambda snapshot: snapshot.epoch > 4).steps > 75


def test_a_plan_that_an_edit_puts_behind_the_run_ends_it(start: Start) -> None:
    runner = start(XOR)
    runner.play()
    look(runner, lambda snapshot: snapshot.epoch > 3)
    done = after(runner, runner.make(to(PLANNED)))
    assert (done.state, done.reason) == (RunState.PAUSED, plan.words(PLANNED.training))
    assert look(runner).steps == done.steps


def test_a_reset_begins_the_plan_again(start: Start) -> None:
    runner = start(PLANNED)
    runner.play()
    look(runner, lambda snapshot: bool(snapshot.reason))
    assert after(runner, runner.make(resetting(PLANNED))).reason == ""
    runner.play()
    assert look(runner, lambda snapshot: bool(snapshot.reason)).epoch == 3


def test_a_run_that_gives_way_is_handed_over_as_it_was(start: Start) -> None:
    runner = start(XOR)
    runner.step_epoch()
    reset = Change("reset", XOR, XOR, restarts=True)
    edit = Change("rate", XOR, XOR.changed("training", learning_rate=0.2))
    runner.make(edit)
    look(runner, lambda s: s.revision >= 2)
    assert runner.left.empty(), "an edit goes on with the same run"
    runner.make(reset)
    look(runner, lambda s: s.revision >= 3)
    first = runner.left.get_nowait()
    assert (first.moment.epoch, first.moment.steps) == (1, 25)
    assert first.now != first.moment.run_id
    runner.step()
    runner.take_back(reset)
    look(runner, lambda s: s.revision >= 5)
    second = runner.left.get_nowait()
    assert (second.moment.steps, second.moment.run_id, second.now) == (1, first.now, first.moment.run_id)
    runner.make_again(reset)
    look(runner, lambda s: s.revision >= 6)
    assert runner.left.get_nowait().moment.theta.tobytes() == first.moment.theta.tobytes()
    assert runner.left.empty()
