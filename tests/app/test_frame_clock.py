"""The clock that brings pictures to the screen: it asks only for what is wanted, and gives drawing its room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from queue import SimpleQueue
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from mlp_playground.app.frame_clock import DIGITS_EVERY, FRAME, TEXT_EVERY, FrameClock
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.mailbox import Mailbox
from mlp_playground.experiment.snapshot import Look, RunState, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer

LOOK = Look(16, digits=2)
POINTS = observe(Trainer(ExperimentConfig()), LOOK)
DIGITS = observe(Trainer(DIGITS_DEFAULT.changed("network", hidden=(2,), activations=("relu",))), LOOK)


class FakeRunner:
    """The window's side of a runner; the test plays the thread."""

    def __init__(self) -> None:
        self.asked = 0
        self.mailbox = Mailbox(self._on_asked)
        self.gate = Event()
        self.gate.set()
        self.rejected: SimpleQueue[str] = SimpleQueue()

    def _on_asked(self) -> None:
        self.asked += 1

    def deliver(self, state: RunState = RunState.PAUSED, revision: int = 0, moment: Snapshot = POINTS) -> Snapshot:
        self.mailbox.take_wish()
        snapshot = replace(moment, state=state, revision=revision)
        self.mailbox.put(snapshot)
        return snapshot


@pytest.fixture
def runner(qapp: object) -> FakeRunner:
    return FakeRunner()


@pytest.fixture
def clock(runner: FakeRunner) -> Iterator[FrameClock]:
    clock = FrameClock(runner)  # type: ignore[arg-type]
    clock.start()
    yield clock
    clock.stop()


def shown(qtbot: QtBot, clock: FrameClock, runner: FakeRunner, snapshot: Snapshot) -> None:
    """Wait until a picture is on the screen and the gate is open again."""
    qtbot.waitUntil(lambda: clock.latest is snapshot)
    qtbot.waitUntil(runner.gate.is_set)


def idle(qtbot: QtBot, frames: int = 4) -> None:
    qtbot.wait(frames * FRAME)


def test_the_first_picture_is_asked_for_at_the_start(clock: FrameClock, runner: FakeRunner) -> None:
    assert runner.mailbox.wanted
    assert clock.latest is None


def test_a_picture_that_is_late_does_not_wait_for_the_next_beat(
    clock: FrameClock, runner: FakeRunner, qtbot: QtBot
) -> None:
    shown(qtbot, clock, runner, runner.deliver(RunState.RUNNING))
    qtbot.waitUntil(lambda: runner.mailbox.wanted)
    clock._timer.setInterval(60_000)
    clock._late.stop()  # on a slow machine there was a beat by now
    late = runner.deliver(RunState.RUNNING)
    idle(qtbot, 2)
    assert clock.latest is not late, "nobody looks before the next beat finds none"
    clock._timer.setInterval(FRAME)
    runner.mailbox.take()
    qtbot.waitUntil(clock._late.isActive)
    clock._timer.setInterval(60_000)
    late = runner.deliver(RunState.PAUSED)
    shown(qtbot, clock, runner, late)
    idle(qtbot, 1)
    assert not clock._late.isActive(), "paused, nobody waits for another one"


def test_a_paused_run_is_asked_once_and_then_left_alone(clock: FrameClock, runner: FakeRunner, qtbot: QtBot) -> None:
    shown(qtbot, clock, runner, runner.deliver())
    asked = runner.asked
    idle(qtbot)
    assert runner.asked == asked
    assert not runner.mailbox.wanted


def test_a_running_one_is_asked_again_after_each_picture(clock: FrameClock, runner: FakeRunner, qtbot: QtBot) -> None:
    for _ in range(3):
        asked = runner.asked
        shown(qtbot, clock, runner, runner.deliver(RunState.RUNNING))
        qtbot.waitUntil(lambda: runner.asked == asked + 1)  # noqa: B023
        idle(qtbot, 2)
        assert runner.asked == asked + 1, "not twice for one picture"


def test_digits_are_asked_for_more_rarely(clock: FrameClock, runner: FakeRunner, qtbot: QtBot) -> None:
    shown(qtbot, clock, runner, runner.deliver(RunState.RUNNING, moment=DIGITS))
    asked, ticks = runner.asked, clock._ticks
    qtbot.waitUntil(lambda: runner.asked == asked + 1)
    assert clock._ticks - ticks >= DIGITS_EVERY - 1


