"""The window's side of the run: the experiment as it was last wished for, with undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from mlp_playground.app.undo import Command, Draft, forget_oldest
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import edits
from mlp_playground.experiment.change import Change
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.edits import Edit
from mlp_playground.experiment.moment import branch
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.runner import Runner
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.numerals import grouped
from mlp_playground.views.canvas.time_words import epoch_number


class Desk(QObject):
    """Holds the experiment as it was last wished for; the runner follows, and snapshots show what is true.

    `looked_at` is the past moment that the window shows (None: the present one); `config` is then as it was at that
    time, and whatever is changed goes on from there. `moment_changed` carries it. `refused_change` is the one that the
    run could not make, until there is another.

    Every change of it is a command on `undo_stack`. `sent` carries the revision of each command to the runner,
    `config_changed` each new experiment, `draft_changed` a drawing (OwnData) that nothing can be learned from yet or
    None, `refused` why a wish can't be met, and `told` what has happened beside it (in the user's words).
    """

    sent = Signal(int)
    config_changed = Signal(ExperimentConfig)
    draft_changed = Signal(object)
    refused = Signal(str)
    moment_changed = Signal(object)
    told = Signal(str)

    def __init__(self, runner: Runner, config: ExperimentConfig, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.undo_stack = QUndoStack(self)
        self.config = config
        self.draft: Draft = None
        # what the run does once it has command number `_told`: a picture that is older says nothing about it
        self._state, self._told = RunState.PAUSED, 0
        self._left: tuple[Draft, Change] | None = None
        self.looked_at: Frame | None = None
        self.refused_change: Change | None = None
        self._seen: Snapshot | None = None
        self._present = config
        self._epoch = 0

    def on_snapshot(self, snapshot: Snapshot) -> None:
        """Keep in mind whether it runs, and what its history is."""
        if snapshot.revision >= self._told:
            self._state = snapshot.state
        self._epoch = snapshot.present.epoch
        if self.looked_at is None:  # a moment is one of the history that it was chosen from
            self._seen = snapshot

    def look_at(self, frame: Frame | None) -> None:
        """Look back at a moment of the run, which rests meanwhile; None: at the present one again."""
        if frame is self.looked_at or (frame is not None and self._seen is None):
            return
        if self.looked_at is None:
            self._present = self.config
            if self._state is RunState.RUNNING:
                self._tell(self._runner.pause(), RunState.PAUSED)
        self._show_moment(frame)
        config = self._present if frame is None else frame.config
        if config is not self.config:
            self._become(config)

    def go_on_from_there(self) -> None:
        """The run goes on from the moment that is looked at; undo brings back what came after it."""
        frame, seen = self.looked_at, self._seen
        if frame is not None and seen is not None:
            start = branch(frame, seen.curves, seen.curve_stride, seen.past, seen.seconds)
            name = f"go on from epoch {epoch_number(frame)}"
            self._do(Change(name, self._present, frame.config, opens=start), None, None)
            rest = f"Undo brings back what came after it, up to epoch {grouped(self._epoch)}."
            self.told.emit(f"It goes on from epoch {epoch_number(frame)}. {rest}")

    def _show_moment(self, frame: Frame | None) -> None:
        if frame is not self.looked_at:
            self.looked_at = frame
            self.moment_changed.emit(frame)

    def go_back(self, snapshot: Snapshot | None) -> None:
        """The runner could not follow: back to the experiment that it has, and the change never was."""
        if snapshot is None:
            return
        command = self.undo_stack.command(self.undo_stack.index() - 1)
        refused = command.change if isinstance(command, Command) else None
        if self._left is not None:
            draft, refused = self._left
            self._show_draft(draft)
            self._left = None
        now = snapshot.present.config
        if isinstance(command, Command) and command.change.after != now:
            command.setObsolete(True)
            self.undo_stack.undo()
        self.refused_change = refused
        self._become(now)

    def _tell(self, revision: int, state: RunState) -> None:
        self._told, self._state = revision, state
        self.sent.emit(revision)

    def _change(self, name: str, make: Callable[[], ExperimentConfig]) -> None:
        try:
            config = make()
        except InvalidValue as error:
            self.refused.emit(str(error))
            return
        if config != self.config:
            self.push(Change(name, self.config, config), draft=self._kept_draft(config))

    def _edit(self, name: str, make: Callable[[], Edit], gesture: int | None = None) -> None:
        try:
            edit = make()
        except edits.Gone:
            return  # a second click on something that the first one has removed
        except InvalidValue as error:
            self.refused.emit(str(error))
            return
        if edit.config != self.config:
            self.push(Change(name, self.config, edit.config, edit.lineage), gesture, self.draft)

    def _take_back(self, gesture: int | None) -> None:
        """Undo the last change if it is of the same gesture."""
        command = self.undo_stack.command(self.undo_stack.index() - 1)
        if gesture is not None and isinstance(command, Command) and command.gesture == gesture:
            self.undo_stack.undo()

    def _kept_draft(self, config: ExperimentConfig) -> Draft:
        """The drawing stays while something else than the data is changed."""
        return self.draft if config.data == self.config.data else None

    def _put(self, name: str, put: Put) -> None:
        self.push(Change(name, self.config, self.config, puts=(put,)), draft=self.draft)

    def push(self, change: Change, gesture: int | None = None, draft: Draft = None) -> None:
        """Make a change, with the drawing that is there after it. Those with the same `gesture` are one."""
        if self.looked_at is not None and change.begins_anew:
            change.before = self._present
        else:
            self.go_on_from_there()
        self._do(change, gesture, draft)

    def _do(self, change: Change, gesture: int | None, draft: Draft) -> None:
        self.leave()
        forget_oldest(self.undo_stack)
        self.undo_stack.push(Command(change, self._go, gesture, (self.draft, draft)))

    def _go(self, change: Change, how: str, draft: Draft) -> None:
        """Send a change to the run, in the way that its command wants."""
        self.refused_change = None
        self._show_draft(draft)
        self._become(change.before if how == "take_back" else change.after)
        revision = getattr(self._runner, how)(change)
        if change.begins_anew:
            self._tell(revision, RunState.PAUSED)
        else:
            self.sent.emit(revision)
        self._show_moment(None)  # after the run was told, so that what it is now does not flash up in between

    def _begin(self, change: Change) -> int:
        """Another experiment, from which no undo leads back to this one once it is there (see `leave`)."""
        self._left, self.refused_change = (self.draft, change), None
        self._show_draft(None)
        self._become(change.after)
        revision = self._runner.make(change)
        self._tell(revision, RunState.PAUSED)
        self._show_moment(None)
        return revision

    def leave(self) -> None:
        """The run has begun another experiment: what was done to the one before is past. Until then it may refuse."""
        if self._left is not None:
            self._left = None
            self.undo_stack.clear()

    def _show_draft(self, draft: Draft) -> None:
        if draft is not self.draft:
            self.draft = draft
            self.draft_changed.emit(draft)

    def _become(self, config: ExperimentConfig) -> None:
        self.config = config
        self.config_changed.emit(config)
