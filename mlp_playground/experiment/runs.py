"""The runs that are kept beside the present one: to compare their curves with its own, and to go back to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.timeline import Past

LIMIT = 32 * 2**20
"""Bytes of all kept runs together, in memory and in a file: a hundred networks of MNIST's size, without their optimizer
twice as many, written in under a second."""
MOST = 24
STYLES = 8
"""Looks that a curve can have; a kept run has one of them by its number, whatever colours a theme gives them."""
MOST_SEEN = 4
"""Kept runs that are shown by themselves; of more than that nobody can tell the curves apart."""
LONGEST_NAME = 60


@dataclass(frozen=True, eq=False)
class Run:
    """A run as it was when it was left, or when it was kept by hand (`pinned`), which only the user lets go of.

    `number` counts the runs of an experiment from 1 and stays; `seen`: its curves are drawn. The moment has no past:
    whoever goes back to it begins another one there.
    """

    number: int
    moment: Moment
    name: str = ""
    style: int = 0
    seen: bool = True
    pinned: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or f"Run {self.number}"


@dataclass(frozen=True)
class Left:
    """What a run was when it gave way to the run `now` (see Moment.run_id), which began with `config`."""

    moment: Moment
    now: int
    config: ExperimentConfig


@dataclass(frozen=True)
class Runs:
    """Kept runs in the order in which they were kept, and the number that the next one gets."""

    kept: tuple[Run, ...] = ()
    next_number: int = 1

    @property
    def n_bytes(self) -> int:
        """Bytes of all of them."""
        return sum(run.moment.n_bytes for run in self.kept)

    def find(self, number: int) -> Run | None:
        """The run of that number, if it is still kept."""
        return next((run for run in self.kept if run.number == number), None)

    def of(self, run_id: int) -> Run | None:
        """What the run of that number of the session (see Moment.run_id) was when it was left."""
        return next((run for run in self.kept if not run.pinned and run.moment.run_id == run_id), None)

    def besides(self, run_id: int) -> Runs:
        """Without what that run itself was, which goes on as the present one."""
        before = self.of(run_id)
        return self if before is None else self.without([before.number])

    def put(self, run: Run) -> Runs:
        """With that run in place of the one of its number, or among the others."""
        others = [each for each in self.kept if each.number != run.number]
        kept = tuple(sorted((*others, run), key=lambda each: each.number))
        return Runs(kept, max(self.next_number, run.number + 1))

    def without(self, numbers: Iterable[int]) -> Runs:
        """Without the runs of these numbers, which nobody else gets."""
        gone = set(numbers)
        return replace(self, kept=tuple(run for run in self.kept if run.number not in gone))


def with_room(runs: Runs, newest: Run) -> Runs:
    """Without the oldest that nobody wanted kept, until all fit; where that is not enough, without the newest."""
    while len(runs.kept) > MOST or runs.n_bytes > LIMIT:
        gone = next((run for run in runs.kept if not run.pinned and run.number != newest.number), newest)
        runs = runs.without((gone.number,))
        if gone is newest:
            break
    return runs


def pin(runs: Runs, moment: Moment) -> Runs:
    """Keep a moment of a run because somebody wants it. Raises InvalidValue where there is no room for it."""
    run = Run(runs.next_number, _compact(moment), style=_free_style(runs), pinned=True)
    found = with_room(runs.put(run), run)
    if found.find(run.number) is None:
        allowed = f"at most {MOST} runs that were kept by hand, of {LIMIT >> 20} MB together; delete one first"
        raise InvalidValue(
            "kept runs", f"{len(runs.kept) + 1} of {(runs.n_bytes + run.moment.n_bytes) / 1e6:.0f} MB", allowed
        )
    return found


def leave(runs: Runs, moment: Moment, config: ExperimentConfig) -> Runs:
    """What is kept when the run of `moment` gives way to another one, of the experiment `config`.

    It is kept if it has learned anything; with other data its curves are hidden at first, as they compare with nothing.
    One that was left before, or came from here, and has gone on since takes its own place again, with its name.
    """
    if not moment.steps or any(_is_same(run.moment, moment) for run in runs.kept):
        return runs
    before = runs.of(moment.run_id)
    if before is None:
        is_alike = moment.config.data.name == config.data.name
        run = Run(runs.next_number, _compact(moment), style=_free_style(runs), seen=is_alike)
    else:
        run = replace(before, moment=_compact(moment))
    return _with_fewer_seen(with_room(runs.put(run), run))


def _is_same(one: Moment, other: Moment) -> bool:
    """Whether two moments are one: nothing was learned or changed between them."""
    there = (one.run_id, one.steps, one.config) == (other.run_id, other.steps, other.config)
    return there and one.theta.tobytes() == other.theta.tobytes()


def _compact(moment: Moment) -> Moment:
    """Without its past; of a network that would fill the room alone, without what its optimizer remembers."""
    found = replace(moment, past=Past(), kept=None)
    return found if found.n_bytes <= LIMIT // 4 else replace(found, memory={})


def _free_style(runs: Runs) -> int:
    """The first look that no other run has, or the one whose turn it is."""
    taken = {run.style for run in runs.kept}
    return next((style for style in range(STYLES) if style not in taken), runs.next_number % STYLES)


def _with_fewer_seen(runs: Runs) -> Runs:
    """With the oldest curves hidden that nobody wanted kept, if there are too many."""
    seen = [run for run in runs.kept if run.seen]
    loose = [run for run in seen if not run.pinned]
    for run in loose[: max(len(seen) - MOST_SEEN, 0)]:
        runs = runs.put(replace(run, seen=False))
    return runs