def test_a_command_is_awaited_although_nothing_runs(clock: FrameClock, runner: FakeRunner, qtbot: QtBot) -> None:
    shown(qtbot, clock, runner, runner.deliver())
    clock.expect(3)
    assert runner.mailbox.wanted
    shown(qtbot, clock, runner, runner.deliver(revision=2))
    qtbot.waitUntil(lambda: runner.mailbox.wanted)
    shown(qtbot, clock, runner, runner.deliver(revision=3))
    idle(qtbot)
    assert not runner.mailbox.wanted


def test_a_new_look_is_asked_for_once(clock: FrameClock, runner: FakeRunner, qtbot: QtBot) -> None:
    shown(qtbot, clock, runner, runner.deliver())
    asked = runner.asked
    clock.set_look(Look(focus=(0, 0)))
    clock.set_look(Look(focus=(0, 0)))
    assert runner.asked == asked + 1
    assert runner.mailbox.take_wish() == Look(focus=(0, 0))


def test_the_gate_is_closed_while_drawing_and_open_after(clock: FrameClock, runner: FakeRunner, qtbot: QtBot) -> None:
    seen: list[bool] = []
    clock.snapshot_taken.connect(lambda _: seen.append(runner.gate.is_set()))
    shown(qtbot, clock, runner, runner.deliver(RunState.RUNNING))
    assert seen == [False]
    assert runner.gate.is_set()


def test_the_gate_opens_although_drawing_fails(clock: FrameClock, runner: FakeRunner, qtbot: QtBot) -> None:
    def fail(_: Snapshot) -> None:
        raise RuntimeError("while drawing")

    clock.snapshot_taken.connect(fail)
    with qtbot.captureExceptions() as caught:
        shown(qtbot, clock, runner, runner.deliver(RunState.RUNNING))
    assert [str(error) for _, error, _ in caught] == ["while drawing"]
    clock.snapshot_taken.disconnect(fail)


def test_text_comes_with_every_fifth_picture_and_when_the_state_changes(
    clock: FrameClock, runner: FakeRunner, qtbot: QtBot
) -> None:
    pictures: list[Snapshot] = []
    texts: list[Snapshot] = []
    clock.snapshot_taken.connect(pictures.append)
    clock.text_due.connect(texts.append)
    for _ in range(2 * TEXT_EVERY):
        shown(qtbot, clock, runner, runner.deliver(RunState.RUNNING))
    assert len(pictures) == 2 * TEXT_EVERY
    assert len(texts) == 3  # the first, and two fifths
    paused = runner.deliver(RunState.PAUSED)
    shown(qtbot, clock, runner, paused)
    assert texts[-1] is paused


def test_refusals_are_told_when_the_picture_has_what_was_accepted(
    clock: FrameClock, runner: FakeRunner, qtbot: QtBot
) -> None:
    """Two commands at once, the second refused: who goes back must not go behind the first."""
    shown(qtbot, clock, runner, runner.deliver())
    told: list[tuple[str, int]] = []
    clock.refused.connect(lambda reason: told.append((reason, clock.latest.revision if clock.latest else -1)))
    clock.expect(1)
    clock.expect(2)
    runner.rejected.put("no such folder")
    idle(qtbot)
    assert told == []
    shown(qtbot, clock, runner, runner.deliver(revision=2))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("no such folder", 2)]


def test_a_refusal_before_any_picture_is_told_at_once(clock: FrameClock, runner: FakeRunner, qtbot: QtBot) -> None:
    told: list[str] = []
    clock.refused.connect(told.append)
    clock.expect(1)
    runner.rejected.put("no such folder")
    qtbot.waitUntil(lambda: told == ["no such folder"])


def test_pictures_a_second_are_counted_and_forgotten(clock: FrameClock, runner: FakeRunner, qtbot: QtBot) -> None:
    assert clock.frames_per_second() == 0
    for _ in range(5):
        shown(qtbot, clock, runner, runner.deliver(RunState.RUNNING))
    assert 2 < clock.frames_per_second() < 40


def test_after_stop_nothing_ticks_and_the_trainer_is_not_held_up(runner: FakeRunner, qtbot: QtBot) -> None:
    clock = FrameClock(runner)  # type: ignore[arg-type]
    clock.start()
    clock.snapshot_taken.connect(lambda _: clock.stop())
    runner.deliver(RunState.RUNNING)
    qtbot.waitUntil(lambda: clock.latest is not None)
    idle(qtbot)
    assert runner.gate.is_set()
    assert not any(timer.isActive() for timer in clock.findChildren(QTimer))
    later = runner.deliver()
    idle(qtbot)
    assert clock.latest is not later
