"""Keeps the runs that give way to others, and those that the user wants kept: named, hidden, deleted and restored."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import TimeoutError as TooLate
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from mlp_playground.app.controller import Controller
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.change import Change
from mlp_playground.experiment.runner import Runner
from mlp_playground.experiment.runs import LIMIT, MOST, Run, Runs, leave, pin, with_room

PATIENCE = 5.0
"""Seconds that keeping waits for the run, which answers between two minibatches."""


class RunCommand(QUndoCommand):
    """One run that becomes another one, comes or goes (None): with undo and redo."""

    def __init__(self, text: str, before: Run | None, after: Run | None, put: Callable[[Run | None, Run | None], None]):
        super().__init__(text)
        self._before, self._after, self._put = before, after, put

    def redo(self) -> None:
        self._put(self._before, self._after)

    def undo(self) -> None:
        self._put(self._after, self._before)


class KeptRuns(QObject):
    """Holds the Runs of the open experiment. `changed` carries those beside the present run whenever they are others,
    `refused` why one can't be kept, `told` what was done."""

    changed = Signal(object)
    refused = Signal(str)
    told = Signal(str)

    def __init__(self, controller: Controller, runner: Runner, clock: FrameClock, parent: QObject) -> None:
        super().__init__(parent)
        self._controller, self._runner = controller, runner
        self._runs, self._now = Runs(), 0
        clock.ticked.connect(self.collect)

    @property
    def runs(self) -> Runs:
        """Those beside the present one."""
        return self._runs.besides(self._now)

    def collect(self) -> None:
        """Take what has been left since the last time."""
        while not self._runner.left.empty():
            left = self._runner.left.get()
            before, self._now = self._runs, left.now
            self._become(leave(before, left.moment, left.config))
            self._tell_gone(before)

    def open(self, runs: Runs) -> None:
        """Another experiment is open, with these."""
        self.collect()  # what the one before has left belongs to it
        self._become(runs)

    def keep(self) -> None:
        """Keep the present run as it is now."""
        try:
            moment = self._controller.capture().result(PATIENCE)
            kept = pin(self._runs, moment)
        except TooLate:
            self.refused.emit("The run is busy reading data: try again.")
            return
        except (InvalidValue, OSError) as error:
            self.refused.emit(str(error))
            return
        before, run = self._runs, kept.kept[-1]
        self._runs = kept.without([run.number])  # room was made for it; the command puts it in
        self._do(f"keep {run.title.lower()}", None, run)
        self.told.emit(f"Kept as {run.title}")
        self._tell_gone(before)

    def show(self, number: int, seen: bool) -> None:
        """Draw a run's curves or not."""
        if (run := self._runs.find(number)) is not None:
            self._become(self._runs.put(replace(run, seen=seen)))

    def rename(self, number: int, name: str) -> None:
        """Give it another name; an empty one gives back its first."""
        if (run := self._runs.find(number)) is not None:
            self._do(f"rename {run.title}", run, replace(run, name=name))

    def restyle(self, number: int, style: int) -> None:
        """Give its curves another look."""
        if (run := self._runs.find(number)) is not None and run.style != style:
            self._do(f"look of {run.title}", run, replace(run, style=style))

    def delete(self, number: int) -> None:
        """Let go of it."""
        if (run := self._runs.find(number)) is not None:
            self._do(f"delete {run.title}", run, None)
            self.told.emit(f"{run.title} deleted; Undo brings it back")

    def restore(self, number: int) -> None:
        """Go back to it, with its settings, data and network; the present run is kept in its place."""
        if (run := self._runs.find(number)) is not None:
            controller, moment = self._controller, run.moment
            controller.push(Change(f"restore {run.title}", controller.config, moment.config, opens=moment))

    def _tell_gone(self, before: Runs) -> None:
        """Which runs made room for the newest."""
        gone = [run.title for run in before.kept if self._runs.find(run.number) is None]
        if gone:
            self.told.emit(f"{' and '.join(gone)} made room: at most {MOST} runs are kept, {LIMIT >> 20} MB together")

    def _do(self, text: str, before: Run | None, after: Run | None) -> None:
        self._controller.leave()
        self._controller.undo_stack.push(RunCommand(text, before, after, self._put))

    def _put(self, before: Run | None, after: Run | None) -> None:
        now = None if before is None else self._runs.find(before.number)
        if after is not None and now is not None:  # it may have been restored and have learned more since
            self._become(self._runs.put(replace(now, name=after.name, style=after.style)))
        elif after is not None:
            self._become(with_room(self._runs.put(after), after))  # one that comes back finds others in its place
        elif before is not None:
            self._become(self._runs.without([before.number]))

    def _become(self, runs: Runs) -> None:
        self._runs = runs
        self.changed.emit(self.runs)
