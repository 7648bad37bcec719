"""Undo and redo: every change of the experiment as a command that the window's menus name."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeAlias

from PySide6.QtGui import QUndoCommand, QUndoStack

from mlp_playground.data.own import OwnData
from mlp_playground.experiment.change import Change
from mlp_playground.experiment.timeline import Frame

Draft: TypeAlias = OwnData | None

MOST_BYTES = 400_000_000
"""Runs that undo would go back to are kept up to this size in all; of older changes only the experiments are."""


class Command(QUndoCommand):
    """One change on the stack. `go(change, how)` sends it to the run: `how` is `make`, `take_back` or `make_again`.

    Commands with the same `gesture`, one right after the other, become one: a drag is one change. `drafts` are the
    drawing that nothing can be learned from yet, before and after the change.
    """

    def __init__(
        self,
        change: Change,
        go: Callable[[Change, str, Draft], None],
        gesture: Hashable = None,
        drafts: tuple[Draft, Draft] = (None, None),
    ) -> None:
        super().__init__(change.name)
        self.change, self.gesture, self.drafts = change, gesture, drafts
        self._go, self._is_made = go, False

    def redo(self) -> None:
        if not self.isObsolete():
            self._go(self.change, "make_again" if self._is_made else "make", self.drafts[1])
        self._is_made = True

    def undo(self) -> None:
        if not self.isObsolete():
            self._go(self.change, "take_back", self.drafts[0])

    def id(self) -> int:
        # of all with a gesture Qt asks `mergeWith`
        return -1 if self.gesture is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Command) or other.gesture != self.gesture:
            return False
        self.change.absorb(other.change)
        self.drafts = self.drafts[0], other.drafts[1]
        self.setText(other.text())
        return True


def forget_oldest(stack: QUndoStack, most: int = MOST_BYTES) -> None:
    """Let go of the runs that the oldest changes would go back to, until all are no larger than `most` bytes."""
    held, frames = 0, set[Frame]()
    for index in reversed(range(stack.count())):
        command = stack.command(index)
        if not isinstance(command, Command):
            continue
        change = command.change
        for moment in (change.was, change.became):
            if moment is not None:
                others = set(moment.past.frames) - frames  # runs share what they have in common
                frames |= others
                held += moment.n_bytes + sum(frame.n_bytes() for frame in others)
        if held > most:
            change.was = change.became = None
