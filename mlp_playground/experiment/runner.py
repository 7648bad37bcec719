"""Runs a trainer on a thread of its own, so that the window never waits for training nor training for the window."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from queue import Empty, SimpleQueue
from time import perf_counter

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import plan
from mlp_playground.experiment.change import Change, make, make_again, take_back
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.mailbox import Mailbox
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.pace import FULL_SPEED, Pace
from mlp_playground.experiment.runs import Left
from mlp_playground.experiment.snapshot import Look, RunState, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer

SLICE = 0.010
"""Seconds of training between two looks at the commands: short against a frame, long against a step."""
HURRY = 0.001
"""The same where a picture is asked for: the earlier it is there, the surer it is on screen in time. Some training is
left to a run at which somebody looks all the time."""


class Runner:
    """Takes commands from any thread, trains on its own, and answers in `mailbox`.

    `gate` is closed (cleared) while the window draws: the trainer then waits between two minibatches, and the window
    has the interpreter to itself. A change that can't be made is told in `rejected` and changes nothing; a run that
    gives way to another one is put into `left`.
    """

    def __init__(self, config: ExperimentConfig) -> None:
        self._commands: SimpleQueue[tuple[int, Callable[[], None]]] = SimpleQueue()
        self._wake = threading.Event()
        self.mailbox = Mailbox(self._wake.set)
        self.gate = threading.Event()
        self.gate.set()
        self.rejected: SimpleQueue[str] = SimpleQueue()
        self.left: SimpleQueue[Left] = SimpleQueue()
        self._first_config = config
        self._trainer: Trainer | None = None
        self._state, self._reason = RunState.PAUSED, ""
        self._pace = FULL_SPEED
        self._clock_zero, self._steps_zero = 0.0, 0
        self._sending = threading.Lock()
        self._sent = self._done = self._interrupt = 0
        self._snapshot: Snapshot | None = None
        self._closing = False
        self._speed: deque[tuple[float, float]] = deque(maxlen=50)
        self._thread = threading.Thread(target=self._run, name="trainer", daemon=True)

    # -- commands, from any thread --------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread; it prepares the data and then waits for commands."""
        self._thread.start()

    def play(self) -> int:
        """Train until paused. Like every command, returns the revision of the first snapshot that has it."""
        return self._send(self._play)

    def pause(self) -> int:
        """Stop after the present minibatch."""
        return self._send(lambda: self._set_state(RunState.PAUSED), interrupts=True)

    def step(self) -> int:
        """Pause, and learn from one minibatch."""
        return self._send(lambda: self._advance(lambda trainer: trainer.step()))

    def step_epoch(self) -> int:
        """Pause, and learn from the rest of this epoch's minibatches."""
        return self._send(lambda: self._advance(self._finish_epoch))

    def make(self, change: Change) -> int:
        """Go through a change of the experiment; the run goes on unless another one begins with it."""
        asked = replace(change)  # as it is now: before its turn comes, it may absorb others, which are sent themselves

        def made(trainer: Trainer, change: Change) -> None:
            make(trainer, asked)
            change.was = asked.was

        return self._send(lambda: self._change(made, change), interrupts=change.begins_anew)

    def take_back(self, change: Change) -> int:
        """Undo a change that was made."""
        return self._send(lambda: self._change(take_back, change), interrupts=change.begins_anew)

    def make_again(self, change: Change) -> int:
        """Redo a change that was taken back."""
        return self._send(lambda: self._change(make_again, change), interrupts=change.begins_anew)

    def capture(self) -> Future[Moment]:
        """The run as it is, complete, as soon as the thread comes to it; an error where there is no run."""
        future: Future[Moment] = Future()
        self._send(lambda: self._capture(future))
        return future

    def set_pace(self, pace: Pace) -> int:
        """Train that fast from now on."""
        return self._send(lambda: self._set_pace(pace))

    def close(self, timeout: float = 5.0) -> bool:
        """End the thread and wait for it, `timeout` seconds at most. Returns whether it ended."""
        self._closing = True
        self.gate.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _send(self, command: Callable[[], None], *, interrupts: bool = False) -> int:
        """Queue a command; one that `interrupts` also ends an epoch that is just being finished."""
        with self._sending:
            self._sent += 1
            if interrupts:
                self._interrupt = self._sent
            number = self._sent
            self._commands.put((number, command))
        self._wake.set()
        return number

    # -- on the thread --------------------------------------------------------------------------------------------

    def _run(self) -> None:
        self._guarded(self._prepare)
        while not self._closing:
            self._wake.clear()
            self._drain()
            if self._state is RunState.RUNNING:
                self._guarded(self._slice)
            self._answer()
            idle = self._state is not RunState.RUNNING and self._commands.empty()
            wish = self.mailbox.wanted and self._trainer is not None
            # after the event was cleared, so that whoever closes, sends or asks from here on sets it again
            if idle and not wish and not self._closing:
                self._wake.wait()

    def _answer(self) -> None:
        """Deliver a snapshot if one is wanted; if it can't be taken, the last one, which then tells why."""
        trainer = self._trainer
        look = self.mailbox.take_wish() if trainer else None
        if trainer is None or look is None:
            return
        self._guarded(lambda: self._observe(trainer, look))
        if self._snapshot is None:
            self.rejected.put(self._reason)
            return
        self.mailbox.put(
            replace(
                self._snapshot,
                state=self._state,
                reason=self._reason,
                revision=self._done,
                epochs_per_second=self._measured_speed(),
            )
        )

    def _observe(self, trainer: Trainer, look: Look) -> None:
        self._snapshot = observe(trainer, look, exact=self._state is not RunState.RUNNING)

    def _guarded(self, act: Callable[[], None]) -> None:
        """Run `act`; what goes wrong becomes a state with its reason, which the window shows."""
        try:
            act()
        except Diverged as error:
            self._state, self._reason = RunState.DIVERGED, str(error)
        except (InvalidValue, OSError) as error:  # OSError: files that can't be read
            self.rejected.put(str(error))
        except Exception as error:
            if self._state is not RunState.FAILED:  # a failure that repeats fills no log
                logging.getLogger(__name__).exception("the trainer failed")
            self._state, self._reason = RunState.FAILED, f"{type(error).__name__}: {error}"
            if self._trainer is None:  # there is nothing to take a snapshot of, which would tell it
                self.rejected.put(self._reason)

    def _prepare(self) -> None:
        self._trainer = Trainer(self._first_config)

    def _drain(self) -> None:
        while True:
            try:
                number, command = self._commands.get_nowait()
            except Empty:
                return
            self._guarded(command)
            self._done = number

    def _slice(self) -> None:
        """Train for some 10 ms, or as many steps as the pace allows by now."""
        trainer = self._trainer
        assert trainer is not None
        rate = self._pace.steps_per_second(trainer.batches_per_epoch)
        begin, limit = perf_counter(), self._limit(trainer)
        soon, end = begin + HURRY, begin + SLICE

        def go_on() -> bool:
            self._wait_for_gate()
            now = perf_counter()
            is_over = now > (soon if self.mailbox.wanted else end)
            if is_over or trainer.epoch >= limit or self._closing or not self._commands.empty():
                return False
            return trainer.step_count - self._steps_zero < (now - self._clock_zero) * rate

        try:
            trainer.run(go_on)
        finally:
            self._speed.append((perf_counter(), trainer.step_count / trainer.batches_per_epoch))
        if trainer.epoch >= limit:
            self._rest(trainer)
        elif trainer.step_count - self._steps_zero >= (perf_counter() - self._clock_zero) * rate:
            self._wake.wait(min(1 / rate, SLICE))

    def _wait_for_gate(self) -> None:
        if not self.gate.is_set():
            self.gate.wait(0.1)  # bounded, so that a window that dies while drawing doesn't stop the run

    def _finish_epoch(self, trainer: Trainer) -> None:
        epoch = trainer.epoch

        def go_on() -> bool:
            self._wait_for_gate()
            return trainer.epoch == epoch and not self._closing and self._interrupt <= self._done

        trainer.run(go_on)

    @staticmethod
    def _limit(trainer: Trainer) -> float:
        return plan.limit(trainer.config.training, trainer.epoch)

    def _rest(self, trainer: Trainer) -> None:
        """Pause at the end of the plan, and say so."""
        self._set_state(RunState.PAUSED)
        self._reason = plan.words(trainer.config.training)

    def _measured_speed(self) -> float:
        """Epochs a second over the last half second or so; 0 when paused."""
        if self._state is not RunState.RUNNING or len(self._speed) < 2:
            return 0.0
        (t0, e0), (t1, e1) = self._speed[0], self._speed[-1]
        return (e1 - e0) / (t1 - t0) if t1 > t0 else 0.0

    def _set_state(self, state: RunState) -> None:
        self._state, self._reason = state, ""
        self._restart_clock()

    def _restart_clock(self) -> None:
        self._speed.clear()
        self._clock_zero = perf_counter()
        self._steps_zero = self._trainer.step_count if self._trainer else 0

    def _play(self) -> None:
        if self._trainer is None:
            self._prepare()
        assert self._trainer is not None
        self._trainer.check_can_learn()
        self._set_state(RunState.RUNNING)

    def _advance(self, act: Callable[[Trainer], None]) -> None:
        self._set_state(RunState.PAUSED)
        trainer = self._trainer
        if trainer is None:
            return
        limit = self._limit(trainer)
        if trainer.epoch < limit:
            act(trainer)
        if trainer.epoch >= limit:
            self._rest(trainer)

    def _change(self, act: Callable[[Trainer, Change], None], change: Change) -> None:
        if self._trainer is None:
            self._trainer = Trainer(change.before if act is take_back else change.after)
            act(self._trainer, change)
            change.was = change.became = None  # there was no run to go back to
        else:
            self._go_through(self._trainer, act, change)
        goes_on = self._state is RunState.RUNNING and not change.begins_anew
        self._set_state(RunState.PAUSED)
        if goes_on:
            self._trainer.check_can_learn()  # an edit may have brought a layer that can't; then it is told, and rests
            self._set_state(RunState.RUNNING)

    def _go_through(self, trainer: Trainer, act: Callable[[Trainer, Change], None], change: Change) -> None:
        before = trainer.run_id
        act(trainer, change)
        moments = (each for each in (change.was, change.became) if each is not None and each.run_id == before)
        if trainer.run_id != before and (moment := next(moments, None)) is not None:
            self.left.put(Left(moment, trainer.run_id, trainer.config))

    def _capture(self, future: Future[Moment]) -> None:
        if self._trainer is None:
            future.set_exception(InvalidValue("run", "none", "there; its data could not be read"))
        else:
            future.set_result(self._trainer.moment())

    def _set_pace(self, pace: Pace) -> None:
        self._pace = pace
        self._restart_clock()
